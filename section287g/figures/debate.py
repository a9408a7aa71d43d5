"""Pictures of the evidence: sizes of effects as studies state them, and outcomes over time, each series with its own
definition."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from section287g import tables
from section287g.figures.style import CONFIDENCE, WIDTH, Picture, canvas, hollow, thousands
from section287g.words import _, fill

POLICIES = {
    "287(g)": "287(g)",
    "Secure Communities": _("Secure Communities, a related federal program"),
    "limits on cooperation": _("Limits or narrower enforcement, the opposite policy"),
    "cooperation in general": _("Told that police work with ICE: what people say"),
}
POLICY_NAMES = {
    "287(g)": "287(g)",
    "Secure Communities": "Secure Communities",
    "limits on cooperation": _("limits on cooperation"),
    "cooperation in general": _("cooperation in general"),
}
UNITS = {"percent": _("percent"), "percentage points": _("percentage points"), "grams": _("grams")}
INTERVALS = {
    "95 percent confidence interval": _("95 percent confidence interval"),
    "range of estimates": _("range of estimates"),
}
PEER_MARK = "d"  # filled: peer-reviewed; circles and squares mean the sides elsewhere
HOW_READ = {
    "whole": _("read whole"),
    "part": _("read in part"),
    "abstract": _("abstract read"),
    "summary": _("summary read"),
}
CONFIDENCE_MARKERS = {"primary": "^", "secondary": "d", "unverified": "x"}

# Series of the table `outcomes`, by their words in its column `measure`.
IDENTIFIED = "People identified through 287(g)"
REMOVED = "People removed after identification through 287(g)"
REMOVED_LATER = "Removals that followed a 287(g) apprehension"
INCOMPLETE = 2013  # fiscal year; identifications of many agencies are missing

# Shares of ICE apprehensions from January 2017 to mid-2018, in the order of the bar, with the words on it; and the
# later share.
PROGRAM, OTHER_LOCAL = "OC041", "OC118"
METHODS = {
    PROGRAM: _("287(g)\nagencies"),
    OTHER_LOCAL: _("other local jails\nand lock-ups"),
    "OC119": _("prisons"),
    "OC120": _("in the\ncommunity"),
}
JAILS_LATER = "OC088"

# Statements of the share charged or convicted, in the order of their periods: when, and who says so.
CHARGED = {
    "OC082": (_("Fiscal year 2024"), "ICE"),
    "OC090": (_("First three months of the term"), "FactCheck.org"),
    "OC091": (_("Second three months"), "FactCheck.org"),
    "OC092": (_("Three months to mid-October 2025"), "FactCheck.org"),
    "OC084": (_("January 20 to October 15, 2025"), "NBC News"),
    "OC093": (_("January 21, 2025 to January 31, 2026"), "CBS News"),
    "OC094": (_("Early 2026, period not stated"), "DHS"),
}
QUARTERS = ("OC090", "OC091", "OC092")  # one source, one definition: these three alone may be joined
WITHOUT_RECORD, ALL_ARRESTS = "OC084", "OC083"  # the share of OC084 follows from these two counts
ROUNDED = {"OC084": _("about {n}"), "OC093": _("about {n}"), "OC094": _("nearly {n}")}  # as the source says


# --- sizes of effects ---


def _effect_sizes(colours: dict[str, str]) -> Picture:
    """Effects in percent by policy, findings of no effect in words, and the one effect in grams with its margin of
    error."""
    effects = _effects()
    percent = effects[effects["unit"] != "grams"]
    grams = effects[effects["unit"] == "grams"]
    lines = _lines(percent)
    height = 0.275 * len(lines) + 0.09 * len(percent) + 2.5
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0.03, 1.75 / height, 0.94, 1 - 2.3 / height))
    _draw_lines(axes, lines, colours)
    axes.set(
        xlim=(-78, 34), xticks=range(-60, 40, 20), xlabel=_("change, percent (or percentage points, where so marked)")
    )
    below = figure.add_axes((0.03, 0.5 / height, 0.94, 0.4 / height))
    _draw_lines(below, [("effect", row) for row in grams.itertuples()], colours)
    below.set(
        xlim=(-100, 34), xticks=range(-80, 40, 20), xlabel=_("change, grams; line: 95 percent confidence interval")
    )
    handles = [
        Line2D([], [], color=colours["total"], label=label, **_peer_look(peer, colours))
        for peer, label in (("yes", _("peer-reviewed")), ("no", _("not peer-reviewed")))
    ]
    figure.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0))

    sized = effects[effects["result"] == "size"]
    dated = effects.loc[effects["year"] != "n.d.", "year"]
    margins = sized[sized["interval"] == "95 percent confidence interval"]
    return Picture(
        figure,
        fill(
            _(
                "Of {studies} studies, audits and rulings, {sized} give a size of an effect in the text we read, and"
                " {margins} a margin of error; {without} report no effect on some outcome"
            ),
            studies=len(tables.load("studies")),
            sized=sized["study_id"].nunique(),
            margins=margins["study_id"].nunique(),
            without=effects.loc[effects["result"] == "no_effect", "study_id"].nunique(),
        ),
        " ".join([_("Sizes by policy."), *(_effects_in_words(policy, effects) for policy in POLICIES)]),
        _effects_table(effects),
        fill(
            _("studies of {first} to {last}; last checked {day}"),
            first=dated.min(),
            last=dated.max(),
            day=tables.last_checked(effects),
        ),
        _(
            "percent change, percentage points, or grams; outcomes, places and years differ, so the sizes must not be"
            " ranked or averaged"
        ),
        _sources(effects),
    )


def _effects() -> pd.DataFrame:
    """The table `effects` with authors, year, peer review and how far each study was read."""
    studies = tables.load("studies")[["study_id", "authors", "year", "peer_reviewed", "how_read"]]
    effects = tables.load("effects").merge(studies, on="study_id", validate="many_to_one")
    return effects.assign(
        study=effects["authors"].str.split(",").str[0]
        + effects["year"].map(lambda year: "" if year == "n.d." else f" {year}")
    )


def _lines(effects: pd.DataFrame) -> list[tuple[str, object]]:
    """What is drawn from top to bottom: ("head", policy) and ("effect", row)."""
    lines: list[tuple[str, object]] = []
    for policy in POLICIES:
        lines += [("head", policy), *(("effect", row) for row in effects[effects["policy"] == policy].itertuples())]
    return lines


def _draw_lines(axes: Axes, lines: list[tuple[str, object]], colours: dict[str, str]) -> None:
    """Each effect takes 1.5 units: words above, mark below; a head takes 1.2."""
    places, y = [], 0.0
    for kind, _what in lines:
        y += 1.2 if kind == "head" else 1.5
        places.append(y)
    axes.set(ylim=(y + 0.7, 0), yticks=[])
    axes.grid(True, axis="x")
    axes.axvline(0, color=colours["muted"], linewidth=1)
    for (kind, what), place in zip(lines, places, strict=True):
        if kind == "head":
            _words(axes, place - 0.15, POLICIES[what], colours, weight="bold")
        else:
            _words(axes, place - 0.75, f"{what.outcome} ({what.study})", colours)
            _mark(axes, place, what, colours)


def _words(axes: Axes, y: float, text: str, colours: dict[str, str], **look: str) -> None:
    """Text at the left edge."""
    axes.text(0, y, text, transform=axes.get_yaxis_transform(), va="center", bbox=_ground(colours), **look)


def _ground(colours: dict[str, str]) -> dict:
    """What lies under words, so that no line runs through them."""
    return {"facecolor": colours["surface"], "edgecolor": "none", "pad": 1}


def _mark(axes: Axes, y: float, effect, colours: dict[str, str]) -> None:
    if effect.result == "no_effect":
        axes.text(1, y, _("no effect found"), ha="left", va="center", color=colours["muted"], style="italic")
        return
    right = effect.estimate
    if not pd.isna(effect.low):
        axes.plot([effect.low, effect.high], [y, y], color=colours["total"], marker="|", markersize=9)
        right = effect.high
    if not pd.isna(effect.estimate):
        axes.plot([effect.estimate], [y], color=colours["total"], **_peer_look(effect.peer_reviewed, colours))
    axes.annotate(
        _size_drawn(effect),
        (right, y),
        (7, 0),
        textcoords="offset points",
        va="center",
        weight="bold",
        bbox=_ground(colours),
    )


def _peer_look(peer: str, colours: dict[str, str]) -> dict:
    """Look of a mark: filled if the study was peer-reviewed, hollow if not."""
    fill = colours["total"] if peer == "yes" else colours["surface"]
    return {"marker": PEER_MARK, "linestyle": "none", "markersize": 8, "markerfacecolor": fill}


def _size(effect) -> str:
    """A size as it is written: -27, +16, -62 to -52."""
    if pd.isna(effect.estimate):
        return _range(effect)
    return _signed(effect.estimate)


def _range(effect) -> str:
    return _("{low} to {high}").format(low=_signed(effect.low), high=_signed(effect.high))


def _size_drawn(effect) -> str:
    """The size beside its mark; points are named, because the axis is in percent."""
    return _("{size} points").format(size=_size(effect)) if effect.unit == "percentage points" else _size(effect)


def _signed(value: float) -> str:
    return f"{value:+g}".replace("-", "−")


def _effects_in_words(policy: str, effects: pd.DataFrame) -> str:
    rows = effects[effects["policy"] == policy]
    parts = []
    for row in rows.itertuples():
        values = {"outcome": row.outcome, "study": row.study, "result": _result(row)}
        if pd.isna(row.low) or pd.isna(row.estimate):
            parts.append(_("{outcome}, {study}: {result}").format(**values))
        else:
            message = _("{outcome}, {study}: {result}, {interval} {range}")
            parts.append(message.format(**values, interval=INTERVALS[row.interval], range=_range(row)))
    return f"{POLICIES[policy]}: {'; '.join(parts)}."


def _result(effect) -> str:
    if effect.result == "no_effect":
        return _("no effect found")
    return _("{size} {unit}").format(size=_size(effect), unit=UNITS[effect.unit])


def _effects_table(effects: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Study"): effects["study"],
            _("Policy"): effects["policy"].map(POLICY_NAMES),
            _("Outcome"): effects["outcome"],
            _("Who and where"): effects["population"],
            _("Result"): [_result(row) for row in effects.itertuples()],
            _("From and to"): [
                "" if pd.isna(row.low) else f"{_range(row)} ({INTERVALS[row.interval]})" for row in effects.itertuples()
            ],
            _("How far we read it"): effects["how_read"].map(HOW_READ),
            _("Remark"): effects["note"].fillna(""),
        }
    )


# --- people identified and removed ---


def _identified_and_removed(colours: dict[str, str]) -> Picture:
    """By fiscal year: two series of ICE's records, and one read from somebody's chart, which is not joined."""
    series = {name: _by_year(name) for name in (IDENTIFIED, REMOVED, REMOVED_LATER)}
    looks = {
        IDENTIFIED: {"color": colours["muted"], "linestyle": (0, (5, 2)), "marker": "s", "markersize": 5},
        REMOVED: {"color": colours["total"], "linestyle": "-", "marker": "o", "markersize": 5},
        REMOVED_LATER: {"color": colours["total"], "marker": "^", **hollow(colours)},
    }
    figure, axes = canvas(3.9, left=0.14, right=0.97, top=0.72)
    for name, rows in series.items():
        whole = rows[~((name == IDENTIFIED) & (rows["year"] == INCOMPLETE))]
        axes.plot(whole["year"], whole["number"], **looks[name])
        rest = rows.drop(whole.index)
        axes.plot(rest["year"], rest["number"], color=colours["muted"], marker="s", **hollow(colours))
    axes.set_ylim(0, 1.1 * axes.dataLim.y1)
    axes.set_xticks(range(2006, 2020, 2), [_("FY{year}").format(year=year) for year in range(2006, 2020, 2)])
    thousands(axes)
    labels = {
        IDENTIFIED: _("identified, ICE's records (hollow: incomplete year)"),
        REMOVED: _("removed, ICE's records"),
        REMOVED_LATER: _("removed, other data (TRAC, as an unfinished draft charts it)"),
    }
    figure.legend(
        handles=[Line2D([], [], label=labels[name], **look) for name, look in looks.items()],
        loc="upper left",
        bbox_to_anchor=(0.02, 1.0),
    )

    peak, last = _row_of_most(series[REMOVED]), series[REMOVED_LATER].iloc[-1]
    both = series[REMOVED].iloc[-1]["number"], series[REMOVED_LATER].iloc[0]["number"]
    columns = {
        "period": _("Fiscal year"),
        "measure": _("What is counted"),
        "number": _("Number"),
        "confidence": _("Kind of source"),
        "note": _("Remark"),
    }
    numbers = pd.concat(series.values())[list(columns)].assign(
        number=lambda rows: rows["number"].astype(int), confidence=lambda rows: rows["confidence"].map(CONFIDENCE)
    )
    return Picture(
        figure,
        fill(
            _(
                "By ICE's records, removals through 287(g) peaked in fiscal year {peak_year}, {peak} people; TRAC's"
                " data, as an unfinished draft charts them, show {last} in fiscal year {last_year}; for later years no"
                " series was found"
            ),
            peak_year=str(peak["year"]),
            peak=round(peak["number"]),
            last=round(last["number"]),
            last_year=str(last["year"]),
        ),
        fill(
            _(
                "Two lines and a row of markers, none joined with another. Identified: {identified}; the last year is"
                " incomplete. Removed, ICE's records: {removed}. Removed, other data: {others}. Fiscal year 2013 is in"
                " both: {one} and {other}."
            ),
            identified=_years_in_words(series[IDENTIFIED]),
            removed=_years_in_words(series[REMOVED]),
            others=_years_in_words(series[REMOVED_LATER]),
            one=round(both[0]),
            other=round(both[1]),
        ),
        numbers.rename(columns=columns).reset_index(drop=True),
        _("fiscal years 2006 to 2019 (fiscal year 2009 ran from October 2008 to September 2009)"),
        _("people identified, or people removed; an identification is neither an arrest nor a conviction"),
        _sources(*series.values()),
    )


def _by_year(measure: str) -> pd.DataFrame:
    """Rows of `outcomes` with this measure, with ``year`` and ``number``."""
    source = tables.source("outcomes").query("measure == @measure")
    return _outcomes().loc[source.index].assign(year=source["period"].str.removeprefix("FY").astype(int))


def _outcomes() -> pd.DataFrame:
    """The table `outcomes` with ``number``, the value where it is one number."""
    table = tables.load("outcomes")
    return table.assign(number=pd.to_numeric(table["value"], errors="coerce"))


def _row_of_most(rows: pd.DataFrame) -> pd.Series:
    return rows.loc[rows["number"].idxmax()]


def _years_in_words(rows: pd.DataFrame) -> str:
    peak = _row_of_most(rows)
    first, last = rows.iloc[0], rows.iloc[-1]
    return fill(
        _("{first} in fiscal year {first_year}, at most {peak} in {peak_year}, {last} in fiscal year {last_year}"),
        first=round(first["number"]),
        first_year=str(first["year"]),
        peak=round(peak["number"]),
        peak_year=str(peak["year"]),
        last=round(last["number"]),
        last_year=str(last["year"]),
    )


# --- arrests by method ---


def _arrests_by_method(colours: dict[str, str]) -> Picture:
    """Where ICE's arrests come from: one bar of 2017 and 2018 in four parts, and one share of 2025 with another
    definition."""
    rows = _outcomes().set_index("outcome_id")
    parts, later = rows.loc[list(METHODS)], rows.loc[JAILS_LATER]
    figure, axes = canvas(2.9, left=0.03, right=0.97, top=0.97, bottom=0.02)
    start = 0.0
    for outcome_id, part in parts.iterrows():
        first = outcome_id == PROGRAM
        axes.barh(
            0,
            part["number"],
            left=start,
            height=0.5,
            facecolor=colours["total"] if first else "none",
            edgecolor=colours["muted"],
        )
        axes.text(
            start + part["number"] / 2,
            0,
            f"{part['number']:g}",
            ha="center",
            va="center",
            weight="bold",
            color=colours["surface"] if first else colours["ink"],
        )
        axes.text(
            start + (0 if first else part["number"] / 2),
            0.3,
            METHODS[outcome_id],
            ha="left" if first else "center",
            va="top",
            linespacing=1.1,
        )
        start += part["number"]
    axes.text(0, -0.32, _("2017 to mid-2018, percent of apprehensions (TRAC)"), va="bottom", weight="bold")
    axes.barh(1.75, later["number"], height=0.5, facecolor="none", edgecolor=colours["muted"], hatch="//")
    axes.text(
        later["number"] / 2,
        1.75,
        f"{later['number']:g}",
        ha="center",
        va="center",
        weight="bold",
        bbox=_ground(colours),
    )
    axes.text(0, 1.43, _("2025, percent of arrests (Prison Policy Initiative, a critic)"), va="bottom", weight="bold")
    axes.text(0, 2.05, _("local jails and lock-ups of any kind, with or without 287(g)"), va="top")
    axes.set(xlim=(0, 100), ylim=(2.35, -0.65), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)

    share, others = parts.loc[PROGRAM, "number"], parts.loc[OTHER_LOCAL, "number"]
    shown = pd.concat([parts, later.to_frame().T])
    return Picture(
        figure,
        _(
            "By the count of TRAC, a data center, {share} percent of ICE's apprehensions from January 2017 to mid-2018"
            " involved 287(g) agencies, and {others} percent came from other local custody; for 2025 no such split was"
            " found"
        ).format(share=f"{share:g}", others=f"{others:g}"),
        _(
            "Two bars that must not be joined. January 2017 to mid-2018: {parts}; {rest} percent, by subtraction, from"
            " other custody. 2025: {later} percent in local jails and lock-ups of any kind, by another count."
        ).format(
            parts=", ".join(
                _("{method} {n} percent").format(method=METHODS[key].replace("\n", " "), n=f"{row['number']:g}")
                for key, row in parts.iterrows()
            ),
            rest=f"{100 - parts['number'].sum():g}",
            later=f"{later['number']:g}",
        ),
        pd.DataFrame(
            {
                _("Period"): shown["period"],
                _("What is counted"): shown["measure"],
                _("Percent"): shown["number"].map("{:g}".format),
                _("Kind of source"): shown["confidence"].map(CONFIDENCE),
                _("Remark"): shown["note"].fillna(""),
            }
        ).reset_index(drop=True),
        _("January 2017 to mid-2018; 2025 to mid-October"),
        _("percent of ICE apprehensions or arrests"),
        _sources(shown),
    )


# --- share charged or convicted ---


def _charged_or_convicted(colours: dict[str, str]) -> Picture:
    """What several sources state as the share of ICE's arrests of people charged or convicted; only three of them are
    one series."""
    rows = _charged()
    shares = {outcome_id: _share_in_words(outcome_id, number) for outcome_id, number in rows["number"].items()}
    figure, axes = canvas(4.1, left=0.03, right=0.97, top=0.9, bottom=0.12)
    for place, row in enumerate(rows.itertuples()):
        when, who = CHARGED[row.Index]
        _words(axes, place - 0.42, f"{when} ({who})", colours)
        axes.plot(
            [row.number], [place], color=colours["total"], marker=CONFIDENCE_MARKERS[row.confidence], linestyle="none"
        )
        axes.annotate(
            shares[row.Index], (row.number, place), (8, 0), textcoords="offset points", va="center", weight="bold"
        )
    quarters = [list(CHARGED).index(key) for key in QUARTERS]
    axes.plot(rows["number"].iloc[quarters], quarters, color=colours["muted"], linewidth=1, zorder=0)
    axes.set(
        xlim=(0, 100), ylim=(len(rows) - 0.5, -0.75), yticks=[], xlabel=_("percent of ICE arrests in the whole country")
    )
    axes.grid(True, axis="x")
    handles = [
        Line2D([], [], color=colours["total"], marker=CONFIDENCE_MARKERS[kind], linestyle="none", label=label)
        for kind, label in (
            ("primary", _("official release")),
            ("secondary", _("press or research")),
            ("unverified", _("not verified")),
        )
    ]
    figure.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.0, 1.0))

    quarter = [f"{rows.loc[key, 'number']:g}" for key in QUARTERS]
    return Picture(
        figure,
        _(
            "In every statement shown, most of the people whom ICE arrested had been charged or convicted; one series"
            " fell from {first} to {second} to {third} percent during 2025; none of these numbers is about 287(g) alone"
        ).format(first=quarter[0], second=quarter[1], third=quarter[2]),
        _("One statement a line. {statements}. Only the three by FactCheck.org are joined.").format(
            statements="; ".join(
                _("{when}, {who}: {share} percent, {kind}").format(
                    when=when, who=who, share=shares[key], kind=CONFIDENCE[rows.loc[key, "confidence"]]
                )
                for key, (when, who) in CHARGED.items()
            )
        ),
        pd.DataFrame(
            {
                _("Period"): [when for when, who in CHARGED.values()],
                _("Stated by"): [who for when, who in CHARGED.values()],
                _("Percent"): list(shares.values()),
                _("What is counted"): rows["measure"],
                _("Kind of source"): rows["confidence"].map(CONFIDENCE),
                _("Remark"): rows["note"].fillna(""),
            }
        ).reset_index(drop=True),
        _("fiscal year 2024 to early 2026"),
        _("percent of ICE arrests in the whole country, by ICE and its partners; a charge is not a conviction"),
        _sources(rows),
    )


def _charged() -> pd.DataFrame:
    """Rows of `outcomes` by id, with the share in ``number``; one share is counted from two numbers of people."""
    outcomes = _outcomes().set_index("outcome_id")
    rows = outcomes.loc[list(CHARGED)].copy()
    rows.loc[WITHOUT_RECORD, "number"] = 100 * (
        1 - outcomes.loc[WITHOUT_RECORD, "number"] / outcomes.loc[ALL_ARRESTS, "number"]
    )
    return rows


def _share_in_words(outcome_id: str, number: float) -> str:
    """A share with the word of its source before it; the one counted here is rounded, as its two numbers are."""
    written = f"{number:.0f}" if outcome_id == WITHOUT_RECORD else f"{number:g}"
    return ROUNDED[outcome_id].format(n=written) if outcome_id in ROUNDED else written


def _sources(*frames: pd.DataFrame) -> tuple[str, ...]:
    """Different source keys, in order."""
    return tuple(dict.fromkeys(key for frame in frames for key in frame["source_key"]))


DRAWERS: dict[str, Callable[..., Picture]] = {
    "effect_sizes": _effect_sizes,
    "identified_and_removed": _identified_and_removed,
    "arrests_by_method": _arrests_by_method,
    "charged_or_convicted": _charged_or_convicted,
}
