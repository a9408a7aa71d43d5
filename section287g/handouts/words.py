"""The words of the handouts that are not in a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from section287g.words import strings


@cache
def words(sheet: str) -> dict:
    """The words of one module's sheets, from ``strings.json``, in the book's language."""
    return strings(Path(__file__).parent / "strings.json")[sheet]
