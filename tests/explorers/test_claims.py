"""The claims explorer from Python: its data, pictures, and what it writes into a page."""

import re

import pytest
from explorer_pages import html, sent, still, words

from section287g import claims, tables
from section287g.explorers.claims import widget
from section287g.facts import written_date

TABLE = tables.load("claims").fillna("")
DATA, WORDS = sent("claims")["data"], sent("claims")["words"]


def test_words_for_every_kind_verdict_and_mode():
    assert set(WORDS["kinds"]) == set(TABLE["kind"])
    assert set(WORDS["verdicts"]) == set(WORDS["verdict_meanings"]) == set(WORDS["marks"]) >= set(TABLE["verdict"])
    assert len(set(WORDS["marks"].values())) == len(WORDS["verdicts"])  # told apart by shape
    lengths = {mode: len(examples) for mode, examples in DATA["examples"].items()}
    assert {mode: len(examples) for mode, examples in WORDS["examples"].items()} == lengths
    assert set(lengths) | {"claims"} == set(WORDS["modes"])


@pytest.mark.parametrize("claim_id", widget.PICTURES)
def test_picture_and_search_settings_are_possible(claim_id):
    picture = widget.PICTURES[claim_id]
    assert claim_id in claims.testable() and picture["on"] in claims.recompute(claim_id).lists
    assert picture["measure"] in WORDS["measures"] and html("claims", **picture.get("find", {}))


@pytest.mark.parametrize("claim_id", widget.CLAIMED)
def test_number_of_the_text_is_the_figure_of_its_claim(claim_id):
    figure = TABLE.set_index("claim_id").loc[claim_id, "figure"]
    assert float(re.findall(r"[\d.]+", figure)[-1]) == widget.CLAIMED[claim_id]


def test_page_reads_as_a_table_without_scripts():
    body = still("claims")
    text = words(body)
    for row in TABLE.itertuples():
        said = (f"{row.claim_id}: {row.claim}", written_date(row.explanation), written_date(row.recomputed_value))
        assert all(" ".join(part.split()) in text for part in said), row.claim_id
    assert len(body.select("tr")) == len(TABLE) + len(DATA["texts"]) + 1
    urls = TABLE["source_key"].map(tables.load("sources").set_index("source_key")["url"])
    assert len(body.select("a[rel=noreferrer]")) == urls.notna().sum()


def test_page_starts_with_its_options():
    shown = TABLE[(TABLE["text_id"] == "003") & (TABLE["verdict"] == "contradicted")]
    text = words(still("claims", text="003", verdict="contradicted"))
    assert f"{len(shown)} of {len(TABLE)} claims" in text and all(claim in text for claim in shown["claim"])
    assert "C000-01" not in text and WORDS["none"] in words(still("claims", text="004", kind="growth"))


def test_neutral_words():
    """Verdicts are words about evidence, none about honesty."""
    assert not re.search(r"\b(lie|lies|false|fake|misleading|debunked|wrong)\b", str(WORDS), flags=re.IGNORECASE)
