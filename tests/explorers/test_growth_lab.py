"""The growth explorer as a live widget in a real JupyterLab, seen and operated in the browser."""

from jupyterlab_server import run_cell

CELLS = [
    "from section287g.explorers import Growth\ngrowth = Growth()\ngrowth",
    'growth.state = "TX"',
    'print("kernel sees", growth.unit)',
    (
        "import ipywidgets\n"
        'states = ipywidgets.Dropdown(options=["all", "TX", "FL", "GA"], value="TX", description="State")\n'
        'ipywidgets.link((states, "value"), (growth, "state"))\n'
        "states"
    ),
]
WIDGET = ".explorer-frame"
SENTENCE = f"{WIDGET} .explorer-sentence"


def picture_changes(page, before):
    page.wait_for_function("before => document.querySelector('.explorer-canvas svg').innerHTML !== before", arg=before)
    return page.locator(f"{WIDGET} .explorer-canvas svg").inner_html()


def test_widget_lives_in_jupyterlab(open_notebook, axe_violations):
    with open_notebook(CELLS) as page:
        run_cell(page, 0)
        page.locator(f"{WIDGET} .explorer-canvas path.x-line").first.wait_for(timeout=40_000)
        assert "the United States had" in page.locator(SENTENCE).inner_text()
        assert page.get_by_role("button", name="Copy link").count() == 0  # a notebook has no address for a view
        assert axe_violations(page, WIDGET) == []
        drawn = page.locator(f"{WIDGET} .explorer-canvas svg").inner_html()

        run_cell(page, 1)
        drawn = picture_changes(page, drawn)
        assert "Texas had" in page.locator(SENTENCE).inner_text()

        page.locator(f"{WIDGET} [data-trait=unit]").select_option("agencies")
        assert "agencies in Texas" in page.locator(SENTENCE).inner_text()
        assert "kernel sees agencies" in run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()

        cell = run_cell(page, 3)
        drawn = page.locator(f"{WIDGET} .explorer-canvas svg").inner_html()
        cell.locator(".widget-dropdown select").select_option("FL")
        picture_changes(page, drawn)
        assert "agencies in Florida" in page.locator(SENTENCE).inner_text()
        page.locator(f"{WIDGET} [data-trait=state]").select_option("GA")
        page.wait_for_function("document.querySelector('.widget-dropdown select').value === 'GA'")

        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        assert page.locator(WIDGET).evaluate("frame => getComputedStyle(frame).backgroundColor") == "rgb(20, 24, 30)"
        assert page.outside == []
