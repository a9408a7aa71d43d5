"""The timeline explorer operated by a reader: every control by mouse and keyboard, its outputs, other ways of
reading."""

import functools

import pytest
from explorer_pages import box, control, csv_rows, sentence

from section287g import tables
from section287g.facts import written_date

TABLE = tables.load("timeline")
SOURCES = tables.load("sources").set_index("source_key")
FIRST = TABLE.iloc[0]


@pytest.fixture
def timeline(alive):
    """A function that opens the timeline page, alive."""
    return functools.partial(alive, "timeline")


def options(page):
    return page.locator(".explorer-live [role=option]")


def card(page):
    return page.locator(".t-card").inner_text()


def search(page, text):
    control(page, "search").fill(text)


def test_start_view_shows_all_events_and_opens_the_first(timeline):
    page = timeline()
    assert options(page).count() == page.locator(".t-dot").count() == len(TABLE)
    assert sentence(page).startswith(page.locator(".explorer-still .explorer-sentence").text_content())
    assert FIRST["title"] in card(page) and FIRST["description"] in card(page)
    assert (
        page.locator(".explorer-live .explorer-source").inner_text()
        == page.locator(".explorer-still .explorer-source").text_content()
    )
    assert page.console_errors == [] and page.outside == []


def test_every_event_opens_with_its_words_and_source(timeline):
    page = timeline()
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.explorer-live [role=option]')].map(it => it.dataset.id).map(id => {
      document.querySelector(`[role=option][data-id="${id}"]`).click();
      const link = document.querySelector('.t-card a');
      return [document.querySelector('.t-card').textContent, link.textContent, link.getAttribute('href'), link.rel];
    })"""
    )
    for (text, title, address, rel), row in zip(seen, TABLE.itertuples(), strict=True):
        source = SOURCES.loc[row.source_key]
        assert written_date(row.date) in text and row.title in text and row.description in text
        assert (title, address, rel) == (source["title"], source["url"], "noreferrer")
        assert source["publisher"] in text and written_date(source["date"]) in text


def test_kinds(timeline):
    page = timeline()
    kinds = sorted(set(TABLE["kind"]))
    for kind in kinds[1:]:
        box(page, "kinds", kind).uncheck()
    for kind, following in zip(kinds, [*kinds[1:], None], strict=True):
        shown = TABLE[TABLE["kind"] == kind]
        assert options(page).count() == page.locator(".t-dot:not(.t-hidden)").count() == len(shown)
        assert sentence(page).startswith(f"{len(shown)} of {len(TABLE)} events are shown")
        assert shown["title"].iloc[0] in card(page)
        if following:
            box(page, "kinds", following).check()
            box(page, "kinds", kind).uncheck()


def test_no_kind(timeline):
    page = timeline()
    for kind in set(TABLE["kind"]):
        box(page, "kinds", kind).uncheck()
    assert sentence(page).startswith(f"None of the {len(TABLE)} events is shown.")
    assert options(page).count() == page.locator(".t-card").count() == 0
    page.get_by_role("tab", name="Table").click()
    assert page.locator(".explorer-live tbody tr[data-row]").count() == 0
    assert page.console_errors == []


def test_search(timeline):
    page = timeline()
    search(page, "  MARICOPA jail ")
    found = TABLE[
        (TABLE["title"] + " " + TABLE["description"])
        .str.lower()
        .apply(lambda text: "maricopa" in text and "jail" in text)
    ]
    shown = options(page).all_inner_texts()
    assert all(any(title in text for text in shown) for title in found["title"])
    assert "Searched for: MARICOPA jail." in sentence(page)
    assert page.evaluate("document.activeElement.dataset.trait") == "search"
    search(page, "june 25, 2012")  # dates are searched as they are written
    assert options(page).count() == (TABLE["date"] == "2012-06-25").sum()
    search(page, "nothing like this")
    assert sentence(page).startswith(f"None of the {len(TABLE)}")


def test_steps(timeline):
    page = timeline()
    page.get_by_role("button", name="Next").click()
    assert TABLE["title"].iloc[1] in card(page) and f"2 of {len(TABLE)}" in card(page)
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.get_by_role("button", name="Previous").click()
    page.get_by_role("button", name="Previous").dispatch_event("click")  # at the start it does nothing
    assert FIRST["title"] in card(page)


def test_dot_opens_its_event(timeline):
    page = timeline()
    event = TABLE.iloc[40]
    page.locator(f".t-dot[data-id='{event['event_id']}']").click()
    assert event["title"] in card(page)
    page.wait_for_function("""() => {
      const list = document.querySelector('.t-list').getBoundingClientRect();
      const chosen = document.querySelector('[role=option][aria-selected=true]').getBoundingClientRect();
      return chosen.top >= list.top && chosen.bottom <= list.bottom + 1;
    }""")


def test_list_by_keyboard(timeline):
    page = timeline()
    options(page).first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert TABLE["title"].iloc[3] in card(page)
    assert TABLE["title"].iloc[3] in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("End")
    assert TABLE["title"].iloc[-1] in card(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert FIRST["title"] in page.evaluate("document.activeElement.textContent")


def test_list_stays_where_it_was_scrolled(timeline):
    page = timeline()
    list_ = page.locator(".t-list")
    list_.evaluate("list => { list.scrollTop = 900; }")
    seen = list_.evaluate("""list => [...list.querySelectorAll('[role=option]')]
      .findIndex(option => option.getBoundingClientRect().top > list.getBoundingClientRect().top + 150)""")
    options(page).nth(seen).dispatch_event("click")
    page.wait_for_timeout(50)
    assert list_.evaluate("list => list.scrollTop") == 900


def test_all_controls_by_keyboard_alone(timeline):
    page = timeline()
    control(page, "search").focus()
    seen = []
    for _ in range(18):
        seen.append(page.evaluate("document.activeElement.dataset.trait ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert seen[:10] == ["search", *["kinds"] * 8, "Timeline"]
    assert seen[10:12] == ["Previous", "Next"]
    assert seen[12] == SOURCES.loc[FIRST["source_key"]]["title"] and FIRST["title"] in seen[13]
    assert seen[14:17] == ["Copy link to this view", "Download data (CSV)", "Reset"]
    box(page, "kinds", "data").focus()
    page.keyboard.press("Space")
    assert sentence(page).startswith(f"{(TABLE['kind'] != 'data').sum()} of {len(TABLE)}")


def test_table_holds_every_event_with_its_source(timeline):
    page = timeline()
    page.get_by_role("tab", name="Table").click()
    rows = page.locator(".explorer-live tbody tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell =>"
        " cell.textContent).concat(row.querySelector('a').getAttribute('href')))"
    )
    for cells, row in zip(rows, TABLE.itertuples(), strict=True):
        source = SOURCES.loc[row.source_key]
        assert (cells[0], cells[1], cells[2], cells[5], cells[-1]) == (
            written_date(row.date),
            row.title,
            row.description,
            source["title"],
            source["url"],
        )
        assert source["publisher"] in cells[6]
    search(page, "alamance")
    assert (
        page.locator(".explorer-live tbody tr[data-row]").count()
        == (TABLE["title"] + TABLE["description"]).str.contains("Alamance").sum()
    )


def test_csv_is_the_view(timeline):
    page = timeline()
    for kind in set(TABLE["kind"]) - {"court"}:
        box(page, "kinds", kind).uncheck()
    name, (header, *rows) = csv_rows(page)
    shown = TABLE[TABLE["kind"] == "court"]
    assert name == f"287g-timeline-as-of-{TABLE['date'].iloc[-1]}.csv"
    assert [row[:6] for row in rows] == shown[header[:6]].to_numpy().tolist()
    assert [row[-1] for row in rows] == SOURCES.loc[shown["source_key"], "url"].tolist()


def test_link_restores_the_view(timeline):
    page = timeline(height=600, permissions=["clipboard-read", "clipboard-write"])
    search(page, "texas")
    box(page, "kinds", "agreement").uncheck()
    options(page).last.click()
    said, opened = sentence(page), card(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    other = timeline(f"#{page.url.split('#')[1]}", height=600)
    assert (sentence(other), card(other)) == (said, opened)
    assert not box(other, "kinds", "agreement").is_checked()
    other.get_by_role("button", name="Reset").click()
    assert sentence(other).startswith(f"{len(TABLE)} of {len(TABLE)}") and FIRST["title"] in card(other)


def test_wrong_links_do_no_harm(timeline):
    page = timeline("#explorer-timeline?kinds=zz,court&event=%3Cimg%3E&search=%3Cimg%20src%3Dx%3E")
    assert sentence(page).startswith(f"None of the {len(TABLE)}") and page.locator(".explorer-live img").count() == 0
    assert box(page, "kinds", "court").is_checked() and not box(page, "kinds", "law").is_checked()
    assert page.console_errors == []


def test_values_from_data_stay_text(altered):
    def alter(values):
        values["data"]["events"][0]["title"] = "<img src=x onerror=alert(1)>"
        source = values["data"]["events"][0]["source"]
        values["data"]["sources"][source]["url"] = "javascript:alert(1)"

    page = altered("timeline", alter)
    assert "<img src=x" in card(page) and page.locator(".explorer-live img").count() == 0
    assert page.locator(".t-card a").count() == 0


def test_works_from_disk(open_page, site):
    page = open_page((site / "timeline.html").as_uri())
    search(page, "florida")
    assert "Searched for: florida." in sentence(page) and page.console_errors == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_and_without_scripts_every_event_is_read(open_page, site_base, javascript):
    page = open_page(f"{site_base}/timeline.html", javascript=javascript)
    if not javascript:
        assert page.locator(".t-still li").last.is_visible()
        assert page.locator(".t-still").evaluate("list => list.scrollHeight - list.clientHeight") == 0
    page.emulate_media(media="print")
    assert page.locator(".t-still li").count() == len(TABLE) and page.locator(".t-still li").last.is_visible()
    assert page.locator(".t-still").evaluate("list => list.scrollHeight - list.clientHeight") <= 1
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize("tab", ["Timeline", "Table"])
def test_narrow_screen_does_not_scroll_sideways(timeline, tab):
    page = timeline(width=320, height=700)
    page.get_by_role("tab", name=tab).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.locator(".explorer-live :is(p, text, td, button)").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 11
    if tab == "Timeline":
        strip = page.locator(".t-strip").bounding_box()
        for text in page.locator(".t-strip text").all():
            place = text.bounding_box()
            assert place["x"] >= strip["x"] - 1 and place["x"] + place["width"] <= strip["x"] + strip["width"] + 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(timeline, axe_violations, theme, width):
    page = timeline(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    search(page, "nothing like this")
    assert axe_violations(page, ".explorer") == []
    search(page, "texas")
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []
