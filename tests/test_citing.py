"""How a source is named in a line of text."""

import re

import pandas as pd
import pytest
from bracketed import run_in
from changed_tables import forget

from section287g import citing, tables, words

COLUMNS = ["source_key", "title", "publisher", "date", "url"]


@pytest.fixture
def sources(monkeypatch):
    """Puts invented rows in the place of the table `sources`."""

    def put(*rows):
        forget(citing)
        for reader in ("load", "source"):
            monkeypatch.setattr(tables, reader, lambda name: pd.DataFrame(rows, columns=COLUMNS))

    yield put
    forget(citing)


@pytest.mark.parametrize(
    "publisher, date, short",
    [
        ("U.S. Immigration and Customs Enforcement; archived by X", "2021-01-13/2026-05-18", "ICE, May 18, 2026"),
        ("U.S. Immigration and Customs Enforcement, as quoted by X", "2026-08-26", "ICE (quoted), August 26, 2026"),
        ("CBS News, republished", "2025-04-17 (date of the figure)", "CBS News, April 17, 2025"),
        ("Cato Institute (David Bier)", "2018-08", "Cato Institute, August 2018"),
        ("U.S. Department of Homeland Security via EIN Presswire", "2025-09-17", "DHS, September 17, 2025"),
        ("The Marshall Project, from ICE records", "n.d. (data to 2013)", "The Marshall Project, no date"),
        ("Congress", None, "Congress"),
    ],
)
def test_short_names_the_publisher_and_the_last_date(sources, publisher, date, short):
    sources(("key", "Title", publisher, date, None))
    assert citing.short("key") == short


def test_a_line_for_paper_has_the_title_and_the_address_apart(sources):
    sources(("a", "A list", "ICE", "2026-05-18", "https://example.org/a"), ("b", "A talk", "Congress", "n.d.", None))
    assert citing.line("a") == {"text": "ICE. A list. May 18, 2026.", "url": "https://example.org/a"}
    assert citing.line("b") == {"text": "Congress. A talk. no date.", "url": ""}


def test_an_unknown_key_names_its_neighbors(sources):
    sources(("dhs2025thousand", "T", "P", None, None))
    with pytest.raises(KeyError, match="unknown source 'dhs2025thousands'; did you mean dhs2025thousand"):
        citing.short("dhs2025thousands")


@pytest.mark.parametrize(
    "cell, written",
    [
        ("2018-08", "August 2018"),
        ("n.d. (copy seen 2026-11)", "no date (copy seen November 2026)"),
        ("1999-02 (year inferred)", "February 1999 (year inferred)"),
        ("2021-01-13/2026-05-18", "January 13, 2021 to May 18, 2026"),
        ("n.d. (2025-2026)", "no date (2025-2026)"),
    ],
)
def test_a_date_is_written_with_what_is_known_of_it(cell, written):
    assert citing.dated(cell) == written


def test_every_remark_on_a_date_can_be_translated():
    remarks = tables.load("sources")["date"].str.extract(r" \((.*)\)$")[0].dropna()
    forms = {citing.remark_form(remark) for remark in remarks}
    in_words = {form for form in forms if words.HAS_WORDS.search(re.sub(r"\{\w+\}|NBER", "", form))}
    assert in_words - set(citing.REMARKS) == set()


def test_dates_are_in_the_book_s_language_and_titles_stay():
    code = """
import json
from section287g import citing
print(json.dumps([citing.dated("2025-01-30/2025-01-31"), citing.dated("n.d. (about 2018-10)"),
                  citing.line("ice2025moajem")["text"]]))
"""
    days, about, line = run_in("es", code)
    assert days == "del 30 de enero de 2025 al 31 de enero de 2025"
    assert about == "sin fecha (hacia octubre de 2018)"
    assert "form revised February 15, 2025" in line
