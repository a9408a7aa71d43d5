"""The question bank as files for learning systems: whole, answerable, and the same each time."""

import csv
import io
import re
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from section287g import question_files, questions, tables

BANK = question_files.quizzes(lambda page: page.rpartition("/")[2].replace("-", " "))
KNOWN = tables.source("questions").query("kind == 'knowledge'").set_index("question_id")
NAMESPACE = {"q": question_files.QTI, "m": question_files.MANIFEST}


def read_gift() -> dict[str, tuple[int, list[str]]]:
    """Question -> place of the right choice and all choices, read by the rules of the format."""
    text = question_files.gift(BANK).decode()
    found = {}
    for name, body in re.findall(r"::([^:]+)::\[plain\].*?(?<!\\)\{\n(.*?)\n####[^\n]+\n\}", text, re.DOTALL):
        choices = re.findall(r"^([=~])(.*)$", body, re.MULTILINE)
        found[name] = (
            [mark for mark, _choice in choices].index("="),
            [re.sub(r"\\(.)", r"\1", choice) for _mark, choice in choices],
        )
    return found


def read_qti() -> dict[str, tuple[int, list[str]]]:
    with ZipFile(io.BytesIO(question_files.qti(BANK))) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        files = [resource.get("href") for resource in manifest.iterfind(".//m:resource", NAMESPACE)]
        assert sorted(["imsmanifest.xml", *files]) == archive.namelist()
        items = [
            item
            for file in files
            for item in ElementTree.fromstring(archive.read(file)).iter(f"{{{question_files.QTI}}}item")
        ]
    found = {}
    for item in items:
        offered = item.findall(".//q:response_label", NAMESPACE)
        names = [label.get("ident") for label in offered]
        scored = item.find(".//q:respcondition[q:setvar]", NAMESPACE)
        assert scored.find("q:setvar", NAMESPACE).text == "100"
        response = item.find(".//q:response_lid", NAMESPACE).get("ident")
        right = scored.find(".//q:varequal", NAMESPACE)
        assert right.get("respident") == response
        shown = item.find(".//q:displayfeedback", NAMESPACE).get("linkrefid")
        feedback = item.find(f"q:itemfeedback[@ident='{shown}']", NAMESPACE)
        assert len("".join(feedback.itertext()).split()) >= 8
        found[item.get("ident")] = (
            names.index(right.text),
            [label.find(".//q:mattext", NAMESPACE).text for label in offered],
        )
    return found


def read_table() -> dict[str, tuple[int, list[str]]]:
    rows = csv.DictReader(io.StringIO(question_files.table(BANK).decode()))
    return {
        row["question_id"]: (
            questions.LETTERS.index(row["answer"]),
            [row[f"choice_{letter}"] for letter in questions.LETTERS if row[f"choice_{letter}"]],
        )
        for row in rows
    }


@pytest.mark.parametrize("read", [read_gift, read_qti, read_table])
def test_a_file_holds_every_knowledge_question_with_its_choices_and_its_answer(read):
    found = read()
    assert list(found) == list(KNOWN.index)
    for name, (right, choices) in found.items():
        row = KNOWN.loc[name]
        assert questions.LETTERS[right] == row["answer"]
        assert len(choices) == row["choices"].count(" | ") + 1
        assert not any(re.search(r"[`{}]", choice) for choice in choices)


@pytest.mark.parametrize("make", [question_files.gift, question_files.qti, question_files.table])
def test_a_file_is_the_same_each_time(make):
    assert make(BANK) == make(BANK)


def test_marks_of_the_format_in_a_text_are_escaped():
    odd = questions.Question("odd-1", "knowledge", "Is {a} = b: ~c# \\d?", ("=yes", "~no"), 1, "Because #1 = 1.", ())
    quiz = question_files.Quiz("odd", "Either/or", (odd,))
    text = question_files.gift([quiz]).decode()
    assert "/Either//or\n" in text
    assert r"Is \{a\} \= b\: \~c\# \\d? {" in text
    assert "~\\=yes\n=\\~no\n####Because \\#1 \\= 1." in text
    with ZipFile(io.BytesIO(question_files.qti([quiz]))) as archive:
        texts = [
            tag.text
            for tag in ElementTree.fromstring(archive.read("odd/odd.xml")).iter(f"{{{question_files.QTI}}}mattext")
        ]
    assert "Is {a} = b: ~c# \\d?" in texts
