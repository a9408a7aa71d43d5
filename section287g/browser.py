"""The browser on this machine in which the book is tested, measured and printed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from section287g.programs import succeeds

if TYPE_CHECKING:  # run.py looks for a browser before Playwright is installed
    from playwright.sync_api import Browser

# The first can show no window and takes a third of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
# Chromium's sandbox refuses to run as root, as in containers; the rest keeps it quiet.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_browser() -> str | None:
    """Path of a Chromium, Chrome or Edge on this machine, or None."""
    on_path = [path for name in NAMES if (path := shutil.which(name))]
    for path in on_path + _usual_places():
        # On Ubuntu a name may only be a hint to install something: ask it. Chrome on Windows
        # and macOS would open a window instead of answering, but has no such hints.
        if os.path.isfile(path) and (not sys.platform.startswith("linux") or succeeds([path, "--version"])):
            return path
    return None


def _usual_places() -> list[str]:
    """Where Chrome, Edge and Chromium are on Windows and macOS, which do not use the PATH."""
    if sys.platform == "darwin":
        names = ("Chromium", "Google Chrome", "Microsoft Edge")
        return [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in names]
    folders = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
    ends = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
    return [os.path.join(folder, end) for folder in folders if folder for end in ends]


@contextlib.contextmanager
def open_browser(*flags: str) -> Iterator[Browser]:
    """The browser of ``find_browser``, else Playwright's own, without a window, while the block runs; ``flags`` are
    further ones of its command line."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS, *flags])
        yield browser
        browser.close()
