"""The incentives explorer as a live widget in a real JupyterLab: Python and the reader change the same settings."""

from jupyterlab_server import run_cell
from playwright.sync_api import expect

WIDGET = ".explorer-frame"
CELLS = [
    "from section287g.explorers import Incentives\ncalculator = Incentives(officers=20)\ncalculator",
    'calculator.overtime_percent = 30\ncalculator.located_1 = 89.5\ncalculator.rounding = "nearest"',
    'print("kernel sees", calculator.officers, calculator.base_pay_usd)',
]


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        run_cell(page, 0)
        expect(page.locator(f"{WIDGET} [data-trait=officers]")).to_have_value("20", timeout=40_000)
        assert axe_violations(page, WIDGET) == []
        run_cell(page, 1)
        expect(page.locator(f"{WIDGET} [data-trait=located_1]")).to_have_value("89.5")
        expect(page.locator(f"{WIDGET} .explorer-notes")).to_contain_text("stays with the agency")
        page.locator(f"{WIDGET} [data-trait=base_pay_usd]").fill("75000")
        page.locator(f"{WIDGET} [data-trait=officers]").fill("0")
        assert "kernel sees 20 75000" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
        assert page.outside == []
