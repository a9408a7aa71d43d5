"""Labs in a real JupyterLab in a browser: controls redraw, explorer and controls follow each other, questions
answer."""

import re
import shutil

import pytest
from jupyterlab_server import (
    PATIENCE,
    choose_in_menu,
    end_kernels,
    open_in_lab,
    run_all_cells,
)

from section287g.labs import copies

PICTURE = ".widget-vbox img"  # the one that controls draw, not the one kept for when no Python is running


@pytest.fixture
def lab(jupyterlab, open_page):
    """A function that opens a lab, runs all its cells and folds its code, as the way without
    Python says."""
    address, folder = jupyterlab

    def lab(name):
        shutil.copy(copies.SOURCES / f"{name}.ipynb", folder)
        page = open_in_lab(open_page, address, f"{name}.ipynb", width=1280, height=800)
        run_all_cells(page)
        choose_in_menu(page, "View", "Collapse All Code")
        return page

    yield lab
    end_kernels(address)


def output_with(page, text):
    """The output of one cell that shows a widget with this label."""
    return page.locator(".jp-OutputArea").filter(has=page.get_by_label(text, exact=True)).last


def choose(area, label, choice):
    area.get_by_label(label, exact=True).select_option(label=choice)


def picture(area, words):
    area.locator(f'{PICTURE}[alt*="{words}"]').wait_for(timeout=PATIENCE)


def answer(page, question, choice):
    """Choose an answer, press Check, and return the verdict."""
    box = page.locator(".widget-vbox").filter(has_text=question).last
    box.scroll_into_view_if_needed()
    box.get_by_label(choice).check()
    box.get_by_role("button", name="Check").click()
    verdict = box.get_by_role("status")
    verdict.wait_for(timeout=PATIENCE)
    return verdict.inner_text()


# Lab -> a menu, its choice, and words of the picture that it makes.
MOVED = {
    "01-reading-ices-list": ("Group by", "kind of agency", "by kind of agency"),
    "04-incentives": ("A share", "is rounded", "number 16 adds"),
    "05-checking-claims": ("Unit", "agencies", "A line of agencies"),
}


@pytest.mark.parametrize("name", MOVED)
def test_lab_runs_to_its_end_and_draws_again(lab, name):
    page = lab(name)
    label, choice, words = MOVED[name]
    area = output_with(page, label)
    choose(area, label, choice)
    picture(area, words)
    assert page.get_by_text(re.compile("^0 of [78] checks")).count() == 1
    assert page.outside == []


def test_growth(lab):
    page = lab("02-growth")
    area = output_with(page, "Baseline")
    area.scroll_into_view_if_needed()
    assert area.locator(PICTURE).bounding_box()["height"] + 120 < 600, "controls and picture fit a projector together"
    picture(area, "All states, agreements")
    page.evaluate(
        """words => { window.gone = 0; setInterval(() => { if (!document.querySelector(words)) window.gone++ }, 5) }""",
        f'{PICTURE}[alt^="A line of lists"]',
    )
    choose(area, "State", "Texas")
    picture(area, "Texas, agreements")
    choose(area, "Unit", "agencies")
    picture(area, "Texas, agencies")
    assert page.evaluate("window.gone") == 0, "the old picture stands until the new one is there"
    explorer = page.locator(".explorer-frame")
    explorer.scroll_into_view_if_needed()
    explorer.locator(".explorer-guess-skip").click()
    explorer.locator(".explorer-change").evaluate("fold => { fold.open = true; }")
    assert explorer.get_by_label("Where").input_value() == "TX"
    explorer.get_by_label("Where").select_option("FL")
    picture(area, "Florida, agencies")
    page.get_by_label("Mark events in the explorer").check()
    explorer.get_by_role("checkbox", name="Events", checked=True).wait_for(timeout=PATIENCE)
    assert answer(page, "largest growth in percent", "June 30, 2025").startswith("Not yet.")
    assert page.outside == []


def test_models_and_powers_and_what_a_saved_lab_says_when_it_is_opened_again(lab, jupyterlab, open_page):
    address, _folder = jupyterlab
    page = lab("03-models-and-powers")
    area = output_with(page, "First model")
    choose(area, "Group", "Arrest and custody")
    picture(area, "jail and task force: 8 rows")
    explorer = page.locator(".explorer-frame")
    assert explorer.get_by_label("Group", exact=True).input_value() == "arrest_and_custody"
    area.get_by_label("Only different answers").check()
    picture(area, "7 rows shown, 7 with")
    assert answer(page, "What does it mean that a form is silent", "other law decides").startswith("Right.")
    assert not page.get_by_text("Run this cell").first.is_visible()
    assert page.outside == []
    page.keyboard.press("Control+s")
    page.wait_for_function("document.querySelectorAll('.lm-TabBar-tab.jp-mod-dirty').length === 0", timeout=PATIENCE)
    page.close()
    end_kernels(address)
    page = open_in_lab(open_page, address, "03-models-and-powers.ipynb", width=1280, height=800)
    words = page.get_by_text("Run this cell (Shift + Enter)")
    words.first.wait_for(timeout=PATIENCE)
    assert words.locator("visible=true").count() == 5, "controls, explorer, switch and two questions"
    page.locator('.at-rest img[alt*="jail and task force"]').wait_for(timeout=PATIENCE)
    page.wait_for_timeout(5_000)  # by then JupyterLab has given up looking for the widgets
    assert page.get_by_text("model not found").locator("visible=true").count() == 0


def test_evidence_and_debate(lab):
    page = lab("06-evidence-and-debate")
    area = output_with(page, "Sort by")
    choose(area, "Subject", "profiling")
    picture(area, "studies, profiling")
    reading = output_with(page, "Theme")
    choose(reading, "Side", "critics")
    reading.get_by_text(re.compile("critics: [0-9]+ arguments")).wait_for(timeout=PATIENCE)
    box = page.locator(".widget-vbox").filter(has_text="Your paragraph").last
    box.get_by_label("Answer").fill("Too short.")
    box.get_by_role("button", name="Check").click()
    assert "2 words" in box.get_by_role("status").inner_text(timeout=PATIENCE)
    assert page.outside == []
