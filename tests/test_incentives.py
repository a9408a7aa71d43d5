"""What an agency could claim: the worked examples to the dollar, the edges of the tiers, the switches, and what is
refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section287g import incentives, tables
from section287g.incentives import AMBIGUITIES, CHOICES, Agency, Assumptions, ImpossibleInput, estimate, staircase, tier

SMALL = Agency(
    officers=4, base_pay_usd=60_000, benefits_percent=35, overtime_percent=10, located_percent=(75, 82, 91, 60)
)
CEILING = Agency(
    officers=20, base_pay_usd=75_000, benefits_percent=45, overtime_percent=30, located_percent=(95, 95, 95, 95)
)
ONE_TIME_ONLY = Assumptions(claimed_percent=0)

# --- terms ---


def test_terms_are_the_rows_of_the_table():
    table = tables.load("incentive_terms")
    assert list(incentives.terms()) == table["term_id"].tolist()
    cap = incentives.terms()["dhs_overtime_cap"]
    told = cap.percent, cap.effective_from, cap.effective_to, cap.source_key, cap.confidence
    assert told == (25, "2025-10-01", None, "dhs2025reimbursement", "primary") and isinstance(cap.percent, Decimal)


def test_tiers_cover_all_shares():
    tiers = [(term.located_share_min, term.amount_usd) for term in incentives.tiers()]
    assert tiers == [(90, 1000), (80, 750), (70, 500), (0, 0)]


# --- the worked examples, by hand ---


def test_small_agency():
    found = estimate(SMALL)
    assert found.part_usd("pay") == 324_000 and found.part_usd("overtime") == 24_000
    assert [line.amount_usd for line in found.lines if line.part == "award"] == [2_000, 3_000, 4_000, 0]
    assert [found.quarter_usd(quarter) for quarter in incentives.QUARTERS] == [89_000, 90_000, 91_000, 87_000]
    assert (found.recurring_usd, found.one_time_usd, found.first_year_usd) == (357_000, 130_000, 487_000)
    assert found.results_percent_of_recurring == Decimal("2.5") and found.remarks == ()


def test_agency_at_the_ceiling():
    found = estimate(CEILING)
    assert [found.part_usd(part) for part in ("pay", "overtime", "award")] == [2_175_000, 375_000, 80_000]
    assert [found.quarter_usd(quarter) for quarter in incentives.QUARTERS] == [657_500] * 4
    assert (found.recurring_usd, found.one_time_usd, found.first_year_usd) == (2_630_000, 250_000, 2_880_000)
    assert found.results_percent_of_recurring == Decimal("3.0")
    assert found.overtime_over_cap_usd == 75_000
    assert found.remarks == (
        "Overtime is above the cap of 25 percent of annual salary, so $75,000.00 a year stays with the agency.",
    )


def test_agency_at_the_ceiling_with_15_percent_of_hours():
    found = estimate(CEILING, Assumptions(claimed_percent=15))
    assert [found.part_usd(part) for part in ("pay", "overtime", "award")] == [326_250, 56_250, 80_000]
    assert found.recurring_usd == 462_500 and found.results_percent_of_recurring == Decimal("17.3")


@pytest.mark.parametrize(
    ("officers", "agreements", "total", "announced"),
    [(974, 27, 10_005_000, "paid_fl_local"), (3676, 10, 28_570_000, "paid_fl_state")],
)
def test_florida_announcements_fit_the_one_time_formula(officers, agreements, total, announced):
    found = estimate(Agency(officers, 0, agreements=agreements), ONE_TIME_ONLY)
    assert found.first_year_usd == found.one_time_usd == total
    assert 0 < incentives.terms()[announced].amount_usd - total < 1_000


# --- tiers ---

EDGES = [69, 70, 79, 79.5, 80, 89, 89.5, 90, 100]


@pytest.mark.parametrize(
    ("rounding", "amounts"),
    [
        ("reach", [0, 500, 500, 500, 750, 750, 750, 1000, 1000]),
        ("nearest", [0, 500, 500, 750, 750, 750, 1000, 1000, 1000]),
    ],
)
def test_tier_edges(rounding, amounts):
    assert [tier(share, rounding).amount_usd for share in EDGES] == amounts
    for share, amount in zip(EDGES, amounts, strict=True):
        found = estimate(replace(SMALL, located_percent=(share, None, None, None)), Assumptions(rounding=rounding))
        assert found.part_usd("award") == 4 * amount


def test_17_of_19_is_just_below_the_top():
    agency = replace(CEILING, located_percent=(Decimal("89.47"),) * 4)
    assert estimate(agency, Assumptions(rounding="nearest")).part_usd("award") == 60_000
    assert staircase(agency, Assumptions(listed=19, rounding="nearest"))[17].award_usd == 15_000


def test_one_more_person_located():
    steps = staircase(CEILING)
    assert [step.award_usd for step in steps] == [0] * 7 + [10_000, 15_000, 20_000, 20_000]
    assert [step.gain_usd for step in steps] == [0] * 7 + [10_000, 5_000, 5_000, 0]
    assert [step.award_usd for step in staircase(CEILING, Assumptions(listed=5))] == [0, 0, 0, 0, 15_000, 20_000]
    assert [step.award_usd for step in staircase(CEILING, Assumptions(listed=1))] == [0, 20_000]
    assert staircase(CEILING, Assumptions(listed=0)) == []
    assert len(staircase(CEILING, Assumptions(listed=3))) == 4


# --- switches ---


@pytest.mark.parametrize(
    ("switches", "first_year"),
    [
        ({"pay_officers": "all_trained"}, 487_000 + 87_000 * 2),  # two officers of other models: 81,000 + 6,000 each
        ({"eligible_for_pay_percent": 50}, 487_000 - 174_000),
        ({"eligible_for_awards_percent": 50}, 487_000 - 4_500),
        ({"eligible_for_awards_percent": 49}, 487_000 - 6_750),  # 1.96 officers are one officer
        ({"claimed_percent": 50}, 487_000 - 174_000),
        ({"overtime_counted_percent": 50}, 487_000 - 12_000),
        ({"overtime_taxes_percent": 10}, 487_000 + 2_400),
        ({"assistance": "not_met"}, 478_000),
        ({"recipient": "officers"}, 487_000),
        ({"equipment_usd": 0}, 457_000),
        ({"vehicles": "agency"}, 487_000),
        ({"delay_months": 3}, 487_000),
        ({"paid_percent": 50}, 243_500),
        ({"first_quarter": date(2029, 1, 1)}, 487_000 - 87_000),  # the quarter from October 2029 is not funded
        ({"first_quarter": date(2029, 10, 1)}, 0),
        ({"listed": 0}, 478_000),
        ({"listed": 0, "no_list": "top"}, 494_000),
    ],
)
def test_switches_change_what_they_say(switches, first_year):
    assert estimate(replace(SMALL, other_trained=2), Assumptions(**switches)).first_year_usd == first_year


def test_quarter_without_a_list_is_flagged():
    agency = replace(SMALL, located_percent=(75, None, 91, 60))
    assert estimate(agency).part_usd("award") == 6_000
    assert estimate(agency).remarks == ("No list in quarter 2: the published terms do not say what follows.",)
    assert estimate(agency, Assumptions(no_list="top")).part_usd("award") == 10_000
    skipped = estimate(agency, Assumptions(no_list="skip"))
    assert [line.quarter for line in skipped.lines if line.part == "award"] == [1, 3, 4]


def test_cap_for_each_officer_or_pooled():
    """Twenty percent of overtime, all of it worked by half of the officers, who so work forty percent each."""
    agency = replace(CEILING, overtime_percent=20, overtime_worked_by_percent=50)
    assert estimate(agency).part_usd("overtime") == 20 * 75_000 * Decimal("0.125")
    assert estimate(agency).overtime_over_cap_usd == 20 * 75_000 * Decimal("0.075")
    pooled = estimate(agency, Assumptions(overtime_cap="pooled"))
    assert pooled.part_usd("overtime") == 300_000 and pooled.remarks == ()


def test_overtime_at_the_cap_is_not_called_capped():
    assert estimate(replace(CEILING, overtime_percent=25)).remarks == ()
    assert estimate(replace(CEILING, overtime_percent=Decimal("25.01"))).remarks != ()


def test_vehicles_delay_and_passing_on():
    assert estimate(replace(SMALL, agreements=2)).part_usd("vehicles") == 200_000
    assert estimate(replace(SMALL, agreements=2), Assumptions(vehicles="agency")).part_usd("vehicles") == 100_000
    assert estimate(SMALL, Assumptions(delay_months=3)).fronted_usd == 87_000
    assert estimate(SMALL, Assumptions(recipient="officers")).passed_on_usd == 9_000
    late = estimate(SMALL, Assumptions(first_quarter=date(2029, 1, 1)))
    assert "begins after the appropriations end" in late.remarks[0]


def test_each_ambiguity_is_numbered_and_its_switches_exist():
    assert [point.number for point in AMBIGUITIES] == list(range(1, 17))
    switches = [switch for point in AMBIGUITIES for switch in point.switches]
    assert (
        set(Assumptions.__dataclass_fields__)
        <= set(switches)
        <= {*Assumptions.__dataclass_fields__, *Agency.__dataclass_fields__}
    )
    assert len(switches) == len(set(switches)) and set(CHOICES) <= set(switches)
    assert all(point.term_id in incentives.terms() for point in AMBIGUITIES)


def test_each_line_names_its_term_and_source():
    for line in estimate(SMALL).lines:
        term = incentives.terms()[line.term_id]
        assert (line.source_key, line.confidence) == (term.source_key, term.confidence) and line.source_key
    assert "not a statement of entitlement" in estimate(SMALL).label


# --- refusals ---


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"officers": 0}, "With zero officers there is nothing to claim: enter at least one trained officer."),
        ({"officers": -3}, "Officers trained must be a whole number from 1 to 1,000,000; got -3."),
        ({"officers": 2.5}, "Officers trained must be a whole number from 1 to 1,000,000; got 2.5."),
        ({"officers": True}, "Officers trained must be a whole number"),
        (
            {"base_pay_usd": -1},
            "Base pay must be a number from 0 to 10,000,000 US dollars a year, with at most six decimals; got -1.",
        ),
        ({"base_pay_usd": "much"}, "got much."),
        ({"base_pay_usd": float("nan")}, "got nan."),
        ({"base_pay_usd": Decimal("Infinity")}, "got Infinity."),
        ({"benefits_percent": -5}, "The benefits rate must be a number from 0 to 1,000 percent of base pay"),
        ({"overtime_percent": None}, "The overtime rate must be"),
        ({"overtime_worked_by_percent": 0}, "The share of officers who work the overtime must be"),
        (
            {"located_percent": (75, 120, 91, 60)},
            "The located share of quarter 2 must be a number from 0 to 100 percent",
        ),
        ({"located_percent": (75, -1, 91, 60)}, "quarter 2"),
        ({"located_percent": (75, 82, 91)}, "A year has four quarters: give four located shares, not 3."),
        ({"new_officers": 5}, "Newly trained officers must be a whole number from 0 to 4; got 5."),
        ({"agreements": -1}, "Agreements that receive vehicle money must be"),
        ({"other_trained": -1}, "Officers trained under other models must be"),
    ],
)
def test_impossible_agencies_are_refused_with_one_sentence(change, sentence):
    with pytest.raises(ImpossibleInput) as error:
        estimate(replace(SMALL, **change))
    assert sentence in str(error.value) and str(error.value).endswith(".") and "\n" not in str(error.value)
    assert isinstance(error.value, ValueError)


@pytest.mark.parametrize(
    "switches",
    [
        {"rounding": "up"}, {"overtime_cap": None}, {"claimed_percent": 101}, {"paid_percent": -1}, {"listed": 101},
        {"listed": 1.5},
        {"equipment_usd": 7501}, {"delay_months": 13}, {"first_quarter": date(2025, 9, 30)},
        {"first_quarter": "2026-10-01"},
    ],
)  # fmt: skip
def test_impossible_assumptions_are_refused(switches):
    with pytest.raises(ImpossibleInput, match=r"; got .+\.$|, when the offer begins; got .+\.$"):
        estimate(SMALL, Assumptions(**switches))


@pytest.mark.parametrize("share", [120, -1, "many", None])
def test_impossible_share_has_no_tier(share):
    with pytest.raises(ImpossibleInput, match="The located share must be a number from 0 to 100 percent"):
        tier(share)


# --- properties ---

percents = st.decimals(0, 100, places=2)
agencies = st.builds(
    Agency,
    officers=st.integers(1, 5_000),
    base_pay_usd=st.decimals(0, 500_000, places=2),
    benefits_percent=percents,
    overtime_percent=percents,
    located_percent=st.tuples(*[st.none() | percents] * 4),
    new_officers=st.just(0),
    agreements=st.integers(0, 40),
    other_trained=st.integers(0, 50),
    overtime_worked_by_percent=st.decimals(1, 100, places=2),
)
assumptions = st.builds(
    Assumptions,
    **{name: st.sampled_from(choices) for name, choices in CHOICES.items()},
    eligible_for_awards_percent=percents,
    eligible_for_pay_percent=percents,
    claimed_percent=percents,
    overtime_counted_percent=percents,
    overtime_taxes_percent=percents,
    listed=st.integers(0, 100),
    equipment_usd=st.integers(0, 7500),
    delay_months=st.integers(0, 12),
    paid_percent=percents,
    first_quarter=st.sampled_from([date(2025, 10, 1), date(2029, 1, 1), date(2029, 10, 1)]),
)


@given(agencies, assumptions)
def test_totals_are_sums_of_their_lines(agency, reading):
    found = estimate(agency, reading)
    with localcontext(prec=100):  # the sums below are exact too; Python's usual 28 digits can be too few
        assert found.first_year_usd == sum(line.amount_usd for line in found.lines)
        assert found.first_year_usd == found.recurring_usd + found.one_time_usd
        assert found.first_year_usd == sum(found.part_usd(part) for part in incentives.PARTS)
        assert found.recurring_usd == sum(found.quarter_usd(quarter) for quarter in incentives.QUARTERS)
    assert all(line.amount_usd >= 0 for line in found.lines)
    assert 0 <= found.results_percent_of_first_year <= found.results_percent_of_recurring <= 100


@given(agencies, assumptions, st.integers(1, 500))
def test_more_officers_never_give_less(agency, reading, more):
    larger = replace(agency, officers=agency.officers + more)
    assert estimate(larger, reading).first_year_usd >= estimate(agency, reading).first_year_usd


@given(agencies, assumptions)
def test_award_is_never_above_the_top_amount_for_each_officer_and_quarter(agency, reading):
    awards = [line for line in estimate(agency, reading).lines if line.part == "award"]
    assert all(line.amount_usd <= 1000 * agency.officers for line in awards)
    assert len(awards) == len({line.quarter for line in awards}) <= 4


@given(agencies, assumptions)
def test_overtime_is_never_above_a_quarter_of_salary(agency, reading):
    plain = replace(reading, overtime_taxes_percent=0)
    officers = agency.officers + agency.other_trained
    assert estimate(agency, plain).part_usd("overtime") <= officers * agency.base_pay_usd * Decimal("0.25")


@given(agencies, assumptions, st.integers(1, 100))
def test_steps_rise_to_the_top_award(agency, reading, listed):
    steps = staircase(agency, replace(reading, listed=listed))
    assert all(step.gain_usd >= 0 for step in steps) and len(steps) == listed + 1
    assert sum(step.gain_usd for step in steps) == steps[-1].award_usd
