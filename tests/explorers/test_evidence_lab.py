"""The evidence explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import tables

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Evidence\nevidence = Evidence()\nevidence",
    'evidence.design = "audit"',
    'print("kernel sees", evidence.study, evidence.search)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        studies = tables.load("studies")
        marks = page.locator(f"{WIDGET} [role=option]")
        run_cell(page, 0)
        expect(marks).to_have_count(len(studies), timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(marks).to_have_count(int((studies.design == "audit").sum()))
        page.locator(f"{WIDGET} [data-trait=search]").fill("staff")
        marks.first.click()
        said = run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert "kernel sees ST33 staff" in said
        assert page.outside == []
