"""The timeline explorer from Python: its data, words, and what it writes into a page."""

import pytest
from explorer_pages import sent, still, words

from section287g import tables
from section287g.explorers.timeline import widget
from section287g.facts import written_date

TABLE = tables.load("timeline")
WORDS = sent("timeline")["words"]


@pytest.mark.parametrize(
    ("date", "name"),
    [("1996-09-30", "clinton"), ("2001-01-20", "bush"), ("2017-01-18", "obama"), ("2017-01-25", "trump_first"),
     ("2022", "biden"), ("2025-01-20", "trump_second")],
)  # fmt: skip
def test_administration_in_office(date, name):
    assert widget.administration(date) == name
    assert WORDS["administrations"][name] and WORDS["administrations_short"][name]


@pytest.mark.parametrize("kinds", [None, "court", ""])
def test_page_reads_as_a_list_without_scripts(kinds):
    body = still("timeline") if kinds is None else still("timeline", kinds=kinds)
    rows = TABLE if kinds is None else TABLE[TABLE["kind"] == kinds]
    text = words(body)
    for row in rows.itertuples():
        assert f"{written_date(row.date)}: {row.title}" in text and row.description in text
    assert len(body.select("li")) == len(body.select("li a[rel=noreferrer]")) == len(rows)
    assert f"{len(rows) or 'None'} of {'' if len(rows) else 'the '}{len(TABLE)} events" in text
