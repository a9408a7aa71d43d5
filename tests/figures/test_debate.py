"""Pictures of the evidence: sizes stand in the studies, no effect is not drawn as zero, series stay apart; numbers of
the page are those of the tables."""

import re
from pathlib import Path

import pandas as pd
import pytest

from section287g import facts, figures, tables
from section287g.figures import debate

STUDIES = tables.load("studies").set_index("study_id")
EFFECTS = tables.load("effects").set_index("effect_id")
OUTCOMES = tables.load("outcomes").set_index("outcome_id")
SIZES = EFFECTS[EFFECTS["result"] == "size"]
PAGE = (Path(__file__).parents[2] / "book" / "debate" / "evidence.md").read_text(encoding="utf-8")


def numbers(text):
    return {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.mark.parametrize("effect_id", SIZES.index)
def test_every_size_stands_in_the_finding_of_its_study(effect_id):
    effect = EFFECTS.loc[effect_id]
    stated = {abs(value) for value in effect[["estimate", "low", "high"]].dropna()}
    assert stated and stated <= numbers(STUDIES.loc[effect["study_id"], "finding"])
    assert effect["source_key"] in tables.cited(STUDIES.loc[[effect["study_id"]]])


def test_a_finding_of_no_effect_has_no_size():
    rest = EFFECTS[EFFECTS["result"] == "no_effect"]
    assert rest[["estimate", "low", "high", "unit"]].isna().all(axis=None)
    findings = STUDIES.loc[rest["study_id"], "finding"]
    assert findings.str.contains(r"\b(?:no|unchanged|zero)\b", case=False).all()


def test_studies_that_tested_and_found_no_effect_are_all_there():
    tested = STUDIES[(STUDIES["direction"] == "none") & (STUDIES["design"] == "comparison")]
    assert set(tested.index) <= set(EFFECTS.loc[EFFECTS["result"] == "no_effect", "study_id"])


def test_sizes_are_drawn_at_their_place_and_no_effect_in_words():
    percent, grams = figures.draw("effect_sizes").figure.axes
    points = [line.get_xdata()[0] for line in percent.get_lines() if len(line.get_xdata()) == 1]
    assert sorted(points) == sorted(SIZES.loc[SIZES["unit"] != "grams", "estimate"].dropna())
    spans = [
        tuple(line.get_xdata())
        for axes in (percent, grams)
        for line in axes.get_lines()
        if len(line.get_xdata()) == 2 and line.get_marker() == "|"
    ]
    assert sorted(spans) == sorted(zip(SIZES["low"].dropna(), SIZES["high"].dropna(), strict=True))
    said = [text.get_text() for text in percent.texts]
    assert said.count("no effect found") == (EFFECTS["result"] == "no_effect").sum()


def test_title_and_table_of_sizes():
    picture = figures.draw("effect_sizes")
    sized, zero = SIZES["study_id"].nunique(), EFFECTS.loc[EFFECTS["result"] == "no_effect", "study_id"].nunique()
    assert picture.title.startswith(f"Of {len(STUDIES)} ") and f" {sized} give a size" in picture.title
    assert f"; {zero} report no effect" in picture.title and len(picture.table) == len(EFFECTS)
    assert set(picture.table["How far we read it"]) <= set(debate.HOW_READ.values())
    assert set(debate.HOW_READ) == set(STUDIES["how_read"])
    assert "95 percent confidence interval −83.52 to −33.54" in picture.alt


def test_removals_of_two_sources_are_never_joined():
    (axes,) = figures.draw("identified_and_removed").figure.axes
    joined = [line for line in axes.get_lines() if line.get_linestyle() != "None"]
    lengths = sorted(len(line.get_xdata()) for line in joined)
    assert lengths == [7, 8]  # identified without its incomplete year, and removed
    later = debate._by_year(debate.REMOVED_LATER)
    loose = [list(line.get_ydata()) for line in axes.get_lines() if line.get_linestyle() == "None"]
    assert later["number"].tolist() in loose
    incomplete = debate._by_year(debate.IDENTIFIED).query("period == @debate.INCOMPLETE")["number"].tolist()
    assert incomplete in loose


def test_title_and_table_of_removals():
    picture = figures.draw("identified_and_removed")
    rows = OUTCOMES[OUTCOMES["measure"].isin([debate.IDENTIFIED, debate.REMOVED, debate.REMOVED_LATER])]
    assert sorted(picture.table["Number"]) == sorted(rows["value"].astype(int))
    removed = rows[rows["measure"] == debate.REMOVED]
    most = removed.loc[removed["value"].astype(int).idxmax()]
    assert f"fiscal year {most['period'][2:]}, {int(most['value']):,}" in picture.title


def test_methods_are_one_source_and_the_rest_is_said():
    parts = OUTCOMES.loc[list(debate.METHODS)]
    assert parts["source_key"].nunique() == parts["period"].nunique() == 1
    picture = figures.draw("arrests_by_method")
    assert f"{100 - parts['value'].astype(float).sum():g} percent, by subtraction, from other custody" in picture.alt
    assert picture.table["Percent"].tolist() == [*parts["value"], OUTCOMES.loc[debate.JAILS_LATER, "value"]]
    widths = [patch.get_width() for patch in picture.figure.axes[0].patches]
    assert widths == [float(value) for value in picture.table["Percent"]]


def test_only_one_series_of_shares_is_joined():
    (axes,) = figures.draw("charged_or_convicted").figure.axes
    joined = [line for line in axes.get_lines() if line.get_linestyle() != "None"]
    quarters = OUTCOMES.loc[list(debate.QUARTERS)]
    assert [list(line.get_xdata()) for line in joined] == [quarters["value"].astype(float).tolist()]
    assert quarters["source_key"].nunique() == 1


def test_shares_equal_the_table():
    picture = figures.draw("charged_or_convicted")
    without, of = (float(OUTCOMES.loc[key, "value"]) for key in (debate.WITHOUT_RECORD, debate.ALL_ARRESTS))
    assert OUTCOMES.loc[debate.WITHOUT_RECORD, "period"] == OUTCOMES.loc[debate.ALL_ARRESTS, "period"]
    stated = [
        f"{100 * (1 - without / of):.0f}" if key == debate.WITHOUT_RECORD else OUTCOMES.loc[key, "value"]
        for key in debate.CHARGED
    ]
    assert [text.split()[-1] for text in picture.table["Percent"]] == stated
    assert "unverified" in picture.alt and "none of these numbers is about 287(g) alone" in picture.title


def test_detained_on_the_page_is_that_of_the_history():
    row = tables.load("history_annual").query("measure == 'people_detained' and period == 'FY2008'").iloc[0]
    fact = facts.get("outcome_detained_2008")
    assert (fact.value, fact.source_keys) == (row["value"], (row["source_key"],))


def test_levels_of_reading_on_the_page_add_up():
    names = [f"studies_read_{level}" for level in ("whole", "part", "abstract", "summary")]
    assert sum(facts.get(name).value for name in names) == facts.get("studies_all").value == len(STUDIES)
    assert all(f"{{fact}}`{name}`" in PAGE for name in names)


def test_what_the_page_says_of_the_two_kinds_of_proof_is_so():
    """Many arguments of both sides rest on counts and cases; the counts of works are those of the table."""
    kinds = pd.crosstab(tables.load("arguments")["evidence_kind"], tables.load("arguments")["side"])
    cases = kinds.reindex(["official_statistic", "case_report"]).sum()
    for side in ("supports", "opposes"):
        assert cases[side] / kinds[side].sum() > 0.3
    sides = ("supporters", "both", "neither", "critics")
    for name in ("studies", "studies_287g", "studies_287g_reviewed"):
        whole = "studies_all" if name == "studies" else name
        assert sum(facts.get(f"{name}_{side}").value for side in sides) == facts.get(whole).value
    of_287g = [f"{name}_{side}" for name in ("studies_287g", "studies_287g_reviewed") for side in sides]
    assert all(f"{{fact}}`{name}`" in PAGE for name in of_287g)


def test_no_study_of_the_table_measures_effects_since_2025():
    """What the page says under "What is not known": the two texts with data of 2025 or later count, and compare no
    places."""
    of_earlier_years = STUDIES["data_and_design"].str.contains("20[01][0-9]")
    of_these = STUDIES["data_and_design"].str.contains("202[56]")
    recent = STUDIES[((STUDIES["year"] == "2026") & ~of_earlier_years) | of_these]
    assert set(recent["design"]) == {"records"} and "No study read here measures its effect" in PAGE
