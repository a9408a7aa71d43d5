"""The pages for teachers: plans and activities lead to files that open."""

import io
from urllib.parse import urljoin

import pytest
from pypdf import PdfReader

from section287g import handouts, teaching
from section287g.handouts import lessons

HEAVIEST = 13e6  # bytes of all files to print
LESSONS = teaching.lessons()


def links_of(page):
    return {link.get_attribute("href") for link in page.locator("main a[href$='.pdf']").all()}


def opened(book_dir, link):
    return PdfReader(io.BytesIO((book_dir / "book/teach" / link).read_bytes()))


def of_lesson(lesson):
    return {
        f"../../_downloads/handouts/{lessons.file_name(lesson, paper, learners)}"
        for paper in handouts.PAPERS
        for learners in lessons.OFFERED[paper]
    }


def test_every_handout_and_every_lesson_opens_on_both_papers(open_page, book_dir):
    links = links_of(open_page("book/teach/printables.html"))
    sheets = {
        f"../../_downloads/handouts/{paper}/{name}.pdf" for paper in handouts.PAPERS for name in handouts.sheets()
    }
    assert links == sheets.union(*map(of_lesson, LESSONS))
    assert all(opened(book_dir, link).pages for link in sheets)


@pytest.mark.parametrize("name, chosen", [("lesson-plans", LESSONS[:-6]), ("activities", LESSONS[-6:])])
def test_each_plan_and_activity_offers_its_print_and_says_its_sheets(open_page, book_dir, name, chosen):
    page = open_page(f"book/teach/{name}.html")
    assert set().union(*map(of_lesson, chosen)) <= links_of(page)
    first = page.get_by_role("table", name="Print this lesson").first.get_by_role("link").first
    sheets = int(first.locator("xpath=..").inner_text().split()[1])
    assert len(opened(book_dir, first.get_attribute("href")).pages) == sheets


def test_a_step_leads_to_the_sheet_it_names(open_page, book_dir):
    page = open_page("book/teach/lesson-plans.html")
    link = page.get_by_role("link", name="Opening agreement").first.get_attribute("href")
    assert opened(book_dir, link).metadata.title == "Opening agreement"


def test_a_sheet_that_is_found_stands_in_the_list(open_page):
    page = open_page("book/teach/printables.html#handout-opening-agreement")
    assert page.locator("#handout-opening-agreement").inner_text() == "Opening agreement"


def test_the_page_on_one_page_says_what_its_sheet_says(open_page, book_dir):
    page = open_page("book/teach/one-page.html")
    shown = page.locator("article").inner_text()
    content = handouts.content("one-page")
    for text in (content["pay"]["text"], content["growth"]["text"], *content["unknown"]):
        assert text in shown
    assert {f"../../_downloads/handouts/{paper}/one-page.pdf" for paper in handouts.PAPERS} <= links_of(page)
    addresses = page.locator("article a").evaluate_all("links => links.map(link => link.href)")
    assert urljoin(page.url, "../surge/find.html") in addresses


def test_all_files_to_print_weigh_little(book_dir):
    files = (book_dir / "_downloads/handouts").rglob("*.pdf")
    assert sum(file.stat().st_size for file in files) < HEAVIEST
