"""The models explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Models\nmodels = Models()\nmodels",
    'models.group = "paperwork"\nmodels.models = "jail,task_force"',
    'print("kernel sees", models.power, models.differences)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        rows = page.locator(f"{WIDGET} [data-power]")
        run_cell(page, 0)
        expect(rows).to_have_count(35, timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(rows).to_have_count(6)
        assert rows.first.locator("dt").all_inner_texts() == ["Jail", "Task force"]
        assert rows.locator("dt").evaluate_all(
            "terms => terms.every(term => getComputedStyle(term).float === 'none')"
        ), "JupyterLab's own style"
        page.locator(f"{WIDGET} [data-trait=differences]").check()
        page.locator(f"{WIDGET} [data-power=issue_detainer] button").click()
        assert "kernel sees issue_detainer True" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
