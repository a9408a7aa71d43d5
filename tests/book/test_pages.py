"""Every built page as a file: policy, links, headings, pictures."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from book_pages import PAGES, parsed
from bs4 import BeautifulSoup

from section287g.sphinx_ext.policy import POLICY

every_page = pytest.mark.parametrize("address", [*PAGES, "search.html"])


@cache
def parse(path: Path) -> BeautifulSoup:
    return parsed(path)


@every_page
def test_strict_policy_stands_before_anything_it_governs(book_dir, address):
    head = parse(book_dir / address).head
    metas = list(head.find_all(True, recursive=False))[:2]
    assert metas[0].get("charset") and metas[1]["http-equiv"] == "Content-Security-Policy"
    assert metas[1]["content"] == POLICY
    assert "unsafe" not in POLICY and "http" not in POLICY


@every_page
def test_nothing_inline_that_the_policy_would_block(book_dir, address):
    soup = parse(book_dir / address)
    assert soup.select("style, [style], script:not([src], [type='application/json'])") == []
    assert [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []


@every_page
def test_links_and_files_resolve(book_dir, address):
    page = book_dir / address
    broken = []
    for tag in parse(page).find_all(True):
        link = tag.get("href") or tag.get("src") or (tag.get("action") if tag.name == "form" else None)
        if link is None or urlsplit(link).scheme in ("http", "https", "mailto", "data"):
            continue
        parts = urlsplit(link)
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not target.is_file() or (
            parts.fragment and target.suffix == ".html" and not parse(target).find(id=anchor(parts.fragment))
        ):
            broken.append(link)
    assert broken == []


def anchor(fragment):
    """The id that a link leads to; an explorer's link has the settings of its view behind a question mark."""
    return unquote(fragment.partition("?")[0])


@every_page
def test_pictures_are_described_in_words(book_dir, address):
    for image in parse(book_dir / address).find_all("img"):
        alt = image.get("alt", "")
        assert " " in alt.strip() and not re.search(r"\.(svg|png|jpg)$", alt), image
        in_the_page = image["src"].startswith("data:")  # known before the page is drawn: nothing can jump
        assert image.get("width") and (image.get("height") or in_the_page), image


@every_page
def test_headings_are_in_order_and_sections_are_not_empty(book_dir, address):
    soup = parse(book_dir / address)
    article = soup.article
    levels = [int(heading.name[1]) for heading in article.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in zip(levels, levels[1:]))
    assert soup.title.text.strip() and article.h1.text.strip()
    for section in article.find_all("section"):
        heading = section.find(re.compile("^h[1-6]$"))
        assert len(section.get_text(strip=True)) > len(heading.get_text(strip=True)) or section.find("img"), heading


@pytest.mark.parametrize(
    "address", [address for address in PAGES if not address.startswith("book/teach/slides/")]
)  # these are not in the menu
def test_menu_marks_the_open_page(book_dir, address):
    soup = parse(book_dir / address)
    (open_page,) = soup.select(".menu [aria-current=page]")
    assert open_page.text == ("Start" if address == PAGES[0] else soup.article.h1.contents[0].get_text())


@every_page
def test_ids_are_unique(book_dir, address):
    ids = [tag["id"] for tag in parse(book_dir / address).find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


@every_page
def test_money_is_not_a_formula(book_dir, address):
    assert parse(book_dir / address).select(".math") == []


@every_page
def test_no_path_of_the_builders_machine(book_dir, address):
    root = Path(__file__).resolve().parents[2]
    assert str(root) not in (book_dir / address).read_text(encoding="utf-8")


def test_entry_leads_to_the_first_page(book_dir):
    refresh = parse(book_dir / "index.html").find("meta", {"http-equiv": "refresh"})
    assert refresh["content"].endswith(PAGES[0])
