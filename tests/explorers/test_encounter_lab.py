"""The encounter explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Encounter\nencounter = Encounter()\nencounter",
    'encounter.situation = "dui"\nencounter.step = "5"\nencounter.columns = "jail,warrant"',
    'print("kernel sees", encounter.step, encounter.columns)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        heading = page.locator(f"{WIDGET} .encounter-one h4")
        run_cell(page, 0)
        expect(heading).to_have_text("Step 1 of 5: The stop", timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(heading).to_have_text("Step 5 of 6: Bail is posted")
        assert page.locator(f"{WIDGET} .encounter-cell").evaluate_all(
            "cells => cells.map(cell => cell.dataset.column)"
        ) == ["jail", "warrant"]
        page.locator(f"{WIDGET} [data-trait=columns][value=task_force]").check()
        page.get_by_role("button", name="Next step").click()
        assert (
            "kernel sees 6 jail,warrant,task_force" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        )
        assert page.outside == []
