"""Everything in one zip for people without Python or a network: website, PDF, EPUB, handouts, labs and data.

The same book gives the same bytes, with the same browser and fonts for the PDF.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from html import escape
from pathlib import Path

from section287g import building, programs, tables, zipped
from section287g.labs import copies
from section287g.pack import epub, pages, pdf, readme
from section287g.words import _, language

FOLDER = "287g-explained"  # in the zip
LICENSES = ("LICENSE", "LICENSE-DATA.md", "LICENSE-TEXT.md")
LEFT_OUT = (".buildinfo", "objects.inv", ".map")  # what only Sphinx and programmers read
# What stands on a page for readers on the web alone: the ways to the same page in another language, and its picture
# where a link to it is shared (book/_templates: editions.html, language-switch.html, sharing.html).
ON_THE_WEB = re.compile(
    rb'<link rel="alternate" hreflang=[^>]*>\s*|<meta property="og:(?:locale:alternate|image[^"]*)"[^>]*>\s*'
    rb'|<meta name="twitter:card"[^>]*>\s*|<a class="language-switch".*?</a>\s*'
    rb'|<script defer src="[^"]*language-switch\.js"></script>\s*',
    re.DOTALL,
)
WAY_IN = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="refresh" content="0;'
    ' url={address}">\n<title>{title}</title>\n</head>\n<body>\n<main><h1>{title}</h1><p><a'
    ' href="{address}">{words}</a></p></main>\n</body>\n</html>\n'
)


def make(site: Path) -> bytes:
    """The zip made from the built book in ``site``, in the book's language only: small enough to send. Raises
    playwright's Error if no browser can be started."""
    date = dt.datetime.fromtimestamp(building.source_date(), dt.UTC).date()
    own = site / building.folder_of(language())
    first = pages.first(own)
    files = {
        "open-the-book.html": _way_in(first).encode(),
        "README.txt": _readme(first.title, pages.data_dates(own)).encode(),
        "book.pdf": pdf.make(own, date),
        "book.epub": epub.make(own, date),
        **_labs(),
        **{f"licenses/{name}": (programs.ROOT / name).read_bytes() for name in LICENSES},
        **_below("data/", tables.DATA),
        **_below("questions/", own / "_downloads" / "questions"),
        **_edition(own, [own / other for other in building.editions()[1:]]),
    }
    return zipped.archive({f"{FOLDER}/{name}": content for name, content in files.items()}, date)


def _way_in(first: pages.Page) -> str:
    """The page at the top of the pack, which opens the book."""
    words = escape(_("Open the book"))
    return WAY_IN.format(
        language=language(), address=f"{pages.places()['']}{first.name}.html", title=escape(first.title), words=words
    )


def _readme(title: str, dates: str) -> str:
    """The words for the person who unpacks the zip, with Windows' line ends, which every editor shows."""
    return readme.text(title, dates).replace("\n", "\r\n")


def _edition(own: Path, others: list[Path]) -> dict[str, bytes]:
    """The files of the site in one language, whose pages offer no other, for readers without a web."""
    return {
        name: ON_THE_WEB.sub(b"", content) if name.endswith(".html") else content
        for name, content in _below("site/", own).items()
        if not name.startswith(f"site/{building.SHARED}/")  # nobody follows a link on the web from a disk
        and not any((own / name.removeprefix("site/")).is_relative_to(other) for other in others)
    }


def _below(place: str, folder: Path) -> dict[str, bytes]:
    """The files of a folder, by their names in the pack."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(LEFT_OUT))
    return {f"{place}{path.relative_to(folder).as_posix()}": path.read_bytes() for path in found}


def _labs() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        copies.write(Path(folder))
        return _below("labs/", Path(folder))
