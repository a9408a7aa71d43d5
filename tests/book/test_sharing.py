"""What a page says of itself where a link to it is shared: a title, a description and a picture of the book's own."""

from urllib.parse import urljoin

import pytest
from book_pages import PAGES, PLACES, parsed
from PIL import Image

from section287g.places import answers
from section287g.sphinx_ext import sharing

START = "287(g), Explained"
# Page -> its title, the beginning of its description, and what kind of page it says it is.
KINDS = {
    "index.html": (START, "A free guide", "website"),
    "book/index.html": (START, "A free guide", "website"),
    "search.html": (START, "A free guide", "website"),
    "book/surge/find.html": ("Find an agency", "Does a sheriff or police department you know", "article"),
    "book/reference/glossary.html": ("Glossary", "", "article"),
    "book/places/index.html": ("Places", "", "article"),
    "book/places/texas.html": ("Texas", answers.of_state("TX"), "article"),
    "book/places/vermont.html": ("Vermont", answers.of_state("VT"), "article"),
    "book/teach/slides/class-45.html": ("287(g) in one class period", "Slides with notes", "article"),
    "notebooks/02-growth.html": ("How fast did it grow?", "Question. Ten people", "article"),
}


def said(book_dir, page):
    """Name -> content of the page's meta elements."""
    soup = parsed(book_dir / page)
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in soup.select("head meta[content]")}


@pytest.mark.parametrize("page", KINDS)
def test_each_kind_of_page_says_what_it_is(book_dir, page):
    title, description, kind = KINDS[page]
    meta = said(book_dir, page)
    assert (meta["og:title"], meta["og:type"], meta["og:site_name"]) == (title, kind, START)
    assert meta["og:description"] == meta["description"] and meta["description"].startswith(description)
    assert meta["twitter:card"] == "summary_large_image"


def test_every_page_has_a_description_of_its_own_and_a_picture_of_the_books(book_dir):
    descriptions = {}
    for page in [*PAGES, *PLACES]:
        meta = said(book_dir, page)
        assert 20 < len(meta["description"]) <= sharing.LONGEST + 2, page
        descriptions[meta["description"]] = page
        picture = book_dir / urljoin(page, meta["og:image"])
        with Image.open(picture) as image:
            assert image.format == "PNG" and image.size == (1200, 630)
            assert [meta[f"og:image:{side}"] for side in ("width", "height")] == ["1200", "630"]
        assert picture.stat().st_size < 40_000 and meta["og:image:alt"].startswith(meta["og:title"])
        assert "://" not in meta["og:image"] and "og:url" not in meta  # the book does not know where it stands
    assert len(descriptions) == len([*PAGES, *PLACES])


@pytest.mark.parametrize(
    ("base", "found"),
    [("", ""), ("https://example.org/287g", "https://example.org/287g/_images/shared/book-index.png")],
)
def test_addresses_are_absolute_where_the_book_is_published(base, found):
    assert sharing.address(base, "_images/shared/book-index.png") == found
    assert sharing.address(f"{base}/" if base else "", "_images/shared/book-index.png") == found
