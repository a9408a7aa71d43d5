"""The table of state rules with names, agreements and doubt."""

import pandas as pd
import pytest

from section287g import counts, facts, stances, tables
from section287g.counts import MODELS
from section287g.tiles import TILES

TABLE = stances.by_state().set_index("state")


def test_every_row_of_the_table_is_there_with_a_place_on_the_map():
    printed = tables.load("state_stances").set_index("state")
    assert len(TABLE) == len(printed) and set(TABLE.index) <= set(TILES)
    for column in ("stance", "law_or_order", "as_of", "confidence", "source_keys"):
        assert TABLE[column].to_dict() == printed[column].to_dict()
    assert TABLE["name"].is_monotonic_increasing


@pytest.mark.parametrize("state", ["TX", "NY", "VT", "DC", "PR"])
def test_agreements_are_those_of_the_newest_own_list(state):
    newest = stances.newest_list()["list"]
    named = state in set(tables.load("list_counts")["state"])
    expected = [int(counts.on(newest, state)[model]) for model in MODELS] if named else [0, 0, 0]
    assert [int(TABLE.loc[state, model]) for model in MODELS] == expected


@pytest.mark.parametrize(
    ("confidence", "stance", "note", "expected"),
    [("primary", "requires", "", False), ("advocacy", "encourages", "", False), ("unverified", "requires", "", True),
     ("secondary", "not_established", "", True), ("secondary", "bans", "enactment not confirmed", True)],
)  # fmt: skip
def test_doubt(confidence, stance, note, expected):
    row = pd.DataFrame({"confidence": [confidence], "stance": [stance], "note": [note]})
    assert stances.in_doubt(row).tolist() == [expected]


def test_states_known_to_be_open_questions_are_in_doubt():
    assert {"CO", "HI", "ME"} <= set(TABLE.index[TABLE["doubt"]])
    assert not TABLE.loc[["TX", "FL", "DE", "VT"], "doubt"].any()


def test_letters_differ():
    assert len(set(stances.LETTERS.values())) == len(stances.LETTERS)


def test_numbers_of_states_and_agreements():
    places = {stance: facts.get(f"stance_{stance}").value for stance in stances.STANCES}
    assert places == TABLE["stance"].value_counts().to_dict() and sum(places.values()) == len(TABLE)
    listed = sum(facts.get(f"stance_{stance}_agreements").value for stance in stances.STANCES)
    newest = tables.load("list_counts").query("list == @stances.newest_list()['list']")
    assert listed == newest[newest["state"].isin(TABLE.index)][list(MODELS)].to_numpy().sum()
    assert facts.get("stance_in_doubt").value == TABLE["doubt"].sum()
    for stance in ("requires", "bans"):
        assert facts.get(f"stance_{stance}_in_doubt").value == (TABLE["doubt"] & (TABLE["stance"] == stance)).sum()


@pytest.mark.parametrize("name", [name for name in facts.names() if name.startswith("poll_")])
def test_shares_in_polls_stand_in_the_row_of_their_poll(name):
    fact = facts.get(name)
    rows = tables.load("polls").query("source_key in @fact.source_keys")
    assert len(rows) == 1 and f"{fact.value}%" in rows["results"].iloc[0]
