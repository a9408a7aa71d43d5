"""Lab 02: answers that its checks are tried with (see test_every_check)."""

from functools import cache

import ipywidgets
import pandas as pd

from section287g import counts, tables
from section287g.labs.growth import BASELINES

STATES = sorted(tables.load("list_counts")["state"].unique())


@cache
def own_lists(state=None):
    frame = counts.over_time(state)
    return frame[frame["kind"] != "transcript"]


def in_force(frame, day):
    return frame[frame["date"] <= pd.Timestamp(day)].iloc[-1]


def gains(unit="agencies", day="2025-12-31"):
    return pd.Series(
        {state: own_lists(state).iloc[-1][unit] - in_force(own_lists(state), day)[unit] for state in STATES}
    )


def doubled(frame, day, times=2):
    start = in_force(frame, day)
    later = frame[(frame["date"] > start["date"]) & (frame["agreements"] >= times * start["agreements"])]
    return None if later.empty or start["agreements"] == 0 else later["date"].iloc[0]


OWN = own_lists()
START, END = in_force(OWN, "2025-09-30"), OWN.iloc[-1]
JULY = in_force(counts.over_time(), "2025-07-04")
TEXAS, FLORIDA = own_lists("TX"), own_lists("FL")
UNITS = ["agreements", "agencies"]
TEXAS_GAIN = TEXAS.iloc[-1][UNITS] - in_force(TEXAS, "2025-06-30")[UNITS]
PERCENT = round(100 * (END["agencies"] - START["agencies"]) / START["agencies"])


def add_slider(draw, least=2019, most=2026, value=2025, description="Year", heard=lambda change: change["new"]):
    slider = ipywidgets.IntSlider(value=value, min=least, max=most, description=description)
    slider.observe(lambda change: draw(heard(change)), "value")
    return slider


def slider_with(**different):
    return lambda draw: add_slider(draw, **different)


RIGHT = {
    "agencies_july": [JULY["agencies"]],
    "texas_gain": [TEXAS_GAIN["agreements"]],
    "steepest": [FLORIDA["agreements"].diff().idxmax()],
    "agencies_percent": [PERCENT, float(PERCENT), 100 * (END["agencies"] - START["agencies"]) / START["agencies"]],
    "add_slider": [add_slider],
    "most_gained": [gains().nlargest(5)],
    "doubled": [doubled],
    "largest_percent": ["January 20, 2025"],
    "event_and_rise": ["The event and the rise happened at about the same time"],
}
WRONG = {
    "agencies_july": [
        (JULY["agreements"], "number of agreements"),
        (OWN[OWN["date"] > "2025-07-04"].iloc[0]["agencies"], "first list after"),
        (counts.over_time().iloc[-1]["agencies"], "newest list"), (7, "list_in_force(national"),
    ],
    "texas_gain": [
        (TEXAS_GAIN["agencies"], "gain in agencies"), (-TEXAS_GAIN["agreements"], "wrong way around"),
        (TEXAS.iloc[-1]["agreements"], "number at the end"),
        (TEXAS.iloc[-1]["agreements"] - in_force(TEXAS, "2025-01-20")["agreements"], "another baseline"),
        (7, "texas.iloc[-1]"),
    ],
    "steepest": [
        (FLORIDA["agreements"].idxmax(), "not the largest rise"),
        (FLORIDA["agreements"].diff().idxmin(), "smallest rise"),
        (FLORIDA["agreements"].diff().max(), "idxmax() gives the list"),
        (pd.Timestamp("2025-02-26"), "The key of the list"), (FLORIDA["agreements"].diff(), "idxmax()"),
        ("Florida", "idxmax()"),
    ],
    "add_slider": [
        (ipywidgets.IntSlider(), "The answer is a function"), (lambda draw: None, "gives nothing back"),
        (lambda draw: ipywidgets.Dropdown(options=[2025]), "it gave a Dropdown"),
        (lambda draw: 1 / 0, "stops with ZeroDivisionError"), (slider_with(least=0), "from 0 to 2026"),
        (slider_with(value=2020), "begins at 2020"), (slider_with(description=""), "has no name"),
        (lambda draw: ipywidgets.IntSlider(2025, 2019, 2026, description="Year"), "draw was not called"),
        (slider_with(heard=lambda change: change), "the whole change"),
        (slider_with(heard=lambda change: change["old"]), "draw got 2025"),
    ],
    "agencies_percent": [
        ("many", "one number"), ((END["agencies"] - START["agencies"]) / START["agencies"], "a hundred times as large"),
        (END["agencies"] / START["agencies"], "how many times as many"),
        (round(100 * (END["agreements"] - START["agreements"]) / START["agreements"]), "growth of agreements"),
        (PERCENT + 100, "end as percent of the start"),
        (round(100 * (END["agencies"] - START["agencies"]) / END["agencies"]), "divide by the number at the end"),
        (END["agencies"] - START["agencies"], "growth in agencies"),
        (round(100 * (END["agencies"] - 133) / 133), "January 20, 2025"), (99_999, 'end["agencies"]'),
    ],
    "most_gained": [
        (["TX"], "a pandas Series"), (gains().nlargest(6), "Five states"), (gains().nlargest(5)[::-1], "largest first"),
        (gains("agreements").nlargest(5), "You count agreements"),
        (gains(day="2025-06-30").nlargest(5), "June 30, 2025"),
        (
            pd.Series({state: own_lists(state).iloc[-1]["agencies"] for state in STATES}).nlargest(5),
            "how many agencies there are",
        ),
        (gains().nsmallest(5), "smallest gains"), (gains().nlargest(5) + 1, "numbers are not"),
        (gains().nlargest(10).tail(5), "other states"),
    ],
    "doubled": [
        ("2025-03-07", "The answer is a function"), (lambda frame, day: 1 / 0, "stops with ZeroDivisionError"),
        (lambda frame, day: None, "gives nothing back"), (lambda frame, day: "March", "a pandas Timestamp"),
        (lambda frame, day: pd.Timestamp("1999-01-01"), "not the date of a list"),
        (lambda frame, day: frame["date"], "it returned Series"),
        (lambda frame, day: doubled(frame, day, 1.5), "fewer than twice"),
        (lambda frame, day: doubled(frame, day, 3), "Another list is the first"),
        (
            lambda frame, day: frame["date"].iloc[-1] if doubled(frame, day) is None else doubled(frame, day),
            "No list has twice as many",
        ),
        (
            lambda frame, day: (
                frame["date"].iloc[-1] if in_force(frame, day)["agreements"] == 0 else doubled(frame, day)
            ),
            "Twice zero is zero",
        ),
    ],
    "largest_percent": [
        ("January 31, 2021", "another baseline start lower"), ("June 30, 2025", "another baseline start lower"),
        ("December 31, 2025", "another baseline start lower"),
    ],
    "event_and_rise": [
        ("The event caused the rise", "rule out"), ("The event had no effect", "without it"),
        ("It rained", "Choose one of"),
    ],
}  # fmt: skip
SECRETS = {
    "agencies_percent": [str(PERCENT)],
    "most_gained": [f"{gains().max()} "],
    "doubled": ["2025-03-07", "March 7, 2025"],
}


def test_the_notebook_offers_the_baselines_of_the_check():
    from section287g.labs import copies

    assert f"baselines = {list(BASELINES)}".replace("'", '\\"') in (copies.SOURCES / "02-growth.ipynb").read_text()
