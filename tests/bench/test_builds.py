"""A copy of the project holds what the book is made from; times are not tested."""

from section287g import building
from section287g.bench import builds


def test_the_copy_holds_what_the_book_is_made_from(tmp_path):
    project = builds.copy_project(tmp_path / "project")
    assert building.book_inputs(project) == building.book_inputs()


def test_imports_take_longer_than_python_alone(monkeypatch):
    monkeypatch.setattr(builds, "IMPORTS", 1)
    monkeypatch.setattr(builds, "MODULES", ("tables",))
    took = builds.measure_imports()
    assert 0 < took["python"] < took["tables"]
