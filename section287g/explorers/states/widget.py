"""What each state requires or forbids, with date, confidence and sources: the data and the widget for JupyterLab."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import facts, tables
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.base import Link, Still, documents, say, settings_of
from section287g.facts import written_date, written_day
from section287g.places import page
from section287g.stances import STANCES, by_state, newest_list
from section287g.tiles import TILES

NAME = "states"


@cache
def data() -> dict:
    """Every row of the table with its place on the map, its agreements by model and its sources, as JSON-ready
    values."""
    return {
        "list_date": f"{newest_list()['date']:%Y-%m-%d}",
        "checked": f"{tables.last_checked(by_state()):%Y-%m-%d}",
        "stances": list(STANCES),
        "models": list(MODELS),
        "states": [
            {
                "id": row.state,
                "name": row.name,
                "page": page(row.state),
                "at": list(TILES[row.state]),
                "stance": row.stance,
                "law": row.law_or_order,
                "as_of": row.as_of,
                "confidence": row.confidence,
                "note": row.note,
                "doubt": row.doubt,
                "agreements": [int(getattr(row, model)) for model in MODELS],
                "sources": row.source_keys.split("; "),
            }
            for row in by_state().itertuples(index=False)
        ],
        "documents": {key: [link.text, link.url] for key, link in _documents().items()},
        "guess": {
            "all": len(by_state()),
            **facts.texts(
                answer="stance_requires",
                doubt="stance_requires_in_doubt",
                bans="stance_bans",
                bans_doubt="stance_bans_in_doubt",
            ),
        },
    }


settings = settings_of(NAME, data)


@cache
def _documents() -> dict[str, Link]:
    """Key -> the source as a link, named by publisher and date."""
    return documents(source_keys())


@cache
def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted({*tables.cited(tables.load("state_stances")), newest_list()["source_key"]})


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: the map, and every state with its law, date and
    sources."""
    words = assets.words(NAME)
    table, columns, merged = by_state(), words["columns"], words["still_columns"]
    rows = []
    for stance, group in table.groupby(pd.Categorical(table["stance"], STANCES), observed=True):
        rows.append([say(words["group"], stance=words["stances"][stance], n=len(group))])
        rows += [_cells(row, words) for row in group.itertuples()]
    return Still(
        sentence=_sentence(table, words),
        columns=[columns["state"], merged["law"], merged["agreements"], columns["sources"]],
        rows=rows,
        table_caption=words["titles"]["stance"],
        source=say(
            words["source"], date=written_day(newest_list()["date"]), checked=written_day(tables.last_checked(table))
        ),
        picture={},
    )


def _cells(row, words: dict) -> list:
    """A state in four cells, so that the table fits a sheet of paper."""
    grade = words["grades"][row.confidence]
    grade = say(words["grade_note"], grade=grade, note=row.note) if row.note else grade
    law = say(words["still_law"], law=row.law_or_order.rstrip("."), date=written_date(row.as_of), grade=grade)
    agreements = say(words["still_agreements"], **{model: int(getattr(row, model)) for model in MODELS})
    return [row.name, law, agreements, [_documents()[key] for key in row.source_keys.split("; ")]]


def _sentence(table: pd.DataFrame, words: dict) -> str:
    """The live sentence of the start view, as the browser also writes it."""
    found = table["stance"].value_counts()
    parts = ", ".join(say(words["parts"][stance], n=int(found[stance])) for stance in STANCES)
    return " ".join(
        [
            say(words["shown"], n=len(table), all=len(table), parts=parts),
            say(words["doubtful"], n=int(table["doubt"].sum())),
            words["choose_hint"],
        ]
    )
