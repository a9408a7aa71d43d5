"""Pictures of the money: amounts are those of the table, nothing is shown as paid that is only offered, budgets are
equal."""

import re
from fractions import Fraction
from math import prod
from pathlib import Path

import pytest

from section287g import facts, figures, tables
from section287g.figures import incentives
from section287g.incentives import Agency, Assumptions, estimate

TERMS = tables.load("incentive_terms").set_index("term_id")
PAGE = (Path(__file__).parents[2] / "book" / "incentives" / "who-pays.md").read_text(encoding="utf-8")
CALCULATIONS = re.findall(r"^[a-z ]+: (\S.*) = ([\d,]+)$", PAGE, flags=re.MULTILINE)
LARGE = Agency(officers=20, base_pay_usd=75_000, benefits_percent=45, overtime_percent=30, located_percent=(95,) * 4)
FLOWS = [flow for rows in incentives.ERAS.values() for flow in rows]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.what[:20])
def test_every_flow_rests_on_terms_that_exist(flow):
    assert flow.terms and set(flow.terms) <= set(TERMS.index)
    assert "{" not in flow.text()


def test_awards_and_repaid_pay_are_offers_only():
    paid = set(TERMS.index[TERMS["category"] == "payment"])
    for flow in FLOWS:
        if set(flow.terms) & {"dhs_award_t1", "dhs_salary_benefits"}:
            assert flow.status == incentives.OFFERED and not set(flow.terms) & paid
    assert "(offered; no list of payments found)" in figures.draw("money_flows").alt


def test_amounts_of_the_flows_are_those_of_the_table():
    alt = figures.draw("money_flows").alt
    for amount in ("$500 to $1,000", "25% of salary", "$7,500 an officer", "$100,000 for vehicles"):
        assert amount in alt.replace("\n", " ")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.what[:20])
def test_words_of_a_flow_fit_between_the_boxes(flow):
    figure = figures.draw("money_flows").figure
    figure.canvas.draw()
    axes = figure.axes[0]
    inverse = axes.transData.inverted()
    for text in axes.texts:
        if text.get_text() == flow.text():
            (left, _), (right, _) = inverse.transform(text.get_window_extent().get_points())
            assert left >= incentives.PAYER[1] and right <= incentives.PAYEE[0]


@pytest.mark.parametrize(
    ("share", "award"),
    [(0, 0), (69, 0), (69.9, 0), (70, 500), (79.5, 500), (80, 750), (89, 750), (89.5, 750), (90, 1000), (100, 1000)],
)
def test_award_at_the_edges_without_rounding_up(share, award):
    assert incentives.step_award(share) == award


def test_what_the_offer_of_pay_leaves_open_is_marked_as_our_reading():
    """Only the award speaks of task force officers."""
    picture = figures.draw("money_flows")
    marked = picture.table[picture.table["What for"].str.contains("our reading")]
    assert len(marked) == 1 and "pay and benefits" in marked["What for"].item()
    assert "our reading" in picture.alt and incentives.READ_SO not in picture.alt
    drawn = [text.get_text() for text in picture.figure.axes[0].texts]
    assert any(text.startswith(f"{incentives.READ_SO} our reading") for text in drawn)


def test_parts_of_the_offer_are_those_of_the_calculator():
    found = estimate(incentives.EXAMPLE)
    table = figures.draw("offer_parts").table
    assert sum(int(cell.replace(",", "")) for cell in table["Dollars in the first year"]) == found.first_year_usd
    shares = table.set_index("Part of the offer")["Share of the first year"]
    assert shares["Awards"] == f"{found.results_percent_of_first_year}%"
    assert shares["Awards"] in figures.draw("offer_parts").title
    assert table.loc[table["Depends on results"] == "yes", "Part of the offer"].tolist() == ["Awards"]


def test_parts_of_the_offer_are_not_shown_as_paid():
    picture = figures.draw("offer_parts")
    assert "not a record of payments" in picture.alt and "made up" in picture.unit


def test_steps_picture_says_every_tier():
    picture = figures.draw("award_steps")
    assert picture.table["Award, dollars"].tolist() == ["0", "500", "750", "1,000"]
    assert picture.table["More than the tier below"].tolist() == ["0", "500", "250", "250"]
    assert "$500, $250, $250" in picture.title and "From 80 to 89 percent: $750." in picture.alt


@pytest.mark.parametrize("lowest", [0, 70])
def test_three_shapes_cost_the_same(lowest):
    """Averages over many equally likely shares."""
    flat, full = incentives.equal_budget(lowest)
    shares = [round(lowest + (100 - lowest) * (place + 0.5) / 3000, 3) for place in range(3000)]
    steps = sum(incentives.step_award(share) for share in shares) / len(shares)
    proportional = sum(full * share / 100 for share in shares) / len(shares)
    assert steps == pytest.approx(flat, abs=0.5) and proportional == pytest.approx(flat, abs=0.5)


def test_comparison_says_that_it_is_an_illustration():
    picture = figures.draw("step_flat_proportional")
    assert "Illustration" in picture.title and "not data" in picture.alt and "made up" in picture.as_of


@pytest.mark.parametrize(("sum_of_products", "result"), CALCULATIONS)
def test_calculations_by_hand_are_right(sum_of_products, result):
    terms = sum_of_products.replace(",", "").split(" + ")
    assert sum(prod(Fraction(number) for number in term.split(" × ")) for term in terms) == int(result.replace(",", ""))


def test_calculations_by_hand_equal_the_calculator():
    results = [int(result.replace(",", "")) for _, result in CALCULATIONS]
    pay = {"officers": 4, "base_pay_usd": 60_000, "benefits_percent": 35, "overtime_percent": 10}
    small = estimate(Agency(**pay, located_percent=(75, 82, 91, 60)))
    found, by_hours = estimate(LARGE), estimate(LARGE, Assumptions(claimed_percent=15))
    parts = [small.part_usd(part) for part in ("pay", "overtime", "award")]
    assert results[:6] == [*parts, small.recurring_usd, small.one_time_usd, small.first_year_usd]
    assert results[6:9] == [found.part_usd("pay"), found.part_usd("overtime"), found.overtime_over_cap_usd]
    whole = [found.recurring_usd, found.one_time_usd, found.first_year_usd]
    assert results[9:14] == [found.part_usd("award"), *whole, by_hours.recurring_usd]
    paid = [facts.get(f"pay_florida_{who}").value for who in ("local", "state")]
    assert [paid[0] - results[14], paid[1] - results[15]] == [665, 240]


@pytest.mark.parametrize(("fact", "claimed"), [("award_share_example", 100), ("award_share_hours", 15)])
def test_share_of_awards_in_the_example(fact, claimed):
    found = estimate(LARGE, Assumptions(claimed_percent=claimed))
    assert facts.get(fact).value == round(found.results_percent_of_recurring)
