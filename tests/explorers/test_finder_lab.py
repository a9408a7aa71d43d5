"""The finder as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g.explorers.finder import widget

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Finder\nfinder = Finder()\nfinder",
    'finder.state = "GU"',
    'print("kernel sees", finder.model, finder.search)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    table = widget.agreements()
    with open_notebook(CELLS) as page:
        cards = page.locator(f"{WIDGET} .f-card")
        run_cell(page, 0)
        expect(cards).to_have_count(widget.BATCH, timeout=40_000)
        run_cell(page, 1)
        expect(cards).to_have_count(int((table["state"] == "GU").sum()))
        assert cards.locator("a:not([rel])").count() == 0  # there are no pages of the book to lead to
        assert axe_violations(page, WIDGET) == []
        page.locator(f"{WIDGET} [data-trait=model]").select_option("jail")
        page.locator(f"{WIDGET} [data-trait=search]").fill("customs")
        said = run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert "kernel sees jail customs" in said
        assert page.outside == []
