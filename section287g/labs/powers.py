"""Checks of lab 03, models and powers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pandas as pd

from section287g import tables
from section287g.counts import MODEL_LABELS, MODELS
from section287g.labs.verdict import (
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


def _check_silent(answer: object) -> Verdict:
    """In how many rows at least one form is silent."""
    powers = tables.load("model_powers")
    silent = powers[list(MODELS)] == "not_stated"
    mistakes = {
        int(silent.to_numpy().sum()): _("That counts every silent answer. A row with two of them counts once: any()."),
        int((~silent).all(axis=1).sum()): _("In these rows all three forms speak. Asked are the others."),
        int(silent.all(axis=1).sum()): _("In these rows all three are silent. One is enough: any(), not all()."),
        len(powers): _("These are all rows. Keep those in which a form is silent."),
    }
    return one_number(
        answer,
        int(silent.any(axis=1).sum()),
        _("Silence is not rare. Keep it apart from a no: the exercises come back to it."),
        mistakes,
        _('Put .any(axis=1).sum() behind (powers[list(MODELS)] == "not_stated").'),
    )


def _check_two_differ(answer: object) -> Verdict:
    """In how many rows the jail and the task force model have different answers."""
    powers = tables.load("model_powers")
    mistakes = {
        int((powers["jail"] == powers["task_force"]).sum()): _("In these rows the two agree: == or != ?"),
        int((powers["jail"] != powers["warrant"]).sum()): _("You compare jail with warrant."),
        int((powers["warrant"] != powers["task_force"]).sum()): _("You compare warrant with task force."),
        len(powers): _("These are all rows. Compare the two columns with !=, and add the True."),
    }
    return one_number(
        answer,
        int((powers["jail"] != powers["task_force"]).sum()),
        _("A silent form counts as another answer here. Is it one? Exercise 3 asks."),
        mistakes,
        _('powers["jail"] != powers["task_force"] gives True or False for each row; sum() counts the True.'),
    )


def _check_on_a_condition(answer: object) -> Verdict:
    """How many answers of the jail form about arrest and custody come with a condition."""
    groups = tables.source("model_powers")["group"]
    powers = tables.load("model_powers")
    custody = powers[groups == "Arrest and custody"]
    mistakes = {
        int((powers["jail"] == "conditional").sum()): _("That is counted in the whole table. Use custody."),
        int((custody[list(MODELS)] == "conditional").to_numpy().sum()): _(
            "That is counted in all three forms. The question is about one."
        ),
        int((custody["jail"] == "yes").sum()): _("These are the plain yes. A condition is written conditional."),
        len(custody): _("These are all rows of the group."),
    }
    return one_number(
        answer,
        int((custody["jail"] == "conditional").sum()),
        _("The explorer says, row by row, which condition it is."),
        mistakes,
        _('Compare custody["jail"] with "conditional"; sum() counts the True.'),
    )


def _check_deciding_row(answer: object) -> Verdict:
    """The row that decides whether a jail may hold a person longer than 48 hours for ICE."""
    if not isinstance(answer, str) or answer not in set(tables.load("model_powers")["power_id"]):
        return wrong_type(
            _("The answer is a power_id, such as hold_48_hours, in quotation marks. What you have is {value}."), answer
        )
    hints = {
        "hold_48_hours": _("That row says what holds when nobody pays. Which row is about keeping a person for a fee?"),
        "serve_removal_warrant": _("The warrant was served before. The question is how long he may be kept."),
        "take_custody_for_ice": _("He is in custody already. The question is how long, and for pay."),
    }
    if answer == "hold_longer_contract":
        return Verdict(True, _("Read its condition: the agreement alone is not enough."))
    return Verdict(
        False, hints.get(answer, _("That row is about something else. The cell above found the rows about holding."))
    )


def _check_only_task_force(answer: object) -> Verdict:
    """How many rows say yes for the task force model and no for both others."""
    number = whole_number(answer)
    if number is None:
        return no_whole_number(answer)
    powers = tables.load("model_powers")
    yes = powers["task_force"] == "yes"
    given = powers["task_force"].isin(["yes", "conditional"])
    jail_no, warrant_no = powers["jail"] == "no", powers["warrant"] == "no"
    expected = int((yes & jail_no & warrant_no).sum())
    if number == expected:
        return Verdict(True, _("Each of these rows is about acting outside the jail, or about what follows from it."))
    hints = {
        int(yes.sum()): _("That is every yes of the task force form. The question sets two more conditions."),
        int((given & jail_no & warrant_no).sum()): _(
            "You count conditional answers too. The question asks for a plain yes."
        ),
        int((yes & (jail_no | warrant_no)).sum()): _(
            "In these rows one of the others says no. The question asks for rows in which both do: & or | ?"
        ),
        int((yes & jail_no).sum()): _("You look at one of the other models only."),
        int((yes & (powers["jail"] != "yes") & (powers["warrant"] != "yes")).sum()): _(
            "A form that is silent, or names a condition, has not said no."
        ),
    }
    return Verdict(
        False,
        hints.get(
            number,
            fill(
                _(
                    "Three comparisons joined by & give one True or False for each of the {n} rows; their"
                    " sum is the number."
                ),
                n=len(powers),
            ),
        ),
    )


def _check_jail_and_warrant(answer: object) -> Verdict:
    """Rows with different answers in the jail and the warrant model, by group, as a Series that names every group."""
    if not isinstance(answer, pd.Series):
        return wrong_type(
            _(
                "The answer is a pandas Series: group -> number. What you have is of type {type}."
                " groupby() leads to one."
            ),
            answer,
        )
    powers = tables.load("model_powers")
    found = answer.to_dict()
    expected = _differing(powers, "jail", "warrant").to_dict()
    if answer.empty:
        return Verdict(False, _("Your Series is empty, so no row was kept. Which comparison is never True?"))
    if found == expected:
        return Verdict(True, _("The two work in the same place, and differ in what the officer may do there."))
    without_zero = {group: number for group, number in expected.items() if number}
    if found == without_zero:
        return Verdict(
            False,
            _("The numbers are right, but a group without a difference is missing. It belongs to the answer, with 0."),
        )
    if found == powers["group"].value_counts().to_dict():
        return Verdict(False, _("These are all rows of each group. Count only those in which the two answers differ."))
    if found == (powers["jail"] == powers["warrant"]).groupby(powers["group"]).sum().to_dict():
        return Verdict(
            False, _("These rows have the same answer. The question asks for rows with different ones: == or != ?")
        )
    for one, other in (("jail", "task_force"), ("warrant", "task_force")):
        if found == _differing(powers, one, other).to_dict():
            return Verdict(
                False,
                fill(
                    _("You compare {one} with {other}. Which two does the question name?"),
                    one=MODEL_LABELS[one],
                    other=MODEL_LABELS[other],
                ),
            )
    if set(found) != set(expected):
        return Verdict(False, _("The index should hold the groups, written as in the column group."))
    return Verdict(
        False, _("The groups are right, their numbers are not. Which rows have another text in jail than in warrant?")
    )


def _differing(powers: pd.DataFrame, one: str, other: str) -> pd.Series:
    return (powers[one] != powers[other]).groupby(powers["group"]).sum()


def _check_different(answer: object) -> Verdict:
    """A function (powers, one, other) -> list of power_id in which both forms speak and differ."""
    if not callable(answer):
        return no_function(answer)
    powers = tables.load("model_powers")
    for one, other in permutations(MODELS, 2):
        try:
            found = answer(powers.copy(), one, other)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                fill(
                    _("Your function stops with {kind}: {error}. It was called with the table, '{one}' and '{other}'."),
                    kind=type(error).__name__,
                    error=error,
                    one=one,
                    other=other,
                ),
            )
        if found is None or found is ...:
            return Verdict(False, _("Your function gives nothing back yet: its last line should be return and a list."))
        if not isinstance(found, list):
            return Verdict(
                False,
                fill(
                    _(
                        "Your function should return a list of power_id; it returned {value}. The method"
                        " tolist() helps."
                    ),
                    value=short(found),
                ),
            )
        expected = _ids(powers, one, other)
        if found != expected:
            return Verdict(
                False,
                fill(
                    _("For {one} and {other} your function is not right yet. {hint}"),
                    one=one,
                    other=other,
                    hint=_different_hint(powers, one, other, found, expected),
                ),
            )
    return Verdict(True, _("Right for every pair of models, in both orders."))


def _ids(powers: pd.DataFrame, one: str, other: str, silent_differs: bool = False) -> list[str]:
    differ = powers[one] != powers[other]
    speak = (powers[one] != "not_stated") & (powers[other] != "not_stated")
    return powers.loc[differ & (speak | silent_differs), "power_id"].tolist()


def _different_hint(powers: pd.DataFrame, one: str, other: str, found: list, expected: list[str]) -> str:
    if found == _ids(powers, one, other, silent_differs=True):
        return _(
            "You count rows in which a form is silent. It has given no answer, so there is nothing to differ from."
        )
    if set(found) == set(expected):
        return _("The rows are right, their order is not: keep the order of the table, each row once.")
    if found and not set(found) <= set(powers["power_id"]):
        return fill(
            _("It should name power_id, such as {known}; it begins with {value}."),
            known=short(powers["power_id"].iloc[0]),
            value=short(found[0]),
        )
    if set(found) < set(expected):
        return _("Some differences are missing. Is a conditional answer another answer than yes, and than no?")
    return _(
        "It names rows in which the two answers are the same, or in which a form is silent."
        " Print both columns for one of them."
    )


def _check_field_model(answer: object) -> Verdict:
    """The model whose form allows acting on patrol or in the community."""
    powers = tables.load("model_powers").set_index("power_id")
    right = next(model for model in MODELS if powers.loc["act_in_field", model] == "yes")
    hints = {
        label: _("Its form lists powers inside the jail only. Read the row about patrol again.")
        for model, label in MODEL_LABELS.items()
        if model != right
    }
    return chosen(answer, MODEL_LABELS[right], _("The other two forms list powers inside a jail only."), hints)


def _check_silent_form(answer: object) -> Verdict:
    """What a form that says nothing about a power means."""
    hints = {
        _("The form forbids it"): _("A form that forbids says so, and the table shows a no."),
        _("The form allows it"): _("A form that allows says so, and the table shows a yes or a condition."),
    }
    praise = _("State law, a court, or the agency's own rules may say more.")
    return chosen(answer, _("The form does not say; other law decides"), praise, hints)


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "silent": _check_silent,
    "two_differ": _check_two_differ,
    "on_a_condition": _check_on_a_condition,
    "deciding_row": _check_deciding_row,
    "only_task_force": _check_only_task_force,
    "jail_and_warrant": _check_jail_and_warrant,
    "different": _check_different,
    "field_model": _check_field_model,
    "silent_form": _check_silent_form,
}
