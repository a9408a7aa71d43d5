"""Every check of every lab: right answers pass; wrong ones, at least three typical ones each, get a sentence that helps
and keeps the answer."""

import re
from importlib import import_module

import nbformat
import numpy as np
import pandas as pd
import pytest

from section287g import labs
from section287g.labs import copies

TABLES = [
    import_module(f"labs.test_{name}") for name in ("reading", "growth", "powers", "incentives", "claims", "debate")
]  # in tests/
RIGHT = {exercise: answers for table in TABLES for exercise, answers in table.RIGHT.items()}
WRONG = {exercise: cases for table in TABLES for exercise, cases in table.WRONG.items()}
SECRETS = {exercise: texts for table in TABLES for exercise, texts in getattr(table, "SECRETS", {}).items()}


def test_every_check_is_tried():
    assert set(RIGHT) == set(WRONG) == set(labs.CHECKS)


@pytest.mark.parametrize("exercise", labs.CHECKS)
def test_at_least_three_typical_wrong_answers(exercise):
    assert len({str(answer) for answer, _ in WRONG[exercise] if answer is not ...}) >= 3


@pytest.mark.parametrize(
    ("exercise", "answer"), [(exercise, answer) for exercise, answers in RIGHT.items() for answer in answers]
)
def test_right_answers_pass(exercise, answer):
    verdict = labs.check(exercise, answer)
    assert verdict.right, verdict
    assert repr(verdict).startswith("Right. ")


@pytest.mark.parametrize(
    ("exercise", "answer", "hint"), [(exercise, *case) for exercise, cases in WRONG.items() for case in cases]
)
def test_wrong_answers_get_a_hint(exercise, answer, hint):
    verdict = labs.check(exercise, answer)
    assert not verdict.right
    assert repr(verdict).startswith("Not yet. ")
    assert hint in verdict.message
    assert 20 <= len(verdict.message) <= 250
    for secret in SECRETS.get(exercise, []):  # help must not give the answer away, unless it repeats what was answered
        assert secret not in verdict.message or secret in str(answer)


@pytest.mark.parametrize("exercise", labs.CHECKS)
def test_an_empty_answer_is_asked_for(exercise):
    verdict = labs.check(exercise, ...)
    assert not verdict.right and exercise in verdict.message and "three dots" in verdict.message


# Answers of another kind than asked for, and empty ones, as a first try often gives them.
ODD = {
    "an empty text": "",
    "a label that is none": "no such label",
    "nothing": None,
    "an empty list": [],
    "a list": ["TX"],
    "an empty Series": pd.Series(dtype="Int64"),
    "a Series": pd.Series([1, 2, 3], index=list("abc")),
    "an empty table": pd.DataFrame(),
    "a table": pd.DataFrame({"state": ["TX", "FL"], "agreements": [1, 2]}),
    "an array": np.array([1, 2]),
    "not a number": float("nan"),
    "missing": pd.NA,
    "without end": float("inf"),
    "a fraction": 0.5,
    "a function": lambda *_: None,
    "a method without its brackets": pd.Series([1, 2]).sum,
}


@pytest.mark.parametrize("exercise", labs.CHECKS)
def test_an_odd_answer_gets_one_sentence_that_calls_nothing_right(exercise):
    for kind, answer in ODD.items():
        verdict = labs.check(exercise, answer)
        assert not verdict.right and 20 <= len(verdict.message) <= 300, kind
        assert "\n" not in verdict.message, f"{kind}: no table is printed into the sentence"
        assert not re.match(r"[^.:]* (is|are) right\b", verdict.message), f"{kind}: nothing of it is praised"


def test_a_wrong_number_is_shown_as_it_was_found_and_a_method_gets_its_brackets():
    assert labs.check("mixed", np.int64(1500)).message.startswith("You have 1,500. ")
    assert "sum()" in labs.check("mixed", pd.Series([1, 2]).sum).message
    assert labs.check("agencies_percent", 0.25).message.startswith("You have 0.25. ")


def test_unknown_exercise_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="agencies, task_force_states, in_force"):
        labs.check("officers", 1)


def test_no_two_labs_share_the_name_of_an_exercise():
    assert len(labs.CHECKS) == sum(len(table.RIGHT) for table in TABLES)


def test_every_check_stands_in_a_lab():
    sources = "".join(cell.source for path in copies.sources() for cell in nbformat.read(path, as_version=4).cells)
    assert [exercise for exercise in labs.CHECKS if f'"{exercise}"' not in sources] == []
