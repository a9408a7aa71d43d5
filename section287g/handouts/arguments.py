"""Argument cards: every row of ``arguments`` as a card to cut out, each theme on pages of its own, the first side
alternating."""

from __future__ import annotations

import itertools

import pandas as pd

from section287g import citing, fairness, tables
from section287g.handouts.words import words

PAIRS = 2  # of cards, one from each side, that fit on one page: what a lesson gives of a theme
SPOKEN = ["who", "argument", "best_evidence", "strongest_reply"]


def sheet(theme: str = "") -> dict:
    """Content of all cards, or of four cards of a theme: two of each side."""
    said = words("arguments")
    table = tables.load("debate_themes")
    if not theme:
        themes = [_theme(place, row) for place, row in enumerate(table.to_dict("records"))]
        return {"title": said["title"], "lead": said["lead"], "labels": said["labels"], "themes": themes}
    place = table["theme"].tolist().index(theme)
    chosen = _theme(place, table.iloc[place], even=True)
    title = said["part"]["title"].format(theme=chosen["name"])
    return {"title": title, "lead": said["part"]["lead"], "labels": said["labels"], "part": chosen}


def _theme(place: int, theme, even: bool = False) -> dict:
    """The cards of a theme: all, or an even choice of PAIRS of each side. Which side stands first (left) alternates
    with the themes; mixed positions follow."""
    rows = tables.load("arguments")
    rows = rows[rows["theme"] == theme["theme"]]
    sides = {side: rows[rows["side"] == side] for side in (*fairness.SIDES, "mixed")}
    if even:
        sides = _even(sides)
    first = fairness.first_side(place)
    order = sorted(sides, key=lambda side: side != first)  # the others keep their order
    return {"name": theme["title"], "sides": [[_card(row) for row in sides[side].itertuples()] for side in order]}


def _even(sides: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The first PAIRS of cards of both sides, in the table's order, on which both have about as many words."""
    for places in itertools.combinations(range(len(sides["supports"])), PAIRS):
        chosen = {side: sides[side].iloc[list(places)] for side in fairness.SIDES}
        lengths = [rows[SPOKEN].map(fairness.words).sum(axis=None) for rows in chosen.values()]
        if min(lengths) >= fairness.LEAST_SHARE_OF_WORDS * max(lengths):
            return chosen
    raise ValueError(f"no {PAIRS} pairs of cards are about as long")


def _card(row) -> dict:
    said = words("arguments")
    return {
        "id": row.argument_id,
        "side": said["sides"][row.side],
        "who": row.who,
        "argument": row.argument,
        "evidence": row.best_evidence,
        "kind": said["evidence_kinds"][row.evidence_kind],
        "reply": row.strongest_reply,
        "sources": "; ".join(citing.short(key) for key in row.source_keys.split("; ")),
    }


SHEETS = {"argument-cards": sheet}
