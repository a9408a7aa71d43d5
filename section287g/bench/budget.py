"""The limits that the book sets itself (``budget.json``), and what was measured against them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

# Pages with limits of their own: name -> what their addresses hold.
PARTS = {"page": "", "start": "book/index.html", "place": "book/places/"}


class Limit(NamedTuple):
    """At most `most` of a measure of every page, of those named in PARTS, or of the build; `words` say what it is, with
    its unit."""

    of: str
    measure: str
    most: float
    words: str


class Compared(NamedTuple):
    """A limit, the largest value measured, and the page where it was ("" for the build)."""

    limit: Limit
    largest: float
    where: str

    @property
    def kept(self) -> bool:
        return self.largest <= self.limit.most


def limits() -> list[Limit]:
    """All limits, in the order of the file."""
    return [Limit(**limit) for limit in json.loads(Path(__file__).with_name("budget.json").read_text(encoding="utf-8"))]


def most(measure: str, of: str = "page") -> float:
    """The limit of one measure. KeyError if there is none."""
    return {(limit.of, limit.measure): limit.most for limit in limits()}[of, measure]


def compare(pages: list[dict], build: dict) -> list[Compared]:
    """Every limit with the largest value measured on its pages (those that have the measure) or in the build."""
    compared = []
    for limit in limits():
        found = (
            [
                (page[limit.measure], page["page"])
                for page in pages
                if limit.measure in page and PARTS[limit.of] in page["page"]
            ]
            if limit.of in PARTS
            else [(build[limit.measure], "")]
        )
        compared.append(Compared(limit, *max(found)))
    return compared
