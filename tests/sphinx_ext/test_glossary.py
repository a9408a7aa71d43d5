"""Terms in sentences, and the page of all terms."""

import pytest
from book_pages import PANEL, parsed

from section287g import tables
from section287g.blocks.markup import slug
from section287g.sphinx_ext import roles

TERMS = "# Glossary\n\n```{terms}\n```" + PANEL


def test_term_stands_in_the_sentence_with_its_meaning_and_a_way_to_its_entry(build):
    folder = build({"index": "# Title\n\nTwo {term}`detainers <Detainer>` were issued.", "words": TERMS})
    button = parsed(folder / "index.html").select_one(".term button.noted-text")
    assert button.text == "detainers" and button["aria-label"] == "detainers, about this term"
    note = parsed(folder / "index.html").find(id=button["popovertarget"])
    assert "Detainer: A request to hold" in note.text
    address, _, anchor = note.a["href"].partition("#")
    assert address == "words.html" and parsed(folder / "words.html").find(id=anchor).text == "Detainer"


@pytest.mark.parametrize("name", ["Jail enforcement model (JEM)", "jail Enforcement Model", "JEM"])
def test_term_is_found_by_either_part_of_its_name(numbers, name):
    assert roles.find_term(name)["term"] == "Jail enforcement model (JEM)"


def test_term_in_a_heading_is_plain_text(page):
    heading = page({"index": "# Title\n\n## What a {term}`detainer` is\n\nText."}).h2
    assert heading.find("button") is None and heading.text.startswith("What a detainer is")


def test_entries_have_related_terms_and_sources(page):
    soup = page({"index": TERMS})
    first, second = soup.select("dl.terms dd")
    assert first.select_one("a[href='#term-jail-enforcement-model-jem']")
    assert "A form for officers <inside> a jail" in second.text
    assert [item["id"] for item in soup.select(".sources li")] == ["source-ice", "source-migrant"]


def test_every_term_of_the_book_has_an_anchor_of_its_own():
    terms = tables.load("glossary")["term"]
    assert len({slug(term) for term in terms}) == len(terms)
