"""Checks of lab 04, incentives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from section287g import incentives
from section287g.labs.verdict import (
    FRACTION,
    Verdict,
    chosen,
    no_function,
    one_number,
    one_slider,
    short,
    whole_number,
    wrong_type,
)
from section287g.words import _, counted, fill

AWARD_OFFICERS = 12
AWARD_LOCATED = (72, 85, 91, 66)  # percent of ICE's list, by quarter


# The invented agencies of the notebook.
AGENCY = incentives.Agency(4, 60_000, 35, 10, located_percent=(75, 82, 91, 60))
LARGER = replace(AGENCY, officers=5)
COUNTY = incentives.Agency(6, 65_000, 40, 15, located_percent=(70, 70, 70, 70))
ENTERED, ARRIVED = 70, 25  # percent of the county's estimate


def _first_year(agency: incentives.Agency, **assumptions: int) -> float:
    return float(incentives.estimate(agency, incentives.Assumptions(**assumptions)).first_year_usd)


def _check_pay_share(answer: object) -> Verdict:
    """The share of pay in the estimate of the first year, in percent."""
    pay, whole = float(incentives.estimate(AGENCY).part_usd("pay")), _first_year(AGENCY)
    overtime = float(incentives.estimate(AGENCY).part_usd("overtime"))
    share = 100 * pay / whole
    mistakes = {
        share / 100: FRACTION,
        pay: _("These are the dollars of pay. Divide them by the dollars of the first year."),
        100 * whole / pay: _("You divide the whole by the part. A share is the part over the whole."),
        100 * (pay + overtime) / whole: _("Overtime is a line of its own. The question is about pay."),
    }
    return one_number(
        answer,
        share,
        _("Most of it rests on how the offer of pay is read. Part 4 comes back to it."),
        mistakes,
        _('Divide found.part_usd("pay") by found.first_year_usd, and multiply by 100.'),
    )


def _check_one_more_officer(answer: object) -> Verdict:
    """US dollars that a fifth officer adds to the estimate of the first year."""
    four, five = _first_year(AGENCY), _first_year(LARGER)
    mistakes = {
        five: _("That is the whole first year with five officers. Take away the first year with four."),
        four: _("That is the first year with four officers. Estimate the one with five too."),
        four - five: _("The sign is the wrong way around: five officers less four."),
        five / 5: _("That is the average of five. One-time money for the agency is in it and does not come again."),
        four / 4: _("That is the average of four. One-time money for the agency is in it and does not come again."),
    }
    return one_number(
        answer,
        five - four,
        _("It is less than the average of an officer: some of the money comes once for the agency."),
        mistakes,
        _("estimate(replace(agency, officers=5)).first_year_usd, less the same of found."),
    )


def _check_most_one_adds(answer: object) -> Verdict:
    """The largest rise of the award that one person located brings, of 40 listed, for AWARD_OFFICERS officers."""
    steps = incentives.staircase(incentives.Agency(AWARD_OFFICERS, 0), incentives.Assumptions(listed=40))
    gains = [float(step.gain_usd) for step in steps]
    right = max(gains)
    mistakes = {
        float(steps[-1].award_usd): _("That is the award for all 40, not what one person adds. Look at gain_usd."),
        sum(gain > 0 for gain in gains): _("That is how many people change the award. How much does one add at most?"),
        right / AWARD_OFFICERS: _("That is for one officer. The award is counted for each eligible officer."),
    }
    return one_number(
        answer,
        right,
        _("And most of the 40 add nothing at all."),
        mistakes,
        _('forty["gain_usd"] is a column; which method gives its largest number?'),
    )


def _check_claimed_slider(answer: object) -> Verdict:
    """A slider of the percentage of the pay that can be claimed."""
    return one_slider(
        answer,
        "claimed",
        (0, 100, 5),
        _("Each step moves the sum. Money that comes once does not depend on what is claimed."),
    )


def _check_missing(answer: object) -> Verdict:
    """US dollars missing where ENTERED percent of the county's estimate are budgeted and ARRIVED percent arrive."""
    offer = _first_year(COUNTY)
    mistakes = {
        offer * ENTERED / 100: _("That is what the budget counts on. Take away what arrives."),
        offer * ARRIVED / 100: _("That is what arrives. How much more did the budget count on?"),
        offer * (100 - ARRIVED) / 100: _("That is measured against the whole offer. The budget counts on less."),
        ENTERED - ARRIVED: _("That is percent. The question is about dollars: what is it of offer?"),
    }
    return one_number(
        answer,
        offer * (ENTERED - ARRIVED) / 100,
        _("This is what the reserve must cover, before anything is late."),
        mistakes,
        _("Both shares are of offer: 70 percent of it, less 25 percent of it."),
    )


def _check_award_of_a_year(answer: object) -> Verdict:
    """US dollars of award in a year for AWARD_OFFICERS eligible officers and AWARD_LOCATED."""
    number = whole_number(answer)
    if number is None:
        return wrong_type(
            _("The answer is a whole number of dollars. What you have is of type {type}: {value}"), answer
        )
    awards = [int(incentives.tier(share).amount_usd) for share in AWARD_LOCATED]
    of_average = AWARD_OFFICERS * int(incentives.tier(sum(AWARD_LOCATED) / len(AWARD_LOCATED)).amount_usd)
    top, *_between, lowest, _none = (int(term.amount_usd) for term in incentives.tiers())
    hints = {
        sum(awards): _("That is the award for one officer. It is counted for each eligible officer."),
        of_average: (
            _("You take one share and one award for the whole year. Each quarter has its own share and its own award.")
        ),
        of_average * len(AWARD_LOCATED): (
            _(
                "You average the shares first. Each quarter reaches its own step, and a good quarter"
                " does not lift a poor one."
            )
        ),
        AWARD_OFFICERS * top * len(AWARD_LOCATED): _(
            "That is the top step in every quarter. Look up the step of each share."
        ),
        AWARD_OFFICERS * (sum(awards) + lowest): _(
            "One quarter is below the first step. The release lists no award there."
        ),
    }
    expected = AWARD_OFFICERS * sum(awards)
    if number == expected:
        return Verdict(
            True,
            fill(
                _(
                    "{officers} officers and {awards} make ${dollars}. That is what the terms come to, not a promise of"
                    " payment."
                ),
                officers=AWARD_OFFICERS,
                awards=" + ".join(f"${award:,}" for award in awards),
                dollars=number,
            ),
        )
    if number in hints:
        return Verdict(False, hints[number])
    if number > expected:
        return Verdict(
            False,
            _("Your sum is too large. Find the step of each quarter, add the four awards, then count every officer."),
        )
    return Verdict(
        False, _("Your sum is too small. Find the step of each quarter, add the four awards, then count every officer.")
    )


_OVERTIME_CASES = [
    (20, 75_000, 30),
    (4, 60_000, 10),
    (10, 50_000, 25),
    (1, 80_000, 100),
]  # officers, base pay in US dollars, overtime in percent of pay


def _check_overtime_left(answer: object) -> Verdict:
    """A function (officers, base_pay, overtime_percent) -> US dollars of overtime a year that stay with the agency."""
    if not callable(answer):
        return no_function(answer)
    cap = incentives.terms()[incentives.OVERTIME].percent
    for officers, base_pay, overtime in _OVERTIME_CASES:
        called = f"overtime_left({officers}, {base_pay}, {overtime})"
        try:
            found = answer(officers, base_pay, overtime)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                fill(_("{called} stops with {kind}: {error}."), called=called, kind=type(error).__name__, error=error),
            )
        if found is None or found is ...:
            return Verdict(
                False,
                _("Your function gives nothing back yet: its last line should be return and a number of dollars."),
            )
        try:
            number = float(found)
        except (TypeError, ValueError):
            return Verdict(
                False,
                fill(_("{called} should be a number of dollars; it is {value}."), called=called, value=short(found)),
            )
        agency = incentives.Agency(officers, base_pay, overtime_percent=overtime)
        expected = float(incentives.estimate(agency).overtime_over_cap_usd)
        if abs(number - expected) >= 0.01:
            hint = _overtime_hint(officers * base_pay / 100, overtime, int(cap), number, expected)
            return Verdict(False, fill(_("{called} is not right yet. {hint}"), called=called, hint=hint))
    return Verdict(True, _("Below the ceiling nothing is left with the agency; above it, every dollar of overtime is."))


def _overtime_hint(one_percent: float, overtime: int, cap: int, number: float, expected: float) -> str:
    """`one_percent` of the pay of all officers, US dollars; `overtime` and `cap` in percent of that pay."""
    mistakes = {
        one_percent * overtime * (100 - cap) / 100: _(
            "You take the ceiling as a share of the overtime. It is a share of the annual salary."
        ),
        one_percent * min(overtime, cap): _(
            "That is the overtime the terms cover. The question is what is left with the agency."
        ),
        one_percent * (overtime - cap): _(
            "Overtime below the ceiling gives a negative sum. At least zero is left: max() helps."
        ),
        one_percent * overtime: _("That is all the overtime. Take away the part that the terms cover."),
        0: _("You leave nothing with the agency. Overtime above the ceiling is not covered."),
    }
    for mistake, hint in mistakes.items():
        if abs(number - mistake) < 0.01:
            return hint
    if number > expected:
        return _("Your sum is too large. Compare overtime and ceiling, both as dollars a year for all officers.")
    return _("Your sum is too small. Compare overtime and ceiling, both as dollars a year for all officers.")


_LIST_LENGTHS = (10, 5, 19, 23, 1)  # of 23 people 16 are 69.6 percent: rounding would reach a step


def _check_jumps(answer: object) -> Verdict:
    """A function (listed) -> list of the numbers of people located at which the award rises."""
    if not callable(answer):
        return no_function(answer)
    for listed in _LIST_LENGTHS:
        try:
            found = answer(listed)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                counted(
                    "Your function stops with {kind}: {error}. It was called with {n} person listed.",
                    "Your function stops with {kind}: {error}. It was called with {n} people listed.",
                    listed,
                    kind=type(error).__name__,
                    error=error,
                ),
            )
        if found is None or found is ...:
            return Verdict(False, _("Your function gives nothing back yet: its last line should be return and a list."))
        if not isinstance(found, list) or any(whole_number(each) is None for each in found):
            return Verdict(
                False,
                counted(
                    "Your function should return a list of whole numbers; for {n} person listed it returned {value}.",
                    "Your function should return a list of whole numbers; for {n} people listed it returned {value}.",
                    listed,
                    value=short(found),
                ),
            )
        if found != _jumps(listed):
            return Verdict(
                False,
                counted(
                    "With {n} person listed your function is not right yet. {hint}",
                    "With {n} people listed your function is not right yet. {hint}",
                    listed,
                    hint=_jumps_hint(listed, found),
                ),
            )
    return Verdict(
        True,
        _(
            "Right for long lists and short ones. With few people listed some steps cannot be"
            " reached, so two rises become one."
        ),
    )


def _steps(listed: int, rounding: str = "reach") -> list[incentives.Step]:
    return incentives.staircase(incentives.Agency(1, 0), incentives.Assumptions(listed=listed, rounding=rounding))


def _jumps(listed: int, rounding: str = "reach") -> list[int]:
    return [step.located for step in _steps(listed, rounding) if step.gain_usd > 0]


def _jumps_hint(listed: int, found: list) -> str:
    paid = [step.located for step in _steps(listed) if step.award_usd > 0]
    if found == _jumps(10):
        return _("These are the rises of a list of ten people. What share is one person of a list of another length?")
    if found == paid:
        return _(
            "You name every number that earns an award. The question is at which numbers it is"
            " higher than with one person fewer."
        )
    if found == _jumps(listed, "nearest"):
        return _("You round the share. Here a step must be reached: 69.6 is below 70.")
    if found == [number - 1 for number in _jumps(listed)]:
        return _("You name the last number before each rise. The question is at which number the award is higher.")
    if found == [number + 1 for number in _jumps(listed)]:
        return _("You are one person late: is a share that equals the step below it? Think of > and >=.")
    if sorted(set(found)) == _jumps(listed):
        return _("The numbers are right, but each should stand only once, with the smallest first.")
    return _("Go through 0, 1, 2 and so on to all people listed, and compare each award with the one before.")


def _check_overtime_ceiling(answer: object) -> Verdict:
    """The percent of pay from which on more overtime no longer raises the estimate."""
    cap = int(incentives.terms()[incentives.OVERTIME].percent)
    number = whole_number(answer)
    if number is None:
        return Verdict(
            False,
            fill(_("Type one whole number, the percent of the slider. What you have is {value}."), value=short(answer)),
        )
    if number == cap:
        return Verdict(True, _("Above it, the bar stands still and the dollars left with the agency grow."))
    if number < cap:
        return Verdict(
            False,
            fill(
                _(
                    "At {number} percent the bar of overtime still grows. Move the slider one step at a"
                    " time and watch the line below the estimate."
                ),
                number=number,
            ),
        )
    return Verdict(
        False,
        fill(
            _(
                "At {number} percent the bar of overtime has stood still for a while. Move the slider"
                " one step at a time and watch the line below the estimate."
            ),
            number=number,
        ),
    )


def _check_people_that_count(answer: object) -> Verdict:
    """How many of 40 people listed change the award: one for each step."""
    hints = {
        _("none of them"): _("Then the award would never rise. Count the dots in the picture."),
        _("most of them"): _("Between two dots the line is flat: a person located there adds nothing."),
        _("every second one"): _("The line does not rise at every second person. Count the dots in the picture."),
    }
    return chosen(
        answer,
        _("three or fewer"),
        _("There are as many as there are steps. All the others change the share but not the award."),
        hints,
    )


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "pay_share": _check_pay_share,
    "one_more_officer": _check_one_more_officer,
    "most_one_adds": _check_most_one_adds,
    "claimed_slider": _check_claimed_slider,
    "missing": _check_missing,
    "award_of_a_year": _check_award_of_a_year,
    "overtime_left": _check_overtime_left,
    "jumps": _check_jumps,
    "overtime_ceiling": _check_overtime_ceiling,
    "people_that_count": _check_people_that_count,
}
