"""Pictures of the money: who pays whom, what the parts of the offer come to, what the quarterly award steps look like,
and what another shape of award would pay.

Amounts come from the table `incentive_terms`. Lines, dashes and words tell things apart; colour only repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import matplotlib.ticker
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from section287g import tables
from section287g.figures.style import WIDTH, Picture, canvas, inch_canvas
from section287g.incentives import PARTS, Agency, estimate, percent_of, tier, tiers
from section287g.words import _, counted, fill, number

AWARDS = ["dhs_award_none", "dhs_award_t3", "dhs_award_t2", "dhs_award_t1"]
DOCUMENTED, OFFERED = _("rule in force, or sums announced"), _("offered; no list of payments found")
READING = _("our reading: for task force officers only; the release says “287(g) officer”")
READ_SO = "*"  # marks in a picture what READING is about

# Inches.
PAYER, PAYEE = (0.03, 1.13), (3.87, 4.97)  # left and right edges of the boxes
ROW, BOX, HEADING, KEY = 0.74, 0.52, 0.34, 0.98
TEXT, SMALL = 10, 9.5  # points

SHAPES = {"step": _("step"), "flat": _("flat"), "proportional": _("proportional")}
DASH = {"step": "-", "flat": (0, (2, 1.5)), "proportional": (0, (7, 3))}


@dataclass(frozen=True)
class Flow:
    """Money from one hand to another; ``what`` may name amounts of the rows ``terms`` of `incentive_terms` as
    {term_id}.

    READ_SO in ``what`` stands where the model is the book's reading and not in the text of the offer.
    """

    payer: str
    payee: str  # one of WHOM
    what: str
    status: str
    terms: tuple[str, ...]

    def text(self) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: _amount(found[1]), self.what)

    def spoken(self) -> str:
        """The text in one line, with the reading in words instead of its mark."""
        words = self.text().replace("\n", " ")
        return f"{words.replace(READ_SO, '')} ({READING})" if READ_SO in words else words

    def in_words(self) -> str:
        """The flow as a sentence."""
        return _("{payer} to {payee}: {what} ({status}).").format(
            payer=self.payer, payee=WHOM[self.payee], what=self.spoken(), status=self.status
        )


LOCAL = _("Local agency")
# Who receives money: the words in a box, and inside a sentence.
WHOM = {
    LOCAL: _("local agency"),
    _("Its officers"): _("its officers"),
    _("Trainers"): _("trainers"),
    _("Trainees"): _("trainees"),
    _("Some jails"): _("some jails"),
}


ERAS = {
    _("1996 to September 2025"): (
        Flow(
            LOCAL,
            _("Its officers"),
            _("pay, benefits, overtime,\nand cover during training"),
            DOCUMENTED,
            ("base_statute_local_expense", "base_moa_tfm_salary"),
        ),
        Flow("ICE", _("Trainers"), _("instructors, materials"), DOCUMENTED, ("base_moa_tfm_training_travel",)),
        Flow(
            "ICE",
            _("Trainees"),
            _("travel and lodging (warrant\nform: the agency pays)"),
            DOCUMENTED,
            ("base_moa_tfm_training_travel", "base_moa_jem_training_travel", "base_moa_wso_training_travel"),
        ),
        Flow(
            "ICE",
            _("Some jails"),
            _("a daily fee, under a separate\ndetention contract"),
            DOCUMENTED,
            ("base_detention_fee",),
        ),
    ),
    _("Since October 2025, task force model"): (
        Flow(
            LOCAL,
            _("Its officers"),
            _("pay comes first from the\nagency, as the form says"),
            DOCUMENTED,
            ("base_moa_tfm_salary",),
        ),
        Flow(
            "ICE",
            LOCAL,
            _("pay and benefits*; overtime*\nup to {dhs_overtime_cap} of salary"),
            OFFERED,
            ("dhs_salary_benefits", "dhs_overtime_cap"),
        ),
        Flow(
            "ICE",
            LOCAL,
            _("award: {dhs_award_t3} to {dhs_award_t1} an\nofficer and quarter"),
            OFFERED,
            ("dhs_award_t3", "dhs_award_t2", "dhs_award_t1"),
        ),
        Flow(
            "ICE",
            LOCAL,
            _("once, from September 2025: {ice_equipment}\nan officer, {ice_vehicles} for vehicles"),
            DOCUMENTED,
            ("ice_equipment", "ice_vehicles", "paid_fl_local", "paid_fl_state"),
        ),
        Flow(
            _("Some states"),
            LOCAL,
            _("grants (Florida, Texas,\nTennessee)"),
            DOCUMENTED,
            ("fl_grant_pot", "tx_grant_lt100k", "tn_grants"),
        ),
    ),
}


def _terms() -> pd.DataFrame:
    return tables.load("incentive_terms").set_index("term_id")


def _amount(term: str) -> str:
    """Dollars of a term, or its share in percent, as written in a picture."""
    row = _terms().loc[term]
    return f"{float(row['percent']):.0f}%" if pd.isna(row["amount_usd"]) else dollars(row["amount_usd"])


def dollars(amount) -> str:
    """An amount in whole US dollars as written: $7,500."""
    return f"${number(amount)}"


def _checked(terms: list[str]) -> str:
    """When the rows of these terms were last compared with their sources."""
    return fill(_("last checked {day}"), day=tables.last_checked(_terms().loc[terms]))


def _sources(terms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_terms().loc[terms, "source_key"]))


# --- who pays whom ---


def _money_flows(colours: dict[str, str]) -> Picture:
    """One row for each flow: payer, arrow with what for, payee; one block for each era."""
    flows = [(era, flow) for era, rows in ERAS.items() for flow in rows]
    terms = [term for era, flow in flows for term in flow.terms]
    height = ROW * len(flows) + HEADING * len(ERAS) + KEY
    figure, axes = inch_canvas(height)
    top = height
    for era, rows in ERAS.items():
        axes.text(PAYER[0], top - 0.08, era, va="top", size=TEXT + 1, weight="bold")
        top -= HEADING
        for flow in rows:
            _draw_flow(axes, flow, top - ROW / 2, colours)
            top -= ROW
    _draw_key(axes, colours)
    return Picture(
        figure,
        _(
            "Before October 2025 the agency bore its officers' pay; since then federal money is offered to repay it (in"
            " our reading, for task forces only)"
        ),
        " ".join(f"{era}. {' '.join(flow.in_words() for flow in rows)}" for era, rows in ERAS.items()),
        pd.DataFrame(
            {
                _("Time"): [era for era, flow in flows],
                _("Who pays"): [flow.payer for era, flow in flows],
                _("Whom"): [flow.payee for era, flow in flows],
                _("What for"): [flow.spoken() for era, flow in flows],
                _("What stands behind it"): [flow.status for era, flow in flows],
            }
        ),
        "; ".join([_("law of 1996; forms of 2020 and 2025; offer of September 2, 2025"), _checked(terms)]),
        _(
            "flows of money; the arrows do not show amounts; that the offer of pay is for task forces only is our"
            " reading"
        ),
        _sources(terms),
    )


def _draw_flow(axes: Axes, flow: Flow, middle: float, colours: dict[str, str]) -> None:
    for (left, right), word, face in ((PAYER, flow.payer, colours["raised"]), (PAYEE, flow.payee, "none")):
        axes.add_patch(
            FancyBboxPatch(
                (left, middle - BOX / 2),
                right - left,
                BOX,
                boxstyle="round,pad=0,rounding_size=0.06",
                facecolor=face,
                edgecolor=colours["ink"],
                linewidth=1.2,
            )
        )
        axes.text(
            (left + right) / 2, middle, word.replace(" ", "\n", 1), ha="center", va="center", size=TEXT, linespacing=1.1
        )
    _arrow(axes, PAYER[1] + 0.06, PAYEE[0] - 0.06, middle - 0.17, flow.status, colours)
    axes.text(
        (PAYER[1] + PAYEE[0]) / 2,
        middle - 0.09,
        flow.text(),
        ha="center",
        va="bottom",
        size=TEXT,
        linespacing=1.15,
        parse_math=False,
    )


def _arrow(axes: Axes, left: float, right: float, y: float, status: str, colours: dict[str, str]) -> None:
    dashes = "-" if status == DOCUMENTED else (0, (4, 3))
    colour = colours["ink"] if status == DOCUMENTED else colours["accent"]
    axes.plot([left, right - 0.08], [y, y], color=colour, linestyle=dashes, linewidth=2)
    axes.add_patch(
        FancyArrowPatch(
            (right - 0.12, y), (right, y), arrowstyle="-|>", mutation_scale=14, color=colour, shrinkA=0, shrinkB=0
        )
    )


def _draw_key(axes: Axes, colours: dict[str, str]) -> None:
    for place, status in enumerate((DOCUMENTED, OFFERED)):
        y = KEY - 0.2 - 0.23 * place
        _arrow(axes, 0.05, 0.7, y, status, colours)
        axes.text(0.82, y, status, va="center", size=TEXT)
    axes.text(PAYER[0], KEY - 0.58, f"{READ_SO} {READING}".replace("; ", ";\n"), va="top", size=TEXT, linespacing=1.2)


# --- the parts of the offer, in one example ---

EXAMPLE = Agency(officers=20, base_pay_usd=75_000, benefits_percent=45, overtime_percent=30, located_percent=(95,) * 4)
PART_NAMES = {
    "pay": _("Pay and benefits"),
    "overtime": _("Overtime"),
    "award": _("Awards"),
    "equipment": _("Equipment"),
    "vehicles": _("Vehicles"),
}
PART_TERMS = ("dhs_salary_benefits", "dhs_overtime_cap", "dhs_award_t1", "ice_equipment", "ice_vehicles")


def _offer_parts(colours: dict[str, str]) -> Picture:
    """One bar for each part of the offer: what the published words come to for EXAMPLE in the first year."""
    found = estimate(EXAMPLE)
    sums = {part: found.part_usd(part) for part in PARTS}
    shares = {part: f"{percent_of(usd, found.first_year_usd)}%" for part, usd in sums.items()}
    figure, axes = canvas(2.7, left=0.27, right=0.98, top=0.98, bottom=0.19)
    places = range(len(sums))
    axes.barh(places, [float(usd) for usd in sums.values()], height=0.6, color=colours["accent"])
    for place, (part, usd) in zip(places, sums.items(), strict=True):
        axes.annotate(
            f"{dollars(usd)} ({shares[part]})",
            (float(usd), place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            parse_math=False,
        )
    axes.set(
        xlim=(0, 1.8 * float(max(sums.values()))),
        yticks=places,
        yticklabels=[PART_NAMES[part] for part in sums],
        xlabel=_("US dollars in the first year"),
    )
    axes.xaxis.set_major_formatter(_millions)
    axes.xaxis.set_major_locator(matplotlib.ticker.MultipleLocator(1_000_000))
    axes.grid(False)
    axes.invert_yaxis()
    once = sums["equipment"] + sums["vehicles"]
    return Picture(
        figure,
        _("In this example, pay and benefits are {pay} of what the offer adds up to, and awards are {award}").format(
            **shares
        ),
        " ".join(
            [
                fill(
                    _(
                        "An example, not a record of payments: an invented agency with {officers} new task force"
                        " officers, base pay of ${pay}, benefits of {benefits} percent, overtime at the ceiling and the"
                        " top award in every quarter. First year {whole}, of which {once} comes once."
                    ),
                    officers=EXAMPLE.officers,
                    pay=EXAMPLE.base_pay_usd,
                    benefits=EXAMPLE.benefits_percent,
                    whole=dollars(found.first_year_usd),
                    once=dollars(once),
                ),
                *(f"{PART_NAMES[part]}: {dollars(usd)}, {shares[part]}." for part, usd in sums.items()),
                _(
                    "Only the awards depend on results. That the offer of pay is for task force officers only is our"
                    " reading."
                ),
            ]
        ),
        pd.DataFrame(
            {
                _("Part of the offer"): [PART_NAMES[part] for part in sums],
                _("Dollars in the first year"): [number(usd) for usd in sums.values()],
                _("Share of the first year"): list(shares.values()),
                _("When"): [_("once") if part in ("equipment", "vehicles") else _("each year") for part in sums],
                _("Depends on results"): [_("yes") if part == "award" else _("no") for part in sums],
            }
        ),
        "; ".join(
            [
                _(
                    "offer of September 2, 2025, and one-time money as stated in September and October 2025; no later"
                    " change found"
                ),
                _checked(list(PART_TERMS)),
            ]
        ),
        _(
            "US dollars in the first year, if everything offered were paid; pay and overtime of the agency are made up;"
            " that the pay is for task forces only is our reading"
        ),
        _sources(list(PART_TERMS)),
    )


def _millions(dollars: float, _place: int) -> str:
    return fill(_("${n} million"), n=f"{dollars / 1_000_000:g}") if dollars else "$0"


# --- the steps of the award ---


def _tiers() -> pd.DataFrame:
    """The published tiers, lowest first: columns low, high (percent located, whole numbers), award (US dollars per
    officer and quarter)."""
    rows = [
        (float(tier.located_share_min), float(tier.located_share_max), float(tier.amount_usd))
        for tier in reversed(tiers())
    ]
    return pd.DataFrame(rows, columns=["low", "high", "award"])


def step_award(share: float) -> float:
    """US dollars per eligible officer and quarter at ``share`` percent located, if a tier must be reached in full (no
    rounding up)."""
    return float(tier(share).amount_usd)


def _award_steps(colours: dict[str, str]) -> Picture:
    steps = _tiers()
    rises = steps["award"].diff().fillna(0)
    figure, axes = canvas(4.0, left=0.13, right=0.97, top=0.96, bottom=0.14)
    ends = [*steps["low"].iloc[1:], 100.0]
    for low, end, award in zip(steps["low"], ends, steps["award"], strict=True):
        axes.plot([low, end], [award, award], color=colours["accent"], linewidth=3, solid_capstyle="butt")
    for step, rise in zip(steps.iloc[1:].itertuples(), rises.iloc[1:], strict=True):
        below = step.award - rise
        axes.plot([step.low, step.low], [below, step.award], color=colours["ink"], linestyle=(0, (2, 2)), linewidth=1.4)
        axes.plot(
            step.low,
            below,
            marker="o",
            markersize=7,
            markerfacecolor=colours["surface"],
            color=colours["accent"],
            markeredgewidth=1.6,
        )
        axes.plot(step.low, step.award, marker="o", markersize=7, color=colours["accent"])
        axes.annotate(
            fill(_("at {percent}%: +{rise}"), percent=round(step.low), rise=dollars(rise)),
            (step.low, step.award),
            xytext=(-8, 1),
            textcoords="offset points",
            ha="right",
            va="center",
            weight="bold",
            parse_math=False,
        )
    axes.annotate(_("no award listed"), (35, 0), xytext=(0, 8), textcoords="offset points", ha="center")
    axes.set(
        xlim=(0, 102),
        ylim=(-40, 1090),
        xlabel=_("People located, percent of ICE's list for the quarter"),
        xticks=[0, 20, 40, 60, 70, 80, 90, 100],
    )
    axes.yaxis.set_major_formatter(lambda value, _place: dollars(value))
    jumps = ", ".join(dollars(rise) for rise in rises.iloc[1:])
    return Picture(
        figure,
        counted(
            "The award rises in {n} jump, of {jumps} for each officer, and is flat in between",
            "The award rises in {n} jumps, of {jumps} for each officer, and is flat in between",
            len(rises) - 1,
            jumps=jumps,
        ),
        " ".join(
            [
                _(
                    "Award in dollars per eligible task force officer and quarter, by the share of people on ICE's list"
                    " who were located."
                ),
                *(
                    fill(
                        _("From {low} to {high} percent: {award}."),
                        low=round(low),
                        high=round(high),
                        award=dollars(award),
                    )
                    for low, high, award in steps.itertuples(index=False)
                ),
                _(
                    "Each jump is drawn at the first whole percent of its tier; what counts between two printed numbers"
                    " is not defined."
                ),
            ]
        ),
        pd.DataFrame(
            {
                _("Located, percent"): [
                    fill(_("{low} to {high}"), low=round(low), high=round(high))
                    for low, high in zip(steps["low"], steps["high"], strict=True)
                ],
                _("Award, dollars"): [number(award) for award in steps["award"]],
                _("More than the tier below"): [number(rise) for rise in rises],
            }
        ),
        "; ".join([_("offer of September 2, 2025, from October 1, 2025; no later change found"), _checked(AWARDS)]),
        _("US dollars per eligible task force officer and quarter"),
        _sources(AWARDS),
    )


# --- another shape for the same budget ---


def equal_budget(lowest: float) -> tuple[float, float]:
    """The flat award and the proportional award at 100 percent (US dollars per officer and quarter) that cost what the
    steps cost.

    Assumes that every located share from ``lowest`` to 100 percent is equally likely.
    """
    steps = _tiers()
    ends = [*steps["low"].iloc[1:], 100.0]
    spent = sum(
        max(0.0, end - max(low, lowest)) * award
        for low, end, award in zip(steps["low"], ends, steps["award"], strict=True)
    )
    flat = spent / (100 - lowest)
    return flat, flat / ((lowest + 100) / 2) * 100


def _step_flat_proportional(colours: dict[str, str]) -> Picture:
    first_tier = float(_tiers()["low"].iloc[1])
    figure = Figure(figsize=(WIDTH, 6.6))
    cases = {
        "A": (_("A. Any share from 0 to 100 percent is equally likely"), 0.0),
        "B": (
            fill(_("B. Any share from {low} to 100 percent is equally likely"), low=round(first_tier)),
            first_tier,
        ),
    }
    rows, words = [], []
    for place, (letter, (name, lowest)) in enumerate(cases.items()):
        axes = figure.add_axes((0.13, 0.60 - 0.51 * place, 0.84, 0.335))
        flat, full = equal_budget(lowest)
        _draw_shapes(axes, lowest, flat, full, colours)
        axes.set_title(name, loc="left", fontsize=10, fontweight="bold")
        words.append(
            _(
                "{case}: the steps cost {flat} an officer and quarter on average, so the flat award is {flat} and the"
                " proportional one reaches {full} at 100 percent."
            ).format(case=name, flat=dollars(flat), full=dollars(full))
        )
        for share in [value for value in (0, 35, 69, 70, 80, 90, 100) if value >= lowest]:
            rows.append((letter, f"{share}", number(step_award(share)), number(flat), number(full * share / 100)))
    return Picture(
        figure,
        _("Illustration: for the same budget, steps pay more at the top and nothing below the first step"),
        " ".join(
            [
                _(
                    "An illustration, not data. Award in dollars per officer and quarter by the share located, for"
                    " three shapes with the same budget."
                ),
                *words,
            ]
        ),
        pd.DataFrame(
            rows,
            columns=[
                _("Case"),
                _("Located, percent"),
                _("Step award, dollars"),
                _("Flat award, dollars"),
                _("Proportional award, dollars"),
            ],
        ),
        _(
            "steps as offered on September 2, 2025, {checked}; flat and proportional awards are made up for comparison"
        ).format(checked=_checked(AWARDS)),
        _("US dollars per officer and quarter"),
        _sources(AWARDS),
    )


def _draw_shapes(axes: Axes, lowest: float, flat: float, full: float, colours: dict[str, str]) -> None:
    shares = [share / 10 for share in range(int(lowest * 10), 1001)]
    curves = {
        "step": [step_award(share) for share in shares],
        "flat": [flat] * len(shares),
        "proportional": [full * share / 100 for share in shares],
    }
    tones = {"step": colours["accent"], "flat": colours["ink"], "proportional": colours["warrant"]}
    for name, values in curves.items():
        axes.plot(
            shares,
            values,
            color=tones[name],
            linestyle=DASH[name],
            linewidth=2.6 if name == "step" else 1.8,
            label=SHAPES[name],
        )
    axes.legend(loc="upper left" if lowest == 0 else "lower right", handlelength=3.2, borderaxespad=0.1)
    axes.set(xlim=(lowest, 101), ylim=(-30, 1090), xlabel=_("People located, percent of the list"))
    axes.yaxis.set_major_formatter(lambda value, _place: dollars(value))


DRAWERS: dict[str, Callable[..., Picture]] = {
    "money_flows": _money_flows,
    "offer_parts": _offer_parts,
    "award_steps": _award_steps,
    "step_flat_proportional": _step_flat_proportional,
}
