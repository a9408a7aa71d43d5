"""The question bank as files that learning systems import: GIFT (Moodle), QTI 1.2 (Canvas) and a table (CSV).

Each page's questions are a quiz, with explanations and sources. Opinions are left out: a learning system would keep
them beside a name. The files are the same for the same questions.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pandas as pd

from section287g import citing, counts, questions, tables, zipped
from section287g.questions import LETTERS, Question, plain
from section287g.typography import typographic
from section287g.words import _, fill

RIGHT = "100"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
MANIFEST = "http://www.imsglobal.org/xsd/imscp_v1p1"


@dataclass(frozen=True)
class Quiz:
    """The knowledge questions of one page, under its title. ``name`` is a part of file names."""

    name: str
    title: str
    questions: tuple[Question, ...]


def quizzes(title: Callable[[str], str]) -> list[Quiz]:
    """A quiz for each page of the bank, in its order; ``title`` gives the title of a page."""
    found = []
    for page in questions.pages():
        known = tuple(question for question in questions.of_page(page) if question.answer is not None)
        heading = _("Before and after") if page == questions.BEFORE_AND_AFTER else title(page)
        found.append(Quiz(page.rpartition("/")[2], heading, known))
    return found


def why(question: Question) -> str:
    """The explanation as plain text, with the documents it rests on beyond those of its page."""
    text = _plain(question.explanation)
    if not question.source_keys:
        return text
    documents = " ".join(citing.line(key)["text"] for key in question.source_keys)
    return fill(_("{text} Sources: {documents}"), text=text, documents=documents)


def _plain(text: str) -> str:
    return typographic(plain(text))


# ---- GIFT ----------------------------------------------------------------------------------------


def gift(bank: list[Quiz]) -> bytes:
    """The quizzes as GIFT, a category each."""
    parts = [f"// {_credit()}"]
    for quiz in bank:
        parts.append(f"$CATEGORY: $course$/{_in_category(_book())}/{_in_category(quiz.title)}")
        parts += map(_gift_question, quiz.questions)
    return ("\n\n".join(parts) + "\n").encode()


def _in_category(title: str) -> str:
    return title.replace("/", "//")


def _gift_question(question: Question) -> str:
    choices = [
        f"{'=' if place == question.answer else '~'}{_gift_text(_plain(choice))}"
        for place, choice in enumerate(question.choices)
    ]
    lines = [
        f"::{question.question_id}::[plain]{_gift_text(_plain(question.prompt))} {{",
        *choices,
        f"####{_gift_text(why(question))}",
        "}",
    ]
    return "\n".join(lines)


def _gift_text(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)


# ---- QTI -----------------------------------------------------------------------------------------


def qti(bank: list[Quiz]) -> bytes:
    """The quizzes as a zip of QTI 1.2, one assessment each."""
    files = {f"{quiz.name}/{quiz.name}.xml": _xml(_assessment(quiz)) for quiz in bank}
    return zipped.archive({"imsmanifest.xml": _xml(_manifest(list(files)))} | files, _date())


def _manifest(files: list[str]) -> ET.Element:
    manifest = ET.Element("manifest", {"identifier": "questions-287g", "xmlns": MANIFEST})
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    for file in files:
        identifier = file.partition("/")[0]
        resource = ET.SubElement(
            resources, "resource", {"identifier": identifier, "type": "imsqti_xmlv1p2", "href": file}
        )
        ET.SubElement(resource, "file", {"href": file})
    return manifest


def _assessment(quiz: Quiz) -> ET.Element:
    root = ET.Element("questestinterop", {"xmlns": QTI})
    title = f"{_book()}: {quiz.title}"
    assessment = ET.SubElement(root, "assessment", {"ident": f"quiz-{quiz.name}", "title": title})
    ET.SubElement(assessment, "qticomment").text = _credit()
    section = ET.SubElement(assessment, "section", {"ident": "root_section"})
    for question in quiz.questions:
        section.append(_item(question))
    return root


def _item(question: Question) -> ET.Element:
    item = ET.Element("item", {"ident": question.question_id, "title": question.question_id})
    fields = ET.SubElement(ET.SubElement(item, "itemmetadata"), "qtimetadata")
    for label, entry in {"question_type": "multiple_choice_question", "points_possible": "1"}.items():
        field = ET.SubElement(fields, "qtimetadatafield")
        ET.SubElement(field, "fieldlabel").text = label
        ET.SubElement(field, "fieldentry").text = entry
    presentation = ET.SubElement(item, "presentation")
    _material(presentation, _plain(question.prompt))
    response = ET.SubElement(presentation, "response_lid", {"ident": "choice", "rcardinality": "Single"})
    offered = ET.SubElement(response, "render_choice")
    for letter, choice in zip(LETTERS, question.choices, strict=False):
        _material(ET.SubElement(offered, "response_label", {"ident": letter}), _plain(choice))
    item.append(_scoring(LETTERS[question.answer]))
    _material(ET.SubElement(ET.SubElement(item, "itemfeedback", {"ident": "why"}), "flow_mat"), why(question))
    return item


def _scoring(right: str) -> ET.Element:
    processing = ET.Element("resprocessing")
    outcomes = ET.SubElement(processing, "outcomes")
    ET.SubElement(outcomes, "decvar", {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": RIGHT})
    always = ET.SubElement(processing, "respcondition", {"continue": "Yes"})
    ET.SubElement(ET.SubElement(always, "conditionvar"), "other")
    ET.SubElement(always, "displayfeedback", {"feedbacktype": "Response", "linkrefid": "why"})
    scored = ET.SubElement(processing, "respcondition", {"continue": "No"})
    ET.SubElement(ET.SubElement(scored, "conditionvar"), "varequal", {"respident": "choice"}).text = right
    ET.SubElement(scored, "setvar", {"action": "Set", "varname": "SCORE"}).text = RIGHT
    return processing


def _material(parent: ET.Element, text: str) -> None:
    ET.SubElement(ET.SubElement(parent, "material"), "mattext", {"texttype": "text/plain"}).text = text


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


# ---- table ---------------------------------------------------------------------------------------


def table(bank: list[Quiz]) -> bytes:
    """The quizzes as CSV, a question a row."""
    rows = [
        {
            "question_id": question.question_id,
            "quiz": quiz.title,
            "question": _plain(question.prompt),
            **{
                f"choice_{letter}": _plain(choice)
                for letter, choice in zip(LETTERS, (*question.choices, "")[: len(LETTERS)], strict=False)
            },
            "answer": LETTERS[question.answer],
            "explanation": why(question),
        }
        for quiz in bank
        for question in quiz.questions
    ]
    return tables.to_csv(pd.DataFrame(rows)).encode()


def _book() -> str:
    return _("287(g), Explained")


def _credit() -> str:
    """Where the questions come from, as of when, and what may be done with them."""
    return fill(
        _("287(g), Explained. ICE’s lists to {date}. Text under CC BY 4.0: {address}"),
        date=_date(),
        address="https://creativecommons.org/licenses/by/4.0/",
    )


def _date() -> dt.date:
    return counts.newest("ice_workbook")["date"].date()
