"""Lab 04: answers that its checks are tried with (see test_every_check)."""

from section287g import incentives
from section287g.labs.incentives import AWARD_LOCATED, AWARD_OFFICERS


def overtime_left(officers, base_pay, overtime_percent):
    return officers * base_pay * max(0, overtime_percent - 25) / 100


def award(share):
    return incentives.tier(int(share)).amount_usd


def jumps(listed):
    return [n for n in range(1, listed + 1) if award(100 * n / listed) > award(100 * (n - 1) / listed)]


RIGHT = {
    "award_of_a_year": [27_000],
    "overtime_left": [overtime_left],
    "jumps": [jumps],
    "overtime_ceiling": [25],
    "people_that_count": ["three or fewer"],
}
WRONG = {
    "award_of_a_year": [
        ("27000 dollars", "whole number of dollars"),
        (2_250, "for one officer"),
        (6_000, "Each quarter has its own"),
        (24_000, "average the shares"),
        (48_000, "top step in every quarter"),
        (33_000, "below the first step"),
        (30_000, "too large"),
        (1, "too small"),
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
        ([7, 8, 9], "The answer is a function"),
        (lambda listed: 1 / 0, "stops with ZeroDivisionError"),
        (lambda listed: None, "gives nothing back"),
        (lambda listed: 3, "a list of whole numbers"),
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
        (lambda listed: jumps(listed)[::-1], "smallest first"),
        (lambda listed: [1], "compare each award"),
    ],
    "overtime_ceiling": [
        ("a quarter", "Type one whole number"),
        (10, "still grows"),
        (40, "stood still for a while"),
    ],
    "people_that_count": [
        ("none", "Count the dots"),
        ("most of them", "the line is flat"),
        ("every second one", "Count the dots"),
    ],
}
SECRETS = {"award_of_a_year": ["27,000", "27000"], "overtime_left": ["75,000"], "overtime_ceiling": ["25"]}


def test_exercise_and_notebook_ask_the_same():
    assert AWARD_LOCATED == (72, 85, 91, 66) and AWARD_OFFICERS == 12
