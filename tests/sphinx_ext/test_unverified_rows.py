"""What could not be verified: no doubtful row is left out."""

import pytest

from section287g import tables
from section287g.blocks import unverified_rows


@pytest.mark.parametrize("name", [name for name in tables.names() if name not in ("sources", "codings")])
def test_every_row_marked_unverified_is_found(name):
    table = tables.load(name)
    marked = sum((table[column].astype(str) == "unverified").sum() for column in table)
    assert marked == (unverified_rows.marked_rows()["table"] == name).sum()


@pytest.mark.parametrize("name", [name for name in tables.names() if name != "not_verified"])
def test_every_row_without_a_source_is_found(name):
    table = tables.load(name)
    blank = sum(table[column].isna().sum() for column in ("source_key", "source_keys") if column in table)
    assert blank == (unverified_rows.rows_without_source()["table"] == name).sum()


def test_rows_are_told_in_words():
    rows = unverified_rows.marked_rows()
    assert "2,382 agreements on 2026-08-26" in set(rows["what"]) and "Alaska" in set(rows["what"])
    assert not rows["what"].str.contains(r"\b(?:nan|NaT)\b|<NA>").any()


def test_sources_not_confirmed_or_not_read():
    sources = tables.load("sources").set_index("source_key")
    assert set(sources.loc[unverified_rows.sources_not_confirmed(), "kind"]) == {"unverified"}
    assert set(sources.loc[unverified_rows.sources_known_from_a_summary(), "seen"]) == {"summary"}
