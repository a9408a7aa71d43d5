"""The built pages of places: one sheet of paper, weight, barriers, and the address of each county.

Each page is opened once, one after the other in one browser; tests/test_places.py holds what they say.
"""

import gzip
import io
import re
from pathlib import PurePosixPath

import accessible
import pytest
from book_pages import PLACES, parsed
from pypdf import PdfReader

from section287g import places

MOST_BYTES = 60_000  # of a first load, text compressed
INDEX, TEXAS = "book/places/index.html", "book/places/texas.html"


def address(book_dir, page):
    return (book_dir / page).as_uri()


def weight(book_dir, page):
    """Bytes of a page and of all that it loads, text compressed."""
    soup = parsed(book_dir / page)
    loaded = [tag.get("src") or tag["href"] for tag in soup.select("script[src], link[rel=stylesheet], link[rel=icon]")]
    files = [book_dir / page, *((book_dir / page).parent / name.partition("?")[0] for name in loaded)]
    fonts = (book_dir / "_static/fonts").glob("*.woff2")
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) + sum(font.stat().st_size for font in fonts)


def test_all_pages_print_on_one_sheet_and_have_no_barriers(book_dir, http_base, browser, axe_violations):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    errors = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    found = {}
    for name in PLACES:
        page.goto(f"{http_base}/{name}")
        sheets = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages)
        barriers = [f"{sheets} sheets"] if sheets != 1 else []
        barriers += accessible.headings(page) + accessible.names(page) + accessible.reflow(page)
        accessible.shorten(page)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        barriers += axe_violations(page, options=accessible.STRUCTURE)
        size = weight(book_dir, name)
        barriers += [f"{size} bytes"] if size > MOST_BYTES else []
        if barriers:
            found[name] = barriers
    page.close()
    assert found == {} and errors == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["texas", "minnesota", "california"])
def test_every_color_can_be_read(open_page, book_dir, axe_violations, name, dark):
    page = open_page(address(book_dir, f"book/places/{name}.html"), dark=dark)
    page.get_by_role("button", name="Open all").click()
    accessible.shorten(page)
    assert axe_violations(page, options=accessible.CONTRAST) == []


def test_links_lead_somewhere_and_ids_are_unique(book_dir):
    for name in PLACES:
        soup = parsed(book_dir / name)
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), name
        for link in soup.select("main a[href]"):
            path, _, anchor = link["href"].partition("#")
            if re.match("https?:", path):
                continue
            assert (book_dir / PurePosixPath(name).parent / path).resolve().exists(), (name, path)
            assert path or not anchor or anchor in ids, (name, anchor)


def test_the_list_leads_to_all_of_them(book_dir):
    soup = parsed(book_dir / INDEX)
    links = [link["href"] for link in soup.select("main table th a[href]")]
    assert sorted(f"book/places/{link}" for link in links) == PLACES and len(links) == 56


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("county", "words"),
    [("collin-county", "One agreement on ICE’s list of May 18, 2026"), ("loving-county", "No agreement on ICE’s list")],
)
def test_a_county_has_an_address_of_its_own(open_page, book_dir, county, words, javascript):
    page = open_page(
        f"{address(book_dir, TEXAS)}#{county}", width=360, height=740, javascript=javascript, reduced_motion="reduce"
    )
    answer = page.locator(f"#{county} p")
    answer.wait_for()
    assert words in answer.inner_text()
    assert 0 < answer.bounding_box()["y"] < 740


def test_a_county_opens_by_keyboard_and_all_by_a_button(open_page, book_dir):
    page = open_page(address(book_dir, TEXAS))
    page.locator("#collin-county summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#collin-county p").is_visible()
    page.get_by_role("button", name="Open all").click()
    assert page.locator("#zavala-county p").is_visible()
    page.get_by_role("button", name="Close all").click()
    assert not page.locator("#collin-county p").is_visible()


@pytest.mark.parametrize("page", ["surge/where", "surge/find", "debate/states"])
def test_rows_of_states_lead_to_their_pages(book_dir, page):
    file = book_dir / f"book/{page}.html"
    rows = parsed(file).select(".explorer-still th[scope=row] a")
    named = {link.get_text(): (file.parent / link["href"]).resolve() for link in rows}
    known = set(places.names().values())
    assert len(named) > 40 and set(named) <= known and all(target.exists() for target in named.values())


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("surge/where.html#explorer-map?state=TX", "texas.html"),
        ("debate/states.html#explorer-states?state=TX", "texas.html"),
        ("surge/find.html#explorer-finder?search=Collin+County+TX", "texas.html#collin-county"),
    ],
)
def test_explorers_lead_to_the_page_of_a_place(open_page, http_base, address, place):
    page = open_page(f"{http_base}/book/{address}")
    page.locator(".explorer-live").locator(f"a[href$='{place}']").last.click()
    page.wait_for_url(f"**/book/places/{place}")
