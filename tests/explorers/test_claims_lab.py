"""The claims explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import tables

TABLE = tables.load("claims")
WIDGET = ".explorer-frame"
SENTENCE = f"{WIDGET} .explorer-sentence"
CELLS = [
    'from section287g.explorers import Claims\nchecker = Claims(text="002")\nchecker',
    'checker.mode = "growth"\nchecker.date = "2025-09-02-pm"',
    'print("kernel sees", checker.unit, checker.model)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        run_cell(page, 0)
        expect(page.locator(SENTENCE)).to_contain_text(
            f"{(TABLE['text_id'] == '002').sum()} of {len(TABLE)} claims are shown", timeout=40_000
        )
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(page.locator(SENTENCE)).to_contain_text("or 609 percent")
        page.locator(f"{WIDGET} [data-trait=unit]").select_option("agencies")
        expect(page.locator(SENTENCE)).to_contain_text("or 500 percent")
        page.locator(f"{WIDGET} [data-trait=mode]").select_option("share")
        assert "kernel sees agencies task_force" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
