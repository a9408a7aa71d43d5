"""Questions before and after a lesson: knowledge items with a key, opinion items without right answers."""

from __future__ import annotations

from section287g import citing
from section287g.handouts.words import words
from section287g.questions import BEFORE_AND_AFTER, LETTERS, of_page, plain

KINDS = ("knowledge", "opinion")


def sheet(*kinds: str) -> dict:
    """Content of the sheet that learners get twice: before and after. Its two kinds of questions, or one of them."""
    asked = of_page(BEFORE_AND_AFTER)
    return {
        **words("questions")["sheet"],
        **{kind: [_asked(question) for question in asked if question.kind == kind] for kind in kinds or KINDS},
    }


def key() -> dict:
    """Content of the key: right choice, why, and sources, for the knowledge items only."""
    known = [question for question in of_page(BEFORE_AND_AFTER) if question.kind == "knowledge"]
    return {
        **words("questions")["key"],
        "answers": [
            {
                "prompt": plain(question.prompt),
                "answer": f"{LETTERS[question.answer]}. {plain(question.choices[question.answer])}",
                "why": plain(question.explanation),
                "sources": "; ".join(map(citing.short, question.source_keys)),
            }
            for question in known
        ],
    }


def _asked(question) -> dict:
    return {"prompt": plain(question.prompt), "choices": [plain(choice) for choice in question.choices]}


SHEETS = {"before-and-after": sheet, "before-and-after-key": key}
