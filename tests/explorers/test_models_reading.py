"""What the page on the models says of its tables in words is what the tables say; a question is answered at once."""

import re
from pathlib import Path

from section287g import tables

PAGE = (Path(__file__).resolve().parents[2] / "book" / "models" / "side-by-side.md").read_text(encoding="utf-8")
POWERS = tables.load("model_powers").set_index("power_id")
FORMS = tables.load("form_changes").set_index("aspect_id")


def test_an_answer_follows_its_question_and_is_short():
    answers = re.findall(r"^(:+)\{fold\} [^\n]+\?\n(.*?)^\1$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert len(answers) >= 3
    assert all(len(answer.split()) < 150 for _fence, answer in answers)  # under a minute of reading


def test_a_deputy_under_a_warrant_agreement():
    assert POWERS.loc[["ask_status", "ask_before_arrest", "act_in_field"], "warrant"].tolist() == ["no"] * 3
    assert POWERS.loc[["ask_before_arrest", "act_in_field"], "jail"].tolist() == ["no"] * 2


def test_approval_of_a_task_force_arrest_is_quoted_from_the_form():
    said = FORMS.loc["supervision", "form_2025_task_force"]
    plain = re.sub(r"[*_]", "", PAGE)
    for words in ("notification to and coordination with the ICE supervisor", "as soon as is practicable thereafter"):
        assert words in said and words in plain


def test_what_changed_in_2025():
    powers = FORMS.loc["powers", "form_2025"]
    assert powers.startswith("Jail: the same") and "Warrant: the same" in powers
    assert FORMS.loc["steering_committee", "form_2025"].startswith("None")
    lacking = FORMS.loc[["citizenship_claim", "hold", "yearly_meeting"], "form_2025_task_force"]
    assert lacking.str.startswith(("None", "No clause")).all()
    assert FORMS.loc["statistics", "form_2025"] == "No clause."
