"""The two copies of a lab, made from its one source in ``notebooks/``.

The source is what students open: its exercises hold three dots. The solution stands where nobody trips over it, in the
metadata of the exercise's cell (JupyterLab shows it under Property Inspector > Cell metadata):

    "metadata": {"tags": ["exercise"], "solution": ["line 1", "line 2"], "explanation": "Why this is right."}
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from section287g.words import _, fill

SUMMARY = re.compile(r"<summary>(.*?)</summary>")  # the title of what is folded
SOURCES = Path(__file__).resolve().parents[2] / "notebooks"


def sources() -> list[Path]:
    """The labs' notebooks, in the order of their numbers."""
    return sorted(SOURCES.glob("[0-9]*.ipynb"))


def is_exercise(cell: NotebookNode) -> bool:
    """Whether a cell is one that students fill in."""
    return "exercise" in cell.metadata.get("tags", [])


def student_copy(source: NotebookNode) -> NotebookNode:
    """The notebook without solutions, as handed to students."""
    copy = deepcopy(source)
    for cell in copy.cells:
        cell.metadata.pop("solution", None)
        cell.metadata.pop("explanation", None)
    return copy


def instructor_copy(source: NotebookNode) -> NotebookNode:
    """The notebook with every exercise solved; a solution's explanation follows the check of its exercise."""
    copy, cells, explanation = student_copy(source), [], None
    for given, cell in zip(source.cells, copy.cells, strict=True):
        cells.append(cell)
        if is_exercise(given):
            cell.source = "\n".join(given.metadata["solution"])
            explanation = given.metadata["explanation"]
        elif explanation:  # the cell after an exercise is its check
            cells.append(
                nbformat.v4.new_markdown_cell(
                    fill(_("**Solution.** {explanation}"), explanation=explanation), id=f"{cell.id}-explained"
                )
            )
            explanation = None
    copy.cells = cells
    title, _end, rest = cells[0].source.partition("\n")
    cells[0].source = fill(_("{title} (instructor's copy)"), title=title) + f"\n{rest}"
    return copy


def write(folder: Path) -> list[Path]:
    """Write ``folder``/students and ``folder``/instructors with a copy of every lab. Returns the paths written."""
    written = []
    for kind, make in (("students", student_copy), ("instructors", instructor_copy)):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for source in sources():
            path = folder / kind / source.name
            nbformat.write(make(nbformat.read(source, as_version=4)), path)
            written.append(path)
    return written
