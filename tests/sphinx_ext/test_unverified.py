"""What could not be verified: its parts in a page, and no doubtful row is left out."""

import pandas as pd
import pytest
from book_pages import parsed

from section287g import tables
from section287g.blocks import unverified_rows
from section287g.blocks.sources import SUBJECTS

PAGES = {
    "index": "# Doubts\n\n```{unverified} statements\n```\n\n```{unverified} summaries\n```\n",
    "all": "# All\n\n```{source-list} primary\n```\n",
}


@pytest.fixture
def doubts(numbers):
    rows = [
        ("lists-01", "lists", "The page of 2026-05-18 <i>", "not saved", "ice"),
        ("claims-01", "claims", "A phrase", "not found", None),
    ]
    numbers["not_verified"] = pd.DataFrame(rows, columns="item_id subject statement why source_keys".split())


def test_statements_by_subject_with_reason_and_source_and_what_is_known_from_a_summary(build, doubts):
    boxes = parsed(build(PAGES) / "index.html").select("article details")
    assert [box.summary.text for box in boxes][:2] == ["ICE’s lists (1)", "Law and history (0)"]
    first = boxes[0].select_one(".unverified li")
    assert first.text == "The page of May 18, 2026 <i>. Not saved. (ICE, May 18, 2026)"
    assert first.a["href"] == "all.html#source-ice"
    assert boxes[-1].summary.text == "Sources known from a summary (1)" and not boxes[-1].has_attr("open")
    assert "More than 1,000" in boxes[-1].li.text


def test_every_subject_of_the_table_has_a_title():
    field = next(field for field in tables.describe("not_verified")["schema"]["fields"] if field["name"] == "subject")
    assert field["constraints"]["enum"] == list(SUBJECTS)


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
