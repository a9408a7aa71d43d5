"""The pages of the book, from its table of contents."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup

from section287g import building

ROOT = Path(__file__).resolve().parents[1]


def _files(entry):
    """All files named in a table of contents, depth first."""
    if isinstance(entry, dict):
        if "file" in entry:
            yield entry["file"]
        for value in entry.values():
            yield from _files(value)
    elif isinstance(entry, list):
        for item in entry:
            yield from _files(item)


TOC = yaml.safe_load((ROOT / "book/_toc.yml").read_text(encoding="utf-8"))
NAMES = [TOC["root"], *_files(TOC)]
SLIDES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "book/teach/slides/parts").glob("*.md")
)  # shown on pages
PAGES = [f"{name}.html" for name in NAMES]  # addresses below the built book
EDITIONS = ["", *(f"{language}/" for language in building.editions()[1:])]  # the folder there of each language
# The pages of single places are all alike and made by one block: tests/book/test_places.py looks at them.
PLACES = sorted(f"book/places/{path.stem}.html" for path in (ROOT / "book/places").glob("*.md") if path.stem != "index")


def parsed(path):
    """A page in a file, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


PANEL = "\n\n```{sources}\n```\n"  # what a page that cites needs at its end


def cells(element):
    """Texts of the cells of its tables, row by row, without heads."""
    return [[cell.get_text() for cell in row.select("th, td")] for row in element.select("tbody tr")]


COMPRESSED = {".html", ".css", ".js", ".svg", ".json"}


def weights(book_dir, urls):
    """Path of each file of the book that was asked for -> bytes on the wire: text compressed, all else as it is."""
    names = dict.fromkeys(urlsplit(url).path.lstrip("/") for url in urls)
    return {name: _weight(book_dir / name) for name in names}


def _weight(file):
    return len(gzip.compress(file.read_bytes(), 6)) if file.suffix in COMPRESSED else file.stat().st_size


def source(name):
    """The page's own file: Markdown or a notebook."""
    return next(path for path in (ROOT / f"{name}.md", ROOT / f"{name}.ipynb") if path.exists())


def wait_until(page, holds):
    """Wait until a JavaScript expression holds; the page's policy forbids Playwright's own way, which evaluates text in
    it."""
    for _ in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {holds}")
