"""The labs in ``notebooks/`` and their copies for instructors.

What stands in ``notebooks/`` is what learners open: the cell of an exercise holds three dots and the tag "exercise".
Its solution stands in ``solutions/``, in a file of the lab's name, under the name that the cell gives its answer:

    [answer]
    solution = '''
    answer = 1
    '''
    explanation = "Why this is right."
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from section287g.labs.translating import code_in_words, translated
from section287g.words import _, fill

SOURCES = Path(__file__).resolve().parents[2] / "notebooks"
SOLUTIONS = Path(__file__).parent / "solutions"

Solutions = dict[str, dict[str, str]]  # exercise -> its solution and explanation


def sources() -> list[Path]:
    """The labs' notebooks, in the order of their numbers."""
    return sorted(SOURCES.glob("[0-9]*.ipynb"))


def solutions(lab: str) -> Solutions:
    """The solutions of a lab, such as "02-growth", in the book's language."""
    solved = tomllib.loads((SOLUTIONS / f"{lab}.toml").read_text(encoding="utf-8"))
    return {
        name: {"solution": code_in_words(each["solution"]), "explanation": _(each["explanation"])}
        for name, each in solved.items()
    }


def read(source: Path) -> NotebookNode:
    """A lab in the book's language."""
    return translated(nbformat.read(source, as_version=4))


def translate(folder: Path) -> None:
    """Write every notebook that learners open, with the list of labs, into ``folder`` in the book's language."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCES.glob("*.ipynb")):
        nbformat.write(read(source), folder / source.name)


def is_exercise(cell: NotebookNode) -> bool:
    """Whether a cell is one that learners fill in."""
    return "exercise" in cell.metadata.get("tags", [])


def exercise_of(cell: NotebookNode) -> str:
    """The name of the exercise in a cell: that of the value or function that is asked for."""
    return re.split(r"\W", cell.source.removeprefix("def "), maxsplit=1)[0]


def instructor_copy(source: NotebookNode, solutions: Solutions) -> NotebookNode:
    """The notebook with every exercise solved; a solution's explanation follows the check of its exercise."""
    copy, cells, explanation = deepcopy(source), [], None
    for cell in copy.cells:
        cells.append(cell)
        if is_exercise(cell):
            solved = solutions[exercise_of(cell)]
            cell.source, explanation = solved["solution"].strip("\n"), solved["explanation"]
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
    students, instructors = folder / "students", folder / "instructors"
    for place in (students, instructors):
        place.mkdir(parents=True, exist_ok=True)
    for source in sources():
        nbformat.write(read(source), students / source.name)
        solved = instructor_copy(read(source), solutions(source.stem))
        nbformat.write(solved, instructors / source.name)
    return [place / source.name for place in (students, instructors) for source in sources()]
