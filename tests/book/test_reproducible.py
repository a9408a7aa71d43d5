"""Two builds of the same project in two folders are the same, byte for byte. tests/test_pack.py looks at the zip, the
PDF and the EPUB."""

import pytest

from section287g import building
from section287g.bench import builds


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    """Folder of the same book, built from a copy of the project."""
    project = builds.copy_project(tmp_path_factory.mktemp("elsewhere") / "twin")
    return building.build(project=project)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_second_build_in_another_folder_is_the_same(pytestconfig, book_dir, twin):
    if pytestconfig.option.book:
        pytest.skip("the book to test was built by another project")
    ours, theirs = contents(book_dir), contents(twin)
    assert sorted(ours.keys() ^ theirs.keys()) == [], "files that only one of the builds has"
    assert [name for name in ours if ours[name] != theirs[name]] == [], "files that differ"
