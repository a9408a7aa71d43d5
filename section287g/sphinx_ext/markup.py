"""Small pieces of HTML that several directives share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from section287g.facts import written_date
from section287g.typography import typographic


def slug(text: str) -> str:
    """Text as part of an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def sentence(text: str) -> str:
    """A remark as a sentence: a capital in front, one full stop at the end, dates written out; "" stays."""
    return escape(written_date(f"{text[0].upper()}{text[1:].rstrip('.')}.")) if text else ""


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are HTML already; the first cell of each row is its header, columns of numbers are set right."""
    rows = list(rows)
    marks = [' class="number"' if _all_numbers(column) else "" for column in zip(*rows)] or [""] * len(header)
    head = "".join(f'<th scope="col"{mark}>{cell}</th>' for cell, mark in zip(header, marks))
    body = "".join(_row(row, marks) for row in rows)
    return (
        f'<div class="table-scroll" role="group" aria-label="{escape(caption)}" tabindex="0"><table>'
        f'<caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str], marks: Sequence[str]) -> str:
    first, *rest = cells
    data = "".join(f"<td{mark}>{cell}</td>" for cell, mark in zip(rest, marks[1:]))
    return f'<tr><th scope="row">{first}</th>{data}</tr>'


def _all_numbers(column: Sequence[str]) -> bool:
    words = [re.sub(r"<[^>]*>", "", cell) for cell in column]
    return any(words) and all(re.fullmatch(r"[-−$]?[\d,.]*( percent|%)?", cell) for cell in words)


def fold(summary: str, content: str, classes: str = "") -> str:
    """A folded box; the print stylesheet opens it."""
    return f'<details class="fold {classes}"><summary>{escape(summary)}</summary>{content}</details>'


def set_words(text: str) -> str:
    """A text of a table as HTML, with quotation marks as on the pages around it."""
    return escape(typographic(text), quote=False)
