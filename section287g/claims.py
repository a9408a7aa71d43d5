"""Recomputing claims (table ``claims``) from ICE's lists: what each list-based number comes to, under its definition
and on its list.

A claim can be tested here when its number follows from the lists: agreements, agencies, states, shares, growth, years
of signing. ``recompute(claim_id).holds`` says whether the tables still give what ``claims.csv`` states in
``recomputed_value``; the text has to be the same to the last digit. Lists are named by their key (``2025-09-02-pm``);
``standing(date)`` finds the key of the list in force on a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from section287g import counts, tables
from section287g.counts import MODELS

UNITS = ("agreements", "agencies")

BEFORE = "2024-12-18"  # stood from December 18, 2024 to February 15, 2025
JANUARY_2021 = "2021-01-13"  # the highest count before 2025
END_OF_FIRST_TERM = "2021-01-16"  # stood on January 20, 2021
MARCH_27 = "2025-03-27-r2"  # the second list of that day
SEPTEMBER_2_MORNING = "2025-09-02-am"
SEPTEMBER_2_AFTERNOON = "2025-09-02-pm"
SEPTEMBER_17 = "2025-09-16-pm"  # stood from September 16 to 23, 2025
DECEMBER_5 = "2025-12-05-pm"
FEBRUARY_13 = "2026-02-11-am"  # stood from February 11 to 13, 2026
INAUGURATION = pd.Timestamp(2025, 1, 20)
FIRST_TERM = (pd.Timestamp(2017, 1, 20), pd.Timestamp(2021, 1, 19))


# ---------------------------------------------------------------- measures, from which claims and readers' own numbers
# are made


def standing(date: str | pd.Timestamp) -> str:
    """Key of the list that stood at the end of this day: the last one not later. Raises ValueError before the first
    list."""
    lists = tables.load("lists")
    known = lists[lists["date"] <= pd.Timestamp(date)]
    if known.empty:
        raise ValueError(f"no list stood on {date}: the first one is of {lists['date'].iloc[0]:%Y-%m-%d}")
    return str(known["list"].iloc[-1])


def count(on: str, unit: str = "agreements", model: str = "all", state: str | None = None) -> int:
    """Agreements (rows) or agencies on one list: of one model or of all, in one state (USPS code) or everywhere.

    Raises KeyError for an unknown list, unit or model, and for a state that no list names.
    """
    return int(counts.on(on, state)[_column(unit, model)])


def growth(baseline: str, end: str, unit: str = "agreements", model: str = "all", state: str | None = None) -> float:
    """Change between two lists in percent of the first one (575.7 is "up 575.7 percent"). Raises ValueError if the
    first count is zero."""
    before, after = (count(on, unit, model, state) for on in (baseline, end))
    return _change(before, after)


def share(on: str, state: str = "FL", unit: str = "agreements", model: str = "task_force") -> float:
    """One state's part of a model (or of all) on one list, in percent. Raises ValueError if nothing is listed."""
    return _percent(count(on, unit, model, state), count(on, unit, model))


def model_share(on: str, model: str) -> float:
    """Agreements of one model as a part of all agreements on one list, in percent."""
    return _percent(count(on, model=model), count(on))


def signed_on_list(year: int, on: str, model: str = "all") -> int:
    """Agreements on one list that were signed in this year: the survivors, not all that were signed. Dates as that list
    prints them."""
    signed = _composition(on)
    return int(signed.loc[signed["signed_year"] == year, _models(model)].to_numpy().sum())


def kind_share(on: str, kind: str) -> float:
    """Agreements with one kind of agency (``county``, ``municipality``, ``state_agency``) as a part of all on one list,
    in percent."""
    kinds = _composition(on)
    return _percent(int(kinds.loc[kinds["agency_kind"] == kind, list(MODELS)].to_numpy().sum()), count(on))


def states_on(on: str) -> int:
    """States on one list, the District of Columbia counted as one; territories are not counted."""
    return int(_list(on)["states"])


def states_with(on: str, model: str) -> int:
    """States and territories with an agreement of one model on one list."""
    table = tables.load("list_counts")
    return int((table.loc[table["list"] == on, model] > 0).sum())


def stated_total(source_key: str, date: str) -> int:
    """The total of agreements that a source stated for a day (table ``published_totals``)."""
    totals = tables.load("published_totals").set_index(["source_key", "date"])
    return int(totals.loc[(source_key, pd.Timestamp(date)), "agreements"])


def _column(unit: str, model: str) -> str:
    if unit not in UNITS or model not in ("all", *MODELS):
        raise KeyError(
            f"no count of {unit!r} under {model!r}; units are {', '.join(UNITS)}, models all, {', '.join(MODELS)}"
        )
    if model == "all":
        return unit
    return model if unit == "agreements" else f"{model}_agencies"


def _models(model: str) -> list[str]:
    return list(MODELS) if model == "all" else [model]


def _list(on: str) -> pd.Series:
    return tables.load("lists").set_index("list").loc[on]


def _composition(on: str) -> pd.DataFrame:
    """Rows of one list by year of signing and kind of agency."""
    _list(on)  # KeyError for an unknown list
    table = tables.load("list_signed")
    return table[table["list"] == on]


def _change(before: int, after: int) -> float:
    if not before:
        raise ValueError("no percentage change from zero")
    return 100 * (after - before) / before


def _percent(part: int, whole: int) -> float:
    if not whole:
        raise ValueError("no share of nothing: the list holds none of these")
    return 100 * part / whole


def rounded(part: int, whole: int, decimals: int = 1) -> float:
    """``part`` in percent of ``whole``, half rounded away from zero, in whole numbers throughout: the explorer's script
    gets the same digits."""
    scale = 100 * 10**decimals
    size = (2 * scale * abs(part) + whole) // (2 * whole)
    return (size if part >= 0 else -size) / 10**decimals


# ---------------------------------------------------------------- claims


@dataclass(frozen=True)
class Recomputed:
    """What the lists give for a claim.

    ``value`` is the main number, ``text`` all numbers as ``claims.csv`` should state them, ``definition`` how they are
    counted in words, ``lists`` the keys of the lists they come from, ``stated`` what ``claims.csv`` states. Both texts
    are in English, since they are compared; readers see ``said``, the cell of ``claims.csv`` in the book's language, or
    the text if the cell is not right.
    """

    claim_id: str
    value: int | float
    unit: str
    text: str
    definition: str
    lists: tuple[str, ...]
    stated: str
    said: str

    @property
    def holds(self) -> bool:
        """Whether the stated value is what the lists give."""
        return self.text == self.stated


@dataclass(frozen=True)
class _Test:
    compute: Callable[[], tuple[int | float, str]]  # main number, whole text
    unit: str
    lists: tuple[str, ...]


_registry: dict[str, _Test] = {}

# Stated values that no list can give, and why.
NOT_FROM_LISTS = {"C003-30": "a span between two dates, the day of enactment and the day of the text"}


def testable() -> list[str]:
    """Ids of the claims that the lists can test, in the order of the table."""
    return [claim for claim in tables.load("claims")["claim_id"] if claim in _registry]


def recompute(claim_id: str) -> Recomputed:
    """The numbers of one claim, counted anew. Raises KeyError for a claim that the lists cannot test."""
    if claim_id not in _registry:
        raise KeyError(f"the lists cannot test {claim_id!r}; they can test {', '.join(testable())}")
    test = _registry[claim_id]
    value, text = test.compute()
    shown = tables.load("claims").set_index("claim_id").loc[claim_id]
    stated = tables.source("claims").set_index("claim_id").loc[claim_id, "recomputed_value"]
    said = shown["recomputed_value"] if text == stated else text
    return Recomputed(claim_id, value, test.unit, text, shown["recomputed_definition"], test.lists, stated, said)


def all() -> list[Recomputed]:
    """Every claim that the lists can test, counted anew."""
    return [recompute(claim_id) for claim_id in testable()]


def _tests(claim_id: str, unit: str, *lists: str):
    """Register a function that returns the main number and the text of a claim."""

    def register(compute: Callable[[], tuple[int | float, str]]) -> Callable[[], tuple[int | float, str]]:
        _registry[claim_id] = _Test(compute, unit, lists)
        return compute

    return register


def _of(number: float, decimals: int = 1) -> str:
    return f"{number:,.{decimals}f}"


def _in_percent(number: float) -> str:
    return f"{_of(number)}%"


@_tests("C000-06", "percent", BEFORE, SEPTEMBER_2_MORNING, SEPTEMBER_2_AFTERNOON)
def _growth_to_september_2() -> tuple[float, str]:
    before, stated = count(BEFORE), stated_total("dhs2025reimbursement", "2025-09-02")
    morning, afternoon = count(SEPTEMBER_2_MORNING), count(SEPTEMBER_2_AFTERNOON)
    rows = "; ".join(f"{_in_percent(_change(before, number))} ({number} rows)" for number in (morning, afternoon))
    return growth(BEFORE, SEPTEMBER_2_AFTERNOON), f"{rows}; {_in_percent(_change(before, stated))} ({stated})"


@_tests("C000-07", "states", SEPTEMBER_2_MORNING)
def _states_on_september_2() -> tuple[int, str]:
    all_models = states_on(SEPTEMBER_2_MORNING)
    return (
        all_models,
        f"{all_models} (all models); {states_with(SEPTEMBER_2_MORNING, 'task_force')} (Task Force Model only)",
    )


@_tests("C000-09", "agreements", SEPTEMBER_2_MORNING)
def _florida_and_texas_all_models() -> tuple[int, str]:
    parts = [
        f"{name} {count(SEPTEMBER_2_MORNING, state=state)}"
        f" ({_in_percent(share(SEPTEMBER_2_MORNING, state, model='all'))})"
        for name, state in (("Florida", "FL"), ("Texas", "TX"))
    ]
    return count(SEPTEMBER_2_MORNING, state="FL"), "; ".join(parts)


def _kinds(on: str) -> tuple[float, str]:
    county, municipal, state = (kind_share(on, kind) for kind in ("county", "municipality", "state_agency"))
    return county, f"{_in_percent(county)} county, {_in_percent(municipal)} municipal, {_in_percent(state)} state"


_tests("C000-13", "percent of agreements", SEPTEMBER_2_MORNING)(lambda: _kinds(SEPTEMBER_2_MORNING))
_tests("C004-04", "percent of agreements", MARCH_27)(lambda: _kinds(MARCH_27))


def _agreements(on: str) -> tuple[int, str]:
    return count(on), _of(count(on), 0)


_tests("C001-01", "agreements", SEPTEMBER_17)(lambda: _agreements(SEPTEMBER_17))
_tests("C003-06", "agreements", FEBRUARY_13)(lambda: _agreements(FEBRUARY_13))


@_tests("C004-01", "agreements", MARCH_27)
def _agreements_at_the_post() -> tuple[int, str]:
    return count(MARCH_27), f"{count(MARCH_27)} agreements at that date"


@_tests("C001-02", "states", SEPTEMBER_17)
def _states_on_september_17() -> tuple[int, str]:
    return states_on(SEPTEMBER_17), str(states_on(SEPTEMBER_17))


@_tests("C001-03", "percent", BEFORE, SEPTEMBER_17)
def _growth_to_september_17() -> tuple[float, str]:
    stated = stated_total("dhs2025thousand", "2025-09-17")
    by_list = growth(BEFORE, SEPTEMBER_17)
    return (
        by_list,
        (
            f"{_in_percent(by_list)} ({count(SEPTEMBER_17):,} rows); {_in_percent(_change(count(BEFORE), stated))}"
            f" ({stated:,})"
        ),
    )


@_tests("C001-04", "agreements", BEFORE, SEPTEMBER_17)
def _from_135() -> tuple[int, str]:
    return count(SEPTEMBER_17), f"{count(BEFORE)} to {count(SEPTEMBER_17):,}"


@_tests("C001-05", "agreements", JANUARY_2021, SEPTEMBER_17)
def _against_the_earlier_high() -> tuple[int, str]:
    high = counts.over_time().loc[:BEFORE, "agreements"].max()
    return count(SEPTEMBER_17), f"{count(SEPTEMBER_17):,} against a previous high of {high}"


@_tests("C003-13", "agreements", JANUARY_2021, FEBRUARY_13)
def _against_the_earlier_high_in_february() -> tuple[int, str]:
    high = counts.over_time().loc[:BEFORE, "agreements"].max()
    return count(FEBRUARY_13), f"{count(FEBRUARY_13):,} against {high}"


def _first_above_baseline() -> pd.Series:
    """The first list of 2025 with more rows than the one that stood on January 20."""
    lists = tables.load("lists")
    return lists[(lists["date"] > INAUGURATION) & (lists["rows"] > count(BEFORE))].iloc[0]


@_tests("C001-06", "agreements", BEFORE, "2025-02-19")
def _last_day_unchanged() -> tuple[int, str]:
    before, after = _list(BEFORE), _first_above_baseline()
    days = [
        f"{row['rows']} on {day:%B} {day.day}, {day.year}"
        for row, day in ((before, before["unchanged_until"]), (after, after["date"]))
    ]
    return int(after["rows"]), "; ".join(days)


@_tests("C003-04", "days", BEFORE, "2025-02-19", "2025-02-26")
def _days_to_the_first_change() -> tuple[int, str]:
    first = (_first_above_baseline()["date"] - INAUGURATION).days
    later = (_list("2025-02-26")["date"] - INAUGURATION).days
    return first, f"{first} days to the first change; {later} days to +{_of(growth(BEFORE, '2025-02-26'), 0)}%"


def _part_of_model(on: str, model: str) -> tuple[float, str]:
    return model_share(on, model), _in_percent(model_share(on, model))


_tests("C001-17", "percent of agreements", SEPTEMBER_17)(lambda: _part_of_model(SEPTEMBER_17, "task_force"))
_tests("C001-18", "percent of agreements", SEPTEMBER_17)(lambda: _part_of_model(SEPTEMBER_17, "warrant"))
_tests("C002-04", "percent of agreements", DECEMBER_5)(lambda: _part_of_model(DECEMBER_5, "task_force"))
_tests("C003-11", "percent of agreements", FEBRUARY_13)(lambda: _part_of_model(FEBRUARY_13, "task_force"))
_tests("C004-06", "percent of agreements", MARCH_27)(lambda: _part_of_model(MARCH_27, "task_force"))


@_tests("C002-05", "agreements", DECEMBER_5)
def _signed_in_2025_by_december() -> tuple[int, str]:
    return signed_on_list(2025, DECEMBER_5), _of(signed_on_list(2025, DECEMBER_5), 0)


@_tests("C002-06", "percent of agreements", DECEMBER_5)
def _part_signed_in_2025() -> tuple[float, str]:
    part = _percent(signed_on_list(2025, DECEMBER_5), count(DECEMBER_5))
    return part, _in_percent(part)


@_tests("C002-07", "agreements", DECEMBER_5)
def _florida_and_texas_task_force() -> tuple[int, str]:
    florida, texas = (count(DECEMBER_5, model="task_force", state=state) for state in ("FL", "TX"))
    return florida, f"Florida {florida}; Texas {texas}"


@_tests("C002-08", "percent of Task Force agreements", DECEMBER_5)
def _florida_share() -> tuple[float, str]:
    return share(DECEMBER_5), _in_percent(share(DECEMBER_5))


@_tests("C002-12", "percent of the net growth", BEFORE, DECEMBER_5)
def _part_of_the_growth() -> tuple[float, str]:
    gained = {state: count(DECEMBER_5, state=state) - count(BEFORE, state=state) for state in (None, "FL", "TX")}
    part = _percent(gained["FL"] + gained["TX"], gained[None])
    return part, _in_percent(part)


@_tests("C003-05", "agreements", END_OF_FIRST_TERM, BEFORE, FEBRUARY_13)
def _first_term_and_2019() -> tuple[int, str]:
    signed = counts.listed_on(_list(END_OF_FIRST_TERM)["date"])["signed"]
    in_term = int(signed.between(*FIRST_TERM).sum())
    survivors = {signed_on_list(2019, on) for on in (BEFORE, FEBRUARY_13)}
    written = " or ".join(map(str, sorted(survivors)))
    return in_term, f"{in_term} (signed January 20, 2017 - January 19, 2021); {written} (signed in 2019, still listed)"


@_tests("C003-07", "states and territories", FEBRUARY_13)
def _jurisdictions() -> tuple[int, str]:
    row = _list(FEBRUARY_13)
    named = tables.load("list_counts").merge(tables.source("states")[["state", "name", "kind"]], on="state")
    territories = named[(named["list"] == FEBRUARY_13) & (named["kind"] == "territory")]["name"].sort_values()
    total = int(row["states"] + row["territories"])
    return total, f"{total} ({row['states']} states + {' + '.join(territories)})"


@_tests("C003-08", "agreements", FEBRUARY_13)
def _signed_by_year_in_february() -> tuple[int, str]:
    last, this = (signed_on_list(year, FEBRUARY_13) for year in (2025, 2026))
    return last, f"{last:,} (2025); {this} (2026)"


@_tests("C003-17", "agreements", FEBRUARY_13)
def _three_models() -> tuple[int, str]:
    jail, warrant, task_force = (count(FEBRUARY_13, model=model) for model in MODELS)
    return len(MODELS), f"{jail} jail; {warrant} warrant; {task_force} task force"


@_tests("C003-37", "agreements in Virginia", "2026-02-02-am", "2026-03-03-am", "2026-05-18-am")
def _virginia() -> tuple[int, str]:
    before, after, newest = (count(on, state="VA") for on in ("2026-02-02-am", "2026-03-03-am", "2026-05-18-am"))
    return newest, f"{before}, then {after} agreements (March 3, 2026), then {newest} (May 18, 2026)"


@_tests("C003-38", "agreements in Maryland", FEBRUARY_13, "2026-02-27-am", "2026-03-03-am", "2026-05-18-am")
def _maryland() -> tuple[int, str]:
    lists = (FEBRUARY_13, "2026-02-27-am", "2026-03-03-am", "2026-05-18-am")
    before, after, later, newest = (count(on, state="MD") for on in lists)
    return newest, f"{before}, then {after} (February 27), then {later} (March 3), then {newest} (May 18, 2026)"


@_tests("C004-09", "percent of agreements", MARCH_27)
def _florida_part_of_all() -> tuple[float, str]:
    part = share(MARCH_27, model="all")
    return part, _in_percent(part)
