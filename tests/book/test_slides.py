"""Decks of slides in a browser, as a speaker operates them."""

import io

import pytest
from book_pages import EDITIONS, ROOT, wait_until
from pypdf import PdfReader

from section287g import counts, teaching
from section287g.facts import written_day

DECKS = teaching.decks()
FOLDER = "book/teach/slides"
SCREEN = {"width": 1280, "height": 720}
every_deck = pytest.mark.parametrize("deck", DECKS)
every_edition = pytest.mark.parametrize("folder", EDITIONS)


def address(deck):
    return f"{FOLDER}/{deck}.html"


def shown(page):
    """Numbers of the slides that are visible."""
    return page.evaluate(
        "[...document.querySelectorAll('.slide')].filter(it => it.checkVisibility()).map(it => Number(it.id.slice(6)))"
    )


def count(page):
    return page.locator(".slide").count()


def go_to(page, number):
    page.evaluate(f"location.hash = '#slide-{number}'")
    wait_for_slide(page, number)


def wait_for_slide(page, number):
    wait_until(page, f"document.documentElement.dataset.slide === '{number}'")


def title(name):
    return (ROOT / FOLDER / "parts" / f"{name}.md").read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")


@every_deck
def test_a_deck_has_the_slides_of_its_plan(open_page, deck):
    page = open_page(address(deck), **SCREEN)
    rows = teaching.slides(deck)
    titles = page.locator(".slide h2[id$=-title]").all_text_contents()
    assert titles[: len(rows)] == [title(name) for name in rows["slide"]]
    assert titles[len(rows) :] in ([], ["Sources"])
    minutes = page.evaluate("[...document.querySelectorAll('.slide')].map(it => Number(it.dataset.minutes))")
    assert sum(minutes) == rows["minutes"].sum()


@every_edition
@every_deck
def test_nothing_on_a_slide_is_cut(open_page, deck, folder):
    page = open_page(folder + address(deck), **SCREEN)
    page.wait_for_load_state("networkidle")
    room = "parseFloat(getComputedStyle(document.body).paddingBottom)"
    assert page.evaluate(f"document.querySelector('.deck-bar').offsetHeight <= {room}"), "the bar covers the slides"
    cut = []
    for number in range(count(page)):
        go_to(page, number)
        page.wait_for_timeout(50)  # an explorer draws when it is first seen
        name = page.locator(f"#slide-{number}").inner_text()[:40]
        may_be_scrolled = page.locator(f"#slide-{number} ol.sources").count()
        for scheme in ("light", "dark"):  # each has pictures of its own
            page.emulate_media(color_scheme=scheme)
            high, wide = page.evaluate(
                "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth -"
                " innerWidth]"
            )
            if wide > 0 or (high > 0 and not may_be_scrolled):
                cut.append((number, scheme, name, high, wide))
    assert cut == []


@pytest.mark.parametrize("width, height", [(360, 740), (640, 360)], ids=["phone", "200 percent"])
@pytest.mark.parametrize("deck", ["class-45", "half-day"])
@every_edition
def test_every_slide_fits_the_width(open_page, deck, width, height, folder):
    page = open_page(folder + address(deck), width=width, height=height)
    for number in range(count(page)):
        go_to(page, number)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, number


@pytest.mark.parametrize("deck, dark", [("class-90", False), ("class-45", True), ("unit-5-5", False)])
def test_every_slide_is_accessible(open_page, axe_violations, deck, dark):
    page = open_page(address(deck), dark=dark, **SCREEN)
    page.locator(".deck-notes").click()
    found = {"page": axe_violations(page)}
    for number in range(count(page)):  # what is around the slides stays as it was
        go_to(page, number)
        found[number] = axe_violations(page, context=f"#slide-{number}")
    assert {place: problems for place, problems in found.items() if problems} == {}


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_keys_turn_the_slides(open_page, book_dir, http_base, scheme):
    base = book_dir.as_uri() if scheme == "file" else http_base
    page = open_page(f"{base}/{address('class-45')}", **SCREEN)
    assert shown(page) == [0]
    for key, number in [
        ("ArrowRight", 1),
        ("PageDown", 2),
        ("ArrowLeft", 1),
        ("PageUp", 0),
        ("ArrowLeft", 0),
        ("End", count(page) - 1),
        ("ArrowRight", count(page) - 1),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        assert shown(page) == [number], key
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("#slide-1")
    assert page.get_by_role("status").text_content() == f"Slide 2 of {count(page)}: The opening agreement"
    assert page.outside == [] and page.console_errors == []


def test_buttons_and_list_turn_the_slides(open_page):
    page = open_page(address("class-45"), **SCREEN)
    page.get_by_role("button", name="Next").click()
    assert shown(page) == [1] and page.locator(".deck-time").inner_text() == "Minute 0 to 2 of 45"
    page.get_by_role("combobox", name="Slide", exact=True).select_option(index=7)
    assert shown(page) == [7]
    page.keyboard.press("ArrowRight")  # the list has the focus: its own keys stay its own
    assert shown(page) in ([7], [8])
    page.get_by_role("button", name="Previous").focus()
    page.keyboard.press("Enter")
    assert shown(page)[0] < 8


def test_an_address_leads_to_its_slide(open_page):
    page = open_page(f"{address('class-45')}#slide-4", **SCREEN)
    assert shown(page) == [4]
    page.locator("#slide-4 .citation a").first.click()
    page.locator("li:target").wait_for()  # it is seen when its slide is
    assert shown(page) == [count(page) - 1]


def test_a_long_slide_is_read_to_its_end_before_a_remote_turns_it(open_page):
    page = open_page(f"{address('class-45')}#slide-11", width=640, height=360)
    page.keyboard.press("PageDown")
    assert shown(page) == [11]
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.keyboard.press("PageDown")
    assert shown(page) == [12]


def test_notes_open_beside_the_slide(open_page):
    page = open_page(f"{address('class-45')}#slide-1", **SCREEN)
    notes = page.locator("#slide-1 .slide-notes")
    assert not notes.is_visible()
    page.get_by_role("button", name="Notes").click()
    assert "Notes: 2 minutes" in notes.inner_text() and "What usually goes wrong" in notes.inner_text()
    assert notes.get_by_role("link", name="Opening agreement").is_visible()
    page.get_by_role("button", name="Notes").click()
    assert not notes.is_visible()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_speaker_window_and_slides_turn_together(open_page, book_dir, http_base, scheme):
    base = book_dir.as_uri() if scheme == "file" else http_base
    page = open_page(f"{base}/{address('class-45')}#slide-3", **SCREEN)
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Speaker window").click()
    speaker = popup.value
    speaker.locator("#slide-3 .slide-notes").wait_for()
    wait_for_slide(speaker, 3)
    assert speaker.locator(".deck-coming").inner_text() == "Next: A short text in a law of 1996"
    now, coming = (speaker.locator(f"#slide-{number} .slide-stage").bounding_box() for number in (3, 4))
    assert now["width"] > 1.5 * coming["width"] and coming["x"] > now["x"]
    assert not speaker.locator("#slide-4 .slide-notes").is_visible()
    speaker.keyboard.press("ArrowRight")
    wait_for_slide(page, 4)
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    wait_for_slide(speaker, 5)
    speaker.get_by_role("button", name="Start the clock").click()
    wait_until(speaker, "document.querySelector('[role=timer]').textContent !== '0:00'")
    speaker.get_by_role("button", name="Stop the clock").click()
    assert speaker.get_by_role("button", name="Go on").is_visible()


def test_full_screen(open_page):
    page = open_page(address("class-45"), **SCREEN)
    page.get_by_role("button", name="Full screen").click()
    wait_until(page, "document.fullscreenElement !== null")


def test_the_explorer_on_a_slide_is_live_and_keeps_its_keys(open_page):
    page = open_page(f"{address('class-45')}#slide-8", **SCREEN)
    explorer = page.locator("#slide-8 .explorer-frame")
    assert explorer.locator(".explorer-panel-picture").evaluate("it => it.scrollHeight - it.clientHeight") <= 1
    explorer.get_by_label("Count", exact=True).select_option("agencies")
    newest = written_day(counts.newest("ice_workbook")["date"])
    sentence = explorer.locator(".explorer-sentence").inner_text()
    assert "agencies" in sentence and newest in sentence
    explorer.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    assert shown(page) == [8]
    wait_until(
        page, f"!document.querySelector('#slide-8 .explorer-frame .explorer-sentence').innerText.includes('{newest}')"
    )


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_a_class_draws_its_line_on_the_slide_and_compares(open_page, by):
    page = open_page(f"{address('class-45')}#slide-7", **SCREEN)
    plot = page.locator("#slide-7").get_by_role("slider")
    box = plot.bounding_box()
    if by == "keys":
        plot.focus()
        for key in ("End", "PageUp", "PageUp"):
            page.keyboard.press(key)
    else:
        page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.8 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.99 * box["width"], box["y"] + 0.4 * box["height"], steps=8)
        page.mouse.up()
    drawn = int(plot.get_attribute("aria-valuenow"))
    page.get_by_role("button", name="Now show me").click()
    sentence = page.locator("#slide-7 .explorer-frame .explorer-sentence").inner_text()
    newest = counts.newest("ice_workbook")
    assert shown(page) == [7] and drawn > 500
    assert written_day(newest["date"]) in sentence and "your line: " in sentence


def test_without_scripts_all_slides_stand_one_below_the_other(open_page):
    page = open_page(address("class-45"), javascript=False, **SCREEN)
    titles = page.get_by_role("heading", level=2)
    assert all(heading.is_visible() for heading in titles.all()) and titles.count() > 10
    assert not page.locator("#slide-1 .slide-notes dl").is_visible()
    page.locator("#slide-1 .slide-notes summary").click()
    assert page.locator("#slide-1 .slide-notes dl").is_visible()


def pages_of_print(page):
    return [
        " ".join(sheet.extract_text().split())
        for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]


@pytest.mark.parametrize("notes", [False, True], ids=["slides", "with notes"])
def test_paper_has_one_slide_a_page(open_page, notes):
    page = open_page(address("class-45"), dark=True, **SCREEN)
    titles = page.locator(".slide h2[id$=-title]").all_text_contents()
    if notes:
        page.get_by_role("button", name="Notes").click()
    sheets = pages_of_print(page)
    for number, words in enumerate(titles, 1):
        assert words.replace("’", "'") in sheets[number].replace("’", "'"), number
        assert ("Notes:" in sheets[number]) == (notes and words != "Sources")


def test_motion_is_left_to_the_reader(open_page):
    page = open_page(address("class-45"), reduced_motion="reduce", **SCREEN)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_book_leads_to_every_deck_and_past_them(open_page):
    page = open_page("book/teach/slides.html")
    links = page.locator(".decks a")
    assert [link.get_attribute("href") for link in links.all()] == [f"slides/{deck}.html" for deck in DECKS]
    assert page.locator(".turn-next").get_attribute("href") == "printables.html"
    page.goto(page.url.replace("slides.html", "printables.html"))
    assert page.locator(".turn-prev").get_attribute("href") == "slides.html"
    assert page.locator(".menu a[href*='slides/']").count() == 0
    found = set()
    for name in ("lesson-plans", "activities"):
        page.goto(f"{page.url.rpartition('/')[0]}/{name}.html")
        found |= {link.get_attribute("href") for link in page.locator(".plan-slides a").all()}
    assert found == {f"slides/{deck}.html" for deck in DECKS}
