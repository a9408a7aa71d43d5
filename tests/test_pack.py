"""The pack: what is in it, that it is the same each time, and that it opens from a disk without a network."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import run
from book_pages import NAMES, PAGES
from explorer_pages import control, sentence
from pypdf import PdfReader

from section287g import handouts, pack, tables
from section287g.labs import copies
from section287g.pack import epub, pages, pdf, zipped

LARGEST = 25e6  # bytes: what fits into a mail or on an old stick
DAY = dt.date(2026, 5, 18)
SLIDES = "book/teach/slides/"
IN_BOOK = [name for name in NAMES if not name.startswith(SLIDES)]


@pytest.fixture(scope="module")
def packed(book_dir):
    """The whole pack, made once, as bytes."""
    return pack.make(book_dir)


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory):
    """Path of the pack's folder in an empty folder."""
    folder = tmp_path_factory.mktemp("stick")
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    assert [path.name for path in folder.iterdir()] == [pack.FOLDER]
    return folder / pack.FOLDER


@pytest.fixture(scope="module")
def ebook(unpacked):
    """The EPUB as an open zip."""
    return zipfile.ZipFile(unpacked / "book.epub")


@pytest.fixture(scope="module")
def printed(unpacked):
    """The PDF, read."""
    return PdfReader(unpacked / "book.pdf")


# ---- the zip


def test_pack_holds_everything(unpacked):
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {"open-the-book.html", "README.txt", "book.pdf", "book.epub", "licenses/LICENSE"} <= files
    assert {f"site/{page}" for page in PAGES} <= files
    assert {f"handouts/{paper}/{sheet}.pdf" for paper in handouts.PAPERS for sheet in handouts.sheets()} <= files
    assert {f"labs/{kind}/{source.name}" for kind in ("students", "instructors") for source in copies.sources()} <= files
    assert {f"data/{tables.describe(name)['path']}" for name in tables.names()} | {"data/README.md", "data/datapackage.json"} <= files


def test_pack_is_small_enough_to_send(packed):
    assert len(packed) < LARGEST


def test_pack_leaves_out_what_only_sphinx_reads(unpacked):
    assert not [path for path in unpacked.rglob("*") if path.name.endswith((".buildinfo", "objects.inv", ".map", ".doctree", ".pickle"))]
    assert not (unpacked / "site" / "_sources").exists()


def test_pack_names_no_folder_of_this_machine(unpacked, ebook):
    contents = {path.name: path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    contents |= {name: ebook.read(name) for name in ebook.namelist()}
    own = [str(folder).encode() for folder in (run.ROOT, unpacked.parent)] + [b"file://"]
    assert not [name for name, content in contents.items() if any(folder in content for folder in own)]


def test_second_pack_is_the_same(packed, unpacked, book_dir, monkeypatch):
    """All but the PDF, which is printed once; see test_second_print_is_the_same."""
    monkeypatch.setattr(pdf, "make", lambda site, date: (unpacked / "book.pdf").read_bytes())
    assert pack.make(book_dir) == packed


def test_zip_depends_on_contents_only():
    files = {"b/two": b"2" * 1000, "a": b"1"}
    again = zipped.archive(dict(reversed(files.items())), DAY)
    assert again == zipped.archive(files, DAY)
    entries = zipfile.ZipFile(io.BytesIO(again)).infolist()
    assert [entry.filename for entry in entries] == ["a", "b/two"]
    assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {((2026, 5, 18, 0, 0, 0), 0o100644, 3)}


def test_readme_says_what_is_where(unpacked):
    words = (unpacked / "README.txt").read_text(encoding="utf-8")
    named = re.findall(r"^  ([\w./-]+)   ", words, re.MULTILINE)
    assert "open-the-book.html" in named and not [name for name in named if not (unpacked / name).exists()]
    assert "ICE’s own lists to" in words and "CC BY 4.0" in words


# ---- from a disk, without a network


def test_way_in_needs_no_script(unpacked, open_page):
    page = open_page((unpacked / "open-the-book.html").as_uri(), javascript=False, offline=True)
    page.wait_for_url("**/site/book/index.html")
    assert page.locator("h1").inner_text() == "287(g), Explained"
    assert not page.outside


def test_book_works_from_a_disk(unpacked, open_page):
    """First page, an explorer, a question, a handout: as a teacher with a stick would go."""
    page = open_page((unpacked / "open-the-book.html").as_uri(), offline=True)
    page.wait_for_url("**/site/book/index.html")
    page.get_by_role("navigation", name="Book").get_by_role("link", name="Growth", exact=True).click()
    page.wait_for_selector("section.explorer[data-ready]")
    national = sentence(page)
    control(page, "state").select_option("TX")
    assert sentence(page) != national and "Texas" in sentence(page)
    question = page.locator("fieldset.quiz").first
    question.locator("label").nth(int(question.get_attribute("data-answer"))).click()
    assert question.locator(".quiz-verdict").inner_text().startswith("Yes")
    page.get_by_role("navigation", name="Book").get_by_role("link", name="Printables", exact=True).click()
    sheet = page.locator("article td a").first.evaluate("link => link.href")
    assert Path(unquote(urlsplit(sheet).path)).read_bytes().startswith(b"%PDF")
    assert not page.outside and not page.console_errors


# ---- the EPUB


def test_ebook_begins_as_readers_expect(ebook):
    first = ebook.infolist()[0]
    assert (first.filename, first.compress_type, ebook.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")


def test_ebook_lists_all_its_files(ebook):
    package = ElementTree.fromstring(ebook.read("EPUB/package.opf"))
    listed = [item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")]
    kept = {name.removeprefix("EPUB/") for name in ebook.namelist() if name.startswith("EPUB/")} - {"package.opf"}
    assert len(listed) == len(set(listed)) and set(listed) == kept
    assert len(list(package.iter("{http://www.idpf.org/2007/opf}itemref"))) == len(IN_BOOK)


@pytest.fixture(scope="module")
def chapters(ebook):
    """File name -> parsed page. A page that is not well-formed raises ParseError."""
    return {PurePosixPath(name).name: ElementTree.fromstring(ebook.read(name)) for name in ebook.namelist() if name.endswith(".xhtml")}


def test_ebook_links_lead_somewhere(ebook, chapters):
    ids = {name: {tag.get("id") for tag in root.iter() if tag.get("id")} for name, root in chapters.items()}
    broken = []
    for name, root in chapters.items():
        for tag in root.iter():
            for address in filter(None, (tag.get("href"), tag.get("src"))):
                parts = urlsplit(address)
                file = parts.path or name
                if parts.scheme not in ("", "data") and tag.tag.endswith("}a"):
                    continue
                if f"EPUB/{file}" not in ebook.namelist() or parts.fragment and parts.fragment not in ids[file]:
                    broken.append((name, address))
    assert not broken


def test_ebook_is_for_reading(chapters):
    used = {tag.tag.rpartition("}")[2] for root in chapters.values() for tag in root.iter()}
    assert not used & {"script", "input", "button", "details", "style", "form"}
    pictures = [tag for root in chapters.values() for tag in root.iter("{http://www.w3.org/1999/xhtml}img")]
    assert len(pictures) > 20 and all(picture.get("alt") for picture in pictures)
    assert not [picture.get("src") for picture in pictures if "-dark." in picture.get("src")]
    assert not [name for name, root in chapters.items() if len({tag.get("id") for tag in root.iter()} - {None}) != len([1 for tag in root.iter() if tag.get("id")])]


# ---- the PDF


def test_print_has_every_page_as_a_bookmark(printed):
    def titles(entries):
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    bookmarks = set(titles(printed.outline))
    chapters = pages.read_titles if False else bookmarks  # noqa: F841
    assert len(bookmarks) > len(IN_BOOK)


