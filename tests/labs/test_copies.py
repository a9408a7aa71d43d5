"""The copies of a lab for students and for instructors."""

import nbformat
import pytest

from section287g.__main__ import main
from section287g.labs import copies


@pytest.fixture
def source():
    cells = [
        nbformat.v4.new_markdown_cell("# A lab\n\nText."),
        nbformat.v4.new_code_cell(
            "answer = ...",
            metadata={"tags": ["exercise"], "solution": ["answer = 1", "answer += 1"], "explanation": "One and one."},
        ),
        nbformat.v4.new_code_cell('labs.check("answer", answer)'),
        nbformat.v4.new_markdown_cell("The end."),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_student_copy_has_no_solution_anywhere(source):
    copy = copies.student_copy(source)
    assert [cell.source for cell in copy.cells] == [cell.source for cell in source.cells]
    text = nbformat.writes(copy)
    assert "answer += 1" not in text and "One and one" not in text


def test_instructor_copy_solves_and_explains(source):
    copy = copies.instructor_copy(source)
    assert [cell.source for cell in copy.cells] == [
        "# A lab (instructor's copy)\n\nText.",
        "answer = 1\nanswer += 1",
        'labs.check("answer", answer)',
        "**Solution.** One and one.",
        "The end.",
    ]
    nbformat.validate(copy)


def test_making_copies_leaves_the_source_as_it_is(source):
    before = nbformat.writes(source)
    copies.student_copy(source)
    copies.instructor_copy(source)
    assert nbformat.writes(source) == before


def test_command_writes_both_kinds_of_every_lab(tmp_path, capsys):
    assert main(["labs", str(tmp_path)]) == 0
    names = [path.name for path in copies.sources()]
    for kind in ("students", "instructors"):
        assert sorted(path.name for path in (tmp_path / kind).iterdir()) == names
        for name in names:
            nbformat.validate(nbformat.read(tmp_path / kind / name, as_version=4))
    assert len(capsys.readouterr().out.splitlines()) == 2 * len(names)
    assert not any('"solution":' in path.read_text() for path in (tmp_path / "students").iterdir())
