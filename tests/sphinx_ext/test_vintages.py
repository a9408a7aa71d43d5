"""Sentences that are only true at times."""

import pandas as pd
from changed_tables import forget

from section287g import facts
from section287g.sphinx_ext import vintages

PAGE = (
    "# Title\n\nAlways.\n\n```{only} copy_newer_than_lists\nThe copy is newer.\n```\n\n```{only}"
    " totals_newer_than_lists\nTotals are newer.\n```\n"
)


def newer_list(numbers, date):
    numbers["lists"].loc[3, "date"] = pd.Timestamp(date)
    forget(facts)


def test_tags_follow_the_dates_of_the_data(numbers):
    assert vintages.tags() == {"copy_newer_than_lists", "totals_newer_than_lists"}
    newer_list(numbers, "2026-08-01")
    assert vintages.tags() == {"totals_newer_than_lists"}
    newer_list(numbers, "2026-12-01")
    assert vintages.tags() == set()


def test_sentence_goes_when_it_is_no_longer_true(build, numbers):
    assert "The copy is newer." in (build({"index": PAGE}) / "index.html").read_text(encoding="utf-8")
    newer_list(numbers, "2026-08-01")
    html = (build({"index": PAGE}, folder="newer") / "index.html").read_text(encoding="utf-8")
    assert "Always." in html and "The copy is newer." not in html and "Totals are newer." in html
