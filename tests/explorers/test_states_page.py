"""The explorer of state rules operated by a reader: every control by mouse and keyboard, its outputs, other ways of
reading."""

import functools
import statistics

import pytest
from explorer_pages import control, csv_rows, sentence, table
from speed import slowness

from section287g import stances
from section287g.bench.pages import CHANGE
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.states import widget
from section287g.facts import written_date, written_day

NEWEST = stances.newest_list()["date"]
TABLE = stances.by_state()
BY_CODE = TABLE.set_index("state")
WORDS = assets.words("states")
COUNTS = BY_CODE[list(MODELS)].sum(axis=1)


@pytest.fixture
def states(alive):
    return functools.partial(alive, "states")


def tile(page, code):
    return page.locator(f".explorer-live [data-tile={code}]")


def card(page):
    return page.locator(".explorer-live .states-card").inner_text()


def tiles(page, selector=""):
    """Codes of the tiles (with `selector`, of these among them), in the order of the page."""
    return page.locator(f".explorer-live [data-tile]{selector}").evaluate_all(
        "tiles => tiles.map(tile => tile.dataset.tile)"
    )


def texts(page):
    """Code -> what a tile says below the code."""
    return dict(
        page.locator(".explorer-live [data-tile]").evaluate_all(
            "tiles => tiles.map(tile => [tile.dataset.tile, tile.querySelectorAll('text')[1].textContent])"
        )
    )


def shown_codes(condition):
    return set(TABLE.loc[condition, "state"])


def test_start_shows_every_state_with_its_letter(states):
    page = states()
    assert texts(page) == {row.state: stances.LETTERS[row.stance] for row in TABLE.itertuples()}
    assert set(tiles(page, ".states-doubt")) == shown_codes(TABLE["doubt"])
    assert page.locator(".explorer-still").is_hidden() and page.locator(
        ".explorer-still .explorer-sentence"
    ).text_content() == sentence(page)
    assert WORDS["choose_hint"] in card(page) and WORDS["check"] in page.locator(".explorer-notes").inner_text()
    assert page.console_errors == [] and page.outside == []


def test_doubt_is_seen_and_said(states):
    page = states()
    for code in ("AK", "ME", "CO"):
        assert ", in doubt: " in tile(page, code).get_attribute("aria-label")
        assert (
            tile(page, code).locator("rect").first.evaluate("rect => getComputedStyle(rect).strokeDasharray") != "none"
        )
    assert tile(page, "TX").get_attribute("aria-label") == "Texas: requires, as of January 1, 2026"
    assert tile(page, "TX").locator("rect").first.evaluate("rect => getComputedStyle(rect).strokeDasharray") == "none"
    dashed = page.locator(".explorer-legend .states-doubt")
    assert dashed.count() == 2 and WORDS["doubt_legend"] in page.locator(".explorer-legend").inner_text()


def test_no_red_and_no_green(states):
    page = states()
    colours = page.locator(".explorer-live [data-tile] rect:first-of-type").evaluate_all(
        "tiles => tiles.map(tile => getComputedStyle(tile).fill)"
    )
    for colour in set(colours):
        red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
        assert max(red, green) <= blue, colour  # grays with a touch of blue


def test_every_card_has_law_date_confidence_agreements_and_sources(states):
    page = states()
    for row in TABLE.itertuples():
        control(page, "state").select_option(row.state)
        text = card(page)
        assert text.startswith(f"{row.name}: {stances.LABELS[row.stance].lower()}")
        for part in (
            row.law_or_order,
            written_date(row.as_of),
            WORDS["grades"][row.confidence],
            WORDS["meanings"][row.stance],
            row.note,
        ):
            assert part in text, (row.state, part)
        assert (WORDS["doubt_label"] in text) == row.doubt
        counted = (
            f"{row.jail} jail, {row.warrant} warrant and {row.task_force} task force"
            if COUNTS[row.state]
            else WORDS["agreements_none"]
        )
        assert counted in text
        links = page.locator(".states-card a").evaluate_all("links => links.map(link => [link.textContent, link.rel])")
        assert links == [[widget.data()["documents"][key][0], "noreferrer"] for key in row.source_keys.split("; ")]


def test_a_tile_opens_its_card_by_mouse_and_by_keyboard(states):
    page = states()
    tile(page, "FL").click()
    assert card(page).startswith("Florida: requires") and control(page, "state").input_value() == "FL"
    assert tile(page, "FL").get_attribute("aria-pressed") == "true" and sentence(page).endswith(
        "Open: Florida, requires."
    )
    tile(page, "FL").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chosen = control(page, "state").input_value()
    assert chosen not in ("", "FL") and page.evaluate("document.activeElement.dataset.tile") == chosen
    page.keyboard.press("End")
    page.keyboard.press("Space")
    assert control(page, "state").input_value() == tiles(page)[-1]


@pytest.mark.parametrize("stance", stances.STANCES)
def test_filter_by_stance(states, stance):
    page = states()
    control(page, "stance").select_option(stance)
    expected = shown_codes(TABLE["stance"] == stance)
    assert set(tiles(page, ":not(.states-out)")) == expected
    assert sentence(page).startswith(f"{len(expected)} of {len(TABLE)} places are shown")
    page.get_by_role("tab", name="Table").click()
    assert {row[0] for row in table(page)} == set(BY_CODE.loc[list(expected), "name"])


@pytest.mark.parametrize("confidence", widget.settings()["confidence"].allowed[1:])
def test_filter_by_confidence(states, confidence):
    page = states()
    control(page, "confidence").select_option(confidence)
    expected = shown_codes(TABLE["doubt"] if confidence == "doubt" else TABLE["confidence"] == confidence)
    assert set(tiles(page, ":not(.states-out)")) == expected
    out = tile(page, next(code for code in TABLE["state"] if code not in expected))
    assert (
        out.get_attribute("aria-label").endswith("not in this choice") and out.locator("text").last.text_content() == ""
    )


def test_filters_that_leave_nothing(states):
    page = states()
    control(page, "stance").select_option("requires")
    control(page, "confidence").select_option("unverified")
    assert sentence(page).startswith(WORDS["none"])
    page.get_by_role("tab", name="Table").click()
    assert WORDS["none"] in page.locator(".explorer-live table").inner_text() and page.console_errors == []


def test_number_of_agreements(states):
    page = states()
    control(page, "show").select_option("agreements")
    assert {code: int(text.replace(",", "")) for code, text in texts(page).items()} == COUNTS.to_dict()
    assert tiles(page, ".states-doubt") == []
    assert (
        tile(page, "TX")
        .get_attribute("aria-label")
        .startswith(f"Texas: {COUNTS['TX']} agreements on the list. Requires")
    )
    assert written_day(NEWEST) in page.locator(".explorer-live figcaption").inner_text()
    assert len(page.locator(".explorer-legend li").all()) == 6


def test_all_controls_by_keyboard_alone(states):
    page = states()
    page.locator(".explorer-live select").first.focus()
    seen = []
    for _ in range(6):
        seen.append(
            page.evaluate(
                "document.activeElement.dataset.trait ?? document.activeElement.dataset.tile ??"
                " document.activeElement.textContent"
            )
        )
        page.keyboard.press("Tab")
    assert seen == ["state", "show", "stance", "confidence", "Map", TABLE["state"][0]]
    control(page, "stance").focus()
    page.keyboard.type("Req")
    assert set(tiles(page, ":not(.states-out)")) == shown_codes(TABLE["stance"] == "requires")
    page.get_by_role("tab", name="Map").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer-live table").is_visible()
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    assert tiles(page, ".states-out") == [] and page.get_by_role("status").inner_text() == WORDS["was_reset"]


def test_table_equals_the_table(states):
    page = states("#explorer-states?view=table")
    rows = {row[0]: row for row in table(page)}
    assert list(rows) == [name for stance in stances.STANCES for name in TABLE.loc[TABLE["stance"] == stance, "name"]]
    for row in TABLE.itertuples():
        assert rows[row.name][1:3] == [row.law_or_order, written_date(row.as_of)] and rows[row.name][4:7] == [
            str(row.jail),
            str(row.warrant),
            str(row.task_force),
        ]
    assert page.locator(".explorer-live tbody a").count() == sum(len(cell.split("; ")) for cell in TABLE["source_keys"])
    assert page.locator(".explorer-live .explorer-group").count() == len(stances.STANCES)


def test_csv_is_the_view(states):
    page = states()
    name, (header, *rows) = csv_rows(page)
    assert name == f"287g-state-rules-agreements-of-{NEWEST:%Y-%m-%d}.csv" and len(rows) == len(TABLE)
    assert header[:8] == WORDS["csv_columns"]["start"] and header[8:11] == list(MODELS)
    for values, row in zip(rows, TABLE.itertuples(), strict=True):
        assert values[:7] == [row.state, row.name, row.stance, row.law_or_order, row.as_of, row.confidence, row.note]
        assert values[7] == str(row.doubt).lower() and values[12] == row.source_keys and values[13].startswith("http")
    control(page, "stance").select_option("requires")
    assert {row[0] for row in csv_rows(page)[1][1:]} == shown_codes(TABLE["stance"] == "requires")


def test_picture_can_be_saved(states):
    page = states()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.count("stroke-dasharray") and written_day(NEWEST) in text and ">TX<" in text


def test_link_restores_the_view(states):
    page = states()
    control(page, "stance").select_option("bans")
    control(page, "confidence").select_option("secondary")
    tile(page, "NY").click()
    page.get_by_role("button", name="Copy link").click()
    again = states(page.evaluate("location.hash"))
    assert (tiles(again, ".states-out"), sentence(again), card(again)) == (
        tiles(page, ".states-out"),
        sentence(page),
        card(page),
    )
    assert card(again).startswith("New York: forbids")


def test_link_with_wrong_values_leads_to_the_start(states):
    page = states("#explorer-states?state=%3Cimg%3E&stance=maybe&confidence=sure&show=money")
    assert (
        tiles(page, ".states-out") == []
        and control(page, "state").input_value() == ""
        and control(page, "show").input_value() == "stance"
    )


def test_hostile_values_are_shown_as_text(altered):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        state = values["data"]["states"][0]
        state.update(name=hostile, law=hostile, note="=1+1")
        values["data"]["documents"][state["sources"][0]] = [hostile, "javascript:document.title='broken'"]

    page = altered("states", alter)
    tile(page, "AL").click()
    assert card(page).count(hostile) == 3
    assert csv_rows(page)[1][1][6] == "'=1+1"
    page.get_by_role("tab", name="Table").click()
    assert hostile in page.locator(".explorer-live table").inner_text()
    assert page.title() == "An explorer" and page.locator(".explorer-live img").count() == 0


# --- other ways of reading ---


def test_works_from_disk(open_page, site):
    page = open_page((site / "states.html").as_uri())
    tile(page, "TX").click()
    assert card(page).startswith("Texas: requires") and page.console_errors == []


def test_without_scripts(open_page, site_base):
    page = open_page(f"{site_base}/states.html", javascript=False)
    assert page.locator(".explorer-still img.only-light").is_visible()
    page.locator(".explorer-still summary").click()
    assert page.locator(".explorer-still tbody th[scope=row]").count() == len(TABLE)
    assert page.locator(".explorer-still td a").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper(open_page, site_base, javascript):
    page = open_page(f"{site_base}/states.html", javascript=javascript)
    page.emulate_media(media="print")
    assert page.locator(".explorer-still td").last.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_no_accessibility_violation_and_no_sideways_scrolling(states, axe_violations, theme, width):
    page = states(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    fits = "document.documentElement.scrollWidth <= innerWidth"
    steps = (
        lambda: control(page, "state").select_option("NY"),
        lambda: control(page, "stance").select_option("bans"),
        lambda: control(page, "show").select_option("agreements"),
        lambda: page.get_by_role("tab", name="Table").click(),
    )
    for step in steps:
        step()
        assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)


def test_changes_are_quick(states):
    page = states()
    measured = page.evaluate(CHANGE, [7, 60])
    work = [pair[0] for pair in measured]
    print(f"own work p50 {statistics.median(work):.1f} ms")
    assert statistics.median(work) <= 5 * slowness(page)
