"""Questions on a page: native radio buttons, and answers that open without scripts."""

import pandas as pd
import pytest
from book_pages import PANEL

from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.questions import without_html

COLUMNS = "question_id page kind prompt choices answer explanation more_source_keys".split()
BANK = pd.DataFrame(
    [
        ("index-1", "index", "knowledge", "Is it {fact}`agreements_newest` <rows>?",
            "Yes. | No, *officers*. | Nobody knows.", "B", "Why it is so.", "migrant"),
        ("after-1", "after", "opinion", "What do you think?", "Agree | Disagree", None, None, None),
    ],
    columns=COLUMNS,
)  # fmt: skip


@pytest.fixture
def bank(numbers):
    numbers["questions"] = BANK
    return numbers


def test_a_question_is_a_group_of_radio_buttons_with_a_folded_answer(page, bank):
    soup = page({"index": "# Title\n\n```{questions}\n```" + PANEL})
    group = soup.select_one("fieldset.quiz")
    assert "1,843" in group.legend.text and "<rows>" in group.legend.text and group.find("rows") is None
    assert [label.get_text() for label in group.select("label")] == ["A. Yes.", "B. No, officers.", "C. Nobody knows."]
    buttons = group.select("input[type=radio]")
    assert [(button["name"], button["value"]) for button in buttons] == [("question-index-1", n) for n in "012"]
    assert group["data-answer"] == "1"
    assert group.details.p.get_text() == "B. Why it is so."
    assert soup.find(id="source-migrant")


def test_an_opinion_has_no_answer_and_no_verdict(page, bank):
    group = page({"index": "# Title\n\n```{questions} after\n```" + PANEL}).select_one("fieldset.quiz")
    assert group.details is None and group.select_one(".quiz-verdict") is None and not group.has_attr("data-answer")


def test_a_page_that_the_bank_does_not_know_stops_the_build(build, bank):
    with pytest.raises(PageError, match="the question bank has no question for 'other'"):
        build({"index": "# Title\n\n```{questions} other\n```" + PANEL})


def test_html_is_text_and_a_role_keeps_what_it_leads_to():
    assert without_html("<b> or {term}`detainers <Detainer>`") == r"\<b> or {term}`detainers <Detainer>`"
