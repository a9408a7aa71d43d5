"""How a source is named in a line of text. Rows come from ``data/sources.csv``."""

from __future__ import annotations

import difflib
import re
from functools import cache

import pandas as pd

from section287g import tables
from section287g.words import _, pgettext, written_date

SHORT_NAMES = {
    "U.S. Immigration and Customs Enforcement": "ICE",
    "U.S. Department of Homeland Security": "DHS",
    "Department of Homeland Security": "DHS",
    "U.S. Government Accountability Office": "GAO",
    "DHS Office of Inspector General": "DHS Inspector General",
}
NO_DATE = "n.d."
VIA = tables.remark("sources", "publisher", "via")
ISO = re.compile(r"(?<![-\d])\d{4}(?:-\d{2}){0,2}(?![-\d])")
# What is said behind the date of a source, in brackets.
REMARKS = {
    "about {date}": _("about {date}"),
    "after {date}": _("after {date}"),
    "autumn {date}": _("autumn {date}"),
    "copy seen {date}": _("copy seen {date}"),
    "current through the session of {date} and {later}": _("current through the session of {date} and {later}"),
    "data of {date}": _("data of {date}"),
    "data to {date}": _("data to {date}"),
    "date of the figure": _("date of the figure"),
    "figures match {date}": _("figures match {date}"),
    "form; signed copies {date} and {later}": _("form; signed copies {date} and {later}"),
    "from the key": _("from the key"),
    "June 24, the year is not stated": _("June 24, the year is not stated"),
    "late {date}": _("late {date}"),
    "middle of {date}": _("middle of {date}"),
    "on or after {date}": _("on or after {date}"),
    "online; in print {date}": _("online; in print {date}"),
    "released {date}": _("released {date}"),
    "text of {date}": _("text of {date}"),
    "undated copy": _("undated copy"),
    "working paper {date}": _("working paper {date}"),
    "year inferred": _("year inferred"),
    "{date} or {later}": _("{date} or {later}"),
}


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
    when = row["date"].partition(" (")[0]
    return _("no date") if when == NO_DATE else written_date(when.rpartition("/")[2])


def date(row: pd.Series) -> str:
    """The date of a source as it stands in a sentence; blank if it has none."""
    return "" if missing(row["date"]) else dated(row["date"])


def dated(cell: str) -> str:
    """A cell with the date of a document in words, with the remark behind it: ``n.d. (about 2020)``,
    ``2021-01-13/2026-05-18``."""
    when, _mark, remark = cell.partition(" (")
    said = _("no date") if when == NO_DATE else _time(when)
    return f"{said} ({_remark(remark.removesuffix(')'))})" if remark else said


def _time(when: str) -> str:
    start, _slash, end = when.partition("/")
    if not end:
        return written_date(start)
    message = pgettext("of days", "{start} to {end}") if start.count("-") == 2 else _("{start} to {end}")
    return message.format(start=written_date(start), end=written_date(end))


def remark_form(remark: str) -> str:
    """A remark with the places {date} and {later} for its dates, as in ``REMARKS``."""
    places = iter(("{date}", "{later}"))
    return ISO.sub(lambda _date: next(places), remark)


def _remark(remark: str) -> str:
    dates = dict(zip(("date", "later"), map(written_date, ISO.findall(remark)), strict=False))
    form = remark_form(remark)
    return REMARKS.get(form, form).format(**dates)


def missing(cell) -> bool:
    """Whether a cell is blank."""
    return (not isinstance(cell, str) and bool(pd.isna(cell))) or cell == ""


def line(key: str) -> dict[str, str]:
    """The document in one line of plain text (publisher, title, date) and its address ("" if it has none), for
    paper."""
    row = source(key)
    parts = [row["publisher"], row["title"], date(row)]
    return {"text": ". ".join(part for part in parts if part) + ".", "url": "" if missing(row["url"]) else row["url"]}
