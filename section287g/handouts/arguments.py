"""Argument cards: every row of ``arguments`` as a card to cut out, each theme on pages of its own, the first side
alternating."""

from __future__ import annotations

from section287g import citing, fairness, tables
from section287g.handouts.words import words


def sheet() -> dict:
    """Content of the cards: themes in the table's order, each with its cards in the table's order."""
    said = words("arguments")
    table = tables.load("arguments")
    titles = tables.load("debate_themes").set_index("theme")["title"]
    return {
        "title": said["title"],
        "lead": said["lead"],
        "labels": said["labels"],
        "themes": [
            {"name": titles[theme], "sides": [_cards(rows[rows["side"] == side], said) for side in _order(number)]}
            for number, (theme, rows) in enumerate(table.groupby("theme", sort=False))
        ],
    }


def _order(number: int) -> tuple[str, ...]:
    """Which side stands first (left) in the theme of this number: the two alternate; mixed positions follow."""
    first = fairness.first_side(number)
    return (first, *(side for side in fairness.SIDES if side != first), "mixed")


def _cards(rows, said: dict) -> list[dict]:
    return [_card(row, said) for row in rows.itertuples()]


def _card(row, said: dict) -> dict:
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
