"""A JupyterLab for tests, a notebook open in it, and how a test runs a cell or all of them."""

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

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from section287g import building

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180_000  # milliseconds; a busy machine takes its time to start a server or a kernel, and to load pandas
READY = "Python 3 (ipykernel) | Idle"  # in the status bar, once the notebook has its kernel

# What a notebook says of its run: "failed" with the text of the first error, "done", "running" or "waiting".
PROGRESS = """() => {
    const error = document.querySelector('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]');
    if (error) return `failed: ${error.innerText}`;
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')]
      .map(prompt => prompt.textContent);
    if (prompts.length && prompts.every(prompt => /\\d/.test(prompt))) return 'done';
    return prompts.some(prompt => /[\\d*]/.test(prompt)) ? 'running' : 'waiting';
}"""


@contextlib.contextmanager
def lab_server(folder):
    """Address of a JupyterLab that shows `folder`; no token, this machine only, settings of its own in folders beside
    the notebooks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        name: str(folder / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    settings = Path(own["JUPYTER_CONFIG_DIR"]) / "lab" / "user-settings" / "@jupyterlab"
    write_settings(
        settings / "apputils-extension/notification.jupyterlab-settings",
        {"fetchNews": "false", "checkForUpdates": False},
    )
    # Every cell is in the page from the start: by its own choice JupyterLab makes those outside of the window when it
    # has time.
    write_settings(settings / "notebook-extension/tracker.jupyterlab-settings", {"windowingMode": "none"})
    command = [sys.executable, "-c", building.WITHOUT_ADDRESS_CHECK + "from jupyterlab.labapp import main; main()"]
    command += ["--no-browser", f"--port={port}", "--ip=127.0.0.1", "--allow-root"]
    command += [
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
    ]
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


def open_in_lab(open_page, address, file, **options):
    """A page that shows a notebook of the server, its kernel ready."""
    page = open_page(f"{address}/lab/tree/{file}?reset", **options)
    page.get_by_text(READY).wait_for(
        timeout=PATIENCE
    )  # earlier, JupyterLab drops what is asked or asks which kernel to take
    return page


def end_kernels(address):
    """End every kernel of the server, so that the next test has the machine's memory."""
    with urllib.request.urlopen(f"{address}/api/kernels", timeout=60) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        request = urllib.request.Request(f"{address}/api/kernels/{kernel['id']}", method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()


def wait_for(address, server, seconds=PATIENCE / 1000):
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
    prompt.filter(has_text=re.compile(r"\[\d+\]")).wait_for(timeout=PATIENCE)
    return cell


def run_all_cells(page):
    """Run the notebook from the menu and wait until every cell is done. AssertionError with what it shows if one fails
    or none ends."""
    until = time.monotonic() + PATIENCE / 1000
    asked, progress = 0, "waiting"
    while progress != "done":
        shown = (
            f"{progress}; {page.locator('.jp-Notebook-ExecutionIndicator').get_attribute('data-status')};"
            f" {page.locator('.jp-Dialog').all_inner_texts()}"
        )
        assert not progress.startswith("failed") and time.monotonic() < until, (
            f"the notebook did not run to its end ({shown})"
        )
        which_kernel = page.locator(".jp-Dialog").get_by_role("button", name="Select", exact=True)
        if which_kernel.is_visible():  # asked while the kernel was still being found
            which_kernel.click()
        if progress == "waiting" and time.monotonic() > asked + 10:  # the menu, too, can be asked too early
            choose_in_menu(page, "Run", "Run All Cells")
            asked = time.monotonic()
        page.wait_for_timeout(200)
        progress = page.evaluate(PROGRESS)


def choose_in_menu(page, menu, entry):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()
