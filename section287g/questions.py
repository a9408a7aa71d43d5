"""The question bank (``data/questions.csv``): what a page, the sheets before and after a lesson, and the labs ask.

Texts are MyST inline markup, as on pages, so that a number in them is a `{fact}` like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from section287g import citing, facts, tables

BEFORE_AND_AFTER = "before-and-after"
LETTERS = "ABCD"
KINDS = ("knowledge", "opinion")


@dataclass(frozen=True)
class Question:
    """One question. ``choices`` and ``explanation`` are MyST text; ``answer`` is the place of the right choice, or None
    for an opinion."""

    question_id: str
    kind: str
    prompt: str
    choices: tuple[str, ...]
    answer: int | None
    explanation: str
    source_keys: tuple[str, ...]


def of_page(page: str) -> list[Question]:
    """The questions of a page ("book/surge/growth") or of BEFORE_AND_AFTER, in the table's order; none for a page
    without any."""
    table = tables.load("questions")
    rows = table[table["page"] == page].fillna("")
    return [
        Question(
            row.question_id,
            row.kind,
            row.prompt,
            tuple(row.choices.split(" | ")) if row.choices else (),
            LETTERS.index(row.answer) if row.answer else None,
            row.explanation,
            tuple(row.more_source_keys.split("; ")) if row.more_source_keys else (),
        )
        for row in rows.itertuples()
    ]


def pages() -> list[str]:
    """The pages that ask questions, and BEFORE_AND_AFTER, in the table's order."""
    return list(tables.load("questions")["page"].unique())


def plain(text: str) -> str:
    """MyST inline text as plain text: numbers and short citations in place, emphasis and other marks gone."""
    text = re.sub(r"\{fact\}`([^`]+)`", lambda match: facts.get(match[1]).text, text)
    text = re.sub(
        r" ?\{source\}`([^`]+)`", lambda match: f" ({'; '.join(map(citing.short, match[1].split(', ')))})", text
    )
    text = re.sub(r"\{\w+\}`([^`]+?)(?: <[^<>`]+>)?`", r"\1", text)  # the words, not what they lead to
    return re.sub(r"(\*\*|\*)(.+?)\1", r"\2", text)
