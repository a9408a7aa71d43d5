"""Pictures of the history: measures that stay apart, words and tables that equal the data."""

import pandas as pd

from section287g import counts, figures, tables
from section287g.facts import written_date
from section287g.figures import history

HISTORY = tables.load("history_annual")
SIGNERS = tables.load("agreements_2002_2018").sort_values("signed")


def axes(name):
    return figures.draw(name).figure.axes


def test_title_says_the_four_turns():
    title = figures.draw("in_force_2002_2026").title
    newest = counts.newest("ice_workbook")
    day = written_date(format(newest["date"], "%Y-%m-%d"))
    for part in ("72 in 2011", "35 at the end of 2016", "150 in September 2020", f"{newest['rows']:,} on", day):
        assert part in title


def test_only_counts_made_here_are_joined():
    upper, lower = axes("in_force_2002_2026")
    joined = [line for line in upper.get_lines() if line.get_linestyle() != "None"]
    derived = HISTORY[HISTORY["measure"] == history.DERIVED]
    assert [list(line.get_ydata()) for line in joined] == [derived["value"].tolist()]
    newest = counts.newest("ice_workbook")["date"]
    for line in lower.get_lines():
        dates = pd.to_datetime(line.get_xdata())
        assert line.get_linestyle() == "None" or dates.max() <= newest


def test_agencies_and_agreements_have_different_markers():
    upper = axes("in_force_2002_2026")[0]
    stated = HISTORY[HISTORY["measure"].isin(history.STATED)]
    before = stated[stated["period"].str[:4].astype(int) < 2021]
    loose = [line for line in upper.get_lines() if line.get_linestyle() == "None"]
    for mark, measure in (("o", "agencies_in_force"), ("D", "agreements_in_force")):
        drawn = [value for line in loose if line.get_marker() == mark for value in line.get_ydata()]
        assert sorted(drawn) == sorted(before.loc[before["measure"] == measure, "value"])


def test_gray_strip_below_is_as_high_as_the_picture_above():
    upper, lower = axes("in_force_2002_2026")
    top = upper.get_ylim()[1]
    strip = lower.patches[0].get_extents().transformed(lower.transData.inverted())
    assert (round(strip.y0, 6), round(strip.y1, 3)) == (0, round(top, 3))
    assert f"0 to {top:.0f}" in " ".join(text.get_text() for text in lower.texts)


def test_table_keeps_disagreeing_sources():
    picture = figures.draw("in_force_2002_2026")
    table = picture.table
    january = table[table["Date"].str.contains("January") & table["Date"].str.contains("2017")]
    assert sorted(january["Count"]) == [35, 36, 37]
    assert set(table["Unit"]) >= {"agreements", "agencies", "jurisdictions"}
    assert "35 to 37" in picture.alt and "different scales" in picture.alt
    derived = table[table["What it is"] == "counted here, end of year"]
    assert derived["Count"].tolist() == HISTORY.loc[HISTORY["measure"] == history.DERIVED, "value"].astype(int).tolist()


def test_derived_counts_follow_from_the_table_of_agreements():
    for year in range(2008, 2012):
        day = pd.Timestamp(year, 12, 31)
        ended = SIGNERS["ended"].map(lambda text: history._middle(text) if isinstance(text, str) else pd.NaT)
        in_force = ((SIGNERS["signed"] <= day) & ~(ended <= day)).sum()
        stated = HISTORY.query("measure == @history.DERIVED and period == @day.strftime('%Y-%m-%d')")["value"].iloc[0]
        assert in_force == stated


def test_first_signers_are_those_of_2002_to_2006():
    picture = figures.draw("first_signers")
    first = SIGNERS[SIGNERS["signed"] < "2007-01-01"]
    assert picture.table["Agency"].tolist() == first["agency"].tolist() and len(first) == history.FIRST
    assert picture.table["Signed"].tolist() == [written_date(f"{day:%Y-%m-%d}") for day in first["signed"]]
    assert picture.title.startswith(f"{first['agency'].iloc[0]} signed first, on July 2, 2002")
    assert "February 1, 2005" in picture.title  # the first jail agreement
    assert f"{first['ended'].isna().sum()} bars end in an arrow" in picture.alt
