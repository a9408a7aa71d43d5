"""The models explorer from Python: its data against the tables, and what it writes into a page."""

import re

import pandas as pd
import pytest
from explorer_pages import sent, still, still_sentence

from section287g import explorers, tables
from section287g.clauses import clause
from section287g.counts import MODELS

POWERS = tables.load("model_powers").drop(columns="checked")
FORMS = tables.load("form_changes").drop(columns="checked")
SOURCES = tables.load("sources").set_index("source_key")
DATA, WORDS = sent("models")["data"], sent("models")["words"]


def shown(**options):
    return [cell.get_text() for cell in still("models", **options).select("th, td")]


def test_clauses_are_pieces_of_the_reference():
    for power in DATA["powers"]:
        for text in power["clauses"]:
            assert all(part in power["section"] for part in filter(None, text.split("; "))), power["id"]


@pytest.mark.parametrize(
    ("section", "model", "expected"),
    [("JEM II, App. A; WSO App. A; TFM I", "jail", "II, App. A"), ("TFM V bullet 3", "jail", ""),
     ("TFM XII; JEM V.C; WSO V.C; TFM XIII", "task_force", "XII; XIII"),
     ("JEM IV.B; WSO (no clause); TFM VII", "warrant", "no clause"),
     ("2019 WSO V.C; 2020 JEM V.C; TX OAG XVI", "warrant", "")],
)  # fmt: skip
def test_clause_of_a_model(section, model, expected):
    assert clause(section, model) == expected


def test_documents_have_a_publisher_a_date_and_an_address():
    documents, names = DATA["documents"], WORDS["document_names"]
    assert set(documents) == {*tables.cited(POWERS), *tables.cited(FORMS)} == set(explorers.source_keys("models"))
    for key, (text, url) in documents.items():
        assert url == SOURCES.loc[key, "url"] and re.match("https?://", url)
        assert text.startswith(f"{names.get(key, SOURCES.loc[key, 'publisher'])}, ")
    assert len({text for text, _ in documents.values()}) == len(documents)
    for key, name in names.items():  # a name given to a document keeps its publisher
        publisher = SOURCES.loc[key, "publisher"]
        assert name.startswith({"U.S. Immigration and Customs Enforcement": "ICE, "}.get(publisher, publisher))


def test_page_shows_every_power_without_scripts():
    texts = shown()
    for power in POWERS.itertuples():
        assert {power.power, power.condition, power.moa_section} <= set(texts)
    assert [texts.count(name) for name in POWERS["group"].unique()] == [1] * POWERS["group"].nunique()
    answers = POWERS[list(MODELS)].apply(pd.Series.value_counts).sum(axis=1)
    assert {answer: texts.count(word) for answer, word in WORDS["answers"].items()} == answers.to_dict()
    assert len(still("models").select("a[rel=noreferrer]")) == POWERS["source_keys"].str.split("; ").str.len().sum()


def test_page_can_start_with_the_forms():
    assert {cell for form in FORMS.itertuples(index=False) for cell in form[1:-1]} <= set(shown(show="forms"))


def test_sentence_counts_the_table():
    sentence = still_sentence("models")
    assert f"{len(POWERS)} of {len(POWERS)} powers" in sentence
    assert f"In {(POWERS[list(MODELS)].nunique(axis=1) > 1).sum()} of them" in sentence
    for model in MODELS:
        n = POWERS[model].value_counts()
        counted = f"{n['yes']} yes, {n['conditional']} conditional, {n['no']} no, {n['not_stated']} not stated"
        assert f"{WORDS['model_short'][model]}: {counted}." in sentence


def test_nothing_is_said_about_forms_that_were_not_seen():
    """The forms of 2009 were seen only in clauses; where nothing is known, the same words say so in every row."""
    unknown = FORMS["form_2009"].str.startswith("Not known")
    assert unknown.sum() >= 8 and not FORMS.loc[~unknown, "form_2009"].str.contains("Not known").any()
    assert FORMS.loc[~unknown, "source_keys"].str.contains("2009|cap2018steering").all()
