"""Checks of lab 02, growth."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache

import ipywidgets
import pandas as pd

from section287g import counts, tables
from section287g.facts import written_day
from section287g.labs.verdict import FRACTION, Verdict, chosen, no_function, one_number, short, wrong_type
from section287g.words import _, fill

INDEPENDENCE_DAY, FALL_OF_2025 = "2025-07-04", "2025-09-30"
MIDDLE_OF_2025, END_OF_2025 = "2025-06-30", "2025-12-31"
BASELINES = ("2021-01-31", "2025-01-20", MIDDLE_OF_2025, END_OF_2025)  # as in the notebook
YEARS, FIRST_YEAR = (2019, 2026), 2025  # of the slider


@cache
def _own_lists(state: str | None = None) -> pd.DataFrame:
    """Counts of ICE's lists, without another project's copy; not to be changed."""
    frame = counts.over_time(state)
    return frame[frame["kind"] != "transcript"]


def _in_force(frame: pd.DataFrame, day: str) -> pd.Series:
    return frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]


def _percent_more(start: float, end: float) -> float:
    return 100 * (end - start) / start


def _check_agencies_july(answer: object) -> Verdict:
    """Agencies on the list in force on July 4, 2025."""
    lists = counts.over_time()
    row = _in_force(lists, INDEPENDENCE_DAY)
    later = lists[lists["date"] > pd.Timestamp(INDEPENDENCE_DAY)].iloc[0]
    mistakes = {
        int(row["agreements"]): _("That is the number of agreements. The question is about agencies."),
        int(later["agencies"]): _("That is the first list after that day. In force was the last one on or before it."),
        int(lists.iloc[-1]["agencies"]): _("That is the newest list. Hand the day to list_in_force."),
    }
    return one_number(
        answer,
        int(row["agencies"]),
        fill(_("The list in force was that of {day}."), day=row["date"]),
        mistakes,
        _('list_in_force(national, "2025-07-04") gives a row; one of its columns is agencies.'),
    )


def _check_texas_gain(answer: object) -> Verdict:
    """Agreements that Texas gained from the list in force on June 30, 2025 to ICE's newest own list."""
    texas = _own_lists("TX")
    start, end = _in_force(texas, MIDDLE_OF_2025), texas.iloc[-1]
    mistakes = {
        int(end["agencies"] - start["agencies"]): _("That is the gain in agencies. The question is about agreements."),
        int(start["agreements"] - end["agreements"]): _("The sign is the wrong way around: the end less the start."),
        int(end["agreements"]): _("That is the number at the end. Take away the number at the start."),
        int(end["agreements"] - _in_force(texas, "2025-01-20")["agreements"]): _(
            "You begin on January 20, 2025. The question names another baseline."
        ),
        100 * (end["agreements"] - start["agreements"]) / start["agreements"]: _(
            "That is the gain in percent. The question is about the number."
        ),
    }
    return one_number(
        answer,
        int(end["agreements"] - start["agreements"]),
        _("The number stands behind the word that in the sentence, and the percentage after it."),
        mistakes,
        _('Take ["agreements"] of texas.iloc[-1], less the same of list_in_force(texas, "2025-06-30").'),
    )


def _check_steepest(answer: object) -> Verdict:
    """The key of the list on which Florida's agreements had risen most since the list before."""
    florida = _own_lists("FL")
    rises = florida["agreements"].diff()
    right = rises.idxmax()
    hints = {
        florida["agreements"].idxmax(): _("There is the largest number, not the largest rise. Take diff() first."),
        rises.idxmin(): _("There is the smallest rise, or the largest fall."),
        rises.max(): _("That is how much it rose. idxmax() gives the list."),
        florida["agencies"].diff().idxmax(): _("There agencies rose most. The question is about agreements."),
    }
    if isinstance(answer, str) and answer == right:
        praise = _("{n} more than on the list before, which was of {day}. When in between they came, no list shows.")
        before = florida["date"].shift()[right]
        return Verdict(True, fill(praise, n=int(rises.max()), day=before))
    if isinstance(answer, pd.Timestamp):
        return Verdict(False, _("The key of the list is asked for, as in the index. Leave the date in its column."))
    otherwise = _('florida["agreements"] is a column; put .diff() and then .idxmax() behind it.')
    return Verdict(False, hints.get(answer, otherwise) if isinstance(answer, Hashable) else otherwise)


def _check_agencies_percent(answer: object) -> Verdict:
    """Growth of agencies from the list in force on September 30, 2025 to ICE's newest own list, in percent."""
    own = _own_lists()
    start, end = _in_force(own, FALL_OF_2025), own.iloc[-1]
    right = _percent_more(start["agencies"], end["agencies"])
    mistakes = {
        right / 100: FRACTION,
        _percent_more(start["agreements"], end["agreements"]): _(
            "That is the growth of agreements. The question is about agencies, which are another column."
        ),
        100 + right: _(
            "That is the end as percent of the start. The start itself is 100 percent of that, so take it away."
        ),
        1 + right / 100: _(
            "That is how many times as many there are. Take 1 away for the growth, then multiply by 100."
        ),
        100 * (end["agencies"] - start["agencies"]) / end["agencies"]: _(
            "You divide by the number at the end. Growth is measured against the start."
        ),
        int(end["agencies"] - start["agencies"]): _(
            "That is the growth in agencies. For percent, divide it by the number at the start."
        ),
        _percent_more(_in_force(own, "2025-01-20")["agencies"], end["agencies"]): _(
            "That is counted from January 20, 2025. The question names another baseline."
        ),
        _percent_more(start["agencies"], counts.over_time().iloc[-1]["agencies"]): _(
            "You end with another project's copy. The table own ends with ICE's newest list."
        ),
    }
    return one_number(
        answer,
        right,
        fill(
            _("From {start} to {end} agencies. In a sentence, give both dates as well."),
            start=start["agencies"],
            end=end["agencies"],
        ),
        mistakes,
        _('Take end["agencies"] less fall["agencies"], divide by fall["agencies"], and multiply by 100.'),
    )


def _check_add_slider(answer: object) -> Verdict:
    """A function (draw) -> IntSlider of years that calls draw with the new year whenever it moves."""
    if not callable(answer):
        return no_function(answer)
    calls: list[object] = []
    try:
        slider = answer(calls.append)
        return _slider_problem(slider) or _moved(slider, calls)
    except Exception as error:  # whatever a learner's function raises is shown, not thrown
        return Verdict(
            False,
            fill(
                _("Your function stops with {kind}: {error}. It was called with a function that takes one year."),
                kind=type(error).__name__,
                error=error,
            ),
        )


def _slider_problem(slider: object) -> Verdict | None:
    """What is wrong with a slider before it is moved."""
    if slider is None:
        return Verdict(False, _("Your function gives nothing back yet: its last line should be return and the slider."))
    if not isinstance(slider, ipywidgets.IntSlider):
        return wrong_type(_("It should give back an IntSlider of ipywidgets; it gave a {type}."), slider)
    if (slider.min, slider.max) != YEARS:
        return Verdict(
            False,
            fill(
                _("The slider goes from {least} to {most}. Name min and max when you make it."),
                least=str(slider.min),
                most=str(slider.max),
            ),
        )
    if slider.value != FIRST_YEAR:
        return Verdict(
            False, fill(_("The slider begins at {year}, not where it should: value=..."), year=str(slider.value))
        )
    if not slider.description.strip():
        return Verdict(
            False, _("The slider has no name, so nobody knows what it moves, and who listens hears nothing.")
        )
    return None


def _moved(slider: ipywidgets.IntSlider, calls: list) -> Verdict:
    """The verdict after the slider was moved."""
    for year in (2021, YEARS[1], YEARS[0]):
        calls.clear()
        slider.value = year
        if not calls:
            return Verdict(
                False,
                _('The slider moved and draw was not called. Which line calls it when "value" changes? See part 2.'),
            )
        if isinstance(calls[-1], dict):
            return Verdict(False, _('draw got the whole change. It wants the year only: change["new"].'))
        if calls[-1] != year:
            return Verdict(
                False,
                fill(
                    _('The slider moved to {year}, and draw got {value}. The new year is change["new"].'),
                    year=str(year),
                    value=short(calls[-1]),
                ),
            )
    return Verdict(True, _("It was moved three times, and draw got each year. The next cell shows it at work."))


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
    "agencies_july": _check_agencies_july,
    "texas_gain": _check_texas_gain,
    "steepest": _check_steepest,
    "agencies_percent": _check_agencies_percent,
    "add_slider": _check_add_slider,
    "most_gained": _check_most_gained,
    "doubled": _check_doubled,
    "largest_percent": _check_largest_percent,
    "event_and_rise": _check_event_and_rise,
}
