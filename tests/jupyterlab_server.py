"""A JupyterLab of its own for a test, a notebook open in it, and how a test runs a cell."""

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
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def lab_server(folder):
    """Address of a JupyterLab that shows `folder`; no token, this machine only, settings of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    settings = Path(own["JUPYTER_CONFIG_DIR"]) / "lab" / "user-settings" / "@jupyterlab"
    write_settings(settings / "apputils-extension/notification.jupyterlab-settings", {"fetchNews": "false", "checkForUpdates": False})
    # Every cell stays in the page: on a busy machine a cell outside of the window could come too late to be found.
    write_settings(settings / "notebook-extension/tracker.jupyterlab-settings", {"windowingMode": "none"})
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


def write_settings(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values))


@contextlib.contextmanager
def open_notebook(open_page, folder, cells):
    """A page that shows a new notebook with these code cells in a JupyterLab of its own; the kernel is ready."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebook.ipynb")
    with lab_server(folder) as address:
        page = open_page(f"{address}/lab/tree/notebook.ipynb?reset", height=1600)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=40_000)
        yield page


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
