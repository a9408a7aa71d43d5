"""The map explorer operated by a reader: every control by mouse and keyboard, its outputs, other ways of reading."""

import functools
import statistics
from xml.etree import ElementTree

import pandas as pd
import pytest
from explorer_pages import control, csv_rows, sentence, table
from playwright.sync_api import expect
from speed import slowness

from section287g import counts, tables
from section287g.explorers.map import widget
from section287g.facts import written_day
from section287g.figures import places

LISTS = tables.load("lists")
NEWEST = counts.newest("ice_workbook")
NAMES = tables.load("states").set_index("state")["name"]
SINCE = widget.settings()["since"].default


@pytest.fixture
def map_page(alive):
    """A function that opens the map page, alive."""
    return functools.partial(alive, "map")


def tile(page, code):
    return page.locator(f".explorer-live [data-tile={code}]")


def shown(page):
    """Code -> value printed in its tile."""
    return dict(
        page.locator(".explorer-live [data-tile]").evaluate_all(
            "tiles => tiles.map(tile => [tile.dataset.tile, tile.querySelectorAll('text')[1].textContent])"
        )
    )


def listed(page):
    """Cells of the open state's agreements, row by row."""
    return page.locator(".map-agreements tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def written(key, measure):
    return {code: places.written(value, measure) for code, value in places.measured(measure, key, SINCE).items()}


def test_start_view_is_the_newest_workbook(map_page):
    page = map_page()
    assert shown(page) == written(NEWEST["list"], "agreements")
    assert sentence(page) == page.locator(".explorer-still .explorer-sentence").text_content()
    assert (
        page.locator(".explorer-live .explorer-source").inner_text()
        == page.locator(".explorer-still .explorer-source").text_content()
    )
    assert page.console_errors == [] and page.outside == []


@pytest.mark.parametrize("key", ["2021-01-13", "2025-03-03-pm", "2026-07-20"])
def test_every_measure_equals_python_on_any_list(map_page, key):
    on = LISTS.loc[(LISTS["date"] <= pd.Timestamp(key[:10])), "list"].iloc[-1]
    page = map_page(f"#explorer-map?on={on}")
    for measure in widget.settings()["measure"].allowed:
        control(page, "measure").select_option(measure)
        assert shown(page) == written(on, measure), measure
        levels = page.locator(".explorer-live [data-tile]").evaluate_all(
            "tiles => tiles.map(tile => [tile.dataset.tile, +tile.classList[1].at(-1)])"
        )
        values = places.measured(measure, on, SINCE)
        assert dict(levels) == {
            code: 0 if pd.isna(value) else places.level(value, measure) for code, value in values.items()
        }, measure


def test_sentences_say_the_measure(map_page):
    page = map_page()
    now = counts.by_state(NEWEST["list"])
    control(page, "measure").select_option("counties")
    share = 100 * now["covered_counties"].sum() / now["counties"].sum()
    assert f"{now['covered_counties'].sum():,} of {now['counties'].sum():,} counties" in sentence(
        page
    ) and f"{share:.1f} percent" in sentence(page)
    assert "Only agreements of sheriffs count" in page.locator(".explorer-live .explorer-notes").inner_text()
    control(page, "measure").select_option("residents")
    assert f"{100 * now['covered_residents'].sum() / now['residents'].sum():.1f} percent of residents" in sentence(page)
    control(page, "measure").select_option("per_million")
    assert f"{NAMES[now['per_million'].idxmax()]} has the most" in sentence(page)
    control(page, "measure").select_option("change")
    change = places.measured("change", NEWEST["list"], SINCE)
    assert f"{change.sum():+,.0f} agreements" in sentence(page)
    control(page, "since").select_option("2026-02-27-am")
    change = places.measured("change", NEWEST["list"], "2026-02-27-am")
    assert shown(page)["MD"] == places.written(change["MD"], "change")
    assert tile(page, "MD").locator("rect").count() == (2 if change["MD"] < 0 else 1)  # fewer: hatched, not only shaded
    control(page, "on").fill("0")
    control(page, "measure").select_option("task_force")
    assert "0 agreements under the Task Force Model" in sentence(page)


def test_state_opens_with_its_agreements_and_documents(map_page):
    page = map_page()
    tile(page, "PA").click()
    rows = counts.listed_on(NEWEST["date"]).query("state == 'PA'")
    page.get_by_role("button", name=f"Show all {len(rows)}").click()
    assert sorted(cells[0] for cells in listed(page)) == sorted(rows["agency"])
    assert sorted(cells[4] for cells in listed(page)) == sorted(written_day(day) for day in rows["signed"])
    links = page.locator(".map-agreements a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert sorted(links) == sorted(rows["document_url"].dropna())
    assert f"Open: Pennsylvania, {len(rows)} agreements" in sentence(page)
    assert tile(page, "PA").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Close").click()
    assert page.locator(".map-agreements").count() == 0 and tile(page, "PA").get_attribute("aria-pressed") == "false"


def test_history_of_a_state_is_said_in_words(map_page):
    page = map_page("#explorer-map?state=MD")
    own = counts.over_time("MD")
    said = page.locator(".map-history").get_attribute("aria-label")
    assert (
        f"Warrant: {own['warrant'].iloc[0]} on the first list, {own.loc[NEWEST['list'], 'warrant']} on the one shown,"
        f" {own['warrant'].max()} at most." in said
    )
    assert page.locator(".map-history path.map-line").count() == 3


@pytest.mark.parametrize(("width", "least"), [(360, 240), (1280, 380)])
def test_history_fills_its_room(map_page, width, least):
    page = map_page("#explorer-map?state=TX", width=width)
    picture, room = page.locator(".map-history").bounding_box(), page.locator(".map-side").bounding_box()
    assert least <= picture["width"] <= room["width"]


def test_rows_that_differ_from_the_count_are_explained(map_page):
    rows = LISTS.assign(followed=[len(counts.listed_on(date)) for date in LISTS["date"]])
    odd = rows[rows["followed"] - rows["rows"] > 30].iloc[0]
    by_state = counts.by_state(odd["list"])["agreements"]
    followed = counts.listed_on(odd["date"])["state"].value_counts()
    state = next(code for code in followed.index if followed[code] != by_state[code])
    page = map_page(f"#explorer-map?state={state}&on={odd['list']}")
    assert f"The list itself counts {by_state[state]}." in page.locator(".map-agreements").inner_text()


def test_tiles_by_keyboard(map_page):
    page = map_page()
    assert page.locator(".explorer-live [data-tile][tabindex='0']").count() == 1  # one stop for all tiles
    page.locator(".explorer-live [data-tile][tabindex='0']").focus()
    focused = "document.activeElement.dataset.tile"
    page.keyboard.press("Home")
    assert page.evaluate(focused) == "AL"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "FL"  # the nearest below Georgia
    page.keyboard.press("Enter")
    assert control(page, "state").input_value() == "FL" and page.evaluate(focused) == "FL"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert control(page, "state").input_value() == page.evaluate(focused) == "GA"
    page.keyboard.press("Space")  # a second time closes
    assert control(page, "state").input_value() == ""


def test_every_tile_is_reached_by_arrows(map_page):
    page = map_page()
    reached = page.evaluate("""() => {
      const press = (tile, key) => { tile.focus(); tile.dispatchEvent(new KeyboardEvent("keydown", {key,
        bubbles: true})); return document.activeElement; };
      const seen = new Set(), waiting = [document.querySelector(".explorer-live [data-tile]")];
      while (waiting.length) {
        const tile = waiting.pop();
        if (seen.has(tile.dataset.tile)) continue;
        seen.add(tile.dataset.tile);
        for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) waiting.push(press(tile, key));
      }
      return [...seen].sort();
    }""")
    assert reached == sorted(NAMES.index)


def test_slider_and_steps(map_page):
    page = map_page()
    page.get_by_role("button", name="Previous list").click()
    before = LISTS.iloc[LISTS.index[LISTS["list"] == NEWEST["list"]][0] - 1]
    assert f"{before['rows']:,} agreements" in sentence(page)
    page.get_by_role("button", name="Next list").click()
    page.get_by_role("button", name="Next list").click()
    last = LISTS.iloc[-1]
    assert f"{last['rows']:,} agreements" in sentence(page) and "another project's copy" in sentence(page)
    assert "not ICE's own file" in page.locator(".explorer-live .explorer-notes").inner_text()
    page.get_by_role("button", name="Next list").click()  # at the end it does nothing
    assert f"{last['rows']:,} agreements" in sentence(page)
    control(page, "on").focus()
    page.keyboard.press("Home")
    assert f"{LISTS.iloc[0]['rows']:,} agreements" in sentence(page)


def test_playing_goes_on_and_stops(map_page):
    page = map_page(f"#explorer-map?on={LISTS['list'].iloc[-3]}")
    live = page.locator(".explorer-live .explorer-sentence")
    page.get_by_role("button", name="Play").click()
    assert live.get_attribute("aria-live") == "off"
    page.get_by_role("button", name="Play").wait_for()  # by itself, at the last list
    assert control(page, "on").input_value() == str(len(LISTS) - 1) and live.get_attribute("aria-live") == "polite"
    page.get_by_role("button", name="Play").click()
    expect(control(page, "on")).not_to_have_value(str(len(LISTS) - 1))
    page.get_by_role("button", name="Pause").click()
    stopped = control(page, "on").input_value()
    page.wait_for_timeout(700)
    assert control(page, "on").input_value() == stopped


def test_with_less_motion_nothing_plays(map_page):
    page = map_page(reduced_motion="reduce")
    assert page.get_by_role("button", name="Play").count() == 0
    assert page.get_by_role("button", name="Previous list").is_visible()


def test_table_holds_all_places_and_measures(map_page):
    page = map_page("#explorer-map?state=TX")
    page.get_by_role("tab", name="Table").click()
    rows = {cells[0]: cells[1:] for cells in table(page)}
    now = counts.by_state(NEWEST["list"])
    assert set(rows) == set(NAMES)
    for code, row in now.iterrows():
        cells = rows[NAMES[code]]
        assert cells[:5] == [f"{row[name]:,}" for name in (*counts.MODELS, "agreements", "agencies")]
        if not pd.isna(row["per_million"]):
            assert float(cells[5]) == pytest.approx(row["per_million"], abs=0.06)
        assert (cells[7] == "–") == pd.isna(row["counties"])
    assert page.locator(".explorer-live tr.explorer-current").inner_text().startswith("Texas")


def test_csv_of_the_map_and_of_a_state(map_page):
    page = map_page()
    name, (header, *rows) = csv_rows(page)
    assert name == f"287g-map-{NEWEST['list']}.csv" and len(rows) == len(NAMES)
    texas = dict(zip(header, next(row for row in rows if row[2] == "TX"), strict=True))
    assert (
        texas["agreements"] == str(counts.by_state(NEWEST["list"]).loc["TX", "agreements"])
        and texas["change_since"] == SINCE
    )
    tile(page, "TX").click()
    name, (header, *rows) = csv_rows(page)
    expected = counts.listed_on(NEWEST["date"]).query("state == 'TX'")
    assert name == f"287g-agreements-TX-{NEWEST['list']}.csv"
    assert sorted(row[header.index("agency")].lstrip("'") for row in rows) == sorted(expected["agency"])


def test_saved_picture_is_the_map(map_page):
    page = map_page("#explorer-map?state=TX")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    picture = ElementTree.parse(download.value.path())
    words = ["".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"TX", "FL", str(counts.by_state(NEWEST["list"]).loc["TX", "agreements"])} <= set(words)


def test_link_restores_the_view(map_page):
    page = map_page(permissions=["clipboard-read", "clipboard-write"])
    control(page, "measure").select_option("change")
    control(page, "since").select_option("2026-02-27-am")
    tile(page, "VA").click()
    page.get_by_role("button", name="Previous list").click()
    said = sentence(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    other = map_page(f"#{page.url.split('#')[1]}")
    assert sentence(other) == said and listed(other) == listed(page)
    other.get_by_role("button", name="Reset").click()
    assert sentence(other) == other.locator(".explorer-still .explorer-sentence").text_content()


def test_wrong_links_do_no_harm(map_page):
    page = map_page("#explorer-map?state=%3Cimg%3E&on=2099&measure=arrests")
    assert (
        sentence(page) == page.locator(".explorer-still .explorer-sentence").text_content()
        and page.console_errors == []
    )


def test_values_from_data_stay_text(altered):
    def alter(values):
        values["state"] = "AK"
        plain = values["data"]["rows"]["plain"]
        place = {name: plain["names"].index(name) for name in ("agency", "document_url")}
        plain["rows"][0][place["agency"]], plain["rows"][0][place["document_url"]] = (
            "<img src=x onerror=alert(1)>",
            "javascript:alert(1)",
        )

    page = altered("map", alter)
    assert (
        "<img src=x" in page.locator(".map-agreements").inner_text() and page.locator(".explorer-live img").count() == 0
    )
    assert page.locator(".map-agreements a[href^=javascript]").count() == 0


def test_works_from_disk(open_page, site):
    page = open_page((site / "map.html").as_uri())
    tile(page, "TX").click()
    assert "Open: Texas" in sentence(page) and page.console_errors == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_and_without_scripts_map_and_table_are_read(open_page, site_base, javascript):
    page = open_page(f"{site_base}/map.html", javascript=javascript)
    page.emulate_media(media="print")
    assert page.locator(".explorer-still img.only-light").is_visible()
    assert page.locator(".explorer-still td").first.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize("address", ["", "#explorer-map?state=PA&measure=per_million", "#explorer-map?view=table"])
def test_narrow_screen_does_not_scroll_sideways(map_page, address):
    page = map_page(address, width=320, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    tiles = page.locator(".explorer-live [data-tile]")
    if "table" not in address:
        boxes = tiles.evaluate_all(
            "all => all.map(one => { const { left, right, width } = one.getBoundingClientRect(); return [left, right,"
            " width]; })"
        )
        assert min(left for left, _, _ in boxes) >= 0 and max(right for _, right, _ in boxes) <= 320
        inside = tiles.locator("text").evaluate_all(
            "all => all.every(one => one.getBoundingClientRect().width <= one.parentNode.getBoundingClientRect().width"
            " + 1)"
        )
        assert inside


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(map_page, axe_violations, theme, width):
    page = map_page(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    control(page, "measure").select_option("change")
    tile(page, "TX").click()
    assert axe_violations(page, ".explorer") == []
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []


def test_forced_colours_keep_tiles_and_lines(map_page):
    page = map_page("#explorer-map?state=TX", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert tile(page, "TX").locator("rect").first.evaluate("rect => getComputedStyle(rect).stroke") != ground
    assert page.locator("path.map-line").first.evaluate("path => getComputedStyle(path).stroke") != ground


MOVE = """async () => {
  const slider = document.querySelector(".explorer-live [data-trait=on]"), times = [];
  for (let step = 0; step < 60; step++) {
    slider.value = Number(slider.max) - step; // as a reader drags it
    const start = performance.now();
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""


def test_changes_are_quick(map_page):
    page = map_page()
    work = page.evaluate(MOVE)
    tile(page, "TX").click()
    opened = page.evaluate(MOVE)
    print(f"own work p50: map {statistics.median(work):.1f} ms, with a state open {statistics.median(opened):.1f} ms")
    assert statistics.median(work) <= 5 * slowness(page)
