"""The book in its further languages: nothing is left to translate, and no English stands on a page but quotations and
names. What holds for every language whose catalogues are complete, those that are built (``building.editions``)."""

import re

import pytest
from bracketed import names, seen
from bs4 import BeautifulSoup

from section287g import building, catalogues, words

LANGUAGES = building.editions()[1:]
BLOCKS = [
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "summary",
    "figcaption",
    "button",
    "label",
    "option",
]
# In English on purpose: code and what it prints, terms beside their own, names of documents.
ENGLISH_ON_PURPOSE = "pre, code, .cell_output, [lang=en], .sources cite"
QUOTATION = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
LITTLE_WORD = re.compile(r"\b(?:the|of|and|that|with|from|which|is|are|was|were|by|for|this|not|have|has|an?)\b")


def is_english(text):
    """Whether a text is English apart from quotations and names: it has two or more little words of English."""
    without_quotations = QUOTATION.sub(" ", text)
    if not _little_words(without_quotations):  # names take long to look for
        return False
    return _little_words(names().sub(" ", seen(without_quotations.replace("<", " "), with_data=False)))


def _little_words(text):
    return len(set(LITTLE_WORD.findall(text)) - {"a"}) > 1


def english_in(page):
    """The blocks of a page's HTML that are English."""
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup.select(f"{ENGLISH_ON_PURPOSE}, script, style"):
        tag.decompose()
    blocks = (tag for tag in soup.find_all(BLOCKS) if not tag.find(BLOCKS))
    return [text for tag in blocks if is_english(text := " ".join(tag.get_text(" ").split()))]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The list of May 18 has 1,843 agreements with agencies.", True),
        ("La lista del 18 de mayo tiene 1,843 acuerdos con agencias.", False),
        ("La ley dice: “the powers and functions of an immigration officer” (traducción nuestra).", False),
        ("Un texto de la Association of Deportation Officers", False),
    ],
)
def test_english_is_told_from_what_is_not(text, english):
    assert bool(english_in(f"<p>{text}</p><pre>of the and</pre>")) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_from_the_words_of_today(book_dir, language):
    assert catalogues.unfinished(language) == []
    known = {(each.context, each.id) for part in catalogues.by_name(language).values() for each in part if each.id}
    templates = [catalogues.collect(part) for part in words.PARTS]
    new = [each.id for part in templates for each in part if each.id and (each.context, each.id) not in known]
    assert new == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_but_quotations_and_names(book_dir, language):
    pages = sorted((book_dir / language).rglob("*.html"))
    assert len(pages) == len(list(book_dir.rglob("*.html"))) / (1 + len(LANGUAGES))
    found = {path.relative_to(book_dir).as_posix(): english_in(path.read_text(encoding="utf-8")) for path in pages}
    assert {page: texts for page, texts in found.items() if texts} == {}
