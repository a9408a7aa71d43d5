"""A line that the reader draws from January 2025 on, and the counted one: ICE's own lists, the newest copy of a list,
and totals published by others. The three are never connected or blended."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import counts, tables
from section287g.explorers import assets
from section287g.explorers.base import Still, say, settings_of
from section287g.facts import written_day
from section287g.figures import surge

NAME = "draw"
LISTS_SOURCE = "ice2025lists"
TOP = 4000  # the scale is fixed, so that it does not give the answer away; only a higher count makes it longer
KINDS = ("ice", "copied", "others")


@cache
def counted() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """ICE's own lists (one a day); the newest copy if it is newer than they are; later totals by others."""
    own, copies = surge.own_and_copy(surge.last_list_of_each_day(counts.over_time()))
    copy = copies[copies["date"] > own["date"].iloc[-1]].tail(1)
    return own, copy, surge.totals_after(own)


@cache
def data() -> dict:
    """JSON-ready values, about 2 kB compressed.

    `ice`: [date, unchanged until (or the date), agreements] of each own list; `copied` and `others`: [date, agreements]
    each; `start`: the day from which the reader draws, and the agreements then; `end`: the day of the newest count.
    """
    own, copy, others = counted()
    until = own["unchanged_until"].fillna(own["date"])
    return {
        "ice": [
            [_iso(row.date), _iso(max(row.date, end)), int(row.agreements)]
            for row, end in zip(own.itertuples(), until, strict=True)
        ],
        "copied": _pairs(copy),
        "others": _pairs(others),
        "start": [_iso(surge.INAUGURATION), int(before()["agreements"])],
        "end": _iso(max(frame["date"].max() for frame in counted() if not frame.empty)),
        "top": int(max(TOP, *(1000 * -(-frame["agreements"].max() // 1000) for frame in counted() if not frame.empty))),
        "gap_days": surge.LONG_GAP_DAYS,
        "publisher": _publisher(),
    }


settings = settings_of(NAME, data)


def before() -> pd.Series:
    """The list that stood on the day from which the reader draws."""
    own = counted()[0]
    return own[own["date"] <= surge.INAUGURATION].iloc[-1]


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


def _pairs(frame: pd.DataFrame) -> list[list]:
    return [[_iso(row.date), int(row.agreements)] for row in frame.itertuples()]


def _publisher() -> str:
    return str(tables.load("sources").set_index("source_key").loc[LISTS_SOURCE, "publisher"])


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    own, copy, others = counted()
    return sorted(surge.source_keys(surge.lists_behind(own), surge.lists_behind(copy), others))


def newest() -> list[tuple[str, pd.Timestamp, int]]:
    """(kind, day, agreements) of the newest of each kind of count that there is."""
    rows = ((kind, frame.iloc[-1]) for kind, frame in zip(KINDS, counted(), strict=True) if not frame.empty)
    return [(kind, row["date"], int(row["agreements"])) for kind, row in rows]


def still(values: dict) -> Still:
    """The view without scripts and on paper: the counted line, whatever the reader would have drawn."""
    words = assets.words(NAME)
    own, copy, others = counted()
    months = own.groupby([own["date"].dt.year, own["date"].dt.month]).tail(1)
    rows = [
        (row.date, kind, int(row.agreements))
        for kind, frame in (("ice", months), ("copied", copy), ("others", others))
        for row in frame.itertuples()
    ]
    return Still(
        sentence=sentence(words),
        columns=words["columns"],
        rows=[[written_day(day), words["kinds"][kind], number] for day, kind, number in reversed(rows)],
        table_caption=words["still_table"],
        source=say(words["source"], date=written_day(own["date"].iloc[-1]), lists=_publisher()),
        picture={},
    )


def sentence(words: dict) -> str:
    """All dated totals in one sentence, as the browser also writes it."""
    parts = [say(words["counted"][kind], n=number, date=written_day(day)) for kind, day, number in newest()]
    return say(words["and"][len(parts) - 1], **dict(zip(("one", "two", "three"), parts, strict=False)))
