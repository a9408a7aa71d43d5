"""Pictures of the growth since 2021.

Three vintages are never blended: ICE's own lists (lines), one copy of a list made by others (hollow markers), and
totals published by others (crosses); nothing connects them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from section287g import counts, tables
from section287g.counts import MODEL_LABELS, MODELS
from section287g.figures.style import CONFIDENCE, Picture, canvas, hollow, thousands, years
from section287g.palette import DASHES, MARKERS
from section287g.words import _, counted, fill, number, pgettext, short_day, written_day, written_month

INAUGURATION = pd.Timestamp("2025-01-20")  # the "before" of the published growth figures: the list in force that day
SURGE = pd.Timestamp("2025-01-01")  # where pictures of the growth since January 2025 begin
GAP_DAYS = 7  # a longer stretch without a list is drawn as a gap
LONG_GAP_DAYS = 60  # in a picture of the total alone, where shorter gaps would only chop the line
END_WIDTH = 11  # letters that have room behind the end of a line
SHORT_LABELS = {"jail": _("Jail"), "warrant": _("Warrant"), "task_force": _("Task force")}
UNITS = {"agreements": _("agreements"), "agencies": _("agencies")}
KINDS = {
    "web_table_copy": _("ICE's web table"),
    "ice_workbook": _("ICE's list"),
    "transcript": _("copy of ICE's list"),
}
CONFIDENCE_MARKERS = {"official": "D", "secondary": "o", "advocacy": "s", "unverified": "x"}


def _growth(colours: dict[str, str], state: str | None = None, unit: str = "agreements") -> Picture:
    """Agreements (or agencies) by model on every list; ``state`` is a USPS code, None for the whole country."""
    state = state or None
    if unit not in ("agreements", "agencies"):
        raise ValueError(f"unit {unit!r}: expected agreements or agencies")
    columns = {model: model if unit == "agreements" else f"{model}_agencies" for model in MODELS}
    lists = last_list_of_each_day(counts.over_time(state))
    own, copy = own_and_copy(lists)
    later = _later_totals(own) if state is None and unit == "agreements" else _no_totals()

    figure, axes = canvas(3.7)
    _mark_gaps(axes, own, colours)
    ends = {}
    for model, column in columns.items():
        x, y = known_line(own, column)
        axes.plot(x, y, color=colours[model], linestyle=dash(model))
        axes.plot(copy["date"], copy[column], color=colours[model], marker=MARKERS[model], **hollow(colours))
        known = later.dropna(subset=[model])
        axes.plot(
            known["date"], known[model].astype(float), color=colours[model], marker="x", linestyle="none", markersize=5
        )
        label = textwrap.fill(SHORT_LABELS[model], END_WIDTH)
        ends[model] = (own[column].iloc[-1], f"{label}\n{number(own[column].iloc[-1])}")
    axes.set_ylim(0, max(10, 1.08 * max(axes.dataLim.y1, 1)))
    axes.set_xlim(own["date"].iloc[0].replace(month=1, day=1), _last_date(lists, later) + pd.Timedelta(days=20))
    _label_ends(axes, ends, colours)
    years(axes)
    thousands(axes)
    _legend(figure, colours, others=not later.empty)

    return Picture(
        figure,
        _growth_title(own, columns, unit, state),
        _growth_alt(own, copy, later, columns, unit, state),
        _growth_table(lists, later, columns, unit),
        vintages(own, copy, later),
        UNITS[unit],
        source_keys(lists_behind(lists), later),
    )


def _by_model(colours: dict[str, str]) -> Picture:
    """Share of each model on four lists: the first, the one of January 2025, ICE's newest and the newest copy."""
    lists = counts.over_time()
    chosen = _milestones(lists)
    shares = 100 * chosen[list(MODELS)].div(chosen["agreements"], axis=0)
    labels = [
        fill(_("{day} (copy)"), day=day) if kind == "transcript" else written_day(day)
        for day, kind in zip(chosen["day"], chosen["kind"], strict=True)
    ]

    figure, axes = canvas(2.9, bottom=0.02, left=0.03, right=0.97, top=0.88)
    for place, row in enumerate(chosen.itertuples()):
        start = 0.0
        for model in MODELS:
            share = shares[model].iloc[place]
            if share == 0:
                continue
            axes.barh(
                place, share, left=start, height=0.5, color=colours[model], edgecolor=colours["surface"], linewidth=1.5
            )
            axes.text(
                start + share / 2,
                place,
                number(getattr(row, model)),
                ha="center",
                va="center",
                color=colours["surface"],
                weight="bold",
            )
            start += share
        text = counted("{day}: {n} agreement", "{day}: {n} agreements", row.agreements, day=labels[place])
        axes.text(0, place - 0.33, text, va="bottom")
    axes.set(xlim=(0, 100), ylim=(len(chosen) - 0.7, -0.65), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)
    handles = [Patch(color=colours[model], label=SHORT_LABELS[model]) for model in MODELS]
    figure.legend(
        handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.015, 1.0), handlelength=1, columnspacing=1.4
    )

    newest = counts.newest("ice_workbook")
    before = _in_force(lists, INAUGURATION)
    parts = [
        fill(_("{day}: {n} agreements, of these {models}."), day=label, n=row.agreements, models=_list_models(row))
        for label, row in zip(labels, chosen.itertuples(), strict=True)
    ]
    return Picture(
        figure,
        fill(
            _(
                "The task force model went from {few} of {before} agreements in {start} to {share} percent of {newest}"
                " in {end}"
            )
            if before["task_force"]
            else _(
                "The task force model went from none of {before} agreements in {start} to {share} percent of {newest}"
                " in {end}"
            ),
            few=before["task_force"],
            before=before["agreements"],
            start=written_month(INAUGURATION),
            share=_percent(newest["task_force"], newest["rows"]),
            newest=newest["rows"],
            end=written_month(newest["date"]),
        ),
        " ".join([_("Four bars of equal length, each one list, split by model."), *parts]),
        pd.DataFrame(
            {
                _("Day"): labels,
                _("List of"): chosen["date"].to_numpy(),
                **{SHORT_LABELS[model]: chosen[model].to_numpy() for model in MODELS},
                _("All agreements"): chosen["agreements"].to_numpy(),
                **{
                    _("{model}, percent").format(model=SHORT_LABELS[model]): shares[model].round(1).to_numpy()
                    for model in MODELS
                },
            }
        ),
        vintages(*own_and_copy(lists), _no_totals()),
        UNITS["agreements"],
        source_keys(lists_behind(chosen)),
    )


def _agreements_and_agencies(colours: dict[str, str]) -> Picture:
    """The same lists counted twice since January 2025: rows (agreements) and distinct agencies."""
    lists = last_list_of_each_day(counts.over_time())
    lists = lists[lists["unchanged_until"].fillna(lists["date"]) >= SURGE]
    own, copy = own_and_copy(lists)

    figure, axes = canvas(3.5)
    _mark_gaps(axes, own, colours, since=SURGE)
    ends = {}
    for column, colour, dash in (("agreements", colours["total"], "-"), ("agencies", colours["muted"], (0, (5, 2)))):
        x, y = known_line(own, column, since=SURGE)
        axes.plot(x, y, color=colour, linestyle=dash)
        axes.plot(
            copy["date"],
            copy[column],
            color=colour,
            marker="o" if column == "agencies" else MARKERS["total"],
            **hollow(colours),
        )
        ends[column] = (own[column].iloc[-1], f"{number(own[column].iloc[-1])}\n{UNITS[column]}")
    axes.set_ylim(0, 1.08 * axes.dataLim.y1)
    axes.set_xlim(SURGE, lists["date"].iloc[-1] + pd.Timedelta(days=10))
    _label_ends(axes, ends, {"agreements": colours["total"], "agencies": colours["muted"]})
    _quarters(axes)
    thousands(axes)
    _legend(figure, colours, others=False)

    first, last = own.iloc[0], own.iloc[-1]
    copied = [
        fill(
            _("On a copy of the list of {day}: {agreements} agreements, {agencies} agencies."),
            day=row.date,
            agreements=row.agreements,
            agencies=row.agencies,
        )
        for row in copy.itertuples()
    ]
    alt = fill(
        _(
            "Two lines that rise together from {start} and drift apart. In {start} the list has {agreements_before}"
            " agreements and {agencies_before} agencies; on {day} it has {agreements} agreements and {agencies}"
            " agencies, a difference of {difference}."
        ),
        start=written_month(SURGE),
        agreements_before=first["agreements"],
        agencies_before=first["agencies"],
        day=last["date"],
        agreements=last["agreements"],
        agencies=last["agencies"],
        difference=last["agreements"] - last["agencies"],
    )
    return Picture(
        figure,
        fill(
            _("One list, two counts: {agreements} agreements held by {agencies} agencies on {day}"),
            agreements=last["agreements"],
            agencies=last["agencies"],
            day=last["date"],
        ),
        " ".join([alt, *copied, _gaps_in_words(own, since=SURGE)]),
        pd.DataFrame(
            {
                _("List of"): lists["date"].to_numpy(),
                _("What it is"): lists["kind"].map(KINDS).to_numpy(),
                _("Agreements"): lists["agreements"].to_numpy(),
                _("Agencies"): lists["agencies"].to_numpy(),
            }
        ),
        vintages(own, copy, _no_totals()),
        _("agreements and agencies"),
        source_keys(lists_behind(lists)),
    )


def _net_change(colours: dict[str, str]) -> Picture:
    """Agreements that came to ICE's list and left it, by month, with the newest copy as a bar of its own."""
    months = _arrivals_and_departures()
    height = 1.05 + 0.27 * len(months)
    figure, axes = canvas(height, left=0.22, right=0.98, top=1 - 0.42 / height, bottom=0.34 / height)
    places = range(len(months))
    reach = months["came"].max()
    for place, row in zip(places, months.itertuples(), strict=True):
        look = (
            {"facecolor": "none", "edgecolor": colours["muted"]}
            if row.copy
            else {"facecolor": colours["muted"], "edgecolor": "none"}
        )
        axes.barh(place, row.came, height=0.62, **look)
        axes.barh(place, -row.left, height=0.62, facecolor="none", edgecolor=colours["ink"], hatch="////")
        axes.text(row.came + 0.012 * reach, place, number(row.came), va="center")
        axes.text(-row.left - 0.012 * reach, place, number(row.left), va="center", ha="right")
    axes.axvline(0, color=colours["ink"], linewidth=0.8)
    axes.set(xlim=(-months["left"].max() - 0.13 * reach, 1.12 * reach), ylim=(len(months) - 0.4, -0.6), xticks=[])
    axes.set_yticks(list(places), months["label"])
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)
    handles = [
        Patch(facecolor="none", edgecolor=colours["ink"], hatch="////", label=_("left the list")),
        Patch(facecolor=colours["muted"], label=_("came to the list")),
    ]
    figure.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.02, 1.0), handlelength=1.4)

    own, copy = months[~months["copy"]], months[months["copy"]]
    newest = counts.newest("ice_workbook")
    if not copy.empty:
        note = _("* since {day}, from a copy of one list").format(day=short_day(newest["date"]))
        figure.text(0.02, 0.08 / height, note)
    busiest = own.loc[own["came"].idxmax()]
    emptied = own.loc[own["left"].idxmax()]
    to_copy = [
        fill(
            _("A last bar ({label}), from a copy of one list: {came} came and {left} left."),
            label=row.label.replace("*", ""),
            came=row.came,
            left=row.left,
        )
        for row in copy.itertuples()
    ]
    alt = fill(
        _(
            "Horizontal bars, one pair a month. To {day} {came} agreements came and {left} left. Most came in {busiest}"
            " ({most_came}), most left in {emptied} ({most_left})."
        ),
        day=newest["date"],
        came=own["came"].sum(),
        left=own["left"].sum(),
        busiest=busiest["label"],
        most_came=busiest["came"],
        emptied=emptied["label"],
        most_left=emptied["left"],
    )
    columns = {
        "label": _("Month"),
        "came": pgettext("agreements to a list", "Came"),
        "left": pgettext("agreements from a list", "Left"),
        "net": _("Net change"),
    }
    return Picture(
        figure,
        fill(
            _("Net growth hides departures: {came} agreements came and {left} left between {start} and {end}"),
            came=own["came"].sum(),
            left=own["left"].sum(),
            start=written_month(INAUGURATION),
            end=written_month(newest["date"]),
        ),
        " ".join([alt, *to_copy]),
        months.rename(columns=columns)[list(columns.values())],
        vintages(*own_and_copy(tables.load("lists")), _no_totals()),
        UNITS["agreements"],
        source_keys(tables.load("agreements")),
    )


def _published_totals(colours: dict[str, str]) -> Picture:
    """Totals of agreements stated by ICE, DHS, press and trackers since January 2025, beside our own counts of ICE's
    lists."""
    own = own_and_copy(last_list_of_each_day(counts.over_time()))[0]
    own = own[own["unchanged_until"].fillna(own["date"]) >= SURGE]
    totals = tables.load("published_totals").dropna(subset=["agreements"]).sort_values("date")
    totals = totals[totals["confidence"].isin(CONFIDENCE_MARKERS)]  # "primary" rows are our own counts
    newest, last = own.iloc[-1], totals.iloc[-1]

    figure, axes = canvas(3.9, top=0.79)
    _mark_gaps(axes, own, colours, since=SURGE)
    x, y = known_line(own, "agreements", since=SURGE)
    axes.plot(x, y, color=colours["total"])
    handles = [Line2D([], [], color=colours["total"], label=_("our count of ICE's lists")), _gap_handle(colours)]
    for confidence, marker in CONFIDENCE_MARKERS.items():
        rows = totals[totals["confidence"] == confidence]
        if rows.empty:
            continue
        style = {
            "color": colours["accent"],
            "linestyle": "none",
            "marker": marker,
            "markerfacecolor": colours["surface"],
            "label": CONFIDENCE[confidence],
        }
        axes.plot(rows["date"], rows["agreements"].astype(float), markersize=6, **style)
        handles.append(Line2D([], [], **style))
    axes.set_ylim(0, 1.08 * axes.dataLim.y1)
    axes.set_xlim(SURGE, totals["date"].iloc[-1] + pd.Timedelta(days=10))
    ends = {
        "own": (newest["agreements"], fill(_("{n}\nour count"), n=newest["agreements"])),
        "others": (last["agreements"], fill(_("{n}\nothers"), n=last["agreements"])),
    }
    _label_ends(axes, ends, {"own": colours["total"], "others": colours["accent"]})
    _quarters(axes)
    thousands(axes)
    figure.legend(
        handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.0, 1.0), columnspacing=1, handlelength=1.6
    )

    beside = (
        totals["date"]
        .map(lambda date: _in_force(own, date)["agreements"] if date <= newest["date"] else pd.NA)
        .astype("Int64")
    )
    both = (totals["agreements"] - beside).dropna().abs()
    return Picture(
        figure,
        fill(
            _("Others count {n} agreements on {day}, {more} more than ICE's newest list in this book"),
            n=last["agreements"],
            day=last["date"],
            more=last["agreements"] - newest["agreements"],
        ),
        fill(
            _(
                "A line of our own counts rises from {first} in {start} to {newest} on {newest_day} and ends there."
                " {markers} markers show totals published by others. {near} of the {compared} totals up to {newest_day}"
                " lie within two agreements of the list in force that day; the largest difference is {largest}. After"
                " that date markers alone go on, to {last} on {day}, a {kind} source."
            ),
            first=own["agreements"].iloc[0],
            start=written_month(INAUGURATION),
            newest=newest["agreements"],
            newest_day=newest["date"],
            markers=len(totals),
            near=(both <= 2).sum(),
            compared=len(both),
            largest=both.max(),
            last=last["agreements"],
            day=last["date"],
            kind=CONFIDENCE[last["confidence"]],
        ),
        pd.DataFrame(
            {
                _("Date"): totals["date"].to_numpy(),
                _("Total published"): totals["agreements"].to_numpy(),
                _("Kind of source"): totals["confidence"].map(CONFIDENCE).to_numpy(),
                _("Our count of the list in force"): beside.to_numpy(),
            }
        ),
        vintages(own, _no_rows(own), totals),
        UNITS["agreements"],
        source_keys(lists_behind(own), totals),
    )


def _draw(colours: dict[str, str]) -> Picture:
    """The total on every list, the newest copy and later totals by others, joined to nothing: what the explorer
    ``draw`` lets the reader guess first."""
    own, copies = own_and_copy(last_list_of_each_day(counts.over_time()))
    copy, others = copies[copies["date"] > own["date"].iloc[-1]].tail(1), totals_after(own)

    figure, axes = canvas(3.5)
    x, y = known_line(own, "agreements", longest=LONG_GAP_DAYS)
    axes.plot(x, y, color=colours["total"])
    axes.plot(*unknown_line(own, "agreements", LONG_GAP_DAYS), color=colours["muted"], linestyle=":", linewidth=1.4)
    ends = {"total": (own["agreements"].iloc[-1], fill(_("{n}\nICE's list"), n=own["agreements"].iloc[-1]))}
    for name, frame, mark, text in (
        ("ink", copy, MARKERS["total"], _("{n}\na copy")),
        ("muted", others, "o", _("{n}\nothers")),
    ):
        if frame.empty:
            continue
        axes.plot(
            frame["date"], frame["agreements"].astype(float), marker=mark, color=colours["total"], **hollow(colours)
        )
        ends[name] = (frame["agreements"].iloc[-1], fill(text, n=frame["agreements"].iloc[-1]))
    axes.set_ylim(0, 1.12 * axes.dataLim.y1)
    axes.set_xlim(own["date"].iloc[0].replace(month=1, day=1), axes.dataLim.intervalx[1] + 20)
    _label_ends(axes, ends, dict.fromkeys(ends, colours["total"]))
    years(axes)
    thousands(axes)
    handles = [
        Line2D([], [], color=colours["total"], label=_("ICE's lists")),
        Line2D([], [], color=colours["muted"], linestyle=":", label=_("no list here")),
        Line2D([], [], color=colours["total"], marker=MARKERS["total"], label=_("copy of one list"), **hollow(colours)),
        Line2D([], [], color=colours["total"], marker="o", label=_("totals by others"), **hollow(colours)),
    ]
    shown = [handle for handle, there in zip(handles, (True, True, len(copy), len(others)), strict=True) if there]
    figure.legend(
        handles=shown, loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0), columnspacing=1.2, handlelength=1.6
    )

    before, last = _in_force(own, INAUGURATION), own.iloc[-1]
    sentences = [
        fill(
            _("A line of the agreements on ICE's lists: {first} on {start}, {before} on {day}, {last} on {end}."),
            first=own["agreements"].iloc[0],
            start=own["date"].iloc[0],
            before=before["agreements"],
            day=INAUGURATION,
            last=last["agreements"],
            end=last["date"],
        ),
        *(
            fill(_("A hollow mark, a copy of the list of {day}: {n}."), day=row.date, n=row.agreements)
            for row in copy.itertuples()
        ),
    ]
    if not others.empty:
        row = others.iloc[-1]
        sentences.append(
            fill(_("Hollow circles, totals by others, the newest of {day}: {n}."), day=row["date"], n=row["agreements"])
        )
    table = pd.concat([own, copy])
    return Picture(
        figure,
        fill(
            MOVED["agreements", _direction(before["agreements"], last["agreements"])][0],
            first=before["agreements"],
            last=last["agreements"],
            start=written_month(INAUGURATION),
            end=written_month(last["date"]),
        ),
        " ".join(sentences),
        pd.DataFrame(
            {
                _("Date"): [*table["date"], *others["date"]],
                _("What it is"): [*table["kind"].map(KINDS), *total_by_others(others)],
                _("All agreements"): [*table["agreements"].astype(int), *others["agreements"].astype(int)],
            }
        ),
        vintages(own, copy, others),
        UNITS["agreements"],
        source_keys(lists_behind(own), lists_behind(copy), others),
    )


# --- numbers to draw ---


def own_and_copy(lists: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ICE's own lists (web table and workbooks), and the copies of lists made by others."""
    is_copy = lists["kind"] == "transcript"
    return lists[~is_copy], lists[is_copy]


def last_list_of_each_day(lists: pd.DataFrame) -> pd.DataFrame:
    """One list a day: where ICE published several, the last."""
    return lists[~lists["date"].duplicated(keep="last")]


def _no_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0]


def _no_totals() -> pd.DataFrame:
    return _no_rows(tables.load("published_totals"))


def _later_totals(own: pd.DataFrame) -> pd.DataFrame:
    """Those of ``totals_after`` that name the models."""
    return totals_after(own).dropna(subset=list(MODELS), how="any")


def totals_after(own: pd.DataFrame) -> pd.DataFrame:
    """Published totals that are newer than ICE's newest list here and do not repeat a copy that is drawn itself."""
    totals = tables.load("published_totals")
    copies = tables.load("lists").query("kind == 'transcript'")["date"]
    return totals[(totals["date"] > own["date"].iloc[-1]) & ~totals["date"].isin(copies)]


def _in_force(lists: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """The newest list dated on or before ``day``."""
    return lists[lists["date"] <= day].iloc[-1]


def _milestones(lists: pd.DataFrame) -> pd.DataFrame:
    """The first list, the one in force on Inauguration Day 2025, ICE's newest list and the newest copy, in time order;
    column ``day``: when."""
    own, copy = own_and_copy(lists.assign(day=lists["date"]))
    before = own[own["date"] <= INAUGURATION].iloc[[-1]].assign(day=INAUGURATION)
    return pd.concat([own.iloc[[0]], before, own.iloc[[-1]], copy.iloc[-1:]]).sort_values("day")


def gaps(own: pd.DataFrame, longest: int = GAP_DAYS) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Stretches of more than ``longest`` days between the last day a list is known to have stood and the next archived
    list."""
    known_until = own["unchanged_until"].fillna(own["date"])
    known_until = known_until.where(known_until > own["date"], own["date"]).cummax().iloc[:-1]
    pairs = zip(known_until, own["date"].iloc[1:], strict=True)
    return [(start, end) for start, end in pairs if end - start > pd.Timedelta(days=longest)]


def known_line(
    own: pd.DataFrame, column: str, since: pd.Timestamp | None = None, longest: int = GAP_DAYS
) -> tuple[list, list]:
    """Points of a line that follows the lists and breaks where a gap of more than ``longest`` days begins."""
    gap_starts = {start for start, _ in gaps(own, longest)}
    x, y = [], []
    for row in own.itertuples():
        start, end, value = row.date, row.date, getattr(row, column)
        if not pd.isna(row.unchanged_until):
            end = max(row.date, row.unchanged_until)
        if since is not None:
            start = max(start, since)
        x += [start, end]
        y += [float(value), float(value)]
        if end in gap_starts:
            x.append(end)
            y.append(float("nan"))
    return x, y


def unknown_line(own: pd.DataFrame, column: str, longest: int = GAP_DAYS) -> tuple[list, list]:
    """Points of the line that ``known_line`` leaves out: from the last day before each gap to the list after it."""
    x, y = [], []
    for start, end in gaps(own, longest):
        x += [start, end, end]
        y += [float(_in_force(own, start)[column]), float(_in_force(own, end)[column]), float("nan")]
    return x, y


def _arrivals_and_departures() -> pd.DataFrame:
    """Agreements that came and left since January 2025; columns label, came, left, net, copy.

    One row a month of ICE's lists, by the date of the first list that shows the change; then one row for the newest
    copy.
    """
    own, copy = own_and_copy(tables.load("lists"))
    newest = own["date"].iloc[-1]
    by_month = counts.came_and_left_by_month(since=INAUGURATION)
    rows = by_month.assign(label=[written_month(month.start_time, short=True) for month in by_month.index], copy=False)
    for date in copy.loc[copy["date"] > newest, "date"].iloc[-1:]:
        later = {
            "label": _("to {day}*").format(day=short_day(date)),
            "came": counts.came(date, since=newest),
            "left": counts.on_first_only(newest, date),
            "copy": True,
        }
        rows = pd.concat([rows, pd.DataFrame([later])])
    return rows.assign(net=rows["came"] - rows["left"]).reset_index(drop=True)


# --- words ---


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)


def _direction(first: int, last: int) -> str:
    return "stayed" if first == last else "grew" if last > first else "fell"


# The finding of `_growth` by unit and direction: for the country, and for one state.
MOVED = {
    ("agreements", "grew"): (
        _("Agreements grew from {first} to {last} between {start} and {end}"),
        _("{place}: agreements grew from {first} to {last} between {start} and {end}"),
    ),
    ("agreements", "fell"): (
        _("Agreements fell from {first} to {last} between {start} and {end}"),
        _("{place}: agreements fell from {first} to {last} between {start} and {end}"),
    ),
    ("agreements", "stayed"): (
        _("Agreements stayed at {last} between {start} and {end}"),
        _("{place}: agreements stayed at {last} between {start} and {end}"),
    ),
    ("agencies", "grew"): (
        _("Agencies with an agreement grew from {first} to {last} between {start} and {end}"),
        _("{place}: agencies with an agreement grew from {first} to {last} between {start} and {end}"),
    ),
    ("agencies", "fell"): (
        _("Agencies with an agreement fell from {first} to {last} between {start} and {end}"),
        _("{place}: agencies with an agreement fell from {first} to {last} between {start} and {end}"),
    ),
    ("agencies", "stayed"): (
        _("Agencies with an agreement stayed at {last} between {start} and {end}"),
        _("{place}: agencies with an agreement stayed at {last} between {start} and {end}"),
    ),
}
TASK_FORCE_SHARE = {
    "agreements": _("{finding}; {share} percent are task force agreements"),
    "agencies": _("{finding}; {share} percent hold a task force agreement"),
}


def _list_models(row) -> str:
    return fill(
        _("{jail} jail, {warrant} warrant, {task_force} task force"),
        **{model: getattr(row, model) for model in MODELS},
    )


def _state_name(state: str) -> str:
    names_of = tables.load("states").set_index("state")["name"]
    if state not in names_of:
        raise KeyError(f"no state {state!r}: expected a two-letter postal code such as TX")
    return names_of[state]


def _growth_title(own: pd.DataFrame, columns: dict[str, str], unit: str, state: str | None) -> str:
    if not own[unit].any():
        day = written_month(own["date"].iloc[0])
        if state:
            return _("{place}: no agreement on any of ICE's lists since {day}").format(
                place=_state_name(state), day=day
            )
        return _("no agreement on any of ICE's lists since {day}").format(day=day)
    first, last = _in_force(own, INAUGURATION), own.iloc[-1]
    title = fill(
        MOVED[unit, _direction(first[unit], last[unit])][1 if state else 0],
        place=_state_name(state) if state else "",
        first=first[unit],
        last=last[unit],
        start=written_month(INAUGURATION),
        end=written_month(last["date"]),
    )
    if last[unit] == 0:
        return title
    return fill(TASK_FORCE_SHARE[unit], finding=title, share=_percent(last[columns["task_force"]], last[unit]))


def _growth_alt(own, copy, later, columns: dict[str, str], unit: str, state: str | None) -> str:
    before, last = _in_force(own, INAUGURATION), own.iloc[-1]
    sentences = [
        _("Line chart of {unit} in {place} on ICE's lists, one line a model.").format(
            unit=UNITS[unit], place=_state_name(state) if state else _("the United States")
        )
    ]
    for model, column in columns.items():
        peak = own.loc[own[column].idxmax()]
        sentences.append(
            fill(
                _(
                    "{model}: {first} on {first_day}, {before} in {start}, {last} on {last_day}; highest {peak} on"
                    " {peak_day}."
                ),
                model=MODEL_LABELS[model],
                first=own[column].iloc[0],
                first_day=own["date"].iloc[0],
                before=before[column],
                start=written_month(INAUGURATION),
                last=last[column],
                last_day=last["date"],
                peak=peak[column],
                peak_day=peak["date"],
            )
        )
    for row in copy.itertuples():
        named = row._asdict()
        values = _list_models(pd.Series({model: named[column] for model, column in columns.items()}))
        sentences.append(fill(_("Hollow markers, a copy of the list of {day}: {values}."), day=row.date, values=values))
    if not later.empty:
        newest = later.iloc[-1]
        values = _list_models(newest.to_frame().T.iloc[0])
        sentences.append(
            fill(_("Crosses, totals by others, the newest of {day}: {values}."), day=newest["date"], values=values)
        )
    return " ".join([*sentences, _gaps_in_words(own)])


def _gaps_in_words(own: pd.DataFrame, since: pd.Timestamp | None = None) -> str:
    without = [(start, end) for start, end in gaps(own) if since is None or end > since]
    if not without:
        return fill(_("No gap of more than {days} days between lists."), days=GAP_DAYS)
    longest = max(without, key=lambda gap: gap[1] - gap[0])
    return counted(
        "Gray bands mark {n} gap without a list in this book; the longest runs from {start} to {end}. The last band"
        " begins after {last}.",
        "Gray bands mark {n} gaps without a list in this book; the longest runs from {start} to {end}. The last band"
        " begins after {last}.",
        len(without),
        start=longest[0],
        end=longest[1],
        last=own["date"].iloc[-1],
    )


def _growth_table(lists: pd.DataFrame, later: pd.DataFrame, columns: dict[str, str], unit: str) -> pd.DataFrame:
    """Every point drawn, in time order."""
    total = {"agreements": _("All agreements"), "agencies": _("All agencies")}[unit]
    rows = pd.DataFrame(
        {
            _("Date"): lists["date"].to_numpy(),
            _("What it is"): lists["kind"].map(KINDS).to_numpy(),
            **{SHORT_LABELS[model]: lists[column].astype("Int64").to_numpy() for model, column in columns.items()},
            total: lists[unit].astype("Int64").to_numpy(),
        }
    )
    others = pd.DataFrame(
        {
            _("Date"): later["date"].to_numpy(),
            _("What it is"): total_by_others(later).to_numpy(),
            **{SHORT_LABELS[model]: later[model].to_numpy() for model in MODELS},
            total: later["agreements"].to_numpy(),
        }
    )
    both = rows if later.empty else pd.concat([rows, others], ignore_index=True).sort_values(_("Date"), kind="stable")
    return both.reset_index(drop=True)


def total_by_others(totals: pd.DataFrame) -> pd.Series:
    """What each published total is, in words."""
    message = _("total by others, {kind}")
    return totals["confidence"].map(lambda kind: message.format(kind=CONFIDENCE[kind]))


def vintages(own: pd.DataFrame, copy: pd.DataFrame, totals: pd.DataFrame) -> str:
    """The dates of the data in words, each vintage named."""
    parts = [fill(_("ICE's lists to {day}"), day=own["date"].max())]
    if not copy.empty:
        parts.append(fill(_("copy of ICE's list of {day}"), day=copy["date"].max()))
    if not totals.empty:
        parts.append(fill(_("totals by others to {day}"), day=totals["date"].max()))
    return "; ".join(parts)


def lists_behind(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table ``lists`` for counts that are indexed by list."""
    lists = tables.load("lists")
    return lists[lists["list"].isin(counted.index)]


def source_keys(*frames: pd.DataFrame) -> tuple[str, ...]:
    """Every source that these rows name, once."""
    return tuple(dict.fromkeys(key for frame in frames for key in tables.cited(frame)))


# --- drawing ---


def dash(model: str):
    """The dash pattern of a model as a matplotlib line style."""
    pattern = DASHES[model]
    return (0, tuple(float(length) / 2 for length in pattern.split())) if pattern else "-"


def _mark_gaps(axes: Axes, own: pd.DataFrame, colours: dict[str, str], since: pd.Timestamp | None = None) -> None:
    """Gray bands where this book has no list; the last one begins after the newest list and has no end."""
    for start, end in gaps(own):
        if since is None or end > since:
            axes.axvspan(start if since is None else max(start, since), end, color=colours["line"], linewidth=0)
    axes.axvspan(
        own["date"].iloc[-1] + pd.Timedelta(days=1),
        own["date"].iloc[-1] + pd.Timedelta(days=3650),
        color=colours["line"],
        linewidth=0,
    )


def _label_ends(axes: Axes, ends: dict[str, tuple[float, str]], colours: dict[str, str]) -> None:
    """Write each line's name and last value to the right of the axes, moved apart where they would touch."""
    low, high = axes.get_ylim()
    height_inches = axes.get_position().height * axes.figure.get_figheight()
    place = low - high
    for name, (value, text) in sorted(ends.items(), key=lambda end: end[1][0]):
        room = 0.2 * (high - low) / height_inches  # one line of text is 0.2 inches high
        place = max(float(value), place + room * (1 + text.count("\n")))
        axes.annotate(
            text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
            va="center", color=colours[name], annotation_clip=False,
        )  # fmt: skip


def _last_date(lists: pd.DataFrame, later: pd.DataFrame) -> pd.Timestamp:
    return max(lists["date"].iloc[-1], later["date"].max() if not later.empty else lists["date"].iloc[-1])


def _quarters(axes: Axes) -> None:
    axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 7)))
    axes.xaxis.set_major_formatter(lambda day, _place: written_month(mdates.num2date(day), short=True))
    axes.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=(4, 10)))


def _gap_handle(colours: dict[str, str]) -> Patch:
    return Patch(facecolor=colours["line"], label=_("no list here"))


def _legend(figure: Figure, colours: dict[str, str], others: bool) -> None:
    """What lines, hollow markers, crosses and bands stand for; the lines' own names stand at their ends."""
    muted = colours["muted"]
    handles = [
        Line2D([], [], color=muted, label=_("ICE's lists")),
        Line2D([], [], color=muted, marker="o", label=_("copy of one list"), **hollow(colours)),
        _gap_handle(colours),
    ]
    if others:
        handles.insert(2, Line2D([], [], color=muted, marker="x", linestyle="none", label=_("totals by others")))
    figure.legend(
        handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0), columnspacing=1.2, handlelength=1.6
    )


DRAWERS: dict[str, Callable[..., Picture]] = {
    "growth": _growth,
    "by_model": _by_model,
    "agreements_and_agencies": _agreements_and_agencies,
    "net_change": _net_change,
    "published_totals": _published_totals,
    "draw": _draw,
}
