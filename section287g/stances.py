"""What states require and forbid: the table ``state_stances`` with names, agreements, and what in it is in doubt."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import counts, tables
from section287g.counts import MODELS
from section287g.words import _, pgettext

# From a duty to a ban; what is not known stands last.
LABELS = {
    "requires": pgettext("a state's law", "Requires"),
    "encourages": pgettext("a state's law", "Encourages"),
    "no_state_rule": _("No rule"),
    "restricts": pgettext("a state's law", "Limits"),
    "bans": pgettext("a state's law", "Forbids"),
    "not_established": _("Not established"),
}
# The first letters of the labels, on the tiles of a map.
LETTERS = {
    "requires": pgettext("letter on a tile: Requires", "R"),
    "encourages": pgettext("letter on a tile: Encourages", "E"),
    "no_state_rule": pgettext("letter on a tile: No rule", "N"),
    "restricts": pgettext("letter on a tile: Limits", "L"),
    "bans": pgettext("letter on a tile: Forbids", "F"),
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
