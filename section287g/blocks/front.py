"""Blocks of the start page: the box for a place, the three models as drawings, the argument in two voices."""

from __future__ import annotations

import pandas as pd

from section287g import fairness, tables
from section287g.blocks.markup import keys
from section287g.blocks.registry import Page, block
from section287g.words import _

VOICES = {"supports": _("In favor"), "opposes": _("Against")}


@block("place-box")
def place_box(page: Page) -> dict:
    """A box for a county, city or state, by the search of every page; without scripts the list of all places."""
    return {"address": page.address("book/places/index")}


@block("models-drawn")
def models_drawn(page: Page) -> dict:
    """What each model looks like: three small drawings."""
    return {}


@block("two-voices", sources=lambda: tables.cited(_voices()[["source_keys"]]))
def two_voices(page: Page) -> dict:
    """One argument of each side, chosen by a rule that looks at length alone."""
    rows = _voices()
    first = fairness.first_side(0)  # the voices are those of the first theme
    return {
        "voices": [
            row | {"title": VOICES[row["side"]], "sources": keys(row["source_keys"])}
            for row in sorted(rows.to_dict("records"), key=lambda row: row["side"] != first)
        ],
        "theme": tables.load("debate_themes")["title"].iloc[0],
    }


def _voices() -> pd.DataFrame:
    """Of the first theme, the first pair whose arguments differ least in their number of words."""
    table = tables.load("arguments")
    table = table[table["theme"] == tables.load("debate_themes")["theme"].iloc[0]]
    words = {row.argument_id: fairness.words(row.argument) for row in table.itertuples()}
    sides = [table.loc[table["side"] == side, "argument_id"] for side in fairness.SIDES]
    pairs = [(one, other) for one in sides[0] for other in sides[1]]
    chosen = min(pairs, key=lambda pair: abs(words[pair[0]] - words[pair[1]]))
    return table[table["argument_id"].isin(chosen)]
