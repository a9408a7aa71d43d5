"""The start page: a first screen that asks, a box that leads to a place, five short steps, and little to load."""

import re

import accessible
import pytest
from book_pages import parsed, weights
from playwright.sync_api import expect

from section287g import facts, fairness, tables

START = "book/index.html"
MOST_BYTES = 82_000  # of a first load, text compressed
FIRST_SCREEN = ["h1", "h1 + p", ".draw-plot", ".draw-button", ".place-form input", ".front-doors li"]


def start(open_page, http_base, **options):
    page = open_page(f"{http_base}/{START}", **options)
    if options.get("javascript", True):
        page.wait_for_selector("section.explorer[data-ready]")
    return page


def bottoms(page):
    return {
        name: page.locator(f"{name} >> visible=true").last.evaluate("it => it.getBoundingClientRect().bottom")
        for name in FIRST_SCREEN
    }


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_first_screen_holds_everything_and_has_no_barrier_before_and_after_the_answer(
    open_page, http_base, axe_violations, width, height
):
    page = start(open_page, http_base, width=width, height=height, reduced_motion="reduce")
    before, found = bottoms(page), in_both_themes(page, axe_violations)
    assert max(before.values()) <= height, before
    page.locator("[data-trait=end]").fill("2300")
    page.locator(".draw-button").click()
    assert bottoms(page) == pytest.approx(before)  # nothing moves
    assert page.evaluate("document.documentElement.scrollWidth") <= width and page.console_errors == []
    page.locator(".menu summary").click()
    assert found + in_both_themes(page, axe_violations) + accessible.reflow(page) == []


def in_both_themes(page, axe_violations):
    found = []
    for theme, look in (("dark", None), ("light", accessible.CONTRAST)):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
        found += axe_violations(page, options=look)
    return found


def test_first_load_is_light_and_two_voices_have_one_size_and_stand_in_the_books_order(open_page, http_base, book_dir):
    page = start(open_page, http_base)
    page.wait_for_load_state("networkidle")
    sizes = weights(book_dir, page.requests)
    print(f"start page: {sum(sizes.values()) / 1000:.1f} kB compressed, {sizes}")
    assert sum(sizes.values()) <= MOST_BYTES and "_static/search-index.js" not in sizes and page.outside == []
    voices = page.locator(".voice")
    sizes = voices.evaluate_all("all => all.map(it => [it.offsetWidth, it.offsetHeight])")
    said = voices.locator("p:first-child").all_inner_texts()
    sides = tables.load("arguments").set_index("argument")["side"]
    plain = [re.sub("[’‘]", "'", text) for text in said]
    assert len(sizes) == 2 and sizes[0] == sizes[1]
    assert [sides[text] for text in plain] == [fairness.first_side(0), fairness.first_side(1)]
    assert abs(len(said[0].split()) - len(said[1].split())) <= 1


def box(page):
    return page.get_by_role("combobox", name="Your county, city or state")


LEADS = {
    "Collin County": "texas.html#collin-county",
    "collin county, texas": "texas.html#collin-county",
    "Knox County TN": "tennessee.html#knox-county",
    "fairfax county": "virginia.html#fairfax-county",
    "Acadia": "louisiana.html#acadia-parish",
    "Texas": "texas.html",
    "doña ana": "new-mexico.html#dona-ana-county",
    "Guam": "guam.html",
    "Plano, Texas": "texas.html#collin-county",
}


def test_box_leads_to_the_place(open_page, http_base, book_dir):
    page = start(open_page, http_base, width=360, height=740)
    for typed, address in LEADS.items():
        page.goto(f"{http_base}/{START}")
        box(page).fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/places/{address}")
    page.goto((book_dir / START).as_uri())  # from disk, too
    box(page).fill("Collin County")
    page.get_by_role("button", name="Go").click()
    page.wait_for_url("**/places/texas.html#collin-county")


# What is typed -> what is asked, and the first choice.
ASKS = {
    "Houston": ("11 places are called “Houston”. Which one?", "Houston, Texas"),
    "Knox County": ("9 places are called", "Knox County, Tennessee"),
    "colin county": ("Nothing is called “colin county”. Did you mean", "Collin County, Texas"),
    "641": ("No county, state or city is found by this name.", "All states and territories"),
}


def test_box_asks_where_several_places_fit_or_none_does(open_page, http_base):
    page = start(open_page, http_base, width=360, height=740)
    for typed, (asks, first) in ASKS.items():
        box(page).fill(typed)
        page.locator(".place-form .search-note", has_text=asks).wait_for()
        assert first in page.get_by_role("option").first.inner_text()
        expect(page.get_by_role("option").first).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert page.url.endswith(START) and page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_words_in_the_box_do_no_harm(open_page, http_base):
    page = start(open_page, http_base)
    for typed in ("<img src=x onerror=alert(1)>", "constructor", "__proto__", "x" * 10_000):
        box(page).fill(typed)
        page.get_by_role("option", name="All states and territories").wait_for()
        page.keyboard.press("Enter")
        assert page.locator(".search-found img").count() == 0 and page.url.endswith(START)
    assert page.console_errors == []


def test_without_scripts_there_is_a_picture_a_sentence_and_all_places(open_page, http_base):
    page = start(open_page, http_base, javascript=False)
    assert page.locator(".explorer-still img").first.is_visible()
    assert "ICE's list held" in page.locator(".explorer-still .explorer-sentence").inner_text()
    page.get_by_role("button", name="Go").click()
    page.wait_for_url("**/places/index.html*")


@pytest.mark.parametrize("javascript", [True, False])
def test_paper_has_the_line_and_its_finding_and_nothing_to_operate(open_page, http_base, javascript):
    page = start(open_page, http_base, javascript=javascript, width=673, height=986)
    page.emulate_media(media="print")
    still = page.locator(".explorer-still")
    assert still.locator("img.only-light").is_visible() and still.locator(".explorer-sentence").is_visible()
    operated = page.locator("article :is(input, select, table.explorer-table, .explorer-predict, .front-doors)")
    assert [found for found in operated.all() if found.is_visible()] == []
    assert page.locator(".voice").last.is_visible()


def test_all_dated_totals_and_all_parts_of_the_offer_are_named(book_dir):
    text = parsed(book_dir / START).article.get_text(" ")
    for name in (
        "agreements_newest",
        "date_newest",
        "agreements_copy",
        "date_copy",
        "agreements_latest_total",
        "date_latest_total",
        "pay_overtime_cap",
        "pay_award_top",
        "pay_equipment",
        "pay_vehicles",
    ):
        assert facts.get(name).text in text


def test_every_address_on_the_page_is_used_once_and_the_menu_is_not_repeated(book_dir):
    soup = parsed(book_dir / START)
    pages = {link["href"] for link in soup.select(".menu a[href]")}
    repeated = [link["href"] for link in soup.select("article a[href]") if link["href"] in pages]
    assert len(set(repeated)) < len(pages) / 2
