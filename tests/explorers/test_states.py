"""The explorer of state rules from Python: its data, words, and what it writes into a page."""

import re

from explorer_pages import sent, still, words

from section287g import explorers, stances, tables
from section287g.explorers import assets
from section287g.facts import written_date

TABLE = stances.by_state()
DATA, WORDS = sent("states")["data"], sent("states")["words"]


def test_every_state_has_sources_with_name_and_address():
    for state in DATA["states"]:
        documents = [DATA["documents"][key] for key in state["sources"]]
        assert documents and all(name and re.match("https?://", address) for name, address in documents)
    assert set(tables.cited(tables.load("state_stances"))) <= set(explorers.source_keys("states"))


def test_every_stance_grade_and_letter_has_words():
    assert list(WORDS["stances"].items()) == list(stances.LABELS.items())
    assert list(WORDS["letters"].items()) == list(stances.LETTERS.items())
    assert set(WORDS["meanings"]) == set(WORDS["parts"]) == set(stances.STANCES)
    assert set(WORDS["grades"]) >= set(TABLE["confidence"])
    assert list(WORDS["confidences"]) == ["all", *WORDS["grades"], "doubt"]


def test_both_directions_look_equally_strong():
    code = (assets.FOLDER / "states" / "widget.js").read_text(encoding="utf-8")
    looks = {stance: (int(level), pattern) for stance, level, pattern in re.findall(r'(\w+): \[(\d), "(\w*)"\]', code)}
    assert set(looks) == set(stances.STANCES)
    for toward, away in (("requires", "bans"), ("encourages", "restricts")):
        assert looks[toward][0] == looks[away][0] and looks[toward][1] != looks[away][1]
    assert looks["requires"][0] > looks["encourages"][0] > looks["not_established"][0]


def test_page_reads_without_scripts():
    body = still("states")
    text = words(body)
    for row in TABLE.itertuples():
        rule = f"{row.name} {row.law_or_order.rstrip('.')}. True as of {written_date(row.as_of)};"
        assert f"{rule} {WORDS['grades'][row.confidence]}" in text and row.note in text
        assert f"{row.jail}, {row.warrant}, {row.task_force}" in text
    assert len(body.select("tr")) == 1 + len(TABLE) + TABLE["stance"].nunique()
    assert len(body.select("a[rel=noreferrer]")) == TABLE["source_keys"].str.split("; ").str.len().sum()
    assert len(body.select("img.only-light")) == 1 and f"{len(TABLE)} of {len(TABLE)} places" in text
