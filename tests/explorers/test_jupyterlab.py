"""The growth explorer as a live widget in a real JupyterLab, seen and operated in the browser."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
CELLS = [
    "from section287g.explorers import Growth\ngrowth = Growth()\ngrowth",
    'growth.state = "TX"',
    'print("kernel sees", growth.unit)',
    "import ipywidgets\n"
    'states = ipywidgets.Dropdown(options=["all", "TX", "FL", "GA"], value="TX", description="State")\n'
    'ipywidgets.link((states, "value"), (growth, "state"))\n'
    "states",
]
WIDGET = ".explorer-frame"
SENTENCE = f"{WIDGET} .explorer-sentence"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab whose folder holds `growth.ipynb`; no token, this machine only, settings of its own."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "growth.ipynb")
    with lab_server(folder) as address:
        yield address


@contextlib.contextmanager
def lab_server(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    settings = Path(own["JUPYTER_CONFIG_DIR"]) / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ip=127.0.0.1", "--allow-root"]
    command += ["--IdentityProvider.token=", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}"]
    python_path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    log = (folder / "lab.log").open("w")
    server = subprocess.Popen(command, env={**os.environ, **own, "PYTHONPATH": python_path}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def wait_for(address, server, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert server.poll() is None, "JupyterLab ended at its start"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.2)
    raise TimeoutError(f"JupyterLab did not answer within {seconds} s")


def run_cell(page, number):
    """Run one cell of the notebook and wait until it is done."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    prompt = cell.locator(".jp-InputArea-prompt")
    for _ in range(20):  # JupyterLab drops the key while the notebook is still finding its kernel
        cell.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Control+Enter")
        with contextlib.suppress(PlaywrightTimeout):
            prompt.filter(has_not_text="[ ]").wait_for(timeout=2_000)
            break
    prompt.filter(has_text=re.compile(r"\[\d+\]")).wait_for(timeout=40_000)
    return cell


def picture_changes(page, before):
    page.wait_for_function("before => document.querySelector('.explorer-canvas svg').innerHTML !== before", arg=before)
    return page.locator(f"{WIDGET} .explorer-canvas svg").inner_html()


def test_widget_lives_in_jupyterlab(lab, open_page, axe_violations):
    page = open_page(f"{lab}/lab/tree/growth.ipynb?reset", height=1600)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=40_000)  # the kernel is there

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
