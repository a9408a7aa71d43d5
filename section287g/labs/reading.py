"""Checks of lab 01, reading ICE's list."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from section287g import counts, tables
from section287g.counts import MODELS
from section287g.labs.verdict import (
    FRACTION,
    Verdict,
    chosen,
    no_function,
    no_whole_number,
    one_number,
    short,
    whole_number,
    wrong_type,
)  # fmt: skip
from section287g.words import _, fill

TYPED_ROWS, TYPED_MODELS = 11, 5  # as in the notebook
LARGEST_STATES = 15


def _newest_rows() -> pd.DataFrame:
    return counts.listed_on(counts.newest("ice_workbook")["date"])


def _check_models_as_typed(answer: object) -> Verdict:
    """How many different models the typed rows hold before they are cleaned."""
    mistakes = {
        TYPED_ROWS: _("That is the number of rows. How many different texts does the column SUPPORT TYPE hold?"),
        len(MODELS): _("So many there are in truth. As they are typed, the same model is written in several ways."),
    }
    return one_number(
        answer,
        TYPED_MODELS,
        _("Three models, written in five ways: an added s, another last word, a space at the end."),
        mistakes,
        _("Do with the column SUPPORT TYPE what the cell above does with STATE: nunique() counts different texts."),
    )


def _check_in_texas(answer: object) -> Verdict:
    """How many agreements on ICE's newest list are in Texas."""
    rows, everything = _newest_rows(), tables.load("agreements")
    mistakes = {
        0: _("No row has that. The column state holds two letters, not the name."),
        int((everything["state"] == "TX").sum()): _(
            "You count the whole table, including agreements that have left the list. Use newest."
        ),
        len(rows): _("These are all rows of the list. Keep those whose state is TX, then count them."),
    }
    return one_number(
        answer,
        int((rows["state"] == "TX").sum()),
        _("A comparison gives True or False for each row; what stands in square brackets keeps the True."),
        mistakes,
        _('newest["state"] == "TX" is True or False for each row. Keep the True rows and count them with len().'),
    )


def _check_top_share(answer: object) -> Verdict:
    """The share of the LARGEST_STATES states with most agreements in all agreements, in percent."""
    states = _newest_rows()["state"].value_counts()
    largest, everything = int(states.head(LARGEST_STATES).sum()), int(states.sum())
    share = 100 * largest / everything
    mistakes = {
        share / 100: FRACTION,
        largest: _("That is how many agreements they hold. Divide it by the number of all agreements."),
        100: _("You divide the sum by itself. Below the line stands the number of all agreements: len(newest)."),
        100 * everything / largest: _("You divide the whole by the part. A share is the part over the whole."),
        100 * LARGEST_STATES / len(states): _("That is their share of the states. The question is about agreements."),
    }
    return one_number(
        answer,
        share,
        _("A picture of the largest leaves out the rest; say how much that is."),
        mistakes,
        _("Add the 15 numbers with totals.sum(), divide by len(newest), and multiply by 100."),
    )


def _check_signed_2025(answer: object) -> Verdict:
    """How many of Florida's agreements on ICE's newest list were signed in 2025."""
    rows = _newest_rows()
    florida, that_year = rows["state"] == "FL", rows["signed"].dt.year == 2025
    mistakes = {
        0: _('No row has both. The column year holds text, so compare with "2025" in quotation marks.'),
        int(florida.sum()): _("These are all agreements of Florida. Keep those that were signed in 2025."),
        int(that_year.sum()): _("These are the agreements of all states. Keep those of Florida."),
        int((florida | that_year).sum()): _("You take rows that meet one of the two. Both must hold: & or | ?"),
    }
    return one_number(
        answer,
        int((florida & that_year).sum()),
        _("The picture and your line count the same rows."),
        mistakes,
        _("Join the two comparisons with &, each in its own brackets; sum() counts the True."),
    )


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
    if answer.empty:
        return Verdict(
            False, _("Your Series is empty, so no row was kept. Is the model written as in the column model?")
        )
    if len(answer) != 5:
        return Verdict(
            False,
            fill(
                _("Five states are wanted, but your Series has {n}. The method head() shortens a longer Series."),
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
    "models_as_typed": _check_models_as_typed,
    "in_texas": _check_in_texas,
    "top_share": _check_top_share,
    "signed_2025": _check_signed_2025,
    "agencies": _check_agencies,
    "task_force_states": _check_task_force_states,
    "in_force": _check_in_force,
    "kind_in_texas": _check_kind_in_texas,
    "fewer_agencies": _check_fewer_agencies,
}
