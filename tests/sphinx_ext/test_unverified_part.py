"""The parts of the page about what could not be verified."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from section287g import tables
from section287g.blocks.sources import SUBJECTS
from section287g.sphinx_ext.errors import PageError

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


def test_statements_by_subject_with_reason_and_source(build, doubts):
    soup = BeautifulSoup((build(PAGES) / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [box.summary.text for box in soup.select("article details")][:2] == [
        "ICE’s lists (1)",
        "Law and history (0)",
    ]
    first = soup.select_one(".unverified li")
    assert first.text == "The page of May 18, 2026 <i>. Not saved. (ICE, May 18, 2026)"
    assert first.a["href"] == "all.html#source-ice"


def test_sources_known_from_a_summary_are_counted_and_folded(build, doubts):
    box = BeautifulSoup((build(PAGES) / "index.html").read_text(encoding="utf-8"), "html.parser").select("details")[-1]
    assert box.summary.text == "Sources known from a summary (1)" and not box.has_attr("open")
    assert "More than 1,000" in box.li.text


def test_unknown_part_stops_the_build(build):
    with pytest.raises(PageError, match=r"index\.md:3: no part 'rumours'; parts are statements, marked"):
        build({"index": "# Doubts\n\n```{unverified} rumours\n```\n"})


def test_every_subject_of_the_table_has_a_title():
    field = next(field for field in tables.describe("not_verified")["schema"]["fields"] if field["name"] == "subject")
    assert field["constraints"]["enum"] == list(SUBJECTS)
