"""The copies of a lab for students and for instructors."""

import json

import nbformat
import pytest
from bracketed import run_in

from section287g.__main__ import main
from section287g.labs import copies

SOLUTIONS = {"answer": {"solution": "\nanswer = 1\nanswer += 1\n", "explanation": "One and one."}}


@pytest.fixture
def source():
    cells = [
        nbformat.v4.new_markdown_cell("# A lab\n\nText."),
        nbformat.v4.new_code_cell("answer = ...", metadata={"tags": ["exercise"]}),
        nbformat.v4.new_code_cell('labs.check("answer", answer)'),
        nbformat.v4.new_markdown_cell("The end."),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_instructor_copy_solves_and_explains(source):
    copy = copies.instructor_copy(source, SOLUTIONS)
    assert [cell.source for cell in copy.cells] == [
        "# A lab (instructor's copy)\n\nText.",
        "answer = 1\nanswer += 1",
        'labs.check("answer", answer)',
        "**Solution.** One and one.",
        "The end.",
    ]
    nbformat.validate(copy)


def test_making_a_copy_leaves_the_source_as_it_is(source):
    before = nbformat.writes(source)
    copies.instructor_copy(source, SOLUTIONS)
    assert nbformat.writes(source) == before


@pytest.mark.parametrize("path", copies.sources(), ids=lambda path: path.stem)
def test_solutions_are_those_of_the_exercises_and_stand_outside_of_the_lab(path):
    text = path.read_text(encoding="utf-8")
    exercises = [cell for cell in nbformat.reads(text, as_version=4).cells if copies.is_exercise(cell)]
    solutions = copies.solutions(path.stem)
    assert [copies.exercise_of(cell) for cell in exercises] == list(solutions)
    for solved in solutions.values():
        assert json.dumps(solved["solution"].strip())[1:-1] not in text
        assert solved["explanation"] not in text


def test_command_writes_both_kinds_of_every_lab(tmp_path, capsys):
    assert main(["labs", str(tmp_path)]) == 0
    names = [path.name for path in copies.sources()]
    for kind in ("students", "instructors"):
        assert sorted(path.name for path in (tmp_path / kind).iterdir()) == names
        for name in names:
            nbformat.validate(nbformat.read(tmp_path / kind / name, as_version=4))
    assert len(capsys.readouterr().out.splitlines()) == 2 * len(names)
    assert all((tmp_path / "students" / name).read_bytes() == (copies.SOURCES / name).read_bytes() for name in names)


# ---- in another language ----

TEXT = """# A title

- **one** of

<summary>Why</summary>"""
CODE = '''# A comment
answer = first["list used"]
def count(rows):
    """How many rows there are."""
    print(f"{len(rows):,} rows of {rows['list used']!r}")
    return "list used" in rows, "ONE TWO", "two words", "word"
axes.set_ylabel("agencies")
axes.set_title("agencies")
ipywidgets.Dropdown(options=["one", "two"], description="Unit")
labs.ask("answer", "Why?", ["Because it is so"])'''
TRANSLATED = '''# [A comment]
answer = first["list used"]
def count(rows):
    """[How many rows there are.]"""
    print(f"[{len(rows):,} rows of {rows['list used']!r}]")
    return "list used" in rows, "ONE TWO", "[two words]", "word"
axes.set_ylabel("[agencies]")
axes.set_title("[agencies]")
ipywidgets.Dropdown(options=["one", "two"], description="[Unit]")
labs.ask("answer", "[Why?]", ["[Because it is so]"])'''
TRANSLATE = """
import json, nbformat
from section287g.labs import translating
cells = [nbformat.v4.new_markdown_cell({text!r}), nbformat.v4.new_code_cell({code!r})]
found = translating.translated(nbformat.v4.new_notebook(cells=cells))
print(json.dumps([cell.source for cell in found.cells]))
"""


def test_a_lab_is_in_the_book_s_language_and_its_data_stay():
    text, code = run_in("xx", TRANSLATE.format(text=TEXT, code=CODE))
    assert text == "# [A title]\n\n- [**one** of]\n\n<summary>[Why]</summary>"
    assert code == TRANSLATED
