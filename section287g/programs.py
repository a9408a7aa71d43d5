"""Starting other programs: with their progress shown, their output kept in a log, and the reason at hand where one
fails.

Only the standard library is used: ``run.py`` needs this before anything is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "_build"
LOGS = OUTPUT / "log"
HEARTBEAT = 15  # seconds between signs of life where the output is not a terminal


class Stop(Exception):
    """What is missing and what to do about it, in one line for the person at the keyboard."""


def child_environment(**more: str) -> dict[str, str]:
    """The environment for programs started here: this machine's, made safe, plus ``more``."""
    environment = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME"):  # would mix other packages into .venv
        environment.pop(name, None)
    environment["PYTHONUTF8"] = "1"
    # A machine with its own certificates (schools, companies): uv uses them only when told.
    environment.setdefault("UV_SYSTEM_CERTS", "true")
    home = os.path.expanduser("~")
    if not os.access(home, os.W_OK):  # caches and settings need a place: give them one of ours
        own_home = OUTPUT / "home"
        own_home.mkdir(parents=True, exist_ok=True)
        environment["HOME"] = environment["USERPROFILE"] = str(own_home)
    environment.update(more)
    return environment


def succeeds(command: list) -> bool:
    """Whether ``command`` can be run and ends well. Its output is thrown away."""
    try:
        return (
            subprocess.call(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                timeout=60,
            )
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def call(command: list) -> int:
    """Run ``command`` in the project's folder with the terminal's output. Returns its exit code."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=child_environment())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program got the Ctrl+C too, and ends in its own way
            pass


def step(title: str, command: list, log: Path, folder: Path = ROOT, **environment: str) -> bool:
    """Run ``command`` in ``folder`` with its output in the file ``log``, showing that it goes on; True if it ended
    well.

    ``environment`` is added to the program's environment.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    _show(f"{title} ...")
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=folder,
                env=child_environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            output.write(str(error).encode())
            _show(f"{title}: failed", final=True)
            return False
        code = _wait(process, title, log, start)
    outcome = "done" if code == 0 else "failed"
    _show(f"{title}: {outcome} in {time.monotonic() - start:.0f} s", final=True)
    return code == 0


def _wait(process: subprocess.Popen, title: str, log: Path, start: float) -> int:
    """Wait for ``process``, showing seconds and the last line of its log. Returns its exit code."""
    pause = 1 if sys.stdout.isatty() else HEARTBEAT
    while True:
        try:
            return process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            _show(f"{title} ... {time.monotonic() - start:.0f} s  {last_line(log)}")
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise


def _show(text: str, final: bool = False) -> None:
    """Print a line of progress; on a terminal each one replaces the one before, until ``final``."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print("\r" + text[:width].ljust(width), end="\n" if final else "", flush=True)
    else:
        print(text, flush=True)


def log_lines(log: Path) -> list[str]:
    """The lines of a log that are not empty, without color codes."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", log.read_text(encoding="utf-8", errors="replace"))
    return [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]


def last_line(log: Path) -> str:
    """The last line of a log, cut to 100 characters, or an empty text."""
    return (log_lines(log) or [""])[-1][:100]


def shown(path: Path) -> str:
    """A path as a person wants to read it: from the project's folder where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
