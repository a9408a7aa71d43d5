"""A newer list of ICE's, made up, is read into a copy of the project: every page follows, and none says what is no
longer true."""

import pytest
from book_pages import PAGES
from bs4 import BeautifulSoup
from made_book import DAY, GONE, HOSTILE, NEW

from section287g import tables

TRUE_AT_TIMES = ["The last bar is hollow", "kept publishing", "a later list", "later totals"]
ADDED = NEW + len(HOSTILE)


def article(folder, address):
    return BeautifulSoup((folder / address).read_text(encoding="utf-8"), "html.parser").article


def test_pages_show_the_new_list(newer):
    expected = (tables.load("agreements")["status"] == "listed").sum() - GONE + ADDED
    text = article(newer, "book/index.html").get_text(" ", strip=True)
    assert "March 1, 2027" in text and f"{expected:,}" in text
    assert f"{expected:,}" in article(newer, "book/surge/growth.html").get_text()


def test_changes_and_downloads_follow(newer):
    changes = article(newer, "book/reference/changes.html")
    assert changes.h2.text.startswith("List of March 1, 2027") and f"New {ADDED}, left {GONE}" in changes.text
    link = article(newer, "book/reference/data.html").find("a", href=lambda href: href and href.endswith("lists.csv"))
    assert str(DAY) in (newer / "book/reference" / link["href"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_says_what_is_no_longer_true(newer, address):
    text = " ".join(article(newer, address).get_text(" ").split())
    assert [words for words in TRUE_AT_TIMES if words in text] == []
