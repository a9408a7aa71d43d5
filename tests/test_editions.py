"""The book in its further languages: nothing is left to translate, and no English stands on a page but quotations and
names. What holds for every language whose catalogues are complete, those that are built (``building.editions``)."""

import gzip
import json
import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from book_pages import NAMES, parsed
from bracketed import names, run_in, seen
from bs4 import BeautifulSoup
from explorer_pages import reveal, sentence
from reading_ease import reading_ease

from section287g import building, catalogues, handouts, words
from section287g.fairness import NAMES as SIDES

LANGUAGES = building.editions()[1:]
BLOCKS = "p li td th dt dd h1 h2 h3 h4 summary figcaption button label option".split()
# In English on purpose: code and what it prints, terms beside their own, names of documents.
ENGLISH_ON_PURPOSE = "pre, code, .cell_output, [lang=en], .sources cite"
NAMED = ["Office for Civil Rights and Civil Liberties"]  # of an office, in our own text
QUOTATION = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
LITTLE_WORD = re.compile(r"\b(?:the|of|and|that|with|from|which|is|are|was|were|by|for|this|not|have|has|an?)\b")


def is_english(text):
    """Whether a text is English apart from quotations and names: it has two or more little words of English."""
    without_quotations = re.sub("|".join([QUOTATION.pattern, r"https?://\S+", *NAMED]), " ", text)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_changed_sentence_of_a_page_makes_one_translation_stale_and_is_named(language):
    page = catalogues.by_name(language)["book/surge/growth"]
    template = catalogues.Catalog()
    changed = max((message.id for message in page if message.id), key=len)
    for message in page:
        if message.id:
            template.add(message.id.replace(changed, f"{changed} And one more."))
    new = catalogues.brought_up_to_date(page, template, language)
    assert catalogues.lacking(new) == [f'"{changed[:60]}": stale']


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_switch_leads_to_the_same_view_and_back(open_page, book_dir, http_base, scheme, language):
    base = book_dir.as_uri() if scheme == "file" else http_base
    page = open_page(f"{base}/book/surge/growth.html#explorer-growth?state=TX")
    english = _view(page)
    page.locator("a.language-switch").press("Enter")
    page.wait_for_url(f"**/{language}/book/surge/growth.html#explorer-growth?state=TX")
    other = _view(page)
    assert page.locator("html").get_attribute("lang") == language and other != english
    assert set(re.findall(r"\d[\d,]*\d", other)) == set(re.findall(r"\d[\d,]*\d", english))
    assert page.console_errors == []
    page.locator("a.language-switch").press("Enter")
    page.wait_for_url("**/html/book/surge/growth.html#*" if scheme == "file" else f"{base}/book/surge/growth.html#*")
    assert _view(page) == english


def _view(page):
    """What the explorer says of its view, once a reader has come to it."""
    page.wait_for_selector("section.explorer[data-ready]")
    reveal(page)
    page.locator("section.explorer").evaluate("part => part.scrollIntoView({behavior: 'instant'})")
    return sentence(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_a_phone_and_their_scripts_run(open_page, language):
    page = open_page(f"{language}/{NAMES[0]}.html", width=360, height=740)
    base, wide = page.url.removesuffix(f"{NAMES[0]}.html"), []
    for name in NAMES:
        page.goto(f"{base}{name}.html")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(name)
    assert (wide, page.console_errors, page.outside) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotations_in_english_are_marked_for_screen_readers(book_dir, language):
    marked, unmarked = 0, {}
    for name in NAMES:
        article = parsed(book_dir / language / f"{name}.html").article
        for tag in article.select("script, style, pre, code"):
            tag.decompose()
        for text in article.find_all(string=re.compile(r"“[^“”]+”\s*\(«")):
            unmarked.setdefault(name, []).append(text)
        marked += len(article.select("[lang=en]"))
    assert unmarked == {} and marked > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_take_as_many_pages(book_dir, language):
    sheets, longer = sorted((book_dir / "_downloads" / "handouts").rglob("*.pdf")), {}
    assert sheets
    for sheet in sheets:
        name = sheet.relative_to(book_dir).as_posix()
        english, other = (handouts.pages((book_dir / folder / name).read_bytes()) for folder in ("", language))
        if other > english + (english > 4) + english // 10:
            longer[name] = (english, other)
    assert longer == {}


# Typed without accents and with them -> what the box at the top and the search page find.
SOUGHT = {"es": (["expulsion", "expulsión"], "Procedimiento de expulsión", "Glosario")}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language in SOUGHT])
def test_accents_are_optional_in_the_search(open_page, language):
    typed, in_box, on_page = SOUGHT[language]
    for each in typed:
        page = open_page(f"{language}/search.html?q={each}")
        page.locator("#search-results a", has_text=on_page).first.wait_for()
        page.locator("#search-words").fill(each)
        page.locator(".search-box .search-found", has_text=in_box).wait_for()


# ---- what holds in the words of each language ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_debate_is_told_evenly(language):
    code = """
import json
from section287g import fairness, tables
tables = [tables.load(name) for name in ("arguments", "debate_themes", "sources")]
words = fairness.balance(*tables[:2])["words"]
print(json.dumps([fairness.findings(*tables), words.sum().to_dict()]))
"""
    findings, given = run_in(language, code)
    print(f"\nwords for the two sides ({language}): {given}")
    assert findings == [] and min(given.values()) > 3000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_side_that_speaks_first_is_the_same(language):
    found = [
        message.id
        for name, part in catalogues.by_name(language).items()
        if name.startswith("book/debate")
        for message in part
        if message.id and _first(message.id, words.SOURCE) not in (None, _first(message.string, language))
    ]
    assert found == []


def _first(text, language):
    """The side that a text which names both names first."""
    places = {side: re.search(name, text, re.IGNORECASE) for side, name in SIDES[language].items()}
    return min(places, key=lambda side: places[side].start()) if all(places.values()) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_read_about_as_easily(book_dir, language):
    chapters = [name for name in NAMES if name.split("/")[1] in ("origins", "models", "incentives", "surge", "debate")]
    ease = {}
    for name in chapters:
        english, other = (
            reading_ease(" ".join(_sentences(book_dir / f"{folder}{name}.html")), each)
            for each, folder in ((words.SOURCE, ""), (language, f"{language}/"))
        )
        ease[name] = (english, other)
        print(f"{name:<35} en {english:5.1f}  {language} {other:5.1f}")
    assert all(other >= 50 for _english, other in ease.values())


def _sentences(path):
    """The paragraphs and list items of a page outside of explorers, notes and lists of sources."""
    article = parsed(path).article
    for tag in article.select(".explorer, .note-box, .sources, .quiz, table, figure, script, .cite, sup"):
        tag.decompose()
    return [tag.get_text(" ", strip=True) for tag in article.select("p, li") if not tag.select("p, li")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_weighs_about_as_much(book_dir, language):
    heavy = {}
    for name in NAMES:
        english, other = (_weight(book_dir / folder, f"{name}.html") for folder in ("", f"{language}/"))
        if other > 1.1 * english:
            heavy[name] = (english, other)
    assert heavy == {}


@cache
def _compressed(path):
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in (".html", ".css", ".js", ".svg") else len(content)


def _weight(site, name):
    """Bytes of a page's first load: what it names, and the fonts; text compressed."""
    page = site / name
    named = [
        tag.get("src") or tag.get("href") for tag in parsed(page).select("script[src], link[rel=stylesheet], img[src]")
    ]
    files = {(page.parent / urlsplit(address).path).resolve() for address in named if not address.startswith("data:")}
    files |= {*(site / "_static" / "fonts").glob("*.woff2")}
    return _compressed(page) + sum(_compressed(file) for file in files if file.is_file())


LABS = """
import json
from section287g import labs
from section287g.labs import copies
code = {}
exec(copies.solutions("06-evidence-and-debate")["paragraph"]["solution"], code)
asked = json.loads(ASKED)
print(json.dumps([labs.check("careful_sentence", each).right for each in asked]
    + [labs.check("paragraph", code["paragraph"]).right, labs.check("agencies_rise", PERCENT).right]))
"""
ANSWERS = {  # right ones, and one that says "now"
    "es": (
        [
            "La lista de ICE del 13 de febrero de 2026 muestra 1,133 acuerdos firmados en 2025.",
            "La lista de ICE del 13/2/2026 muestra más de 1,130 acuerdos que se firmaron en 2025.",
            "La lista de ICE ahora muestra 1,133 acuerdos firmados en 2025, al 13 de febrero de 2026.",
        ],
        "525 por ciento",
    )
}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language in ANSWERS])
def test_labs_read_answers_in_the_language(language):
    sentences, percent = ANSWERS[language]
    code = f"import json; ASKED = {json.dumps(json.dumps(sentences))}; PERCENT = {percent!r}\n{LABS}"
    assert run_in(language, code) == [True, True, False, True, True]
