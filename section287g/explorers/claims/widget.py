"""The traced claims against their sources and ICE's lists, and a workshop that makes such numbers: data for a page,
widget for JupyterLab."""

from __future__ import annotations

from functools import cache
from html import escape

import pandas as pd

from section287g import citing, claims, counts, tables
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.base import Link, Still, say, settings_of
from section287g.explorers.growth import widget as growth
from section287g.explorers.series import changes
from section287g.facts import written_date, written_day

NAME = "claims"
TEXTS = {text: f"text{text}" for text in ("000", "001", "002", "003", "004")}  # text -> its key in the table `sources`


def _growth(date: str, baseline: str = claims.BEFORE, **values: str) -> dict:
    return {"mode": "growth", "baseline": baseline, "date": date, **values}


def _share(date: str, **values: str) -> dict:
    return {"mode": "share", "state": "FL", "date": date, **values}


def _signed(year: int, date: str) -> dict:
    return {"mode": "signed", "year": str(year), "date": date}


def _series(measure: str, on: str, find: dict | None = None, **values: str) -> dict:
    return {"measure": measure, **values, "on": on} | ({"find": find} if find else {})


TASK_FORCE_SHARE = _share(claims.DECEMBER_5, model="task_force")
# The series in which a claim's number stands: what is measured, on which list, and the settings with which a reader
# finds it.
PICTURES = {
    "C000-06": _series("change", claims.SEPTEMBER_2_AFTERNOON, _growth(claims.SEPTEMBER_2_AFTERNOON)),
    "C000-07": _series("states", claims.SEPTEMBER_2_MORNING),
    "C000-09": _series("share", claims.SEPTEMBER_2_MORNING, _share(claims.SEPTEMBER_2_MORNING), state="FL"),
    "C001-01": _series("count", claims.SEPTEMBER_17, _growth(claims.SEPTEMBER_17)),
    "C001-02": _series("states", claims.SEPTEMBER_17),
    "C001-03": _series("change", claims.SEPTEMBER_17, _growth(claims.SEPTEMBER_17)),
    "C001-04": _series("count", claims.SEPTEMBER_17, _growth(claims.SEPTEMBER_17, unit="agencies")),
    "C001-05": _series("count", claims.SEPTEMBER_17, _growth(claims.SEPTEMBER_17, claims.JANUARY_2021)),
    "C001-06": _series("count", "2025-02-19", _growth("2025-02-19")),
    "C001-17": _series("part", claims.SEPTEMBER_17, model="task_force"),
    "C001-18": _series("part", claims.SEPTEMBER_17, model="warrant"),
    "C002-04": _series("part", claims.DECEMBER_5, model="task_force"),
    "C002-05": _series("signed", claims.DECEMBER_5, _signed(2025, claims.DECEMBER_5), year="2025"),
    "C002-06": _series("signed_part", claims.DECEMBER_5, _signed(2025, claims.DECEMBER_5), year="2025"),
    "C002-07": _series("count", claims.DECEMBER_5, TASK_FORCE_SHARE, state="FL", model="task_force"),
    "C002-08": _series("share", claims.DECEMBER_5, TASK_FORCE_SHARE, state="FL", model="task_force"),
    "C003-04": _series("count", "2025-02-19", _growth("2025-02-19")),
    "C003-05": _series("signed", claims.FEBRUARY_13, _signed(2019, claims.FEBRUARY_13), year="2019"),
    "C003-06": _series("count", claims.FEBRUARY_13, _growth(claims.FEBRUARY_13)),
    "C003-07": _series("jurisdictions", claims.FEBRUARY_13),
    "C003-08": _series("signed", claims.FEBRUARY_13, _signed(2025, claims.FEBRUARY_13), year="2025"),
    "C003-11": _series("part", claims.FEBRUARY_13, model="task_force"),
    "C003-13": _series("count", claims.FEBRUARY_13, _growth(claims.FEBRUARY_13, claims.JANUARY_2021)),
    "C003-37": _series("count", "2026-05-18-am", _share("2026-05-18-am", state="VA"), state="VA"),
    "C003-38": _series("count", "2026-05-18-am", _share("2026-05-18-am", state="MD"), state="MD"),
    "C004-01": _series("count", claims.MARCH_27, _growth(claims.MARCH_27)),
    "C004-06": _series("part", claims.MARCH_27, model="task_force"),
    "C004-09": _series("share", claims.MARCH_27, _share(claims.MARCH_27), state="FL"),
}
# Where a picture marks the number of the text itself: only claims whose figure is in the unit of the series.
CLAIMED = {"C000-06": 609, "C000-07": 40, "C001-01": 1000, "C001-02": 40, "C001-03": 641, "C001-04": 1001,
    "C002-05": 1000, "C002-06": 90,
           "C002-08": 42.4, "C003-05": 45, "C003-06": 1400, "C003-07": 40, "C003-08": 1130}  # fmt: skip
# Settings offered by a button in each part of the workshop; their names are in strings.json.
EXAMPLES = {
    "growth": [
        _growth(claims.SEPTEMBER_2_AFTERNOON), _growth(claims.SEPTEMBER_2_MORNING, unit="agencies"),
        _growth(claims.SEPTEMBER_17),
        _growth(claims.SEPTEMBER_17, unit="agencies"), _growth(claims.SEPTEMBER_17, claims.END_OF_FIRST_TERM),
    ],
    "share": [
        _share(claims.MARCH_27, model="task_force"), _share(claims.DECEMBER_5, model="task_force"),
        _share("2026-05-18-am", model="task_force"),
        _share("2026-05-18-am", state="TX"),
    ],
    "signed": [
        _signed(2025, claims.FEBRUARY_13), _signed(2026, claims.FEBRUARY_13), _signed(2019, claims.FEBRUARY_13),
        _signed(2019, claims.END_OF_FIRST_TERM),
    ],
}  # fmt: skip


@cache
def years() -> tuple[str, ...]:
    """Years in which agreements of any list were signed, as text."""
    return tuple(str(year) for year in sorted(tables.load("list_signed")["signed_year"].dropna().unique()))


@cache
def data() -> dict:
    """Claims, their sources and the counts of every list as JSON-ready values, about 30 kB compressed.

    `series` as in the growth explorer; `signed[year][model]`, `states` and `jurisdictions` in the same form (see
    `series.changes`).
    """
    lists = tables.load("lists").set_index("list")
    known = growth.data()
    return {
        "claims": _claims(),
        "texts": {text: _text(key) for text, key in TEXTS.items()},
        "sources": {key: _source(key) for key in tables.cited(tables.load("claims"))},
        **{name: known[name] for name in ("lists", "gap_days", "states", "series")},
        "counted": {
            "states": changes(lists["states"]),
            "jurisdictions": changes(lists["states"] + lists["territories"]),
        },
        "years": list(years()),
        "signed": {year: _signed_series(int(year)) for year in years()},
        "published": _published(),
        "pictures": {
            claim: {**picture, **({"claimed": CLAIMED[claim]} if claim in CLAIMED else {})}
            for claim, picture in PICTURES.items()
        },
        "examples": EXAMPLES,
        "start": {"baseline": claims.BEFORE, "date": growth.newest_workbook()},
        "list_sources": known["sources"],
        "guess": _guess(tables.load("claims")["verdict"]),
    }


settings = settings_of(NAME, data)


def _guess(verdicts: pd.Series) -> dict[str, int]:
    found = verdicts.value_counts()
    return {"all": len(verdicts), "answer": int(found["contradicted"]), "accurate": int(found["accurate"])}


def _claims() -> list[dict]:
    return [
        {
            "id": row.claim_id,
            "text": row.text_id,
            "claim": row.claim,
            "kind": row.kind,
            "of": written_date(row.as_of),
            "primary": _plain(row.primary_says),
            "given": _plain(row.recomputed_value),
            "from_lists": row.claim_id not in claims.NOT_FROM_LISTS,
            "definition": _plain(row.recomputed_definition),
            "list": _plain(row.list_date),
            "verdict": row.verdict,
            "why": written_date(row.explanation),
            "source": _plain(row.source_key),
        }
        for row in tables.load("claims").itertuples()
    ]


def _plain(cell: object) -> str:
    return "" if pd.isna(cell) else written_date(cell)


@cache
def _source(key: str) -> dict:
    row = citing.source(key)
    return {"title": row["title"], "short": citing.short(key), "url": "" if citing.missing(row["url"]) else row["url"]}


def _signed_series(year: int) -> dict:
    table = tables.load("list_signed")
    rows = table[table["signed_year"] == year].groupby("list")[list(MODELS)].sum()
    rows = rows.reindex(tables.load("lists")["list"], fill_value=0)
    return {model: changes(rows[model]) for model in MODELS}


def _published() -> list[dict]:
    """Totals of agreements that others stated for a day on which a list is known to have stood."""
    totals = tables.load("published_totals")
    totals = totals[totals["agreements"].notna() & (totals["date"] <= counts.newest("ice_workbook")["date"])]
    return [
        {"date": f"{row.date:%Y-%m-%d}", "total": int(row.agreements), "source": citing.short(row.source_key)}
        for row in totals.itertuples()
    ]


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    totals = tables.load("published_totals")
    totals = totals[totals["agreements"].notna() & (totals["date"] <= counts.newest("ice_workbook")["date"])]
    return sorted(
        {
            *tables.cited(tables.load("claims")),
            *TEXTS.values(),
            *tables.cited(tables.load("lists")),
            *totals["source_key"],
        }
    )


def shown(values: dict) -> pd.DataFrame:
    """The rows of the table `claims` that the text, kind and verdict of `values` leave."""
    table = tables.load("claims")
    for setting, column in (("text", "text_id"), ("kind", "kind"), ("verdict", "verdict")):
        if values[setting] != "all":
            table = table[table[column] == values[setting]]
    return table


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: the claims of `values` with their verdicts."""
    words = assets.words(NAME)
    table = shown(values)
    return Still(
        sentence=say(words["shown"], n=len(table), all=len(tables.load("claims"))),
        columns=[words["columns"][name] for name in ("claim", "verdict", "why", "given", "source")],
        rows=[
            cells
            for text, group in table.groupby("text_id")
            for cells in ([_text_name(text, words)], *_still_rows(group, words))
        ],
        table_caption=words["title"],
        source=_source_line(words),
        body="" if len(table) else f"<p>{escape(words['none'])}</p>",
        more=words["still_more"],
    )


def _still_rows(group: pd.DataFrame, words: dict) -> list[list[str | list[Link]]]:
    return [
        [
            f"{row.claim_id}: {row.claim}",
            words["verdicts"][row.verdict],
            written_date(row.explanation),
            _plain(row.recomputed_value),
            [] if pd.isna(row.source_key) else [Link(_source(row.source_key)["short"], _source(row.source_key)["url"])],
        ]
        for row in group.itertuples()
    ]


def _text(key: str) -> dict:
    """One of the five texts as a source, without the second title that its web page has."""
    source = _source(key)
    return {**source, "title": source["title"].partition("; page title")[0]}


def _text_name(text: str, words: dict) -> str:
    source = _text(TEXTS[text])
    return say(words["text_name"], number=text, title=source["title"], source=source["short"])


def _source_line(words: dict) -> str:
    newest = counts.newest("ice_workbook")["date"]
    return say(
        words["source"],
        n=len(tables.cited(tables.load("claims"))),
        date=written_day(newest),
        publisher=data()["list_sources"]["ice_workbook"],
    )
