"""Helpers of the notebooks: checks that help, pictures with alternative text, no dead control in the book."""

import pandas as pd
import pytest

from section287g import counts, figures, labs, tables

AGREEMENTS = tables.load("agreements")
NEWEST_DAY = counts.newest("ice_workbook")["date"]
NEWEST = labs.on_list(AGREEMENTS, NEWEST_DAY)
TASK_FORCE = NEWEST.loc[NEWEST["model"] == "task_force", "state"].value_counts()


def in_force(agreements, day):
    return len(labs.on_list(agreements, day))


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [("agencies", counts.newest("ice_workbook")["agencies"]), ("task_force_states", TASK_FORCE.head(5)), ("in_force", in_force)],
)
def test_right_answers_pass(exercise, answer):
    verdict = labs.check(exercise, answer)
    assert verdict.right, verdict
    assert repr(verdict).startswith("Right. ")


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        (len(NEWEST), "number of rows"),
        (len(AGREEMENTS), "whole table"),
        (NEWEST["agency"].nunique(), "share a name"),
        (NEWEST["state"].nunique(), "states and territories"),
        (17, "Which rows belong to one agency"),
        ("1551", "one whole number"),
        (True, "one whole number"),
        (NEWEST, "one whole number"),
    ],
)
def test_agencies_hints(answer, hint):
    assert_not_yet(labs.check("agencies", answer), hint, counts.newest("ice_workbook")["agencies"])


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        ([1, 2], "a pandas Series"),
        (TASK_FORCE, "Five states"),
        (TASK_FORCE.head(5)[::-1], "largest first"),
        (NEWEST["state"].value_counts().head(5), "all three models"),
        (AGREEMENTS.loc[AGREEMENTS["model"] == "task_force", "state"].value_counts().head(5), "whole table"),
        (TASK_FORCE.head(5) + 1, "numbers are not"),
        (TASK_FORCE.iloc[3:8], "other states"),
        (pd.Series([5, 4, 3, 2, 1]), "index should hold states"),
    ],
)
def test_task_force_states_hints(answer, hint):
    assert_not_yet(labs.check("task_force_states", answer), hint, TASK_FORCE.iloc[0])


def raises(agreements, day):
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        (5, "The answer is a function"),
        (raises, "stops with ZeroDivisionError"),
        (lambda agreements, day: None, "gives nothing back"),
        (lambda agreements, day: "many", "one whole number"),
        (lambda agreements, day: (agreements["signed"] <= day).sum(), "every agreement signed by then"),
        (lambda agreements, day: ((agreements["signed"] <= day) & (agreements["last_listed"] >= day)).sum(), "date signed"),
        (lambda agreements, day: (agreements["first_listed"] <= day).sum(), "had left again"),
        (lambda agreements, day: (agreements["last_listed"] >= day).sum(), "had not arrived"),
        (lambda agreements, day: ((agreements["first_listed"] < day) & (agreements["last_listed"] >= day)).sum(), "< or <="),
        (lambda agreements, day: ((agreements["first_listed"] <= day) & (agreements["last_listed"] > day)).sum(), "> or >="),
        (lambda agreements, day: (agreements["status"] == "listed").sum(), "column status"),
        (lambda agreements, day: in_force(agreements, day) + 1, "larger"),
    ],
)
def test_in_force_hints(answer, hint):
    verdict = labs.check("in_force", answer)
    assert_not_yet(verdict, hint)


def assert_not_yet(verdict, hint, *answers):
    assert not verdict.right
    assert repr(verdict).startswith("Not yet. ")
    assert hint in verdict.message
    for answer in answers:  # help must not give the answer away
        assert f"{answer:,}" not in verdict.message


def test_a_learners_function_cannot_spoil_the_table():
    def spoils(agreements, day):
        agreements["first_listed"] = pd.NaT
        return 0

    labs.check("in_force", spoils)
    assert tables.load("agreements")["first_listed"].notna().all()


def test_unknown_exercise_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="agencies, task_force_states, in_force"):
        labs.check("officers", 1)


def test_controls_in_the_book_draw_once_and_make_no_widget(monkeypatch):
    monkeypatch.setenv("SECTION287G_BOOK", "1")
    calls = []
    assert labs.controls(lambda **chosen: calls.append(chosen), state=("State", ["FL", "TX"], "TX")) == {}
    assert calls == [{"state": "TX"}]


def test_controls_live_redraw_on_each_choice(monkeypatch):
    monkeypatch.delenv("SECTION287G_BOOK", raising=False)
    calls = []
    menus = labs.controls(lambda state, group: calls.append((state, group)), state=("State", ["FL", "TX"], "TX"), group=("Group by", ["model"], "model"))
    assert [menu.description for menu in menus.values()] == ["State", "Group by"]
    menus["state"].value = "FL"
    assert calls == [("TX", "model"), ("FL", "model")]


def test_explorer_is_a_picture_in_the_book_and_a_widget_in_jupyterlab(monkeypatch):
    monkeypatch.setenv("SECTION287G_BOOK", "1")
    assert isinstance(labs.explorer("growth", state="TX"), figures.Picture)
    monkeypatch.delenv("SECTION287G_BOOK")
    growth = labs.explorer("growth", state="TX")
    assert growth.state == "TX"
    growth.state = "FL"
    assert growth.state == "FL"


def test_show_puts_alternative_text_on_a_figure(monkeypatch):
    import matplotlib.pyplot as plt

    shown = []
    monkeypatch.setattr(labs, "display", shown.append)
    figure, _ = plt.subplots()
    labs.show(figure, 'One "line" & two bars')
    assert 'alt="One &quot;line&quot; &amp; two bars"' in shown[0].data
    assert not plt.fignum_exists(figure.number)
