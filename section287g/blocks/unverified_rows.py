"""What could not be verified: rows of the tables that say so themselves, rows without a source, and sources that were
not read.

What the research could not settle beyond that is the table ``not_verified``.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from section287g import tables
from section287g.words import _

# Tables whose rows may be marked as not verified: the column that says so, words that say what the row is, the column
# with a remark.
MARKED = {
    "published_totals": ("confidence", _("{agreements} agreements on {date}"), "note"),
    "timeline": ("confidence", _("{date}: {title}"), "description"),
    "incentive_terms": ("confidence", _("{what} ({who_qualifies})"), "note"),
    "local_costs": ("confidence", _("{place}: {cost_item}"), "note"),
    "outcomes": ("confidence", _("{measure}, {period}: {value} {unit}"), "note"),
    "polls": ("confidence", _("{pollster}, {dates}: {results}"), "note"),
    "state_stances": ("confidence", "{state}", "law_or_order"),
    "claims": ("verdict", "{claim}", "explanation"),
}
# Tables where a row may lack a source.
SOURCELESS = {
    "incentive_terms": (_("{what} ({who_qualifies})"), "condition"),
    "claims": ("{claim}", "explanation"),
    "states": (_("{name}, population in 2024: {population_2024}"), None),
}


def marked_rows() -> pd.DataFrame:
    """Every row that is marked ``unverified``: columns table, what (the row in words), remark, source_keys (several
    separated by "; ")."""
    found = [
        _rows(name, lambda table, mark=mark: table[mark] == "unverified", words, remark)
        for name, (mark, words, remark) in MARKED.items()
    ]
    return pd.concat(found, ignore_index=True)


def rows_without_source() -> pd.DataFrame:
    """Every row whose source is blank, in the form of ``marked_rows``."""
    found = [
        _rows(name, lambda table: table["source_key"].isna(), words, remark)
        for name, (words, remark) in SOURCELESS.items()
    ]
    return pd.concat(found, ignore_index=True)


def sources_not_confirmed() -> list[str]:
    """Keys of sources of kind ``unverified``."""
    sources = tables.load("sources")
    return list(sources.loc[sources["kind"] == "unverified", "source_key"])


def sources_known_from_a_summary() -> list[str]:
    """Keys of sources of which only a summary or quotation was read."""
    sources = tables.load("sources")
    return list(sources.loc[sources["seen"] == "summary", "source_key"])


def _rows(name: str, choose: Callable[[pd.DataFrame], pd.Series], words: str, remark: str | None) -> pd.DataFrame:
    table = tables.load(name)
    table = table[choose(table)]
    if name == "state_stances":
        table["state"] = table["state"].map(tables.load("states").set_index("state")["name"])
    texts = [{column: _text(cell) for column, cell in row.items()} for row in table.to_dict("records")]
    return pd.DataFrame(
        {
            "table": name,
            "what": [words.format(**row) for row in texts],
            "remark": table[remark].fillna("") if remark else "",
            "source_keys": table["source_keys" if "source_keys" in table else "source_key"].fillna(""),
        }
    )


def _text(cell: object) -> str:
    if pd.isna(cell):
        return _("not stated")
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return cell if isinstance(cell, str) else f"{cell:,}"
