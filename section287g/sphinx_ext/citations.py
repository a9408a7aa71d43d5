"""How a source is cited: short in a sentence, in full in a panel. Rows come from ``data/sources.csv``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from html import escape

import pandas as pd

from section287g import tables
from section287g.facts import written_date
from section287g.sphinx_ext.markup import slug

SHORT_NAMES = {
    "U.S. Immigration and Customs Enforcement": "ICE",
    "U.S. Department of Homeland Security": "DHS",
    "Department of Homeland Security": "DHS",
    "U.S. Government Accountability Office": "GAO",
    "DHS Office of Inspector General": "DHS Inspector General",
}
KINDS = {"primary": "primary source", "secondary": "secondary source", "advocacy": "advocacy", "unverified": "not verified"}
NO_DATE = "n.d."
SIDES = {"supports": "supports the program", "opposes": "opposes the program"}


@cache
def _rows() -> pd.DataFrame:
    return tables.load("sources").set_index("source_key", drop=False)


def source(key: str) -> pd.Series:
    """The row of this source. Raises KeyError with near keys if there is none."""
    rows = _rows()
    if key not in rows.index:
        near = difflib.get_close_matches(key, list(rows.index), n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise KeyError(f"unknown source {key!r}{hint}")
    return rows.loc[key]


def anchor(key: str) -> str:
    """Id of the source's line in a panel and of its entry in the list of all sources."""
    return f"source-{slug(key)}"


def short(key: str) -> str:
    """Publisher and last date as text: ``ICE, May 18, 2026``; a source seen through somebody else is marked as quoted."""
    row = source(key)
    publisher, _, through = re.split(r"(; |, | \(| via )", row["publisher"] + "; ", maxsplit=1)
    publisher = SHORT_NAMES.get(publisher, publisher)
    if "quoted" in through:
        publisher += " (quoted)"
    return ", ".join(part for part in (publisher, _date(row).rpartition(" to ")[2].partition(" (")[0]) if part)


def links(keys: Iterable[str], page: str = "") -> str:
    """Short citations as HTML, each leading to its line in the panel of this page, or of another one."""
    return "; ".join(f'<a href="{escape(page)}#{anchor(key)}">{escape(short(key))}</a>' for key in keys)


def document(key: str) -> str:
    """What the source is, as HTML: publisher, title with link, date."""
    row = source(key)
    title = escape(row["title"])
    if not missing(row["url"]):
        title = f'<a href="{escape(row["url"])}" rel="noreferrer">{title}</a>'
    parts = [escape(written_date(row["publisher"])), title, escape(_date(row))]
    return f"{'. '.join(filter(None, parts))}."


def full(key: str, bibliography: str = "") -> str:
    """One line of a sources panel as HTML: the document, and its kind and side, which lead to the source's entry in the bibliography page."""
    row = source(key)
    label = ", ".join(filter(None, [KINDS[row["kind"]], SIDES.get(row["side"], "")]))
    if bibliography:
        label = f'<a href="{escape(bibliography)}#{anchor(key)}">{label}</a>'
    return f'{document(key)} <span class="source-kind">{label}</span>'


def _date(row: pd.Series) -> str:
    if missing(row["date"]):
        return ""
    text = row["date"]
    if text.startswith(NO_DATE):
        return "no date" + written_date(text.removeprefix(NO_DATE))
    return written_date(text.partition(" (")[0]).replace("/", " to ")


def missing(cell) -> bool:
    """Whether a cell is blank."""
    return not isinstance(cell, str) and bool(pd.isna(cell)) or cell == ""
