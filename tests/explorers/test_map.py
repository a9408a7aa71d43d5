"""The map explorer from Python: its data, settings, words, and what it writes into a page."""

import gzip
import re

import pandas as pd
import pytest
import traitlets

from section287g import counts, explorers, tables
from section287g.counts import MODELS
from section287g.explorers import Map, assets, base
from section287g.explorers.map import widget
from section287g.facts import written_day
from section287g.figures import places
from section287g.tiles import TILES

LISTS = tables.load("lists")
AGREEMENTS = tables.load("agreements")
SOURCES = set(tables.load("sources")["source_key"])


def page(**options):
    return explorers.static_html("map", image=lambda svg, file: file, **options)


def decoded(changes):
    """What `countsOf` in kit/counts.js makes of a series."""
    values, at = [0] * len(LISTS), 0
    for step, change in zip(changes[::2], changes[1::2], strict=True):
        at += step
        values[at:] = [value + change for value in values[at:]]
    return values


def test_every_count_of_every_list_travels():
    series = {
        state: {name: decoded(changes) for name, changes in own.items()}
        for state, own in widget.data()["series"].items()
    }
    for place, key in list(enumerate(LISTS["list"]))[::13]:
        counted = counts.by_state(key)
        for state, row in counted.iterrows():
            own = series.get(state, {})
            for name, column in {
                **{model: model for model in MODELS},
                "agencies": "agencies",
                "counties": "covered_counties",
                "residents": "covered_residents",
            }.items():
                expected = 0 if pd.isna(row[column]) else row[column]
                assert own.get(name, [0] * len(LISTS))[place] == expected, (key, state, name)


def test_places_are_all_states_and_territories_with_their_residents():
    states = tables.load("states").set_index("state")
    counties = tables.load("county_population").groupby("state")["population"].agg(["size", "sum"])
    sent = {code: rest for code, *rest in widget.data()["places"]}
    assert set(sent) == set(TILES) == set(states.index)
    for code, (name, territory, at, residents, n, inside) in sent.items():
        row = states.loc[code]
        assert (name, territory, tuple(at)) == (row["name"], row["kind"] == "territory", TILES[code])
        assert residents == (None if pd.isna(row["population_2024"]) else row["population_2024"])
        assert [n, inside] == (counties.loc[code].tolist() if code in counties.index else [0, 0])
    names = [name for _, name, *_ in widget.data()["places"]]
    assert names == sorted(names)


def test_every_agreement_ever_listed_travels_with_its_document():
    rows = widget.data()["rows"]
    assert rows["length"] == len(AGREEMENTS)
    names = [*rows["coded"], *rows["plain"]["names"]]
    assert sorted(names) == sorted([*widget.ROW_COLUMNS, "agency_meant", "county_meant"])
    place = rows["plain"]["names"].index("document_url")
    assert [row[place] for row in rows["plain"]["rows"]] == [
        None if pd.isna(url) else url for url in AGREEMENTS["document_url"]
    ]


def test_sources_are_those_of_lists_and_residents():
    assert set(explorers.source_keys("map")) <= SOURCES
    read = ("lists", "states", "county_population", "county_fixes", "agency_fixes")
    assert {key for name in read for key in tables.cited(tables.load(name))} == set(explorers.source_keys("map"))


def test_a_change_can_be_counted_from_the_last_list_of_each_month():
    months = LISTS["date"].dt.to_period("M")
    assert len(widget.baselines()) == months.nunique()
    assert widget.settings()["since"].default in widget.baselines()
    before = LISTS.set_index("list").loc[widget.settings()["since"].default]
    assert before["date"] <= pd.Timestamp("2025-01-20") <= before["unchanged_until"]


def test_measures_have_words_everywhere():
    words = assets.words("map")
    for group in ("measures", "titles", "units", "values", "sentence"):
        assert set(widget.settings()["measure"].allowed) <= set(words[group]), group
    assert set(words["cautions"]) <= set(widget.settings()["measure"].allowed) and {"counties", "residents"} <= set(
        words["cautions"]
    )
    assert {"agreements", *MODELS, "agencies", "per_million", "change", "counties", "residents"} == set(
        widget.settings()["measure"].allowed
    )


@pytest.mark.parametrize("measure", widget.settings()["measure"].allowed)
def test_still_view_of_each_measure_says_list_unit_and_source(measure):
    still = widget.still(base.from_text(widget.settings(), {"measure": measure}))
    assert written_day(counts.newest("ice_workbook")["date"]) in still.source
    assert assets.words("map")["units"][measure] in still.source
    assert len(still.rows) == len(TILES) and {len(row) for row in still.rows} == {len(still.columns)}


def test_still_table_equals_the_counts():
    newest = counts.by_state(counts.newest("ice_workbook")["list"])
    names = tables.load("states").set_index("name")["state"]
    for name, *cells in widget.still(base.from_text(widget.settings(), {})).rows:
        row = newest.loc[names[name]]
        assert cells[:5] == [row[column] for column in (*MODELS, "agreements", "agencies")]
        assert cells[5] == places.written(row["per_million"], "per_million")


def test_page_reads_without_scripts():
    body = page().split('<script type="application/json"')[0]
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    newest = counts.newest("ice_workbook")
    assert (
        f"{newest['rows']:,} agreements in {newest['states']} states and {newest['territories']} territories" in plain
    )
    assert body.count("<tr>") == len(TILES) + 1 and body.count("<img") == 2


def test_page_of_another_list_shows_that_list():
    first = LISTS.iloc[0]
    text = page(on=first["list"]).split("<script")[0]
    assert f"web table of {written_day(first['date'])}" in text and f"{first['rows']:,} agreements" in text


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("measure", "total", "'agreements', 'jail'"),
        ("state", "ZZ", "''"),
        ("on", "2025-04-01", "did you mean"),
        ("since", "2021-01-13", "did you mean"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Map(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings():
    live = Map(measure="counties", state="TX")
    live.on = "2025-09-02-am"
    assert (live.measure, live.state, live.on, live.view) == ("counties", "TX", "2025-09-02-am", "picture")


def test_explorer_is_light():
    weight = sum(len(gzip.compress(part.encode(), 6)) for part in (page(), *explorers.scripts("map").values()))
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 80_000
