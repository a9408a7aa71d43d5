"""Checks of lab 02, growth."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from section287g import counts, tables
from section287g.facts import written_day
from section287g.labs.verdict import Verdict, chosen, no_function, short, whole_number, wrong_type
from section287g.words import _, fill

MIDDLE_OF_2025, END_OF_2025 = "2025-06-30", "2025-12-31"
BASELINES = ("2021-01-31", "2025-01-20", MIDDLE_OF_2025, END_OF_2025)  # as in the notebook


@cache
def _own_lists(state: str | None = None) -> pd.DataFrame:
    """Counts of ICE's lists, without another project's copy; not to be changed."""
    frame = counts.over_time(state)
    return frame[frame["kind"] != "transcript"]


def _in_force(frame: pd.DataFrame, day: str) -> pd.Series:
    return frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]


def _percent_more(start: float, end: float) -> float:
    return 100 * (end - start) / start


def _check_agencies_percent(answer: object) -> Verdict:
    """Growth of agencies from the list in force on June 30, 2025 to ICE's newest own list, in whole percent."""
    number = whole_number(answer)
    if number is None:
        return Verdict(
            False,
            fill(
                _("The answer is a whole number of percent; round() helps. What you have is {value}."),
                value=short(answer),
            ),
        )
    own = _own_lists()
    start, end = _in_force(own, MIDDLE_OF_2025), own.iloc[-1]
    hints = {
        round(_percent_more(start["agreements"], end["agreements"])): _(
            "That is the growth of agreements. The question is about agencies, which are another column."
        ),
        round(100 * end["agencies"] / start["agencies"]): _(
            "That is the end as percent of the start. The start itself is 100 percent of that, so take it away."
        ),
        round(100 * (end["agencies"] - start["agencies"]) / end["agencies"]): _(
            "You divide by the number at the end. Growth is measured against the start."
        ),
        int(end["agencies"] - start["agencies"]): _(
            "That is the growth in agencies. For percent, divide it by the number at the start."
        ),
        round(_percent_more(_in_force(own, "2025-01-20")["agencies"], end["agencies"])): _(
            "That is counted from January 20, 2025. The question names another baseline."
        ),
        round(_percent_more(start["agencies"], counts.over_time().iloc[-1]["agencies"])): _(
            "You end with another project's copy. The table own ends with ICE's newest list."
        ),
    }
    expected = round(_percent_more(start["agencies"], end["agencies"]))
    if number == expected:
        return Verdict(
            True,
            fill(
                _("From {start} to {end} agencies. In a sentence, give both dates as well."),
                start=start["agencies"],
                end=end["agencies"],
            ),
        )
    if number in hints:
        return Verdict(False, hints[number])
    if number > expected:
        return Verdict(
            False,
            _(
                "Your number is too large. Find both numbers with list_in_force and iloc[-1], then"
                " divide the difference by the first."
            ),
        )
    return Verdict(
        False,
        _(
            "Your number is too small. Find both numbers with list_in_force and iloc[-1], then"
            " divide the difference by the first."
        ),
    )


def _check_most_gained(answer: object) -> Verdict:
    """The five states that gained most agencies since the end of 2025, as a Series: state -> gain, largest first."""
    if not isinstance(answer, pd.Series):
        return wrong_type(
            _(
                "The answer is a pandas Series: state -> gain. What you have is of type {type}."
                " pd.Series makes one from a dict."
            ),
            answer,
        )
    frames = {state: _own_lists(state) for state in sorted(tables.load("list_counts")["state"].unique())}
    gained = _gains(frames, "agencies", END_OF_2025)
    expected = gained.nlargest(5)
    if len(answer) != 5:
        return Verdict(
            False,
            fill(_("Five states are asked for; your Series has {n}. The method nlargest() helps."), n=len(answer)),
        )
    if dict(answer) == dict(expected):
        if list(answer) == sorted(answer, reverse=True):
            return Verdict(
                True,
                fill(
                    _("{state} gained most. In percent of what they had, other states would lead."),
                    state=expected.index[0],
                ),
            )
        return Verdict(False, _("States and gains are right. Now put the largest first."))
    mistakes = {
        _("You count agreements. The question is about agencies, which are another column."): (
            _gains(frames, "agreements", END_OF_2025).nlargest(5)
        ),
        _(
            "That is how many agencies there are on the newest list, not how many were gained."
            " Subtract the number at the start."
        ): _ends(frames).nlargest(5),
        _("You count from June 30, 2025. The question names another baseline."): (
            _gains(frames, "agencies", MIDDLE_OF_2025).nlargest(5)
        ),
        _(
            "These are the five with the smallest gains, or with losses. Which method gives the largest?"
        ): gained.nsmallest(5),
    }
    for hint, mistake in mistakes.items():
        if dict(answer) == dict(mistake):
            return Verdict(False, hint)
    if set(answer.index) == set(expected.index):
        return Verdict(
            False, _("The five states are right, their numbers are not. A gain is the end less the start, in agencies.")
        )
    return Verdict(
        False,
        _("Some of the five are other states. For each state, take agencies at the end less agencies at the start."),
    )


def _gains(frames: dict[str, pd.DataFrame], unit: str, day: str) -> pd.Series:
    return pd.Series(
        {state: int(frame.iloc[-1][unit] - _in_force(frame, day)[unit]) for state, frame in frames.items()}
    )


def _ends(frames: dict[str, pd.DataFrame]) -> pd.Series:
    return pd.Series({state: int(frame.iloc[-1]["agencies"]) for state, frame in frames.items()})


_DOUBLING_CASES = [
    ("FL", "2025-01-20"),
    (None, "2025-01-20"),
    (None, "2025-06-30"),
    (None, "2025-12-31"),
    ("PA", "2025-06-30"),
    ("UT", "2024-12-31"),
]


def _check_doubled(answer: object) -> Verdict:
    """A function (frame, day) -> date of the first list with at least twice the agreements in force that day, or
    None."""
    if not callable(answer):
        return no_function(answer)
    for state, day in _DOUBLING_CASES:
        frame = _own_lists(state)
        place = tables.load("states").set_index("state")["name"][state] if state else _("all states")
        of_day = {"place": place, "day": pd.Timestamp(day)}
        try:
            found = answer(frame.copy(), day)
        except Exception as error:  # whatever a learner's function raises is shown, not thrown
            return Verdict(
                False,
                fill(
                    _(
                        "For {place}, {day} your function stops with {kind}: {error}. It was called with a table and a"
                        " day as text."
                    ),
                    kind=type(error).__name__,
                    error=error,
                    **of_day,
                ),
            )
        expected = _first_double(frame, day)
        if not _same_day(found, expected):
            hint = _doubled_hint(frame, day, found, expected)
            return Verdict(
                False, fill(_("For {place}, {day} your function is not right yet. {hint}"), hint=hint, **of_day)
            )
    return Verdict(True, _("It is right even where the count began at zero and where it never doubled."))


def _first_double(frame: pd.DataFrame, day: str, times: float = 2) -> pd.Timestamp | None:
    start = _in_force(frame, day)["agreements"]
    enough = frame[(frame["date"] > pd.Timestamp(day)) & (frame["agreements"] >= times * start)]
    return None if start == 0 or enough.empty else enough["date"].iloc[0]


def _same_day(found: object, expected: pd.Timestamp | None) -> bool:
    if expected is None or found is None:
        return expected is found
    return isinstance(found, pd.Timestamp) and found == expected


def _doubled_hint(frame: pd.DataFrame, day: str, found: object, expected: pd.Timestamp | None) -> str:
    start = _in_force(frame, day)["agreements"]
    if found is None:
        return _(
            "It gives nothing back (None), but a later list has enough agreements. Does its last line return the date?"
        )
    if not isinstance(found, pd.Timestamp):
        return fill(
            _("It should return the date of a list, a pandas Timestamp; it returned {value}."), value=short(found)
        )
    if start == 0:
        return _("The count began at zero there. Twice zero is zero: has it doubled?")
    if expected is None:
        return _("No list has twice as many there: return None.")
    rows = frame[frame["date"] == found]
    if rows.empty:
        return _("The date it returned is not the date of a list.")
    if rows["agreements"].max() < 2 * start:
        return _("The list it found has fewer than twice the agreements.")
    return _(
        "Another list is the first one after that day with at least twice the agreements. Are"
        " the lists still in the order of time, and is exactly twice enough?"
    )


def _check_largest_percent(answer: object) -> Verdict:
    """The baseline with which growth of all agreements is largest in percent."""
    own = _own_lists()
    starts = {written_day(pd.Timestamp(day)): int(_in_force(own, day)["agreements"]) for day in BASELINES}
    right = min(starts, key=starts.get)
    hints = {
        words: fill(
            _("From that baseline growth is counted from {number} agreements. Does another baseline start lower?"),
            number=number,
        )
        for words, number in starts.items()
        if words != right
    }
    return chosen(
        answer,
        right,
        _(
            "The lowest start gives the largest percentage, and it is not the earliest one: the"
            " count had fallen before."
        ),
        hints,
    )


def _check_event_and_rise(answer: object) -> Verdict:
    """What a marked event near a rise shows."""
    hints = {
        _("The event caused the rise"): (
            _("Perhaps. But other things happened that month too. Which of them does the picture rule out?")
        ),
        _("The event had no effect"): _("Perhaps. But the picture does not show what would have happened without it."),
    }
    praise = _("To say more, compare with places without the event, or ask those who signed.")
    return chosen(answer, _("The event and the rise happened at about the same time"), praise, hints)


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "agencies_percent": _check_agencies_percent,
    "most_gained": _check_most_gained,
    "doubled": _check_doubled,
    "largest_percent": _check_largest_percent,
    "event_and_rise": _check_event_and_rise,
}
