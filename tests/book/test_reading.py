"""What every page has, as readers use it: search, menu, theme, notes of numbers and terms, paper, the policy."""

import pytest
from book_pages import PAGES

GROWTH = "book/surge/growth.html"
FIRST = PAGES[0]


def at(book_dir, http_base, scheme, address):
    return (book_dir / address).as_uri() if scheme == "file" else f"{http_base}/{address}"


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_a_page(open_page, book_dir, http_base, scheme):
    page = open_page(at(book_dir, http_base, scheme, FIRST))
    page.get_by_role("combobox", name="Search the book").fill("agreements")
    page.get_by_role("button", name="Search").click()
    link = page.locator("#search-results a").first
    link.wait_for()
    link.click()
    page.locator("article h1").wait_for()
    assert not page.url.split("?")[0].endswith("search.html")
    assert page.console_errors == []


@pytest.mark.parametrize("address", [FIRST, GROWTH, PAGES[-1]])
def test_menu_shows_where_the_reader_is(open_page, address):
    page = open_page(address)
    page.get_by_text("Contents", exact=True).click()
    page.wait_for_function(
        """() => {
      const { top, bottom } = document.querySelector('.menu-pages a.current').getBoundingClientRect();
      return 0 < top && bottom < innerHeight;
    }"""
    )


@pytest.mark.parametrize(
    ("scheme", "options"),
    [("http", {}), ("file", {}), ("http", {"width": 360, "height": 740, "javascript": False})],
    ids=["http", "file", "phone without scripts"],
)
def test_menu_leads_to_another_page(open_page, book_dir, http_base, scheme, options):
    page = open_page(at(book_dir, http_base, scheme, FIRST), **options)
    link = page.get_by_role("navigation", name="Book").get_by_role("link").nth(1)
    assert not link.is_visible()
    page.get_by_text("Contents", exact=True).click()
    link.click()
    assert page.url.endswith(PAGES[1])


def test_choice_of_theme_is_kept(open_page):
    page = open_page(FIRST)
    page.get_by_role("button", name="Dark theme").click()
    page.goto(page.url.replace(FIRST, GROWTH))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("button", name="Light theme").is_visible()


def first_number(page):
    """The first number in the page's sections, and its note."""
    number = page.locator("section section .fact .noted-text").first
    return number, page.locator(f"#{number.get_attribute('popovertarget')}")


def test_number_tells_its_date_on_hover(open_page):
    number, note = first_number(open_page(GROWTH))
    assert not note.is_visible()
    number.hover()
    assert note.is_visible() and "As of" in note.inner_text() and "Source" in note.inner_text()


def test_number_tells_its_date_by_keyboard(open_page):
    page = open_page(GROWTH)
    number, note = first_number(page)
    page.locator("main a, main button").first.focus()
    for _ in range(40):
        if number.evaluate("it => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert not note.is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_number_tells_its_date_on_tap(open_page, javascript):
    page = open_page(GROWTH, width=360, height=740, javascript=javascript, has_touch=True)
    number, note = first_number(page)
    number.tap()
    assert note.is_visible()
    box = note.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_term_is_explained_on_tap_and_leads_to_the_glossary(open_page, javascript):
    page = open_page(GROWTH, width=360, height=740, javascript=javascript, has_touch=True)
    term = page.locator(".term .noted-text").first
    term.tap()
    note = page.locator(f"#{term.get_attribute('popovertarget')}")
    assert note.is_visible()
    note.get_by_role("link", name="In the glossary").tap()
    page.wait_for_url("**/glossary.html#term-*")
    assert page.locator("dt:target").is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_paper_has_no_navigation_and_open_boxes(open_page, javascript):
    page = open_page(GROWTH, dark=True, javascript=javascript)
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".top", ".menu", ".turn", ".on-page", ".margin"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".numbers-used td").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for picture in page.locator(".chart img").all():
        assert picture.is_visible() == ("only-light" in picture.get_attribute("class"))


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_policy_stops_inline_scripts_but_not_downloads(open_page, book_dir, http_base, scheme):
    page = open_page(at(book_dir, http_base, scheme, FIRST))
    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    }""")
    assert page.evaluate("window.ran") is None
    with page.expect_download() as download:
        page.evaluate("""() => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(['state,agreements']));
          link.download = 'view.csv';
          link.click();
        }""")
    assert download.value.suggested_filename == "view.csv"
    assert download.value.path().read_text() == "state,agreements"
