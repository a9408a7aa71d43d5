"""The pages on the origins: quotations that stand in the law, and questions a reader can answer from the page in under two minutes."""

import re
from pathlib import Path

import pytest

from section287g import facts

BOOK = Path(__file__).resolve().parents[2] / "book" / "origins"
LAW = (BOOK / "the-law.md").read_text(encoding="utf-8")
HISTORY = (BOOK / "history.md").read_text(encoding="utf-8")

# 8 U.S.C. 1357(g), the sentences quoted, by paragraph (a copy of the United States Code; source key usc1357g).
CODE = {
    1: "the Attorney General may enter into a written agreement with a State, or any political subdivision of a State, pursuant to which",
    2: "shall contain a written certification that the officers or employees performing the function under the agreement have received "
    "adequate training regarding the enforcement of relevant Federal immigration laws.",
    3: "shall be subject to the direction and supervision of the Attorney General.",
    4: "may use Federal property or facilities, as provided in a written agreement between the Attorney General and the State or subdivision.",
    5: "the specific powers and duties that may be, or are required to be, exercised or performed by the individual, the duration of the "
    "authority of the individual, and the position of the agency of the Attorney General who is required to supervise and direct the individual",
    6: "may not accept a service under this subsection if the service will be used to displace any Federal employee.",
    7: "shall not be treated as a Federal employee for any purpose other than for purposes of chapter 81 of title 5",
    8: "shall be considered to be acting under color of Federal authority for purposes of determining the liability",
    9: "Nothing in this subsection shall be construed to require any State or political subdivision of a State to enter into an agreement",
    10: "to communicate with the Attorney General regarding the immigration status of any individual, including reporting knowledge; "
    "or otherwise to cooperate with the Attorney General in the identification",
}


@pytest.mark.parametrize("paragraph", CODE)
def test_each_paragraph_is_quoted_word_for_word(paragraph):
    section = LAW.split(f"### ({paragraph}) ")[1].split("\n#")[0]
    quotation = re.search(r"^> (.+)$", section, flags=re.MULTILINE)[1]
    pieces = [piece.strip() for text in re.findall(r'"([^"]+)"', quotation) for piece in text.split("...")]
    assert pieces and all(piece in CODE[paragraph] for piece in pieces)
    assert "**In plain words.**" in section


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Why did the count fall after 2012?", ["it would not renew any task force agreement", "Jail agreements went on"]),
        ("What changed in the 2025 form?", ["lost the clause on local steering committees", "The task force form came back as a text of its own"]),
    ],
)
def test_short_answers_stand_at_the_top(question, answers):
    top = HISTORY.split("## 1.")[0]
    answer = top.split(f"**{question}**")[1].split("\n\n")[0]
    assert all(text in answer for text in answers)
    assert len(answer.split()) < 120  # under a minute of reading


def test_history_tells_eight_eras_each_with_a_date():
    eras = re.findall(r"^## \d\. .+?\n(.*?)(?=^## )", HISTORY, flags=re.MULTILINE | re.DOTALL)
    assert len(eras) == 8
    assert all(re.search(r"\b(?:19|20)\d\d\b", era) and "{source}" in era for era in eras)


def test_numbers_of_the_fall_agree_with_the_story():
    before, after = facts.get("history_agreements_2012_08").value, facts.get("history_agencies_2012").value
    assert before > after and abs(after - facts.get("history_agreements_2016").value) <= 5
