"""The evidence explorer from Python: its data, settings, words, and what it writes into a page."""

import gzip
import html
import re

import pytest
import traitlets

from section287g import explorers, tables
from section287g.explorers import Evidence, assets, base
from section287g.explorers.evidence import widget

TABLE = tables.load("studies")
SOURCES = tables.load("sources").set_index("source_key")
WORDS = assets.words("evidence")
COLUMNS = {
    "study_id": "id",
    "authors": "authors",
    "year": "year",
    "title": "title",
    "venue": "venue",
    "program_studied": "studied",
    "question": "question",
    "data_and_design": "data",
    "finding": "finding",
    "limits": "limits",
    "design": "design",
    "direction": "direction",
    "peer_reviewed": "peer",
    "read_level": "level",
    "how_read": "read",
    "source_key": "source",
}


def page(**options):
    return explorers.static_html("evidence", image=lambda svg, file: file, **options)


def still(**options):
    return page(**options).split('<script type="application/json"')[0]


def test_every_study_travels_unchanged():
    sent = {study["id"]: study for study in widget.data()["studies"]}
    assert len(sent) == len(TABLE) > 40
    for row in TABLE.to_dict("records"):
        study = sent[row["study_id"]]
        assert {column: study[key] for column, key in COLUMNS.items()} == {column: row[column] for column in COLUMNS}
        assert "; ".join(study["topic"]) == row["topic"]


def test_every_study_has_a_source_with_name_and_address():
    for study in widget.data()["studies"]:
        source = widget.data()["sources"][study["source"]]
        assert source["title"] and source["publisher"] and source["date"]
        assert re.match("https?://", source["url"])
    assert set(explorers.source_keys("evidence")) == set(TABLE["source_key"])


def test_order_is_that_of_the_picture():
    places = [
        (
            widget.MENUS["topic"].index(study["topic"][0]),
            widget.MENUS["direction"].index(study["direction"]),
            study["peer"] == "no",
            study["id"],
        )
        for study in widget.data()["studies"]
    ]
    assert places == sorted(places)


def test_every_value_of_the_table_has_a_menu_entry_in_words():
    groups = {
        "topic": "topics",
        "program": "programs",
        "design": "designs",
        "direction": "directions",
        "peer": "peers",
        "read": "reads",
    }
    for menu, values in widget.MENUS.items():
        used = {value for study in widget.data()["studies"] for value in widget._values(study, menu)}
        assert used == set(values) == set(WORDS[groups[menu]]), menu
    assert set(WORDS["directions_long"]) == set(widget.MENUS["direction"])


@pytest.mark.parametrize(
    ("studied", "named"),
    [
        ("287(g) plus local ordinance", ("287g",)),
        ("287(g) task force and Secure Communities", ("287g", "secure_communities")),
        ("Secure Communities", ("secure_communities",)),
        ("sanctuary policies", ("other",)),
    ],
)
def test_programs_named(studied, named):
    assert widget.programs(studied) == named


def test_words_name_no_verdict():
    said = " ".join([*WORDS["directions"].values(), *WORDS["directions_long"].values()]).lower()
    assert not re.search(r"\b(good|bad|better|worse|success|failure|harm|benefit)", said)


def test_number_of_studies_in_the_words():
    assert WORDS["title"].startswith(f"{len(TABLE)} studies") and f"{len(TABLE)} studies" in WORDS["predict"]


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [("topic", "Crime", "'crime'"), ("read", "none", "'whole'"), ("study", "ST99", "''"), ("peer", True, "'yes'")],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Evidence(**{setting: value})
    assert expected in str(error.value)


def test_page_reads_as_a_list_without_scripts():
    plain = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", still())))
    for row in TABLE.itertuples():
        for text in (
            row.title,
            row.authors,
            row.venue,
            row.question,
            row.finding,
            row.limits,
            row.data_and_design,
            WORDS["reads"][row.how_read],
        ):
            assert text in plain, row.study_id
        assert SOURCES.loc[row.source_key, "url"] in html.unescape(still())
    assert still().count("<li>") == still().count('rel="noreferrer"') == len(TABLE)
    assert (
        f"{len(TABLE)} of {len(TABLE)} studies are shown; {(TABLE['peer_reviewed'] == 'yes').sum()} are peer-reviewed."
        in plain
    )


@pytest.mark.parametrize(
    ("menu", "column"),
    [("direction", "direction"), ("peer", "peer_reviewed"), ("design", "design"), ("read", "how_read")],
)
def test_menu_of_one_column_lets_the_right_rows_pass(menu, column):
    for value in widget.MENUS[menu]:
        assert still(**{menu: value}).count("<li>") == (TABLE[column] == value).sum()


def test_topic_finds_studies_of_several_topics():
    trust = TABLE[TABLE["topic"].str.contains("trust")]
    body = still(topic="trust")
    assert body.count("<li>") == len(trust) > (TABLE["topic"].str.split("; ").str[0] == "trust").sum()
    assert body.count("<h4>") == 1 and WORDS["topics"]["trust"] in body


def test_empty_choice_is_a_page_all_the_same():
    assert "<li>" not in still(topic="schooling", direction="for")
    assert widget.still(
        base.from_text(widget.settings(), {"topic": "schooling", "direction": "for"})
    ).sentence.startswith(f"None of the {len(TABLE)}")


def test_explorer_is_light():
    weight = sum(
        len(gzip.compress(part.encode(), 6))
        for part in (page(), *explorers.scripts("evidence").values(), explorers.stylesheet())
    )
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 65_000
