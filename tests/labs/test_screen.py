"""What labs show: pictures with alternative text, controls, explorers and questions; in the book pictures and words
only."""

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

import matplotlib.pyplot as plt
import pytest
from bs4 import BeautifulSoup
from traitlets import TraitError

from section287g import at_rest, counts, labs
from section287g.labs import screen


def in_own_thread(test):
    """Run a test where no event loop runs yet: a browser that an earlier test opened keeps one in the main thread."""

    @functools.wraps(test)
    def run(*arguments, **fixtures):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(test, *arguments, **fixtures).result()

    return run


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setenv("SECTION287G_BOOK", "1")


@pytest.fixture
def live(monkeypatch):
    monkeypatch.delenv("SECTION287G_BOOK", raising=False)


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, in order."""
    shown = []
    monkeypatch.setattr(screen, "display", shown.append)
    return shown


def draw_nothing(**chosen):
    pass


def test_controls_in_the_book_draw_once_and_make_no_widget(book):
    calls = []
    assert labs.controls(lambda **chosen: calls.append(chosen), state=("State", ["FL", "TX"], "TX")) == {}
    assert calls == [{"state": "TX"}]


@in_own_thread
def test_controls_live_redraw_on_each_choice(live):
    calls = []
    menus = labs.controls(
        lambda state, group: calls.append((state, group)),
        state=("State", ["FL", "TX"], "TX"),
        group=("Group by", ["model"], "model"),
    )
    assert [menu.description for menu in menus.values()] == ["State", "Group by"]
    menus["state"].value = "FL"
    assert calls == [("TX", "model"), ("FL", "model")]


@in_own_thread
def test_a_burst_of_changes_is_drawn_once(live):
    calls = []
    slider = labs.controls(calls_with(calls), pay=("Pay", range(0, 101), 0))["pay"]

    async def drag():
        for value in range(1, 51):
            slider.value = value
        assert calls == [0]
        await asyncio.sleep(3 * screen.PAUSE)

    asyncio.run(drag())
    assert calls == [0, 50]


def calls_with(calls):
    def draw(pay):
        calls.append(pay)

    return draw


def test_a_range_makes_a_labelled_slider_and_bool_a_box(live):
    widgets = labs.controls(
        draw_nothing, pay=("Base pay, dollars", range(30, 121, 5), 60), differences=("Only differences", bool, True)
    )
    slider, box = widgets["pay"], widgets["differences"]
    assert (slider.description, slider.min, slider.max, slider.step) == ("Base pay, dollars", 30, 120, 5)
    assert (box.description, box.value) == ("Only differences", True)


def said(outputs):
    return [output["data"]["text/plain"] for output in outputs]


@in_own_thread
def test_what_is_printed_is_words_for_the_page(live, shown):
    labs.controls(lambda pay: print("From $500 to $1,000, <b>a year</b>\nA second line"), pay=("Pay", range(0, 2), 0))
    (output,) = shown[0].children[1].outputs
    words = BeautifulSoup(output["data"]["text/html"], "html.parser").div
    assert words.get_text() == "From $500 to $1,000, <b>a year</b>\nA second line"
    assert words["class"] == ["mathjax_ignore"] and "pre-wrap" in words["style"]


@in_own_thread
def test_the_new_picture_takes_the_old_ones_place_in_one_step(live, shown):
    def draw(state):
        if state == "FL":
            raise ValueError("no rows")
        print(state)

    menu = labs.controls(draw, state=("State", ["FL", "TX", "GA"], "TX"))["state"]
    picture = shown[0].children[1]
    seen = []
    picture.observe(lambda change: seen.append(change["new"]), "outputs")
    assert said(picture.outputs) == ["TX"]
    menu.value = "GA"
    assert [said(outputs) for outputs in seen] == [["GA"]], "never empty between two pictures"
    menu.value = "FL"
    (words,) = said(picture.outputs)
    assert words.startswith("This choice could not be drawn. ValueError: no rows") and "Traceback" not in words
    menu.value = "TX"
    assert said(picture.outputs) == ["TX"], "the controls go on working"


def test_explorer_without_a_picture_says_its_sentence_in_the_book(book):
    assert "not a promise of payment" in labs.explorer("incentives", officers="20").data


def test_explorer_is_a_picture_in_the_book_and_a_widget_in_jupyterlab(monkeypatch, book):
    assert "<img alt=" in labs.explorer("growth", state="TX").data
    monkeypatch.delenv("SECTION287G_BOOK")
    growth = labs.explorer("growth", state="TX")
    assert growth.state == "TX"
    growth.state = "FL"
    assert growth.state == "FL"
    with pytest.raises(TraitError):
        growth.state = "XX"


@in_own_thread
def test_linked_controls_and_explorer_follow_each_other(live):
    menus = labs.controls(
        draw_nothing, state=("State", ["TX", "FL"], "FL"), unit=("Unit", ["agreements", "agencies"], "agreements")
    )
    growth = labs.explorer("growth", state="TX")
    labs.link(menus, growth, "state", "unit")
    assert growth.state == "FL", "it begins where the control stands"
    menus["unit"].value = "agencies"
    assert growth.unit == "agencies"
    growth.state = "TX"
    assert menus["state"].value == "TX"
    growth.state = "all"
    assert menus["state"].value == "TX", "a value the menu does not have leaves it as it is"


def test_in_the_book_nothing_is_linked_and_no_box_is_shown(book, shown):
    labs.link({}, labs.explorer("growth"), "state")
    labs.switch(labs.explorer("growth"), "events", "Mark events")
    assert shown == []


def test_a_switch_is_linked_in_the_browser(live, shown):
    growth = labs.explorer("growth", events=True)
    labs.switch(growth, "events", "Mark events")
    (box,) = shown[0].children
    assert (box.value, box.description) == (True, "Mark events")


def test_a_question_is_checked_without_python(live):
    box = labs.ask("agencies", "How many agencies?")
    question, answer, button, verdict = box.children
    assert "How many agencies?" in question.value
    button.click()
    assert "three dots" in verdict.value or "Nothing here" in verdict.value
    answer.value = f"{counts.newest('ice_workbook')['rows']:,}"
    button.click()
    assert "Not yet." in verdict.value and "number of rows" in verdict.value
    assert 'role="status"' in verdict.value


def test_a_question_with_choices_and_one_with_room_to_write(live):
    choices = labs.ask(
        "silent_form", "What does silence mean?", ["The form forbids it", "The form does not say; other law decides"]
    )
    choices.children[1].value = "The form does not say; other law decides"
    choices.children[2].click()
    assert "Right." in choices.children[3].value
    text = labs.ask("paragraph", "Your paragraph", lines=8)
    assert text.children[1].rows == 8
    text.children[1].value = "<b>short</b>"
    text.children[2].click()
    assert "1 word;" in text.children[3].value


def test_a_question_in_the_book_is_words_only(book, shown):
    assert labs.ask("silent_form", "What does <silence> mean?", ["It forbids", "It allows"]) is None
    assert (
        shown[0].data
        == "<p><strong>What does &lt;silence&gt; mean?</strong></p><ul><li>It forbids</li><li>It allows</li></ul>"
    )


def test_show_puts_alternative_text_on_a_figure_and_enlarges_it_for_a_class(live, shown, monkeypatch):
    for book, width in (("", 672), ("1", 480)):
        monkeypatch.setenv("SECTION287G_BOOK", book)
        figure, _ = plt.subplots(figsize=(5, 3))
        labs.show(figure, 'One "line" & two bars')
        assert 'alt="One &quot;line&quot; &amp; two bars"' in shown[-1].data
        assert f'width="{width}"' in shown[-1].data
        assert not plt.fignum_exists(figure.number)


def print_height(height):
    print(f"A line up to {height}.")


LIVE = "application/vnd.jupyter.widget-view+json"


@pytest.mark.parametrize(
    ("make", "still"),
    [
        (lambda: labs.controls(print_height, height=("Height", range(1, 5), 2)), "A line up to 2."),
        (lambda: screen.display(labs.explorer("growth", state="TX")), "Texas"),
        (lambda: screen.display(labs.explorer("incentives")), "not a promise of payment"),
        (lambda: labs.ask("silent_form", "What does silence mean?", ["It forbids"]), "<li>It forbids</li>"),
        (lambda: labs.switch(labs.explorer("growth"), "events", "Mark events"), "Mark events"),
    ],
    ids=["controls", "explorer with a picture", "explorer in words", "question", "switch"],
)
@in_own_thread
def test_where_no_python_runs_words_and_what_was_shown_stand_for_a_widget(live, shown, monkeypatch, make, still):
    outputs = []
    monkeypatch.setattr(at_rest, "display", lambda output, **form: outputs.append(output))
    make()
    shown[-1]._ipython_display_()
    words, widget = outputs
    assert still in words.data and "Run this cell (Shift + Enter)" in words.data
    assert LIVE in widget and widget["text/plain"] == at_rest.RUN


def test_progress_says_what_is_right_and_what_is_open(shown, monkeypatch):
    monkeypatch.setattr(screen, "RIGHT", {"mixed": True, "of_critics": False, "reviewed": False})
    labs.progress()
    assert "1 of 3 checks" in shown[0].data and "Still open: of_critics, reviewed." in shown[0].data
    screen.RIGHT.update(of_critics=True, reviewed=True)
    labs.progress()
    assert "3 of 3 checks" in shown[1].data and "open" not in shown[1].data
