"""Agreements or agencies in force by date, model and state: what the explorer counts and the widget for JupyterLab."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import counts, facts, tables
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.base import Still, say, settings_of
from section287g.explorers.series import changes
from section287g.facts import written_date, written_day
from section287g.figures.surge import GAP_DAYS

NAME = "growth"
UNITS = {  # unit -> model (or total) -> column of counts.over_time
    "agreements": {**{model: model for model in MODELS}, "total": "agreements"},
    "agencies": {**{model: f"{model}_agencies" for model in MODELS}, "total": "agencies"},
}
LIST_SOURCES = {"ice_workbook": "ice2025lists", "web_table_copy": "ice2025lists", "transcript": "migrantusa2026287g"}
# Rows of the table `timeline` that are marked, with the state they concern ("": all). Words are in strings.json.
EVENTS = {
    "2025-01-20-executive-order-14159": "",
    "2025-01-30-task-force-model-returns": "",
    "2025-02-13-florida-sb-2-c": "FL",
    "2025-07-04-reconciliation-law-funds-enforcement": "",
    "2025-09-02-dhs-announces-reimbursements": "",
    "2026-01-01-texas-sb-8-takes-effect": "TX",
    "2026-02-04-virginia-state-agencies-leave": "VA",
    "2026-02-17-maryland-bans-agreements": "MD",
    "2026-06-10-secure-america-act-names-287-g": "",
}


@cache
def states() -> dict[str, str]:
    """USPS code -> name of every state and territory that any list names, by name."""
    named = set(tables.load("list_counts")["state"])
    table = tables.load("states")
    table = table[table["state"].isin(named)].sort_values("name")
    return dict(zip(table["state"], table["name"], strict=True))


@cache
def data() -> dict:
    """All numbers of the explorer as JSON-ready values, about 10 kB compressed.

    `lists`: parallel columns key, date, until (ISO text or ""), kind. `series[state][unit][model]`: see
    `series.changes` ("all" is the national series; "total" of agreements is left out, being the sum of the models).
    """
    lists = tables.load("lists")
    return {
        "lists": {
            "key": lists["list"].tolist(),
            "date": _iso(lists["date"]),
            "until": _iso(lists["unchanged_until"]),
            "kind": lists["kind"].tolist(),
        },
        "gap_days": GAP_DAYS,
        "start": newest_workbook(),
        "states": list(states().items()),
        "series": {state: _series(counts.over_time(None if state == "all" else state)) for state in ("all", *states())},
        "published": _published(),
        "events": _events(),
        "sources": {kind: _publisher(key) for kind, key in LIST_SOURCES.items()},
        "guess": facts.texts(
            answer="growth_factor_newest",
            newest="date_newest",
            agreements="agreements_newest",
            earlier="agreements_before",
        ),
    }


settings = settings_of(NAME, data)


def newest_workbook() -> str:
    """Key of the newest list in ICE's own file: where values are read at the start."""
    return str(counts.newest("ice_workbook")["list"])


def _iso(dates: pd.Series) -> list[str]:
    return [f"{date:%Y-%m-%d}" if pd.notna(date) else "" for date in dates]


def _series(frame: pd.DataFrame) -> dict:
    series = {
        unit: {model: changes(frame[column]) for model, column in columns.items()} for unit, columns in UNITS.items()
    }
    del series["agreements"]["total"]
    return series


def _published() -> list[dict]:
    """Totals stated by others after ICE's newest archived list, without the one that is itself a list here."""
    table = tables.load("published_totals")
    lists = tables.load("lists")
    later = table[(table["date"] > counts.newest("ice_workbook")["date"]) & ~table["date"].isin(lists["date"])]
    return [
        {
            "date": f"{row.date:%Y-%m-%d}",
            "total": int(row.agreements),
            **{model: int(getattr(row, model)) for model in MODELS if pd.notna(getattr(row, model))},
            "confidence": row.confidence,
            "source": _publisher(row.source_key),
        }
        for row in later.itertuples()
    ]


def _events() -> list[dict]:
    timeline = tables.load("timeline").set_index("event_id").loc[list(EVENTS)]
    return [
        {"id": event, "date": row.date, "state": EVENTS[event], "source": _publisher(row.source_key)}
        for event, row in timeline.iterrows()
    ]


@cache
def _publisher(key: str) -> str:
    return str(tables.load("sources").set_index("source_key").loc[key, "publisher"])


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    published = tables.load("published_totals")
    later = published[published["date"] > counts.newest("ice_workbook")["date"]]
    events = tables.load("timeline").set_index("event_id").loc[list(EVENTS)]
    return sorted({*tables.cited(tables.load("lists")), *later["source_key"], *events["source_key"]})


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: state, unit and models of `values`, all lists."""
    words = assets.words(NAME)
    frame = counts.over_time(None if values["state"] == "all" else values["state"])
    columns = UNITS[values["unit"]]
    months = frame.groupby([frame["date"].dt.year, frame["date"].dt.month]).tail(1).iloc[::-1]
    return Still(
        sentence=_sentence(frame, values, words),
        columns=[words["columns"]["list"], words["columns"]["kind"], *words["model_short"].values()],
        rows=[
            [
                written_day(row["date"]),
                words["list_kinds"][row["kind"]],
                *(int(row[columns[model]]) for model in words["model_short"]),
            ]
            for _, row in months.iterrows()
        ],
        table_caption=say(
            words["still_table"],
            unit=words["units"][values["unit"]],
            place=states().get(values["state"], words["united_states"]),
        ),
        source=_source_line(values, words),
        picture={"unit": values["unit"], **({} if values["state"] == "all" else {"state": values["state"]})},
    )


def _source_line(values: dict, words: dict) -> str:
    """Unit, as-of and source. The picture of all agreements also marks the totals published later."""
    line = say(
        words["source"],
        unit=words["unit_names"][values["unit"]],
        workbook=written_day(counts.newest("ice_workbook")["date"]),
        transcript=written_day(counts.newest("transcript")["date"]),
        lists_source=_publisher(LIST_SOURCES["ice_workbook"]),
        transcript_source=_publisher(LIST_SOURCES["transcript"]),
    )
    published = _published()
    if (values["state"], values["unit"]) != ("all", "agreements") or not published:
        return line
    return f"{line} {say(words['source_published'], date=written_date(published[-1]['date']))}"


def _sentence(frame: pd.DataFrame, values: dict, words: dict) -> str:
    """The live sentence of the start view (newest ICE workbook, three models), as the browser also writes it."""
    columns = UNITS[values["unit"]]
    newest, first = frame.loc[newest_workbook()], frame.iloc[0]
    total = int(newest[columns["total"]])
    templates = words["sentence"][values["unit"]]
    seen = say(
        templates["models" if total else "none"],
        n=total,
        list=say(words["list_names"][newest["kind"]], date=written_day(newest["date"])),
        place=states().get(values["state"], words["the_united_states"]),
        parts=say(words["parts"], **{model: int(newest[columns[model]]) for model in MODELS}),
    )
    change = total - int(first[columns["total"]])
    direction = "more" if change > 0 else "fewer" if change < 0 else "same"
    compared = say(words["change"][direction], n=abs(change), date=written_day(first["date"]))
    caution = words["more_than_one"] if total and values["unit"] == "agencies" else ""
    return f"{seen} {compared} {caution}".rstrip()
