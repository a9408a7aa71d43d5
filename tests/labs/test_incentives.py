"""Lab 04: answers that its checks are tried with (see test_every_check)."""

from dataclasses import replace

from ipywidgets import IntSlider
from labs.sliders import slider

from section287g import incentives
from section287g.labs.incentives import AGENCY, AWARD_LOCATED, AWARD_OFFICERS, COUNTY


def overtime_left(officers, base_pay, overtime_percent):
    return officers * base_pay * max(0, overtime_percent - 25) / 100


def award(share):
    return incentives.tier(int(share)).amount_usd


def jumps(listed):
    return [n for n in range(1, listed + 1) if award(100 * n / listed) > award(100 * (n - 1) / listed)]


def first_year(agency, **assumptions):
    return incentives.estimate(agency, incentives.Assumptions(**assumptions)).first_year_usd


PAY, FOUR, FIVE = (
    incentives.estimate(AGENCY).part_usd("pay"),
    first_year(AGENCY),
    first_year(replace(AGENCY, officers=5)),
)
OFFER = first_year(COUNTY)
STEPS = incentives.staircase(incentives.Agency(AWARD_OFFICERS, 0), incentives.Assumptions(listed=40))
GAINS = [step.gain_usd for step in STEPS]
RIGHT = {
    "pay_share": [round(100 * PAY / FOUR), 100 * PAY / FOUR], "one_more_officer": [FIVE - FOUR],
    "most_one_adds": [max(GAINS)],
    "claimed_slider": [slider(claimed=(0, 100, 5)), slider(claimed=IntSlider(min=0, max=100, step=5))],
    "missing": [OFFER * 45 / 100], "award_of_a_year": [27_000],
    "overtime_left": [overtime_left], "jumps": [jumps], "overtime_ceiling": [25],
    "people_that_count": ["three or fewer"],
}  # fmt: skip
WRONG = {
    "pay_share": [
        (PAY / FOUR, "fraction"), (PAY, "dollars of pay"), (100 * FOUR / PAY, "whole by the part"),
        (100 * (PAY + incentives.estimate(AGENCY).part_usd("overtime")) / FOUR, "line of its own"),
        (7, "multiply by 100"), ("most", "one number"),
    ],
    "one_more_officer": [
        (FIVE, "whole first year"), (FOUR, "four officers"), (FOUR - FIVE, "wrong way around"),
        (FIVE / 5, "average of five"), (7, "less the same of found"),
    ],
    "most_one_adds": [
        (STEPS[-1].award_usd, "for all 40"), (sum(gain > 0 for gain in GAINS), "how many people"),
        (max(GAINS) / AWARD_OFFICERS, "for one officer"), (7, "which method"),
    ],
    "claimed_slider": [
        (slider(claimed=(0, 100)), "in steps of 1."), (slider(claimed=(0.0, 100.0)), "no slider for claimed"),
        (slider(claimed=["0", "100"]), "no slider for claimed"), (IntSlider(0, 0, 100, 5), "of type IntSlider"),
        (50, "ipywidgets.interact"),
    ],
    "missing": [
        (OFFER * 70 / 100, "counts on"), (OFFER * 25 / 100, "what arrives"), (OFFER * 75 / 100, "the whole offer"),
        (45, "about dollars"), (7, "both shares".capitalize()),
    ],
    "award_of_a_year": [
        ("27000 dollars", "whole number of dollars"), (2_250, "for one officer"), (6_000, "Each quarter has its own"),
        (24_000, "average the shares"), (48_000, "top step in every quarter"), (33_000, "below the first step"),
        (30_000, "too large"), (1, "too small"),
    ],
    "overtime_left": [
        (75_000, "The answer is a function"),
        (lambda officers, base_pay, overtime: 1 / 0, "stops with ZeroDivisionError"),
        (lambda officers, base_pay, overtime: None, "gives nothing back"),
        (lambda officers, base_pay, overtime: "much", "a number of dollars"),
        (
            lambda officers, base_pay, overtime: officers * base_pay * overtime / 100 * 0.75,
            "share of the annual salary",
        ),
        (
            lambda officers, base_pay, overtime: officers * base_pay * min(overtime, 25) / 100,
            "what is left with the agency",
        ),
        (lambda officers, base_pay, overtime: officers * base_pay * (overtime - 25) / 100, "max() helps"),
        (lambda officers, base_pay, overtime: officers * base_pay * overtime / 100, "all the overtime"),
        (lambda officers, base_pay, overtime: 0, "leave nothing"),
        (lambda officers, base_pay, overtime: base_pay * max(0, overtime - 25) / 100, "too small"),
    ],
    "jumps": [
        ([7, 8, 9], "The answer is a function"), (lambda listed: 1 / 0, "stops with ZeroDivisionError"),
        (lambda listed: None, "gives nothing back"), (lambda listed: 3, "a list of whole numbers"),
        (lambda listed: [7, 8, 9], "a list of ten people"),
        (lambda listed: [n for n in range(listed + 1) if award(100 * n / listed) > 0], "every number that earns"),
        (
            lambda listed: [
                n for n in range(1, listed + 1) if award(round(100 * n / listed)) > award(round(100 * (n - 1) / listed))
            ],
            "You round the share",
        ),
        (lambda listed: [n - 1 for n in jumps(listed)], "last number before"),
        (lambda listed: [n + 1 for n in jumps(listed)], "one person late"),
        (lambda listed: jumps(listed)[::-1], "smallest first"), (lambda listed: [1], "compare each award"),
    ],
    "overtime_ceiling": [("a quarter", "Type one whole number"), (10, "still grows"), (40, "stood still for a while")],
    "people_that_count": [
        ("none of them", "Count the dots"), ("most of them", "the line is flat"),
        ("every second one", "Count the dots"),
    ],
}  # fmt: skip
SECRETS = {"award_of_a_year": ["27,000", "27000"], "overtime_left": ["75,000"], "overtime_ceiling": ["25"]}


def test_exercise_and_notebook_ask_the_same():
    assert AWARD_LOCATED == (72, 85, 91, 66) and AWARD_OFFICERS == 12
