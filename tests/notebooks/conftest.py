"""A kernel that runs labs as JupyterLab does; it is started once, since loading pandas takes longer than a lab."""

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
    """The kernel with live controls, as JupyterLab has it; the book's build has pictures in their place."""
    setting = nbformat.v4.new_code_cell("import os\nos.environ['SECTION287G_BOOK'] = ''")
    kernel.run(nbformat.v4.new_notebook(cells=[setting]))
    return kernel
