"""What states require and forbid: the table ``state_stances`` with names, agreements, and what in it is in doubt."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import counts, tables
from section287g.counts import MODELS

# From a duty to a ban; what is not known stands last.
LABELS = {
    "requires": "Requires",
    "encourages": "Encourages",
    "no_state_rule": "No rule",
    "restricts": "Limits",
    "bans": "Forbids",
    "not_established": "Not established",
}
LETTERS = {
    "requires": "R",
    "encourages": "E",
    "no_state_rule": "N",
    "restricts": "L",
    "bans": "F",
    "not_established": "?",
}
STANCES = tuple(LABELS)


@cache
def by_state() -> pd.DataFrame:
    """The table by name of the state: its own columns, name, doubt (see ``in_doubt``), and the agreements under each
    model.

    Agreements are those on ICE's newest own list, zero where it does not name the state. ``note`` is "" where the table
    has none.
    """
    table = (
        tables.load("state_stances").fillna({"note": ""}).merge(tables.load("states")[["state", "name"]], on="state")
    )
    listed = tables.load("list_counts")
    listed = listed[listed["list"] == newest_list()["list"]].set_index("state")[list(MODELS)]
    table = table.join(listed, on="state").fillna(dict.fromkeys(MODELS, 0))
    return table.assign(doubt=in_doubt(table)).sort_values("name", ignore_index=True)


def in_doubt(table: pd.DataFrame) -> pd.Series:
    """Whether a row must not be taken as settled: not verified, not established, or with a note that says why."""
    return (table["confidence"] == "unverified") | (table["stance"] == "not_established") | (table["note"] != "")


def newest_list() -> pd.Series:
    """The row of ``lists`` for ICE's newest own list."""
    return counts.newest("ice_workbook")
