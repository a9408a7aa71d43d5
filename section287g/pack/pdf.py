"""The whole book as one PDF, printed by a browser: tagged, with bookmarks, links and page numbers, and no date of its
making."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import tempfile
from html import escape
from pathlib import Path

import pikepdf
from bs4 import Tag

from section287g.browser import open_browser
from section287g.handouts import packed
from section287g.pack import pages
from section287g.words import _, fill, language

STYLE = Path(__file__).parent / "paper.css"
SITE_STYLES = ("palette.css", "book.css", "front.css", "explorers/explorers.css", "explorers/*.css")
FONTS = "_static/fonts"  # where book.css has them
_NODES = re.compile(rb"\(node(\d{8})\)")  # names that the browser gives to cells of tables in the tags
FOOT = '<div style="width: 100%; font: 8pt sans-serif; color: #555; text-align: center">{words}</div>'


def make(site: Path, date: dt.date) -> bytes:
    """The built book in ``site`` as PDF on US Letter, dated ``date``.

    The same book gives the same bytes with the same browser and fonts. Raises playwright's Error if no browser can be
    started.
    """
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.html"
        book.write_text(one_page(site, Path(folder)), encoding="utf-8")
        return _finished(_numbered(_print(book)), date, pages.data_dates(site))


def one_page(site: Path, folder: Path) -> str:
    """The book as one page of HTML; what it shows and its stylesheets are copied to ``folder``."""
    book = pages.read(site)
    pages.connect(book, _anchor, lambda file: shutil.copy(site / file, folder) and Path(file).name)
    for page in book:
        _make_unique(page)
    found = [file for names in SITE_STYLES for file in sorted((site / "_static").glob(names))]
    for file in (*found, STYLE):
        shutil.copy(file, folder)
    if (site / FONTS).exists():
        shutil.copytree(site / FONTS, folder / "fonts")
    names = dict.fromkeys(file.name for file in (*found, STYLE))
    styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in names)
    title = escape(book[0].title)
    content = f"{_front(book, pages.data_dates(site))}{''.join(_parts(book))}"
    return (
        f'<!DOCTYPE html><html lang="{language()}" data-theme="light"><head><meta'
        f' charset="utf-8"><title>{title}</title>{styles}</head><body><main>{content}</main></body></html>'
    )


def _anchor(page: str, name: str) -> str:
    return f"#{_prefixed(page, name)}"


def _prefixed(page: str, name: str) -> str:
    """An id of one page as it is called among all pages; the page's own without ``name``."""
    return f"{page.replace('/', '-')}--{name}"


def _make_unique(page: pages.Page) -> None:
    """Give the ids of a page the page's name, and its headings one level less below the part's."""
    for tag in page.body.select("[id]"):
        tag["id"] = _prefixed(page.name, tag["id"])
    page.body["id"] = _prefixed(page.name, "")
    page.body["class"] = "page"
    if page.part:
        for heading in page.body.find_all(["h1", "h2", "h3", "h4", "h5"]):
            _lower(heading)


def _lower(heading: Tag) -> None:
    heading.name = f"h{int(heading.name[1]) + 1}"


def _front(book: list[pages.Page], dates: str) -> str:
    """Title page and contents."""
    entries, part = [], ""
    for page in book[1:]:
        if page.part != part:
            part = page.part
            entries.append(f'<p class="contents-part">{escape(part)}</p>')
        entries.append(f'<p class="contents-page"><a href="{_anchor(page.name, "")}">{escape(page.title)}</a></p>')
    purpose = _("The whole book, for reading without a network.")
    explorers = fill(
        _(
            "Explorers stand here in their first view. The website in the same pack, which opens with {file}, shows all"
            " the others. Text and tables: CC BY 4.0. Code: MIT."
        ),
        file="<code>open-the-book.html</code>",
    )
    return (
        f'<section class="front"><p class="front-title">{escape(book[0].title)}</p>'
        f"<p>{purpose}</p><p>{escape(dates)}</p><p>{explorers}</p>"
        f'<nav class="contents">{"".join(entries)}</nav></section>'
    )


def _parts(book: list[pages.Page]) -> list[str]:
    """The pages as HTML, each part under its name."""
    texts, part = [], ""
    for page in book:
        if page.part != part:
            part = page.part
            texts.append(f'<h1 class="part">{escape(part)}</h1>')
        texts.append(page.body.decode())
    return texts


def _print(book: Path) -> bytes:
    with open_browser() as browser:
        page = browser.new_page(java_script_enabled=False)
        page.goto(book.as_uri(), wait_until="load")
        title = escape(page.title())
        printed = page.pdf(
            format="Letter",
            margin={"top": "18mm", "bottom": "20mm", "left": "22mm", "right": "22mm"},
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOT.format(
                words=fill(_("{title} · page {n}"), title=title, n='<span class="pageNumber"></span>')
            ),
            outline=True,
            tagged=True,
        )
    return printed


def _finished(printed: bytes, date: dt.date, description: str) -> bytes:
    """The PDF dated ``date``, with what it is in XMP too, and packed: a third of its weight, still tagged."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        _share_images(document)
        day = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        for name in ("/CreationDate", "/ModDate"):
            document.docinfo[name] = pikepdf.models.metadata.encode_pdf_date(day)
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = str(document.docinfo["/Title"])
            metadata["dc:language"] = {language()}
            metadata["dc:description"] = description
            metadata["dc:rights"] = "CC BY 4.0"
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = day.isoformat()
        return packed(document)


def _share_images(document: pikepdf.Pdf) -> None:
    """Keep one copy of each image: the browser writes an image anew for every page that shows it."""
    first: dict[tuple, pikepdf.Object] = {}
    for holder in document.objects:
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
            continue
        resources = holder.get("/Resources", holder)
        images = resources.get("/XObject", {}) if isinstance(resources, pikepdf.Dictionary) else {}
        for name, image in list(images.items()):
            if image.get("/Subtype") == "/Image":
                images[name] = first.setdefault(_content(image), image)


def _content(image: pikepdf.Object) -> tuple:
    """What makes two images the same: their bytes and settings, and those of their masks."""
    settings = {key: value for key, value in image.items() if key != "/SMask"}
    mask = _content(image.SMask) if "/SMask" in image else ()
    return image.read_raw_bytes(), repr(sorted(settings.items())), mask


def _numbered(printed: bytes) -> bytes:
    """The PDF with its tagged nodes numbered from one in the order of their numbers.

    The browser counts on from what it has made before, which differs from run to run; the order does not. Lengths stay.
    """
    numbers = {number: place for place, number in enumerate(sorted(set(_NODES.findall(printed))), 1)}
    return _NODES.sub(lambda match: b"(node%08d)" % numbers[match[1]], printed)
