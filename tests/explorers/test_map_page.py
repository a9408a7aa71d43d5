"""The map explorer operated by a reader: tiles, measures, the lists in time, an open state, table and files."""

import pandas as pd
import pytest
from explorer_pages import choose, control, csv_rows, focused, links, open_tab, sent, sentence, table, tile, tile_texts
from playwright.sync_api import expect

from section287g import counts, tables
from section287g.facts import written_day
from section287g.figures import places

LISTS = tables.load("lists")
NEWEST = counts.newest("ice_workbook")
NOW = counts.by_state(NEWEST["list"])
NAMES = tables.load("states").set_index("state")["name"]
SINCE, MEASURES = sent("map")["since"], list(sent("map")["words"]["measures"])


def listed(page):
    """Cells of the open state's agreements, row by row."""
    return page.locator(".map-agreements tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


@pytest.mark.parametrize("key", ["2021-01-13", "2025-03-03-pm", "newest"])
def test_every_measure_equals_python_on_any_list(alive, key):
    on = NEWEST["list"] if key == "newest" else LISTS.loc[LISTS["date"] <= pd.Timestamp(key[:10]), "list"].iloc[-1]
    page = alive("map", f"#explorer-map?on={on}")
    for measure in MEASURES:
        choose(page, measure=measure)
        values = places.measured(measure, on, SINCE)
        assert tile_texts(page) == {code: places.written(value, measure) for code, value in values.items()}, measure
        levels = page.locator(".explorer-live [data-tile]").evaluate_all(
            "tiles => tiles.map(tile => [tile.dataset.tile, +tile.classList[1].at(-1)])"
        )
        expected = {code: 0 if pd.isna(value) else places.level(value, measure) for code, value in values.items()}
        assert dict(levels) == expected, measure


def test_sentences_say_the_measure(alive):
    page = alive("map")
    covered = NOW[["covered_counties", "counties", "covered_residents", "residents"]].sum()
    said = {
        "counties": f"{100 * covered['covered_counties'] / covered['counties']:.1f} percent",
        "residents": f"{100 * covered['covered_residents'] / covered['residents']:.1f} percent",
        "per_million": NAMES[NOW["per_million"].idxmax()],
        "change": f"{places.measured('change', NEWEST['list'], SINCE).sum():+,.0f} agreements",
    }
    for measure, part in said.items():
        choose(page, measure=measure)
        assert part in sentence(page), measure
    choose(page, since="2026-02-27-am")
    change = places.measured("change", NEWEST["list"], "2026-02-27-am")
    assert tile_texts(page)["MD"] == places.written(change["MD"], "change")
    assert tile(page, "MD").locator("rect").count() == (2 if change["MD"] < 0 else 1)  # fewer: hatched, not only shaded
    control(page, "on").fill("0")
    choose(page, measure="task_force")
    assert f": {LISTS['task_force'].iloc[0]} agreements" in sentence(page)


def test_state_opens_with_its_agreements_documents_and_history(alive):
    page = alive("map", width=360)
    tile(page, "PA").click()
    rows = counts.listed_on(NEWEST["date"]).query("state == 'PA'")
    page.get_by_role("button", name=f"Show all {len(rows)}").click()
    assert sorted(cells[0] for cells in listed(page)) == sorted(rows["agency"])
    assert sorted(cells[4] for cells in listed(page)) == sorted(written_day(day) for day in rows["signed"])
    found = [address for _, address, _ in links(page.locator(".map-agreements"))]
    assert sorted(found) == sorted(rows["document_url"].dropna())
    assert f"Pennsylvania, {len(rows)} agreements" in sentence(page)
    assert tile(page, "PA").get_attribute("aria-pressed") == "true"
    own, said = counts.over_time("PA")["warrant"], page.locator(".map-history").get_attribute("aria-label")
    assert f": {own.iloc[0]} on the first list, {own[NEWEST['list']]} on the one shown, {own.max()} at most." in said
    assert page.locator(".map-history path.map-line").count() == 3
    for width, least in ((360, 240), (1280, 300)):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".map-history")).to_have_js_property("isConnected", True)
        page.wait_for_function(
            "least => document.querySelector('.map-history').getBoundingClientRect().width >= least", arg=least
        )
        picture, room = page.locator(".map-history").bounding_box(), page.locator(".map-side").bounding_box()
        assert picture["width"] <= room["width"]
    page.get_by_role("button", name="Close").click()
    assert page.locator(".map-agreements").count() == 0 and tile(page, "PA").get_attribute("aria-pressed") == "false"


def test_rows_that_differ_from_the_count_are_explained(alive):
    rows = LISTS.assign(followed=[len(counts.listed_on(date)) for date in LISTS["date"]])
    odd = rows[rows["followed"] - rows["rows"] > 30].iloc[0]
    by_state = counts.by_state(odd["list"])["agreements"]
    followed = counts.listed_on(odd["date"])["state"].value_counts()
    state = next(code for code in followed.index if followed[code] != by_state[code])
    page = alive("map", f"#explorer-map?state={state}&on={odd['list']}")
    assert f"The list itself counts {by_state[state]}." in page.locator(".map-agreements").inner_text()


def test_tiles_by_keyboard(alive):
    page = alive("map")
    stop = page.locator(".explorer-live [data-tile][tabindex='0']")
    assert stop.count() == 1  # one stop for all tiles
    stop.focus()
    for key, code in (("Home", "AL"), ("ArrowRight", "GA"), ("ArrowDown", "FL")):  # the nearest below Georgia
        page.keyboard.press(key)
        assert focused(page) == code
    page.keyboard.press("Enter")
    assert control(page, "state").input_value() == "FL" and focused(page) == "FL"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert control(page, "state").input_value() == focused(page) == "GA"
    page.keyboard.press("Space")  # a second time closes
    assert control(page, "state").input_value() == ""
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


def test_slider_and_steps(alive):
    page = alive("map")
    place = LISTS.index[LISTS["list"] == NEWEST["list"]][0]
    previous, following = (page.get_by_role("button", name=f"{it} list") for it in ("Previous", "Next"))
    previous.click()
    assert f"{LISTS['rows'].iloc[place - 1]:,} agreements" in sentence(page)
    for _ in range(len(LISTS) - place + 1):  # once more than there are: at the end it does nothing
        following.click()
    assert f"{LISTS['rows'].iloc[-1]:,} agreements" in sentence(page)
    control(page, "on").focus()
    page.keyboard.press("Home")
    assert f"{LISTS['rows'].iloc[0]:,} agreements" in sentence(page)


def test_playing_goes_on_and_stops_and_stays_away_with_less_motion(alive):
    page = alive("map", f"#explorer-map?on={LISTS['list'].iloc[-3]}")
    live, last = page.locator(".explorer-live .explorer-sentence"), str(len(LISTS) - 1)
    page.get_by_role("button", name="Play").click()
    assert live.get_attribute("aria-live") == "off"
    page.get_by_role("button", name="Play").wait_for()  # by itself, at the last list
    assert control(page, "on").input_value() == last and live.get_attribute("aria-live") == "polite"
    page.get_by_role("button", name="Play").click()
    expect(control(page, "on")).not_to_have_value(last)
    page.get_by_role("button", name="Pause").click()
    stopped = control(page, "on").input_value()
    page.wait_for_timeout(700)
    assert control(page, "on").input_value() == stopped
    still_page = alive("map", reduced_motion="reduce")
    assert still_page.get_by_role("button", name="Play").count() == 0
    assert still_page.get_by_role("button", name="Previous list").is_visible()


def test_table_and_csv_hold_all_places_and_measures_or_the_open_state(alive):
    page = alive("map")
    name, (header, *rows) = csv_rows(page)
    assert name == f"287g-map-{NEWEST['list']}.csv" and len(rows) == len(NAMES)
    texas = dict(zip(header, next(row for row in rows if row[2] == "TX"), strict=True))
    assert (texas["agreements"], texas["change_since"]) == (str(NOW.loc["TX", "agreements"]), SINCE)
    tile(page, "TX").click()
    name, (header, *rows) = csv_rows(page)
    expected = counts.listed_on(NEWEST["date"]).query("state == 'TX'")
    assert name == f"287g-agreements-TX-{NEWEST['list']}.csv"
    assert sorted(row[header.index("agency")].lstrip("'") for row in rows) == sorted(expected["agency"])
    open_tab(page, 1)
    rows = {cells[0]: cells[1:] for cells in table(page)}
    assert set(rows) == set(NAMES)
    for code, row in NOW.iterrows():
        cells = rows[NAMES[code]]
        assert cells[:5] == [f"{row[name]:,}" for name in (*counts.MODELS, "agreements", "agencies")]
        assert pd.isna(row["per_million"]) or float(cells[5]) == pytest.approx(row["per_million"], abs=0.06)
        assert (cells[7] == "–") == pd.isna(row["counties"])
    assert page.locator(".explorer-live tr.explorer-current").inner_text().startswith("Texas")


def test_small_tiles_hold_their_words_and_keep_their_lines_in_forced_colours(alive):
    page = alive("map", "#explorer-map?state=PA&measure=per_million", width=320, height=700, forced_colors="active")
    inside = "all => all.every(it => it.getBBox().width <= it.parentNode.querySelector('rect').getBBox().width + 4)"
    assert page.locator(".explorer-live [data-tile] text").evaluate_all(inside)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for line in (tile(page, "TX").locator("rect").first, page.locator("path.map-line").first):
        assert line.evaluate("it => getComputedStyle(it).stroke") != ground
