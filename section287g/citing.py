"""How a source is named in a line of text. Rows come from ``data/sources.csv``."""

from __future__ import annotations

import difflib
import re
from functools import cache

import pandas as pd

from section287g import tables
from section287g.words import _, written_date

SHORT_NAMES = {
    "U.S. Immigration and Customs Enforcement": "ICE",
    "U.S. Department of Homeland Security": "DHS",
    "Department of Homeland Security": "DHS",
    "U.S. Government Accountability Office": "GAO",
    "DHS Office of Inspector General": "DHS Inspector General",
}
NO_DATE = "n.d."
VIA = tables.remark("sources", "publisher", "via")


@cache
def _rows() -> pd.DataFrame:
    return tables.load("sources").set_index("source_key", drop=False)


@cache
def _printed_publishers() -> pd.Series:
    """Publishers as the file has them, in English."""
    return tables.source("sources").set_index("source_key")["publisher"]


def source(key: str) -> pd.Series:
    """The row of this source. Raises KeyError with near keys if there is none."""
    rows = _rows()
    if key not in rows.index:
        near = difflib.get_close_matches(key, list(rows.index), n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise KeyError(f"unknown source {key!r}{hint}")
    return rows.loc[key]


def short(key: str) -> str:
    """Publisher and last date as text: ``ICE, May 18, 2026``; a source seen through somebody else is marked as
    quoted."""
    row = source(key)
    publisher = re.split(rf"; |, | \(| {re.escape(VIA)} ", row["publisher"], maxsplit=1)[0]
    publisher = SHORT_NAMES.get(publisher, publisher)
    if "quoted" in _printed_publishers()[key]:
        publisher = _("{publisher} (quoted)").format(publisher=publisher)
    return ", ".join(part for part in (publisher, _last_date(row)) if part)


def _last_date(row: pd.Series) -> str:
    """The date of a source, or the end of a time, without a remark."""
    if missing(row["date"]):
        return ""
    if row["date"].startswith(NO_DATE):
        return _no_date(row["date"]).partition(" (")[0]
    return written_date(re.split(r"/| to ", row["date"].partition(" (")[0])[-1])


def _no_date(text: str) -> str:
    return _("no date") + written_date(text.removeprefix(NO_DATE))


def date(row: pd.Series) -> str:
    """The date of a source as it stands in a sentence; blank if it has none."""
    if missing(row["date"]):
        return ""
    text = row["date"]
    if text.startswith(NO_DATE):
        return _no_date(text)
    start, _slash, end = text.partition(" (")[0].partition("/")
    if end:
        return _("{start} to {end}").format(start=written_date(start), end=written_date(end))
    return written_date(start)


def missing(cell) -> bool:
    """Whether a cell is blank."""
    return (not isinstance(cell, str) and bool(pd.isna(cell))) or cell == ""


def line(key: str) -> dict[str, str]:
    """The document in one line of plain text (publisher, title, date) and its address ("" if it has none), for
    paper."""
    row = source(key)
    parts = [written_date(row["publisher"]), row["title"], date(row)]
    return {"text": ". ".join(part for part in parts if part) + ".", "url": "" if missing(row["url"]) else row["url"]}
