"""A copy of the project builds in its own folder; times are not tested."""

import run

from section287g.bench import builds


def test_the_copy_holds_what_the_book_is_made_from(tmp_path):
    project = builds.copy_project(tmp_path / "project")
    copied = builds.entry_point(project)
    assert copied.ROOT == project
    ours, theirs = run.book_inputs(), copied.book_inputs()
    assert theirs == ours


def test_imports_take_longer_than_python_alone(monkeypatch):
    monkeypatch.setattr(builds, "IMPORTS", 1)
    monkeypatch.setattr(builds, "MODULES", ("tables",))
    took = builds.measure_imports()
    assert 0 < took["python"] < took["tables"]
