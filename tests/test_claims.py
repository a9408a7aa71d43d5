"""Claims recomputed from the lists: every stated value, the measures behind them, and the ledger's own reference
numbers."""

import pandas as pd
import pytest

from section287g import __main__ as command_line
from section287g import checks, claims, counts, tables
from section287g.counts import MODELS

TABLE = tables.load("claims").set_index("claim_id")
LISTS = tables.load("lists")["list"].tolist()


@pytest.mark.parametrize("claim_id", claims.testable())
def test_stated_value_is_what_the_lists_give(claim_id):
    found = claims.recompute(claim_id)
    assert found.text == found.stated
    assert found.definition and found.unit and set(found.lists) <= set(LISTS)


def test_every_stated_value_is_recomputed_or_its_reason_is_known():
    stated = set(TABLE.index[TABLE["recomputed_value"].notna()])
    assert stated == set(claims.testable()) | set(claims.NOT_FROM_LISTS)
    assert set(claims.NOT_FROM_LISTS) == {"C003-30"}


def test_the_span_that_no_list_gives_is_right_all_the_same():
    years = (pd.Timestamp(2026, 2, 17) - pd.Timestamp(1996, 9, 30)).days / 365.25
    assert TABLE.loc["C003-30", "recomputed_value"] == f"{years:.1f} years"


def test_a_claim_that_lists_cannot_test_is_refused():
    with pytest.raises(KeyError, match="cannot test 'C000-01'"):
        claims.recompute("C000-01")


# The reference card of the ledger: list, agreements, agencies, jail, warrant, task force, signed in that year,
# Florida's share.
REFERENCE = [
    ("2021-01-13", "2021-01-13", 150, 147, 74, 76, 0, None, None),
    ("2021-01-20", "2021-01-16", 148, 145, 72, 76, 0, None, None),
    ("2025-01-19", "2024-12-18", 135, 133, 60, 75, 0, 0, None),
    ("2025-03-27", "2025-03-27-r2", 426, 329, 86, 171, 169, 291, 72.8),
    (None, "2025-09-02-am", 956, 796, 127, 356, 473, 822, 53.1),
    ("2025-09-17", "2025-09-16-pm", 1000, 831, 129, 371, 500, 866, 50.4),
    ("2025-12-05", "2025-12-05-pm", 1199, 998, 142, 434, 623, 1064, 42.4),
    ("2025-12-31", "2025-12-29-am", 1274, 1058, 145, 445, 684, 1140, 38.9),
    ("2026-02-13", "2026-02-11-am", 1414, 1184, 153, 464, 797, 147, 33.8),
    ("2026-05-18", "2026-05-18-am", 1843, 1551, 182, 499, 1162, 599, 23.6),
]


@pytest.mark.parametrize(
    ("date", "on", "agreements", "agencies", "jail", "warrant", "task_force", "signed", "florida"), REFERENCE
)
def test_reference_card(date, on, agreements, agencies, jail, warrant, task_force, signed, florida):
    assert date is None or claims.standing(date) == on
    assert (claims.count(on), claims.count(on, "agencies")) == (agreements, agencies)
    assert [claims.count(on, model=model) for model in MODELS] == [jail, warrant, task_force]
    if signed is not None:
        assert claims.signed_on_list(int((date or on)[:4]), on) == signed
    if florida is not None:
        assert round(claims.share(on), 1) == florida


@pytest.mark.parametrize(
    ("baseline", "end", "unit", "percent"),
    [
        (claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON, "agreements", 609),
        (claims.BEFORE, claims.SEPTEMBER_17, "agreements", 641),
        (claims.BEFORE, claims.SEPTEMBER_2_MORNING, "agencies", 498),
        (claims.BEFORE, claims.SEPTEMBER_17, "agencies", 525),
        (claims.END_OF_FIRST_TERM, claims.SEPTEMBER_17, "agreements", 576),
    ],
)
def test_growth_in_whole_percent(baseline, end, unit, percent):
    assert round(claims.growth(baseline, end, unit)) == percent
    before, after = claims.count(baseline, unit), claims.count(end, unit)
    assert claims.rounded(after - before, before, 0) == percent


def test_three_numbers_of_one_day():
    assert claims.count("2025-09-02-am") == 956
    assert claims.count("2025-09-02-pm") == 957
    assert claims.stated_total("dhs2025reimbursement", "2025-09-02") == 958


def test_signed_on_a_list_are_the_survivors():
    assert claims.signed_on_list(2025, "2026-02-11-am") == 1133
    assert {claims.signed_on_list(2019, on) for on in LISTS if "2025" <= on[:7] < "2026-06"} == {45}
    assert claims.signed_on_list(2025, "2026-01-08-am") == 1141 > claims.signed_on_list(2025, "2026-05-18-am") == 1113
    assert claims.signed_on_list(2019, claims.JANUARY_2021, "warrant") == 45
    assert claims.signed_on_list(2030, claims.JANUARY_2021) == 0


def test_the_list_read_agreement_by_agreement_is_followed_exactly():
    """The first term's signatures need days, which only the followed agreements have: on that list none is missing."""
    date = pd.Timestamp(claims.END_OF_FIRST_TERM)
    assert len(counts.listed_on(date)) == claims.count(claims.END_OF_FIRST_TERM)
    assert counts.signed_in(2020, date) == claims.signed_on_list(2020, claims.END_OF_FIRST_TERM) == 98


def test_years_as_printed_are_those_of_the_followed_agreements_where_both_are_whole():
    for year in (2016, 2019, 2020, 2025, 2026):
        assert claims.signed_on_list(year, "2026-05-18-am") == counts.signed_in(year, pd.Timestamp(2026, 5, 18))


@pytest.mark.parametrize("on", LISTS)
def test_years_and_kinds_add_up_to_the_rows_of_their_list(on):
    rows = tables.load("list_signed")
    rows = rows[rows["list"] == on]
    assert rows[list(MODELS)].to_numpy().sum() == claims.count(on)


def test_measures_refuse_what_does_not_exist():
    with pytest.raises(KeyError, match="units are agreements, agencies"):
        claims.count(claims.BEFORE, "officers")
    with pytest.raises(KeyError, match="models all, jail"):
        claims.count(claims.BEFORE, model="highway")
    with pytest.raises(KeyError):
        claims.signed_on_list(2025, "2020-01-01")
    with pytest.raises(ValueError, match="no list stood on 2020-01-01"):
        claims.standing("2020-01-01")
    with pytest.raises(ValueError, match="no percentage change from zero"):
        claims.growth(claims.BEFORE, claims.DECEMBER_5, model="task_force")
    with pytest.raises(ValueError, match="no share of nothing"):
        claims.share(claims.BEFORE)


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "percent"),
    [(1, 8, 1, 12.5), (1, 16, 1, 6.3), (-1, 16, 1, -6.3), (1, 200, 0, 1), (0, 5, 1, 0), (3, 2, 1, 150)],
)
def test_rounding_is_half_away_from_zero(part, whole, decimals, percent):
    assert claims.rounded(part, whole, decimals) == percent


def test_command_prints_each_claim_and_fails_when_one_no_longer_holds(capsys, monkeypatch):
    assert command_line.main(["claims"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["claim", "verdict", "stated", "recomputed", "holds"]
    assert [line[0] for line in lines[1:]] == claims.testable() and {line[4] for line in lines[1:]} == {"yes"}

    real = tables.source

    def wrong(name, *arguments):
        table = real(name, *arguments)
        if name == "claims":
            table.loc[table["claim_id"] == "C002-08", "recomputed_value"] = "42.5"
        return table

    monkeypatch.setattr(tables, "source", wrong)
    assert command_line.main(["claims"]) == 1
    assert "C002-08\taccurate_when_dated\t42.5\t42.4%\tno" in capsys.readouterr().out
    assert list(map(str, checks.stated_claims())) == ["fail  claims: C002-08 states '42.5', the lists give '42.4%'"]
