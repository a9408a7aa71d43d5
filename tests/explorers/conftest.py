"""A small page that holds one explorer and nothing else, under the content policy of the book."""

import json
import re

import pytest

from section287g import explorers
from section287g.bench import serve

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'self'"
)
PAGE = """<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>An explorer</title><link rel="icon" href="data:,"><link rel="stylesheet" href="explorers.css">{scripts}</head>
<body><main><h1>A page</h1><h2>A section</h2>{section}</main></body></html>"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Folder with the assets of the explorers and `growth.html`, the growth explorer at its start."""
    folder = tmp_path_factory.mktemp("site")
    write_page(folder, "growth.html")
    return folder


@pytest.fixture(scope="session")
def site_base(site):
    """Address of `site` on a server of this machine."""
    with serve(site) as base:
        yield base


@pytest.fixture
def growth(open_page, site_base):
    """A function that opens the growth page (`address` after the file name) in a browser, alive."""

    def growth(address="", **options):
        page = open_page(f"{site_base}/growth.html{address}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        return page

    return growth


@pytest.fixture
def altered_growth(open_page, site, site_base):
    """A function that opens the growth page after `alter(values)` has changed the embedded settings, data and words."""

    def altered_growth(alter, **options):
        page = open_page(f"{site_base}/{write_page(site, 'altered.html', alter)}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        return page

    return altered_growth


def write_page(folder, name, alter=None):
    def image(svg, file):
        (folder / file).write_text(svg, encoding="utf-8")
        return file

    section = explorers.static_html("growth", image=image)
    if alter:
        start, text, end = re.split(r'(?<=class="explorer-data">)(.*)(?=</script>)', section, flags=re.DOTALL)
        values = json.loads(text)
        alter(values)
        section = start + json.dumps(values).replace("<", "\\u003c") + end
    scripts = explorers.scripts("growth")
    for file, text in {**scripts, "explorers.css": explorers.stylesheet()}.items():
        (folder / file).write_text(text, encoding="utf-8")
    tags = "".join(f'<script defer src="{file}"></script>' for file in scripts)
    (folder / name).write_text(PAGE.format(policy=POLICY, scripts=tags, section=section), encoding="utf-8")
    return name
