"""The whole book as EPUB 3: the pages as XHTML with pictures, links and notes, and the parts as its table of
contents."""

from __future__ import annotations

import datetime as dt
import uuid
from html import escape
from itertools import groupby
from pathlib import Path

from bs4 import Tag

from section287g import zipped
from section287g.pack import pages
from section287g.words import _, language

STYLE = Path(__file__).parent / "epub.css"
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"><head><meta'
    ' charset="utf-8"/><title>{title}</title><link rel="stylesheet"'
    ' href="style.css"/></head><body>{body}</body></html>\n'
)
CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n<container version="1.0"'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:creator>{creator}</dc:creator>
<dc:rights>{rights}</dc:rights>
<dc:date>{date}</dc:date>
<meta property="dcterms:modified">{date}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">
{summary}</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css", ".xhtml": "application/xhtml+xml"}


def make(site: Path, date: dt.date) -> bytes:
    """The built book in ``site`` as EPUB, dated ``date``. The same book gives the same bytes."""
    book = pages.read(site)
    pictures: dict[str, bytes] = {}

    def image(file: str) -> str:
        address = f"images/{Path(file).name}"
        pictures[address] = (site / file).read_bytes()
        return address

    pages.connect(book, _address, image)
    texts = {_file(page.name): _xhtml(page) for page in book}
    title = escape(book[0].title)
    first = _file(book[0].name)
    texts[first] = texts[first].replace("</body>", f'<p class="dates">{escape(pages.data_dates(site))}</p></body>')
    files = {
        **texts,
        "nav.xhtml": XHTML.format(language=language(), title=title, body=_contents(book)),
        "style.css": STYLE.read_text(encoding="utf-8"),
    }
    package = PACKAGE.format(
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"287g-explained {date}"),
        language=language(),
        title=title,
        creator=escape(_("The contributors")),
        rights=escape(_("Text and tables: CC BY 4.0. Code: MIT.")),
        summary=escape(_("Pictures have alternative text, and most have a table with the same data.")),
        date=date,
        items="\n".join(_item(name, files.get(name, "")) for name in [*files, *pictures]),
        spine="\n".join(f'<itemref idref="{_id(name)}"/>' for name in texts),
    )
    contents = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": package,
        **{f"EPUB/{name}": text for name, text in files.items()},
    }
    return zipped.archive(
        {name: text.encode() for name, text in contents.items()}
        | {f"EPUB/{name}": data for name, data in pictures.items()},
        date,
        first={"mimetype": b"application/epub+zip"},
    )


def _file(page: str) -> str:
    return f"{page.replace('/', '-')}.xhtml"


def _address(page: str, name: str) -> str:
    return f"{_file(page)}#{name}" if name else _file(page)


def _xhtml(page: pages.Page) -> str:
    for note in page.body.select(".noteref"):
        note["epub:type"] = "noteref"
    for notes in page.body.select(".notes"):
        notes["epub:type"] = "endnotes"
    for drawing in page.body.select("svg"):
        _mend_svg(drawing)
    return XHTML.format(language=language(), title=escape(page.title), body=page.body.decode())


def _mend_svg(drawing: Tag) -> None:
    """XML wants the namespace, and the letter case that the HTML parser dropped."""
    drawing["xmlns"] = "http://www.w3.org/2000/svg"
    if "viewbox" in drawing.attrs:
        drawing["viewBox"] = drawing.attrs.pop("viewbox")


def _contents(book: list[pages.Page]) -> str:
    parts = []
    for part, group in groupby(book, key=lambda page: page.part):
        entries = "".join(f'<li><a href="{_file(page.name)}">{escape(page.title)}</a></li>' for page in group)
        parts.append(f"<li><span>{escape(part)}</span><ol>{entries}</ol></li>" if part else entries)
    title = escape(_("Contents"))
    return f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>{"".join(parts)}</ol></nav>'


def _item(name: str, text: str) -> str:
    """A line of the manifest: a file with its type, and what reading systems must know about its content."""
    properties = ["nav"] if name == "nav.xhtml" else ["svg"] if "<svg" in text else []
    marked = f' properties="{properties[0]}"' if properties else ""
    return f'<item id="{_id(name)}" href="{escape(name)}" media-type="{TYPES[Path(name).suffix]}"{marked}/>'


def _id(name: str) -> str:
    return "f-" + name.replace("/", "-")
