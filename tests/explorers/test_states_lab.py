"""The explorer of state rules as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import stances

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import States\nstates = States()\nstates",
    'states.state = "NY"\nstates.confidence = "doubt"',
    'print("kernel sees", states.state, states.show)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        tiles = page.locator(f"{WIDGET} [data-tile]")
        run_cell(page, 0)
        expect(tiles).to_have_count(len(stances.by_state()), timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(page.locator(f"{WIDGET} .states-card h4")).to_have_text("New York: forbids")
        expect(page.locator(f"{WIDGET} .states-doubt[data-tile]")).to_have_count(int(stances.by_state()["doubt"].sum()))
        page.locator(f"{WIDGET} [data-tile=CO]").click()
        page.locator(f"{WIDGET} [data-trait=show]").select_option("agreements")
        assert "kernel sees CO agreements" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
