"""Small helpers for the notebooks: checks of exercises, pictures with alternative text, controls that become a picture in the book.

In the book there is no kernel behind a page, so a control would look alive and do nothing. The book's build sets the
environment variable SECTION287G_BOOK=1; then these helpers show the finished default picture and create no widget.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib import import_module

import ipywidgets
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from matplotlib.figure import Figure

from section287g import counts, figures, incentives, tables
from section287g.facts import written_day
from section287g.palette import LIGHT

PICTURE_HEIGHT = "430px"  # room kept for the picture, so that the page does not jump while it is drawn again


def in_book() -> bool:
    """Whether this notebook is being executed for the book (no kernel later) instead of in JupyterLab."""
    return os.environ.get("SECTION287G_BOOK") == "1"


def use_house_style() -> None:
    """Draw all further matplotlib figures of this notebook in the book's style, on a white ground."""
    plt.rcParams.update({**figures.settings(), "figure.facecolor": LIGHT["surface"]})


def show(figure: Figure, alt: str) -> None:
    """Show a matplotlib figure once, with alternative text for people who listen to the page."""
    plt.close(figure)  # else the notebook shows it a second time, without the text
    display(HTML(figures.image(figure, alt)))


def controls(draw: Callable[..., None], **wanted: tuple[str, list | range, str | int]) -> dict[str, ipywidgets.Dropdown | ipywidgets.IntSlider]:
    """Labelled controls above the picture that ``draw`` makes; a choice calls ``draw`` again with all chosen values.

    Each control is named like an argument of ``draw`` and given as (label, options, first choice). Options in a range make a slider
    of whole numbers; others are values or (text, value) pairs of a menu. Returns the widgets by name.
    In the book: draws the first choices and returns no widgets.
    """
    if in_book():
        draw(**{name: first for name, (_, _, first) in wanted.items()})
        return {}
    widgets = {name: _control(*one) for name, one in wanted.items()}
    picture = ipywidgets.interactive_output(draw, widgets)  # keeps the old picture until the new one is ready
    picture.layout.min_height = PICTURE_HEIGHT
    display(ipywidgets.VBox([ipywidgets.HBox(list(widgets.values()), layout={"flex_flow": "row wrap"}), picture]))
    return widgets


def _control(label: str, options: list | range, first: str | int) -> ipywidgets.Dropdown | ipywidgets.IntSlider:
    look = {"description": label, "style": {"description_width": "initial"}}
    if not isinstance(options, range):
        return ipywidgets.Dropdown(options=options, value=first, **look)
    wide = {"width": "26em"}  # room for the label beside the slider
    return ipywidgets.IntSlider(first, options[0], options[-1], options.step, readout_format=",d", continuous_update=False, layout=wide, **look)


def explorer(name: str, **values: str):
    """The explorer ``name`` as a live widget with these starting values; in the book its default picture, or its sentence if it has none."""
    if in_book():
        return figures.draw(name, **values) if name in figures.names() else _sentence(name, values)
    from section287g import (
        explorers,  # only here: the book shows no widget and need not load them
    )

    return getattr(explorers, name.capitalize())(**values)


def _sentence(name: str, values: dict[str, str]) -> HTML:
    """What the explorer says about its starting values, for an explorer that is a table and has no picture."""
    widget = import_module(f"section287g.explorers.{name}.widget")
    start = {setting: about.default for setting, about in widget.settings().items()}
    return HTML(f"<p>{escape(widget.still({**start, **values}).sentence)}</p>")


# --- checks of exercises ---


@dataclass(frozen=True)
class Verdict:
    """What a check says: whether the answer is right, and one or two sentences that help without giving the answer away."""

    right: bool
    message: str

    def __repr__(self) -> str:
        return f"{'Right.' if self.right else 'Not yet.'} {self.message}"


def check(exercise: str, answer: object) -> Verdict:
    """Check the answer to an exercise; an answer left at ``...`` is asked for, a wrong one gets a hint.

    Raises KeyError with the known exercises for an unknown one.
    """
    if exercise not in _CHECKS:
        raise KeyError(f"no exercise {exercise!r}; exercises are {', '.join(_CHECKS)}")
    if answer is ...:
        return Verdict(False, "Nothing here to check: replace the three dots with your answer and run the cell again.")
    return _CHECKS[exercise](answer)


def _newest_rows() -> pd.DataFrame:
    return counts.listed_on(counts.newest("ice_workbook")["date"])


def _check_agencies(answer: object) -> Verdict:
    """How many agencies hold at least one agreement on ICE's newest list."""
    number = _whole_number(answer)
    if number is None:
        return Verdict(False, f"The answer is one whole number. What you have is of type {type(answer).__name__}: {_short(answer)}")
    rows = _newest_rows()
    everything = tables.load("agreements")
    agencies = rows[["state", "agency"]].drop_duplicates()
    hints = {
        len(everything): "That counts every row of the whole table, also agreements that have left the list or came later.",
        len(rows): "That is the number of rows, so of agreements. An agency with two agreements has two rows: count it once.",
        rows["agency"].nunique(): "Close. Agencies of different states can share a name (how many Jackson Counties are there?). Look at state and agency together.",
        len(everything[["state", "agency"]].drop_duplicates()): "You count each agency once, but in the whole table. Begin with the rows of the newest list.",
        everything["agency"].nunique(): "Two things: begin with the rows of the newest list, and remember that agencies of different states can share a name.",
        rows["state"].nunique(): "That is the number of states and territories.",
    }
    if number == len(agencies):
        return Verdict(True, f"{number:,} agencies hold {len(rows):,} agreements: the same list, two true numbers.")
    if number in hints:
        return Verdict(False, hints[number])
    size = "more" if number > len(rows) else "fewer"
    return Verdict(False, f"The list has {len(rows):,} rows. Your number is {abs(number - len(rows)):,} {size}. Which rows belong to one agency?")


def _check_task_force_states(answer: object) -> Verdict:
    """The five states with most task force agreements on ICE's newest list, as a Series: state -> number, largest first."""
    if not isinstance(answer, pd.Series):
        return Verdict(False, f"The answer is a pandas Series with a state as index and a number as value. What you have is of type {type(answer).__name__}.")
    rows = _newest_rows()
    expected = rows.loc[rows["model"] == "task_force", "state"].value_counts().head(5)
    if len(answer) != 5:
        return Verdict(False, f"Five states are asked for; your Series has {len(answer)}. The method head() cuts a Series.")
    if not set(answer.index) <= set(tables.load("states")["state"]):
        return Verdict(False, "The index should hold states, written as in the column state (two letters).")
    if dict(answer) == dict(expected):
        if list(answer) == sorted(answer, reverse=True):
            return Verdict(True, f"{expected.index[0]} leads with {expected.iloc[0]:,} task force agreements, {expected.iloc[0] / expected.sum():.0%} of those in the five.")
        return Verdict(False, "The five states and their numbers are right. Now put the largest first.")
    if dict(answer) == dict(rows["state"].value_counts().head(5)):
        return Verdict(False, "You count agreements of all three models. Keep only the rows whose model is task_force.")
    everything = tables.load("agreements")
    if dict(answer) == dict(everything.loc[everything["model"] == "task_force", "state"].value_counts().head(5)):
        return Verdict(False, "You count the whole table, also agreements that left the list or came later. Begin with the rows of the newest list.")
    if set(answer.index) == set(expected.index):
        return Verdict(False, "The five states are right, their numbers are not. Are you counting rows of the newest list, one for each agreement?")
    return Verdict(False, "Some of the five are other states. Keep the rows with model task_force, then count how often each state occurs.")


def _check_in_force(answer: object) -> Verdict:
    """A function (agreements, day) -> number of agreements on ICE's list that day."""
    if not callable(answer):
        return _no_function(answer)
    agreements = tables.load("agreements")
    for day in _test_days(agreements):
        try:
            number = answer(agreements.copy(), day)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(False, f"Your function stops with {type(error).__name__}: {error}. It was called with the table and a pandas Timestamp.")
        if number is None:
            return Verdict(False, "Your function gives nothing back yet: its last line should be return and a whole number.")
        if _whole_number(number) is None:
            return Verdict(False, f"Your function should return one whole number; for {written_day(day)} it returned {_short(number)}.")
        expected = len(counts.on_list(agreements, day))
        if number != expected:
            return Verdict(False, f"For {written_day(day)} your function is not right yet. {_in_force_hint(agreements, day, int(number), expected)}")
    return Verdict(True, "Your function agrees on every day tried, also on days when agreements came or went.")


def _test_days(agreements: pd.DataFrame) -> list[pd.Timestamp]:
    """Days that tell the usual mistakes apart: agreements arrive, agreements are seen for the last time, nothing special."""
    newest = counts.newest("ice_workbook")["date"]
    left = agreements.loc[agreements["last_listed"] < newest, "last_listed"]
    arrived = agreements["first_listed"]
    return [newest, arrived[(arrived < newest) & (arrived > arrived.min())].mode().iloc[-1], left.mode().iloc[-1], arrived.min(), pd.Timestamp("2025-01-20")]


def _in_force_hint(agreements: pd.DataFrame, day: pd.Timestamp, number: int, expected: int) -> str:
    first, last, signed = agreements["first_listed"], agreements["last_listed"], agreements["signed"]
    mistakes = {
        int((signed <= day).sum()): "You count every agreement signed by then, also those that had left, or were not on the list yet.",
        int(((signed <= day) & (last >= day)).sum()): "You begin with the date signed. The list shows an agreement from first_listed on, days later as a rule.",
        int((first <= day).sum()): "You count every agreement that had arrived by then, also those that had left again. Which column says when a row was last seen?",
        int((last >= day).sum()): "You count agreements that had not arrived yet. Which column says when a row was first seen?",
        int(((first < day) & (last >= day)).sum()): "An agreement first listed on that very day is on the list that day: < or <= ?",
        int(((first <= day) & (last > day)).sum()): "An agreement last listed on that very day is still on the list that day: > or >= ?",
        int(((first < day) & (last > day)).sum()): "Look at the edges: on the days first_listed and last_listed themselves the agreement is on the list.",
        int((agreements["status"] == "listed").sum()): "The column status speaks of the newest list only, not of the day asked for.",
    }
    if number in mistakes:
        return mistakes[number]
    return f"Your number is {'larger' if number > expected else 'smaller'} than the list's. An agreement is on the list from first_listed to last_listed."


AWARD_OFFICERS = 12
AWARD_LOCATED = (72, 85, 91, 66)  # percent of ICE's list, by quarter


def _check_award_of_a_year(answer: object) -> Verdict:
    """US dollars of award in a year for AWARD_OFFICERS eligible officers and AWARD_LOCATED."""
    number = _whole_number(answer)
    if number is None:
        return Verdict(False, f"The answer is a whole number of dollars. What you have is of type {type(answer).__name__}: {_short(answer)}")
    awards = [int(incentives.tier(share).amount_usd) for share in AWARD_LOCATED]
    of_average = AWARD_OFFICERS * int(incentives.tier(sum(AWARD_LOCATED) / len(AWARD_LOCATED)).amount_usd)
    top, *_, lowest, _ = (int(term.amount_usd) for term in incentives.tiers())
    hints = {
        sum(awards): "That is the award for one officer. It is counted for each eligible officer.",
        of_average: "You take one share for the whole year, and one award. Each quarter has its own share and its own award.",
        of_average * len(AWARD_LOCATED): "You average the shares first. Each quarter reaches its own step, and a good quarter does not lift a poor one.",
        AWARD_OFFICERS * top * len(AWARD_LOCATED): "That is the top step in every quarter. Look up the step of each share.",
        AWARD_OFFICERS * (sum(awards) + lowest): "One quarter is below the first step. The release lists no award there.",
    }
    expected = AWARD_OFFICERS * sum(awards)
    if number == expected:
        return Verdict(True, f"{AWARD_OFFICERS} officers and {' + '.join(f'${award:,}' for award in awards)} make ${number:,}: what the terms say, not a promise of payment.")
    if number in hints:
        return Verdict(False, hints[number])
    return Verdict(False, f"Your sum is too {'large' if number > expected else 'small'}. Find the step of each quarter, add the four awards, then count every officer.")


_OVERTIME_CASES = [(20, 75_000, 30), (4, 60_000, 10), (10, 50_000, 25), (1, 80_000, 100)]  # officers, base pay in US dollars, overtime in percent of pay


def _check_overtime_left(answer: object) -> Verdict:
    """A function (officers, base_pay, overtime_percent) -> US dollars of overtime a year that stay with the agency."""
    if not callable(answer):
        return _no_function(answer)
    cap = incentives.terms()[incentives.OVERTIME].percent
    for officers, base_pay, overtime in _OVERTIME_CASES:
        called = f"overtime_left({officers}, {base_pay}, {overtime})"
        try:
            found = answer(officers, base_pay, overtime)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(False, f"{called} stops with {type(error).__name__}: {error}.")
        if found is None or found is ...:
            return Verdict(False, "Your function gives nothing back yet: its last line should be return and a number of dollars.")
        try:
            number = float(found)
        except (TypeError, ValueError):
            return Verdict(False, f"{called} should be a number of dollars; it is {_short(found)}.")
        agency = incentives.Agency(officers, base_pay, overtime_percent=overtime)
        expected = float(incentives.estimate(agency).overtime_over_cap_usd)
        if abs(number - expected) >= 0.01:
            return Verdict(False, f"{called} is not right yet. {_overtime_hint(officers * base_pay / 100, overtime, int(cap), number, expected)}")
    return Verdict(True, "Below the ceiling nothing is left with the agency; above it, every dollar of overtime is.")


def _overtime_hint(one_percent: float, overtime: int, cap: int, number: float, expected: float) -> str:
    """`one_percent` of the pay of all officers, US dollars; `overtime` and `cap` in percent of that pay."""
    mistakes = {
        one_percent * overtime * (100 - cap) / 100: "You take the ceiling as a share of the overtime. It is a share of the annual salary.",
        one_percent * min(overtime, cap): "That is the overtime the terms cover. Asked is what is left with the agency.",
        one_percent * (overtime - cap): "Overtime below the ceiling gives a negative sum. At least zero is left: max() helps.",
        one_percent * overtime: "That is all the overtime. Take away the part that the terms cover.",
        0: "You leave nothing with the agency. Overtime above the ceiling is not covered.",
    }
    for mistake, hint in mistakes.items():
        if abs(number - mistake) < 0.01:
            return hint
    return f"Your sum is too {'large' if number > expected else 'small'}. Compare overtime and ceiling, both as dollars a year for all officers."


_LIST_LENGTHS = (10, 5, 19, 23, 1)  # of 23 people 16 are 69.6 percent: rounding would reach a step


def _check_jumps(answer: object) -> Verdict:
    """A function (listed) -> list of the numbers of people located at which the award rises."""
    if not callable(answer):
        return _no_function(answer)
    for listed in _LIST_LENGTHS:
        try:
            found = answer(listed)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(False, f"Your function stops with {type(error).__name__}: {error}. It was called with {listed} people listed.")
        if found is None or found is ...:
            return Verdict(False, "Your function gives nothing back yet: its last line should be return and a list.")
        if not isinstance(found, list) or any(_whole_number(each) is None for each in found):
            return Verdict(False, f"Your function should return a list of whole numbers; for {listed} people listed it returned {_short(found)}.")
        if found != _jumps(listed):
            return Verdict(False, f"With {listed} people listed your function is not right yet. {_jumps_hint(listed, found)}")
    return Verdict(True, "Right for long lists and short ones. With few people listed some steps cannot be reached, so two rises become one.")


def _steps(listed: int, rounding: str = "reach") -> list[incentives.Step]:
    return incentives.staircase(incentives.Agency(1, 0), incentives.Assumptions(listed=listed, rounding=rounding))


def _jumps(listed: int, rounding: str = "reach") -> list[int]:
    return [step.located for step in _steps(listed, rounding) if step.gain_usd > 0]


def _jumps_hint(listed: int, found: list) -> str:
    paid = [step.located for step in _steps(listed) if step.award_usd > 0]
    if found == _jumps(10):
        return "These are the rises of a list of ten people. What share is one person of a list of another length?"
    if found == paid:
        return "You name every number that earns an award. Asked are those at which it is higher than with one person fewer."
    if found == _jumps(listed, "nearest"):
        return "You round the share. Here a step must be reached: 69.6 is below 70."
    if found == [number - 1 for number in _jumps(listed)]:
        return "You name the last number before each rise. Asked is the number at which the award is higher."
    if found == [number + 1 for number in _jumps(listed)]:
        return "You are one person late: is a share that equals the step below it? Think of > and >=."
    if sorted(set(found)) == _jumps(listed):
        return "The numbers are right, but each should stand once, the smallest first."
    return "Go through 0, 1, 2 and so on to all people listed, and compare each award with the one before."


def _no_function(answer: object) -> Verdict:
    return Verdict(False, f"The answer is a function: give its name without brackets. What you have is of type {type(answer).__name__}: {_short(answer)}")


def _whole_number(value: object) -> int | None:
    """``value`` as an int if it is a whole number of Python or numpy, else None."""
    if isinstance(value, bool):
        return None
    try:
        return int(value) if int(value) == value else None
    except (TypeError, ValueError):
        return None


def _short(value: object) -> str:
    text = repr(value).splitlines()[0] if repr(value) else ""
    return text if len(text) <= 60 else f"{text[:57]}..."


_CHECKS: dict[str, Callable[[object], Verdict]] = {
    "agencies": _check_agencies,
    "task_force_states": _check_task_force_states,
    "in_force": _check_in_force,
    "award_of_a_year": _check_award_of_a_year,
    "overtime_left": _check_overtime_left,
    "jumps": _check_jumps,
}
