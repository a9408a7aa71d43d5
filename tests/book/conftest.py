"""The book built once more, from a copy of the project with a newer, made-up list."""

import made_book
import pytest


@pytest.fixture(scope="session")
def newer_project(tmp_path_factory):
    """Folder of the copied project."""
    project = tmp_path_factory.mktemp("project")
    made_book.make(project)
    return project


@pytest.fixture(scope="session")
def newer(newer_project):
    """Folder of the book built from it."""
    return newer_project / "_build/html"
