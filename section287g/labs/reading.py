"""Checks of lab 01, reading ICE's list."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from section287g import counts, tables
from section287g.facts import written_day
from section287g.labs.verdict import Verdict, chosen, no_function, short, whole_number


def _newest_rows() -> pd.DataFrame:
    return counts.listed_on(counts.newest("ice_workbook")["date"])


def _check_agencies(answer: object) -> Verdict:
    """How many agencies hold at least one agreement on ICE's newest list."""
    number = whole_number(answer)
    if number is None:
        return Verdict(
            False, f"The answer is one whole number. What you have is of type {type(answer).__name__}: {short(answer)}"
        )
    rows = _newest_rows()
    everything = tables.load("agreements")
    agencies = rows[["state", "agency"]].drop_duplicates()
    hints = {
        len(
            everything
        ): "That counts every row of the whole table, including agreements that have left the list or came later.",
        len(rows): (
            "That is the number of rows, so of agreements. An agency with two agreements has two rows, so count it"
            " once."
        ),
        rows["agency"].nunique(): (
            "Close. Agencies in different states can share a name (how many Jackson Counties are there?). Look at state"
            " and agency together."
        ),
        len(
            everything[["state", "agency"]].drop_duplicates()
        ): "You count each agency once, but in the whole table. Begin with the rows of the newest list.",
        everything["agency"].nunique(): (
            "Two things: begin with the rows of the newest list, and remember that agencies in different states can"
            " share a name."
        ),
        rows["state"].nunique(): "That is the number of states and territories.",
    }
    if number == len(agencies):
        return Verdict(True, f"{number:,} agencies hold {len(rows):,} agreements: the same list, two true numbers.")
    if number in hints:
        return Verdict(False, hints[number])
    size = "more" if number > len(rows) else "fewer"
    return Verdict(
        False,
        f"The list has {len(rows):,} rows. Your number is {abs(number - len(rows)):,} {size}. Which rows belong to one"
        " agency?",
    )


def _check_task_force_states(answer: object) -> Verdict:
    """The five states with most task force agreements on ICE's newest list, as a Series: state -> number, largest
    first."""
    if not isinstance(answer, pd.Series):
        return Verdict(
            False,
            "The answer is a pandas Series with a state as index and a number as value. What you have is of type"
            f" {type(answer).__name__}.",
        )
    rows = _newest_rows()
    expected = rows.loc[rows["model"] == "task_force", "state"].value_counts().head(5)
    if len(answer) != 5:
        return Verdict(
            False, f"Five states are wanted, but your Series has {len(answer)}. The method head() shortens a Series."
        )
    if not set(answer.index) <= set(tables.load("states")["state"]):
        return Verdict(False, "The index should hold states, written as in the column state (two letters).")
    if dict(answer) == dict(expected):
        if list(answer) == sorted(answer, reverse=True):
            return Verdict(
                True,
                f"{expected.index[0]} leads with {expected.iloc[0]:,} task force agreements,"
                f" {expected.iloc[0] / expected.sum():.0%} of those in the five.",
            )
        return Verdict(False, "The five states and their numbers are right. Now put the largest first.")
    if dict(answer) == dict(rows["state"].value_counts().head(5)):
        return Verdict(False, "You count agreements of all three models. Keep only the rows whose model is task_force.")
    everything = tables.load("agreements")
    if dict(answer) == dict(everything.loc[everything["model"] == "task_force", "state"].value_counts().head(5)):
        return Verdict(
            False,
            "You count the whole table, including agreements that left the list or came later. Begin with the rows of"
            " the newest list.",
        )
    if set(answer.index) == set(expected.index):
        return Verdict(
            False,
            "The five states are right, their numbers are not. Are you counting rows of the newest list, one for each"
            " agreement?",
        )
    return Verdict(
        False,
        "Some of the five are other states. Keep the rows with model task_force, then count how often each state"
        " occurs.",
    )


def _check_in_force(answer: object) -> Verdict:
    """A function (agreements, day) -> number of agreements on ICE's list that day."""
    if not callable(answer):
        return no_function(answer)
    agreements = tables.load("agreements")
    for day in _test_days(agreements):
        try:
            number = answer(agreements.copy(), day)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                f"Your function stops with {type(error).__name__}: {error}. It was called with the table and a pandas"
                " Timestamp.",
            )
        if number is None:
            return Verdict(
                False, "Your function gives nothing back yet: its last line should be return and a whole number."
            )
        if whole_number(number) is None:
            return Verdict(
                False,
                f"Your function should return one whole number; for {written_day(day)} it returned {short(number)}.",
            )
        expected = len(counts.on_list(agreements, day))
        if number != expected:
            return Verdict(
                False,
                f"For {written_day(day)} your function is not right yet."
                f" {_in_force_hint(agreements, day, int(number), expected)}",
            )
    return Verdict(True, "Your function is right on every day tried, even on days when agreements came or went.")


def _test_days(agreements: pd.DataFrame) -> list[pd.Timestamp]:
    """Days that tell the usual mistakes apart: agreements arrive, agreements are seen for the last time, nothing
    special."""
    newest = counts.newest("ice_workbook")["date"]
    left = agreements.loc[agreements["last_listed"] < newest, "last_listed"]
    arrived = agreements["first_listed"]
    return [
        arrived[(arrived < newest) & (arrived > arrived.min())].mode().iloc[-1],
        left.mode().iloc[-1],
        newest,
        arrived.min(),
        pd.Timestamp("2025-01-20"),
    ]


def _in_force_hint(agreements: pd.DataFrame, day: pd.Timestamp, number: int, expected: int) -> str:
    first, last, signed = agreements["first_listed"], agreements["last_listed"], agreements["signed"]
    mistakes = {
        int(
            (signed <= day).sum()
        ): "You count every agreement signed by then, also those that had left or were not on the list yet.",
        int(((signed <= day) & (last >= day)).sum()): (
            "You begin with the date signed. The list shows an agreement only from first_listed on, which is usually"
            " days later."
        ),
        int((first <= day).sum()): (
            "You count every agreement that had arrived by then, also those that had left again. Which column says when"
            " a row was last seen?"
        ),
        int(
            (last >= day).sum()
        ): "You count agreements that had not arrived yet. Which column says when a row was first seen?",
        int(
            ((first < day) & (last >= day)).sum()
        ): "An agreement first listed on that very day is on the list that day: < or <= ?",
        int(
            ((first <= day) & (last > day)).sum()
        ): "An agreement last listed on that very day is still on the list that day: > or >= ?",
        int(
            ((first < day) & (last > day)).sum()
        ): "Look at the edges: on the days first_listed and last_listed themselves the agreement is on the list.",
        int(
            (agreements["status"] == "listed").sum()
        ): "The column status is about the newest list only, not about the day in question.",
    }
    if number in mistakes:
        return mistakes[number]
    return (
        f"Your number is {'larger' if number > expected else 'smaller'} than the list's. An agreement is on the list"
        " from first_listed to last_listed."
    )


def _check_kind_in_texas(answer: object) -> Verdict:
    """The kind of agency with most agreements in Texas on ICE's newest list."""
    rows = _newest_rows()
    numbers = rows.loc[rows["state"] == "TX", "agency_kind"].value_counts()
    words = {"county": "county agencies", "municipality": "municipal agencies", "state_agency": "state agencies"}
    first, *others = numbers.index
    hints = {
        words[kind]: f"They hold {numbers[kind]:,} of the {numbers.sum():,}. Is another bar longer?" for kind in others
    }
    return chosen(
        answer,
        words[first],
        "Each county has a sheriff's office, and Texas has more counties than any other state.",
        hints,
    )


def _check_fewer_agencies(answer: object) -> Verdict:
    """Why a list shows fewer agencies than agreements."""
    hints = {
        "Some agencies have left the list": "Their agreements have left the list too, so both numbers fall.",
        "Agreements are counted once in each state": (
            "An agreement belongs to one agency in one state, so nothing is counted twice."
        ),
        "Some agreements have no agency": (
            "Each row of the list names its agency. Look at the rows of one sheriff's office in part 1."
        ),
    }
    return chosen(
        answer,
        "An agency can hold more than one agreement",
        "A sheriff's office may have one for its jail and one for its patrol.",
        hints,
    )


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "agencies": _check_agencies,
    "task_force_states": _check_task_force_states,
    "in_force": _check_in_force,
    "kind_in_texas": _check_kind_in_texas,
    "fewer_agencies": _check_fewer_agencies,
}
