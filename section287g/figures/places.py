"""Pictures of where agreements are: states as equal tiles, and the ten states with most agreements side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import floor

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MultipleLocator

from section287g import counts, tables
from section287g.counts import MODELS
from section287g.figures.style import WIDTH, Picture, hollow, inch_canvas
from section287g.figures.surge import (
    SHORT_LABELS,
    SURGE,
    dash,
    known_line,
    last_list_of_each_day,
    own_and_copy,
    source_keys,
)
from section287g.palette import MARKERS
from section287g.tiles import COLUMNS, ROWS, TILES
from section287g.words import _, counted, fill, number, pgettext

# What a tile can show, and the lower limits of its five shades. They stay the same on every list, so that dates can be
# compared.
_COUNT_LIMITS = (1, 10, 25, 100, 250)
_SHARE_LIMITS = (0, 10, 25, 50, 75)
LIMITS = {
    "agreements": _COUNT_LIMITS,
    **dict.fromkeys(MODELS, _COUNT_LIMITS),
    "agencies": _COUNT_LIMITS,
    "per_million": (0, 2, 5, 10, 20),
    "change": _COUNT_LIMITS,
    "counties": _SHARE_LIMITS,
    "residents": _SHARE_LIMITS,
}
UNITS = {
    "agreements": _("agreements"),
    "jail": _("agreements under the Jail Enforcement Model"),
    "warrant": _("agreements under the Warrant Service Officer model"),
    "task_force": _("agreements under the Task Force Model"),
    "agencies": _("agencies"),
    "per_million": _("agreements per million residents"),
    "change": _("agreements more or fewer"),
    "counties": _("percent of counties whose sheriff holds an agreement"),
    "residents": _("percent of residents in a county whose sheriff holds an agreement"),
}
LARGEST = 10  # states drawn side by side
# How many of them, in words.
NUMBERS = [
    pgettext("of ten states", "none"),
    pgettext("of ten states", "one"),
    pgettext("of ten states", "two"),
    pgettext("of ten states", "three"),
    pgettext("of ten states", "four"),
    pgettext("of ten states", "five"),
    pgettext("of ten states", "six"),
    pgettext("of ten states", "seven"),
    pgettext("of ten states", "eight"),
    pgettext("of ten states", "nine"),
    pgettext("of ten states", "all"),
]
_STEP = WIDTH / COLUMNS  # inches from tile to tile


def measured(measure: str, on: str, since: str) -> pd.Series:
    """What the tiles show for `measure` (a key of LIMITS) on list `on`: index state; missing where there is nothing to
    compare with.

    ``since`` is the list that a change is counted from. Shares are in percent.
    """
    now = counts.by_state(on)
    if measure == "change":
        return (now["agreements"] - counts.by_state(since)["agreements"]).astype("Float64")
    if measure in ("counties", "residents"):
        return (100 * now[f"covered_{measure}"] / now[measure]).astype("Float64")
    return now[measure].astype("Float64")


def level(value: float, measure: str) -> int:
    """The shade of a tile: 0 for none, 1 to 5 for more and more; a decrease has the first shade (and is hatched)."""
    return max(1, sum(value >= limit for limit in LIMITS[measure])) if value else 0


def written(value, measure: str) -> str:
    """A value as a tile shows it: a dash where it is not known, one decimal for rates, a sign for changes, and no zero
    for what is little."""
    if pd.isna(value):
        return "–"
    if measure == "per_million":
        return "0" if not value else f"<{number(0.1, 1)}" if value < 0.05 else number(value, 1)
    if measure == "change" and value:
        return f"{'+' if value > 0 else '−'}{number(abs(value))}"
    return "<1" if 0 < value < 0.5 else number(floor(value + 0.5))  # as the browser rounds, half up


def _map(colours: dict[str, str], measure: str = "agreements", on: str = "", since: str = "") -> Picture:
    """One value for each state and territory on one list (ICE's newest workbook, if none is named), on equal tiles."""
    if measure not in LIMITS:
        raise ValueError(f"measure {measure!r}: expected {', '.join(LIMITS)}")
    on, since = on or str(counts.newest("ice_workbook")["list"]), since or before_surge()
    values = measured(measure, on, since)
    figure, axes = inch_canvas(_STEP * ROWS + 0.62)
    for code, place in TILES.items():
        _tile(axes, colours, code, place, values[code], measure)
    _shades(axes, colours, measure)

    lists = tables.load("lists").set_index("list")
    day = lists.loc[on, "date"]
    names = tables.load("states").set_index("state")["name"]
    order = values.sort_values(ascending=False, kind="stable")
    shown = ", ".join(f"{names[code]} {written(order[code], measure)}" for code in order.index[:10] if order[code] > 0)
    return Picture(
        figure,
        _map_title(values, names, measure, on, since),
        fill(
            _(
                "States and territories as {tiles} tiles of equal size, placed roughly as on a map, each with its"
                " value: {unit} on the list of {day}. Highest: {highest}. {without} tiles show none."
            ),
            tiles=len(TILES),
            unit=UNITS[measure],
            day=day,
            highest=shown or _("none"),
            without=int((values == 0).sum()),
        ),
        pd.DataFrame(
            {
                _("State or territory"): names[order.index].to_numpy(),
                _heading(measure): [written(value, measure) for value in order],
            }
        ),
        fill(
            _("copy of ICE's list of {day}") if lists.loc[on, "kind"] == "transcript" else _("ICE's list of {day}"),
            day=day,
        ),
        UNITS[measure],
        _map_sources(measure, lists.loc[[on]]),
    )


def _heading(measure: str) -> str:
    """The unit with a capital letter, at the head of a column or a line."""
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), UNITS[measure], count=1)


def before_surge() -> str:
    """Key of the list that stood when the growth of 2025 began."""
    lists = tables.load("lists")
    return str(lists.loc[lists["date"] <= SURGE, "list"].iloc[-1])


def _map_sources(measure: str, lists: pd.DataFrame) -> tuple[str, ...]:
    residents = {"per_million": "states", "counties": "county_population", "residents": "county_population"}
    return source_keys(lists, *([tables.load(residents[measure])] if measure in residents else []))


def _map_title(values: pd.Series, names: pd.Series, measure: str, on: str, since: str) -> str:
    """The finding: the states with most, and what part of the whole they are."""
    lists = tables.load("lists").set_index("list")
    day, unit = lists.loc[on, "date"], UNITS[measure]
    top = values.sort_values(ascending=False, kind="stable").index[:3]
    first = {"state": names[top[0]], "value": written(values[top[0]], measure)}
    if not values.fillna(0).any():
        return fill(_("No state or territory has any on {day}: {unit}"), day=day, unit=unit)
    if measure in ("agreements", *MODELS, "agencies"):
        return fill(
            _("{first}, {second} and {third} have {share} percent of the {n} {unit} on {day}"),
            first=names[top[0]],
            second=names[top[1]],
            third=names[top[2]],
            share=round(100 * values[top].sum() / values.sum()),
            n=int(values.sum()),
            unit=unit,
            day=day,
        )
    if measure == "change":
        start, fewer = lists.loc[since, "date"], int((values < 0).sum())
        if not fewer:
            message = _("From {start} to {day} agreements grew most in {state} ({value}); in no places they fell")
            return fill(message, start=start, day=day, **first)
        return counted(
            "From {start} to {day} agreements grew most in {state} ({value}); in {n} place they fell",
            "From {start} to {day} agreements grew most in {state} ({value}); in {n} places they fell",
            fewer,
            start=start,
            day=day,
            **first,
        )
    highest = int((values == values.max()).sum())
    if highest > 1:
        return fill(_("{n} states share the highest value: {unit} on {day}"), n=highest, unit=unit, day=day)
    return fill(_("{state} ({value}) is highest: {unit} on {day}"), unit=unit, day=day, **first)


def _tile(axes: Axes, colours: dict[str, str], code: str, place: tuple[int, int], value, measure: str) -> None:
    shade = 0 if pd.isna(value) else level(value, measure)
    left, bottom = place[0] * _STEP, axes.get_ylim()[1] - (place[1] + 1) * _STEP
    ink = colours["muted"] if shade == 0 else colours["ink"] if shade <= 3 else colours["surface"]
    _box(
        axes,
        colours,
        (left + 0.015, bottom + 0.015),
        (_STEP - 0.03, _STEP - 0.03),
        shade,
        hatched=not pd.isna(value) and value < 0,
    )
    axes.text(left + _STEP / 2, bottom + 0.66 * _STEP, code, ha="center", va="center", color=ink, fontsize=9.5)
    axes.text(
        left + _STEP / 2,
        bottom + 0.26 * _STEP,
        written(value, measure),
        ha="center",
        va="center",
        color=ink,
        fontsize=10,
        weight="bold",
    )


def _box(
    axes: Axes,
    colours: dict[str, str],
    corner: tuple[float, float],
    size: tuple[float, float],
    shade: int,
    hatched: bool = False,
) -> None:
    face = colours[f"shade_{shade}"] if shade else "none"
    edge = colours["shade_3"] if hatched else colours["muted"] if shade else colours["line"]
    shape = {"boxstyle": "round,pad=0,rounding_size=0.04", "linewidth": 0.7, "hatch": "///" if hatched else None}
    axes.add_patch(FancyBboxPatch(corner, *size, facecolor=face, edgecolor=edge, **shape))


def _shades(axes: Axes, colours: dict[str, str], measure: str) -> None:
    """What the shades stand for, below the map."""
    axes.text(0.03, 0.44, _heading(measure), va="center", fontsize=9.5)
    texts = [_("none"), *ranges(measure)]
    letter = (WIDTH - 0.03 - 0.38 * len(texts)) / len("".join(texts))  # inches for each letter, when all share the line
    left = 0.03
    for shade, text in enumerate(texts):
        _box(axes, colours, (left, 0.08), (0.2, 0.17), shade)
        axes.text(left + 0.25, 0.165, text, va="center", fontsize=9.5)
        left += 0.38 + letter * len(text)


def ranges(measure: str) -> list[str]:
    """The five shades in words: `1–9` for counts, `2 to <5` for rates and shares."""
    limits = LIMITS[measure]
    last = f"{limits[-1]}+"
    if limits[0]:
        return [*(f"{low}–{high - 1}" for low, high in zip(limits, limits[1:], strict=False)), last]
    return [
        fill(_("under {limit}"), limit=limits[1]),
        *(fill(_("{low} to <{high}"), low=low, high=high) for low, high in zip(limits[1:], limits[2:], strict=False)),
        last,
    ]


def _largest_states(colours: dict[str, str]) -> Picture:
    """The ten states with most agreements on ICE's newest workbook: three models since January 2025, one scale for
    all."""
    newest = str(counts.newest("ice_workbook")["list"])
    now = counts.by_state(newest)["agreements"].sort_values(ascending=False, kind="stable")
    largest = list(now.index[:LARGEST])
    names = tables.load("states").set_index("state")["name"]
    lists = {code: last_list_of_each_day(counts.over_time(code)) for code in largest}
    lists = {code: frame[frame["unchanged_until"].fillna(frame["date"]) >= SURGE] for code, frame in lists.items()}
    top = 1.1 * max(frame[list(MODELS)].to_numpy().max() for frame in lists.values())
    end = max(frame["date"].iloc[-1] for frame in lists.values()) + pd.Timedelta(days=15)

    figure = Figure(figsize=(WIDTH, 6.75))
    for place, (code, frame) in enumerate(lists.items()):
        column, up = place % 2, 4 - place // 2
        axes = figure.add_axes(
            (0.085 + 0.49 * column, (0.32 + 1.28 * up) / 6.75, 0.42, 0.8 / 6.75)
        )  # room for the years below the last row
        _small_growth(axes, colours, frame)
        axes.set(xlim=(SURGE, end), ylim=(0, top))
        axes.set_title(f"{names[code]}: {number(now[code])}", loc="left", fontsize=10, weight="bold", pad=4)
        axes.set_xticks([pd.Timestamp("2025-01-01"), pd.Timestamp("2026-01-01")], ["2025", "2026"])
    _model_legend(figure, colours)

    first, last = lists[largest[0]].iloc[0], counts.newest("ice_workbook")["date"]
    ten, whole = int(now[largest].sum()), int(now.sum())
    mostly = [names[code] for code, frame in lists.items() if 2 * frame["task_force"].loc[newest] > now[code]]
    parts = "; ".join(
        fill(
            _("{state} {n}, of these {jail} jail, {warrant} warrant and {task_force} task force"),
            state=names[code],
            n=now[code],
            **lists[code].loc[newest, list(MODELS)].to_dict(),
        )
        for code in largest
    )
    rows = [
        {
            _("State"): names[code],
            _("Last list of the month"): row.date,
            **{SHORT_LABELS[model]: getattr(row, model) for model in MODELS},
            _("All agreements"): row.agreements,
        }
        for code, frame in lists.items()
        for row in (
            frame.groupby(frame["date"].dt.to_period("M")).tail(1).itertuples()
        )  # every list would be more than a thousand lines
    ]
    copy = own_and_copy(lists[largest[0]])[1]
    return Picture(
        figure,
        fill(
            _(
                "Ten states have {share} percent of the {n} agreements on {day}; in {mostly} of them most are task"
                " force agreements"
            ),
            share=round(100 * ten / whole),
            n=whole,
            day=last,
            mostly=NUMBERS[len(mostly)],
        ),
        fill(
            _(
                "Ten small charts on one scale, each with three lines from {start}: agreements by model. On {day}:"
                " {parts}. Lines break where this book has no list; hollow markers show a copy of a later list."
            ),
            start=first["date"],
            day=last,
            parts=parts,
        ),
        pd.DataFrame(rows),
        "; ".join(
            [
                fill(_("ICE's lists to {day}"), day=last),
                *([fill(_("copy of ICE's list of {day}"), day=copy["date"].max())] if len(copy) else []),
            ]
        ),
        UNITS["agreements"],
        source_keys(tables.load("lists").set_index("list").loc[lists[largest[0]].index]),
        states=tuple(largest),
    )


def _small_growth(axes: Axes, colours: dict[str, str], frame: pd.DataFrame) -> None:
    own, copy = own_and_copy(frame)
    for model in MODELS:
        x, y = known_line(own, model, since=SURGE)
        axes.plot(x, y, color=colours[model], linestyle=dash(model), linewidth=1.6)
        axes.plot(
            copy["date"],
            copy[model],
            color=colours[model],
            marker=MARKERS[model],
            **{**hollow(colours), "markersize": 4},
        )
    axes.yaxis.set_major_locator(MultipleLocator(100))


def _model_legend(figure: Figure, colours: dict[str, str]) -> None:
    lines = [
        Line2D(
            [],
            [],
            color=colours[model],
            linestyle=dash(model),
            marker=MARKERS[model],
            markerfacecolor=colours["surface"],
            label=SHORT_LABELS[model],
        )
        for model in MODELS
    ]
    figure.legend(handles=lines, loc="upper left", ncols=3, bbox_to_anchor=(0.06, 1.0), handlelength=2.4)


DRAWERS: dict[str, Callable[..., Picture]] = {"map": _map, "largest_states": _largest_states}
