"""The explorer of state rules from Python: its data, settings, words, and what it writes into a page."""

import gzip
import re
from html import unescape

import pytest
import traitlets

from section287g import explorers, stances, tables
from section287g.counts import MODELS
from section287g.explorers import States, assets
from section287g.explorers.states import widget
from section287g.facts import written_date
from section287g.tiles import TILES

TABLE = stances.by_state()
WORDS = assets.words("states")


def page(**options):
    return explorers.static_html("states", image=lambda svg, file: file, **options)


def test_every_state_travels_unchanged():
    states = widget.data()["states"]
    assert len(states) == len(TABLE)
    for state, row in zip(states, TABLE.itertuples(index=False), strict=True):
        sent = [state[key] for key in ("id", "name", "stance", "law", "as_of", "confidence", "note", "doubt")]
        assert sent == [
            row.state,
            row.name,
            row.stance,
            row.law_or_order,
            row.as_of,
            row.confidence,
            row.note,
            row.doubt,
        ]
        assert (
            state["agreements"] == [getattr(row, model) for model in MODELS] and tuple(state["at"]) == TILES[row.state]
        )


def test_every_state_has_sources_with_name_and_address():
    documents = widget.data()["documents"]
    for state in widget.data()["states"]:
        assert state["sources"]
        for key in state["sources"]:
            name, address = documents[key]
            assert name and re.match("https?://", address), key
    assert set(tables.cited(tables.load("state_stances"))) <= set(explorers.source_keys("states"))


def test_every_stance_grade_and_letter_has_words():
    assert list(WORDS["stances"].items()) == list(stances.LABELS.items())
    assert list(WORDS["letters"].items()) == list(stances.LETTERS.items())
    assert set(WORDS["meanings"]) == set(WORDS["parts"]) == set(stances.STANCES)
    assert set(WORDS["grades"]) == set(widget.settings()["confidence"].allowed[1:-1]) >= set(TABLE["confidence"])
    assert list(WORDS["confidences"]) == list(widget.settings()["confidence"].allowed)


def test_both_directions_look_equally_strong():
    code = (assets.FOLDER / "states" / "widget.js").read_text(encoding="utf-8")
    looks = {stance: (int(level), pattern) for stance, level, pattern in re.findall(r'(\w+): \[(\d), "(\w*)"\]', code)}
    assert set(looks) == set(stances.STANCES)
    for toward, away in (("requires", "bans"), ("encourages", "restricts")):
        assert looks[toward][0] == looks[away][0] and looks[toward][1] != looks[away][1]
    assert looks["requires"][0] > looks["encourages"][0] > looks["not_established"][0]


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("stance", "forbids", "'all', 'requires'"),
        ("confidence", "sure", "'doubt'"),
        ("state", "Texas", "'AL'"),
        ("show", "count", "'agreements'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        States(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings():
    live = States(state="TX", stance="requires", show="agreements")
    assert (live.state, live.stance, live.show, live.confidence) == ("TX", "requires", "agreements", "all")


def test_page_reads_without_scripts():
    body = page().split('<script type="application/json"')[0]
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
    for row in TABLE.itertuples():
        agreements = f"{row.jail}, {row.warrant}, {row.task_force}"
        assert (
            f"{row.name} {row.law_or_order.rstrip('.')}. True as of {written_date(row.as_of)};"
            f" {WORDS['grades'][row.confidence]}" in plain
        )
        assert agreements in plain
    assert body.count("<tr>") == 1 + len(TABLE) + TABLE["stance"].nunique() and body.count('rel="noreferrer"') == sum(
        len(cell.split("; ")) for cell in TABLE["source_keys"]
    )
    assert body.count('class="only-light"') == 1 and f"{len(TABLE)} of {len(TABLE)} places are shown" in plain
    assert all(note in plain for note in TABLE["note"])


def test_explorer_is_light():
    weight = sum(
        len(gzip.compress(part.encode(), 6))
        for part in (page(), *explorers.scripts("states").values(), explorers.stylesheet())
    )
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 60_000
