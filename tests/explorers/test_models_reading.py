"""Can a reader answer from the page alone? Each answer is a sentence under its own heading, and the tables bear it
out."""

import re
from pathlib import Path

import pytest

from section287g import tables

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "book" / "models" / "side-by-side.md").read_text(encoding="utf-8")
PAGE = re.sub(r"[*_]|\{\w+\}`([^`<]*)(?: <[^`]*>)?`", r"\1", TEXT)
POWERS = tables.load("model_powers").set_index("power_id")
FORMS = tables.load("form_changes").set_index("aspect_id")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "May a deputy under a warrant agreement question a driver about status?",
            "No. The warrant form gives two powers",
        ),
        ("Who must approve a task force arrest?", "The form does not require anyone to approve each arrest."),
        ("What changed in the 2025 form?", "In the jail and warrant forms, little: the powers stayed"),
    ],
)
def test_answer_follows_its_question_at_once(question, answer):
    assert f"### {question}\n\n{answer}" in PAGE
    section = PAGE.split(question)[1].split("\n#")[0]
    assert len(section.split()) < 130  # under a minute of reading


def test_a_deputy_under_a_warrant_agreement():
    assert POWERS.loc[["ask_status", "ask_before_arrest", "act_in_field"], "warrant"].tolist() == ["no"] * 3
    assert POWERS.loc[["ask_before_arrest", "act_in_field"], "jail"].tolist() == ["no"] * 2
    assert "A jail agreement does not reach the road either." in PAGE


def test_approval_of_a_task_force_arrest():
    said = FORMS.loc["supervision", "form_2025_task_force"]
    for words in ("notification to and coordination with the ICE supervisor", "as soon as is practicable thereafter"):
        assert words in said and words in PAGE
    assert "No clause asks for approval of each arrest." in said


def test_what_changed_in_2025():
    assert FORMS.loc["powers", "form_2025"] == "Jail: the same seven. Warrant: the same two."
    assert FORMS.loc["steering_committee", "form_2025"].startswith("None")
    assert "It lacks three clauses of the other two" in PAGE
    assert (
        FORMS.loc[["citizenship_claim", "hold", "yearly_meeting"], "form_2025_task_force"]
        .str.startswith(("None", "No clause"))
        .all()
    )
    assert FORMS.loc["statistics", "form_2025"] == "No clause." and "It adds a duty to keep statistics." in PAGE
