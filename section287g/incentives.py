"""What an agency could claim under the published terms of the federal offer of September 2025: terms, assumptions,
arithmetic.

An estimate from a press-release schedule, not a statement of entitlement: nothing here says that a sum was or will be
paid. Amounts and limits come from the table `incentive_terms`; what the published texts leave open is a switch of
`Assumptions`. All money is in US dollars as exact Decimal, never rounded; shares and rates are in percent (45 means 45
percent).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import cache
from typing import TypeVar

import pandas as pd

from section287g import tables
from section287g.words import _, fill

LABEL = _("Estimate from a press-release schedule; not a statement of entitlement.")
QUARTERS = (1, 2, 3, 4)
PARTS = ("pay", "overtime", "award", "equipment", "vehicles")
PAY, OVERTIME, EQUIPMENT, VEHICLES, FUNDS = (
    "dhs_salary_benefits",
    "dhs_overtime_cap",
    "ice_equipment",
    "ice_vehicles",
    "pl119_21_ice_ops",
)
NO_TIER = "dhs_award_none"
MOST_OFFICERS = 1_000_000
MOST_USD = 10_000_000
Cell = TypeVar("Cell")
_EXACT = Context(prec=80)  # far more digits than any product of permitted inputs has
_CENT = Decimal("0.01")  # one percent


class ImpossibleInput(ValueError):
    """An input that no agency can have; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Term:
    """One row of the table `incentive_terms`. `amount_usd` in US dollars, `percent` and the located shares in percent;
    None: not stated.

    `effective_from` and `effective_to` are ISO text as printed in the source (may be a month or a year; None: not
    stated).
    """

    term_id: str
    category: str
    what: str
    who_qualifies: str
    amount_usd: Decimal | None
    percent: Decimal | None
    unit: str
    condition: str
    effective_from: str | None
    effective_to: str | None
    model: str | None
    located_share_min: Decimal | None
    located_share_max: Decimal | None
    confidence: str
    note: str | None
    source_key: str | None


@dataclass(frozen=True)
class Agency:
    """An agency with a task force agreement, for one year.

    officers: officers trained for the task force (whole number, at least 1).
    base_pay_usd: base pay of one officer, US dollars a year.
    benefits_percent: benefits as percent of base pay.
    overtime_percent: overtime paid, as percent of the base pay of all officers.
    located_percent: for each quarter, percent of the people on ICE's list who were located (0 to 100; None: no list
    that quarter). new_officers: officers newly trained this year, for the equipment money (None: all).
    agreements: operational task force agreements, for the vehicle money.
    other_trained: trained officers under a jail or warrant agreement (count only if `Assumptions.pay_officers` says
    so). overtime_worked_by_percent: percent of the officers who work the overtime (matters to a cap for each officer).
    """

    officers: int
    base_pay_usd: Decimal | int
    benefits_percent: Decimal | int = 45
    overtime_percent: Decimal | int = 0
    located_percent: tuple[Decimal | int | None, ...] = (None, None, None, None)
    new_officers: int | None = None
    agreements: int = 1
    other_trained: int = 0
    overtime_worked_by_percent: Decimal | int = 100


@dataclass(frozen=True)
class Assumptions:
    """How to read what the published texts leave open. Each default is explained in `AMBIGUITIES`.

    pay_officers: "task_force" or "all_trained" (with officers trained under other models).
    eligible_for_awards_percent, eligible_for_pay_percent: percent of those officers who are "eligible", rounded down to
    whole officers. claimed_percent: percent of pay and overtime that is claimed (100: full; less: hours on immigration
    work). overtime_cap: "officer" (25 percent of each officer's salary) or "pooled" (of the salaries of all).
    overtime_counted_percent: percent of the overtime that qualifies. overtime_taxes_percent: payroll taxes added to it.
    listed: people on ICE's list in a quarter (0 to 100; 0: no list in any quarter), for the worth of one more person
    located. no_list: award of a quarter without a list: "none", "top" (the highest) or "skip" (no line for it).
    assistance: "ignored" or "not_met" (ICE finds "overall assistance" too small and gives no award).
    rounding: "reach" (79.5 is below 80) or "nearest" (79.5 counts as 80).
    recipient: who keeps the award, "agency" or "officers" (passed on).
    equipment_usd: equipment money for one newly trained officer, US dollars, up to the published amount.
    vehicles: vehicle money once for each "agreement" or once for the "agency".
    delay_months: months between payroll and repayment. paid_percent: percent of each claim that is paid.
    first_quarter: first day of the year's first quarter; a quarter that begins after the funds end is not paid.
    """

    pay_officers: str = "task_force"
    eligible_for_awards_percent: Decimal | int = 100
    eligible_for_pay_percent: Decimal | int = 100
    claimed_percent: Decimal | int = 100
    overtime_cap: str = "officer"
    overtime_counted_percent: Decimal | int = 100
    overtime_taxes_percent: Decimal | int = 0
    listed: int = 10
    no_list: str = "none"
    assistance: str = "ignored"
    rounding: str = "reach"
    recipient: str = "agency"
    equipment_usd: Decimal | int = 7500
    vehicles: str = "agreement"
    delay_months: int = 0
    paid_percent: Decimal | int = 100
    first_quarter: date = date(2025, 10, 1)


CHOICES = {
    "pay_officers": ("task_force", "all_trained"),
    "overtime_cap": ("officer", "pooled"),
    "no_list": ("none", "top", "skip"),
    "assistance": ("ignored", "not_met"),
    "rounding": ("reach", "nearest"),
    "recipient": ("agency", "officers"),
    "vehicles": ("agreement", "agency"),
}


@dataclass(frozen=True)
class Ambiguity:
    """A point the published texts leave open: the question, the switches of `Assumptions` (or Agency) that settle it,
    and why the default.

    `switches` is empty where no switch could change the arithmetic. `term_id` names the term whose text leaves it open,
    `also_source_keys` further sources of the reason.
    """

    number: int
    question: str
    reason: str
    switches: tuple[str, ...]
    term_id: str
    also_source_keys: tuple[str, ...] = ()


AMBIGUITIES = (
    Ambiguity(
        1,
        _("Which officers count for pay?"),
        _(
            "The release says “287(g) officer” but describes only the Task Force Model; a police union's text says task"
            " force officer. Start: task force officers only, which is our reading."
        ),
        ("pay_officers", "other_trained"),
        PAY,
        ("fop2025reimbursement",),
    ),
    Ambiguity(
        2,
        _("Which officers count for awards?"),
        _("The release says “eligible task force officer”, each once a quarter. Start: all of them."),
        ("eligible_for_awards_percent",),
        "dhs_award_t1",
    ),
    Ambiguity(
        3,
        _("What does “eligible” mean?"),
        _("The release does not define it. Start: every officer trained."),
        ("eligible_for_pay_percent",),
        PAY,
    ),
    Ambiguity(
        4,
        _("Full pay, or hours worked?"),
        _(
            "The release says full reimbursement; officials in two Texas counties described claims for time on"
            " immigration work. Start: full."
        ),
        ("claimed_percent",),
        PAY,
        ("lavaca2025", "atascosa2025"),
    ),
    Ambiguity(
        5,
        _("Is overtime capped for each officer or pooled?"),
        _("The release says “the officer's annual salary”. Start: for each officer."),
        ("overtime_cap", "overtime_worked_by_percent"),
        OVERTIME,
    ),
    Ambiguity(
        6,
        _("Which overtime counts, and do payroll taxes on it count?"),
        _("The release says neither. Start: any overtime, no taxes."),
        ("overtime_counted_percent", "overtime_taxes_percent"),
        OVERTIME,
    ),
    Ambiguity(
        7,
        _("How is ICE's list set?"),
        _(
            "Its length, the age of its addresses, and whether a name can be declined are not published. Start: ten"
            " people a quarter, an illustration."
        ),
        ("listed",),
        "dhs_award_t1",
    ),
    Ambiguity(
        8,
        _("What happens in a quarter without a list?"),
        _("The release does not say. Start: no award, and the result says so."),
        ("no_list",),
        NO_TIER,
    ),
    Ambiguity(
        9,
        _("What counts as “location”?"),
        _(
            "It could be an arrest, a sighting, a confirmed departure or a death; the release does not say. So the word"
            " “located” stands here as it is."
        ),
        (),
        "dhs_award_t1",
    ),
    Ambiguity(
        10,
        _("How much does “overall assistance” weigh?"),
        _("The release names it but gives no measure. Start: not counted."),
        ("assistance",),
        "dhs_award_t1",
    ),
    Ambiguity(
        11,
        _("What of shares between the tiers, such as 79.5 or 89.5?"),
        _("Tiers are printed in whole numbers. Start: a tier must be reached, nothing is rounded up."),
        ("rounding",),
        "dhs_award_t2",
    ),
    Ambiguity(
        12,
        _("Who keeps the award?"),
        _("The release says “Law enforcement agencies will be eligible”. Start: the agency."),
        ("recipient",),
        "dhs_award_t1",
    ),
    Ambiguity(
        13,
        _("Is equipment money flat or a ceiling?"),
        _("A Florida agency printed a flat $7,500; a police union wrote “up to”. Start: $7,500."),
        ("equipment_usd",),
        EQUIPMENT,
        ("fop2025reimbursement",),
    ),
    Ambiguity(
        14,
        _("Is vehicle money for each agreement or for each agency?"),
        _("A Florida agency's text says “per operational agreement”. Start: for each agreement."),
        ("vehicles",),
        VEHICLES,
    ),
    Ambiguity(
        15,
        _("How late and how surely is a claim paid?"),
        _("County officials described monthly claims after payroll. Start: no delay, paid in full."),
        ("delay_months", "paid_percent"),
        PAY,
        ("lavaca2025", "atascosa2025"),
    ),
    Ambiguity(
        16,
        _("What happens after September 30, 2029?"),
        _("The appropriations named in the two laws end that day. Start: the first year of the offer."),
        ("first_quarter",),
        FUNDS,
        ("pl11998",),
    ),
)


@dataclass(frozen=True)
class Line:
    """One sum: its part (see PARTS), quarter (1 to 4; None: one-time), amount in US dollars, and the term it rests
    on."""

    part: str
    quarter: int | None
    amount_usd: Decimal
    term_id: str
    source_key: str
    confidence: str


@dataclass(frozen=True)
class Estimate:
    """Lines of one year, and sentences on what the reader must know about them. All sums in US dollars.

    overtime_over_cap_usd: overtime of the year above the cap, left with the agency.
    fronted_usd: payroll paid before the first repayment. passed_on_usd: awards that the agency hands to officers.
    """

    lines: tuple[Line, ...]
    remarks: tuple[str, ...]
    overtime_over_cap_usd: Decimal
    fronted_usd: Decimal
    passed_on_usd: Decimal
    label: str = LABEL

    @property
    def first_year_usd(self) -> Decimal:
        """All lines."""
        return _total(self.lines)

    @property
    def one_time_usd(self) -> Decimal:
        """Equipment and vehicles."""
        return _total(line for line in self.lines if line.quarter is None)

    @property
    def recurring_usd(self) -> Decimal:
        """Pay, overtime and awards of the four quarters."""
        return _total(line for line in self.lines if line.quarter is not None)

    def quarter_usd(self, quarter: int) -> Decimal:
        """Pay, overtime and award of one quarter, 1 to 4."""
        return _total(line for line in self.lines if line.quarter == quarter)

    def part_usd(self, part: str) -> Decimal:
        """One part of the year, see PARTS."""
        return _total(line for line in self.lines if line.part == part)

    @property
    def results_percent_of_recurring(self) -> Decimal:
        """Awards, the only part that depends on results, as percent of the recurring sum, to one decimal (0 if there is
        none)."""
        return percent_of(self.part_usd("award"), self.recurring_usd)

    @property
    def results_percent_of_first_year(self) -> Decimal:
        """Awards as percent of the first year, to one decimal (0 if there is nothing)."""
        return percent_of(self.part_usd("award"), self.first_year_usd)


@dataclass(frozen=True)
class Step:
    """Award of a quarter when `located` of the people listed are located, and what the last of them added, in US
    dollars."""

    located: int
    located_percent: Decimal
    award_usd: Decimal
    gain_usd: Decimal


@cache
def terms() -> dict[str, Term]:
    """All terms of the table `incentive_terms` by their id."""
    rows = tables.load("incentive_terms").to_dict("records")
    return {row["term_id"]: Term(**{field.name: _cell(row[field.name]) for field in fields(Term)}) for row in rows}


def stated(cell: Cell | None) -> Cell:
    """A cell of a term that the arithmetic needs; TypeError if the table leaves it blank."""
    if cell is None:
        raise TypeError("data/incentive_terms.csv leaves a cell blank that the estimate needs")
    return cell


def tiers() -> list[Term]:
    """The award tiers, highest first; the last is the one without an award."""
    return sorted(
        (term for term in terms().values() if term.located_share_min is not None),
        key=lambda term: -stated(term.located_share_min),
    )


def tier(located_percent: Decimal | int | float, rounding: str = "reach") -> Term:
    """The award tier of a located share (0 to 100 percent). `rounding` as in Assumptions."""
    share = _number(_("The located share"), located_percent, 0, 100, _("percent"))
    _choice("rounding", rounding)
    return _reached(share.quantize(Decimal(1), ROUND_HALF_UP) if rounding == "nearest" else share)


def is_funded(first_quarter: date, quarter: int) -> bool:
    """Whether a quarter (1 to 4) of the year from `first_quarter` begins before the appropriations named in the law
    end."""
    months = first_quarter.month - 1 + 3 * (quarter - 1)
    begins = date(first_quarter.year + months // 12, months % 12 + 1, 1)
    return begins <= date.fromisoformat(stated(terms()[FUNDS].effective_to))


def estimate(agency: Agency, assumptions: Assumptions = Assumptions()) -> Estimate:
    """What the published terms give the agency in one year, line by line.

    Raises ImpossibleInput (a ValueError) with one sentence for input that no agency can have.
    """
    _check(agency, assumptions)
    with localcontext(_EXACT):
        funded = [is_funded(assumptions.first_quarter, quarter) for quarter in QUARTERS]
        lines, over_cap = _recurring_lines(agency, assumptions, funded)
        lines += _one_time_lines(agency, assumptions) if funded[0] else []
        awards = _total(line for line in lines if line.part == "award")
        payroll = _total(line for line in lines if line.part in ("pay", "overtime"))
        return Estimate(
            lines=tuple(lines),
            remarks=tuple(_remarks(agency, assumptions, funded, over_cap)),
            overtime_over_cap_usd=over_cap,
            fronted_usd=(payroll * assumptions.delay_months / 12).quantize(_CENT, ROUND_HALF_UP),
            passed_on_usd=awards if assumptions.recipient == "officers" else Decimal(0),
        )


def staircase(agency: Agency, assumptions: Assumptions = Assumptions()) -> list[Step]:
    """Award of one quarter for 0, 1, ... all people listed (`Assumptions.listed`); empty without a list."""
    _check(agency, assumptions)
    steps: list[Step] = []
    for located in range(assumptions.listed + 1 if assumptions.listed else 0):
        share = Decimal(100 * located) / assumptions.listed
        award = _award(
            agency,
            assumptions,
            _reached(share.quantize(Decimal(1), ROUND_HALF_UP) if assumptions.rounding == "nearest" else share),
        )
        steps.append(Step(located, share, award, award - steps[-1].award_usd if steps else Decimal(0)))
    return steps


def percent_of(part_usd: Decimal, whole_usd: Decimal) -> Decimal:
    """A part in percent of a whole, to one decimal, halves up; 0 of nothing."""
    with localcontext(_EXACT):
        return (100 * part_usd / whole_usd if whole_usd else Decimal(0)).quantize(Decimal("0.1"), ROUND_HALF_UP)


# ---------------------------------------------------------------- lines


def _reached(share: Decimal) -> Term:
    return next(term for term in tiers() if share >= stated(term.located_share_min))


def _recurring_lines(agency: Agency, assumptions: Assumptions, funded: list[bool]) -> tuple[list[Line], Decimal]:
    """Pay, overtime and award of each quarter, and the year's overtime above the cap."""
    officers = agency.officers + (agency.other_trained if assumptions.pay_officers == "all_trained" else 0)
    payroll = _share_of_officers(officers, assumptions.eligible_for_pay_percent) * _decimal(agency.base_pay_usd)
    claimed = _decimal(assumptions.claimed_percent) * _CENT * _decimal(assumptions.paid_percent) * _CENT
    pay = payroll * (1 + _decimal(agency.benefits_percent) * _CENT) * stated(terms()[PAY].percent) * _CENT * claimed
    worked, counted = _overtime_percent(agency, assumptions)
    overtime = payroll * counted * _CENT * (1 + _decimal(assumptions.overtime_taxes_percent) * _CENT) * claimed
    lines = []
    for quarter, paid in zip(QUARTERS, funded, strict=True):
        lines.append(_line("pay", quarter, pay / 4 * paid, PAY))
        lines.append(_line("overtime", quarter, overtime / 4 * paid, OVERTIME))
        reached = _tier_of(agency.located_percent[quarter - 1], assumptions)
        if reached:
            award = _award(agency, assumptions, reached) * _decimal(assumptions.paid_percent) * _CENT
            lines.append(_line("award", quarter, award * paid, reached.term_id))
    return lines, payroll * (worked - counted) * _CENT


def _overtime_percent(agency: Agency, assumptions: Assumptions) -> tuple[Decimal, Decimal]:
    """Overtime that qualifies, and the part of it under the cap, both as percent of the base pay of all officers."""
    worked = _decimal(agency.overtime_percent) * _decimal(assumptions.overtime_counted_percent) * _CENT
    cap = stated(terms()[OVERTIME].percent)
    if assumptions.overtime_cap == "officer":
        cap *= _decimal(agency.overtime_worked_by_percent) * _CENT
    return worked, min(worked, cap)


def _one_time_lines(agency: Agency, assumptions: Assumptions) -> list[Line]:
    paid = _decimal(assumptions.paid_percent) * _CENT
    new = agency.officers if agency.new_officers is None else agency.new_officers
    vehicles = min(agency.agreements, 1) if assumptions.vehicles == "agency" else agency.agreements
    return [
        _line("equipment", None, new * _decimal(assumptions.equipment_usd) * paid, EQUIPMENT),
        _line("vehicles", None, vehicles * stated(terms()[VEHICLES].amount_usd) * paid, VEHICLES),
    ]


def _tier_of(located_percent: Decimal | int | None, assumptions: Assumptions) -> Term | None:
    """The tier of a quarter; None if a quarter without a list has no line."""
    if located_percent is not None and assumptions.listed:
        return tier(located_percent, assumptions.rounding)
    return {"none": tiers()[-1], "top": tiers()[0], "skip": None}[assumptions.no_list]


def _award(agency: Agency, assumptions: Assumptions, reached: Term) -> Decimal:
    """Award of one quarter, one for each eligible task force officer."""
    if assumptions.assistance == "not_met":
        return Decimal(0)
    return _share_of_officers(agency.officers, assumptions.eligible_for_awards_percent) * stated(reached.amount_usd)


def _share_of_officers(officers: int, percent: Decimal | int) -> int:
    return int(officers * _decimal(percent) * _CENT)


def _line(part: str, quarter: int | None, amount_usd: Decimal, term_id: str) -> Line:
    term = terms()[term_id]
    return Line(part, quarter, amount_usd, term_id, stated(term.source_key), term.confidence)


def _total(lines) -> Decimal:
    with localcontext(_EXACT):
        return sum((line.amount_usd for line in lines), Decimal(0))


def _remarks(agency: Agency, assumptions: Assumptions, funded: list[bool], over_cap: Decimal) -> list[str]:
    without = [
        str(quarter) for quarter in QUARTERS if agency.located_percent[quarter - 1] is None or not assumptions.listed
    ]
    ended = [str(quarter) for quarter, paid in zip(QUARTERS, funded, strict=True) if not paid]
    found = {
        _(
            "Overtime is above the cap of {percent} percent of annual salary, so ${amount} a year stays with the"
            " agency."
        ).format(percent=terms()[OVERTIME].percent, amount=f"{over_cap:,.2f}"): over_cap,
        _("No list in quarter {quarters}: the published terms do not say what follows.").format(
            quarters=", ".join(without)
        ): without,
        _("Quarter {quarters} begins after the appropriations end on {day}: nothing is counted.").format(
            quarters=", ".join(ended), day=terms()[FUNDS].effective_to
        ): ended,
    }
    return [sentence for sentence, applies in found.items() if applies]


# ---------------------------------------------------------------- what is possible


def _check(agency: Agency, assumptions: Assumptions) -> None:
    if agency.officers == 0:
        raise ImpossibleInput(_("With zero officers there is nothing to claim: enter at least one trained officer."))
    _whole(_("Officers trained"), agency.officers, 1, MOST_OFFICERS)
    _number(_("Base pay"), agency.base_pay_usd, 0, MOST_USD, _("US dollars a year"))
    _number(_("The benefits rate"), agency.benefits_percent, 0, 1000, _("percent of base pay"))
    _number(_("The overtime rate"), agency.overtime_percent, 0, 1000, _("percent of base pay"))
    _number(_("The share of officers who work the overtime"), agency.overtime_worked_by_percent, 1, 100, _("percent"))
    if len(agency.located_percent) != len(QUARTERS):
        message = _("A year has four quarters: give four located shares, not {n}.")
        raise ImpossibleInput(message.format(n=len(agency.located_percent)))
    for quarter, share in zip(QUARTERS, agency.located_percent, strict=True):
        if share is not None:
            _number(_("The located share of quarter {n}").format(n=quarter), share, 0, 100, _("percent"))
    if agency.new_officers is not None:
        _whole(_("Newly trained officers"), agency.new_officers, 0, agency.officers)
    _whole(_("Agreements that receive vehicle money"), agency.agreements, 0, MOST_OFFICERS)
    _whole(_("Officers trained under other models"), agency.other_trained, 0, MOST_OFFICERS)
    _check_assumptions(assumptions)


_SHARES = {
    "eligible_for_awards_percent": _("Eligible for awards"),
    "eligible_for_pay_percent": _("Eligible for pay"),
    "claimed_percent": _("Claimed"),
    "overtime_counted_percent": _("Overtime counted"),
    "overtime_taxes_percent": _("Overtime taxes"),
    "paid_percent": _("Paid"),
}


def _check_assumptions(assumptions: Assumptions) -> None:
    for name in CHOICES:
        _choice(name, getattr(assumptions, name))
    for name in Assumptions.__dataclass_fields__:
        if name.endswith("_percent"):
            _number(
                _SHARES[name],
                getattr(assumptions, name),
                0,
                100,
                _("percent"),
            )
    _whole(_("People listed in a quarter"), assumptions.listed, 0, 100)
    _number(
        _("Equipment money for one officer"),
        assumptions.equipment_usd,
        0,
        int(stated(terms()[EQUIPMENT].amount_usd)),
        _("US dollars"),
    )
    _whole(_("Months of delay"), assumptions.delay_months, 0, 12)
    starts = date.fromisoformat(stated(terms()[PAY].effective_from))
    if (
        type(assumptions.first_quarter) is not date
        or assumptions.first_quarter < starts
        or assumptions.first_quarter.year > 2100
    ):
        raise ImpossibleInput(
            _("The first quarter must be a date from {day} on, when the offer begins; got {found}.").format(
                day=starts, found=assumptions.first_quarter
            )
        )


def _whole(what: str, value, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:
        message = _("{what} must be a whole number from {low} to {high}; got {found}.")
        raise ImpossibleInput(fill(message, what=what, low=low, high=high, found=str(value)))


def _number(what: str, value, low: int, high: int, unit: str) -> Decimal:
    number = _decimal(value)
    if not number.is_finite() or not low <= number <= high or number != round(number, 6):
        message = _("{what} must be a number from {low} to {high} {unit}, with at most six decimals; got {found}.")
        raise ImpossibleInput(fill(message, what=what, low=low, high=high, unit=unit, found=str(value)))
    return number


def _choice(name: str, value) -> None:
    if value not in CHOICES[name]:
        message = _("{what} must be one of {choices}; got {found!r}.")
        raise ImpossibleInput(message.format(what=name, choices=", ".join(map(repr, CHOICES[name])), found=value))


def _decimal(value) -> Decimal:
    """A number as Decimal, a float as it is printed; what is no number becomes NaN, which no range contains."""
    if isinstance(value, bool) or value is None:
        return Decimal("NaN")
    try:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def _cell(value):
    """A cell of the table: blank is None, a number is a Decimal without a decimal point it does not need."""
    if pd.isna(value):
        return None
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() else Decimal(str(value))
    return value
