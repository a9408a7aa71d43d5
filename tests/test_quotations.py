"""A quotation of law with a dropped word is found wherever it stands, and the committed book has none."""

import pandas as pd
import pytest

from section287g import quotations
from section287g.quotations import Passage, Quotation, fault

LAW = frozenset({"statute"})
PASSAGES = [
    Passage(
        "statute-1",
        "The office may enter into a written agreement with a county, at the expense of the county. It shall train the"
        " officers, and it shall pay for the training.",
        frozenset({"statute"}),
    ),
    Passage(
        "form-1",
        "... contact a supervisor at the time or as soon as is practicable thereafter ...",
        frozenset({"form"}),
    ),
]


def found(text: str, *cited: str, **how) -> str:
    return fault(Quotation("book/page.md, line 3", text, frozenset(cited), **how), PASSAGES, LAW)


def on_page(text: str) -> list[str]:
    return [
        wrong for quotation in quotations.in_page(text, "book/page.md") if (wrong := fault(quotation, PASSAGES, LAW))
    ]


def test_the_committed_book_quotes_as_printed():
    assert quotations.check() == []


@pytest.mark.parametrize(
    "text",
    ["at the expense of the county", "enter into ... at the expense of the county.", "It shall train the officers"],
)
def test_words_as_printed_pass(text):
    assert found(text, "statute") == ""


@pytest.mark.parametrize(
    "text",
    [
        "at expense of the county", "At the expense of the county", "the officers.", "at the expense ... enter into",
        "pens", "shall train officers",
    ],
    ids=[
        "dropped word", "changed letter case", "period that is not printed", "pieces out of order", "part of a word",
        "dropped in the middle",
    ],
)  # fmt: skip
def test_bent_words_are_found(text):
    assert "does not stand word for word" in found(text, "statute")


def test_a_quotation_belongs_to_the_source_that_is_cited():
    assert found("as soon as is practicable thereafter", "form") == ""
    assert found("as soon as is practicable thereafter", "statute")


def test_words_near_a_passage_are_found_where_nothing_is_cited():
    assert found("may enter into a written agreement with county") != ""
    assert found("I want to help my county") == ""


def test_where_the_press_is_cited_too_its_words_may_stand():
    assert found("a great deal", "statute", "newspaper", mixed=True) == ""
    assert found("a great deal", "statute", mixed=True) != ""


def test_a_block_quotation_shows_where_it_is_cut():
    assert on_page('> "... with a county, at the expense of the county. It shall train the officers ..."\n') == []
    assert "begins inside a sentence" in on_page('> "with a county, at the expense of the county."\n')[0]
    assert "ends inside a sentence" in on_page('> "It shall train the officers"\n\nText.')[0]


def test_a_dropped_word_on_a_page_is_named_with_its_line():
    works = 'it works "at expense of the county" {source}`statute`'
    (sentence,) = on_page(f'# Title\n\nFirst. Then\n{works}. Later "nothing" {{source}}`newspaper`.\n')
    assert sentence.startswith('book/page.md, line 4: the quotation "at expense of the county"')
    assert "(statute)" in sentence


def test_a_sentence_without_a_citation_has_the_next_one_of_its_paragraph():
    assert len(on_page('It says "shall train officers". So it is {source}`statute`.\n')) == 1
    assert on_page('It says "shall train officers".\n\nSo it is {source}`statute`.\n') == []


def test_a_cell_of_a_slide_cites_what_stands_in_it():
    slide = '# Slide\n\n| "a common error" | the law says "at the county\'s expense" {source}`statute` |\n'
    assert len(on_page(slide)) == 1


def test_a_dropped_word_in_a_table_is_named_with_row_and_column():
    table = pd.DataFrame({"note": ["fine", "says 'at expense of the county'"], "source_keys": ["statute", "statute"]})
    (quotation,) = quotations.in_table(table, "made_up")
    assert fault(quotation, PASSAGES, LAW).startswith("data/made_up.csv, row 3, column note: ")


def test_a_bent_string_of_an_explorer_is_named_with_its_place():
    words = {"notes": {"law": "It says “may enter into a written agreement with county”."}}
    (quotation,) = quotations.in_strings(words, "strings.json")
    assert fault(quotation, PASSAGES, LAW).startswith("strings.json, notes.law: ")


def test_law_among_the_sources():
    rows = [("code", "8 U.S.C. 1357(g)", "primary"), ("case", "Smith v. Jones", "primary")]
    rows += [("story", "A law v. the people", "secondary")]
    sources = pd.DataFrame(rows, columns=["source_key", "title", "kind"])
    assert quotations.law_documents(sources) == {"code", "case"}
