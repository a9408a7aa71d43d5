"""Small helpers for the notebooks: checks of exercises, pictures with alternative text, controls that become a picture in the book.

In the book there is no kernel behind a page, so a control would look alive and do nothing. The book's build sets the
environment variable SECTION287G_BOOK=1; then these helpers show the finished default picture and create no widget.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from matplotlib.figure import Figure

from section287g import counts, figures, tables
from section287g.facts import written_date
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


def controls(draw: Callable[..., None], **menus: tuple[str, list, str]) -> dict[str, ipywidgets.Dropdown]:
    """Labelled menus above the picture that ``draw`` makes; a choice calls ``draw`` again with all chosen values.

    Each menu is named like an argument of ``draw`` and given as (label, options, first choice); options are values or
    (text, value) pairs. Returns the Dropdown widgets by name. In the book: draws the first choices and returns no widgets.
    """
    if in_book():
        draw(**{name: first for name, (_, _, first) in menus.items()})
        return {}
    dropdowns = {
        name: ipywidgets.Dropdown(description=label, options=options, value=first, style={"description_width": "initial"})
        for name, (label, options, first) in menus.items()
    }
    picture = ipywidgets.interactive_output(draw, dropdowns)  # keeps the old picture until the new one is ready
    picture.layout.min_height = PICTURE_HEIGHT
    display(ipywidgets.VBox([ipywidgets.HBox(list(dropdowns.values())), picture]))
    return dropdowns


def explorer(name: str, **values: str):
    """The explorer ``name`` as a live widget with these starting values; in the book its default picture."""
    if in_book():
        return figures.draw(name, **values)
    from section287g import explorers  # only here: the book shows no widget and need not load them

    return getattr(explorers, name.capitalize())(**values)


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


def on_list(agreements: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """Rows of ``agreements`` that were on ICE's list on ``day``: listed by then and not gone yet."""
    day = pd.Timestamp(day)
    return agreements[(agreements["first_listed"] <= day) & (agreements["last_listed"] >= day)]


def _newest_rows() -> pd.DataFrame:
    return on_list(tables.load("agreements"), counts.newest("ice_workbook")["date"])


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
        return Verdict(False, f"The answer is a function: give its name without brackets. What you have is of type {type(answer).__name__}: {_short(answer)}")
    agreements = tables.load("agreements")
    for day in _test_days(agreements):
        try:
            number = answer(agreements.copy(), day)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(False, f"Your function stops with {type(error).__name__}: {error}. It was called with the table and a pandas Timestamp.")
        if number is None:
            return Verdict(False, "Your function gives nothing back yet: its last line should be return and a whole number.")
        if _whole_number(number) is None:
            return Verdict(False, f"Your function should return one whole number; for {_day(day)} it returned {_short(number)}.")
        expected = len(on_list(agreements, day))
        if number != expected:
            return Verdict(False, f"For {_day(day)} your function is not right yet. {_in_force_hint(agreements, day, int(number), expected)}")
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


def _day(day: pd.Timestamp) -> str:
    return written_date(f"{day:%Y-%m-%d}")


_CHECKS: dict[str, Callable[[object], Verdict]] = {
    "agencies": _check_agencies,
    "task_force_states": _check_task_force_states,
    "in_force": _check_in_force,
}
