"""Data of an explorer without what its page already shows.

The view for readers without scripts holds most sentences of the data. A page need not load them twice: where a text of
the data stands there, the page gets ``{"$": place}`` instead, which host.js fills in again.
"""

from __future__ import annotations

from html.parser import HTMLParser

SHORTEST = 16  # letters; the place of a shorter text takes about as much room


class _Texts(HTMLParser):
    """What a piece of HTML shows, in its order: every text, and the address of every document."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = dict(attributes)
        if about.get("rel") == "noreferrer":
            self.found.append(about["href"] or "")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


def without(values: dict, html: str) -> dict:
    """The values, at any depth, with a place instead of each long text that `html` shows."""
    places: dict[str, int] = {}
    for place, text in enumerate(_Texts(html).found):
        places.setdefault(text, place)

    def put(value):
        if isinstance(value, str) and len(value) >= SHORTEST and value in places:
            return {"$": places[value]}
        if isinstance(value, dict):
            return {key: put(each) for key, each in value.items()}
        return [put(each) for each in value] if isinstance(value, list | tuple) else value

    return put(values)
