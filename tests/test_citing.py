"""How a source is named in a line of text."""

import pandas as pd
import pytest

from section287g import citing, tables

COLUMNS = ["source_key", "title", "publisher", "date", "url"]


@pytest.fixture
def sources(monkeypatch):
    """Puts invented rows in the place of the table `sources`."""

    def put(*rows):
        _forget()
        for reader in ("load", "source"):
            monkeypatch.setattr(tables, reader, lambda name: pd.DataFrame(rows, columns=COLUMNS))

    yield put
    _forget()


def _forget():
    citing._rows.cache_clear()
    citing._printed_publishers.cache_clear()


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
