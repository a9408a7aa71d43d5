"""A number by name: its value, unit, as-of date, definition and sources.

Numbers that follow from the tables are functions here, so that they change with the data. Numbers that stand
in a document are rows of ``data/facts.csv``. The as-of date of a computed number is the date of its list, never typed.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from section287g import claims, counts, seats, stances, tables, words
from section287g.words import _, pgettext, written_date, written_number
from section287g.words import written_day as written_day  # used by others


class UnknownFact(KeyError):
    """No number has this name."""

    def __init__(self, name: str, known: list[str]):
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; `python -m section287g fact` lists all names"
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
    """One sentence for each number of ``data/facts.csv`` that had to be looked at again before the newest list came
    (column ``check_by``)."""
    newest = counts.newest()["date"]
    rows = _documented()
    return [
        f"the number {row.name!r} has to be looked at again: it was good for lists up to {row.check_by:%Y-%m-%d}, and"
        f" the newest list is of {newest:%Y-%m-%d}; correct its row in data/facts.csv or set a later check_by there"
        for row in rows[rows["check_by"] < newest].itertuples(index=False)
    ]


def texts(**wanted: str) -> dict[str, str]:
    """Numbers as they stand in a sentence, {place in the sentence: name of the number}."""
    return {place: get(name).text for place, name in wanted.items()}


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


# Definitions by model; {on} says on which list.
UNDER_MODEL = {
    "jail": _("Agreements under the Jail Enforcement Model {on}; every row counted, as ICE counts"),
    "warrant": _("Agreements under the Warrant Service Officer model {on}; every row counted, as ICE counts"),
    "task_force": _("Agreements under the Task Force Model {on}; every row counted, as ICE counts"),
}
SHARE_OF_MODEL = {
    "jail": _(
        "Agreements under the Jail Enforcement Model as a share of all agreements {on}, rounded to a whole percent"
    ),
    "warrant": _(
        "Agreements under the Warrant Service Officer model as a share of all agreements {on}, rounded to a whole"
        " percent"
    ),
    "task_force": _(
        "Agreements under the Task Force Model as a share of all agreements {on}, rounded to a whole percent"
    ),
}


def _register_list(suffix: str, described: str, row: Callable[[], pd.Series]) -> None:
    """Register the counts of one list under names that end in ``suffix``."""
    counted = {
        "agreements": ("rows", "agreements", _("Agreements in force {on}; every row counted, as ICE counts")),
        "agencies": ("agencies", "agencies", _("Different agencies with at least one agreement {on}")),
        "states": (
            "states",
            "states",
            _("States with at least one agreement {on}; territories are not counted"),
        ),
        "territories": ("territories", "territories", _("Territories with at least one agreement {on}")),
        **{model: (model, "agreements", UNDER_MODEL[model]) for model in counts.MODELS},
    }
    for name, (column, unit, definition) in counted.items():
        computed(unit, definition.format(on=described), name=f"{name}_{suffix}")(
            lambda column=column: _count(row()[column], row())
        )
    for model in counts.MODELS:
        share = SHARE_OF_MODEL[model].format(on=described)
        computed("percent", share, name=f"{model}_share_{suffix}")(
            lambda model=model: _count(100 * row()[model] / row()["rows"], row())
        )
    computed("date", _("Date of the list: agreements {on}").format(on=described), name=f"date_{suffix}")(
        lambda: _count(_iso(row()["date"]), row())
    )


_register_list("first", _("on the oldest list read for this book"), _first)
_register_list("before", _("on the list that stood on January 20, 2025"), _before)
_register_list("2025_09", _("on the list that stood on September 17, 2025"), _september)
_register_list("newest", _("on ICE's newest workbook in this book"), _newest)
_register_list("copy", _("on the newest copy of ICE's list made by others"), _copy)


@computed("date", _("Last day on which the list of January 20, 2025 was seen unchanged"))
def unchanged_until_before() -> Count:
    return _count(_iso(_before()["unchanged_until"]), _before())


@computed(
    "times", _("Agreements on ICE's newest workbook divided by those on January 20, 2025, to one decimal"), decimals=1
)
def growth_factor_newest() -> Count:
    return _count(_newest()["rows"] / _before()["rows"], _before(), _newest())


@computed("lists", _("Lists read for this book, of all kinds"))
def lists_used() -> Count:
    return _count(len(_lists()), _lists().iloc[-1])


@computed(
    "agreements", _("Agreements whose date of signing, as last listed, is later than the first list that names them")
)
def signed_after_listing() -> Count:
    agreements = tables.load("agreements")
    return _count((agreements["signed"] > agreements["first_listed"]).sum(), _lists().iloc[-1])


@computed("lists", _("ICE's own workbooks read for this book"))
def lists_ice() -> Count:
    return _count((_lists()["kind"] == "ice_workbook").sum(), _newest())


@computed("lists", _("Copies of the table on ICE's web page read for this book"))
def lists_web() -> Count:
    return _count((_lists()["kind"] == "web_table_copy").sum(), counts.newest("web_table_copy"))


@computed("date", _("Date of the first list read for this book with an agreement under the Task Force Model"))
def task_force_first_date() -> Count:
    return _first_since(_lists()["task_force"] > 0)


@computed("date", _("Date since which agreements under the Task Force Model are more than half on every list"))
def task_force_majority_date() -> Count:
    lists = _lists()
    return _first_since((2 * lists["task_force"] > lists["rows"])[::-1].cummin()[::-1])


@computed("date", _("Date of the first list with at least 1,000 agencies"))
def agencies_thousand_date() -> Count:
    return _first_since(_lists()["agencies"] >= 1000)


def _first_since(condition: pd.Series) -> Count:
    row = _lists()[condition].iloc[0]
    return _count(_iso(row["date"]), row)


# Numbers that follow single agreements through the lists.


_HOLDING = {
    "one": _("Agencies with agreements under one of the three models on ICE's newest workbook in this book"),
    "two": _("Agencies with agreements under two of the three models on ICE's newest workbook in this book"),
    "three": _("Agencies with agreements under three of the three models on ICE's newest workbook in this book"),
}
for _models, (_word, _definition) in enumerate(_HOLDING.items(), start=1):
    computed("agencies", _definition, name=f"agencies_{_word}_newest")(
        lambda models=_models: _count(counts.agencies_by_models_held(_newest()["date"])[models], _newest())
    )


@computed(
    "agreements",
    _(
        "Agreements on any list up to ICE's newest workbook, each counted once however often it was re-dated or spelt"
        " anew"
    ),
)
def agreements_ever_listed() -> Count:
    return _count(len(counts.listed_until(_newest()["date"])), _newest())


@computed("agreements", _("Agreements that were on an earlier list and are not on ICE's newest workbook"))
def agreements_gone_newest() -> Count:
    return _count(counts.gone(_newest()["date"]), _newest())


@computed("agreements", _("Agreements on any list read for this book, copies by others included, each counted once"))
def agreements_all_lists() -> Count:
    return _on_all_lists(len(tables.load("agreements")))


@computed(
    "agencies", _("Different agencies with an agreement on any list read for this book, copies by others included")
)
def agencies_all_lists() -> Count:
    return _on_all_lists(counts.agencies_of(tables.load("agreements")))


@computed(
    "agreements",
    _("Agreements on an earlier list that are not on the newest list read for this book, copies by others included"),
)
def agreements_left_all_lists() -> Count:
    return _on_all_lists((tables.load("agreements")["status"] == "left").sum())


@computed(
    "agencies",
    _("Agencies of which an agreement has left the newest list read for this book, copies by others included"),
)
def agencies_left_all_lists() -> Count:
    return _on_all_lists(len(counts.agencies_with_a_departure()))


@computed(
    "agencies",
    _(
        "Of the agencies of which an agreement has left, those with another agreement on the newest list read for this"
        " book"
    ),
)
def agencies_left_with_another() -> Count:
    return _on_all_lists(counts.agencies_with_a_departure().sum())


@computed(
    "agreements",
    _("Agreements on ICE's newest workbook for which no list read for this book has a link to the document"),
)
def agreements_without_document_newest() -> Count:
    return _count(counts.listed_on(_newest()["date"])["document_url"].isna().sum(), _newest())


@computed(
    "agreements", _("Agreements of constables on ICE's newest workbook that the lists label as those of a municipality")
)
def constables_municipal_newest() -> Count:
    return _count((_constables()["agency_kind"] == "municipality").sum(), _newest())


@computed(
    "agreements", _("Agreements of constables on ICE's newest workbook that the lists label as those of a county")
)
def constables_county_newest() -> Count:
    return _count((_constables()["agency_kind"] == "county").sum(), _newest())


def _on_all_lists(value: int) -> Count:
    return _count(value, _newest(), _lists().iloc[-1])


def _constables() -> pd.DataFrame:
    listed = counts.listed_on(_newest()["date"])
    return listed[listed["agency"].str.contains("Constable")]


@computed("agreements", _("Agreements listed on January 20, 2025 that are on ICE's newest workbook"))
def before_still_newest() -> Count:
    return _count(counts.on_both(_before()["date"], _newest()["date"]), _before(), _newest())


@computed("agreements", _("Agreements listed on January 20, 2025 that are not on ICE's newest workbook"))
def before_gone_newest() -> Count:
    return _count(counts.on_first_only(_before()["date"], _newest()["date"]), _before(), _newest())


@computed("agreements", _("Agreements first listed after January 20, 2025, up to ICE's newest workbook"))
def came_since_before() -> Count:
    return _count(counts.came(_newest()["date"], since=_before()["date"]), _before(), _newest())


@computed(
    "agreements", _("Agreements on the list of January 20, 2025 or a later one that are not on ICE's newest workbook")
)
def gone_since_before() -> Count:
    return _count(counts.gone(_newest()["date"], since=_before()["date"]), _before(), _newest())


@computed("agreements", _("Agreements on ICE's newest workbook that are not on the newest copy made by others"))
def newest_not_in_copy() -> Count:
    return _count(counts.on_first_only(_newest()["date"], _copy()["date"]), _newest(), _copy())


@computed(
    "agreements", _("Agreements on the newest copy made by others that are not on ICE's newest workbook in this book")
)
def copy_not_in_newest() -> Count:
    return _count(counts.on_first_only(_copy()["date"], _newest()["date"]), _newest(), _copy())


@computed("agreements", _("Agreements on the oldest list read for this book that were signed in 2019"))
def signed_2019_first() -> Count:
    return _count(counts.signed_in(2019, _first()["date"]), _first())


@computed("agreements", _("Agreements on ICE's newest workbook that were signed in 2019"))
def signed_2019_newest() -> Count:
    return _count(counts.signed_in(2019, _newest()["date"]), _newest())


@computed(
    "days",
    _(
        "Median days from signing to the first list with the agreement, for agreements first listed after February 21,"
        " 2025"
    ),
)
def median_lag_newest() -> Count:
    return _count(counts.days_to_listing(since=SURGE_BEGINS, date=_newest()["date"]), _newest())


# Totals that others published without a list behind them.


def _newest_total() -> pd.Series:
    totals = tables.load("published_totals")
    return totals[totals["agreements"].notna()].sort_values("date", kind="stable").iloc[-1]


@computed(
    "agreements",
    _("Newest total of agreements in force that somebody published; the list behind it is not in this book"),
)
def agreements_latest_total() -> Count:
    return _count(_newest_total()["agreements"], _newest_total())


@computed("date", _("Date of the newest published total of agreements in force"))
def date_latest_total() -> Count:
    return _count(_iso(_newest_total()["date"]), _newest_total())


@computed(
    "agreements", _("Total of agreements in force that the Department of Homeland Security named on September 17, 2025")
)
def dhs_total_2025_09() -> Count:
    totals = tables.load("published_totals")
    row = totals[(totals["date"] == SEPTEMBER_TOTAL) & (totals["source_key"] == "dhs2025thousand")].iloc[0]
    return _count(row["agreements"], row)


# Numbers against which claims in circulation are checked. Lists are named by their key (see section287g.claims).


def _on(value, *lists: str) -> Count:
    """The value as of the newest of these lists, with the sources of all of them."""
    known = _lists().set_index("list")
    return _count(value, *(known.loc[on] for on in lists))


def _register_growth(name: str, described: str, baseline: str, end: str, unit: str = "agreements") -> None:
    definition = {
        "agreements": _("Growth of agreements {between}, rounded to a whole percent"),
        "agencies": _("Growth of agencies {between}, rounded to a whole percent"),
    }[unit].format(between=described)
    computed("percent", definition, name=name)(lambda: _on(claims.growth(baseline, end, unit), baseline, end))


_register_growth(
    "growth_2025_09_02",
    _("from January 20 to the afternoon list of September 2, 2025"),
    claims.BEFORE,
    claims.SEPTEMBER_2_AFTERNOON,
)
_register_growth(
    "agencies_growth_2025_09_02",
    _("from January 20 to the morning list of September 2, 2025"),
    claims.BEFORE,
    claims.SEPTEMBER_2_MORNING,
    "agencies",
)
_register_growth("growth_2025_09_17", _("from January 20 to September 17, 2025"), claims.BEFORE, claims.SEPTEMBER_17)
_register_growth(
    "agencies_growth_2025_09_17",
    _("from January 20 to September 17, 2025"),
    claims.BEFORE,
    claims.SEPTEMBER_17,
    "agencies",
)
_register_growth(
    "growth_since_2021_01_20",
    _("from January 20, 2021 to September 17, 2025"),
    claims.END_OF_FIRST_TERM,
    claims.SEPTEMBER_17,
)


COUNTED_ON = {
    "rows": _("Agreements on {list}"),
    "agencies": _("Agencies on {list}"),
    "states": _("States on {list}"),
    "territories": _("Territories on {list}"),
    "task_force": _("Agreements under the Task Force Model on {list}"),
}


def _register_counts(suffix: str, described: str, on: str, *columns: str) -> None:
    """Columns of ``lists`` for one list, under names that end in ``suffix``."""
    for column in columns:
        unit = column if column in ("agencies", "states", "territories") else "agreements"
        name = "agreements" if column == "rows" else column
        computed(unit, COUNTED_ON[column].format(list=described), name=f"{name}_{suffix}")(
            lambda column=column: _on(_lists().set_index("list").loc[on, column], on)
        )


_register_counts("2021_01_20", _("the list that stood on January 20, 2021"), claims.END_OF_FIRST_TERM, "rows")
_register_counts("2025_03_27", _("the second list of March 27, 2025"), claims.MARCH_27, "rows")
_register_counts(
    "2025_09_02_am",
    _("the first list of September 2, 2025"),
    claims.SEPTEMBER_2_MORNING,
    "rows",
    "agencies",
    "states",
    "task_force",
)
_register_counts(
    "2025_09_02_pm", _("the second list of September 2, 2025"), claims.SEPTEMBER_2_AFTERNOON, "rows", "agencies"
)
_register_counts("2025_12_05", _("the afternoon list of December 5, 2025"), claims.DECEMBER_5, "rows", "task_force")
_register_counts(
    "2026_02_13",
    _("the list that stood on February 13, 2026"),
    claims.FEBRUARY_13,
    "rows",
    "agencies",
    "states",
    "territories",
)


@computed(
    "states",
    _("States and territories with an agreement under the Task Force Model on the first list of September 2, 2025"),
)
def task_force_states_2025_09_02() -> Count:
    return _on(claims.states_with(claims.SEPTEMBER_2_MORNING, "task_force"), claims.SEPTEMBER_2_MORNING)


def _register_florida(suffix: str, described: str, on: Callable[[], str]) -> None:
    """Florida's part of the Task Force Model on one list: agreements, and percent to one decimal."""
    computed(
        "agreements",
        _("Agreements under the Task Force Model in Florida on {list}").format(list=described),
        name=f"florida_task_force_{suffix}",
    )(lambda: _on(claims.count(on(), model="task_force", state="FL"), on()))
    definition = _(
        "Florida's agreements under the Task Force Model as a share of all under that model on {list}, to one decimal"
    ).format(list=described)
    computed("percent", definition, name=f"florida_share_{suffix}", decimals=1)(lambda: _on(claims.share(on()), on()))


_register_florida("2025_03_27", _("the second list of March 27, 2025"), lambda: claims.MARCH_27)
_register_florida("2025_12_05", _("the afternoon list of December 5, 2025"), lambda: claims.DECEMBER_5)
_register_florida("newest", _("ICE's newest workbook in this book"), lambda: str(_newest()["list"]))


def _register_signed(year: int, suffix: str, described: str, on: str) -> None:
    definition = _(
        "Agreements on {list} that were signed in {year}; agreements that had left by then are not among them"
    ).format(list=described, year=year)
    computed("agreements", definition, name=f"signed_{year}_{suffix}")(lambda: _on(claims.signed_on_list(year, on), on))


_register_signed(2019, "2026_02_13", _("the list that stood on February 13, 2026"), claims.FEBRUARY_13)
_register_signed(2025, "2026_02_13", _("the list that stood on February 13, 2026"), claims.FEBRUARY_13)
_register_signed(2026, "2026_02_13", _("the list that stood on February 13, 2026"), claims.FEBRUARY_13)


@computed(
    "agreements",
    _(
        "Agreements on the list that stood on January 20, 2021 that were signed from January 20, 2017 to January 19,"
        " 2021"
    ),
)
def signed_first_term_2021_01_20() -> Count:
    return _on(claims.recompute("C003-05").value, claims.END_OF_FIRST_TERM)


@computed("date", _("Date of the first list of 2025 that differs from the one that stood on January 20, 2025"))
def first_change_date() -> Count:
    return _first_since((_lists()["date"] > INAUGURATION) & (_lists()["rows"] != _before()["rows"]))


@computed(
    "agreements", _("Agreements on the first list of 2025 that differs from the one that stood on January 20, 2025")
)
def agreements_first_change() -> Count:
    row = _lists()[(_lists()["date"] > INAUGURATION) & (_lists()["rows"] != _before()["rows"])].iloc[0]
    return _count(row["rows"], row)


@computed(
    "date",
    _(
        "Earliest date of signing after January 20, 2025 on the first list of 2025 that differs from the one of that"
        " day, by the date that later lists print; that list itself prints January 31, 2025"
    ),
)
def first_signature_2025() -> Count:
    row = _lists()[(_lists()["date"] > INAUGURATION) & (_lists()["rows"] != _before()["rows"])].iloc[0]
    signed = counts.listed_on(row["date"])["signed"]
    return _count(_iso(signed[signed > INAUGURATION].min()), row)


@computed(
    "claims", _("Claims of five texts that were traced to a first source; as of the newest day of which a claim speaks")
)
def claims_traced() -> Count:
    table = tables.load("claims")
    return Count(len(table), table["as_of"].max(), tuple(f"text{text}" for text in sorted(set(table["text_id"]))))


# Until when the book has followed what it shows: the oldest last check of the rows behind it, or the newest thing in
# them.

_FOLLOWED = {
    "encounters": ("encounters",),
    "states": ("state_stances",),
    "studies": ("studies", "effects"),
    "polls": ("polls",),
    "offer": ("incentive_terms",),
    "models": ("model_powers", "form_changes"),
    "safeguards": ("safeguards",),
}


def _register_last_check(name: str, shown: tuple[str, ...]) -> None:
    definition = {
        1: _("Day since which every row has been compared with its sources: the oldest in the column checked of {one}"),
        2: _(
            "Day since which every row has been compared with its sources: the oldest in the column checked of {one}"
            " and {other}"
        ),
    }[len(shown)].format(**dict(zip(("one", "other"), (f"data/{table}.csv" for table in shown))))
    computed("date", definition, name=f"checked_{name}")(
        lambda: _on_its_own_day(tables.last_checked(*map(tables.load, shown)))
    )


def _on_its_own_day(day: pd.Timestamp) -> Count:
    """A date out of this book's own tables, which has no source beside them."""
    return Count(_iso(day), _iso(day), ())


for _name, _shown in _FOLLOWED.items():
    _register_last_check(_name, _shown)


def _register_newest_document(name: str) -> None:
    def newest() -> Count:
        date = newest_document(tables.cited(tables.load(name)))
        return Count(date, date, ())

    computed(
        "date",
        _("Date of the newest document, of those whose day is known, that the table {table} cites").format(table=name),
        name=f"newest_document_{name}",
    )(newest)


for _name in ("studies", "arguments"):
    _register_newest_document(_name)


@computed("date", _("Date of the newest event on the timeline"))
def newest_event() -> Count:
    newest = tables.load("timeline").iloc[-1]
    return Count(newest["date"], newest["date"], (newest["source_key"],))


@computed("date", _("Date of ICE's oldest workbook in this book"))
def date_first_workbook() -> Count:
    first = _lists()[_lists()["kind"] == "ice_workbook"].iloc[0]
    return _count(_iso(first["date"]), first)


# Studies.


def newest_document(keys: Iterable[str]) -> str:
    """ISO date of the newest of these sources, as far as known: the last day, or a month or year that begins after it.

    A source dated only with the month or year of that day may be newer; so a text says "whose day is known". Of a span
    its end counts. What begins with "n.d." has no date.
    """
    dates = tables.load("sources").set_index("source_key").loc[list(keys), "date"]
    return newest_date(dates)


def newest_date(dates: pd.Series) -> str:
    """The newest of these cells of the column ``date`` of ``sources``, by the rule of ``newest_document``."""
    day = r"\d{4}(?:-\d{2}){0,2}"
    return dates.str.extract(rf"^(?:{day}/)?({day})\b")[0].dropna().max()


def _register_studies(name: str, definition: str, condition: str = "") -> None:
    def compute() -> Count:
        studies = tables.load("studies")
        chosen = studies.query(condition) if condition else studies
        return Count(len(chosen), newest_document(tables.cited(studies)), tuple(sorted(tables.cited(chosen))))

    computed("studies", definition, name=name)(compute)


OF_287G = "program_studied.str.contains('287(g)', regex=False)"
REVIEWED = "peer_reviewed == 'yes'"

_register_studies("studies_all", _("Studies, audits and court rulings in the table of this book"))
_register_studies(
    "studies_peer_reviewed",
    _("Studies, audits and court rulings in the table of this book that are peer-reviewed"),
    REVIEWED,
)
_register_studies(
    "studies_287g",
    _("Studies, audits and court rulings in the table of this book that look at 287(g), alone or with another policy"),
    OF_287G,
)
_register_studies(
    "studies_287g_reviewed",
    _("Studies, audits and court rulings in the table of this book that look at 287(g) and are peer-reviewed"),
    f"{OF_287G} and {REVIEWED}",
)
_register_studies(
    "studies_secure_communities",
    _(
        "Studies, audits and court rulings in the table of this book that look at Secure Communities, alone or with"
        " 287(g)"
    ),
    "program_studied.str.contains('Secure Communities')",
)
_register_studies(
    "studies_read_whole",
    _("Studies, audits and court rulings in the table of this book of which all was read"),
    "how_read == 'whole'",
)
_register_studies(
    "studies_read_part",
    _(
        "Studies, audits and court rulings in the table of this book of which a part, the opening or the highlights"
        " were read"
    ),
    "how_read == 'part'",
)
_register_studies(
    "studies_read_abstract",
    _("Studies, audits and court rulings in the table of this book of which the abstract, or part of it, was read"),
    "how_read == 'abstract'",
)
_register_studies(
    "studies_read_summary",
    _(
        "Studies, audits and court rulings in the table of this book of which a summary, a release or a report by"
        " others was read"
    ),
    "how_read == 'summary'",
)

_OF_USE = {
    "for": ("supporters", pgettext("of use to", "supporters")),
    "against": ("critics", pgettext("of use to", "critics")),
    "mixed": ("both", pgettext("of use to", "both")),
    "none": ("neither", pgettext("of use to", "neither")),
}
for _direction, (_to, _people) in _OF_USE.items():
    _coded = f"direction == '{_direction}'"
    _register_studies(
        f"studies_{_to}",
        _("Studies, audits and court rulings in the table of this book whose findings are of use to {people}").format(
            people=_people
        ),
        _coded,
    )
    _register_studies(
        f"studies_287g_{_to}",
        _(
            "Studies, audits and court rulings in the table of this book on 287(g) whose findings are of use to"
            " {people}"
        ).format(people=_people),
        f"{OF_287G} and {_coded}",
    )
    _register_studies(
        f"studies_287g_reviewed_{_to}",
        _(
            "Studies, audits and court rulings in the table of this book on 287(g), peer-reviewed, whose findings are"
            " of use to {people}"
        ).format(people=_people),
        f"{OF_287G} and {REVIEWED} and {_coded}",
    )


def _register_cited(side: str, people: str) -> None:
    def compute() -> Count:
        arguments, studies = tables.load("arguments"), tables.load("studies")
        named = set(tables.cited(arguments.loc[arguments["side"] == side, ["source_keys"]]))
        texts = studies["source_key"].str.cat(studies["more_source_keys"].fillna(""), sep="; ").str.split("; ")
        cited = studies[texts.map(lambda keys: not named.isdisjoint(keys))]
        return Count(len(cited), newest_document(tables.cited(cited)), tuple(sorted(tables.cited(cited))))

    definition = {
        "supporters": _("Studies, audits and court rulings of the table that arguments of supporters name as evidence"),
        "critics": _("Studies, audits and court rulings of the table that arguments of critics name as evidence"),
    }[people]
    computed("studies", definition, name=f"studies_cited_by_{people}")(compute)


_register_cited("supports", "supporters")
_register_cited("opposes", "critics")


# Arguments.

STUDIED = ("peer_reviewed", "working_paper", "government_audit", "court_finding")


def _register_arguments(name: str, side: str, definition: str, kinds: tuple[str, ...] = ()) -> None:
    def compute() -> Count:
        table = tables.load("arguments")
        own = table[table["side"] == side]
        chosen = own[own["evidence_kind"].isin(kinds)] if kinds else own
        keys = tuple(sorted(set(chosen["own_source_key"])))  # all that they cite would be too many to read
        return Count(len(chosen), newest_document(keys), keys)

    computed("arguments", definition, name=name)(compute)


_register_arguments("arguments_supporters", "supports", _("Arguments of supporters in the table of this book"))
_register_arguments("arguments_critics", "opposes", _("Arguments of critics in the table of this book"))
_register_arguments(
    "arguments_studied_supporters",
    "supports",
    _("Arguments of supporters in the table of this book whose evidence begins with a study, an audit or a ruling"),
    STUDIED,
)
_register_arguments(
    "arguments_studied_critics",
    "opposes",
    _("Arguments of critics in the table of this book whose evidence begins with a study, an audit or a ruling"),
    STUDIED,
)
_register_arguments(
    "arguments_reviewed_supporters",
    "supports",
    _("Arguments of supporters in the table of this book whose evidence begins with peer-reviewed research"),
    ("peer_reviewed",),
)
_register_arguments(
    "arguments_reviewed_critics",
    "opposes",
    _("Arguments of critics in the table of this book whose evidence begins with peer-reviewed research"),
    ("peer_reviewed",),
)


# Codings: how far two later codings by the published rules, without sight of each other, agree.

CODED = {
    "studies": ("study_id", "direction"),
    "arguments": ("argument_id", "evidence_kind"),
    "claims": ("claim_id", "verdict"),
}


def _register_codings(name: str, key: str, column: str) -> None:
    def rows() -> pd.DataFrame:
        codings = tables.load("codings")
        shown = tables.load(name).set_index(key)[column]
        return codings[codings["table"] == name].assign(shown=lambda coded: coded["row_id"].map(shown))

    def register(which: str, definition: str, condition: str = "") -> None:
        def compute() -> Count:
            chosen = rows().query(condition) if condition else rows()
            return Count(len(chosen), _iso(rows()["coded"].max()), ())

        computed("rows", definition.format(table=name), name=f"codings_{name}{which}")(compute)

    register("", _("Rows of the table {table} that were coded twice more"))
    register(
        "_agreed",
        _("Rows of the table {table} that were coded twice more, of which the second and the third coding agree"),
        "second == third",
    )
    register(
        "_shown",
        _(
            "Rows of the table {table} that were coded twice more, of which the code that the book shows is that of"
            " both"
        ),
        "second == third and second == shown",
    )


for _name, (_key, _column) in CODED.items():
    _register_codings(_name, _key, _column)


# States.


def _of_states(rows: pd.DataFrame) -> Count:
    """How many rows of the table ``state_stances``, as of the newest of them and with its sources: all would be too
    many to read."""
    newest = rows["as_of"].max()
    return Count(len(rows), newest, tuple(sorted(tables.cited(rows[rows["as_of"] == newest]))))


def _register_stance(stance: str, described: str) -> None:
    def rows() -> pd.DataFrame:
        table = stances.by_state()
        return table[table["stance"] == stance]

    def places() -> Count:
        return _of_states(rows())

    def agreements() -> Count:
        return _count(int(rows()[list(counts.MODELS)].to_numpy().sum()), stances.newest_list())

    definition = _(
        "Places (states, the District of Columbia, Puerto Rico) {described}; each has its own date and sources in the"
        " table of state rules, here those of the newest"
    ).format(described=described)
    computed("places", definition, name=f"stance_{stance}")(places)
    of_agreements = _("Agreements on ICE's newest workbook in places {described}").format(described=described)
    computed("agreements", of_agreements, name=f"stance_{stance}_agreements")(agreements)


_register_stance(
    "requires", _("whose law requires some local agencies to sign, to ask for, or to try to get an agreement")
)
_register_stance(
    "encourages",
    _("whose law or order points toward agreements without ordering local agencies to sign, to ask or to try"),
)
_register_stance("no_state_rule", _("for which no state rule on agreements was found"))
_register_stance("restricts", _("whose law, order or official opinion limits agreements"))
_register_stance("bans", _("whose law or order forbids agreements"))
_register_stance("not_established", _("for which the sources read neither confirm nor rule out a rule"))


@computed(
    "places",
    _(
        "Places whose law requires some local agencies to seek an agreement, of which the row is in doubt; date and"
        " sources are those of the newest"
    ),
)
def stance_requires_in_doubt() -> Count:
    return _of_states(stances.by_state().query("doubt and stance == 'requires'"))


@computed(
    "places",
    _(
        "Places whose law or order forbids agreements, of which the row is in doubt; date and sources are those of the"
        " newest"
    ),
)
def stance_bans_in_doubt() -> Count:
    return _of_states(stances.by_state().query("doubt and stance == 'bans'"))


@computed(
    "places",
    _(
        "Places in the table of state rules that are in doubt: not verified, not established, or with a remark that"
        " says why; date and sources are those of the newest"
    ),
)
def stance_in_doubt() -> Count:
    return _of_states(stances.by_state().query("doubt"))


# Numbers of places: single states, rates, and counties whose sheriff holds an agreement.


def _places() -> pd.DataFrame:
    return counts.by_state(_newest()["list"])


def _of_table(value, name: str) -> Count:
    """A value counted on ICE's newest workbook with the help of another table."""
    count = _count(value, _newest())
    return count._replace(source_keys=(*count.source_keys, *tables.cited(tables.load(name))))


def _register_place(code: str, name: str) -> None:
    state = words.cell("states", [code], "name", name)
    computed(
        "agreements",
        _("Agreements in {state} on ICE's newest workbook in this book").format(state=state),
        name=f"agreements_{name.lower()}_newest",
    )(lambda: _count(_places().loc[code, "agreements"], _newest()))
    rate = _(
        "Agreements in {state} on ICE's newest workbook in this book, for each million residents of July 1, 2024, to"
        " one decimal"
    ).format(state=state)
    computed("agreements per million residents", rate, name=f"per_million_{name.lower()}_newest", decimals=1)(
        lambda: _of_table(_places().loc[code, "per_million"], "states")
    )
    share = _(
        "Share of the counties of {state} whose sheriff holds an agreement on ICE's newest workbook in this book"
    ).format(state=state)
    computed("percent", share, name=f"sheriff_counties_{name.lower()}_newest")(
        lambda: _of_table(
            100 * _places().loc[code, "covered_counties"] / _places().loc[code, "counties"], "county_population"
        )
    )


for _code, _name in (("AR", "Arkansas"), ("FL", "Florida"), ("TX", "Texas"), ("WY", "Wyoming")):
    _register_place(_code, _name)


@computed(
    "percent",
    _("Share of the three states with most agreements in all agreements on ICE's newest workbook in this book"),
)
def top_three_share_newest() -> Count:
    counted = _places()["agreements"]
    return _count(100 * counted.nlargest(3).sum() / counted.sum(), _newest())


@computed("states", _("States and the District of Columbia without an agreement on ICE's newest workbook in this book"))
def states_without_newest() -> Count:
    kinds = tables.load("states").set_index("state")["kind"]
    return _count(((_places()["agreements"] == 0) & (kinds != "territory")).sum(), _newest())


@computed(
    "counties",
    _(
        "Counties and county equivalents of the states and the District of Columbia, in the Census Bureau's table for"
        " 2020"
    ),
)
def counties_all() -> Count:
    census = tables.load("county_population")
    return Count(len(census), str(census["year"].max()), tuple(tables.cited(census)))


@computed(
    "counties",
    _(
        "Counties and county equivalents whose sheriff holds an agreement on ICE's newest workbook in this book; other"
        " agencies are not counted"
    ),
)
def sheriff_counties_newest() -> Count:
    return _of_table(_places()["covered_counties"].sum(), "county_population")


@computed(
    "percent",
    _(
        "Share of counties and county equivalents whose sheriff holds an agreement on ICE's newest workbook in this"
        " book, to one decimal"
    ),
    decimals=1,
)
def sheriff_counties_share_newest() -> Count:
    return _of_table(100 * _places()["covered_counties"].sum() / _places()["counties"].sum(), "county_population")


@computed(
    "percent",
    _(
        "Share of residents of July 1, 2020 in a county whose sheriff holds an agreement on ICE's newest workbook in"
        " this book, to one decimal"
    ),
    decimals=1,
)
def sheriff_residents_share_newest() -> Count:
    return _of_table(100 * _places()["covered_residents"].sum() / _places()["residents"].sum(), "county_population")


def _register_kind(kind: str, definition: str) -> None:
    computed("agreements", definition, name=f"{kind}_agreements_newest")(
        lambda: _count((counts.listed_on(_newest()["date"])["agency_kind"] == kind).sum(), _newest())
    )


_register_kind(
    "municipality",
    _("Agreements of city and town agencies on ICE's newest workbook in this book, as ICE labels them"),
)
_register_kind(
    "state_agency", _("Agreements of state agencies on ICE's newest workbook in this book, as ICE labels them")
)


@computed(
    "MB",
    _(
        "Memory to plan for one learner: the largest server measured and two of the largest kernels, rounded up to 10"
        " million bytes"
    ),
)
def lab_seat_memory() -> Count:
    return _measured(math.ceil(seats.seat_mb() / 10) * 10)


@computed(
    "seconds", _("Time of one processor core that the hungriest lab measured took, run from top to bottom"), decimals=1
)
def lab_processor_seconds() -> Count:
    return _measured(float(seats.processor_seconds()))


def _measured(value) -> Count:
    """A value of the labs' measured runs."""
    runs = seats.runs()
    return Count(value, _iso(runs["measured"].max()), tuple(tables.cited(runs)))
