"""Pictures of the years before and around the surge. Different measures stand side by side and are never joined into
one line."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from section287g import counts, tables
from section287g.figures import surge
from section287g.figures.style import CONFIDENCE, Picture, canvas, hollow, thousands, years
from section287g.words import _, fill, number, written_date, written_day

SPLIT = pd.Timestamp("2021-01-01")  # where the upper half of the picture ends and the lower one begins
STATED = ("agencies_in_force", "agreements_in_force")  # measures of the table `history_annual` that documents state
DERIVED = "agencies_in_force_derived"  # counted here from the table `agreements_2002_2018`, at the end of each year
OWN_DOCUMENTS = ("primary", "official")
MODELS = {"task_force": _("task force"), "jail": _("jail"), "jail_and_task_force": _("jail and task force")}
UNITS = {**surge.UNITS, "jurisdictions": _("jurisdictions"), "counties": _("counties")}
FIRST = 9  # agencies in the picture of the first signers: all that signed by the end of 2006


# --- agreements and agencies in force, 2002-2026 ---


def _in_force_2002_2026(colours: dict[str, str]) -> Picture:
    """Above: agencies and agreements as documents state them, 2002-2020. Below: ICE's lists and later totals, on
    another scale."""
    stated, derived = _stated(), _derived()
    before, later = stated[stated["place"] < SPLIT], _totals_since_2021(stated)
    lists = surge.last_list_of_each_day(counts.over_time())
    own, copy = surge.own_and_copy(lists)

    figure, upper = canvas(6.8, top=0.835, bottom=0.54, right=0.97)
    lower = figure.add_axes((0.1, 0.045, 0.87, 0.385))
    ceiling = 1.12 * before["value"].max()
    _draw_stated(upper, before, derived, colours)
    upper.set(xlim=(pd.Timestamp("2001-10-01"), SPLIT + pd.Timedelta(days=120)), ylim=(0, ceiling))
    _draw_lists(lower, own, copy, later, ceiling, colours)
    upper.set_title(_("2002 to 2020: as documents state"), loc="left", fontsize=10, fontweight="bold")
    title = _("2021 to 2026: ICE's lists, on another scale")
    lower.set_title(title, loc="left", fontsize=10, fontweight="bold", pad=18)
    lower.text(
        0.0,
        1.005,
        fill(_("the gray strip (0 to {n}) is as high as the whole picture above"), n=round(ceiling)),
        transform=lower.transAxes,
        va="bottom",
    )
    for axes in (upper, lower):
        thousands(axes)
    figure.legend(
        handles=_handles(colours),
        loc="upper left",
        ncols=2,
        bbox_to_anchor=(0.0, 1.0),
        columnspacing=1.2,
        handlelength=1.6,
    )

    peak = (
        before.query("measure == 'agencies_in_force' and unit == 'agencies' and place < '2013'")
        .nlargest(1, "value")
        .iloc[0]
    )
    end = derived.iloc[-1]
    high = before.iloc[-1]
    newest = own.iloc[-1]
    return Picture(
        figure,
        fill(
            _(
                "Agencies: up to {peak} in {peak_day}, and {end} at the end of {end_year}. Agreements: {high} in"
                " {high_day}, and {newest} on ICE's list of {newest_day}"
            ),
            peak=round(peak["value"]),
            peak_day=written_date(peak["period"]),
            end=round(end["value"]),
            end_year=str(end["place"].year),
            high=round(high["value"]),
            high_day=written_date(high["period"]),
            newest=newest["agreements"],
            newest_day=newest["date"],
        ),
        _alt(stated, derived, own, copy, later),
        _table(before, derived, later, lists),
        "; ".join([_("documents from 2002 to 2020"), surge.vintages(own, copy, tables.load("published_totals"))]),
        _("agencies or agreements, as each source counts; never joined into one line"),
        surge.source_keys(before, derived, later, surge.lists_behind(lists)),
    )


def _stated() -> pd.DataFrame:
    """Counts that documents state, in time order: columns of `history_annual` and ``place``, the day or middle of the
    period."""
    table = tables.load("history_annual").query("measure in @STATED")
    return table.assign(place=table["period"].map(_middle)).sort_values("place", kind="stable").reset_index(drop=True)


def _derived() -> pd.DataFrame:
    table = tables.load("history_annual").query("measure == @DERIVED")
    return table.assign(place=table["period"].map(_middle)).reset_index(drop=True)


def _totals_since_2021(stated: pd.DataFrame) -> pd.DataFrame:
    """Totals of agreements stated by others: 2021 to 2024 from `history_annual`, from 2025 on from
    `published_totals`."""
    quiet = stated[
        (stated["place"] >= SPLIT) & (stated["place"] < surge.SURGE) & (stated["measure"] == "agreements_in_force")
    ]
    totals = tables.load("published_totals").dropna(subset=["agreements"]).query("confidence != 'primary'")
    totals = pd.DataFrame(
        {
            "measure": "agreements_in_force",
            "period": totals["date"].dt.strftime("%Y-%m-%d"),
            "value": totals["agreements"].astype(float),
            "unit": "agreements",
            "confidence": totals["confidence"],
            "source_key": totals["source_key"],
            "place": totals["date"],
        }
    )
    return pd.concat([quiet[totals.columns], totals], ignore_index=True).sort_values("place", kind="stable")


def _middle(period: str) -> pd.Timestamp:
    """A day, or the middle of a month or year."""
    start = pd.Timestamp(period)
    return start + pd.Timedelta(days={4: 182, 7: 14}.get(len(period), 0))


def _draw_stated(axes: Axes, stated: pd.DataFrame, derived: pd.DataFrame, colours: dict[str, str]) -> None:
    axes.axvspan(derived["place"].iloc[-1], SPLIT + pd.Timedelta(days=400), color=colours["line"], linewidth=0)
    axes.plot(
        derived["place"],
        derived["value"].astype(float),
        color=colours["muted"],
        linewidth=1.2,
        marker="o",
        markersize=3,
    )
    for measure, mark in (("agencies_in_force", "o"), ("agreements_in_force", "D")):
        for primary in (True, False):
            rows = stated[(stated["measure"] == measure) & (stated["confidence"].isin(OWN_DOCUMENTS) == primary)]
            fill = colours["accent"] if primary else colours["surface"]
            axes.plot(
                rows["place"], rows["value"].astype(float), linestyle="none", marker=mark, markersize=6,
                color=colours["accent"],
                markerfacecolor=fill, markeredgewidth=1.4,
            )  # fmt: skip
    last = stated.iloc[-1]
    peak = stated[stated["place"] < "2013"].nlargest(1, "value").iloc[0]
    end = derived.iloc[-1]
    for row, offset, side in ((peak, (0, 9), "center"), (end, (0, -16), "center"), (last, (-9, -4), "right")):
        axes.annotate(
            number(row["value"]),
            (row["place"], float(row["value"])),
            xytext=offset,
            textcoords="offset points",
            ha=side,
            weight="bold",
        )


def _draw_lists(
    axes: Axes, own: pd.DataFrame, copy: pd.DataFrame, later: pd.DataFrame, ceiling: float, colours: dict[str, str]
) -> None:
    last = later["place"].iloc[-1]
    axes.axhspan(0, ceiling, color=colours["line"], linewidth=0)
    x, y = surge.known_line(own, "agreements")
    axes.plot(x, y, color=colours["total"])
    x, y = surge.known_line(own, "agencies")
    axes.plot(x, y, color=colours["muted"], linestyle=(0, (5, 2)), linewidth=1.6)
    axes.plot(copy["date"], copy["agreements"], color=colours["total"], marker="D", **hollow(colours))
    axes.plot(copy["date"], copy["agencies"], color=colours["muted"], marker="o", **hollow(colours))
    axes.plot(
        later["place"],
        later["value"].astype(float),
        color=colours["accent"],
        marker="x",
        linestyle="none",
        markersize=5,
    )
    newest = own.iloc[-1]
    right = max(
        last + pd.Timedelta(days=150), newest["date"] + pd.Timedelta(days=240)
    )  # room for the number beside the newest list
    axes.set(xlim=(pd.Timestamp("2020-11-01"), right), ylim=(0, 1.1 * later["value"].max()))
    ends = (
        (newest["date"], newest["agreements"], (-6, 2)),
        (newest["date"], newest["agencies"], (6, -10)),
        (last, later["value"].iloc[-1], (-8, 0)),
    )
    for place, value, offset in ends:
        side = "right" if offset[0] < 0 else "left"
        axes.annotate(
            number(value), (place, float(value)), xytext=offset, textcoords="offset points", ha=side, weight="bold"
        )


def _handles(colours: dict[str, str]) -> list:
    accent, muted, total = colours["accent"], colours["muted"], colours["total"]
    mark = {"linestyle": "none", "markersize": 6, "markeredgewidth": 1.4, "color": accent}
    return [
        Line2D([], [], marker="o", label=_("agencies (filled: official)"), **mark),
        Line2D([], [], marker="D", label=_("agreements (filled: official)"), **mark),
        Line2D(
            [], [], color=muted, marker="o", markersize=3, linewidth=1.2, label=_("agencies, year-end, counted here")
        ),
        Patch(facecolor=colours["line"], label=_("no year-end count")),
        Line2D([], [], color=total, label=_("agreements on ICE's lists")),
        Line2D([], [], color=muted, linestyle=(0, (5, 2)), linewidth=1.6, label=_("agencies on ICE's lists")),
        Line2D([], [], color=total, marker="D", label=_("copy of one list"), **hollow(colours)),
        Line2D([], [], color=accent, marker="x", linestyle="none", label=_("totals by others")),
    ]


def _alt(
    stated: pd.DataFrame, derived: pd.DataFrame, own: pd.DataFrame, copy: pd.DataFrame, later: pd.DataFrame
) -> str:
    before = stated[stated["place"] < SPLIT]
    disagree = before[(before["place"] >= "2016-12-01") & (before["place"] <= "2017-01-31")]["value"]
    peak = derived.loc[derived["value"].astype(float).idxmax()]
    low = derived[derived["place"] > peak["place"]].nsmallest(1, "value").iloc[0]
    newest, end = own.iloc[-1], later.iloc[-1]
    above = fill(
        _(
            "Two charts with different scales. Above, 2002 to 2020: {markers} markers for counts that documents state,"
            " circles for agencies and diamonds for agreements, not joined. A thin line joins year-end counts of"
            " agencies made here from a table of signing and ending dates: {first} at the end of {first_year}, highest"
            " {peak} at the end of {peak_year}, lowest {low} after that at the end of {low_year}, {last} at the end of"
            " {last_year}, where it stops. For December 2016 and January 2017 sources give {least} to {most}. The last"
            " marker is {final} agreements in {final_day}."
        ),
        markers=len(before),
        first=round(derived["value"].iloc[0]),
        first_year=str(derived["place"].iloc[0].year),
        peak=round(peak["value"]),
        peak_year=str(peak["place"].year),
        low=round(low["value"]),
        low_year=str(low["place"].year),
        last=round(derived["value"].iloc[-1]),
        last_year=str(derived["place"].iloc[-1].year),
        least=round(disagree.min()),
        most=round(disagree.max()),
        final=round(before["value"].iloc[-1]),
        final_day=written_date(before["period"].iloc[-1]),
    )
    below = fill(
        _(
            "Below, 2021 to 2026: a line of agreements on ICE's lists from {first} on {first_day} to {newest} on"
            " {newest_day}, a dashed line of agencies that ends at {agencies}, both broken where this book has no list;"
            " hollow markers for one copy of one list ({copied} agreements on {copy_day}); crosses for totals stated by"
            " others, the newest {total} on {total_day}."
        ),
        first=own["agreements"].iloc[0],
        first_day=own["date"].iloc[0],
        newest=newest["agreements"],
        newest_day=newest["date"],
        agencies=newest["agencies"],
        copied=copy["agreements"].iloc[-1],
        copy_day=copy["date"].iloc[-1],
        total=round(end["value"]),
        total_day=written_date(end["period"]),
    )
    return f"{above} {below}"


def _table(before: pd.DataFrame, derived: pd.DataFrame, later: pd.DataFrame, lists: pd.DataFrame) -> pd.DataFrame:
    """Every count drawn: documents, year ends, totals, and the last list of each year and model of counting."""
    yearly = lists.groupby([lists["kind"] == "transcript", lists["date"].dt.year]).tail(1)
    ours = [
        pd.DataFrame(
            {
                _("Date"): yearly["date"].map(written_day),
                _("Count"): yearly[unit].astype(int),
                _("Unit"): surge.UNITS[unit],
                _("What it is"): [
                    _("{list}, last of the year").format(list=surge.KINDS[kind]) for kind in yearly["kind"]
                ],
                "place": yearly["date"],
            }
        )
        for unit in ("agreements", "agencies")
    ]
    documents = [
        pd.DataFrame(
            {
                _("Date"): rows["period"].map(written_date),
                _("Count"): rows["value"].astype(int),
                _("Unit"): rows["unit"].map(UNITS),
                _("What it is"): label(rows),
                "place": rows["place"],
            }
        )
        for rows, label in (
            (before, _stated_in_words),
            (derived, lambda rows: _("counted here, end of year")),
            (later, surge.total_by_others),
        )
    ]
    whole = pd.concat([*documents, *ours]).sort_values("place", kind="stable")
    return whole.drop(columns="place").reset_index(drop=True)


def _stated_in_words(rows: pd.DataFrame) -> list[str]:
    return [_("stated, {kind}").format(kind=CONFIDENCE[kind]) for kind in rows["confidence"]]


# --- who signed first ---


def _first_signers(colours: dict[str, str]) -> Picture:
    """A bar for each agency that signed by the end of 2006, from the signing to the end or to the newest list that
    names it."""
    rows = tables.load("agreements_2002_2018").sort_values("signed").head(FIRST).reset_index(drop=True)
    ends = [_end(row) for row in rows.itertuples()]

    figure, axes = canvas(4.5, left=0.03, right=0.97, top=0.94, bottom=0.08)
    for place, (row, (end, known)) in enumerate(zip(rows.itertuples(), ends, strict=True)):
        colour = colours["task_force" if row.model == "task_force" else "jail"]
        hatch = None if row.model == "jail" else "////"
        axes.barh(
            place,
            max(end - row.signed, pd.Timedelta(days=60)),
            left=row.signed,
            height=0.3,
            color=colour,
            hatch=hatch,
            edgecolor=colours["surface"],
            linewidth=0,
        )
        if not known:
            axes.plot([end], [place], marker=">", color=colour, markersize=7)
        axes.text(row.signed, place - 0.24, _signer(row), va="bottom")
    axes.set(ylim=(len(rows) - 0.6, -0.75), xlim=(pd.Timestamp("2002-01-01"), pd.Timestamp("2018-09-01")), yticks=[])
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    years(axes, every=4)
    handles = [
        Patch(facecolor=colours["task_force"], hatch="////", edgecolor=colours["surface"], label=_("task force")),
        Patch(facecolor=colours["jail"], label=_("jail")),
        Line2D([], [], color=colours["jail"], marker=">", linestyle="none", label=_("no end known by 2018")),
    ]
    figure.legend(
        handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.015, 1.0), handlelength=1.2, columnspacing=1.2
    )

    on = sum(not known for end, known in ends)
    jail = rows[rows["model"] == "jail"].iloc[0]
    described = "; ".join(
        fill(
            _("{agency} ({state}), {model}, signed {day}, {end}"),
            agency=row.agency,
            state=row.state,
            model=MODELS[row.model],
            day=row.signed,
            end=_end_in_words(row),
        )
        for row in rows.itertuples()
    )
    return Picture(
        figure,
        fill(
            _("{agency} signed first, on {day}; the first jail agreement followed on {jail_day}"),
            agency=rows["agency"].iloc[0],
            day=rows["signed"].iloc[0],
            jail_day=jail["signed"],
        ),
        fill(
            _(
                "A bar for each of the {agencies} agencies that signed by the end of 2006, from signing to end; {n}"
                " bars end in an arrow, because no end is known by 2018. {described}."
            ),
            agencies=len(rows),
            n=on,
            described=described,
        ),
        pd.DataFrame(
            {
                _("Agency"): rows["agency"],
                _("State"): rows["state"],
                _("Model"): rows["model"].map(MODELS),
                _("Signed"): rows["signed"].map(written_day),
                _("End"): [_end_in_words(row) for row in rows.itertuples()],
                _("How the end is known"): rows["ended_basis"].fillna(rows["note"]),
            }
        ),
        _(
            "signings from July 2002 to May 2018; before 2012 and from 2013 to 2015, an end is known only to lie"
            " between two lists"
        ),
        surge.UNITS["agencies"],
        surge.source_keys(rows),
    )


def _end(row) -> tuple[pd.Timestamp, bool]:
    """The end of an agreement (the middle of its month or year) and True, or the newest list that names the agency and
    False."""
    return (row.last_ice_list, False) if pd.isna(row.ended) else (_middle(row.ended), True)


def _end_in_words(row) -> str:
    if pd.isna(row.ended):
        return fill(_("still on the list of {day}"), day=row.last_ice_list)
    message = _("ended about {day}") if row.ended_precision == "year" else _("ended {day}")
    return message.format(day=written_date(row.ended))


def _signer(row) -> str:
    return f"{row.agency.replace('Department of', 'Dept. of')}, {row.state}"


DRAWERS: dict[str, Callable[..., Picture]] = {
    "in_force_2002_2026": _in_force_2002_2026,
    "first_signers": _first_signers,
}
