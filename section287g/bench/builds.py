"""How long the book takes to build, and the package to import."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import run

TEXT = "book/surge/growth.md"  # the page whose text is changed
IMPORTS = 3  # of each module; the medians are printed
MODULES = ("tables", "counts", "figures", "explorers", "labs")


def seconds(work: Callable[[], object]) -> float:
    """Seconds that `work()` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copy_project(target: Path) -> Path:
    """Copy to `target` all that the book is made from, and run.py. Returns `target`."""
    for folder in ("book", "notebooks", "data", "section287g"):
        shutil.copytree(run.ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for file in ("run.py", "requirements.txt"):
        shutil.copy(run.ROOT / file, target / file)
    return target


def entry_point(project: Path) -> ModuleType:
    """The run.py of a copied project, as a module: what it builds lies in that project."""
    spec = importlib.util.spec_from_file_location("run_of_copy", project / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_builds() -> dict:
    """Seconds to build a copy of the book: from nothing, after one more sentence on one page, and with nothing changed."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        project = copy_project(Path(folder, "project"))
        build = functools.partial(entry_point(project).build, python=sys.executable)
        cold = seconds(build)
        with (project / TEXT).open("a", encoding="utf-8") as page:
            page.write("\nOne more sentence.\n")
        return {"cold_s": cold, "text_change_s": seconds(build), "up_to_date_s": seconds(build)}


def measure_imports() -> dict[str, float]:
    """Seconds from starting Python to having imported each of MODULES; "python" is Python alone."""

    def median(code: str) -> float:
        start = functools.partial(subprocess.run, [sys.executable, "-c", code], cwd=run.ROOT, check=True)
        return statistics.median(seconds(start) for _ in range(IMPORTS))

    return {"python": median("pass"), **{module: median(f"import section287g.{module}") for module in MODULES}}
