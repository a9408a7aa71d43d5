"""Plans and activities: minutes add up, every material exists, nobody is put on the spot."""

import re
from pathlib import Path

import pandas as pd
import pytest

from section287g import handouts, tables, teaching
from section287g.explorers import names as explorer_names
from section287g.fairness import LEAST_SHARE_OF_WORDS
from section287g.handouts.words import words

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "book/teach/slides/parts"
PLANS = tables.load("lesson_plans")
ACTIVITIES = tables.load("activities")["activity_id"].tolist()
MATERIALS = [*tables.load("activities")["materials"], *PLANS["materials"].dropna()]
PROMISED = {"class-45": [45], "hour-60": [60], "class-90": [90], "half-day": [210], "unit-5": [45] * 5}


def test_minutes_of_every_plan_add_up_to_what_is_promised():
    minutes = PLANS.groupby(["plan_id", "session"])["minutes"].sum().groupby("plan_id").agg(list)
    assert minutes.to_dict() == PROMISED


@pytest.mark.parametrize(
    "plan, text",
    [("class-45", "45 minutes"), ("hour-60", "60 minutes"), ("class-90", "90 minutes"), ("unit-5", "five sessions")],
)
def test_the_page_promises_the_same(plan, text):
    page = (ROOT / "book/teach/lesson-plans.md").read_text(encoding="utf-8")
    assert text in page and f"```{{plan}} {plan}" in page


def test_a_theme_that_a_page_recommends_is_one_of_the_cards():
    page = (ROOT / "book/teach/lesson-plans.md").read_text(encoding="utf-8")
    recommended = re.search(r'take "([^"]+)" or "([^"]+)": their cards', page).groups()
    assert set(recommended) <= set(tables.load("debate_themes")["title"])


@pytest.mark.parametrize("sheet", handouts.sheets())
def test_every_sheet_is_named_by_an_activity_or_a_plan(sheet):
    assert any(teaching.Material("sheet", sheet) in teaching.materials(cell) for cell in MATERIALS)


def test_an_activity_in_a_plan_has_its_own_minutes():
    for row in PLANS[PLANS["materials"].fillna("").str.contains("activity:")].itertuples():
        (material,) = [found for found in teaching.materials(row.materials) if found.kind == "activity"]
        assert row.minutes == teaching.steps(material.name)["minutes"].sum()


def test_minutes_written_in_a_step_fit_into_it():
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "fourteen": 14}
    row = PLANS[(PLANS["plan_id"] == "class-90") & (PLANS["title"] == "Two sides")].iloc[0]
    found = [words[word] for word in re.findall(r"(\w+) minutes", row["what"])]
    assert sum(found) + 6 == row["minutes"]  # "six minutes each way" stands once and is meant twice


@pytest.mark.parametrize("cell", MATERIALS)
def test_every_material_exists(cell):
    known = {"sheet": handouts.sheets(), "explorer": explorer_names(), "slides": teaching.decks()}
    for kind, name in teaching.materials(cell):
        assert (ROOT / f"{name}.md").is_file() if kind == "page" else name in known.get(kind, ACTIVITIES)


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_an_activity_opens_with_the_agreement_and_never_votes(activity):
    rows = teaching.steps(activity)
    assert "opening agreement" in rows.iloc[0]["what"]
    assert "sheet:opening-agreement" in teaching.activity(activity)["materials"]
    assert not rows["what"].str.contains(r"\b(?:vote on|show of hands|who is right)\b").any()


@pytest.mark.parametrize("plan", PROMISED)
def test_a_session_opens_with_the_agreement_and_ends_with_a_close(plan):
    for _, rows in teaching.plan(plan).groupby("session"):
        assert "agreement" in rows.iloc[0]["what"] and rows.iloc[0]["may_skip"] == "no"
        assert rows.iloc[-1]["title"] == "Close" and rows.iloc[-1]["may_skip"] == "no"


def test_no_role_is_a_person_without_status_and_both_sides_have_evidence():
    roles = tables.load("roles")
    said = " ".join(roles[["title", "goal", "worry", "could_accept"]].stack()).lower()
    assert not re.search(r"undocumented|without legal status|illegal|immigrant", said.replace("immigrant families", ""))
    sides = tables.load("arguments").set_index("argument_id")["side"]
    used = pd.Series([sides[name] for cell in roles["argument_ids"] for name in cell.split("; ")]).value_counts()
    assert abs(used["supports"] - used["opposes"]) <= 1


def test_a_small_group_puts_roles_aside_that_have_evidence_of_both_sides():
    said = teaching.activity("town-hall")["group"]
    roles = tables.load("roles")
    aside = roles[[f"the {name.replace('-', ' ')}" in said for name in roles["role_id"]]]
    sides = tables.load("arguments").set_index("argument_id")["side"]
    assert len(aside) == 4
    assert all({sides[name] for name in cell.split("; ")} == {"supports", "opposes"} for cell in aside["argument_ids"])


def test_every_option_has_three_arguments_for_it_and_three_against():
    sides = tables.load("arguments").set_index("argument_id")["side"]
    for row in tables.load("options").itertuples():
        found = [sides[name] for name in row.argument_ids.split("; ")]
        assert sorted([found[:3], found[3:]]) == [["opposes"] * 3, ["supports"] * 3], row.option_id


def test_concessions_of_roles_go_both_ways():
    lines = tables.load("roles")["could_accept"].str.lower()
    signing = lines.str.contains(r"\ban agreement\b|\bagreement (?:only|whose)|one for the jail|joining|either|every")
    not_signing = lines.str.contains(r"no agreement|refusal|waiting|either|every")
    assert (signing | not_signing).all() and abs(signing.sum() - not_signing.sum()) <= 3


def test_no_page_or_sheet_for_teachers_promises_secrecy():
    sheets = (ROOT / "section287g/handouts/strings.json").read_text(encoding="utf-8")
    for text in [*(path.read_text(encoding="utf-8") for path in (ROOT / "book/teach").rglob("*.md")), sheets]:
        said = re.sub(r"\| \"What is said stays here\.\" \|", "", text)  # what not to say
        assert not re.search(r"stays? (?:here|in (?:the|this) room)\b(?!, because no teacher)", said)


def test_before_teaching_one_reads_rules_with_their_limits_and_finds_four_referrals():
    rows = tables.load("safeguards")
    assert rows["part"].value_counts().to_dict() == {"rule": 5, "referral": 4}
    kinds = tables.load("sources").set_index("source_key")["kind"]
    of_rules = rows[rows["part"] == "rule"].set_index("safeguard_id")["source_keys"]
    assert all("primary" in set(kinds[cell.split("; ")]) for cell in of_rules)
    assert 100 <= len(words("house")["welcome"].split()) <= 130  # a minute to read aloud


def test_unknown_names_list_the_known_ones():
    with pytest.raises(KeyError, match="no plan 'class-60'; there are class-45"):
        teaching.plan("class-60")
    with pytest.raises(KeyError, match="no activity 'debate'; there are academic-controversy"):
        teaching.activity("debate")


def test_shortest_leaves_out_what_may_be_skipped():
    rows = teaching.plan("class-45")
    assert teaching.shortest(rows) == 45 - rows.loc[rows["may_skip"] == "yes", "minutes"].sum() < 45


@pytest.mark.parametrize("lesson", teaching.lessons())
def test_slides_of_a_step_take_as_long_as_the_step(lesson):
    expected = teaching.steps_of(lesson).set_index("step")["minutes"]
    assert teaching.slides(lesson).groupby("step")["minutes"].sum().to_dict() == expected.to_dict()


@pytest.mark.parametrize("deck", teaching.decks())
def test_slides_run_on_without_gaps_and_begin_with_the_agreement(deck):
    rows = teaching.slides(deck)
    assert rows["step"].is_monotonic_increasing
    assert (rows["starts"] + rows["minutes"]).tolist() == rows["minutes"].cumsum().tolist()
    opening = rows.loc[rows["step"] == 1, "slide"].tolist()
    again = deck.startswith("unit-5") and deck != "unit-5-1"
    assert [name for name in opening if "agreement" in name] == (
        ["agreement-again"] if again else ["agreement-1", "agreement-2"]
    )


@pytest.mark.parametrize("deck", teaching.decks())
def test_a_plan_names_its_deck_and_the_deck_its_plan(deck):
    if deck not in ACTIVITIES:  # whose steps name no materials
        first = teaching.steps_of(deck).iloc[0]
        assert teaching.Material("slides", deck) in teaching.materials(first["materials"])
    page = (ROOT / f"book/teach/slides/{deck}.md").read_text(encoding="utf-8")
    assert f"```{{deck}} {deck}\n```" in page


def test_every_lesson_has_slides():
    assert sorted(teaching.decks()) == sorted(teaching.lessons())


@pytest.mark.parametrize("deck", teaching.decks())
def test_most_slides_of_a_deck_have_something_to_see(deck):
    names = teaching.slides(deck)["slide"].tolist()
    texts = [(PARTS / f"{name}.md").read_text(encoding="utf-8") for name in names]
    seen = [bool(re.search(r"{(?:drawn|models-drawn|chart|explorer)}|{container} large", text)) for text in texts]
    assert sum(seen) >= 0.7 * len(seen)


def test_every_slide_is_shown_somewhere():
    assert {path.stem for path in PARTS.glob("*.md")} == set(tables.load("slides")["slide"])


def test_both_sides_get_equal_room_on_slides_and_take_turns():
    arguments = tables.load("arguments").set_index("argument_id")
    themes = tables.load("debate_themes")["theme"].tolist()
    first = []
    for path in sorted(PARTS.glob("*.md")):
        if found := re.search(r"{two-(sides|replies)} (\S+) (\S+)", path.read_text(encoding="utf-8")):
            rows = arguments.loc[[found[2], found[3]]]
            assert sorted(rows["side"]) == ["opposes", "supports"] and rows["theme"].nunique() == 1
            shown = rows["strongest_reply"] if found[1] == "replies" else rows["argument"] + " " + rows["best_evidence"]
            room = shown.str.split().str.len()
            assert room.min() >= LEAST_SHARE_OF_WORDS * room.max(), path.name
            first.append(themes.index(rows["theme"].iloc[0]) % 2)
    assert len(first) >= 2 and first.count(0) == first.count(1)


def test_an_argument_on_a_slide_is_followed_by_its_reply():
    decks = tables.load("slides").groupby("lesson")["slide"].agg(list)
    for names in decks:
        shown = [
            (place, name)
            for place, name in enumerate(names)
            if "{two-" in (PARTS / f"{name}.md").read_text(encoding="utf-8")
        ]
        cards = [(place, name) for place, name in shown if not name.endswith("-replies")]
        assert [(place + 1, f"{name}-replies") for place, name in cards] == [it for it in shown if it not in cards]


def test_unknown_slides_name_the_plan():
    with pytest.raises(KeyError, match="no lesson 'class-30'; there are class-45"):
        teaching.slides("class-30")
