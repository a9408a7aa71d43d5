"""The timeline explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import tables

TABLE = tables.load("timeline")
WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Timeline\ntimeline = Timeline()\ntimeline",
    'timeline.kinds = "court"',
    'print("kernel sees", timeline.event, timeline.search)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        options = page.locator(f"{WIDGET} [role=option]")
        run_cell(page, 0)
        expect(options).to_have_count(len(TABLE), timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(options).to_have_count(int((TABLE["kind"] == "court").sum()))
        page.locator(f"{WIDGET} [data-trait=search]").fill("Miami")
        options.first.click()
        said = run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert "kernel sees 2025-03-27-south-miami" in said and said.strip().endswith("Miami")
        assert page.outside == []
