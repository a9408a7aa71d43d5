"""The debate explorer as a live widget in a real JupyterLab: Python and the reader change the same settings, the note
stays in the page."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import tables

WIDGET = ".explorer-frame"
PAIRS = int((tables.load("arguments")["theme"] == "public_safety").sum())  # of the theme shown first
CELLS = [
    "from section287g.explorers import Debate\ndebate = Debate()\ndebate",
    'debate.theme = "rule_of_law"\ndebate.swap = True',
    'print("kernel sees", debate.who, "4711" in str(debate.get_state()))',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        pairs = page.locator(f"{WIDGET} [data-argument]")
        run_cell(page, 0)
        expect(pairs).to_have_count(PAIRS, timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        page.locator(f"{WIDGET} textarea").fill("my own view 4711")
        run_cell(page, 1)
        expect(pairs.first).to_have_attribute("data-argument", "RL-S1")
        assert page.locator(f"{WIDGET} textarea").input_value() == "my own view 4711"
        assert page.locator(f"{WIDGET} .debate-print").count() == 0  # cards for paper are in the book
        page.locator(f"{WIDGET} [data-trait=who]").select_option("groups")
        assert "kernel sees groups False" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
