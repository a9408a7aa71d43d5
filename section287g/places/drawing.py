"""The two drawings of a place: its agreements by model, and the line of each model through time.

They are SVG whose shapes follow the width of the page while letters keep their size, so that no script is needed on a
phone or on paper. Colours and dashes are those of the stylesheet (classes ``jail``, ``warrant``, ``task-force``).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from section287g.counts import MODELS
from section287g.palette import DASHES

HEIGHT, TOP, BASE = 230, 16, 204  # CSS pixels: the drawing, its highest value, its zero
WIDE = 1000  # units across the stretched part
LABEL_GAP = 19  # pixels between two labels
LETTER = 13  # pixels, half of which a label stands below its line
LETTER_WIDTH = 0.54  # of the size of letters: a label's room, which is more than it takes
NARROWEST = 8  # percent of the bar into which a number still fits
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_STRETCHED = Markup('<svg viewBox="0 0 {} {}" preserveAspectRatio="none" width="100%" height="{}">{}</svg>')


@dataclass(frozen=True)
class Time:
    """The time axis, in percent of its width."""

    start: pd.Timestamp
    end: pd.Timestamp

    def at(self, day: pd.Timestamp) -> float:
        return round(100 * max(0.0, (day - self.start) / (self.end - self.start)), 2)


def model_class(model: str) -> str:
    return model.replace("_", "-")


def bar(numbers: dict[str, int]) -> Markup:
    """Agreements by model as one bar; its words stand beside it."""
    whole, left, parts = sum(numbers.values()), 0.0, []
    for model, number in numbers.items():
        width = 100 * number / whole
        parts.append(
            Markup('<rect class="{}" x="{:.2f}%" width="{:.2f}%" height="30"/>').format(model_class(model), left, width)
        )
        if width >= NARROWEST:
            parts.append(
                Markup('<text x="{:.2f}%" y="20" text-anchor="middle">{:,}</text>').format(left + width / 2, number)
            )
        left += width
    return Markup('<svg class="place-bar" width="100%" height="30" aria-hidden="true">{}</svg>').format(
        Markup("").join(parts)
    )


def line(counted: pd.DataFrame, start: pd.Timestamp, labels: dict[str, str]) -> Markup:
    """The lines of the models that ``counted`` (``places.line``) ever shows, with their last number and name.

    A transcript is a hollow mark, joined by dots to the last own list.
    """
    models = [model for model in MODELS if counted[model].any()]
    own, copy = counted[counted["kind"] != "transcript"], counted[counted["kind"] == "transcript"]
    last = counted["date"].iloc[-1]
    time = Time(start, last + pd.Timedelta(days=12))
    most = max(int(counted[models].to_numpy().max()), 1)

    def up(value: int) -> float:
        return round(BASE - (BASE - TOP) * value / most, 1)

    lines, marks = [], []
    for model in models:
        points = [(time.at(row.date), up(getattr(row, model))) for row in own.itertuples()]
        name = model_class(model)
        lines.append(_path(_stairs(points), name, DASHES[model]))
        if len(copy):
            end = (time.at(last), up(int(copy[model].iloc[-1])))
            lines.append(_path(f"M{10 * points[-1][0]:.0f} {points[-1][1]}L{10 * end[0]:.0f} {end[1]}", name, "1 4"))
            marks.append(Markup('<circle class="{}" cx="{}%" cy="{}" r="4"/>').format(name, *end))
    stretched = _STRETCHED.format(WIDE, HEIGHT, HEIGHT, Markup("").join(lines))
    plot = Markup('<svg class="place-plot" width="100%" height="{}" aria-hidden="true">{}{}{}</svg>').format(
        HEIGHT, _axes(time, most, up), stretched, Markup("").join(marks)
    )
    return plot + _labels({model: up(int(counted[model].iloc[-1])) for model in models}, labels)


def _stairs(points: list[tuple[float, float]]) -> str:
    """A path that keeps each value until the next point; points in percent across and pixels down."""
    commands = [f"M{10 * points[0][0]:.0f} {points[0][1]}"]
    for (_, before), (across, down) in zip(points, points[1:]):
        if down != before:
            commands.append(f"H{10 * across:.0f}V{down}")
    commands.append(f"H{10 * points[-1][0]:.0f}")
    return "".join(commands)


def _path(commands: str, name: str, dash: str) -> Markup:
    dashes = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup('<path class="{}" d="{}" vector-effect="non-scaling-stroke"{}/>').format(name, commands, dashes)


def _axes(time: Time, most: int, up) -> Markup:
    """Two or three faint lines with their number on them, and the years below the middle of their part."""
    step = next((step for step in _STEPS if most / step < 4), _STEPS[-1])
    parts = [Markup('<line class="place-base" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(BASE)]
    for value in range(step, most + 1, step):
        parts.append(
            Markup(
                '<line class="place-grid" x1="0" x2="100%" y1="{0}" y2="{0}"/><text x="0" y="{1}">{2:,}</text>'
            ).format(up(value), up(value) - 3, value)
        )
    for year in range(time.start.year, time.end.year + 1):
        first, next_year = pd.Timestamp(year, 1, 1), pd.Timestamp(year + 1, 1, 1)
        left, right = time.at(first), time.at(min(next_year, time.end))
        if left > 0:
            parts.append(
                Markup('<line class="place-base" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>').format(left, BASE, BASE + 5)
            )
        parts.append(
            Markup('<text x="{:.2f}%" y="{}" text-anchor="middle">{}</text>').format(
                (left + right) / 2, BASE + 19, year
            )
        )
    return Markup("").join(parts)


def _labels(heights: dict[str, float], labels: dict[str, str]) -> Markup:
    """Number and name of each line beside its end, pushed apart so that none covers another."""
    placed: dict[str, float] = {}
    lowest = BASE + LETTER / 3
    for model in sorted(heights, key=heights.get, reverse=True):
        lowest = min(heights[model] + LETTER / 3, lowest)
        placed[model] = lowest
        lowest -= LABEL_GAP
    texts = [
        Markup('<text class="{}" x="4" y="{:.1f}">{}</text>').format(model_class(model), placed[model], labels[model])
        for model in placed
    ]
    width = LETTER_WIDTH * (1 + max(len(labels[model]) for model in placed))
    return Markup('<svg class="place-ends" width="{:.1f}em" height="{}" aria-hidden="true">{}</svg>').format(
        width, HEIGHT, Markup("").join(texts)
    )
