"""Built in the made-up language, the book shows nothing outside of brackets but names, data and what the code of labs
prints.

One build serves all tests here. Pictures, explorers and numbers by themselves are the subject of ``test_words``.
"""

import ast
import re
import sys
from itertools import chain

import pytest
from book_pages import parsed
from bracketed import run_in, unbracketed
from bs4 import BeautifulSoup
from explorer_pages import choose, reveal
from pypdf import PdfReader

from section287g import building, labs, words
from section287g.programs import ROOT

# Not ours: code, what it prints, words of Sphinx itself, the address of a file; and what is in other languages, that is
# English terms beside their own, and the switch.
NOT_OURS = "pre, code, .cell_output, .headerlink, .term-english, .language-switch"
# What hands words to scripts, in attributes.
HANDING = ".theme-switch, .deck-bar, .deck-bar *, .quiz, .link-maker, #search-results, [placeholder]"
SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]+,? [a-z]{2,}")  # three words in a row
MESSAGES = {"_", "ngettext", "counted", "pgettext", "npgettext"}
ERRORS = {"PageError", "LogError", "_error", "warning"}  # said to who builds the book
# Folders whose words are all messages -> sentence-like texts that no reader sees.
FOLDERS = {
    "labs": {"Arrest and custody"},  # the key of a group
    "blocks": set(),
    "sphinx_ext": {
        "Error in a page",
        "@layer base, frame, parts, explorers, page, print;\n",
        "from section287g import labs, counts, incentives",
        '"Toggle hidden content"',
        "; did you mean ",
        "a view is written WORDS <NAME?SETTING=VALUE>, found ",
    },
    "handouts": {"Place and people", "Arrest and custody"},  # keys of groups
    "pack": set(),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Folder of the book built in the made-up language."""
    folder = tmp_path_factory.mktemp("made-up")
    log = folder / "build.log"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(building.LANGUAGE, words.MADE_UP)
        environment.setenv(building.EDITIONS, f"{words.SOURCE},{words.MADE_UP}")  # it stands beside the English one
        built = building.run_jupyter_book("Building the made-up language", sys.executable, ROOT, log, folder)
    assert built, building.build_problem(log)
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def pages(site):
    """Name of each page -> its HTML without what is not ours."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        soup = parsed(path)
        for tag in soup.select(NOT_OURS):
            tag.decompose()
        found[path.relative_to(site).as_posix()] = soup
    return found


def words_left(texts):
    """What -> its words outside of brackets, where there are any."""
    return {what: left for what, text in texts if (left := unbracketed(text))}


def test_every_word_of_every_page_is_a_message(pages):
    assert len(pages) > 40
    assert words_left((name, str(soup)) for name, soup in pages.items()) == {}


def test_every_place_of_a_message_is_filled(pages):
    place = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)")
    found = {name: set(place.findall(soup.get_text(" "))) - {"{fact}"} for name, soup in pages.items()}
    assert {name: places for name, places in found.items() if places} == {}


def test_every_word_handed_to_a_script_is_a_message(pages):
    handed = {
        (name, value)
        for soup in pages.values()
        for tag in soup.select(HANDING)
        for name, value in tag.attrs.items()
        if re.match(r"data-|placeholder", name) and " " in value
    }
    assert {name for name, _value in handed} >= {"data-fits", "data-light", "data-stop", "data-none", "placeholder"}
    assert words_left(handed) == {}


def test_scripts_hold_no_words():
    found = {
        text
        for path in (ROOT / "book" / "_static").glob("*.js")
        if path.name != "search-words.js"  # it names Sphinx's own messages
        for text in re.findall(r"[\"`][^\"`\n]*[\"`]", re.sub(r"//.*", "", path.read_text(encoding="utf-8")))
        if re.search(r"[A-Z][a-z]+ [a-z]+", text)
    }
    assert found == set()


def test_pages_say_their_language(pages):
    assert {soup.html["lang"] for soup in pages.values()} == {words.MADE_UP}


def test_each_page_leads_to_itself_in_the_other_language(site):
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if name == "index.html" or name.startswith("embed/") or not soup.select_one("main, .slide"):
            continue
        up = "../" * name.count("/")
        (switch,) = soup.select("a.language-switch")
        assert (switch["hreflang"], switch["href"], switch.get_text(strip=True)) == (
            "en",
            f"{up}../{name}",
            "ENEnglish",
        )
        others = {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate]")}
        assert others == {"en": f"{up}../{name}", "xx": f"{up}../xx/{name}"}


def test_switch_keeps_the_view_of_an_explorer_and_the_place_on_the_page(site, open_page):
    page = open_page((site / "book" / "surge" / "growth.html").as_uri())
    switch = page.locator("a.language-switch")
    heading = page.locator("main section section[id]").nth(2)
    heading.evaluate("part => part.scrollIntoView({behavior: 'instant'})")
    switch.focus()
    assert switch.get_attribute("href").endswith(f"growth.html#{heading.get_attribute('id')}")
    switch.blur()
    reveal(page)
    choose(page, unit="agencies")
    page.wait_for_function("() => location.hash.includes('unit')")
    page.locator("section.explorer").evaluate("part => part.scrollIntoView({behavior: 'instant'})")
    switch.focus()
    assert switch.get_attribute("href").endswith("growth.html#explorer-growth?unit=agencies")


def test_every_word_of_every_sheet_is_a_message(site):
    sheets = sorted((site / "_downloads" / "handouts" / "us-letter").glob("*.pdf"))
    assert len(sheets) > 15
    read = (
        set()
    )  # the file of a lesson holds each sheet once for each learner, and differs by cover from class to class

    def new_pages(path):
        for page in PdfReader(path).pages:
            content = page.get_contents().get_data()
            if content not in read:
                read.add(content)
                yield page.extract_text().replace("-\n", "-")

    assert words_left((path.stem, " ".join(new_pages(path))) for path in sheets) == {}


PACKED = """
import datetime, io, json, pathlib, zipfile
from section287g.pack import epub, pages, readme
site = pathlib.Path({site!r})
book = zipfile.ZipFile(io.BytesIO(epub.make(site, datetime.date(2026, 5, 18))))
print(json.dumps({{
    "contents": book.read("EPUB/nav.xhtml").decode(),
    "page with answers and notes": book.read("EPUB/book-origins-the-law.xhtml").decode(),
    "about the book": book.read("EPUB/package.opf").decode(),
    "README": readme.text(pages.first(site).title, pages.data_dates(site)),
}}))
"""


def test_every_word_of_the_epub_and_the_zip_is_a_message(site):
    packed = run_in(words.MADE_UP, PACKED.format(site=str(site)))
    about = BeautifulSoup(packed["about the book"].partition("?>")[2], "html.parser")
    said = about.select(r"dc\:creator, dc\:rights, [property='schema:accessibilitySummary']")
    packed["about the book"] = " ".join(tag.get_text() for tag in said)
    packed["README"] = re.sub(r"^  [\w./-]+  ", "", packed["README"], flags=re.MULTILINE)  # names of files
    assert len(said) == 3 and words_left(packed.items()) == {}


# ---- what no page shows: hints of labs, and words that only some data bring out


def test_checks_of_labs_ask_for_an_answer_in_the_language():
    code = (
        "import json; from section287g import labs; print(json.dumps([repr(labs.check(e, ...)) for e in labs.CHECKS]))"
    )
    asked = run_in(words.MADE_UP, code)
    assert len(asked) == len(labs.CHECKS)
    assert all(text.startswith("[") and text.endswith("]") for text in asked)


def sentences_of_code(path):
    """Sentence-like texts of a module that are neither messages nor docstrings nor said in an error."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = [node for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr) or _is_marked(node)]
    skipped = {id(node) for outer in passed for node in _inside(outer)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped)
    return [node.value for node in constants if isinstance(node.value, str) and SENTENCE.search(node.value)]


def _inside(outer):
    """What a node holds; of a statement, only a docstring."""
    if isinstance(outer, ast.Expr):
        return [outer.value]
    return chain.from_iterable(ast.walk(child) for child in ast.iter_child_nodes(outer))


def _is_marked(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MESSAGES | ERRORS


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_in_the_code_is_a_message(folder):
    found = {
        text
        for path in (ROOT / "section287g" / folder).rglob("*.py")
        for text in sentences_of_code(path)
        if not re.search(r"\.[a-z-]+,", text)  # a list of selectors
    }
    assert found - FOLDERS[folder] == set()
