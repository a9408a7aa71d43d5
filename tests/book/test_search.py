"""The search box of every page: what it finds for whom, by keyboard, on a phone, from disk, and for hostile words."""

import gzip
import json
import re

import accessible
import pytest
from book_pages import PAGES

from section287g import claims, places, tables
from section287g.places import answers

FIRST = PAGES[0]
MOST_BYTES = 150_000  # of the index, compressed, with the cities of any first letter


def county(state, name):
    """What the box says of a county, from the tables."""
    (found,) = (found for found in places.counties(state) if found.name == name)
    return answers.of_county(found.rows)


def verdict(claim_id):
    row = tables.load("claims").set_index("claim_id").loc[claim_id]
    assert claims.recompute(claim_id).holds
    return f": {row['verdict']}. {row['explanation'][:30]}".replace("'", "’")


# What is typed -> kind, name and address of the first result, and the answer in it.
CASES = {
    "Collin County TX": ("County", "Collin County, Texas", "texas.html#collin-county", county("TX", "Collin County")),
    "Knox County TN": ("County", "Knox County, Tennessee", "tennessee.html#knox-county", county("TN", "Knox County")),
    "Fairfax VA": ("County", "Fairfax County, Virginia", "#fairfax-county", county("VA", "Fairfax County")),
    "Plano": ("City or town", "Plano, Texas", "texas.html#collin-county", "Its center lies in Collin County."),
    "colin county": ("County", "Collin County, Texas", "texas.html#collin-county", county("TX", "Collin County")),
    "Acadia": ("County", "Acadia Parish, Louisiana", "louisiana.html#acadia-parish", county("LA", "Acadia Parish")),
    "Virgina": ("State or territory", "Virginia", "places/virginia.html", answers.of_state("VA")),
    "641": ("Claim", "Agreements surged 641%", "claim=C001-03", "641 percent" + verdict("C001-03")),
    "1,001": ("Claim", "Agreements went from 135 to 1,001", "claim=C001-04", "1,001 agreements" + verdict("C001-04")),
    "ground rules": ("Sheet to print", "Opening agreement", "printables.html#handout-opening-agreement", ""),
    "quiz": ("Sheet to print", "Before and after", "printables.html#handout-before-and-after", ""),
    "287g": ("Term", "287(g)", "glossary.html#term-287-g", "Short name"),
    "saint louis": ("County", "St. Louis County, Missouri", "#st-louis-county", county("MO", "St. Louis County")),
    "dc": ("State or territory", "District of Columbia", "places/district-of-columbia.html", answers.of_state("DC")),
    "san juan pr": ("County", "San Juan, Puerto Rico", "places/puerto-rico.html", answers.of_state("PR")),
    "detainer": ("Term", "Detainer", "glossary.html#term-detainer", "A request"),
}
HOSTILE = ["constructor", "__proto__", "toString", "x" * 10_000, "<img src=x onerror=alert(1)>", "%E0%A4%A", "’’", "(("]


def ask(page, words):
    box = page.get_by_role("combobox", name="Search the book")
    box.fill(words)
    page.locator(".search-box .search-found").wait_for()
    return page.get_by_role("option")


@pytest.fixture
def front(open_page, book_dir):
    """The first page on a phone, from disk."""
    return open_page((book_dir / FIRST).as_uri(), width=360, height=740, has_touch=True)


def test_what_is_asked_is_found_with_its_answer(front):
    for words, (kind, name, address, answer) in CASES.items():
        ask(front, words)
        front.get_by_role("option", name=f"Search all pages for “{words}”").wait_for()
        first = front.get_by_role("option").first
        assert first.locator(".search-kind").inner_text() == kind, words
        assert first.locator(".search-name").inner_text() == name, words
        assert first.get_attribute("href").endswith(address), words
        assert answer in first.inner_text(), words
    assert front.outside == []
    assert front.console_errors == []


def test_a_phone_needs_two_taps(front):
    front.get_by_role("combobox", name="Search the book").tap()
    front.keyboard.type("Plano")
    first = front.get_by_role("option").first
    first.get_by_text("Its center lies in Collin County.").wait_for()
    assert front.evaluate("document.documentElement.scrollWidth") <= 360
    assert first.bounding_box()["y"] + first.bounding_box()["height"] < 740
    first.tap()
    front.locator("#collin-county details[open]").wait_for()


@pytest.mark.parametrize("dark", [False, True])
def test_the_open_list_has_no_barriers(open_page, axe_violations, dark):
    page = open_page(FIRST, dark=dark)
    ask(page, "Houston")
    page.keyboard.press("ArrowDown")
    for look in (accessible.STRUCTURE, accessible.CONTRAST):
        assert axe_violations(page, context=".search-box", options=look) == []


def test_a_name_of_several_places_is_asked_for(front):
    options = ask(front, "Houston")
    front.locator(".search-box .search-note", has_text="11 places are called “Houston”. Which one?").wait_for()
    assert options.first.locator(".search-name").inner_text() == "Houston, Texas"
    front.keyboard.press("Enter")
    assert front.url.endswith(FIRST)
    front.get_by_role("status").filter(has_text="Choose one").wait_for()


def test_the_keyboard_is_enough(front):
    front.keyboard.press("/")
    front.keyboard.type("Knox County TN")
    box = front.get_by_role("combobox", expanded=True)
    front.get_by_role("option", name="Knox County, Tennessee").wait_for()
    front.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == front.get_by_role("option", selected=True).get_attribute("id")
    front.keyboard.press("Escape")
    assert box.count() == 0 and front.locator(".search-box .search-found").is_hidden()
    front.keyboard.press("ArrowDown")
    box.wait_for()
    front.keyboard.press("Enter")
    front.locator("#knox-county details[open]").wait_for()


def test_the_key_that_leads_to_the_box_can_be_switched_off(open_page):
    page = open_page("book/reference/accessibility-and-privacy.html")
    switch = page.get_by_role("checkbox", name="The key / moves to the search box")
    focused = "document.activeElement.id === 'search-words'"
    for wanted in (False, True):
        switch.set_checked(wanted)
        page.goto(page.url)
        assert switch.is_checked() == wanted
        page.locator("main").press("/")
        assert page.evaluate(focused) == wanted
        stored = page.evaluate("JSON.stringify({ ...localStorage })")
        assert stored == ("{}" if wanted else '{"slash":"off"}')


def test_hostile_words_do_no_harm(front):
    for words in HOSTILE:
        options = ask(front, words) if re.search("[a-z0-9]", words) else front.get_by_role("option")
        assert not options.count() or options.last.get_attribute("href").startswith("../search.html?q=")
        assert front.locator(".search-box .search-found img").count() == 0
    ask(front, "zzzzqq")
    front.locator(".search-box .search-note", has_text="Nothing found for “zzzzqq”.").wait_for()
    front.keyboard.press("Enter")
    front.get_by_text("No page holds all of these words.").wait_for()
    assert front.console_errors == []


@pytest.mark.parametrize("words", ["constructor", "__proto__"])
def test_the_search_of_all_words_ends_for_each_word(open_page, words):
    page = open_page(f"search.html?q={words}")
    page.get_by_text("No page holds all of these words.").wait_for()
    assert page.console_errors == []


def test_without_scripts_the_form_leads_to_the_search_of_all_words(open_page):
    page = open_page(FIRST, javascript=False)
    page.get_by_role("searchbox", name="Search the book").fill("detainer")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("search.html?q=detainer")


def test_the_index_is_light(book_dir):
    files = (book_dir / "_static").glob("search-*.js")
    weights = {path.stem: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    cities = [weight for name, weight in weights.items() if name.startswith("search-cities-")]
    assert weights["search-index"] + max(cities) <= MOST_BYTES
    assert weights["search-box"] <= 6000


def test_every_place_and_city_is_in_the_index(book_dir):
    read = {path: path.read_text(encoding="utf-8") for path in (book_dir / "_static").glob("search-*.js")}
    index = json.loads(re.search(r"\?\? \{\}, (.*)\);", read[book_dir / "_static/search-index.js"])[1])
    assert [state[0] for state in index["states"]] == list(places.names())
    counties = [area for state in index["states"] for area in state[4] if area[1] not in ("", "elsewhere")]
    assert len(counties) == len(tables.load("county_population"))
    listed = sum(text.count("|") + 1 for path, text in read.items() if "cities" in path.name)
    cities = tables.load("cities").drop_duplicates(["state", "city", "county"])
    assert listed == sum((cities["county"] != cities["city"] + " city") & (cities["county"] != cities["city"]))
