"""Pages as readers of a phone and of paper meet them: bar, length, folds, numbers of sources, long lists, type."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from book_pages import NAMES, PAGES, TOC, parsed, source
from explorer_pages import picture_top
from playwright.sync_api import expect

from section287g import citing
from section287g.bench import budget

PHONE = {"width": 360, "height": 740, "has_touch": True}
HIGHEST_BAR = 56
LONGEST = 14_000
FIRST_HEADING = 700
HIGHEST_PICTURE = 320
HEAVIEST_STYLES = 25_000
HEAVIEST_FONT = 40_000

CHAPTERS = [
    f"{chapter['file']}.html"
    for part in TOC["parts"]
    if not {"Places", "Labs", "Teach", "Reference"} & {part["caption"]}
    for chapter in part["chapters"]
]
EXPLORED = [
    f"{name}.html" for name in NAMES if re.search(r"^```{explorer}", source(name).read_text("utf-8"), re.MULTILINE)
]
START, GROWTH, QUIZ = "book/index.html", "book/surge/growth.html", "book/teach/quiz.html"
ARGUMENTS = "book/debate/arguments.html"
LISTS = {
    "book/reference/glossary.html": ("detainer", "#term-detainer"),
    "book/reference/numbers.html": ("newest list", "#number-date-newest"),
    "book/reference/sources.html": ("gao", "#source-gao2021"),
}

MEASURES = """() => {
  const heading = [...document.querySelectorAll("main h2")].find(each => each.checkVisibility());
  const { scrollHeight, scrollWidth } = document.documentElement;
  return { bar: document.querySelector(".top").offsetHeight, long: scrollHeight, wide: scrollWidth,
    heading: heading ? heading.getBoundingClientRect().top + scrollY : 0 };
}"""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""


@pytest.mark.parametrize("address", [*PAGES, "search.html"])
def test_page_opens_from_disk_and_fits_a_phone(open_page, book_dir, address):
    page = open_page((book_dir / address).as_uri(), **PHONE)
    page.wait_for_load_state("networkidle")
    if "/slides/" not in address:  # tests/book/test_slides.py
        found = page.evaluate(MEASURES)
        print(f"\n{address}: {found}")
        assert found["bar"] <= HIGHEST_BAR and found["long"] <= LONGEST and found["wide"] <= PHONE["width"]
    if address in CHAPTERS:
        assert found["heading"] <= FIRST_HEADING
        assert_what_is_for_teachers_and_what_is_read_are_a_link_away(page)
    assert page.console_errors == []
    assert all(urlsplit(url).scheme in ("file", "data", "blob") for url in page.requests)


@pytest.mark.parametrize("address", EXPLORED)
def test_explorer_of_a_page_is_seen_whole_and_its_picture_at_once(open_page, address):
    for width, height in (1280, 800), (360, 740):
        page = open_page(address, width=width, height=height)
        page.wait_for_selector("section.explorer[data-ready]")
        assert page.evaluate(SHIFT) <= budget.most("layout_shift")
        frame = page.locator(".explorer-live .explorer-frame")
        asking = frame.locator(".explorer-guess-skip")
        for answered in (False, True)[: 1 + asking.count()]:
            if answered:
                asking.click()
            high, top = frame.bounding_box()["height"], picture_top(page)
            print(f"\n{address}, {width} wide, {'seen' if answered else 'asking'}: {high:.0f} high, picture at {top}")
            assert high <= height if width == 1280 else top <= HIGHEST_PICTURE


def assert_what_is_for_teachers_and_what_is_read_are_a_link_away(page):
    page.locator(".page-tools").get_by_role("link", name="Key points").click()
    expect(page.locator(".keypoints")).to_be_in_viewport()
    for folded in (".scope > :not(summary)", ".teacher > p", ".sources"):
        assert not page.locator(folded).first.is_visible()
    page.locator(".page-tools").get_by_role("link", name="For teachers").click()
    page.locator(".teacher > p").first.wait_for(state="visible")
    page.goto(f"{page.url.partition('#')[0]}#{page.locator('.sources li').last.get_attribute('id')}")
    page.locator(".sources").first.wait_for(state="visible")


@pytest.mark.parametrize(
    ("address", "options"),
    [(GROWTH, {}), (START, {}), *((address, PHONE) for address in [START, *CHAPTERS[:2], *LISTS, QUIZ])],
)
def test_nothing_jumps_while_a_page_loads(open_page, address, options):
    assert open_page(address, **options).evaluate(SHIFT) <= budget.most("layout_shift")


@pytest.mark.parametrize(("width", "free"), [(360, 255), (1280, 600)])  # where nothing stands in the bar
def test_bar_stays_and_its_panels_close(open_page, width, free):
    page = open_page(ARGUMENTS, width=width, height=740)
    page.evaluate("scrollTo(0, 3000)")
    contents = page.locator(".menu-pages")
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.mouse.click(free, 5),
    ):
        page.get_by_text("Contents", exact=True).click()
        assert contents.is_visible()
        close()
        assert not contents.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.progress')).transform") != "none"


def test_contents_of_a_page_lead_on_and_close(open_page):
    page = open_page(ARGUMENTS, **PHONE)
    panel = page.locator(".on-page details")
    panel.locator("summary").click()
    panel.get_by_role("link", name="Positions in between").click()
    page.wait_for_function("() => document.querySelector('#positions-in-between').getBoundingClientRect().top < 200")
    assert panel.get_attribute("open") is None


def test_number_of_a_source_opens_what_it_is(open_page):
    page = open_page(ARGUMENTS, **PHONE)
    link = page.locator("#the-critics-case a.cited").first
    source = citing.source("letf2017")
    link.tap()
    note = page.locator("#the-critics-case .note-box:popover-open").inner_text()
    assert all(part in note for part in (source["publisher"], citing.date(source)))
    assert source["title"][:20] in note.replace("’", "'")
    assert "secondary source" in note or "primary source" in note or "advocacy" in note
    assert "read first-hand" in note or "read in a copy" in note or "known from a summary" in note


def test_number_of_a_source_opens_by_keyboard_and_leads_to_its_line(open_page):
    page = open_page(ARGUMENTS)
    link = page.locator("#the-critics-case a.cited").first
    link.focus()
    page.keyboard.press("Enter")
    note = page.locator("#the-critics-case .note-box:popover-open")
    note.get_by_role("link", name="In the list of sources").click()
    line = page.locator(link.get_attribute("href"))
    line.wait_for(state="visible")
    assert line.evaluate("it => it === document.querySelector(':target')")


@pytest.mark.parametrize("address", CHAPTERS)
def test_a_source_keeps_its_number_on_a_page(book_dir, address):
    page = parsed(book_dir / address)
    shown = [(link["href"].lstrip("#"), int(link["data-n"])) for link in page.select("a.cited")]
    lines = [item["id"] for item in page.select(".sources > li")]
    assert shown and all(lines[number - 1] == source for source, number in shown)


@pytest.mark.parametrize("how", ["paper", "no scripts"])
def test_sources_are_written_out_on_paper_and_without_scripts(open_page, how):
    page = open_page(ARGUMENTS, javascript=how == "paper")
    if how == "paper":
        page.emulate_media(media="print")
    words = page.locator("#the-critics-case .cited-long").nth(1)
    assert words.inner_text() == citing.short("letf2017")
    assert words.bounding_box()["width"] > 50
    mark = "getComputedStyle(document.querySelector('.cited'), '::before').content"
    if how == "paper":
        assert page.evaluate(mark) == "none"


@pytest.mark.parametrize("address", LISTS)
def test_long_list_is_folded_filtered_and_opened_by_a_link(open_page, http_base, address):
    words, anchor = LISTS[address]
    page = open_page(address, **PHONE)
    target = page.locator(anchor)
    assert not target.is_visible()
    page.get_by_label("Filter this list").fill(words)
    page.wait_for_function(
        """words => [...document.querySelectorAll(".listed:not([hidden]) :is(li, tbody tr, dl > div)")]
      .filter(entry => entry.checkVisibility()).every(entry => entry.textContent.toLowerCase().includes(words))""",
        arg=words.split()[0],
    )
    page.goto("about:blank")
    page.goto(f"{http_base}/{address}{anchor}")
    target.wait_for(state="visible")


@pytest.mark.parametrize("address", LISTS)
def test_long_list_is_open_without_scripts(open_page, address):
    page = open_page(address, javascript=False)
    assert page.locator(LISTS[address][1]).is_visible()


def test_paper_is_whole_or_short(open_page):
    page = open_page(GROWTH)
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.print; }")
    page.emulate_media(media="print")
    for form, seen in (("whole", True), ("short", False)):
        page.evaluate("form => document.querySelector(`[data-print=${form}]`).click()", form)
        assert page.evaluate("printed") == form
        assert page.locator(".sources li").first.is_visible() == seen
        assert page.locator(".teacher > p").first.is_visible() == seen
        assert page.locator(".scope p").first.is_visible()


@pytest.mark.parametrize("address", [CHAPTERS[0], GROWTH, "book/teach/slides/class-45.html"])
def test_styles_are_light_and_in_layers(book_dir, address):
    page = parsed(book_dir / address)
    styles = [link["href"].partition("?")[0] for link in page.select("link[rel=stylesheet]")]
    texts = [(book_dir / address).parent.joinpath(style).read_bytes() for style in styles]
    assert texts and len(gzip.compress(b"".join(texts), 9)) <= HEAVIEST_STYLES
    assert all(b"@layer" in text for text in texts)


def test_typeface_is_light_and_loads_from_disk(open_page, book_dir):
    fonts = [path.stat().st_size for path in (book_dir / "_static/fonts").glob("*.woff2")]
    assert sum(fonts) <= HEAVIEST_FONT
    page = open_page((book_dir / CHAPTERS[0]).as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].some(font => font.family === 'Newsreader' && font.status === 'loaded')")
    assert page.console_errors == []
