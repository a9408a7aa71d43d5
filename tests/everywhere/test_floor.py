"""Older browsers, simulated: without what came after Chrome 105, iOS 16 and Firefox 115, every page is read and every
explorer answers. Also colors that the system forces, letters of twice the size, and a page that was saved whole."""

import re

import pytest
from book_pages import wait_until
from everywhere.test_everywhere import MOST, WALK

WITHOUT = """
for (const name of ["showPopover", "hidePopover", "togglePopover", "checkVisibility"])
  delete HTMLElement.prototype[name], delete Element.prototype[name];
delete URL.canParse;
delete Object.groupBy;
for (const name of ["toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
document.addEventListener("DOMContentLoaded", () => {
  for (const note of document.querySelectorAll("[popover]")) note.removeAttribute("popover");
});
"""


def older(open_page, page):
    """A page as an older browser shows it: without these functions, popovers and selectors."""

    def without(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, body=re.sub(r":popover-open|::details-content|:has(?=\()", ":unknown", answer.text())
        )

    opened = open_page("book/reference/about.html")
    opened.context.add_init_script(WITHOUT)
    opened.context.route("**/*.css*", without)
    opened.goto(opened.url.replace("book/reference/about.html", page))
    opened.wait_for_load_state()
    return opened


def test_explorers_answer_in_older_browsers(open_page, pages):
    for page in dict.fromkeys(pages.values()):
        old, new = older(open_page, page), open_page(page)
        walked = [shown.evaluate(f"() => {{ const walk = {WALK} return walk({MOST}); }}") for shown in (old, new)]
        said = [[[name, [step[:5] for step in steps]] for name, steps in walk] for walk in walked]
        assert said[0] and said[0] == said[1] and old.console_errors == []
        old.context.close()
        new.context.close()


def test_notes_wait_to_be_pointed_at_in_older_browsers(open_page):
    page = older(open_page, "book/surge/growth.html")
    words = page.locator("section > section > p .noted.fact").first
    assert page.locator(".note-box").evaluate_all("all => all.filter(note => note.getClientRects().length).length") == 0
    words.locator(".noted-text").focus()
    assert words.locator(".note-box").is_visible()


@pytest.mark.parametrize("stored", ["dark", "light"])
def test_forced_colors_are_the_readers(open_page, stored):
    page = open_page("book/incentives/who-pays.html", forced_colors="active")
    page.evaluate("stored => localStorage.setItem('theme', stored)", stored)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"  # the system's
    page.locator(".explorer-guess-skip").first.click()
    bars = [
        page.locator(f".explorer-live .incentives-{kind}").first.evaluate("bar => getComputedStyle(bar).fill")
        for kind in ("fixed", "award")
    ]
    assert bars[0] != bars[1]


def test_text_of_pictures_grows_with_all_text(open_page):
    page = open_page("book/surge/growth.html")
    page.locator(".explorer-live .explorer-guess-skip").click()
    height = "document.querySelector('.explorer-live svg text').getBoundingClientRect().height"
    before = page.evaluate(height)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wait_until(page, f"{height} > {1.8 * before}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_that_was_saved_whole_shows_everything_once(open_page, book_dir):
    page = open_page("book/surge/growth.html")
    page.locator("section.explorer[data-ready]").first.wait_for()
    count = "[...document.querySelectorAll('.explorer-live, .citation .note-box, .search-found, #arrows-hint')].length"
    saved = book_dir / "book/surge/saved-whole.html"
    saved.write_text(page.content(), encoding="utf-8")
    try:
        again = open_page("book/surge/saved-whole.html")
        again.locator("section.explorer[data-ready]").first.wait_for()
        assert again.evaluate(count) == page.evaluate(count)
        assert again.locator(".explorer-live svg text").count() > 5 or again.locator(".explorer-guess").is_visible()
        # Places that scripts had given to parts are refused as style in the page; the scripts give them anew.
        assert [error for error in again.console_errors if "inline style" not in error] == []
    finally:
        saved.unlink()
