"""Pictures of the growth since 2021.

Three vintages are never blended: ICE's own lists (lines), one copy of a list made by others (hollow markers), and
totals published by others (crosses); nothing connects them.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from section287g import counts, tables
from section287g.counts import MODEL_LABELS, MODELS
from section287g.facts import written_date, written_day
from section287g.figures.style import Picture, canvas, hollow, thousands, years
from section287g.palette import DASHES, MARKERS

INAUGURATION = pd.Timestamp("2025-01-20")  # the "before" of the published growth figures: the list in force that day
SURGE = pd.Timestamp("2025-01-01")  # where pictures of the growth since January 2025 begin
GAP_DAYS = 7  # a longer stretch without an archived list is drawn as a gap
SHORT_LABELS = {"jail": "Jail", "warrant": "Warrant", "task_force": "Task force"}
KINDS = {"web_table_copy": "ICE's web table", "ice_workbook": "ICE's list", "transcript": "copy of ICE's list"}
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
        ends[model] = (own[column].iloc[-1], f"{SHORT_LABELS[model]}\n{own[column].iloc[-1]:,}")
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
        unit,
        source_keys(lists_behind(lists), later),
    )


def _by_model(colours: dict[str, str]) -> Picture:
    """Share of each model on four lists: the first, the one of January 2025, ICE's newest and the newest copy."""
    lists = counts.over_time()
    chosen = _milestones(lists)
    shares = 100 * chosen[list(MODELS)].div(chosen["agreements"], axis=0)
    labels = [
        f"{written_day(day)}{' (copy)' if kind == 'transcript' else ''}"
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
                f"{getattr(row, model):,}",
                ha="center",
                va="center",
                color=colours["surface"],
                weight="bold",
            )
            start += share
        axes.text(0, place - 0.33, f"{labels[place]}: {row.agreements:,} agreements", va="bottom")
    axes.set(xlim=(0, 100), ylim=(len(chosen) - 0.7, -0.65), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)
    handles = [Patch(color=colours[model], label=SHORT_LABELS[model]) for model in MODELS]
    figure.legend(
        handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.015, 1.0), handlelength=1, columnspacing=1.4
    )

    newest = counts.newest("ice_workbook")
    before = _in_force(lists, INAUGURATION)
    share = _percent(newest["task_force"], newest["rows"])
    parts = [
        f"{label}: {row.agreements:,} agreements, of these {_list_models(row)}"
        for label, row in zip(labels, chosen.itertuples(), strict=True)
    ]
    return Picture(
        figure,
        f"The task force model went from {_number(before['task_force'])} of {before['agreements']:,} agreements in"
        f" {_month(INAUGURATION)} to {share} percent of {newest['rows']:,} in {_month(newest['date'])}",
        f"Four bars of equal length, each one list, split by model. {'. '.join(parts)}.",
        pd.DataFrame(
            {
                "Day": labels,
                "List of": chosen["date"].to_numpy(),
                **{SHORT_LABELS[model]: chosen[model].to_numpy() for model in MODELS},
                "All agreements": chosen["agreements"].to_numpy(),
                **{f"{SHORT_LABELS[model]}, percent": shares[model].round(1).to_numpy() for model in MODELS},
            }
        ),
        vintages(*own_and_copy(lists), _no_totals()),
        "agreements",
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
        ends[column] = (own[column].iloc[-1], f"{own[column].iloc[-1]:,}\n{column}")
    axes.set_ylim(0, 1.08 * axes.dataLim.y1)
    axes.set_xlim(SURGE, lists["date"].iloc[-1] + pd.Timedelta(days=10))
    _label_ends(axes, ends, {"agreements": colours["total"], "agencies": colours["muted"]})
    _quarters(axes)
    thousands(axes)
    _legend(figure, colours, others=False)

    first, last, day = own.iloc[0], own.iloc[-1], written_day(own["date"].iloc[-1])
    copied = "".join(
        f" On a copy of the list of {written_day(row.date)}: {row.agreements:,} agreements, {row.agencies:,} agencies."
        for row in copy.itertuples()
    )
    return Picture(
        figure,
        f"One list, two counts: {last['agreements']:,} agreements held by {last['agencies']:,} agencies on {day}",
        "Two lines that rise together from January 2025 and drift apart. In January 2025 the list has"
        f" {first['agreements']:,} agreements and {first['agencies']:,} agencies; on {day} it has"
        f" {last['agreements']:,} agreements and {last['agencies']:,} agencies, a difference of"
        f" {last['agreements'] - last['agencies']:,}.{copied} {_gaps_in_words(own, since=SURGE)}",
        pd.DataFrame(
            {
                "List of": lists["date"].to_numpy(),
                "What it is": lists["kind"].map(KINDS).to_numpy(),
                "Agreements": lists["agreements"].to_numpy(),
                "Agencies": lists["agencies"].to_numpy(),
            }
        ),
        vintages(own, copy, _no_totals()),
        "agreements and agencies",
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
        fill = (
            {"facecolor": "none", "edgecolor": colours["muted"]}
            if row.copy
            else {"facecolor": colours["muted"], "edgecolor": "none"}
        )
        axes.barh(place, row.came, height=0.62, **fill)
        axes.barh(place, -row.left, height=0.62, facecolor="none", edgecolor=colours["ink"], hatch="////")
        axes.text(row.came + 0.012 * reach, place, f"{row.came:,}", va="center")
        axes.text(-row.left - 0.012 * reach, place, f"{row.left:,}", va="center", ha="right")
    axes.axvline(0, color=colours["ink"], linewidth=0.8)
    axes.set(xlim=(-months["left"].max() - 0.13 * reach, 1.12 * reach), ylim=(len(months) - 0.4, -0.6), xticks=[])
    axes.set_yticks(list(places), months["label"])
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)
    handles = [
        Patch(facecolor="none", edgecolor=colours["ink"], hatch="////", label="left the list"),
        Patch(facecolor=colours["muted"], label="came to the list"),
    ]
    figure.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.02, 1.0), handlelength=1.4)

    own, copy = months[~months["copy"]], months[months["copy"]]
    if not copy.empty:
        figure.text(
            0.02, 0.08 / height, f"* since {_short(counts.newest('ice_workbook')['date'])}, from a copy of one list"
        )
    busiest = own.loc[own["came"].idxmax()]
    emptied = own.loc[own["left"].idxmax()]
    newest = counts.newest("ice_workbook")
    to_copy = "".join(
        f" A last bar ({row.label.strip('*')}), from a copy of one list: {row.came:,} came and {row.left:,} left."
        for row in copy.itertuples()
    )
    return Picture(
        figure,
        f"Net growth hides departures: {own['came'].sum():,} agreements came and {own['left'].sum():,} left between"
        f" January 2025 and {_month(newest['date'])}",
        f"Horizontal bars, one pair a month. To {written_day(newest['date'])} {own['came'].sum():,} agreements came and"
        f" {own['left'].sum():,} left. Most came in {busiest['label']} ({busiest['came']:,}), most left in"
        f" {emptied['label']} ({emptied['left']:,}).{to_copy}",
        months.rename(columns={"label": "Month", "came": "Came", "left": "Left", "net": "Net change"})[
            ["Month", "Came", "Left", "Net change"]
        ],
        vintages(*own_and_copy(tables.load("lists")), _no_totals()),
        "agreements",
        source_keys(tables.load("agreements")),
    )


def _published_totals(colours: dict[str, str]) -> Picture:
    """Totals of agreements stated by ICE, DHS, press and trackers since January 2025, beside our own counts of ICE's
    lists."""
    own, _ = own_and_copy(last_list_of_each_day(counts.over_time()))
    own = own[own["unchanged_until"].fillna(own["date"]) >= SURGE]
    totals = tables.load("published_totals").dropna(subset=["agreements"]).sort_values("date")
    totals = totals[totals["confidence"].isin(CONFIDENCE_MARKERS)]  # "primary" rows are our own counts
    newest, last = own.iloc[-1], totals.iloc[-1]

    figure, axes = canvas(3.9, top=0.79)
    _mark_gaps(axes, own, colours, since=SURGE)
    x, y = known_line(own, "agreements", since=SURGE)
    axes.plot(x, y, color=colours["total"])
    handles = [Line2D([], [], color=colours["total"], label="our count of ICE's lists"), _gap_handle(colours)]
    for confidence, marker in CONFIDENCE_MARKERS.items():
        rows = totals[totals["confidence"] == confidence]
        if rows.empty:
            continue
        style = {
            "color": colours["accent"],
            "linestyle": "none",
            "marker": marker,
            "markerfacecolor": colours["surface"],
            "label": confidence,
        }
        axes.plot(rows["date"], rows["agreements"].astype(float), markersize=6, **style)
        handles.append(Line2D([], [], **style))
    axes.set_ylim(0, 1.08 * axes.dataLim.y1)
    axes.set_xlim(SURGE, totals["date"].iloc[-1] + pd.Timedelta(days=10))
    ends = {
        "own": (newest["agreements"], f"{newest['agreements']:,}\nour count"),
        "others": (last["agreements"], f"{last['agreements']:,}\nothers"),
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
    day, newest_day = written_day(last["date"]), written_day(newest["date"])
    both = (totals["agreements"] - beside).dropna().abs()
    return Picture(
        figure,
        f"Others count {last['agreements']:,} agreements on {day}, {last['agreements'] - newest['agreements']:,} more"
        " than ICE's newest list in this book",
        f"A line of our own counts rises from {own['agreements'].iloc[0]:,} in January 2025 to {newest['agreements']:,}"
        f" on {newest_day} and ends there. {len(totals)} markers show totals published by others. {(both <= 2).sum()}"
        f" of the {len(both)} totals up to {newest_day} lie within two agreements of the list in force that day; the"
        f" largest difference is {both.max():,}. After that date markers alone go on, to {last['agreements']:,} on"
        f" {day}, a {last['confidence']} source.",
        pd.DataFrame(
            {
                "Date": totals["date"].to_numpy(),
                "Total published": totals["agreements"].to_numpy(),
                "Kind of source": totals["confidence"].to_numpy(),
                "Our count of the list in force": beside.to_numpy(),
            }
        ),
        vintages(own, _no_rows(own), totals),
        "agreements",
        source_keys(lists_behind(own), totals),
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
    """Published totals by model that are newer than ICE's newest list here and do not repeat a copy that is drawn
    itself."""
    totals = tables.load("published_totals").dropna(subset=list(MODELS), how="any")
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


def gaps(own: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Stretches of more than GAP_DAYS between the last day a list is known to have stood and the next archived list."""
    known_until = own["unchanged_until"].fillna(own["date"])
    known_until = known_until.where(known_until > own["date"], own["date"]).cummax().iloc[:-1]
    pairs = zip(known_until, own["date"].iloc[1:], strict=True)
    return [(start, end) for start, end in pairs if end - start > pd.Timedelta(days=GAP_DAYS)]


def known_line(own: pd.DataFrame, column: str, since: pd.Timestamp | None = None) -> tuple[list, list]:
    """Points of a line that follows the lists and breaks where a gap begins."""
    gap_starts = {start for start, _ in gaps(own)}
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


def _arrivals_and_departures() -> pd.DataFrame:
    """Agreements that came and left since January 2025; columns label, came, left, net, copy.

    One row a month of ICE's lists, by the date of the first list that shows the change; then one row for the newest
    copy.
    """
    own, copy = own_and_copy(tables.load("lists"))
    newest = own["date"].iloc[-1]
    by_month = counts.came_and_left_by_month(since=INAUGURATION)
    rows = by_month.assign(label=[f"{month:%b %Y}" for month in by_month.index], copy=False)
    for date in copy.loc[copy["date"] > newest, "date"].iloc[-1:]:
        later = {
            "label": f"to {_short(date)}*",
            "came": counts.came(date, since=newest),
            "left": counts.on_first_only(newest, date),
            "copy": True,
        }
        rows = pd.concat([rows, pd.DataFrame([later])])
    return rows.assign(net=rows["came"] - rows["left"]).reset_index(drop=True)


# --- words ---


def _month(date: pd.Timestamp) -> str:
    return written_date(f"{date:%Y-%m}")


def _short(date: pd.Timestamp) -> str:
    return f"{date:%b} {date.day}"


def _number(count: int) -> str:
    return f"{count:,}" if count else "none"


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)


def _moved(first: int, last: int) -> str:
    """``grew from 135 to 1,843`` or ``fell ...`` or ``stayed at ...``."""
    if first == last:
        return f"stayed at {last:,}"
    return f"{'grew' if last > first else 'fell'} from {first:,} to {last:,}"


def _list_models(row) -> str:
    return ", ".join(f"{getattr(row, model):,} {SHORT_LABELS[model].lower()}" for model in MODELS)


def _state_name(state: str) -> str:
    names_of = tables.load("states").set_index("state")["name"]
    if state not in names_of:
        raise KeyError(f"no state {state!r}: expected a two-letter postal code such as TX")
    return names_of[state]


def _growth_title(own: pd.DataFrame, columns: dict[str, str], unit: str, state: str | None) -> str:
    place = f"{_state_name(state)}: " if state else ""
    if not own[unit].any():
        return f"{place}no agreement on any of ICE's lists since {_month(own['date'].iloc[0])}"
    what = "agreements" if unit == "agreements" else "agencies with an agreement"
    first, last = _in_force(own, INAUGURATION), own.iloc[-1]
    title = (
        f"{place}{what if state else what.capitalize()} {_moved(first[unit], last[unit])} between January 2025 and"
        f" {_month(last['date'])}"
    )
    if last[unit] == 0:
        return title
    share = _percent(last[columns["task_force"]], last[unit])
    return (
        f"{title}; {share} percent"
        f" {'are task force agreements' if unit == 'agreements' else 'hold a task force agreement'}"
    )


def _growth_alt(own, copy, later, columns: dict[str, str], unit: str, state: str | None) -> str:
    place = _state_name(state) if state else "the United States"
    first, before, last = own.iloc[0], _in_force(own, INAUGURATION), own.iloc[-1]
    sentences = [f"Line chart of {unit} in {place} on ICE's lists, one line a model."]
    for model, column in columns.items():
        peak = own.loc[own[column].idxmax()]
        sentences.append(
            f"{MODEL_LABELS[model]}: {first[column]:,} on {written_day(first['date'])}, {before[column]:,} in January"
            f" 2025, {last[column]:,} on {written_day(last['date'])}; highest {peak[column]:,} on"
            f" {written_day(peak['date'])}."
        )
    for row in copy.itertuples():
        values = ", ".join(
            f"{getattr(row, column):,} {SHORT_LABELS[model].lower()}" for model, column in columns.items()
        )
        sentences.append(f"Hollow markers, a copy of the list of {written_day(row.date)}: {values}.")
    if not later.empty:
        newest = later.iloc[-1]
        sentences.append(
            f"Crosses, totals by others, the newest of {written_day(newest['date'])}:"
            f" {_list_models(newest.to_frame().T.iloc[0])}."
        )
    return " ".join([*sentences, _gaps_in_words(own)])


def _gaps_in_words(own: pd.DataFrame, since: pd.Timestamp | None = None) -> str:
    without = [(start, end) for start, end in gaps(own) if since is None or end > since]
    if not without:
        return f"No gap of more than {GAP_DAYS} days between lists."
    longest = max(without, key=lambda gap: gap[1] - gap[0])
    return (
        f"Gray bands mark {len(without)} gap{'s' if len(without) > 1 else ''} without an archived list; the longest"
        f" runs from {written_day(longest[0])} to {written_day(longest[1])}. The last band begins after"
        f" {written_day(own['date'].iloc[-1])}."
    )


def _growth_table(lists: pd.DataFrame, later: pd.DataFrame, columns: dict[str, str], unit: str) -> pd.DataFrame:
    """Every point drawn, in time order."""
    rows = pd.DataFrame(
        {
            "Date": lists["date"].to_numpy(),
            "What it is": lists["kind"].map(KINDS).to_numpy(),
            **{SHORT_LABELS[model]: lists[column].astype("Int64").to_numpy() for model, column in columns.items()},
            f"All {unit}": lists[unit].astype("Int64").to_numpy(),
        }
    )
    others = pd.DataFrame(
        {
            "Date": later["date"].to_numpy(),
            "What it is": ("total by others, " + later["confidence"]).to_numpy(),
            **{SHORT_LABELS[model]: later[model].to_numpy() for model in MODELS},
            f"All {unit}": later["agreements"].to_numpy(),
        }
    )
    both = rows if later.empty else pd.concat([rows, others], ignore_index=True).sort_values("Date", kind="stable")
    return both.reset_index(drop=True)


def vintages(own: pd.DataFrame, copy: pd.DataFrame, totals: pd.DataFrame) -> str:
    """The dates of the data in words, each vintage named."""
    parts = [f"ICE's lists to {written_day(own['date'].max())}"]
    if not copy.empty:
        parts.append(f"copy of ICE's list of {written_day(copy['date'].max())}")
    if not totals.empty:
        parts.append(f"totals by others to {written_day(totals['date'].max())}")
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
    """Gray bands where no list is archived; the last one begins after the newest list and has no end."""
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
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    axes.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=(4, 10)))


def _gap_handle(colours: dict[str, str]) -> Patch:
    return Patch(facecolor=colours["line"], label="no list archived")


def _legend(figure: Figure, colours: dict[str, str], others: bool) -> None:
    """What lines, hollow markers, crosses and bands stand for; the lines' own names stand at their ends."""
    muted = colours["muted"]
    handles = [
        Line2D([], [], color=muted, label="ICE's lists"),
        Line2D([], [], color=muted, marker="o", label="copy of one list", **hollow(colours)),
        _gap_handle(colours),
    ]
    if others:
        handles.insert(2, Line2D([], [], color=muted, marker="x", linestyle="none", label="totals by others"))
    figure.legend(
        handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0), columnspacing=1.2, handlelength=1.6
    )


DRAWERS: dict[str, Callable[..., Picture]] = {
    "growth": _growth,
    "by_model": _by_model,
    "agreements_and_agencies": _agreements_and_agencies,
    "net_change": _net_change,
    "published_totals": _published_totals,
}
