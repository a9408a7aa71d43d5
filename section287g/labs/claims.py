"""Checks of lab 05, checking claims."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from section287g import claims, counts, tables
from section287g.labs.verdict import FRACTION, Verdict, hinted, no_function, number_of, one_number, short, wrong_type
from section287g.labs.words import any_of, days
from section287g.words import _, counted, fill

WHY = (
    _("Fifteen days passed between the two"),
    _("One counts agencies, the other agreements"),
    _("They begin at different lists"),
    _("One of them was made up"),
)


def _newest() -> str:
    return str(counts.newest("ice_workbook")["list"])


def _check_imprecise(answer: object) -> Verdict:
    """How many claims of the five texts were found imprecise."""
    verdicts = tables.load("claims")["verdict"]
    mistakes = {
        len(verdicts): _("These are all claims. Keep those whose verdict is imprecise."),
        0: _("Nothing was found. Is the word written as in the column, in small letters?"),
        int((verdicts == "accurate").sum()): _("These are the accurate ones."),
    }
    return one_number(
        answer,
        int((verdicts == "imprecise").sum()),
        fill(
            _("{n} are contradicted. Imprecise is something else than false."),
            n=int((verdicts == "contradicted").sum()),
        ),
        mistakes,
        _('Compare traced["verdict"] with "imprecise"; sum() counts the True.'),
    )


def _check_agencies_growth(answer: object) -> Verdict:
    """Growth of agencies in percent from January 20 to September 17, 2025."""
    start, end = (claims.count(claims.standing(day), "agencies") for day in ("2025-01-20", "2025-09-17"))
    right = 100 * (end - start) / start
    mistakes = {
        right / 100: FRACTION,
        claims.growth(claims.BEFORE, claims.SEPTEMBER_17, "agreements"): _(
            "That is the growth of agreements. Use the column agencies."
        ),
        100 * end / start: _("That is the end as percent of the start. Take the start away first."),
        100 * (end - start) / end: _("You divide by the end. Growth is measured against the start."),
        end - start: _("That is how many agencies more. Divide by the start, and multiply by 100."),
    }
    return one_number(
        answer,
        right,
        _("Agencies grew less than agreements, because more of them hold a second agreement."),
        mistakes,
        _('Take before and after from two.loc[start, "agencies"] and two.loc[end, "agencies"].'),
    )


def _check_other_release(answer: object) -> Verdict:
    """The growth of agreements on the list that gives 609 percent."""
    mistakes = {
        claims.growth(claims.BEFORE, claims.SEPTEMBER_17, "agreements"): _(
            'That is the "641%" of the first release. The other one spoke earlier in September.'
        ),
        claims.growth(claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON, "agencies"): _(
            "You count agencies. The release counted agreements."
        ),
        6.09: FRACTION,
    }
    return one_number(
        answer,
        claims.growth(claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON, "agreements"),
        _("The list of that afternoon gives it, rounded. Only the end of the count moved."),
        mistakes,
        _("Try the lists of September in the menu To; the names of the lists stand in the cell of days above."),
    )


def _check_signed_in_2026(answer: object) -> Verdict:
    """Agreements on the list of February 13, 2026 that were signed in 2026."""
    mistakes = {
        claims.signed_on_list(2025, claims.FEBRUARY_13): _("These were signed in 2025. Change the year."),
        claims.signed_on_list(2026, _newest()): _("That is another list. The question is about February 13, 2026."),
        claims.count(claims.FEBRUARY_13): _("These are all agreements on that list."),
    }
    return one_number(
        answer,
        claims.signed_on_list(2026, claims.FEBRUARY_13),
        _('In a text of February 2026, "this year" means these. Its number is that of 2025.'),
        mistakes,
        _('claims.signed_on_list takes the year and the key of the list: claims.standing("2026-02-13").'),
    )


def _check_florida_share(answer: object) -> Verdict:
    """Florida's percentage of the task force agreements on ICE's newest workbook, to one decimal."""
    number = number_of(answer)
    if number is None:
        return wrong_type(_("The answer is one number of percent. What you have is of type {type}: {value}"), answer)
    newest = _newest()
    expected = claims.share(newest)
    if abs(number - expected) < 0.051:
        florida, whole = (claims.count(newest, model="task_force", state=state) for state in ("FL", None))
        return Verdict(
            True,
            fill(
                _("{florida} of {whole} on {day}: two numbers and a day, which is how a share should be given."),
                florida=florida,
                whole=whole,
                day=_day(newest),
            ),
        )
    copy = str(counts.newest()["list"])
    mistakes = {
        expected / 100: FRACTION,
        10_000 / expected: _("You divide the whole by the part. It is the part over the whole."),
        claims.share(newest, model="all"): _(
            "That is Florida's share of all three models together. The claim speaks of the Task Force Model."
        ),
        claims.share(claims.DECEMBER_5): (
            _(
                "That is the claim's own number and its own day. Take ICE's newest list here, and see"
                " what became of the share."
            )
        ),
        claims.share(copy): _("That is another project's copy, not ICE's own newest list."),
        claims.count(newest, model="task_force", state="FL"): _(
            "That is only the number of Florida's agreements. Divide it by all task force agreements on the same list."
        ),
    }
    return hinted(
        number,
        mistakes,
        _("A share needs two counts from the same list: Florida's task force agreements, and those of all states."),
    )


# Start, end, unit: rises, a fall, both units, a start other than 2025.
_SPANS = [
    ("2025-01-20", "2025-09-02", "agencies"),
    ("2025-01-20", "2025-09-17", "agreements"),
    ("2021-01-20", "2025-09-17", "agreements"),
    ("2021-01-13", "2024-12-31", "agreements"),
]


def _check_change(answer: object) -> Verdict:
    """A function (start, end, unit) -> change in percent between the lists that stood on two days."""
    if not callable(answer):
        return no_function(answer)
    for start, end, unit in _SPANS:
        called = f'change("{start}", "{end}", "{unit}")'
        try:
            found = answer(start, end, unit)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                fill(
                    _(
                        "{called} stops with {kind}: {error}. Days need the list that stood on them:"
                        " claims.standing(day)."
                    ),
                    called=called,
                    kind=type(error).__name__,
                    error=error,
                ),
            )
        if found is None or found is ...:
            return Verdict(
                False,
                _("Your function gives nothing back yet: its last line should be return and a number of percent."),
            )
        number = number_of(found)
        if number is None:
            return Verdict(
                False,
                fill(_("{called} should be a number of percent; it is {value}."), called=called, value=short(found)),
            )
        before, after = (claims.count(claims.standing(day), unit) for day in (start, end))
        if abs(number - 100 * (after - before) / before) >= 0.051:
            return Verdict(
                False,
                fill(
                    _("{called} is not right yet. {hint}"), called=called, hint=_change_hint(number, start, end, unit)
                ),
            )
    return Verdict(
        True,
        _("It works for rises and for a fall, in both units. Three choices hide in a percentage: start, end, unit."),
    )


def _change_hint(number: float, start: str, end: str, unit: str) -> str:
    before, after = (claims.count(claims.standing(day), unit) for day in (start, end))
    other = "agencies" if unit == "agreements" else "agreements"
    low, high = (claims.count(claims.standing(day), other) for day in (start, end))
    mistakes = {
        (after - before) / before: FRACTION,
        after / before: (
            _("That is how many times as many. Subtract 1 to get the change, and multiply by 100 for percent.")
        ),
        100 * after / before: (
            _("That is the end as a share of the start. What was already there is not a change, so subtract it.")
        ),
        100 * (after - before) / after: _("You divide by the end. A change is measured against the start."),
        100 * (before - after) / before: _(
            "The sign is the wrong way around. A rise is positive, so subtract the start from the end."
        ),
        after - before: _("That is the difference. Divide it by the start."),
        100 * (high - low) / low: IN_OTHER_UNIT[other],
    }
    return hinted(
        number,
        mistakes,
        fill(LISTED[unit], before=before, after=after),
    ).message


LISTED = {
    "agreements": _(
        "On the first day {before} agreements were listed, on the last day {after}. Take the difference, divided by the"
        " start."
    ),
    "agencies": _(
        "On the first day {before} agencies were listed, on the last day {after}. Take the difference, divided by the"
        " start."
    ),
}
IN_OTHER_UNIT = {
    "agreements": _("That is the change in agreements. The third argument names what to count."),
    "agencies": _("That is the change in agencies. The third argument names what to count."),
}


_PERCENTAGES = (37.0, 42.4, 50.4, 10.0)  # three lists, one, three, none


def _check_lists_with_share(answer: object) -> Verdict:
    """A function (percent) -> keys of the lists on which Florida's part of the task force agreements rounds to it, in
    time order."""
    if not callable(answer):
        return no_function(answer)
    for percent in _PERCENTAGES:
        called = f"lists_with_share({percent})"
        try:
            found = answer(percent)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            said = (
                _(
                    "{called} stops with {kind}: {error}. The lists before February 2025 hold no task force agreement:"
                    " leave them out."
                )
                if isinstance(error, (ValueError, ZeroDivisionError))
                else _("{called} stops with {kind}: {error}.")
            )
            return Verdict(False, fill(said, called=called, kind=type(error).__name__, error=error))
        if found is None or found is ...:
            return Verdict(
                False, _("Your function gives nothing back yet: its last line should be return and a list of keys.")
            )
        if not isinstance(found, (list, tuple, pd.Index, pd.Series)):
            return Verdict(
                False,
                fill(
                    _("{called} should be a list of keys such as 2025-09-02-am; it is {value}."),
                    called=called,
                    value=short(found),
                ),
            )
        if list(found) != _with_share(percent, "task_force"):
            return Verdict(
                False,
                fill(_("{called} is not right yet. {hint}"), called=called, hint=_share_hint(list(found), percent)),
            )
    return Verdict(True, _("One of these figures fits a single list. That is how a text without a date can be dated."))


def _with_share(percent: float, model: str, decimals: int = 1) -> list[str]:
    """Keys of the lists where Florida's share of this model, rounded, is ``percent`` rounded the same way."""
    over_time, florida = counts.over_time(), counts.over_time("FL")
    column = "agreements" if model == "all" else model
    shares = 100 * florida[column] / over_time[column].where(over_time[column] > 0)
    return list(shares.index[shares.round(decimals) == round(percent, decimals)])


def _share_hint(found: list, percent: float) -> str:
    expected = _with_share(percent, "task_force")
    lists = tables.load("lists")
    if expected and not found:
        return _(
            "You found no list. Hardly any share equals a number with one decimal exactly: round it before you compare."
        )
    if found == _with_share(percent, "all"):
        return _("You divide all of Florida's agreements by all agreements. The claim is about the Task Force Model.")
    if found == _with_share(percent, "task_force", decimals=0):
        return _("You round too far. The share should be the same at one decimal.")
    if sorted(map(str, found)) == sorted(expected):
        return _("The lists are right. Now put them in order of time.")
    if expected and not set(map(str, found)) <= set(lists["list"]):
        return _("The answer names lists by their keys, as the index of counted does.")
    return counted(
        "You found {n} list. Go through all of them, take Florida's share on each, and keep those where it rounds to"
        " the percentage.",
        "You found {n} lists. Go through all of them, take Florida's share on each, and keep those where it rounds to"
        " the percentage.",
        len(found),
    )


_MOVING = any_of(
    _("this year | last year | this month | now | currently | today | so far | recently | at present | to date")
)
_JUDGING = any_of(
    _(
        "surg… | soar… | skyrocket… | explod… | staggering | massive… | whopping | only | merely"
        " | shocking… | dramatic… | unprecedented"
    )
)
_AGREEMENT = any_of(_("agreement | agreements"))
_SIGNED = any_of(_("sign…"))
_LIST = any_of(_("list | workbook | spreadsheet"))
_ICE = any_of(_("ICE | Immigration and Customs Enforcement"))
_OTHER_UNIT = any_of(_("agenc… | department… | sheriff… | partner…"))
_ABOUT = any_of(_("more than | over | at least | about"))


def _check_careful_sentence(answer: object) -> Verdict:
    """A sentence on how many agreements were signed in a year: number, unit, year, day of the list, list, whose it
    is."""
    if not isinstance(answer, str):
        return wrong_type(
            _("The answer is a sentence in quotation marks. What you have is of type {type}: {value}"), answer
        )
    sentence = " ".join(answer.split())
    rest = sentence
    for written, _day in days(sentence):
        rest = rest.replace(written, " ")
    missing = _what_is_missing(sentence, rest)
    return Verdict(False, missing) if missing else _against_the_list(sentence, rest)


def _what_is_missing(sentence: str, rest: str) -> str:
    """A hint at the first thing that the sentence lacks, "" if it has all; ``rest`` is the sentence without its full
    dates."""
    moving, judging = _MOVING.search(sentence), _JUDGING.search(sentence)
    rules = [
        (len(sentence.split()) >= 8, _("A few words cannot say it all. Write one whole sentence.")),
        (
            not moving,
            fill(
                _('"{words}" means something else to every reader. Write the year, or the day.'),
                words=moving and moving[0],
            ),
        ),
        (_numbers(rest), _("How many? Your sentence has no count.")),
        (_AGREEMENT.search(sentence), _unit_hint(sentence)),
        (
            _SIGNED.search(sentence),
            (
                _(
                    "What happened to these agreements in that year? The list gives the date of signing,"
                    " so say that they were signed."
                )
            ),
        ),
        (_years(rest), _("In which year were they signed? Write the year as a number.")),
        (
            days(sentence),
            _("When were they counted? The list is replaced often, so give its month, day and year."),
        ),
        (
            _LIST.search(sentence),
            _("Where were they counted? Name the list, so that a reader can open it."),
        ),
        (
            _ICE.search(sentence),
            _("Whose list? A reader who wants to check has to know the source."),
        ),
        (
            not judging,
            fill(
                _('"{words}" judges before the reader has seen the number. Let the number speak.'),
                words=judging and judging[0],
            ),
        ),
    ]
    return next((hint for found, hint in rules if not found), "")


def _unit_hint(sentence: str) -> str:
    if _OTHER_UNIT.search(sentence):
        return _(
            "A row with a date of signing is not an agency, because one agency may hold several."
            " Name the unit that was counted."
        )
    return _("How many of what? Name the unit: agreements, agencies, officers or states.")


def _numbers(rest: str) -> list[int]:
    """Counts in the sentence: whole numbers that are not years, without full dates."""
    return [
        int(text.replace(",", ""))
        for text in re.findall(r"(?<![\d.,(])\d{1,3}(?:,\d{3})+|(?<![\d.,(])\d+", rest)
        if not re.fullmatch(r"(?:19|20)\d\d|287", text)
    ]


def _years(rest: str) -> list[int]:
    return [int(year) for year in re.findall(r"\b20\d\d\b", rest)]


def _against_the_list(sentence: str, rest: str) -> Verdict:
    """Whether the number is the one on the list that stood on the day named; "more than" may round down."""
    day = pd.to_datetime(days(sentence)[0][1])
    first, last = (counts.over_time()["date"].iloc[place] for place in (0, -1))
    if pd.isna(day) or not first <= day <= last:
        return Verdict(
            False,
            fill(
                _("No list of that day is in this book: its lists reach from {first} to {last}."),
                first=first,
                last=last,
            ),
        )
    on = claims.standing(day)
    expected = {claims.signed_on_list(year, on) for year in _years(rest)}
    about = _ABOUT.search(rest)
    if any(
        number == right or (about and right - 50 <= number <= right)
        for number in _numbers(rest)
        for right in expected
        if right
    ):
        return Verdict(
            True,
            _(
                "Number, unit, year, day, list and source are there, and the list of that day gives"
                " this number. Anyone can check it."
            ),
        )
    return Verdict(
        False,
        fill(
            _(
                "All parts are there, but the list that stood on {day} gives another number. Ask"
                " claims.signed_on_list(year, claims.standing(day))."
            ),
            day=day,
        ),
    )


def _check_agencies_rise(answer: object) -> Verdict:
    """Percent by which agencies rose from January 20 to September 17, 2025; a whole number will do."""
    number = number_of(answer)
    if number is None:
        return Verdict(False, _("The answer is a percentage: the number in the sentence above the picture."))
    start, end = claims.BEFORE, claims.SEPTEMBER_17
    if abs(number - claims.growth(start, end, "agencies")) <= 0.5:
        return Verdict(True, _("The same lists and days as the 641 percent in the claim. Only the unit changed."))
    mistakes = {
        claims.growth(start, end): _("That is the rise in agreements. Choose agencies in the menu."),
        round(claims.growth(start, end)): _("That is the rise in agreements. Choose agencies in the menu."),
        claims.growth(start, claims.SEPTEMBER_2_AFTERNOON, "agencies"): _(
            "That is the rise up to September 2. Choose the later day."
        ),
        claims.count(end, "agencies"): _(
            "That is how many agencies there were. The question is by how many percent they rose."
        ),
    }
    return hinted(
        number,
        mistakes,
        _(
            "Set the three menus of part 3: agencies, from January 20, 2025, to September 17,"
            " 2025. Then read the sentence."
        ),
    )


def _check_why_two_percentages(answer: object) -> Verdict:
    """Why DHS's own 609 and 641 percent differ: one of WHY."""
    hints = {
        WHY[1]: _("Look at the unit of both: DHS counted agreements each time."),
        WHY[2]: _("Both begin with the same list, the one that stood on January 20, 2025."),
        WHY[3]: _("Set the menus of part 3 to each of the two days. Does the list give both, or nearly?"),
    }
    if isinstance(answer, str) and answer == WHY[0]:
        return Verdict(True, _("Both are right on their own day. Without the day, they look like a contradiction."))
    unknown = _("Choose one of the answers.")
    return Verdict(False, hints.get(answer, unknown) if isinstance(answer, str) else unknown)


def _day(on: str) -> pd.Timestamp:
    return counts.over_time().loc[on, "date"]


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "imprecise": _check_imprecise,
    "agencies_growth": _check_agencies_growth,
    "other_release": _check_other_release,
    "signed_in_2026": _check_signed_in_2026,
    "florida_share": _check_florida_share,
    "change": _check_change,
    "lists_with_share": _check_lists_with_share,
    "careful_sentence": _check_careful_sentence,
    "agencies_rise": _check_agencies_rise,
    "why_two_percentages": _check_why_two_percentages,
}
