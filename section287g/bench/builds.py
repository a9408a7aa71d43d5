"""How long the book takes to build, and the package to import."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from section287g import building, programs

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
    for folder in building.FOLDERS:
        shutil.copytree(
            programs.ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    for file in building.FILES:
        shutil.copy(programs.ROOT / file, target / file)
    return target


def measure_builds() -> dict:
    """Seconds to build copies of the book: from nothing, after one more sentence on one page, with nothing changed, and
    from nothing in its first language alone."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        project, other = copy_project(Path(folder, "project")), copy_project(Path(folder, "one language"))
        build = functools.partial(building.build, project=project)
        cold = seconds(build)
        with (project / TEXT).open("a", encoding="utf-8") as page:
            page.write("\nOne more sentence.\n")
        return {
            "cold_s": cold,
            "text_change_s": seconds(build),
            "up_to_date_s": seconds(build),
            "cold_one_s": seconds(lambda: _build_first_language(other)),
        }


def _build_first_language(project: Path) -> None:
    first = building.editions(project)[0]
    command = [sys.executable, "-c", "from section287g import building; building.build()"]
    subprocess.run(command, cwd=project, env={**os.environ, building.EDITIONS: first}, check=True, stdout=sys.stderr)


def measure_imports() -> dict[str, float]:
    """Seconds from starting Python to having imported each of MODULES; "python" is Python alone."""

    def median(code: str) -> float:
        start = functools.partial(subprocess.run, [sys.executable, "-c", code], cwd=programs.ROOT, check=True)
        return statistics.median(seconds(start) for _ in range(IMPORTS))

    return {"python": median("pass"), **{module: median(f"import section287g.{module}") for module in MODULES}}
