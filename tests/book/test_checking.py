"""The pages that check numbers: lessons tied to claims, five texts with all their claims, links into the explorer, a
reader's own clicks."""

import json
import re
from pathlib import Path

import pytest
from book_pages import parsed
from explorer_pages import control, reveal, sentence
from playwright.sync_api import expect

from section287g import claims, counts, facts, tables
from section287g.blocks.evidence import VERDICTS

BOOK = Path(__file__).resolve().parents[2] / "book" / "surge"
EXPLORER = BOOK.parents[1] / "section287g" / "explorers" / "claims"
CHECKING = (BOOK / "checking.md").read_text(encoding="utf-8")
TEXTS = (BOOK / "five-texts.md").read_text(encoding="utf-8")
CLAIMS = tables.load("claims").set_index("claim_id")
ADDRESS = "book/surge/checking.html"
LESSONS = re.findall(r"^### (\d+)\. .+?\n(.*?)(?=^##)", CHECKING, flags=re.MULTILINE | re.DOTALL)
NAMED = re.findall(r"\{claim\}`(C\d{3}-\d\d)`", CHECKING)


def words(text):
    """The text as a reader counts it, each role as its one word."""
    return re.sub(r"\{(?:source|fact|claim)\}`[^`]*`", "", text).split()


def test_there_are_ten_lessons():
    assert [number for number, _ in LESSONS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "text"), LESSONS)
def test_each_lesson_has_four_short_parts_and_names_its_claims(number, text):
    assert re.findall(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE) == ["Said", "The list", "Why they differ", "Habit"]
    ids = re.findall(r"\{claim\}`([^`]+)`", text)
    assert ids and set(ids) <= set(CLAIMS.index)
    assert len(words(text)) <= 120


def test_lessons_cover_the_figures_that_are_often_confused():
    for claim in ("C003-05", "C001-04", "C003-08", "C002-08", "C003-07", "C003-35", "C003-36", "C000-06", "C001-03"):
        assert claim in NAMED


def test_quotations_are_short():
    quotations = re.findall(r'"([^"\n]+)"', CHECKING + TEXTS)
    assert max(len(quotation.split()) for quotation in quotations) <= 20


# What the pages say in words without a number of their own.


def test_three_totals_are_one_above_the_rows():
    assert claims.stated_total("dhs2025reimbursement", "2025-09-02") == facts.get("agreements_2025_09_02_pm").value + 1
    assert claims.stated_total("dhs2025thousand", "2025-09-17") == facts.get("agreements_2025_09").value + 1
    assert facts.get("agreements_2026_02_13").value + 1 == 1415


def test_states_that_came_and_left():
    named = tables.load("list_counts").groupby("list")["state"].agg(set)
    before, after = named[claims.SEPTEMBER_2_MORNING], named[str(counts.newest("ice_workbook")["list"])]
    assert {"ME", "MD"} <= before - after and after - before == {"GU", "MP"}


def test_one_share_dates_the_text():
    with_task_force = tables.load("lists").query("task_force > 0")["list"]
    assert [on for on in with_task_force if f"{claims.share(on):.1f}" == "42.4"] == [claims.DECEMBER_5]


# The five texts.


@pytest.mark.parametrize("text", sorted(set(CLAIMS["text_id"])))
def test_each_text_has_a_section_with_all_its_claims(book_dir, text):
    section = re.search(rf"^## Text {text}: .+?(?=^## )", TEXTS, flags=re.MULTILINE | re.DOTALL)[0]
    parts = ["What it is", "Its date", "What it gets right", "Where to look twice"]
    assert re.findall(r"^\*\*(.+?)\.\*\*", section, flags=re.MULTILINE) == parts
    assert f"{{source}}`text{text}`" in section
    page = parsed(book_dir / "book/surge/five-texts.html")
    table = next(box for box in page.select(".claims-table") if f"Claims of text {text}" in box.summary.text)
    rows = {row.th.a.text: row.find_all("td") for row in table.select("tbody tr")}
    wanted = CLAIMS[CLAIMS["text_id"] == text]
    assert list(rows) == list(wanted.index)
    for (claim, cells), row in zip(rows.items(), wanted.itertuples(), strict=True):
        assert cells[0].b.text.lower() == f"{VERDICTS[row.verdict]}.", claim
        assert ("The lists:" in cells[1].text) == (claim in claims.testable()), claim
        assert ("Worked out again:" in cells[1].text) == (claim in claims.NOT_FROM_LISTS), claim
        assert (cells[1].a is not None) == isinstance(row.source_key, str), claim


def test_verdicts_have_the_same_names_as_in_the_explorer():
    words = json.loads((EXPLORER / "strings.json").read_text(encoding="utf-8"))["verdicts"]
    assert {verdict: name.lower() for verdict, name in words.items()} == VERDICTS


def test_every_verdict_is_explained():
    legend = TEXTS.split("## How to read a verdict")[1].split("\n## ")[0].lower()
    assert all(f"**{words}:**" in legend for words in VERDICTS.values())


# The explorer on the page, operated by a reader.


@pytest.fixture
def page(open_page):
    page = open_page(ADDRESS)
    page.wait_for_selector("#explorer-claims[data-ready]")
    reveal(page)
    return page


def shows(page, setting, value):
    """Whether the explorer shows this setting of a link."""
    if setting == "claim":
        return page.locator(".c-card h4").inner_text().startswith(value)
    if setting in ("baseline", "date"):
        return control(page, setting).input_value() == str(list(counts.over_time().index).index(value))
    return control(page, setting).input_value() == value


FOLLOW = """link => new Promise(done => {
  addEventListener('hashchange', () => done(), { once: true }); location.hash = link; })"""


def test_every_link_of_both_pages_lands_in_the_explorer(page, book_dir):
    both = [book_dir / ADDRESS, book_dir / "book/surge/five-texts.html"]
    found = [link["href"] for path in both for link in parsed(path).select('article a[href*="#explorer-claims?"]')]
    links = dict.fromkeys(address.partition("#")[2] for address in found)
    assert len(links) > len(CLAIMS)
    for link in links:
        page.evaluate(FOLLOW, link)
        assert [pair for pair in link.partition("?")[2].split("&") if not shows(page, *pair.split("="))] == [], link
    assert page.console_errors == []


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_link_in_a_lesson_opens_its_claim_and_the_reader_goes_on_from_there(page, by):
    link = page.get_by_role("link", name="C003-05").first
    if by == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    expect(page.locator(".c-card h4")).to_have_text(re.compile("^C003-05"))
    page.wait_for_function(
        "() => Math.abs(document.querySelector('#explorer-claims .explorer-live').getBoundingClientRect().top) < 200"
    )  # it scrolls there
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('section.explorer')?.id") == "explorer-claims"


def choose(page, setting, value):
    control(page, setting).select_option(value)


def move_to(page, setting, key):
    """Move a slider to a list as a reader does, with the keyboard: to the start, then step by step."""
    slider = control(page, setting)
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(list(counts.over_time().index).index(key)):
        page.keyboard.press("ArrowRight")


def test_florida_share_on_two_lists_by_own_clicks(page):
    choose(page, "mode", "share")
    assert control(page, "state").input_value() == "FL" and control(page, "model").input_value() == "task_force"
    move_to(page, "date", claims.DECEMBER_5)
    assert "264 of 623" in sentence(page) and "42.4 percent" in sentence(page)
    control(page, "date").focus()
    while "May 18, 2026" not in sentence(page):
        page.keyboard.press("ArrowRight")
    assert "274 of 1,162" in sentence(page) and "23.6 percent" in sentence(page)


def test_growth_with_every_choice_moved_by_own_clicks(page):
    choose(page, "mode", "growth")
    move_to(page, "date", claims.SEPTEMBER_2_MORNING)
    assert "956" in sentence(page)
    page.keyboard.press("ArrowRight")
    assert "957" in sentence(page) and "609 percent" in sentence(page)
    assert "958" in page.locator(".explorer-live").inner_text()
    page.keyboard.press("ArrowLeft")
    choose(page, "unit", "agencies")
    assert "498 percent" in sentence(page)
    move_to(page, "date", claims.SEPTEMBER_17)
    assert "525 percent" in sentence(page)
    choose(page, "unit", "agreements")
    assert "641 percent" in sentence(page)
    move_to(page, "baseline", claims.END_OF_FIRST_TERM)
    assert "576 percent" in sentence(page)


def test_signed_in_2025_by_own_clicks(page):
    choose(page, "mode", "signed")
    choose(page, "year", "2025")
    move_to(page, "date", claims.FEBRUARY_13)
    assert "1,133 of 1,414" in sentence(page)
    choose(page, "year", "2019")
    assert re.search(r"\b45 of 1,414\b", sentence(page))
