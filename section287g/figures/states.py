"""The picture of what states require and forbid: one tile for each state."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from section287g import stances, tables
from section287g.figures.style import CONFIDENCE, WIDTH, Picture, inch_canvas
from section287g.tiles import COLUMNS, ROWS, TILES
from section287g.words import _, fill, written_date

STEP = WIDTH / COLUMNS  # inches from tile to tile
TILE = STEP - 0.04
LEGEND_LINE = 0.26
# Shade says how strong the rule is, hatching in which direction it points: the two directions look equally strong.
LOOKS = {
    "requires": ("shade_3", ""),
    "encourages": ("shade_1", ""),
    "no_state_rule": ("surface", ""),
    "restricts": ("shade_1", "////"),
    "bans": ("shade_3", "////"),
    "not_established": ("surface", ""),
}


def _states(colours: dict[str, str]) -> Picture:
    """Every state as a tile: its rule as letter, shade and hatching; dashed where it is in doubt."""
    table = stances.by_state()
    bottom = 4 * LEGEND_LINE + 0.15
    figure, axes = inch_canvas(ROWS * STEP + bottom)
    for row in table.itertuples():
        column, line = TILES[row.state]
        corner = (column * STEP, bottom + (ROWS - 1 - line) * STEP)
        _tile(axes, corner, (TILE, TILE), row.stance, row.doubt, colours)
        _write(axes, corner, row.state, stances.LETTERS[row.stance], row.stance, colours)
    _legend(axes, bottom - 0.1, colours)
    found = table["stance"].value_counts()
    doubted = table[table["doubt"]]["stance"].value_counts()
    return Picture(
        figure,
        fill(
            _(
                "Agreements must be sought in {requires} states ({requires_doubted} of these in doubt) and are"
                " forbidden in {bans} ({bans_doubted} in doubt); for {unknown} places no rule was established"
            ),
            requires=found["requires"],
            requires_doubted=doubted.get("requires", 0),
            bans=found["bans"],
            bans_doubted=doubted.get("bans", 0),
            unknown=found["not_established"],
        ),
        _in_words(table),
        _numbers(table),
        fill(
            _("rules last checked {day}, each true as of its own date, {oldest} to {newest}"),
            day=tables.last_checked(table),
            oldest=written_date(table["as_of"].min()),
            newest=written_date(table["as_of"].max()),
        ),
        _("states, the District of Columbia and Puerto Rico; which word fits a rule is our reading"),
        tuple(sorted(tables.cited(tables.load("state_stances")))),
    )


def _tile(
    axes: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    stance: str,
    doubt: bool,
    colours: dict[str, str],
) -> None:
    shade, hatch = LOOKS[stance]
    edge = (
        {"edgecolor": colours["ink"], "linestyle": (0, (3, 2)), "linewidth": 1.2}
        if doubt
        else {"edgecolor": colours["muted"], "linewidth": 0.6}
    )
    axes.add_patch(
        Rectangle(corner, *size, facecolor=colours[shade], edgecolor=colours["muted"], hatch=hatch, linewidth=0)
    )
    axes.add_patch(Rectangle(corner, *size, fill=False, **edge))


def _write(
    axes: Axes, corner: tuple[float, float], code: str, letter: str, stance: str, colours: dict[str, str]
) -> None:
    left, bottom = corner
    # A plate under the text keeps it legible on hatching.
    if LOOKS[stance][1]:
        axes.add_patch(
            Rectangle(
                (left + 0.06, bottom + 0.03), TILE - 0.12, TILE - 0.06, facecolor=colours[LOOKS[stance][0]], linewidth=0
            )
        )
    axes.text(left + TILE / 2, bottom + TILE * 0.72, code, ha="center", va="center", fontsize=9.5)
    axes.text(left + TILE / 2, bottom + TILE * 0.3, letter, ha="center", va="center", fontsize=10, weight="bold")


def _legend(axes: Axes, top: float, colours: dict[str, str]) -> None:
    entries = [
        (stance, stance == "not_established", f"{stances.LETTERS[stance]}  {label}")
        for stance, label in stances.LABELS.items()
    ]
    entries.append(("no_state_rule", True, _("Dashed: in doubt")))
    for place, (stance, doubt, text) in enumerate(entries):
        column, line = divmod(place, 3) if place < 6 else (0, 3)
        left, bottom = 0.02 + column * WIDTH / 2, top - (line + 1) * LEGEND_LINE
        _tile(axes, (left, bottom), (0.3, 0.17), stance, doubt, colours)
        axes.text(left + 0.4, bottom + 0.085, text, va="center", fontsize=9.5)


def _in_words(table) -> str:
    parts = [_("A map of equal tiles, one for each state.")]
    for stance, label in stances.LABELS.items():
        names = [
            _("{state} (in doubt)").format(state=row.name) if row.doubt and stance != "not_established" else row.name
            for row in table[table["stance"] == stance].itertuples()
        ]
        parts.append(f"{label}: {', '.join(names)}.")
    return " ".join(parts)


def _numbers(table):
    shown = table.assign(
        stance=table["stance"].map(stances.LABELS),
        as_of=table["as_of"].map(written_date),
        confidence=table["confidence"].map(CONFIDENCE),
        doubt=table["doubt"].map({True: _("yes"), False: _("no")}),
    )
    names = {
        "name": _("State"),
        "stance": _("Rule"),
        "law_or_order": _("Law or order"),
        "as_of": _("True as of"),
        "confidence": _("Confidence"),
        "doubt": _("In doubt"),
    }
    return shown[list(names)].rename(columns=names)


DRAWERS: dict[str, Callable[..., Picture]] = {"states": _states}
