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
    for effect in rest.itertuples():
        assert re.search(r"\b(no|unchanged|zero)\b", STUDIES.loc[effect.study_id, "finding"], flags=re.IGNORECASE), (
            effect
        )


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


def test_words_on_the_sizes_fit_the_picture():
    figure = figures.draw("effect_sizes").figure
    figure.canvas.draw()
    for axes in figure.axes:
        for text in axes.texts:
            assert text.get_window_extent().x1 <= figure.bbox.x1 + 1, text.get_text()


def test_removals_of_two_sources_are_never_joined():
    (axes,) = figures.draw("identified_and_removed").figure.axes
    joined = [line for line in axes.get_lines() if line.get_linestyle() != "None"]
    assert sorted(len(line.get_xdata()) for line in joined) == [
        7,
        8,
    ]  # identified without its incomplete year, and removed
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
    assert [list(line.get_xdata()) for line in joined] == [
        OUTCOMES.loc[list(debate.QUARTERS), "value"].astype(float).tolist()
    ]
    assert OUTCOMES.loc[list(debate.QUARTERS), "source_key"].nunique() == 1


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


@pytest.mark.parametrize("name", debate.DRAWERS)
def test_every_row_drawn_has_a_source(name):
    assert set(figures.draw(name).source_keys) <= set(tables.load("sources")["source_key"])


@pytest.mark.parametrize(
    ("fact", "effect", "column"),
    [
        ("evidence_assaults", "EF01", "estimate"),
        ("evidence_enrollment", "EF05", "estimate"),
        ("evidence_birth_weight", "EF11", "estimate"),
        ("evidence_birth_weight_high", "EF11", "low"),
        ("evidence_birth_weight_low", "EF11", "high"),
        ("evidence_reporting", "EF12", "estimate"),
    ],
)
def test_sizes_on_the_page_are_those_of_the_table(fact, effect, column):
    assert facts.get(fact).value == abs(EFFECTS.loc[effect, column])
    assert facts.get(fact).source_keys == (EFFECTS.loc[effect, "source_key"],)


@pytest.mark.parametrize(("fact", "outcome"), [("outcome_identified_2008", "OC015"), ("outcome_arrests_2008", "OC001")])
def test_outcomes_on_the_page_are_those_of_the_table(fact, outcome):
    assert facts.get(fact).value == float(OUTCOMES.loc[outcome, "value"])
    assert facts.get(fact).source_keys == (OUTCOMES.loc[outcome, "source_key"],)


def test_detained_on_the_page_is_that_of_the_history():
    row = tables.load("history_annual").query("measure == 'people_detained' and period == 'FY2008'").iloc[0]
    assert (facts.get("outcome_detained_2008").value, facts.get("outcome_detained_2008").source_keys) == (
        row["value"],
        (row["source_key"],),
    )


def test_levels_of_reading_on_the_page_add_up():
    levels = ["whole", "part", "abstract", "summary"]
    assert (
        sum(facts.get(f"studies_read_{level}").value for level in levels)
        == facts.get("studies_all").value
        == len(STUDIES)
    )
    assert all(f"{{fact}}`studies_read_{level}`" in PAGE for level in levels)


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
    assert all(
        f"{{fact}}`studies_287g_{side}`" in PAGE and f"{{fact}}`studies_287g_reviewed_{side}`" in PAGE for side in sides
    )


def test_no_study_of_the_table_measures_effects_since_2025():
    """What the page says under "What is not known": the two texts with data of 2025 or later count, and compare no
    places."""
    of_earlier_years = STUDIES["data_and_design"].str.contains("20[01][0-9]")
    recent = STUDIES[
        ((STUDIES["year"] == "2026") & ~of_earlier_years) | STUDIES["data_and_design"].str.contains("202[56]")
    ]
    assert set(recent["design"]) == {"records"} and "No study read here measures its effect" in PAGE
