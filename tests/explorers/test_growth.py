"""The growth explorer from Python: its data, words, and what it writes into a page."""

import re

import pytest
from explorer_pages import cells, decoded, html, sent, still, words

from section287g import counts, tables
from section287g.explorers.base import say

DATA = sent("growth")["data"]
COLUMNS = {
    "agreements": {model: model for model in counts.MODELS},
    "agencies": {**{model: f"{model}_agencies" for model in counts.MODELS}, "total": "agencies"},
}  # unit -> series -> column of the counts


@pytest.mark.parametrize("state", [None, "TX", "FL", "AL", "GU", "VA", "MD"])
@pytest.mark.parametrize("unit", COLUMNS)
def test_embedded_counts_equal_counted_ones(state, unit):
    counted = counts.over_time(state)
    series = DATA["series"][state or "all"][unit]
    assert {name: decoded(changes, len(counted)) for name, changes in series.items()} == {
        name: counted[column].tolist() for name, column in COLUMNS[unit].items()
    }


def test_every_state_that_a_list_names_can_be_chosen_by_name():
    states = dict(DATA["states"])
    assert set(states) >= set(tables.load("list_counts")["state"])
    named = [name for code, name in DATA["states"] if code != "all"]
    assert named == sorted(named)


def test_lists_are_in_time_order_with_their_kind():
    lists = DATA["lists"]
    assert lists["date"] == sorted(lists["date"]) and DATA["start"] in lists["key"]
    assert {len(column) for column in lists.values()} == {len(tables.load("lists"))}


def test_published_totals_are_later_than_ices_newest_list_and_no_list_themselves():
    newest = f"{counts.newest('ice_workbook')['date']:%Y-%m-%d}"
    totals = tables.load("published_totals")["date"].dt.strftime("%Y-%m-%d")
    later = {day for day in totals if day > newest} - set(DATA["lists"]["date"])
    assert {row["date"] for row in DATA["published"]} == later
    assert all(row["confidence"] and row["source"] for row in DATA["published"])


def test_events_have_a_day_a_source_and_words():
    assert len(sent("growth")["words"]["event_texts"]) == len(DATA["events"])
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", event["date"]) and event["source"] for event in DATA["events"])


def test_python_and_templates_agree_on_one_and_many():
    template = {"one": "{n} agreement", "other": "{n} agreements"}
    assert [say(template, n=n) for n in (0, 1, 2150)] == ["0 agreements", "1 agreement", "2,150 agreements"]


def test_page_shows_the_start_view_without_scripts():
    images = still("growth").select("img")
    assert [image["class"] for image in images] == [["only-light"], ["only-dark"]]
    assert all(image["alt"] and int(image["width"]) > 300 and int(image["height"]) > 200 for image in images)
    newest, copy = counts.newest("ice_workbook"), counts.newest("transcript")
    shown = {cell for row in cells(still("growth")) for cell in row}
    assert {f"{number:,}" for number in (newest["rows"], newest["task_force"], copy["rows"], copy["jail"])} <= shown
    assert f"{newest['rows']:,} agreements" in words(still("growth"))


def test_page_starts_with_its_options():
    text = html("growth", state="TX", unit="agencies", events="true")
    assert "agencies in Texas" in text and "pictures/explorer-growth-agencies-TX-light.svg" in text
    assert (sent("growth", state="TX", events="true")["state"], sent("growth", events="true")["events"]) == ("TX", True)
