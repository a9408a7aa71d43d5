"""The map explorer from Python: its data, words, and what it writes into a page."""

import pandas as pd
import pytest
from explorer_pages import cells, decoded, sent, still, words

from section287g import counts, tables
from section287g.counts import MODELS
from section287g.facts import written_day
from section287g.figures import places
from section287g.places import page as page_of
from section287g.tiles import TILES

LISTS = tables.load("lists")
AGREEMENTS = tables.load("agreements")
DATA, WORDS = sent("map")["data"], sent("map")["words"]
MEASURES = ["agreements", *MODELS, "agencies", "per_million", "change", "counties", "residents"]


def test_every_count_of_every_list_travels():
    series = {
        state: {name: decoded(changes, len(LISTS)) for name, changes in own.items()}
        for state, own in DATA["series"].items()
    }
    columns = {**dict(zip(MODELS, MODELS, strict=True)), "agencies": "agencies"}
    columns |= {"counties": "covered_counties", "residents": "covered_residents"}
    for place, key in list(enumerate(LISTS["list"]))[::13]:
        for state, row in counts.by_state(key).fillna(0).iterrows():
            own = series.get(state, {})
            found = {name: own.get(name, [0] * len(LISTS))[place] for name in columns}
            assert found == {name: row[column] for name, column in columns.items()}, (key, state)


def test_places_are_all_states_and_territories_with_their_residents():
    states = tables.load("states").set_index("state")
    counties = tables.load("county_population").groupby("state")["population"].agg(["size", "sum"])
    sent_places = {code: rest for code, *rest in DATA["places"]}
    assert set(sent_places) == set(TILES) == set(states.index)
    for code, (name, territory, at, residents, n, inside, page) in sent_places.items():
        row = states.loc[code]
        assert (name, territory, tuple(at)) == (row["name"], row["kind"] == "territory", TILES[code])
        assert residents == (None if pd.isna(row["population_2024"]) else row["population_2024"])
        assert [n, inside] == (counties.loc[code].tolist() if code in counties.index else [0, 0])
        assert page == page_of(code)
    names = [name for _, name, *_ in DATA["places"]]
    assert names == sorted(names)


def test_a_change_can_be_counted_from_the_last_list_of_each_month():
    start = sent("map")["since"]
    assert len(DATA["baselines"]) == LISTS["date"].dt.to_period("M").nunique() and start in str(DATA["baselines"])
    before = LISTS.set_index("list").loc[start]
    assert before["date"] <= pd.Timestamp("2025-01-20") <= before["unchanged_until"]


@pytest.mark.parametrize("measure", MEASURES)
def test_page_of_each_measure_says_list_unit_and_source(measure):
    source = still("map", measure=measure).select_one(".explorer-source").get_text()
    assert written_day(counts.newest("ice_workbook")["date"]) in source and WORDS["units"][measure] in source
    assert all(measure in WORDS[group] for group in ("measures", "titles", "units", "values", "sentence"))
    rows = cells(still("map", measure=measure))
    assert len(rows) == len(TILES) and len({len(row) for row in rows}) == 1


def test_cautions_are_said_of_measures_by_county():
    assert {"counties", "residents"} <= set(WORDS["cautions"]) <= set(MEASURES)


def test_page_reads_without_scripts():
    newest = counts.newest("ice_workbook")
    by_state, names = counts.by_state(newest["list"]), tables.load("states").set_index("name")["state"]
    for name, *row in cells(still("map")):
        counted = by_state.loc[names[name]]
        assert row[:5] == [f"{counted[column]:,.0f}" for column in (*MODELS, "agreements", "agencies")]
        assert row[5] == places.written(counted["per_million"], "per_million")
    text = words(still("map"))
    assert f"{newest['rows']:,} agreements in {newest['states']} states and {newest['territories']} territories" in text
    assert len(still("map").select("img")) == 2


def test_page_of_another_list_shows_that_list():
    first = LISTS.iloc[0]
    text = words(still("map", on=first["list"]))
    assert written_day(first["date"]) in text and f"{first['rows']:,} agreements" in text
