"""A small page that holds one explorer and nothing else, under the content policy of the book."""

import contextlib
import json
import re

import nbformat
import pytest
from explorer_pages import reveal, whole
from jupyterlab_server import end_kernels, open_in_lab

from section287g import explorers
from section287g.bench.pages import serve
from section287g.bench.peers import write_explorer_page


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Folder with the assets of the explorers and a page for each, `growth.html` and so on, at its start."""
    folder = tmp_path_factory.mktemp("site")
    for name in explorers.names():
        write_page(folder, name, f"{name}.html")
    return folder


@pytest.fixture(scope="session")
def site_base(site):
    """Address of `site` on a server of this machine."""
    with serve(site) as base:
        yield base


@pytest.fixture
def asking(open_page, site_base):
    """A function that opens the page of an explorer (`address` after the file name) as a reader meets it."""

    def asking(name, address="", **options):
        page = open_page(f"{site_base}/{name}.html{address}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        return page

    return asking


@pytest.fixture
def alive(asking):
    """A function that opens the page of an explorer with its guess skipped and its folds open."""

    def alive(name, address="", **options):
        page = asking(name, address, **options)
        reveal(page)
        return page

    return alive


@pytest.fixture
def open_notebook(open_page, jupyterlab):
    """A function that shows a new notebook with these code cells in JupyterLab, its kernel ready, while the block
    runs."""
    address, folder = jupyterlab

    @contextlib.contextmanager
    def open_notebook(cells):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, folder / "notebook.ipynb")
        try:
            yield open_in_lab(open_page, address, "notebook.ipynb", height=1600)
        finally:
            end_kernels(address)

    return open_notebook


@pytest.fixture
def altered(alive, site):
    """A function that opens the page of an explorer after `alter(values)` has changed the embedded settings, data and
    words."""

    def altered(name, alter, **options):
        write_page(site, name, f"{name}-altered.html", alter)
        return alive(f"{name}-altered", **options)

    return altered


def write_page(folder, explorer, name, alter=None):
    def image(svg, file):
        (folder / file).write_text(svg, encoding="utf-8")
        return file

    section = explorers.static_html(explorer, image=image)
    if alter:
        start, _, end = re.split(r'(?<=class="explorer-data">)(.*)(?=</script>)', section, flags=re.DOTALL)
        values = whole(section)
        alter(values)
        section = start + json.dumps(values).replace("<", "\\u003c") + end
    write_explorer_page(folder, name, explorer, section)
