"""Helpers of the notebooks: checks that help, pictures with alternative text, no dead control in the book."""

import pandas as pd
import pytest

from section287g import counts, figures, incentives, labs, tables

AGREEMENTS = tables.load("agreements")
NEWEST_DAY = counts.newest("ice_workbook")["date"]
NEWEST = counts.on_list(AGREEMENTS, NEWEST_DAY)
TASK_FORCE = NEWEST.loc[NEWEST["model"] == "task_force", "state"].value_counts()


def in_force(agreements, day):
    return len(counts.on_list(agreements, day))


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


def overtime_left(officers, base_pay, overtime_percent):
    return officers * base_pay * max(0, overtime_percent - 25) / 100


def award(share):
    return incentives.tier(int(share)).amount_usd


def jumps(listed):
    return [n for n in range(1, listed + 1) if award(100 * n / listed) > award(100 * (n - 1) / listed)]


@pytest.mark.parametrize(("exercise", "answer"), [("award_of_a_year", 27_000), ("overtime_left", overtime_left), ("jumps", jumps)])
def test_right_answers_on_incentives_pass(exercise, answer):
    verdict = labs.check(exercise, answer)
    assert repr(verdict).startswith("Right. "), verdict


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        ("27000 dollars", "whole number of dollars"),
        (2_250, "for one officer"),
        (6_000, "Each quarter has its own"),
        (24_000, "average the shares"),
        (48_000, "top step in every quarter"),
        (33_000, "below the first step"),
        (30_000, "too large"),
        (1, "too small"),
    ],
)
def test_award_of_a_year_hints(answer, hint):
    assert_not_yet(labs.check("award_of_a_year", answer), hint, 27_000)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        (75_000, "The answer is a function"),
        (lambda officers, base_pay, overtime: 1 / 0, "stops with ZeroDivisionError"),
        (lambda officers, base_pay, overtime: None, "gives nothing back"),
        (lambda officers, base_pay, overtime: "much", "a number of dollars"),
        (lambda officers, base_pay, overtime: officers * base_pay * overtime / 100 * 0.75, "share of the annual salary"),
        (lambda officers, base_pay, overtime: officers * base_pay * min(overtime, 25) / 100, "Asked is what is left"),
        (lambda officers, base_pay, overtime: officers * base_pay * (overtime - 25) / 100, "max() helps"),
        (lambda officers, base_pay, overtime: officers * base_pay * overtime / 100, "all the overtime"),
        (lambda officers, base_pay, overtime: 0, "leave nothing"),
        (lambda officers, base_pay, overtime: base_pay * max(0, overtime - 25) / 100, "too small"),
    ],
)
def test_overtime_left_hints(answer, hint):
    assert_not_yet(labs.check("overtime_left", answer), hint, 75_000)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "replace the three dots"),
        ([7, 8, 9], "The answer is a function"),
        (lambda listed: 1 / 0, "stops with ZeroDivisionError"),
        (lambda listed: None, "gives nothing back"),
        (lambda listed: 3, "a list of whole numbers"),
        (lambda listed: [7, 8, 9], "a list of ten people"),
        (lambda listed: [n for n in range(listed + 1) if award(100 * n / listed) > 0], "every number that earns"),
        (lambda listed: [n for n in range(1, listed + 1) if award(round(100 * n / listed)) > award(round(100 * (n - 1) / listed))], "You round the share"),
        (lambda listed: [n - 1 for n in jumps(listed)], "last number before"),
        (lambda listed: [n + 1 for n in jumps(listed)], "one person late"),
        (lambda listed: jumps(listed)[::-1], "smallest first"),
        (lambda listed: [1], "compare each award"),
    ],
)
def test_jumps_hints(answer, hint):
    assert_not_yet(labs.check("jumps", answer), hint)


def test_exercise_and_notebook_ask_the_same():
    assert labs.AWARD_LOCATED == (72, 85, 91, 66) and labs.AWARD_OFFICERS == 12


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


def test_a_range_makes_a_labelled_slider(monkeypatch):
    monkeypatch.delenv("SECTION287G_BOOK", raising=False)
    calls = []
    slider = labs.controls(lambda pay: calls.append(pay), pay=("Base pay, dollars", range(30, 121, 5), 60))["pay"]
    assert (slider.description, slider.min, slider.max, slider.step) == ("Base pay, dollars", 30, 120, 5)
    slider.value = 65
    assert calls == [60, 65]


def test_explorer_without_a_picture_says_its_sentence_in_the_book(monkeypatch):
    monkeypatch.setenv("SECTION287G_BOOK", "1")
    assert "not a promise of payment" in labs.explorer("incentives", officers="20").data


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
