"""The words of the pages of places, as whole sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from section287g.words import fill, strings


@cache
def words() -> dict:
    """Every sentence of these pages, in the book's language."""
    return strings(Path(__file__).parent / "strings.json")


def say(template: str | dict[str, str], **values: str | int) -> str:
    """A sentence with its {names} filled in; numbers get thousands separators.

    Of several sentences, that for ``n``: "none" for 0 and "one" for 1, where there is one, else "several" or "other".
    """
    if isinstance(template, dict):
        template = template.get({0: "none", 1: "one"}.get(values["n"]), template.get("several") or template["other"])
    return fill(template, **values)
