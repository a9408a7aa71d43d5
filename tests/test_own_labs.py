"""The folder of a learner's own copies of the labs: nothing in it is overwritten, and a newer lab comes beside."""

from datetime import date

import pytest

from section287g import own_labs

DAY = date(2026, 12, 1)


@pytest.fixture
def folders(tmp_path):
    """The labs as published, and the learner's folder, in which one of them has been worked in."""
    labs, own = tmp_path / "notebooks", tmp_path / "my-labs"
    labs.mkdir()
    for name in ("01-a.ipynb", "02-b.ipynb"):
        (labs / name).write_text("first", encoding="utf-8")
    own_labs.lay_out(labs, own, DAY)
    (own / "02-b.ipynb").write_text("first, and my answers", encoding="utf-8")
    return labs, own


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ipynb"))}


WORK = {"01-a.ipynb": "first", "02-b.ipynb": "first, and my answers"}


def test_a_second_run_changes_nothing(folders):
    labs, own = folders
    assert own_labs.lay_out(labs, own, DAY) == []
    assert texts(own) == WORK


def test_what_a_learner_removed_comes_back_as_it_was_at_first(folders):
    labs, own = folders
    (own / "02-b.ipynb").unlink()
    assert own_labs.lay_out(labs, own, DAY) == []
    assert texts(own) == {**WORK, "02-b.ipynb": "first"}


def test_a_newer_lab_takes_the_place_of_a_copy_nobody_worked_in_and_comes_beside_another(folders):
    labs, own = folders
    for round_, text in enumerate(("second", "third"), start=1):
        for path in labs.iterdir():
            path.write_text(text, encoding="utf-8")
        name = "02-b-new-2026-12-01.ipynb" if round_ == 1 else "02-b-new-2026-12-01-2.ipynb"
        assert own_labs.lay_out(labs, own, DAY) == [name]
        assert own_labs.lay_out(labs, own, DAY) == [], "it comes once"
        assert texts(own)["01-a.ipynb"] == texts(own)[name] == text
        assert texts(own)["02-b.ipynb"] == "first, and my answers"


def test_without_its_record_no_work_is_lost(folders):
    labs, own = folders
    (own / own_labs.GIVEN).unlink()
    assert own_labs.lay_out(labs, own, DAY) == ["02-b-new-2026-12-01.ipynb"]
    assert texts(own) == {**WORK, "02-b-new-2026-12-01.ipynb": "first"}
