"""A kernel that runs labs as JupyterLab and as the book do; it is started once, since loading pandas takes longer than
a lab."""

import nbformat
import pytest

from section287g.labs import copies
from section287g.sphinx_ext.labs import Kernel


@pytest.fixture(scope="session")
def kernel():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(copies.SOURCES.parent))
        kernel = Kernel(copies.SOURCES)
    yield kernel
    kernel.stop()


@pytest.fixture(scope="session")
def live_kernel(kernel):
    """The kernel, with live controls."""
    return In(kernel, book="")


@pytest.fixture(scope="session")
def book_kernel(kernel):
    """The kernel as the book's build has it: pictures and no controls."""
    return In(kernel, book="1")


class In:
    """A kernel told before each run whether the notebook is for the book."""

    def __init__(self, kernel, book):
        self.kernel, self.book = kernel, book

    def run(self, notebook):
        setting = nbformat.v4.new_code_cell(f"import os\nos.environ['SECTION287G_BOOK'] = {self.book!r}")
        self.kernel.run(nbformat.v4.new_notebook(cells=[setting]))
        self.kernel.run(notebook)
