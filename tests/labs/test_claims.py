"""Checks of lab 05: wrong answers get a sentence that helps and does not give the answer away."""

import pandas as pd

from section287g import claims, counts, labs
from section287g.labs.claims import WHY

COUNTED = counts.over_time()
FLORIDA = counts.over_time("FL")
NEWEST = counts.newest("ice_workbook")["list"]
COPIED = claims.share(counts.newest()["list"])  # another list than ours as long as a copy is the newest
SHARES = (100 * FLORIDA["task_force"] / COUNTED["task_force"].where(COUNTED["task_force"] > 0)).dropna()
GOOD = "ICE's list of February 13, 2026 shows 1,133 agreements signed in 2025."


def change(start, end, unit):
    before, after = (claims.count(claims.standing(day), unit) for day in (start, end))
    return 100 * (after - before) / before


def lists_with_share(percent):
    return list(SHARES.index[SHARES.round(1) == percent])


def stops(*arguments):
    raise ZeroDivisionError("division by zero")


def counts_of(start, end, unit):
    return [claims.count(claims.standing(day), unit) for day in (start, end)]


def all_models(percent):
    shares = 100 * FLORIDA["agreements"] / COUNTED["agreements"]
    return list(shares.index[shares.round(1) == percent])


VERDICTS = claims.tables.load("claims")["verdict"]
BEFORE, AFTER = (claims.count(claims.standing(day), "agencies") for day in ("2025-01-20", "2025-09-17"))
# Exercise -> answers that are right.
RIGHT = {
    "imprecise": [(VERDICTS == "imprecise").sum()],
    "agencies_growth": [change("2025-01-20", "2025-09-17", "agencies"), "524.8%"],
    "other_release": [608.9, claims.growth(claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON, "agreements")],
    "signed_in_2026": [claims.signed_on_list(2026, claims.FEBRUARY_13)],
    "florida_share": [round(claims.share(NEWEST), 1), f"{claims.share(NEWEST):.1f}%", claims.share(NEWEST)],
    "change": [change],
    "lists_with_share": [lists_with_share, lambda percent: pd.Index(lists_with_share(percent))],
    "careful_sentence": [
        GOOD,
        "On ICE's 287(g) list of 2/13/2026, more than 1,130 agreements carry a date of signing in 2025.",
        "ICE's list of 18 May 2026 still shows 1113 agreements that were signed in 2025.",
        "ICE's list of Feb. 13, 2026 has 147 agreements signed in 2026 and 1,133 signed in 2025.",
    ],
    "agencies_rise": [525, "524.8", "525%", "525 percent"],
    "why_two_percentages": [WHY[0]],
}
# Exercise -> (wrong answer, part of the hint).
WRONG = {
    "imprecise": [
        (len(VERDICTS), "all claims"), (0, "small letters"), ((VERDICTS == "accurate").sum(), "accurate ones"),
        (7, "sum() counts"),
    ],
    "agencies_growth": [
        ((AFTER - BEFORE) / BEFORE, "fraction"),
        (change("2025-01-20", "2025-09-17", "agreements"), "growth of agreements"),
        (100 * AFTER / BEFORE, "end as percent of the start"), (100 * (AFTER - BEFORE) / AFTER, "divide by the end"),
        (AFTER - BEFORE, "how many agencies more"), (7, "before and after"),
    ],
    "other_release": [
        (640.7, "first release"),
        (claims.growth(claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON, "agencies"), "count agencies"), (6.09, "fraction"),
        (7, "menu To"),
    ],
    "signed_in_2026": [
        (1_133, "Change the year"), (claims.count(claims.FEBRUARY_13), "all agreements on that list"),
        (7, "claims.standing"), (claims.FEBRUARY_13, "one number"),
    ],
    "florida_share": [
        (..., "replace the three dots"), ("much", "one number of percent"), (True, "one number of percent"),
        (claims.share(NEWEST) / 100, "That is a fraction"), (42.4, "the claim's own number"),
        (claims.share(NEWEST, model="all"), "all three models"),
        *([(COPIED, "another project's copy")] if abs(COPIED - claims.share(NEWEST)) > 0.1 else []),
        (274, "only the number of Florida's"), (10_000 / claims.share(NEWEST), "the whole by the part"),
        (50, "two counts from the same list"),
    ],
    "change": [
        (5, "The answer is a function"), (stops, "stops with ZeroDivisionError"),
        (lambda start, end, unit: None, "gives nothing back"), (lambda start, end, unit: "up", "a number of percent"),
        (lambda *span: change(*span) / 100, "That is a fraction"),
        (lambda *span: change(*span) / 100 + 1, "how many times as many"),
        (lambda *span: change(*span) + 100, "share of the start"),
        (lambda *span: -change(*span), "The sign is the wrong way"),
        (
            lambda start, end, unit: 100 * (1 - counts_of(start, end, unit)[0] / counts_of(start, end, unit)[1]),
            "divide by the end",
        ),
        (
            lambda start, end, unit: counts_of(start, end, unit)[1] - counts_of(start, end, unit)[0],
            "Divide it by the start",
        ),
        (lambda start, end, unit: change(start, end, "agreements"), "change in agreements"),
        (lambda *span: 17, "Take the difference"),
    ],
    "lists_with_share": [
        ("2025-09-02-am", "The answer is a function"), (stops, "leave them out"),
        (lambda percent: None, "gives nothing back"), (lambda percent: 3, "a list of keys"),
        (all_models, "The claim is about the Task Force Model"),
        (lambda percent: list(SHARES.index[percent == SHARES]), "round it before"),
        (lambda percent: list(SHARES.index[SHARES.round() == round(percent)]), "round too far"),
        (lambda percent: lists_with_share(percent)[::-1], "order of time"),
        (lambda percent: list(COUNTED.loc[lists_with_share(percent), "date"]), "by their keys"),
        (lambda percent: [NEWEST], "Go through all of them"),
    ],
    "careful_sentence": [
        (1133, "sentence in quotation marks"), ("1,133 agreements.", "one whole sentence"),
        (
            "ICE's list now shows 1,133 agreements signed in 2025, as of February 13, 2026.",
            '"now" means something else',
        ),
        ("ICE's list of February 13, 2026 shows very many agreements signed in 2025.", "no count"),
        ("ICE's list of February 13, 2026 shows 1,133 agencies that signed in 2025.", "one agency may hold several"),
        ("ICE's list of February 13, 2026 shows 1,133 that were signed in 2025.", "Name the unit"),
        ("ICE's list of February 13, 2026 shows 1,133 agreements of the year 2025.", "date of signing"),
        ("ICE's list of February 13, 2026 shows 1,133 agreements that were signed last spring.", "In which year"),
        ("ICE's list of early 2026 shows 1,133 agreements signed in 2025.", "month, day and year"),
        ("On February 13, 2026 there were 1,133 agreements with ICE signed in 2025.", "Where were they counted"),
        ("A list of February 13, 2026 shows 1,133 agreements signed in 2025.", "Whose list"),
        ("ICE's list of February 13, 2026 shows a staggering 1,133 agreements signed in 2025.", '"staggering" judges'),
        ("ICE's list of February 13, 2026 shows 1,131 agreements signed in 2025.", "gives another number"),
        ("ICE's list of May 18, 2026 shows 1,133 agreements signed in 2025.", "May 18, 2026 gives another number"),
        ("ICE's list of February 13, 1999 shows 1,133 agreements signed in 2025.", "No list of that day"),
        ("ICE's list of February 31, 2026 shows 1,133 agreements signed in 2025.", "No list of that day"),
    ],
    "agencies_rise": [
        ("a lot", "a percentage"), (641, "rise in agreements"), ("640.7%", "rise in agreements"),
        (500, "up to September 2"), (831, "how many agencies"), (12, "Set the three menus"),
    ],
    "why_two_percentages": [
        (WHY[1], "Look at the unit"), (WHY[2], "same list"), (WHY[3], "Does the list give both"),
        ("Because", "Choose one"),
    ],
}  # fmt: skip


# Exercise -> texts that give its answer away.
SECRETS = {
    "florida_share": ["23.6"],
    "lists_with_share": [claims.DECEMBER_5],
    "careful_sentence": ["1,133", "1133"],
    "agencies_rise": ["524.8", "525"],
    "why_two_percentages": [WHY[0]],
}


def test_a_good_sentence_lacks_nothing_and_every_part_counts():
    assert labs.check("careful_sentence", GOOD).right
    for part in ("ICE's ", "list ", "February 13, 2026", "1,133 ", "agreements ", "signed ", "in 2025"):
        assert not labs.check("careful_sentence", GOOD.replace(part, "")).right, part
