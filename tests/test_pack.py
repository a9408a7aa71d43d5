"""The pack: what is in it, that it is the same each time, and that it opens from a disk without a network."""

import datetime as dt
import io
import re
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from book_pages import NAMES, PAGES
from explorer_pages import control, reveal, sentence
from pypdf import PdfReader

from section287g import building, handouts, pack, programs, tables, zipped
from section287g.__main__ import main
from section287g.labs import copies
from section287g.pack import epub, pages, pdf

LARGEST_PRINT = 11e6  # bytes
LARGEST = 25e6  # bytes: what fits into a mail or on an old stick
DAY = dt.date(2026, 5, 18)
MOST_PAGES = 520  # of the PDF; longer tables would have come in
SHEET = 650  # CSS pixels between the margins of a US Letter sheet
SLIDES = "book/teach/slides/"
ONLY_ON_SCREEN = (SLIDES, "book/teach/quiz")
IN_BOOK = [name for name in NAMES if not name.startswith(ONLY_ON_SCREEN)]


def in_a_thread(function, *arguments):
    """The result of a function that starts a browser of its own, which it cannot beside the one of the fixture
    `browser`."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


@pytest.fixture(scope="module")
def pack_folder(book_dir, tmp_path_factory):
    """A folder with the whole pack, made once by the command line (pack.zip), and what its PDF was printed from
    (print/book.html)."""
    folder = tmp_path_factory.mktemp("pack")
    one_page = pdf.one_page

    def one_page_kept(site, place):
        html = one_page(site, place)
        shutil.copytree(place, folder / "print")
        (folder / "print" / "book.html").write_text(html, encoding="utf-8")
        return html

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "one_page", one_page_kept)
        assert in_a_thread(main, ["pack", str(book_dir), str(folder / "pack.zip")]) == 0
    return folder


@pytest.fixture(scope="module")
def packed(pack_folder):
    """The whole pack as bytes."""
    return (pack_folder / "pack.zip").read_bytes()


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
    assert {
        f"site/_downloads/handouts/{paper}/{sheet}.pdf" for paper in handouts.PAPERS for sheet in handouts.sheets()
    } <= files
    labs = [source.name for source in copies.sources()]
    assert {f"labs/{kind}/{name}" for kind in ("students", "instructors") for name in labs} <= files
    assert {f"data/{tables.describe(name)['path']}" for name in tables.names()} <= files
    assert {"data/README.md", "data/datapackage.json"} <= files


def test_pack_is_small_enough_to_send(packed):
    assert len(packed) < LARGEST


def test_pack_leaves_out_what_only_sphinx_reads(unpacked):
    only_sphinx = (".buildinfo", "objects.inv", ".map", ".doctree", ".pickle")
    assert not [path for path in unpacked.rglob("*") if path.name.endswith(only_sphinx)]
    assert not (unpacked / "site" / "_sources").exists()


def test_pack_names_no_folder_of_this_machine(unpacked, ebook):
    contents = {path.name: path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    contents |= {name: ebook.read(name) for name in ebook.namelist()}
    own = [str(folder).encode() for folder in (programs.ROOT, unpacked.parent)] + [b"file://"]
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
    assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {
        ((2026, 5, 18, 0, 0, 0), 0o100644, 3)
    }


def test_pack_is_in_one_language(unpacked, book_dir):
    english = (unpacked / "site" / "book" / "surge" / "growth.html").read_text(encoding="utf-8")
    assert "hreflang" not in english and "language-switch" not in english and "og:locale:alternate" not in english
    assert "og:image" not in english and not (unpacked / "site/_images/shared").exists()  # for links on the web
    assert not [language for language in building.editions()[1:] if (unpacked / "site" / language).exists()]


def test_readme_says_what_is_where(unpacked):
    words = (unpacked / "README.txt").read_text(encoding="utf-8")
    named = re.findall(r"^  ([\w./-]+)   ", words, re.MULTILINE)
    assert "open-the-book.html" in named and not [name for name in named if not (unpacked / name).exists()]
    assert "ICE’s own lists to" in words and "CC BY 4.0" in words


# ---- from a disk, without a network


def test_way_in_needs_no_script(unpacked, open_page):
    page = open_page((unpacked / "open-the-book.html").as_uri(), javascript=False, offline=True)
    page.wait_for_url("**/site/book/index.html")
    assert page.locator("h1").inner_text().startswith("287(g), Explained")
    assert not page.outside


def test_book_works_from_a_disk(unpacked, open_page):
    """First page, an explorer, a question, a handout: as a teacher with a stick would go."""
    page = open_page((unpacked / "open-the-book.html").as_uri(), offline=True)
    page.wait_for_url("**/site/book/index.html")
    page.get_by_text("Contents", exact=True).click()
    page.get_by_role("navigation", name="Book").get_by_role("link", name="Growth", exact=True).click()
    page.wait_for_selector("section.explorer[data-ready]")
    reveal(page)
    national = sentence(page)
    control(page, "state").select_option("TX")
    assert sentence(page) != national and "Texas" in sentence(page)
    question = page.locator("fieldset.quiz").first
    question.locator("label").nth(int(question.get_attribute("data-answer"))).click()
    assert question.locator(".quiz-verdict").inner_text().startswith("Yes")
    page.get_by_text("Contents", exact=True).click()
    page.get_by_role("navigation", name="Book").get_by_role("link", name="Printables", exact=True).click()
    sheet = page.locator("article td a").first.evaluate("link => link.href")
    assert Path(unquote(urlsplit(sheet).path)).read_bytes().startswith(b"%PDF")
    assert not page.outside and not page.console_errors


# ---- the EPUB


def test_ebook_begins_as_readers_expect(ebook):
    first = ebook.infolist()[0]
    begins = first.filename, first.compress_type, ebook.read(first)
    assert begins == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")


def test_ebook_lists_all_its_files(ebook):
    package = ElementTree.fromstring(ebook.read("EPUB/package.opf"))
    listed = [item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")]
    kept = {name.removeprefix("EPUB/") for name in ebook.namelist() if name.startswith("EPUB/")} - {"package.opf"}
    assert len(listed) == len(set(listed)) and set(listed) == kept
    assert len(list(package.iter("{http://www.idpf.org/2007/opf}itemref"))) == len(IN_BOOK)


@pytest.fixture(scope="module")
def chapters(ebook):
    """File name -> parsed page. A page that is not well-formed raises ParseError."""
    return {
        PurePosixPath(name).name: ElementTree.fromstring(ebook.read(name))
        for name in ebook.namelist()
        if name.endswith(".xhtml")
    }


def test_ebook_links_lead_somewhere(ebook, chapters):
    ids = {name: {tag.get("id") for tag in root.iter() if tag.get("id")} for name, root in chapters.items()}
    broken = []
    for name, root in chapters.items():
        for tag in root.iter():
            for address in filter(None, (tag.get("href"), tag.get("src"))):
                parts = urlsplit(address)
                file = parts.path or name
                outside = ("http", "https") if tag.tag.endswith("}a") else ("data",)  # a picture must be in the book
                if parts.scheme in outside:
                    continue
                if f"EPUB/{file}" not in ebook.namelist() or (parts.fragment and parts.fragment not in ids[file]):
                    broken.append((name, address))
    assert not broken


def test_ebook_is_for_reading(chapters):
    used = {tag.tag.rpartition("}")[2] for root in chapters.values() for tag in root.iter()}
    assert not used & {"script", "input", "button", "details", "style", "form"}
    pictures = [tag for root in chapters.values() for tag in root.iter("{http://www.w3.org/1999/xhtml}img")]
    assert len(pictures) > 20 and all(picture.get("alt") for picture in pictures)
    assert not [picture.get("src") for picture in pictures if "-dark." in picture.get("src")]
    for name, root in chapters.items():
        ids = [tag.get("id") for tag in root.iter() if tag.get("id")]
        assert len(set(ids)) == len(ids), name


# ---- the PDF


def titles(outline):
    """Titles of all bookmarks, depth first."""
    for entry in outline:
        yield from titles(entry) if isinstance(entry, list) else [entry.title]


def test_print_has_every_page_as_a_bookmark(printed, chapters):
    files = [f"{name.replace('/', '-')}.xhtml" for name in IN_BOOK]
    wanted = {"".join(chapters[file].find(".//{http://www.w3.org/1999/xhtml}h1").itertext()) for file in files}
    assert len(wanted) == len(IN_BOOK) and wanted <= set(titles(printed.outline))


def test_print_is_tagged_dated_by_the_data_and_on_us_letter(printed):
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en"
    day = dt.datetime.fromtimestamp(building.source_date(), dt.UTC).date()
    assert printed.metadata.creation_date.date() == printed.metadata.modification_date.date() == day
    described = printed.xmp_metadata
    assert described.dc_title["x-default"] == printed.metadata.title and described.dc_language == ["en"]
    assert described.xmp_create_date.date() == day
    assert {(float(page.mediabox.width), float(page.mediabox.height)) for page in printed.pages} == {(612.0, 792.0)}
    assert len(printed.pages) < MOST_PAGES


def test_print_is_small_enough_for_a_mail(unpacked):
    assert (unpacked / "book.pdf").stat().st_size <= LARGEST_PRINT


def test_print_keeps_links(printed):
    targets = [annotation.get_object() for page in printed.pages for annotation in page.get("/Annots", [])]
    outside = [target["/A"]["/URI"] for target in targets if "/URI" in target.get("/A", {})]
    assert len(outside) > 100 and {urlsplit(address).scheme for address in outside} <= {"http", "https"}
    assert len(targets) - len(outside) > 1000  # notes, sources, other pages of the book


def test_print_fits_the_sheet(pack_folder, browser):
    """The browser would print all of the book smaller if anything were wider than the sheet, and cut what is hidden
    behind an edge."""
    page = browser.new_page(viewport={"width": SHEET, "height": 900})
    page.emulate_media(media="print")
    page.goto((pack_folder / "print" / "book.html").as_uri())
    wider = page.evaluate(
        """sheet => [...document.querySelectorAll("main :is(table, pre, img, p, li, figure, h1, h2, h3)")]
            .filter(element => element.getBoundingClientRect().right > sheet + 1)
            .map(element => element.textContent.slice(0, 60))""",
        SHEET,
    )
    page.close()
    assert not wider


def test_print_draws_the_models_as_lines(pack_folder, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto((pack_folder / "print" / "book.html").as_uri())
    drawn = page.locator(".models-drawn path:not(.wash)")
    fills = drawn.evaluate_all("paths => paths.map(path => getComputedStyle(path).fill)")
    page.close()
    assert set(fills) == {"none"}


# ---- a small book


MENU = (
    '<div class="menu-pages"><a href="#">Start</a><p class="caption"><span>Part</span></p><ul><li><a'
    ' href="part/two.html">Two</a></li><li><a href="deck.html">Deck</a></li></ul></div>'
)
TWO = """
<h1>Two<a class="headerlink" href="#two">#</a></h1>
<p>In all
<span class="noted fact"><button popovertarget="n0">1,843</button>
<span class="note-box" id="n0" popover>Rows of a list.</span></span> and again
<span class="noted fact"><button popovertarget="n1">1,843</button>
<span class="note-box" id="n1" popover>Rows of a list.</span></span>.</p>
<p><a href="../index.html#here">There</a>, <a href="../index.html#gone">gone</a>,
<a href="#explorer-x?state=TX">view</a>,
<a href="https://example.org/">outside</a>,
<a href="../../_downloads/t.csv" download>t.csv</a>, <a href="../../_downloads/handouts/a4/x.pdf">A4</a>,
<a href="../deck.html">Slides</a></p>
<section class="explorer" id="explorer-x"><script type="application/json">{"a": 1}</script>
<img class="only-light" src="../../_images/a-light.svg" alt="A">
<img class="only-dark" src="../../_images/a-dark.svg" alt="A"></section>
<fieldset class="quiz" id="q-1" data-answer="1"><legend><b>1.</b> Which?</legend>
<label><input type="radio"><b>A.</b> This.</label><label><input type="radio"><b>B.</b> That.</label>
<p class="quiz-verdict"></p><details><summary>Answer to 1</summary><p><b>B.</b> Because.</p></details></fieldset>
<details class="fold"><summary>Short</summary><table><tbody><tr><td>1</td></tr></tbody></table></details>
<details class="fold"><summary>Long</summary><table><tbody>%s</tbody></table></details>
""" % ("<tr><td>1</td></tr>" * 2000)


@pytest.fixture
def small_site(tmp_path):
    """A built book of two pages and a deck of slides."""
    foot = '<footer class="foot"><p>Data: to May 18, 2026.</p></footer>'
    files = {
        "index.html": '<a href="book/index.html">Open</a>',
        "book/index.html": f'<body>{MENU}<article><h1>Small</h1><p id="here">Here.</p></article>{foot}</body>',
        "book/part/two.html": f"<body><article>{TWO}</article>{foot}</body>",
        "book/deck.html": '<body class="deck"><article><h1>Deck</h1></article></body>',
        "_images/a-light.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>',
        "_static/book.css": "body { margin: 0 }",
    }
    for name, text in files.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    return tmp_path / "site"


def second_page(site):
    """The page Two as it is read, and with links and pictures named by simple addresses."""
    book = pages.read(site)
    pages.connect(book, lambda page, name: f"{page}|{name}", lambda file: f"picture:{file}")
    return book[1]


def test_pages_come_in_the_menus_order_without_slides(small_site):
    assert [(page.name, page.part, page.title) for page in pages.read(small_site)] == [
        ("book/index", "", "Small"),
        ("book/part/two", "Part", "Two"),
    ]
    assert pages.first(small_site).title == "Small"
    assert pages.data_dates(small_site) == "Data: to May 18, 2026."


def test_notes_stand_once_at_the_end(small_site):
    body = second_page(small_site).body
    assert [link["href"] for link in body.select(".noteref")] == ["book/part/two|note-1"] * 2
    assert [note.get_text() for note in body.select(".notes li")] == ["1,843: Rows of a list."]


def test_answers_stand_at_the_end(small_site):
    body = second_page(small_site).body
    assert [line.get_text() for line in body.select(".quiz p")] == ["1. Which?", "A. This.", "B. That.", "Answer"]
    assert body.select_one(".to-answer a")["href"] == "book/part/two|answer-q-1"
    assert body.select_one(".answers #answer-q-1").get_text() == "1. B. Because."


def test_folds_stand_open_and_long_tables_say_where_they_are(small_site):
    short, long = second_page(small_site).body.select(".unfolded")
    assert short.get_text(" ", strip=True) == "Short 1"
    said = "Long This table has 2,000 rows. It is on the website: site/book/part/two.html"
    assert long.get_text(" ", strip=True) == said


def test_links_and_pictures_keep_their_aim(small_site):
    body = second_page(small_site).body
    links = [link["href"] for link in body.select("p a:not(.noteref, .to-answer a, .answers a)")]
    assert links == ["book/index|here", "book/index|", "book/part/two|explorer-x", "https://example.org/"]
    assert body.select_one("p code").get_text() == "site/_downloads/handouts/a4/x.pdf"
    assert "t.csv" in body.get_text() and "Slides" in body.get_text()
    assert [picture["src"] for picture in body.select("img")] == ["picture:_images/a-light.svg"]
    assert not body.select("script, .headerlink")


def test_second_print_is_the_same(small_site):
    assert in_a_thread(pdf.make, small_site, DAY) == in_a_thread(pdf.make, small_site, DAY)


def test_tags_of_a_print_do_not_depend_on_what_the_browser_did_before():
    tags = b"/ID (node%08d) /Headers [(node%08d) (node%08d)] (node 5)"
    one, other = pdf._numbered(tags % (171, 165, 171)), pdf._numbered(tags % (170, 164, 170))
    assert one == other == tags % (2, 1, 2)


def test_second_ebook_is_the_same(small_site):
    assert epub.make(small_site, DAY) == epub.make(small_site, DAY)
