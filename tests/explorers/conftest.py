"""A small page that holds one explorer and nothing else, under the content policy of the book."""

import functools
import json
import re

import pytest

from section287g import explorers
from section287g.bench import serve
from section287g.sphinx_ext.policy import POLICY

PAGE = """<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>An explorer</title><link rel="icon" href="data:,"><link rel="stylesheet" href="explorers.css">{scripts}</head>
<body><main><h1>A page</h1><h2>A section</h2>{section}</main></body></html>"""


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
def alive(open_page, site_base):
    """A function that opens the page of an explorer (`address` after the file name) in a browser, alive."""

    def alive(name, address="", **options):
        page = open_page(f"{site_base}/{name}.html{address}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        return page

    return alive


@pytest.fixture
def altered(open_page, site, site_base):
    """A function that opens the page of an explorer after `alter(values)` has changed the embedded settings, data and words."""

    def altered(name, alter, **options):
        page = open_page(f"{site_base}/{write_page(site, name, f'{name}-altered.html', alter)}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        return page

    return altered


@pytest.fixture
def growth(alive):
    """A function that opens the growth page, alive."""
    return functools.partial(alive, "growth")


@pytest.fixture
def altered_growth(altered):
    """A function that opens the growth page with altered data, alive."""
    return functools.partial(altered, "growth")


def write_page(folder, explorer, name, alter=None):
    def image(svg, file):
        (folder / file).write_text(svg, encoding="utf-8")
        return file

    section = explorers.static_html(explorer, image=image)
    if alter:
        start, text, end = re.split(r'(?<=class="explorer-data">)(.*)(?=</script>)', section, flags=re.DOTALL)
        values = json.loads(text)
        alter(values)
        section = start + json.dumps(values).replace("<", "\\u003c") + end
    scripts = explorers.scripts(explorer)
    for file, text in {**scripts, "explorers.css": explorers.stylesheet()}.items():
        (folder / file).write_text(text, encoding="utf-8")
    tags = "".join(f'<script defer src="{file}"></script>' for file in scripts)
    (folder / name).write_text(PAGE.format(policy=POLICY, scripts=tags, section=section), encoding="utf-8")
    return name
