"""Lab 03: answers that its checks are tried with (see test_every_check)."""

import pandas as pd

from section287g import tables

POWERS = tables.load("model_powers")
YES, NO = POWERS["task_force"] == "yes", (POWERS["jail"] == "no") & (POWERS["warrant"] == "no")
ONLY = int((YES & NO).sum())


def by_group(one, other):
    return (POWERS[one] != POWERS[other]).groupby(POWERS["group"]).sum()


def different(powers, one, other):
    speak = (powers[one] != "not_stated") & (powers[other] != "not_stated")
    return powers.loc[speak & (powers[one] != powers[other]), "power_id"].tolist()


MODELS = ["jail", "warrant", "task_force"]
SILENT = POWERS[MODELS] == "not_stated"
CUSTODY = POWERS[POWERS["group"] == "Arrest and custody"]
RIGHT = {
    "silent": [SILENT.any(axis=1).sum()],
    "two_differ": [by_group("jail", "task_force").sum()],
    "on_a_condition": [(CUSTODY["jail"] == "conditional").sum()],
    "deciding_row": ["hold_longer_contract"],
    "only_task_force": [ONLY],
    "jail_and_warrant": [by_group("jail", "warrant"), by_group("warrant", "jail").sort_values()],
    "different": [different],
    "field_model": ["Task Force Model"],
    "silent_form": ["The form does not say; other law decides"],
}
WRONG = {
    "silent": [
        (SILENT.to_numpy().sum(), "counts once"), ((~SILENT).all(axis=1).sum(), "all three forms speak"),
        (SILENT.all(axis=1).sum(), "One is enough"), (len(POWERS), "all rows"), (-1, ".any(axis=1)"),
    ],
    "two_differ": [
        (len(POWERS) - by_group("jail", "task_force").sum(), "the two agree"),
        (by_group("jail", "warrant").sum(), "jail with warrant"),
        (by_group("warrant", "task_force").sum(), "warrant with task force"), (-1, "sum() counts"),
    ],
    "on_a_condition": [
        ((POWERS["jail"] == "conditional").sum(), "Use custody"),
        ((CUSTODY[MODELS] == "conditional").to_numpy().sum(), "about one"), (len(CUSTODY), "all rows of the group"),
        (-1, "sum() counts"),
    ],
    "deciding_row": [
        ("hold_48_hours", "for a fee"), ("serve_removal_warrant", "how long he may be kept"),
        ("take_custody_for_ice", "in custody already"), ("transport", "about something else"),
        ("Hold longer", "such as hold_48_hours"), (CUSTODY, "such as hold_48_hours"),
    ],
    "only_task_force": [
        ("three", "one whole number"), (int(YES.sum()), "every yes of the task force form"),
        (int((POWERS["task_force"].isin(["yes", "conditional"]) & NO).sum()), "conditional answers too"),
        (int((YES & ((POWERS["jail"] == "no") | (POWERS["warrant"] == "no"))).sum()), "one of the others says no"),
        (34, "Three comparisons"),
    ],
    "jail_and_warrant": [
        (by_group("jail", "jail")[:0], "no row was kept"), (7, "a pandas Series"),
        (by_group("jail", "warrant")[lambda numbers: numbers > 0], "a group without a difference is missing"),
        (POWERS["group"].value_counts(), "all rows of each group"),
        ((POWERS["jail"] == POWERS["warrant"]).groupby(POWERS["group"]).sum(), "the same answer"),
        (by_group("jail", "task_force"), "Which two does the question name?"),
        (by_group("jail", "warrant") + 1, "numbers are not"), (pd.Series({"arrest": 3}), "hold the groups"),
    ],
    "different": [
        (["ask_status"], "The answer is a function"),
        (lambda powers, one, other: powers["nothing"], "stops with KeyError"),
        (lambda powers, one, other: None, "gives nothing back"), (lambda powers, one, other: 3, "a list of power_id"),
        (lambda powers, one, other: powers.loc[powers[one] != powers[other], "power_id"].tolist(), "a form is silent"),
        (lambda powers, one, other: different(powers, one, other)[::-1], "order of the table"),
        (lambda powers, one, other: different(powers, one, other)[1:], "Some differences are missing"),
        (lambda powers, one, other: ["Act inside the local jail"], "It should name power_id"),
        (lambda powers, one, other: powers["power_id"].tolist(), "two answers are the same"),
    ],
    "field_model": [
        ("Jail Enforcement Model", "inside the jail only"), ("Warrant Service Officer model", "inside the jail only"),
        ("None of them", "Choose one of"),
    ],
    "silent_form": [
        ("The form forbids it", "shows a no"), ("The form allows it", "a yes or a condition"),
        ("Nobody knows", "Choose one of"),
    ],
}  # fmt: skip


def test_the_lab_has_the_conditions_of_its_traps():
    assert 0 in set(by_group("jail", "warrant")), "exercise 2 needs a group without a difference"
    assert (POWERS["task_force"] == "not_stated").any(), "exercise 3 needs a form that is silent"
