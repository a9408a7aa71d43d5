"""The models explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

import nbformat
from jupyterlab_server import lab_server, run_cell
from playwright.sync_api import expect

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Models\nmodels = Models()\nmodels",
    'models.group = "paperwork"\nmodels.models = "jail,task_force"',
    'print("kernel sees", models.power, models.differences)',
]


def test_widget_lives_in_jupyterlab(tmp_path, open_page, axe_violations):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "models.ipynb")
    with lab_server(tmp_path) as address:
        page = open_page(f"{address}/lab/tree/models.ipynb?reset", height=1600)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=40_000)
        rows = page.locator(f"{WIDGET} [data-power]")
        run_cell(page, 0)
        expect(rows).to_have_count(35, timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(rows).to_have_count(6)
        assert rows.first.locator("dt").all_inner_texts() == ["Jail", "Task force"]
        page.locator(f"{WIDGET} [data-trait=differences]").check()
        page.locator(f"{WIDGET} [data-power=issue_detainer] button").click()
        assert "kernel sees issue_detainer True" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
