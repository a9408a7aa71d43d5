"""The evidence explorer from Python: its data, words, and what it writes into a page."""

import re

import pytest
from explorer_pages import sent, still, words

from section287g import explorers, tables
from section287g.explorers.evidence import widget

TABLE = tables.load("studies")
SOURCES = tables.load("sources").set_index("source_key")
DATA, WORDS = sent("evidence")["data"], sent("evidence")["words"]
MENUS = {  # menu -> its values, in the order of their words
    "topic": list(WORDS["topics"]), "program": list(WORDS["programs"]), "design": list(WORDS["designs"]),
    "direction": list(WORDS["directions"]), "peer": list(WORDS["peers"]), "read": list(WORDS["reads"]),
}  # fmt: skip


def test_studies_stand_in_the_order_of_the_picture():
    topics, directions = MENUS["topic"], MENUS["direction"]
    places = [
        (topics.index(it["topic"][0]), directions.index(it["direction"]), it["peer"] == "no", it["id"])
        for it in DATA["studies"]
    ]
    assert places == sorted(places)


def test_the_source_of_every_study_is_listed():
    assert set(explorers.source_keys("evidence")) == set(TABLE["source_key"])


@pytest.mark.parametrize(
    ("menu", "group", "column"),
    [("topic", "topics", "topic"), ("design", "designs", "design"), ("direction", "directions", "direction"),
     ("peer", "peers", "peer_reviewed"), ("read", "reads", "how_read")],
)  # fmt: skip
def test_every_value_of_the_table_has_a_menu_entry_in_words_that_lets_its_rows_pass(menu, group, column):
    values = TABLE[column].str.split("; ")
    assert set(MENUS[menu]) == set(WORDS[group]) == {value for row in values for value in row}
    for value in MENUS[menu]:
        wanted = values.apply(lambda row, value=value: value in row).sum()
        assert len(still("evidence", **{menu: value}).select("li")) == wanted
        if menu == "topic":
            assert [head.get_text() for head in still("evidence", topic=value).select("h4")] == [WORDS["topics"][value]]


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
    assert widget.programs(studied) == named and set(named) <= set(WORDS["programs"])


def test_words_name_no_verdict_and_count_the_studies():
    said = " ".join([*WORDS["directions"].values(), *WORDS["directions_long"].values()]).lower()
    assert not re.search(r"\b(good|bad|better|worse|success|failure|harm|benefit)", said)
    assert set(WORDS["directions_long"]) == set(WORDS["directions"])
    assert WORDS["title"].startswith("{all} studies")  # counted, not typed


def test_page_reads_as_a_list_without_scripts():
    body = still("evidence")
    text, addresses = words(body), {link["href"] for link in body.select("a[rel=noreferrer]")}
    shown = ["title", "authors", "venue", "question", "finding", "limits", "data_and_design"]
    for row in TABLE.to_dict("records"):
        assert all(row[column] in text for column in shown) and WORDS["reads"][row["how_read"]] in text
        assert SOURCES.loc[row["source_key"], "url"] in addresses
    assert len(body.select("li")) == len(TABLE)
    reviewed = (TABLE["peer_reviewed"] == "yes").sum()
    assert f"{len(TABLE)} of {len(TABLE)} studies are shown; {reviewed} are" in text


def test_empty_choice_is_a_page_all_the_same():
    empty = still("evidence", topic="schooling", direction="for")
    assert not empty.select("li") and f"None of the {len(TABLE)}" in words(empty)
