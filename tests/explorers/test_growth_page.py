"""The growth explorer operated by a reader: every control, the picture, table and files."""

import re

from explorer_pages import choose, control, csv_rows, open_tab, sent, sentence, still, still_sentence, table
from playwright.sync_api import expect

from section287g import counts, tables
from section287g.facts import written_date, written_day

NEWEST = counts.newest("ice_workbook")
LISTS = tables.load("lists")
SINCE_2025 = LISTS[LISTS["date"] >= "2025-01-01"]
PUBLISHED = sent("growth")["data"]["published"]
STATES = dict(sent("growth")["data"]["states"])


def test_live_sentence_and_source_equal_those_of_python(alive):
    page = alive("growth")
    gone = next(code for code in STATES if code != "all" and not counts.on(NEWEST["list"], code)["agreements"])
    for state, unit in (("TX", "agencies"), ("MA", "agreements"), (gone, "agreements"), (gone, "agencies")):
        choose(page, state=state, unit=unit)
        assert sentence(page) == still_sentence("growth", state=state, unit=unit)
        assert STATES[state] in page.locator("figcaption.explorer-picture-title:visible").inner_text()
    page.get_by_role("button", name="Reset").click()
    choose(page, published=True)  # the picture in the page marks them, too
    source = page.locator(".explorer-live .explorer-source").inner_text()
    assert source == still("growth").select_one(".explorer-source").get_text()


def test_show_and_since(alive):
    page = alive("growth")
    for show, column in {"total": "rows", **{model: model for model in counts.MODELS}}.items():
        choose(page, show=show)
        assert page.locator("path.x-line:not(.explorer-legend path)").count() == 1
        assert f"{NEWEST[column]:,} agreements" in sentence(page)
    choose(page, show="models", since="2025")
    before = LISTS[LISTS["date"] < "2025-01-01"].iloc[-1]
    assert f"{NEWEST['rows'] - before['rows']:,} more" in sentence(page)
    assert written_day(before["date"]) in sentence(page)
    assert int(control(page, "on").get_attribute("max")) == len(SINCE_2025)


def test_events(alive):
    page = alive("growth")
    choose(page, events=True)
    events = page.locator(".explorer-notes ol li").count()
    assert page.locator(".x-event").count() == events == len(sent("growth")["data"]["events"])
    choose(page, state="TX")
    assert 0 < page.locator(".x-event").count() == page.locator(".explorer-notes ol li").count() < events


def test_published_totals_stand_apart_and_only_where_they_fit(alive):
    page = alive("growth")
    choose(page, show="total", published=True)
    assert page.locator(".explorer-canvas .x-published").count() == len(PUBLISHED)
    for row, line in zip(PUBLISHED, page.locator(".explorer-notes li").all_inner_texts(), strict=True):
        assert f"{row['total']:,} agreements" in line and row["confidence"] in line and row["source"] in line
    last = PUBLISHED[-1]
    assert written_date(last["date"]) in page.locator(".explorer-live .explorer-source").inner_text()
    name, rows = csv_rows(page)
    assert name.endswith(f"{last['date']}.csv")
    assert rows[-1][:3] == ["published_total", last["date"], last["confidence"]] and str(last["total"]) in rows[-1]
    for other, start in (("TX", {"state": "all"}), ("agencies", {"unit": "agreements"})):
        (setting,) = start
        choose(page, **{setting: other})
        assert control(page, "published").is_disabled() and not control(page, "published").is_checked()
        assert page.locator(".x-published").count() == 0
        choose(page, **start)


def test_pointing_previews_and_clicking_reads(alive):
    page = alive("growth")
    said = sentence(page)
    box = page.locator(".explorer-canvas").bounding_box()
    x, y = box["x"] + box["width"] * 0.4, box["y"] + 150
    page.mouse.move(x, y)
    expect(page.locator(".x-reading")).not_to_contain_text("2026")
    assert sentence(page) == said
    page.mouse.click(x, y)
    assert sentence(page) != said and "2026" not in sentence(page)
    page.mouse.move(5, 5)
    expect(page.locator(".x-reading")).not_to_contain_text("2026")


def test_slider_by_keyboard(alive):
    page = alive("growth")
    slider, live = control(page, "on"), page.locator(".explorer-live .explorer-sentence")
    slider.focus()
    assert live.get_attribute("aria-live") == "off"
    first, last = LISTS.iloc[0], LISTS.iloc[-1]
    for key, row in (("ArrowLeft", LISTS[LISTS["kind"] == "ice_workbook"].iloc[-2]), ("Home", first), ("End", last)):
        page.keyboard.press(key)
        assert written_day(row["date"]) in sentence(page) and f"{row['rows']:,} agreements" in sentence(page)
        assert slider.get_attribute("aria-valuetext") == sentence(page)
    page.keyboard.press("Tab")
    assert live.get_attribute("aria-live") == "polite"


def test_table_and_csv_equal_the_counts_and_follow_every_setting(alive):
    page = alive("growth")
    open_tab(page, 1)
    models = list(counts.MODELS)
    columns = {"agreements": [*models, "agreements"], "agencies": [*(f"{it}_agencies" for it in models), "agencies"]}
    for state, unit in (("all", "agreements"), ("TX", "agencies")):
        choose(page, state=state, unit=unit)
        counted = counts.over_time(None if state == "all" else state)
        dates, numbers = counted["date"].map(written_day), counted[columns[unit]].map("{:,}".format)
        expected = [[date, *row] for date, row in zip(dates, numbers.values.tolist(), strict=True)]
        assert [[row[0], *row[3:]] for row in table(page)] == expected[::-1]
        name, (header, *rows) = csv_rows(page)
        assert name == f"287g-growth-{state}-{unit}-as-of-{counted['date'].iloc[-1]:%Y-%m-%d}.csv"
        assert header[6:10] == [*models, "total"] and [row[0] for row in rows] == counted.index.tolist()
        assert [[int(cell) for cell in row[6:10]] for row in rows] == counted[columns[unit]].values.tolist()
        assert {(row[4], row[5]) for row in rows} == {(state, unit)}
    choose(page, state="all", unit="agreements", show="warrant", since="2025")
    assert {len(row) for row in table(page)} == {4} and len(table(page)) == len(SINCE_2025) + 1
    choose(page, published=True)
    assert page.locator(".explorer-live .explorer-group").count() == 2
    assert table(page)[0][0] == written_date(PUBLISHED[-1]["date"])


def test_link_without_clipboard_stays_in_the_address_and_others_are_left_alone(alive):
    page = alive("growth")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error())}})"
    )
    choose(page, unit="agencies")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_contain_text("#explorer-growth?unit=agencies")
    assert page.url.endswith("#explorer-growth?unit=agencies")
    said = sentence(page)
    page.evaluate("location.hash = 'elsewhere'")
    assert sentence(page) == said


def test_labels_at_line_ends_do_not_overlap(alive):
    page = alive("growth", width=320, height=700)
    for state in ("all", "AK", "NC", "MA"):
        choose(page, state=state)
        places = page.locator(".x-labels text").evaluate_all(
            "texts => texts.map(text => [text.getBoundingClientRect().top, text.getBoundingClientRect().right])"
        )
        tops = sorted(top for top, _ in places)
        assert all(below - above >= 15 for above, below in zip(tops, tops[1:]))
        assert max(right for _, right in places) <= 320


def test_picture_follows_the_width_and_keeps_its_lines_in_forced_colours(alive):
    page = alive("growth", forced_colors="active")
    line = page.locator(".explorer-canvas path.x-line").first
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert line.evaluate("path => getComputedStyle(path).stroke") != ground
    page.set_viewport_size({"width": 500, "height": 800})
    expect(page.locator(".explorer-canvas svg")).to_have_attribute("width", re.compile("^4\\d\\d$"))
