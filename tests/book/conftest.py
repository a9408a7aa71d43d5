"""The book built once more, from a copy of the project with a newer, made-up list."""

import filelock
import made_book
import pytest


@pytest.fixture(scope="session")
def newer_project(tmp_path_factory, worker_id):
    """Folder of the copied project. Tests that run side by side in several processes share one."""
    ours = tmp_path_factory.getbasetemp()
    project = (ours if worker_id == "master" else ours.parent) / "newer-project"
    with filelock.FileLock(project.with_suffix(".lock")):
        if not (project / "_build/html/index.html").exists():
            made_book.make(project)
    return project


@pytest.fixture(scope="session")
def newer(newer_project):
    """Folder of the book built from it."""
    return newer_project / "_build/html"
