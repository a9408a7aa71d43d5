"""Checks of lab 06, evidence and debate."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from section287g import tables
from section287g.labs.verdict import Verdict, chosen, no_whole_number, one_number, one_slider, whole_number, wrong_type
from section287g.labs.words import any_of
from section287g.words import _, counted, fill

LEAST_WORDS, MOST_WORDS = 40, 160
UNEQUAL = 2.5  # times the room of the other side
NOT_CITED = {
    "supports": _("No source of supporters is named yet. Cite one by its key in square brackets, as the example does."),
    "opposes": _("No source of critics is named yet. Cite one by its key in square brackets, as the example does."),
}
MORE_ROOM = {
    "supports": _("Supporters have {most} words with sources, the other side {least}. Give both about equal room."),
    "opposes": _("Critics have {most} words with sources, the other side {least}. Give both about equal room."),
}
OWN_VERDICTS = any_of(
    _("obviously | clearly | undeniably | of course | everyone knows | needless to say | without doubt | so-called")
)


def _of_287g(studies: pd.DataFrame) -> pd.Series:
    return studies["program_studied"].str.contains("287(g)", regex=False)


def _check_mixed(answer: object) -> Verdict:
    """How many studies have the direction mixed."""
    directions = tables.load("studies")["direction"]
    mistakes = {
        len(directions): _("These are all studies. Keep those whose direction is mixed."),
        int((directions == "none").sum()): _("That is none: of use to neither side. Mixed is of use to both."),
        int(directions.isin(["mixed", "none"]).sum()): _("You count none as well, which is of use to neither side."),
    }
    return one_number(
        answer,
        int((directions == "mixed").sum()),
        _("They are easy to lose where a debate sorts everything into two sides."),
        mistakes,
        _('Compare studies["direction"] with "mixed"; sum() counts the True.'),
    )


def _check_crime_abstracts(answer: object) -> Verdict:
    """Of how many studies about crime only the abstract was read."""
    studies = tables.load("studies")
    crime = studies["topic"].str.split("; ").str[0] == "crime"
    abstract = studies["how_read"] == "abstract"
    mistakes = {
        int(crime.sum()): _("These are all studies about crime. Keep those of which the abstract was read."),
        int(abstract.sum()): _("These are the abstracts of all subjects. Keep those about crime."),
        int((crime | abstract).sum()): _("You take studies that meet one of the two. Both must hold: & or | ?"),
        0: _("Nothing was found. Are both words written as in their columns?"),
    }
    return one_number(
        answer,
        int((crime & abstract).sum()),
        _("An abstract says what was found, and little of how. The picture shows the rest."),
        mistakes,
        _("Join the two comparisons with &, each in its own brackets; sum() counts the True."),
    )


def _check_year_slider(answer: object) -> Verdict:
    """A slider of the first year from which studies are counted."""
    return one_slider(
        answer, "year", (2009, 2026, 1), _("Where the count begins is a choice too, and a fair summary names it.")
    )


def _check_of_critics(answer: object) -> Verdict:
    """How many arguments of critics the table holds."""
    sides = tables.load("arguments")["side"]
    mistakes = {
        len(sides): _("These are the arguments of everyone. Keep those whose side is opposes."),
        int((sides == "mixed").sum()): _("These are mixed views. Critics are written opposes."),
        0: _("Nothing was found. In the column side, critics are written opposes."),
    }
    return one_number(
        answer,
        int((sides == "opposes").sum()),
        fill(
            _("Supporters have {n}. The table gives both the same room; that says nothing about who is right."),
            n=int((sides == "supports").sum()),
        ),
        mistakes,
        _('Compare arguments["side"] with "opposes"; sum() counts the True.'),
    )


def _check_about_the_program(answer: object) -> Verdict:
    """How many studies look at 287(g), alone or together with something else."""
    number = whole_number(answer)
    if number is None:
        return no_whole_number(answer)
    studies = tables.load("studies")
    expected = int(_of_287g(studies).sum())
    if number == expected:
        return Verdict(
            True,
            fill(
                _("{number} of {all}. The others studied programs that are like it in some ways and not in others."),
                number=number,
                all=len(studies),
            ),
        )
    hints = {
        int((studies["program_studied"] == "287(g)").sum()): _(
            "These look at 287(g) alone. Studies of 287(g) together with something else count too."
        ),
        len(studies): _("These are all studies. Some look at other programs only."),
        len(studies) - expected: _("These are the studies of other programs only. Asked are the rest."),
        0: _("Nothing was found. In a pattern brackets have a meaning of their own: try regex=False."),
    }
    return Verdict(
        False,
        hints.get(number, _("The method .str.contains() gives True or False for each study; their sum is the number.")),
    )


def _check_reviewed(answer: object) -> Verdict:
    """Directions of the peer-reviewed studies of 287(g), as a Series: direction -> number."""
    if not isinstance(answer, pd.Series):
        return wrong_type(
            _(
                "The answer is a pandas Series: direction -> number. What you have is of type {type}."
                " value_counts() makes one."
            ),
            answer,
        )
    studies = tables.load("studies")
    ours, reviewed = _of_287g(studies), studies["peer_reviewed"] == "yes"
    found = {direction: number for direction, number in answer.items() if number}
    if found == _directions(studies[ours & reviewed]):
        return Verdict(
            True, _("A direction is not a grade: it says to whom the finding is of use, not how sure it is.")
        )
    mistakes = {
        _("You count all studies of 287(g). Keep those that are peer-reviewed."): studies[ours],
        _("You count all peer-reviewed studies. Keep those of 287(g)."): studies[reviewed],
        _("You count all studies. Two conditions are asked for."): studies,
        _("These are the studies of 287(g) that are not peer-reviewed."): studies[ours & ~reviewed],
        _("You count the studies of 287(g) alone. Those of 287(g) together with something else belong to it."): studies[
            (studies["program_studied"] == "287(g)") & reviewed
        ],
    }
    for hint, rows in mistakes.items():
        if found == _directions(rows):
            return Verdict(False, hint)
    if not found:
        return Verdict(
            False, _("Your Series is empty, so no study was kept. Which of the two conditions is never True?")
        )
    if not set(found) <= set(studies["direction"]):
        return Verdict(False, _("The index should hold directions, written as in the column direction."))
    if set(found) != set(_directions(studies[ours & reviewed])):
        return Verdict(
            False, _("The studies you kept have other directions. Join both conditions with &, in brackets.")
        )
    return Verdict(
        False,
        _("The directions are right, their numbers are not. Join both conditions with &, each in its own brackets."),
    )


def _directions(studies: pd.DataFrame) -> dict[str, int]:
    return studies["direction"].value_counts().to_dict()


def _check_paragraph(answer: object) -> Verdict:
    """A paragraph in which both sides speak, each with a source in square brackets and its year in the same
    sentence."""
    if not isinstance(answer, str):
        return wrong_type(_("The answer is a text in quotation marks. What you have is of type {type}."), answer)
    words = len(re.sub(r"\[[^\]]*\]", "", answer).split())
    if not LEAST_WORDS <= words <= MOST_WORDS:
        return Verdict(
            False,
            counted(
                "Your paragraph has {n} word; {least} to {most} are asked for.",
                "Your paragraph has {n} words; {least} to {most} are asked for.",
                words,
                least=LEAST_WORDS,
                most=MOST_WORDS,
            ),
        )
    cited = [(key, sentence) for sentence in _sentences(answer) for key in re.findall(r"\[([^\[\]\s]+)\]", sentence)]
    sides = _sides_by_source()
    problem = _citation_problem(cited, sides) or _verdict_word(answer) or _room_problem(cited, sides)
    if problem:
        return Verdict(False, problem)
    return Verdict(
        True,
        fill(
            _(
                "Both sides speak, with source and year, in {words} words. Whether it is fair,"
                " somebody of the other view can tell you."
            ),
            words=words,
        ),
    )


def _sentences(text: str) -> list[str]:
    """The sentences of a text; a citation after the full stop belongs to the sentence before it."""
    joined = re.sub(r"([.!?])\s*((?:\[[^\]]*\]\s*)+)", r" \2\1 ", " ".join(text.split()))
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ\"“«¿¡])", joined)


def _sides_by_source() -> dict[str, set[str]]:
    """Source key -> sides whose arguments cite it."""
    sides: dict[str, set[str]] = {}
    for row in tables.load("arguments").itertuples():
        for key in row.source_keys.split("; "):
            sides.setdefault(key, set()).add(row.side)
    return sides


def _citation_problem(cited: list[tuple[str, str]], sides: dict[str, set[str]]) -> str | None:
    """What is missing in the citations: known keys, both sides, a year in the sentence of each."""
    for key, _sentence in cited:
        if key not in sides:
            return fill(
                _("No argument has the source [{key}]. Copy a key from the last line of an argument in part 3."),
                key=key,
            )
    for side, hint in NOT_CITED.items():
        if not any(side in sides[key] for key, _sentence in cited):
            return hint
    dates = tables.load("sources").set_index("source_key")["date"]
    for key, sentence in cited:
        year = re.search(r"\d{4}", dates[key])
        if year and year[0] not in re.sub(r"\[[^\]]*\]", "", sentence):
            return fill(
                _(
                    "When did [{key}] speak? Its date stands beside the key in part 3; put the year into"
                    " the sentence that cites it."
                ),
                key=key,
            )
    return None


def _verdict_word(text: str) -> str | None:
    used = OWN_VERDICTS.search(text)
    return used and fill(_('"{word}" is a verdict of your own. Can the sentence do without it?'), word=used[0])


def _room_problem(cited: list[tuple[str, str]], sides: dict[str, set[str]]) -> str | None:
    """Which side has far more room, counted in words of the sentences that cite its sources."""
    room = {}
    for side in ("supports", "opposes"):
        sentences = {sentence for key, sentence in cited if side in sides[key]}
        room[side] = sum(len(sentence.split()) for sentence in sentences)
    if max(room.values()) <= UNEQUAL * min(room.values()):
        return None
    return fill(MORE_ROOM[max(room, key=room.get)], most=max(room.values()), least=min(room.values()))


def _check_count_of_studies(answer: object) -> Verdict:
    """What a count of studies by direction shows."""
    hints = {
        _("Most studies vote against, so the matter is settled"): (
            _("Ten studies of one place and the same data are not ten answers. Who chose what was studied?")
        ),
        _("Studies contradict each other, so they show nothing"): (
            _("They may look at different programs, places and years. Sort them by program studied.")
        ),
    }
    praise = _("To say more, look at design, program, place and year of each.")
    return chosen(answer, _("A count of studies shows what was studied, not who is right"), praise, hints)


CHECKS: dict[str, Callable[[object], Verdict]] = {
    "mixed": _check_mixed,
    "crime_abstracts": _check_crime_abstracts,
    "year_slider": _check_year_slider,
    "of_critics": _check_of_critics,
    "about_the_program": _check_about_the_program,
    "reviewed": _check_reviewed,
    "paragraph": _check_paragraph,
    "count_of_studies": _check_count_of_studies,
}
