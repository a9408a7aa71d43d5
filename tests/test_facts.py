"""Numbers by name: how they are written, where they come from, and their agreement with ICE's own counts."""

import re

import pandas as pd
import pytest
from changed_tables import forget

from section287g import counts, facts, tables


@pytest.mark.parametrize(
    "name, text, as_of",
    [
        ("agreements_first", "150", "2021-01-13"),
        ("agreements_before", "135", "2024-12-18"),
        ("agreements_2025_09", "1,000", None),
        ("agencies_2025_09", "831", None),
        ("dhs_total_2025_09", "1,001", "2025-09-17"),
    ],
)
def test_numbers_of_lists_that_will_not_change(name, text, as_of):
    fact = facts.get(name)
    assert fact.text == text
    assert as_of is None or fact.as_of == as_of


def test_newest_document_of_less_exact_dates():
    """A day beats the bare year or month it falls in, a later year or month beats a day, a span counts by its end."""
    for dates, newest in [
        (["2026", "2026-04-07", "2026-04"], "2026-04-07"),
        (["2025-12-31", "2026"], "2026"),
        (["2026-05", "2026-04-22"], "2026-05"),
        (["2026-09-13/2026-10-09", "2026-09-28"], "2026-10-09"),
        (["n.d. (copy seen November 2026)", "n.d. (2026)", "2021-01-27 (released 2021-02-26)"], "2021-01-27"),
        (["2025-01-30 and 31", "2025-01-29"], "2025-01-30"),
    ]:
        assert facts.newest_date(pd.Series(dates)) == newest


def test_newest_numbers_are_those_of_the_newest_workbook():
    lists = tables.load("lists")
    newest = lists[lists["kind"] == "ice_workbook"].iloc[-1]
    for name in ("agreements", "agencies", "states", "task_force"):
        fact = facts.get(f"{name}_newest")
        assert fact.value == newest[{"agreements": "rows"}.get(name, name)]
        assert fact.as_of == f"{newest['date']:%Y-%m-%d}"


EQUAL = [  # numbers whose sums are the same
    *((f"agreements_{on}", f"jail_{on} warrant_{on} task_force_{on}")
      for on in ("first", "before", "2025_09", "newest", "copy")),
    ("agencies_newest", "agencies_one_newest agencies_two_newest agencies_three_newest"),
    ("agreements_before", "before_still_newest before_gone_newest"),
    ("agreements_ever_listed", "agreements_gone_newest agreements_newest"),
    ("agreements_before came_since_before", "agreements_newest gone_since_before"),
    ("agreements_newest copy_not_in_newest", "agreements_copy newest_not_in_copy"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_parts_add_up(one, other):
    first, second = (sum(facts.get(name).value for name in names.split()) for names in (one, other))
    assert first == second


def test_what_left_is_part_of_all_that_was_ever_listed():
    names = "agencies_left_with_another agencies_left_all_lists agreements_left_all_lists agreements_all_lists".split()
    some, agencies, left, ever = (facts.get(name).value for name in names)
    assert 0 < some < agencies <= left and ever - left == counts.newest()["agreements"]


# A number of the pages -> the cell that it is: table, key of the row, column.
CELLS = {
    "evidence_assaults": "effects EF01 estimate", "evidence_enrollment": "effects EF05 estimate",
    "evidence_birth_weight": "effects EF11 estimate", "evidence_birth_weight_high": "effects EF11 low",
    "evidence_birth_weight_low": "effects EF11 high", "evidence_reporting": "effects EF12 estimate",
    "outcome_identified_2008": "outcomes OC015 value", "outcome_arrests_2008": "outcomes OC001 value",
    "pay_award_top": "incentive_terms dhs_award_t1 amount_usd",
    "pay_award_middle": "incentive_terms dhs_award_t2 amount_usd",
    "pay_award_low": "incentive_terms dhs_award_t3 amount_usd",
    "pay_award_year_max": "incentive_terms dhs_award_annual_max amount_usd",
    "pay_equipment": "incentive_terms ice_equipment amount_usd",
    "pay_vehicles": "incentive_terms ice_vehicles amount_usd",
    "pay_florida_local": "incentive_terms paid_fl_local amount_usd",
    "pay_florida_state": "incentive_terms paid_fl_state amount_usd",
    "pay_texas_low": "incentive_terms tx_grant_lt100k amount_usd",
    "pay_texas_high": "incentive_terms tx_grant_1m amount_usd",
    "pay_harris": "local_costs harris_county_tx_2017_01 amount_usd",
    "pay_prince_william_first": "local_costs prince_william_county_va_2008_03 amount_usd",
    "pay_prince_william_staff": "local_costs prince_william_county_va_2011_05 amount_usd",
    "pay_frederick_low": "local_costs frederick_county_md_2020_06 amount_usd",
    "pay_frederick_high": "local_costs frederick_county_md_2020_07 amount_usd",
    "pay_frederick_claim": "local_costs frederick_county_md_2019_08 amount_usd",
    "pay_knox_loss": "local_costs knox_county_tn_2025_10 amount_usd",
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_a_number_is_the_cell_that_it_rests_on(name):
    table, key, column = CELLS[name].split()
    (row,) = (row for row in tables.load(table).to_dict("records") if key in row.values())
    fact = facts.get(name)
    assert fact.value == abs(float(row[column])) and fact.source_keys[0] == row["source_key"]
    assert len(fact.source_keys) == 1 or table == "incentive_terms"  # a second may give the exact sum


@pytest.mark.parametrize("name", facts.names())
def test_every_number_has_date_definition_and_known_sources(name):
    fact = facts.get(name)
    assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", fact.as_of)
    assert fact.text and len(fact.definition) > 20 and not fact.definition.endswith(".")
    known = set(tables.load("sources")["source_key"])
    assert set(fact.source_keys) <= known
    # dates and codings of the book's own rows have no source beside them, nor has a count of none
    assert fact.source_keys or fact.unit in ("date", "rows") or fact.value == 0


def test_names_are_unique():
    assert len(facts.names()) == len(set(facts.names()))


def test_unknown_name_tells_near_names():
    with pytest.raises(facts.UnknownFact, match="unknown fact 'agreement_newest'; did you mean agreements_newest"):
        facts.get("agreement_newest")
    with pytest.raises(KeyError, match="unknown fact 'zzz'; .*lists all names"):
        facts.get("zzz")


@pytest.fixture
def anew():
    """Numbers are computed once a process; this test gives them other tables."""
    forget(facts)
    yield
    forget(facts)


def test_a_new_list_changes_numbers_and_dates(monkeypatch, anew):
    lists = tables.load("lists")
    newest = lists[lists["kind"] == "ice_workbook"].tail(1)
    newer = newest.assign(date=pd.Timestamp(2026, 12, 1), list="2026-12-01", rows=2000)
    real = tables.load
    monkeypatch.setattr(tables, "load", lambda name: pd.concat([lists, newer]) if name == "lists" else real(name))
    fact = facts.get("agreements_newest")
    assert (fact.text, fact.as_of_text) == ("2,000", "December 1, 2026")


@pytest.mark.parametrize("check_by, stale", [("2026-07-19", True), ("2026-07-20", False), (None, False)])
def test_a_number_is_stale_when_a_list_is_newer_than_its_date(monkeypatch, check_by, stale):
    rows = tables.load("facts").assign(check_by=pd.NaT)
    rows.loc[2, "check_by"] = pd.Timestamp(check_by) if check_by else pd.NaT
    monkeypatch.setattr(facts, "_documented", lambda: rows)
    monkeypatch.setattr(facts.counts, "newest", lambda: pd.Series({"date": pd.Timestamp(2026, 7, 20)}))
    assert [sentence.split("'")[1] for sentence in facts.stale()] == [rows.loc[2, "name"]] * stale


def test_no_number_of_the_book_is_stale():
    assert facts.stale() == []


@pytest.mark.parametrize(
    "value, unit, decimals, text",
    [
        (1843, "agreements", 0, "1,843"),
        (63.05, "percent", 0, "63 percent"),
        (7500, "US dollars", 0, "$7,500"),
        (13.652, "times", 1, "13.7"),
        ("2026-05-18", "date", 0, "May 18, 2026"),
        ("about half", "text", 0, "about half"),
    ],
)
def test_written_number(value, unit, decimals, text):
    assert facts.written_number(value, unit, decimals) == text


@pytest.mark.parametrize(
    "iso, text",
    [
        ("2026-05-18", "May 18, 2026"),
        ("2026-05", "May 2026"),
        ("2026", "2026"),
        ("from 2021-01-13 to 2026-05-18", "from January 13, 2021 to May 18, 2026"),
        ("2025-26", "2025-26"),
    ],
)
def test_written_date(iso, text):
    assert facts.written_date(iso) == text


@pytest.mark.parametrize(
    "cell, parsed", [("963", (963, 0)), ("12.50", (12.5, 2)), ("-3", (-3, 0)), ("two thirds", ("two thirds", 0))]
)
def test_cells_of_documented_numbers(cell, parsed):
    assert facts._parse_value(cell) == parsed


def test_a_name_cannot_be_defined_twice():
    with pytest.raises(ValueError, match="defined twice"):
        facts.computed("agreements", "Again", name="agreements_newest")(lambda: None)
