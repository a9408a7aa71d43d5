"""Argument cards: every row of ``arguments`` as a card to cut out, each theme on pages of its own, the first side
alternating."""

from __future__ import annotations

from section287g import citing, fairness, tables
from section287g.handouts.words import words

PAIRS = 2  # of cards, one from each side, that fit on one page: what a lesson gives of a theme


def sheet(theme: str = "") -> dict:
    """Content of all cards, or of the first cards of a theme: two of each side."""
    said = words("arguments")
    table = tables.load("debate_themes")
    if not theme:
        themes = [_theme(place, row) for place, row in enumerate(table.to_dict("records"))]
        return {"title": said["title"], "lead": said["lead"], "labels": said["labels"], "themes": themes}
    place = table["theme"].tolist().index(theme)
    chosen = _theme(place, table.iloc[place], PAIRS)
    title = said["part"]["title"].format(theme=chosen["name"])
    return {"title": title, "lead": said["part"]["lead"], "labels": said["labels"], "part": chosen}


def _theme(place: int, theme, most: int | None = None) -> dict:
    """The cards of a theme, all or at most so many of each side. Which side stands first (left) alternates with the
    themes; mixed positions follow."""
    rows = tables.load("arguments")
    rows = rows[rows["theme"] == theme["theme"]]
    first = fairness.first_side(place)
    order = [first, *(side for side in fairness.SIDES if side != first), *([] if most else ["mixed"])]
    return {
        "name": theme["title"],
        "sides": [
            [_card(row) for row in rows[rows["side"] == side].head(most or len(rows)).itertuples()] for side in order
        ],
    }


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
