"""The pages on the origins: quotations that stand in the law, and questions a reader can answer from the page in under
two minutes."""

import re
from pathlib import Path

import pytest

from section287g import facts, tables

BOOK = Path(__file__).resolve().parents[2] / "book" / "origins"
LAW = (BOOK / "the-law.md").read_text(encoding="utf-8")
HISTORY = (BOOK / "history.md").read_text(encoding="utf-8")

PASSAGES = tables.load("passages").set_index("passage_id")["text"]


@pytest.mark.parametrize("paragraph", range(1, 11))
def test_each_paragraph_is_quoted_from_itself(paragraph):
    section = LAW.split(f"### ({paragraph}) ")[1].split("\n#")[0]
    quotation = re.search(r'^> "(.+)"$', section, flags=re.MULTILINE)[1]
    pieces = [piece.strip() for piece in quotation.split("...")]
    assert all(piece in PASSAGES[f"usc1357g-{paragraph:02}"] for piece in pieces)
    assert "**In plain words.**" in section


def test_short_answers_stand_at_the_top():
    top = HISTORY.split("## 1.")[0]
    answers = re.findall(r"^\*\*[^*\n]+\?\*\* (.+)", top, flags=re.MULTILINE)
    assert len(answers) >= 2 and all(len(answer.split()) < 120 for answer in answers)  # under a minute of reading


def test_history_tells_eight_eras_each_with_a_date():
    eras = re.findall(r"^## \d\. .+?\n(.*?)(?=^## )", HISTORY, flags=re.MULTILINE | re.DOTALL)
    assert len(eras) == 8
    assert all(re.search(r"\b(?:19|20)\d\d\b", era) and "{source}" in era for era in eras)


def test_numbers_of_the_fall_agree_with_the_story():
    before, after = facts.get("history_agreements_2012_08").value, facts.get("history_agencies_2012").value
    assert before > after and abs(after - facts.get("history_agreements_2016").value) <= 5
