"""A number by name: its value, unit, as-of date, definition and sources.

Numbers that follow from the tables are functions here, so that they change with the data. Numbers that stand
in a document are rows of ``data/facts.csv``. The as-of date of a computed number is the date of its list, never typed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from section287g import counts, tables


class UnknownFact(KeyError):
    """No number has this name."""

    def __init__(self, name: str, known: list[str]):
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"unknown fact {name!r}{hint}")

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Fact:
    """A number with what a reader needs to judge it.

    ``value`` is the number itself (or a text), ``text`` how it is written in a sentence, ``as_of`` an ISO date
    (``2026-05-18``, or a year, or a year and a month), ``source_keys`` are keys of ``data/sources.csv``.
    """

    name: str
    value: int | float | str
    text: str
    unit: str
    as_of: str
    definition: str
    source_keys: tuple[str, ...]

    @property
    def as_of_text(self) -> str:
        """The as-of date as it stands in a sentence."""
        return written_date(self.as_of)


class Count(NamedTuple):
    """What a function of a number returns: the value, the date it stands for, and where it was counted."""

    value: int | float | str
    as_of: str
    source_keys: tuple[str, ...]


@dataclass(frozen=True)
class _Computed:
    compute: Callable[[], Count]
    unit: str
    definition: str
    decimals: int


_registry: dict[str, _Computed] = {}


def computed(unit: str, definition: str, name: str = "", decimals: int = 0):
    """Register a function without arguments that returns a Count; the number's name is the function's, unless given.

    ``decimals`` is the rounding of the written text; ``value`` stays exact.
    """

    def register(function: Callable[[], Count]) -> Callable[[], Count]:
        key = name or function.__name__
        if key in _registry:
            raise ValueError(f"fact {key!r} is defined twice")
        _registry[key] = _Computed(function, unit, definition, decimals)
        return function

    return register


def names() -> list[str]:
    """Names of all numbers, computed ones first, then those of ``data/facts.csv``."""
    return [*_registry, *_documented()["name"]]


def get(name: str) -> Fact:
    """The number called ``name``. Raises UnknownFact with near names if there is none."""
    if name in _registry:
        return _compute(name)
    rows = _documented()
    found = rows[rows["name"] == name]
    if found.empty:
        raise UnknownFact(name, names())
    return _from_row(found.iloc[0])


def stale() -> list[str]:
    """One sentence for each number of ``data/facts.csv`` that had to be looked at again before the newest list came (column ``check_by``)."""
    newest = counts.newest()["date"]
    rows = _documented()
    return [
        f"the number {row.name!r} has to be looked at again: it was good for lists up to {row.check_by:%Y-%m-%d}, and the newest list is of"
        f" {newest:%Y-%m-%d}; correct its row in data/facts.csv or set a later check_by there"
        for row in rows[rows["check_by"] < newest].itertuples(index=False)
    ]


def written_date(iso: str) -> str:
    """An ISO date, month or year inside a text written out: ``2026-05-18`` becomes ``May 18, 2026``."""
    return re.sub(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b", _written_match, iso)


def written_day(day: pd.Timestamp) -> str:
    """A day written out: ``May 18, 2026``."""
    return written_date(_iso(day))


def written_number(value: int | float | str, unit: str, decimals: int = 0) -> str:
    """A number as it stands in a sentence: thousands separators, ``percent`` and ``$`` from the unit; text stays as it is."""
    if isinstance(value, str):
        return written_date(value)
    number = f"{value:,.{decimals}f}"
    if unit == "percent":
        return f"{number} percent"
    if unit == "US dollars":
        return f"${number}"
    return number


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _written_match(match: re.Match) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    return f"{_MONTHS[int(month) - 1]} {int(day)}, {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


@cache
def _compute(name: str) -> Fact:
    entry = _registry[name]
    value, as_of, source_keys = entry.compute()
    text = written_number(value, entry.unit, entry.decimals)
    return Fact(name, value, text, entry.unit, as_of, entry.definition, source_keys)


@cache
def _documented() -> pd.DataFrame:
    return tables.load("facts")


def _from_row(row: pd.Series) -> Fact:
    value, decimals = _parse_value(row["value"])
    text = written_number(value, row["unit"], decimals)
    return Fact(row["name"], value, text, row["unit"], row["as_of"], row["definition"], _keys(row["source_key"]))


def _parse_value(text: str) -> tuple[int | float | str, int]:
    """A cell of ``facts.csv`` as a number, with the decimals it was written with; anything else is text."""
    if re.fullmatch(r"-?\d+", text):
        return int(text), 0
    if match := re.fullmatch(r"-?\d+\.(\d+)", text):
        return float(text), len(match[1])
    return text, 0


def _keys(cell: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in re.split(r"[;,]", cell) if key.strip())


# Numbers computed from the tables. Which lists they speak of:

INAUGURATION = pd.Timestamp(2025, 1, 20)
SEPTEMBER_TOTAL = pd.Timestamp(2025, 9, 17)  # DHS published a total on this day
SURGE_BEGINS = pd.Timestamp(2025, 2, 21)  # first list with new agreements in 2025


def _lists() -> pd.DataFrame:
    return tables.load("lists")


def _first() -> pd.Series:
    return _lists().iloc[0]


def _before() -> pd.Series:
    return _last_until(INAUGURATION)


def _september() -> pd.Series:
    return _last_until(SEPTEMBER_TOTAL)


def _newest() -> pd.Series:
    return counts.newest("ice_workbook")


def _copy() -> pd.Series:
    return counts.newest("transcript")


def _last_until(date: pd.Timestamp) -> pd.Series:
    lists = _lists()
    return lists[lists["date"] <= date].iloc[-1]


def _iso(date: pd.Timestamp) -> str:
    return f"{date:%Y-%m-%d}"


def _count(value, *rows: pd.Series) -> Count:
    """The value as of the newest of these rows, with the sources of all of them."""
    keys = dict.fromkeys(key for row in rows for key in _keys(row["source_key"]))
    return Count(value.item() if hasattr(value, "item") else value, _iso(max(row["date"] for row in rows)), tuple(keys))


def _register_list(suffix: str, described: str, row: Callable[[], pd.Series]) -> None:
    """Register the counts of one list under names that end in ``suffix``."""
    rows_counted = "; every row counted, as ICE counts"
    counted = {
        "agreements": ("rows", "agreements", f"Agreements in force {described}{rows_counted}"),
        "agencies": ("agencies", "agencies", f"Different agencies with at least one agreement {described}"),
        "states": ("states", "states", f"States with at least one agreement {described}; territories are not counted"),
        "territories": ("territories", "territories", f"Territories with at least one agreement {described}"),
    }
    for model, label in counts.MODEL_LABELS.items():
        counted[model] = (model, "agreements", f"Agreements under the {label} {described}{rows_counted}")
    for name, (column, unit, definition) in counted.items():
        computed(unit, definition, name=f"{name}_{suffix}")(lambda column=column: _count(row()[column], row()))
    for model, label in counts.MODEL_LABELS.items():
        share = f"Agreements under the {label} as a share of all agreements {described}, rounded to a whole percent"
        computed("percent", share, name=f"{model}_share_{suffix}")(
            lambda model=model: _count(100 * row()[model] / row()["rows"], row())
        )
    computed("date", f"Date of the list: agreements {described}", name=f"date_{suffix}")(
        lambda: _count(_iso(row()["date"]), row())
    )


_register_list("first", "on the oldest list read for this book", _first)
_register_list("before", "on the list that stood on January 20, 2025", _before)
_register_list("2025_09", "on the list that stood on September 17, 2025", _september)
_register_list("newest", "on ICE's newest workbook in this book", _newest)
_register_list("copy", "on the newest copy of ICE's list made by others", _copy)


@computed("date", "Last day on which the list of January 20, 2025 was seen unchanged")
def unchanged_until_before() -> Count:
    return _count(_iso(_before()["unchanged_until"]), _before())


@computed("times", "Agreements on ICE's newest workbook divided by those on January 20, 2025, to one decimal", decimals=1)
def growth_factor_newest() -> Count:
    return _count(_newest()["rows"] / _before()["rows"], _before(), _newest())


@computed("times", "Agencies on ICE's newest workbook divided by those on January 20, 2025, to one decimal", decimals=1)
def agencies_growth_factor_newest() -> Count:
    return _count(_newest()["agencies"] / _before()["agencies"], _before(), _newest())


@computed("lists", "Lists read for this book, of all kinds")
def lists_used() -> Count:
    return _count(len(_lists()), _lists().iloc[-1])


@computed("lists", "ICE's own workbooks read for this book")
def lists_ice() -> Count:
    return _count((_lists()["kind"] == "ice_workbook").sum(), _newest())


@computed("lists", "Copies of the table on ICE's web page read for this book")
def lists_web() -> Count:
    return _count((_lists()["kind"] == "web_table_copy").sum(), counts.newest("web_table_copy"))


@computed("days", "Longest stretch since February 21, 2025 between the last sight of one list and the date of the next")
def longest_gap_2025() -> Count:
    return _count(counts.longest_gap(SURGE_BEGINS), _lists().iloc[-1])


@computed("date", "Date of the first list read for this book with an agreement under the Task Force Model")
def task_force_first_date() -> Count:
    return _first_since(_lists()["task_force"] > 0)


@computed("date", "Date since which agreements under the Task Force Model are more than half on every list")
def task_force_majority_date() -> Count:
    lists = _lists()
    return _first_since((2 * lists["task_force"] > lists["rows"])[::-1].cummin()[::-1])


@computed("date", "Date of the first list with at least 1,000 agencies")
def agencies_thousand_date() -> Count:
    return _first_since(_lists()["agencies"] >= 1000)


def _first_since(condition: pd.Series) -> Count:
    row = _lists()[condition].iloc[0]
    return _count(_iso(row["date"]), row)


# Numbers that follow single agreements through the lists.


for _models, _word in enumerate(("one", "two", "three"), start=1):
    computed("agencies", f"Agencies with agreements under {_word} of the three models on ICE's newest workbook in this book", name=f"agencies_{_word}_newest")(
        lambda models=_models: _count(counts.agencies_by_models_held(_newest()["date"])[models], _newest())
    )  # fmt: skip


@computed("agreements", "Agreements on any list up to ICE's newest workbook, each counted once however often it was re-dated or spelt anew")
def agreements_ever_listed() -> Count:
    return _count(len(counts.listed_until(_newest()["date"])), _newest())


@computed("agreements", "Agreements that were on an earlier list and are not on ICE's newest workbook")
def agreements_gone_newest() -> Count:
    return _count(counts.gone(_newest()["date"]), _newest())


@computed("agreements", "Agreements listed on January 20, 2025 that are on ICE's newest workbook")
def before_still_newest() -> Count:
    return _count(counts.on_both(_before()["date"], _newest()["date"]), _before(), _newest())


@computed("agreements", "Agreements listed on January 20, 2025 that are not on ICE's newest workbook")
def before_gone_newest() -> Count:
    return _count(counts.on_first_only(_before()["date"], _newest()["date"]), _before(), _newest())


@computed("agreements", "Agreements first listed after January 20, 2025, up to ICE's newest workbook")
def came_since_before() -> Count:
    return _count(counts.came(_newest()["date"], since=_before()["date"]), _before(), _newest())


@computed("agreements", "Agreements on the list of January 20, 2025 or a later one that are not on ICE's newest workbook")
def gone_since_before() -> Count:
    return _count(counts.gone(_newest()["date"], since=_before()["date"]), _before(), _newest())


@computed("agreements", "Agreements on ICE's newest workbook that are not on the newest copy made by others")
def newest_not_in_copy() -> Count:
    return _count(counts.on_first_only(_newest()["date"], _copy()["date"]), _newest(), _copy())


@computed("agreements", "Agreements on the newest copy made by others that are not on ICE's newest workbook in this book")
def copy_not_in_newest() -> Count:
    return _count(counts.on_first_only(_copy()["date"], _newest()["date"]), _newest(), _copy())


@computed("agreements", "Agreements on the oldest list read for this book that were signed in 2019")
def signed_2019_first() -> Count:
    return _count(counts.signed_in(2019, _first()["date"]), _first())


@computed("agreements", "Agreements on the oldest list read for this book that were signed in 2020")
def signed_2020_first() -> Count:
    return _count(counts.signed_in(2020, _first()["date"]), _first())


@computed("agreements", "Agreements on ICE's newest workbook that were signed in 2019")
def signed_2019_newest() -> Count:
    return _count(counts.signed_in(2019, _newest()["date"]), _newest())


@computed("days", "Median days from signing to the first list with the agreement, for agreements first listed after February 21, 2025")
def median_lag_newest() -> Count:
    return _count(counts.days_to_listing(since=SURGE_BEGINS, date=_newest()["date"]), _newest())


# Totals that others published without a list behind them.


def _newest_total() -> pd.Series:
    totals = tables.load("published_totals")
    return totals[totals["agreements"].notna()].sort_values("date", kind="stable").iloc[-1]


@computed("agreements", "Newest total of agreements in force that somebody published; the list behind it is not in this book")
def agreements_latest_total() -> Count:
    return _count(_newest_total()["agreements"], _newest_total())


@computed("date", "Date of the newest published total of agreements in force")
def date_latest_total() -> Count:
    return _count(_iso(_newest_total()["date"]), _newest_total())


@computed("agreements", "Total of agreements in force that the Department of Homeland Security named on September 17, 2025")
def dhs_total_2025_09() -> Count:
    totals = tables.load("published_totals")
    row = totals[(totals["date"] == SEPTEMBER_TOTAL) & (totals["source_key"] == "dhs2025thousand")].iloc[0]
    return _count(row["agreements"], row)
