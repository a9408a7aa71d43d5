"""Checks of lab 01, reading ICE's list."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from section287g import counts, tables
from section287g.labs.verdict import Verdict, chosen, no_function, no_whole_number, short, whole_number, wrong_type
from section287g.words import _, fill


def _newest_rows() -> pd.DataFrame:
    return counts.listed_on(counts.newest("ice_workbook")["date"])


def _check_agencies(answer: object) -> Verdict:
    """How many agencies hold at least one agreement on ICE's newest list."""
    number = whole_number(answer)
    if number is None:
        return no_whole_number(answer)
    rows = _newest_rows()
    everything = tables.load("agreements")
    agencies = rows[["state", "agency"]].drop_duplicates()
    hints = {
        len(everything): _(
            "That counts every row of the whole table, including agreements that have left the list or came later."
        ),
        len(rows): (
            _(
                "That is the number of rows, so of agreements. An agency with two agreements has two"
                " rows, so count it once."
            )
        ),
        rows["agency"].nunique(): (
            _(
                "Close. Agencies in different states can share a name (how many Jackson Counties are"
                " there?). Look at state and agency together."
            )
        ),
        len(everything[["state", "agency"]].drop_duplicates()): _(
            "You count each agency once, but in the whole table. Begin with the rows of the newest list."
        ),
        everything["agency"].nunique(): (
            _(
                "Two things: begin with the rows of the newest list, and remember that agencies in"
                " different states can share a name."
            )
        ),
        rows["state"].nunique(): _("That is the number of states and territories."),
    }
    if number == len(agencies):
        return Verdict(
            True,
            fill(
                _("{number} agencies hold {rows} agreements: the same list, two true numbers."),
                number=number,
                rows=len(rows),
            ),
        )
    if number in hints:
        return Verdict(False, hints[number])
    said = (
        _("The list has {rows} rows. Your number is {more} more. Which rows belong to one agency?")
        if number > len(rows)
        else _("The list has {rows} rows. Your number is {fewer} fewer. Which rows belong to one agency?")
    )
    return Verdict(False, fill(said, rows=len(rows), more=number - len(rows), fewer=len(rows) - number))


def _check_task_force_states(answer: object) -> Verdict:
    """The five states with most task force agreements on ICE's newest list, as a Series: state -> number, largest
    first."""
    if not isinstance(answer, pd.Series):
        return wrong_type(
            _(
                "The answer is a pandas Series with a state as index and a number as value. What you"
                " have is of type {type}."
            ),
            answer,
        )
    rows = _newest_rows()
    expected = rows.loc[rows["model"] == "task_force", "state"].value_counts().head(5)
    if len(answer) != 5:
        return Verdict(
            False,
            fill(
                _("Five states are wanted, but your Series has {n}. The method head() shortens a Series."),
                n=len(answer),
            ),
        )
    if not set(answer.index) <= set(tables.load("states")["state"]):
        return Verdict(False, _("The index should hold states, written as in the column state (two letters)."))
    if dict(answer) == dict(expected):
        if list(answer) == sorted(answer, reverse=True):
            return Verdict(
                True,
                fill(
                    _("{state} leads with {n} task force agreements, {percent}% of those in the five."),
                    state=expected.index[0],
                    n=expected.iloc[0],
                    percent=round(100 * expected.iloc[0] / expected.sum()),
                ),
            )
        return Verdict(False, _("The five states and their numbers are right. Now put the largest first."))
    if dict(answer) == dict(rows["state"].value_counts().head(5)):
        return Verdict(
            False, _("You count agreements of all three models. Keep only the rows whose model is task_force.")
        )
    everything = tables.load("agreements")
    if dict(answer) == dict(everything.loc[everything["model"] == "task_force", "state"].value_counts().head(5)):
        return Verdict(
            False,
            _(
                "You count the whole table, including agreements that left the list or came later."
                " Begin with the rows of the newest list."
            ),
        )
    if set(answer.index) == set(expected.index):
        return Verdict(
            False,
            _(
                "The five states are right, their numbers are not. Are you counting rows of the"
                " newest list, one for each agreement?"
            ),
        )
    return Verdict(
        False,
        _(
            "Some of the five are other states. Keep the rows with model task_force, then count"
            " how often each state occurs."
        ),
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
                fill(
                    _("Your function stops with {kind}: {error}. It was called with the table and a pandas Timestamp."),
                    kind=type(error).__name__,
                    error=error,
                ),
            )
        if number is None:
            return Verdict(
                False, _("Your function gives nothing back yet: its last line should be return and a whole number.")
            )
        if whole_number(number) is None:
            return Verdict(
                False,
                fill(
                    _("Your function should return one whole number; for {day} it returned {value}."),
                    day=day,
                    value=short(number),
                ),
            )
        expected = len(counts.on_list(agreements, day))
        if number != expected:
            return Verdict(
                False,
                fill(
                    _("For {day} your function is not right yet. {hint}"),
                    day=day,
                    hint=_in_force_hint(agreements, day, int(number), expected),
                ),
            )
    return Verdict(True, _("Your function is right on every day tried, even on days when agreements came or went."))


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
        int((signed <= day).sum()): _(
            "You count every agreement signed by then, also those that had left or were not on the list yet."
        ),
        int(((signed <= day) & (last >= day)).sum()): (
            _(
                "You begin with the date signed. The list shows an agreement only from first_listed"
                " on, which is usually days later."
            )
        ),
        int((first <= day).sum()): (
            _(
                "You count every agreement that had arrived by then, also those that had left again."
                " Which column says when a row was last seen?"
            )
        ),
        int((last >= day).sum()): _(
            "You count agreements that had not arrived yet. Which column says when a row was first seen?"
        ),
        int(((first < day) & (last >= day)).sum()): _(
            "An agreement first listed on that very day is on the list that day: < or <= ?"
        ),
        int(((first <= day) & (last > day)).sum()): _(
            "An agreement last listed on that very day is still on the list that day: > or >= ?"
        ),
        int(((first < day) & (last > day)).sum()): _(
            "Look at the edges: on the days first_listed and last_listed themselves the agreement is on the list."
        ),
        int((agreements["status"] == "listed").sum()): _(
            "The column status is about the newest list only, not about the day in question."
        ),
    }
    if number in mistakes:
        return mistakes[number]
    if number > expected:
        return _("Your number is larger than the list's. An agreement is on the list from first_listed to last_listed.")
    return _("Your number is smaller than the list's. An agreement is on the list from first_listed to last_listed.")


def _check_kind_in_texas(answer: object) -> Verdict:
    """The kind of agency with most agreements in Texas on ICE's newest list."""
    rows = _newest_rows()
    numbers = rows.loc[rows["state"] == "TX", "agency_kind"].value_counts()
    words = {
        "county": _("county agencies"),
        "municipality": _("municipal agencies"),
        "state_agency": _("state agencies"),
    }
    first, *others = numbers.index
    hints = {
        words[kind]: fill(_("They hold {n} of the {all}. Is another bar longer?"), n=numbers[kind], all=numbers.sum())
        for kind in others
    }
    return chosen(
        answer,
        words[first],
        _("Each county has a sheriff's office, and Texas has more counties than any other state."),
        hints,
    )


def _check_fewer_agencies(answer: object) -> Verdict:
    """Why a list shows fewer agencies than agreements."""
    hints = {
        _("Some agencies have left the list"): _("Their agreements have left the list too, so both numbers fall."),
        _("Agreements are counted once in each state"): (
            _("An agreement belongs to one agency in one state, so nothing is counted twice.")
        ),
        _("Some agreements have no agency"): (
            _("Each row of the list names its agency. Look at the rows of one sheriff's office in part 1.")
        ),
    }
    return chosen(
        answer,
        _("An agency can hold more than one agreement"),
        _("A sheriff's office may have one for its jail and one for its patrol."),
        hints,
    )


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "agencies": _check_agencies,
    "task_force_states": _check_task_force_states,
    "in_force": _check_in_force,
    "kind_in_texas": _check_kind_in_texas,
    "fewer_agencies": _check_fewer_agencies,
}
