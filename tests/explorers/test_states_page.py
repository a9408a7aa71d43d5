"""The explorer of state rules operated by a reader: tiles, cards, filters, table and file."""

from explorer_pages import choose, control, csv_rows, focused, links, open_tab, sent, sentence, table, tile, tile_texts

from section287g import stances
from section287g.counts import MODELS
from section287g.facts import written_date, written_day

NEWEST = stances.newest_list()["date"]
TABLE = stances.by_state()
BY_CODE = TABLE.set_index("state")
DATA, WORDS = sent("states")["data"], sent("states")["words"]
COUNTS = BY_CODE[list(MODELS)].sum(axis=1)


def card(page):
    return page.locator(".explorer-live .states-card").inner_text()


def tiles(page, selector=""):
    """Codes of the tiles (with `selector`, of these among them), in the order of the page."""
    found = page.locator(f".explorer-live [data-tile]{selector}")
    return found.evaluate_all("tiles => tiles.map(tile => tile.dataset.tile)")


def codes(condition):
    return set(TABLE.loc[condition, "state"])


def test_every_state_has_its_letter_and_doubt_is_seen_and_said(alive):
    page = alive("states")
    assert tile_texts(page) == {row.state: stances.LETTERS[row.stance] for row in TABLE.itertuples()}
    assert set(tiles(page, ".states-doubt")) == codes(TABLE["doubt"])
    assert WORDS["choose_hint"] in card(page) and WORDS["check"] in page.locator(".explorer-notes").inner_text()
    dashes = "rect => getComputedStyle(rect).strokeDasharray"
    doubt = WORDS["tile_doubt"].partition("{")[0]
    for code in ("TX", *list(codes(TABLE["doubt"]))[:3]):
        in_doubt = BY_CODE.loc[code, "doubt"]
        assert (doubt in tile(page, code).get_attribute("aria-label")) == in_doubt
        assert (tile(page, code).locator("rect").first.evaluate(dashes) != "none") == in_doubt
    assert page.locator(".explorer-legend .states-doubt").count() == 2
    fills = page.locator(".explorer-live [data-tile] rect:first-of-type").evaluate_all(
        "tiles => [...new Set(tiles.map(tile => getComputedStyle(tile).fill))]"
    )
    for fill in fills:  # no red, no green: grays with a touch of blue
        red, green, blue = (int(part) for part in fill.removeprefix("rgb(").removesuffix(")").split(","))
        assert max(red, green) <= blue, fill


def test_every_card_has_law_date_confidence_agreements_and_sources(alive):
    page = alive("states")
    for row in TABLE.itertuples():
        choose(page, state=row.state)
        text = card(page)
        assert text.startswith(f"{row.name}: {stances.LABELS[row.stance].lower()}")
        counted = f"{row.jail} jail, {row.warrant} warrant and {row.task_force} task force"
        said = (WORDS["grades"][row.confidence], WORDS["meanings"][row.stance], row.note)
        said += (counted if COUNTS[row.state] else WORDS["agreements_none"],)
        for part in (row.law_or_order, written_date(row.as_of), *said):
            assert part in text, (row.state, part)
        assert (WORDS["doubt_label"] in text) == row.doubt
        found = [(name, rel) for name, _, rel in links(page.locator(".states-card"))]
        assert found == [(DATA["documents"][key][0], "noreferrer") for key in row.source_keys.split("; ")]


def test_a_tile_opens_its_card_by_mouse_and_by_keyboard(alive):
    page = alive("states")
    tile(page, "FL").click()
    assert card(page).startswith("Florida: ") and control(page, "state").input_value() == "FL"
    assert tile(page, "FL").get_attribute("aria-pressed") == "true" and "Florida" in sentence(page)
    tile(page, "FL").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chosen = control(page, "state").input_value()
    assert chosen not in ("", "FL") and focused(page) == chosen
    page.keyboard.press("End")
    page.keyboard.press("Space")
    assert control(page, "state").input_value() == tiles(page)[-1]


def test_filters(alive):
    page = alive("states")
    for setting in ("stance", "confidence"):
        for value in stances.STANCES if setting == "stance" else [*WORDS["grades"], "doubt"]:
            choose(page, **{setting: value})
            expected = codes(TABLE["doubt"] if value == "doubt" else TABLE[setting] == value)
            assert set(tiles(page, ":not(.states-out)")) == expected, value
            assert sentence(page).startswith(f"{len(expected)} of {len(TABLE)} places" if expected else WORDS["none"])
            out = tile(page, next(code for code in TABLE["state"] if code not in expected))
            assert out.locator("text").last.text_content() == ""
            assert out.get_attribute("aria-label").endswith(WORDS["tile_out"].rpartition("}")[2])
            open_tab(page, 1)
            assert {row[0] for row in table(page)} == set(BY_CODE.loc[list(expected), "name"])
            assert {row[0] for row in csv_rows(page)[1][1:]} == expected
            open_tab(page, 0)
        choose(page, **{setting: "all"})


def test_number_of_agreements(alive):
    page = alive("states")
    choose(page, show="agreements")
    assert {code: int(text.replace(",", "")) for code, text in tile_texts(page).items()} == COUNTS.to_dict()
    assert tiles(page, ".states-doubt") == [] and f"{COUNTS['TX']}" in tile(page, "TX").get_attribute("aria-label")
    assert written_day(NEWEST) in page.locator(".explorer-live figcaption").inner_text()
    assert page.locator(".explorer-legend li").count() == 6


def test_table_and_csv_equal_the_table(alive):
    page = alive("states", "#explorer-states?view=table")
    rows = {row[0]: row for row in table(page)}
    assert list(rows) == [name for stance in stances.STANCES for name in TABLE.loc[TABLE["stance"] == stance, "name"]]
    for row in TABLE.itertuples():
        assert rows[row.name][1:3] == [row.law_or_order, written_date(row.as_of)]
        assert rows[row.name][4:7] == [str(row.jail), str(row.warrant), str(row.task_force)]
    assert len(links(page.locator(".explorer-live tbody"))) == TABLE["source_keys"].str.split("; ").str.len().sum()
    name, (header, *rows) = csv_rows(page)
    assert name == f"287g-state-rules-agreements-of-{NEWEST:%Y-%m-%d}.csv" and header[8:11] == list(MODELS)
    columns = ["state", "name", "stance", "law_or_order", "as_of", "confidence", "note"]
    assert [row[:7] for row in rows] == TABLE[columns].values.tolist()
    assert [row[7] for row in rows] == TABLE["doubt"].astype(str).str.lower().tolist()
    assert [row[12] for row in rows] == TABLE["source_keys"].tolist()
    assert all(row[13].startswith("http") for row in rows)
