"""The models explorer from Python: its data against the tables, its settings, and what it writes into a page."""

import gzip
import html
import json
import re

import pandas as pd
import pytest
import traitlets

from section287g import explorers, tables
from section287g.clauses import clause
from section287g.counts import MODELS
from section287g.explorers import Models, assets
from section287g.explorers.models import widget

POWERS = tables.load("model_powers").drop(columns="checked")
FORMS = tables.load("form_changes").drop(columns="checked")
SOURCES = tables.load("sources").set_index("source_key")


def page(**options):
    return explorers.static_html("models", image=lambda svg, file: file, **options)


def test_every_power_is_embedded_unchanged():
    groups = widget.groups()
    rows = [
        (
            power["id"],
            groups[power["group"]],
            power["power"],
            power["plain"],
            *power["answers"],
            power["condition"],
            power["section"],
            "; ".join(power["sources"]),
        )
        for power in widget.data()["powers"]
    ]
    columns = ["power_id", "group", "power", "plain_words", *MODELS, "condition", "moa_section", "source_keys"]
    assert list(POWERS.columns) == columns
    assert rows == list(POWERS.itertuples(index=False, name=None))


def test_every_change_of_the_forms_is_embedded_unchanged():
    rows = [(form["id"], form["aspect"], *form["texts"], "; ".join(form["sources"])) for form in widget.data()["forms"]]
    assert list(FORMS.columns) == ["aspect_id", "aspect", *widget.FORMS, "source_keys"]
    assert rows == list(FORMS.itertuples(index=False, name=None))


def test_clauses_are_pieces_of_the_reference():
    for power in widget.data()["powers"]:
        for model, text in zip(MODELS, power["clauses"], strict=True):
            for part in filter(None, text.split("; ")):
                assert part in power["section"], (power["id"], model)


@pytest.mark.parametrize(
    ("section", "model", "expected"),
    [
        ("JEM II, App. A; WSO App. A; TFM I", "jail", "II, App. A"),
        ("TFM XII; JEM V.C; WSO V.C; TFM XIII", "task_force", "XII; XIII"),
        ("JEM IV.B; WSO (no clause); TFM VII", "warrant", "no clause"),
        ("TFM V bullet 3", "jail", ""),
        ("2019 WSO V.C; 2020 JEM V.C; TX OAG XVI", "warrant", ""),
    ],
)
def test_clause_of_a_model(section, model, expected):
    assert clause(section, model) == expected


def test_documents_have_a_publisher_a_date_and_an_address():
    documents = widget.data()["documents"]
    named = {key for table in (POWERS, FORMS) for cell in table["source_keys"] for key in cell.split("; ")}
    assert set(documents) == named == set(explorers.source_keys("models"))
    for key, (text, url) in documents.items():
        assert url == SOURCES.loc[key, "url"] and re.match("https?://", url)
        name = assets.words("models")["document_names"].get(key, SOURCES.loc[key, "publisher"])
        assert text.startswith(f"{name}, ")
    assert len({text for text, _ in documents.values()}) == len(documents)


def test_names_given_to_documents_keep_their_publisher():
    for key, name in assets.words("models")["document_names"].items():
        assert name.startswith(
            {"U.S. Immigration and Customs Enforcement": "ICE, "}.get(
                SOURCES.loc[key, "publisher"], SOURCES.loc[key, "publisher"]
            )
        )


def test_words_cover_all_values():
    words = assets.words("models")
    used = set(POWERS[list(MODELS)].to_numpy().ravel())
    assert used == set(words["answers"]) == set(words["answer_meanings"]) == set(widget.ANSWERS)
    assert set(words["model_names"]) == set(words["model_short"]) == set(MODELS)
    assert set(words["form_names"]) == set(widget.FORMS)
    assert list(words["csv_columns"]["form"]) == [*FORMS.columns[:-1], "sources"]


# --- settings ---


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("show", "form", "did you mean 'forms'"),
        ("models", "warrant,jail", "'jail', 'warrant', 'task_force'"),
        ("models", "sheriff", "models must be one of"),
        ("group", "Paperwork", "did you mean 'paperwork'"),
        ("differences", "yes", "False, True"),
        ("power", "ask", "power must be one of"),
        ("view", "chart", "'picture', 'table'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Models(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings():
    live = Models(models="jail,task_force", power="ask_status")
    assert (live.models, live.power) == ("jail,task_force", "ask_status")


# --- the page ---


def cells(text):
    return [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)]


def test_page_shows_every_power_without_scripts():
    shown = cells(page())
    for power in POWERS.itertuples():
        assert {power.power, power.condition, power.moa_section} <= set(shown)
    assert [shown.count(name) for name in POWERS["group"].unique()] == [1] * POWERS["group"].nunique()
    answers = POWERS[list(MODELS)].apply(pd.Series.value_counts).sum(axis=1)
    for answer, word in assets.words("models")["answers"].items():
        assert shown.count(word) == answers[answer]
    assert page().count('rel="noreferrer"') == sum(len(cell.split("; ")) for cell in POWERS["source_keys"])


def test_page_can_start_with_the_forms():
    shown = cells(page(show="forms"))
    for form in FORMS.itertuples(index=False):
        assert set(form[1:-1]) <= set(shown)


def test_sentence_counts_the_table():
    sentence = widget.still({"show": "powers"}).sentence
    assert f"{len(POWERS)} of {len(POWERS)} powers" in sentence
    assert f"In {(POWERS[list(MODELS)].nunique(axis=1) > 1).sum()} of them" in sentence
    counted = POWERS["warrant"].value_counts()
    assert (
        f"Warrant: {counted['yes']} yes, {counted['conditional']} conditional, {counted['no']} no,"
        f" {counted['not_stated']} not stated." in sentence
    )


def test_explorer_is_light():
    parts = [page(), *explorers.scripts("models").values(), explorers.stylesheet()]
    weight = sum(len(gzip.compress(part.encode(), 6)) for part in parts)
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 40_000


# --- what the table of forms may say ---


def test_nothing_is_said_about_forms_that_were_not_seen():
    """The forms of 2009 were seen only in clauses; where nothing is known, the same words say so in every row."""
    unknown = FORMS.loc[FORMS["form_2009"].str.startswith("Not known"), "form_2009"]
    assert len(unknown) >= 8 and json.dumps(FORMS["form_2009"].tolist()).count("Not known") == len(unknown)
    seen = FORMS[~FORMS["form_2009"].str.startswith("Not known")]
    assert seen["source_keys"].str.contains("2009|cap2018steering").all()
