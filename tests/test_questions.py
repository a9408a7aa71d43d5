"""The question bank: every question can be answered, explained and told apart from an opinion."""

import re
from collections import Counter
from pathlib import Path

import pytest

from section287g import facts, questions, tables

BANK = tables.load("questions")
BOOK = Path(__file__).parents[1] / "book"


@pytest.mark.parametrize("row", list(BANK[BANK["kind"] == "knowledge"].itertuples()), ids=lambda row: row.question_id)
def test_a_knowledge_question_has_one_right_choice_among_three_or_four_and_says_why(row):
    choices = row.choices.split(" | ")
    assert 3 <= len(choices) <= 4 and len(set(choices)) == len(choices)
    assert row.answer in "ABCD"[: len(choices)]
    assert len(row.explanation.split()) >= 8


def test_an_opinion_question_has_no_right_choice():
    opinions = BANK[BANK["kind"] == "opinion"]
    assert len(opinions) and opinions["answer"].isna().all() and opinions["explanation"].isna().all()


def test_right_choices_do_not_stand_in_one_place():
    counted = Counter(BANK["answer"].dropna())
    assert max(counted.values()) <= 0.45 * sum(counted.values())


def test_every_page_of_the_bank_exists_and_asks_its_questions():
    for page in set(BANK["page"]) - {questions.BEFORE_AND_AFTER}:
        assert "```{questions}\n```" in (BOOK.parent / f"{page}.md").read_text(encoding="utf-8"), page


def test_every_page_that_lets_readers_check_themselves_does_so_from_the_bank():
    for path in BOOK.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert ("## Check yourself" in text) == ("```{questions}\n```" in text), path


def test_numbers_in_the_bank_are_named():
    for column in ("prompt", "choices", "explanation"):
        for text in BANK[column].dropna():
            for name in re.findall(r"\{fact\}`([^`]+)`", text):
                facts.get(name)


def test_plain_text_has_the_numbers_and_no_marks():
    text = "Of {fact}`agreements_newest` rows, *none* is a {term}`paper <detainer>`, **never** {source}`usc1357g`."
    plain = questions.plain(text)
    assert plain.startswith(f"Of {facts.get('agreements_newest').text} rows, none is a paper, never (")
    assert not re.search(r"[`{}*]", plain)
    for text in BANK[["prompt", "choices", "explanation"]].stack().dropna():
        assert not re.search(r"[`{}*]", questions.plain(text))


def test_a_page_without_questions_has_none():
    assert questions.of_page("book/index") == []
