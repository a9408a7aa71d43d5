"""Dated events in the history of 287(g), 1996 to 2026: the table `timeline` for a page and as a widget for
JupyterLab."""

from __future__ import annotations

from functools import cache
from html import escape

import pandas as pd

from section287g import tables
from section287g.explorers import assets, html
from section287g.explorers.base import Link, Still, say, settings_of, sources
from section287g.facts import written_date

NAME = "timeline"
# Days on which an administration began (Inauguration Day). Names are in strings.json.
ADMINISTRATIONS = {
    "clinton": "1993-01-20",
    "bush": "2001-01-20",
    "obama": "2009-01-20",
    "trump_first": "2017-01-20",
    "biden": "2021-01-20",
    "trump_second": "2025-01-20",
}
FIRST_AGREEMENT = "2002-07-02-first-agreement-florida"


def events() -> pd.DataFrame:
    """The table `timeline` in its own order, which is that of time, with the column `administration`."""
    table = tables.load("timeline")
    return table.assign(administration=[administration(date) for date in table["date"]])


def administration(date: str) -> str:
    """The administration in office on an ISO date; a month or a year counts from its first day."""
    return max((start, name) for name, start in ADMINISTRATIONS.items() if start <= date)[1]


@cache
def data() -> dict:
    """Events and their sources as JSON-ready values, about 11 kB compressed."""
    return {
        "events": [
            {
                "id": row.event_id,
                "date": row.date,
                "title": row.title,
                "text": row.description,
                "kind": row.kind,
                "confidence": row.confidence,
                "administration": row.administration,
                "source": row.source_key,
            }
            for row in events().itertuples()
        ],
        "administrations": list(ADMINISTRATIONS.items()),
        "sources": sources(source_keys()),
        "guess": {
            "answer": written_date(events().set_index("event_id").loc[FIRST_AGREEMENT, "date"]),
            "last": int(events()["date"].iloc[-1][:4]),
        },
    }


settings = settings_of(NAME, data)


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted(tables.cited(tables.load("timeline")))


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: every event of the kinds in `values` as a list."""
    words = assets.words(NAME)
    table = events()
    shown = table[table["kind"].isin(values["kinds"].split(","))]
    return Still(
        sentence=_sentence(shown["date"].tolist(), len(table), words),
        source=_source_line(words),
        body=_body(shown, words),
    )


def _sentence(dates: list[str], all_events: int, words: dict) -> str:
    if not dates:
        return say(words["none"], all=all_events)
    return say(
        words["shown"], n=len(dates), all=all_events, **{"from": written_date(dates[0]), "to": written_date(dates[-1])}
    )


def _source_line(words: dict) -> str:
    newest = events()["date"].iloc[-1]
    return say(words["source"], n=len(source_keys()), date=written_date(newest))


def _body(shown: pd.DataFrame, words: dict) -> str:
    """Events under the name of the administration in which they fall, as HTML."""
    parts = [
        f"<h4>{escape(words['administrations'][name])}</h4>"
        f"<ol>{''.join(_entry(row, words) for row in group.itertuples())}</ol>"
        for name, group in shown.groupby("administration", sort=False)
    ]
    return html.region("t-still", words["list_label"], "".join(parts))


def _entry(event, words: dict) -> str:
    source = data()["sources"][event.source_key]
    about = say(words["kind_and_grade"], kind=words["kinds"][event.kind], grade=words["grades"][event.confidence])
    published = say(words["published"], publisher=source["publisher"], date=source["date"])
    return (
        f"<li><p><strong>{escape(written_date(event.date))}: {escape(event.title)}.</strong>"
        f" {escape(event.description)}</p>"
        f'<p class="t-about">{escape(about)} {escape(words["source_label"])}'
        f" {html.links([Link(source['title'], source['url'])])}, {escape(published)}</p></li>"
    )
