"""The growth explorer operated by a reader: every control by mouse and keyboard, its outputs, other ways of reading."""

import re
import statistics
from xml.etree import ElementTree

import pytest
from explorer_pages import control, csv_rows, sentence, table
from playwright.sync_api import expect
from speed import slowness

from section287g import counts, tables
from section287g.bench.pages import CHANGE, percentile
from section287g.explorers import base
from section287g.explorers.growth import widget
from section287g.facts import written_date, written_day

NEWEST = counts.newest("ice_workbook")
LISTS = tables.load("lists")


def picture(page):
    """The drawn picture as text, without what differs between two drawings of one view."""
    return page.locator(".explorer-canvas svg").inner_html()


# --- the start ---


def test_start_view_is_alive_and_says_the_newest_list(growth):
    page = growth()
    assert sentence(page).startswith(
        f"On ICE's list of {written_day(NEWEST['date'])}, the United States had {NEWEST['rows']:,} agreements in"
        " force: "
    )
    assert page.locator(".explorer-still").is_hidden()
    assert page.locator(".explorer-canvas svg path.x-line").count() == 3
    assert page.console_errors == [] and page.outside == []


def test_live_sentence_equals_the_one_in_the_page(growth):
    page = growth()
    assert page.locator(".explorer-still .explorer-sentence").text_content() == sentence(page)
    for state, unit in (("TX", "agencies"), ("MA", "agreements"), ("DE", "agreements")):
        control(page, "state").select_option(state)
        control(page, "unit").select_option(unit)
        assert (
            sentence(page) == widget.still(base.from_text(widget.settings(), {"state": state, "unit": unit})).sentence
        )
    page.get_by_role("button", name="Reset").click()
    control(page, "published").check()  # the picture in the page marks them, too
    assert (
        page.locator(".explorer-still .explorer-source").text_content()
        == page.locator(".explorer-live .explorer-source").inner_text()
    )


def test_works_from_disk(open_page, site):
    page = open_page((site / "growth.html").as_uri())
    control(page, "state").select_option("TX")
    assert "Texas had" in sentence(page)
    assert page.console_errors == []


# --- every control, by mouse and by keyboard ---


def test_state(growth):
    page = growth()
    before = picture(page)
    control(page, "state").select_option(label="Texas")
    newest = counts.on(NEWEST["list"], "TX")
    assert (
        f"Texas had {newest['agreements']:,} agreements in force: {newest['jail']} jail, {newest['warrant']} warrant"
        in sentence(page)
    )
    assert picture(page) != before
    assert "Texas" in page.locator("figcaption.explorer-picture-title:visible").inner_text()


def test_state_without_agreements_any_more(growth):
    page = growth()
    gone = next(state for state in widget.states() if counts.on(NEWEST["list"], state)["agreements"] == 0)
    control(page, "state").select_option(gone)
    assert f"{widget.states()[gone]} had no agreement in force." in sentence(page)
    control(page, "unit").select_option("agencies")
    assert f"no agency in {widget.states()[gone]} had" in sentence(page)


def test_unit(growth):
    page = growth()
    control(page, "unit").select_option("agencies")
    assert f"{NEWEST['agencies']:,} agencies in the United States had an agreement in force" in sentence(page)
    assert "An agency can hold more than one model." in sentence(page)
    assert "agencies with at least one agreement" in page.locator(".explorer-live .explorer-source").inner_text()


@pytest.mark.parametrize("show", ["total", "jail", "warrant", "task_force"])
def test_show(growth, show):
    page = growth()
    control(page, "show").select_option(show)
    assert page.locator("path.x-line:not(.explorer-legend path)").count() == 1
    assert f"{NEWEST['rows' if show == 'total' else show]:,} agreements" in sentence(page)


def test_since(growth):
    page = growth()
    control(page, "since").select_option("2025")
    before = LISTS[LISTS["date"] < "2025-01-01"].iloc[-1]
    assert (
        f"{NEWEST['rows'] - before['rows']:,} more than on the first list shown, of {written_day(before['date'])}."
        in sentence(page)
    )
    assert int(control(page, "on").get_attribute("max")) == (LISTS["date"] >= "2025-01-01").sum()


def test_events(growth):
    page = growth()
    control(page, "events").check()
    marks = page.locator(".x-event").count()
    assert marks == page.locator(".explorer-notes ol li").count() == len(widget.EVENTS)
    control(page, "state").select_option("TX")
    assert page.locator(".x-event").count() == sum(state in ("", "TX") for state in widget.EVENTS.values())


def test_published_totals(growth):
    page = growth()
    control(page, "show").select_option("total")
    control(page, "published").check()
    published = widget.data()["published"]
    assert page.locator(".explorer-canvas .x-published").count() == len(published)
    for row, line in zip(published, page.locator(".explorer-notes li").all_inner_texts(), strict=True):
        assert f"{row['total']:,} agreements" in line and row["confidence"] in line and row["source"] in line
    assert (
        f"Totals published later: to {written_date(published[-1]['date'])}"
        in page.locator(".explorer-live .explorer-source").inner_text()
    )


@pytest.mark.parametrize(("setting", "value"), [("state", "TX"), ("unit", "agencies")])
def test_published_totals_are_not_offered_where_they_do_not_fit(growth, setting, value):
    page = growth()
    control(page, "published").check()
    control(page, setting).select_option(value)
    assert control(page, "published").is_disabled() and not control(page, "published").is_checked()
    assert page.locator(".x-published").count() == 0
    assert page.get_by_text("only for agreements in all states").is_visible()


def test_pointing_previews_and_clicking_reads(growth):
    page = growth()
    said = sentence(page)
    box = page.locator(".explorer-canvas").bounding_box()
    x, y = box["x"] + box["width"] * 0.4, box["y"] + 150
    page.mouse.move(x, y)
    expect(page.locator(".x-reading")).not_to_contain_text("2026")
    assert sentence(page) == said
    page.mouse.click(x, y)
    assert "an archived copy of ICE's web table" in sentence(page)
    page.mouse.move(5, 5)
    expect(page.locator(".x-reading")).not_to_contain_text("2026")


def test_slider_by_keyboard(growth):
    page = growth()
    slider = control(page, "on")
    slider.focus()
    assert page.locator(".explorer-live .explorer-sentence").get_attribute("aria-live") == "off"
    page.keyboard.press("ArrowLeft")
    previous = LISTS[LISTS["kind"] == "ice_workbook"].iloc[-2]
    assert sentence(page).startswith(f"On ICE's list of {written_day(previous['date'])}")
    assert slider.get_attribute("aria-valuetext") == sentence(page)
    page.keyboard.press("Home")
    first = LISTS.iloc[0]
    assert (
        sentence(page)
        == f"On an archived copy of ICE's web table of {written_day(first['date'])}, the United States had"
        f" {first['rows']} agreements in force: {first['jail']} jail, {first['warrant']} warrant and"
        f" {first['task_force']} task force."
    )
    page.keyboard.press("End")
    assert "another project's copy of ICE's list" in sentence(page)
    page.keyboard.press("Tab")
    assert page.locator(".explorer-live .explorer-sentence").get_attribute("aria-live") == "polite"


def test_all_controls_by_keyboard_alone(growth):
    page = growth()
    seen = []
    page.locator(".explorer-live select").first.focus()
    for _ in range(14):
        seen.append(page.evaluate("document.activeElement.dataset.trait ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert seen[:8] == ["state", "unit", "show", "since", "events", "published", "Picture", "on"]
    assert seen[8:12] == ["Copy link to this view", "Download data (CSV)", "Save picture (SVG)", "Reset"]
    control(page, "state").focus()
    page.keyboard.type("Flo")
    assert "Florida had" in sentence(page)
    control(page, "unit").focus()
    page.keyboard.type("Agen")
    assert "agencies in Florida" in sentence(page)
    control(page, "events").focus()
    page.keyboard.press("Space")
    assert page.locator(".x-event").count() > 0
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    assert "the United States had" in sentence(page) and page.locator(".x-event").count() == 0


def test_tabs_by_keyboard_and_mouse(growth):
    page = growth()
    picture_tab, table_tab = page.get_by_role("tab", name="Picture"), page.get_by_role("tab", name="Table")
    picture_tab.focus()
    page.keyboard.press("ArrowRight")
    assert table_tab.get_attribute("aria-selected") == "true" and page.locator(".explorer-live table").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Table"
    picture_tab.click()
    assert page.locator(".explorer-canvas").is_visible() and page.locator(".explorer-live table").is_hidden()


# --- table, files, link, reset ---


@pytest.mark.parametrize(("state", "unit"), [("all", "agreements"), ("TX", "agencies")])
def test_table_equals_the_counts(growth, state, unit):
    page = growth()
    control(page, "state").select_option(state)
    control(page, "unit").select_option(unit)
    page.get_by_role("tab", name="Table").click()
    counted = counts.over_time(None if state == "all" else state).iloc[::-1]
    expected = [
        [written_day(row["date"]), *(f"{row[column]:,}" for column in widget.UNITS[unit].values())]
        for _, row in counted.iterrows()
    ]
    assert [[row[0], *row[3:]] for row in table(page)] == expected
    assert page.locator(".explorer-live thead th").count() == 7
    assert (
        page.locator(".explorer-live caption")
        .inner_text()
        .startswith({"agreements": "287(g) agreements", "agencies": "Agencies"}[unit])
    )


def test_table_follows_every_setting(growth):
    page = growth()
    page.get_by_role("tab", name="Table").click()
    control(page, "show").select_option("warrant")
    control(page, "since").select_option("2025")
    assert {len(row) for row in table(page)} == {4}
    assert len(table(page)) == (LISTS["date"] >= "2025-01-01").sum() + 1
    control(page, "published").check()
    assert page.locator(".explorer-live .explorer-group").first.inner_text().startswith("Totals published later")
    assert table(page)[0][0] == written_date(widget.data()["published"][-1]["date"])


def test_csv_is_the_view(growth):
    page = growth()
    control(page, "state").select_option("TX")
    name, (header, *rows) = csv_rows(page)
    counted = counts.over_time("TX")
    assert name == f"287g-growth-TX-agreements-as-of-{counted['date'].iloc[-1]:%Y-%m-%d}.csv"
    assert header == [
        "list",
        "date",
        "kind",
        "unchanged_until",
        "state",
        "unit",
        "jail",
        "warrant",
        "task_force",
        "total",
        "source",
    ]
    assert [row[0] for row in rows] == counted.index.tolist()
    assert [[int(cell) for cell in row[6:10]] for row in rows] == counted[
        ["jail", "warrant", "task_force", "agreements"]
    ].to_numpy().tolist()
    assert {row[4] for row in rows} == {"TX"}


def test_csv_holds_published_totals_apart(growth):
    page = growth()
    control(page, "published").check()
    name, rows = csv_rows(page)
    last = widget.data()["published"][-1]
    assert name.endswith(f"{last['date']}.csv")
    assert rows[-1][:3] == ["published_total", last["date"], last["confidence"]] and rows[-1][9] == str(last["total"])


def test_picture_file_stands_alone(growth):
    page = growth(dark=True)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.get_by_role("tab", name="Table").click()
    control(page, "state").select_option("FL")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename.startswith("287g-growth-FL-agreements-as-of-")
    root = ElementTree.fromstring(text)
    words = " ".join(root.itertext())
    assert "287(g) agreements in force, Florida" in words and "Source: " in words and "As of" in words
    assert "var(" not in text and "class=" not in text
    assert 'fill="rgb(20, 24, 30)"' in text
    assert page.locator(".explorer-canvas").is_hidden()


def test_link_restores_the_view(growth):
    page = growth(height=600, permissions=["clipboard-read", "clipboard-write"])
    control(page, "state").select_option("TX")
    control(page, "since").select_option("2025")
    control(page, "events").check()
    control(page, "on").focus()
    page.keyboard.press("Home")
    page.get_by_role("tab", name="Table").click()
    said = sentence(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url and link.split("#")[1].startswith("explorer-growth?state=TX&since=2025&events=true&on=")
    other = growth(f"#{link.split('#')[1]}", height=600)
    expect(other.locator(".explorer-live .explorer-title")).to_be_in_viewport()
    assert sentence(other) == said
    assert control(other, "state").input_value() == "TX" and control(other, "events").is_checked()
    assert other.locator(".explorer-live table").is_visible()
    other.get_by_role("button", name="Reset").click()
    assert "the United States" in sentence(other) and other.locator(".explorer-canvas").is_visible()


def test_link_without_clipboard_stays_in_the_address(growth):
    page = growth()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error())}})"
    )
    control(page, "unit").select_option("agencies")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("The link is now in the address line").wait_for()
    assert page.url.endswith("#explorer-growth?unit=agencies")


def test_wrong_links_do_no_harm(growth):
    page = growth("#explorer-growth?state=ZZ&unit=%3Cimg%3E&events=perhaps&on=1&nothing=1&since=2025")
    assert "the United States had" in sentence(page) and control(page, "since").input_value() == "2025"
    assert page.console_errors == []
    page.evaluate("location.hash = 'explorer-growth?state=FL'")
    expect(page.locator(".explorer-live .explorer-sentence")).to_contain_text("Florida")
    page.evaluate("location.hash = 'elsewhere'")
    assert "Florida" in sentence(page)


def test_reset_goes_back_to_the_start(growth):
    page = growth()
    start, drawn = sentence(page), picture(page)
    for setting, value in (("state", "VA"), ("unit", "agencies"), ("show", "jail"), ("since", "2025")):
        control(page, setting).select_option(value)
    control(page, "events").check()
    page.get_by_role("button", name="Reset").click()
    assert (sentence(page), picture(page)) == (start, drawn)
    assert page.get_by_role("status").inner_text() == "Back to the start."


# --- values from data are text ---


def test_hostile_values_are_shown_as_text(altered_growth):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        values["data"]["states"] = [
            [code, hostile if code == "TX" else name] for code, name in values["data"]["states"]
        ]
        values["data"]["sources"] = dict.fromkeys(values["data"]["sources"], '=HYPERLINK("http://x")')
        values["data"]["published"][-1]["source"] = hostile
        values["data"]["events"][0]["source"] = "</script><script>document.title='broken'</script>"

    page = altered_growth(alter)
    control(page, "events").check()
    control(page, "published").check()
    assert hostile in page.locator(".explorer-notes ul").inner_text()
    assert "</script>" in page.locator(".explorer-notes ol").inner_text()
    page.get_by_role("tab", name="Table").click()
    assert hostile in page.locator(".explorer-live table").inner_text()
    control(page, "state").select_option("TX")
    assert hostile in sentence(page)
    assert page.title() == "An explorer" and page.locator(".explorer-live img").count() == 0
    assert csv_rows(page)[1][1][-1] == '\'=HYPERLINK("http://x")'


# --- other ways of reading ---


def test_without_scripts(growth, open_page, site_base):
    page = open_page(f"{site_base}/growth.html", javascript=False)
    assert (
        page.locator(".explorer-still img.only-light").is_visible()
        and page.locator(".explorer-still img.only-dark").is_hidden()
    )
    assert f"{NEWEST['rows']:,} agreements in force" in page.locator(".explorer-sentence").inner_text()
    page.locator("summary").click()
    assert page.locator(".explorer-still table").is_visible()
    assert page.locator(".explorer-still tbody th").first.inner_text() == written_day(LISTS["date"].iloc[-1])


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper(open_page, site_base, javascript):
    page = open_page(f"{site_base}/growth.html", javascript=javascript)
    if javascript:
        page.wait_for_selector("section.explorer[data-ready]")
        control(page, "state").select_option("TX")
    page.emulate_media(media="print")
    assert page.locator(".explorer-still img.only-light").is_visible()
    assert page.locator(".explorer-still td").first.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize("tab", ["Picture", "Table"])
def test_narrow_screen_does_not_scroll_sideways(growth, tab):
    page = growth(width=320, height=700)
    control(page, "events").check()
    control(page, "published").check()
    page.get_by_role("tab", name=tab).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if tab == "Picture":
        edge = page.locator(".explorer-canvas").evaluate("canvas => canvas.getBoundingClientRect().right")
        assert (
            page.locator(".explorer-canvas text").evaluate_all(
                "texts => Math.max(...texts.map(t => t.getBoundingClientRect().right))"
            )
            <= edge + 1
        )
    assert (
        page.locator(".explorer-canvas text").evaluate_all(
            "texts => Math.min(...texts.map(t => parseFloat(getComputedStyle(t).fontSize)))"
        )
        >= 11
    )


def test_labels_at_line_ends_do_not_overlap(growth):
    page = growth(width=320, height=700)
    for state in ("all", "AK", "NC", "MA"):
        control(page, "state").select_option(state)
        tops = sorted(
            page.locator(".x-labels text").evaluate_all("texts => texts.map(text => text.getBoundingClientRect().top)")
        )
        assert all(below - above >= 15 for above, below in zip(tops, tops[1:]))
        right = page.locator(".x-labels text").evaluate_all(
            "texts => Math.max(...texts.map(text => text.getBoundingClientRect().right))"
        )
        assert right <= 320


def test_picture_follows_the_width(growth):
    page = growth()
    page.set_viewport_size({"width": 500, "height": 800})
    expect(page.locator(".explorer-canvas svg")).to_have_attribute("width", re.compile("^4\\d\\d$"))
    assert page.locator(".explorer-canvas text").first.evaluate("text => getComputedStyle(text).fontSize") == "13px"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(growth, axe_violations, theme, width):
    page = growth(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    control(page, "events").check()
    control(page, "published").check()
    assert axe_violations(page, ".explorer") == []
    control(page, "state").select_option("TX")
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []


def test_forced_colours_keep_lines_apart_from_the_page(growth):
    page = growth(forced_colors="active")
    line = page.locator(".explorer-canvas path.x-line").first
    assert line.evaluate("path => getComputedStyle(path).stroke") != page.evaluate(
        "getComputedStyle(document.body).backgroundColor"
    )


def test_changes_are_quick(growth):
    page = growth()
    measured = page.evaluate(CHANGE, [7, 60])
    work, frame = ([pair[place] for pair in measured] for place in (0, 1))
    print(
        f"own work p50 {statistics.median(work):.1f} ms, p95 {percentile(work, 0.95):.1f} ms; to next frame p95"
        f" {percentile(frame, 0.95):.1f} ms"
    )
    assert statistics.median(work) <= 5 * slowness(page)
