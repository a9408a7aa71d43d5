"""The claims explorer from Python: its data, settings, pictures, and what it writes into a page."""

import gzip
import re

import pytest
import traitlets

from section287g import claims, explorers, tables
from section287g.explorers import Claims, assets, base
from section287g.explorers.claims import widget
from section287g.facts import written_date

TABLE = tables.load("claims")
WORDS = assets.words("claims")


def page(**options):
    return explorers.static_html("claims", image=lambda svg, file: file, **options)


def plain(text):
    text = (
        re.sub(r"<[^>]+>", " ", text)
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        .replace("&gt;", ">")
    )
    return re.sub(r"\s+", " ", text)


def test_every_claim_travels_unchanged():
    sent = widget.data()["claims"]
    assert len(sent) == len(TABLE)
    for claim, row in zip(sent, TABLE.fillna("").itertuples(), strict=True):
        assert (claim["id"], claim["text"], claim["claim"], claim["kind"], claim["verdict"]) == (
            row.claim_id,
            row.text_id,
            row.claim,
            row.kind,
            row.verdict,
        )
        for name, column in (("of", row.as_of), ("primary", row.primary_says), ("given", row.recomputed_value),
            ("definition", row.recomputed_definition),
                             ("list", row.list_date), ("why", row.explanation),
                             ("source", row.source_key)):  # fmt: skip
            assert claim[name] == written_date(column)


def test_every_claim_has_a_text_and_its_source():
    for claim in widget.data()["claims"]:
        assert widget.data()["texts"][claim["text"]]["title"]
        if claim["source"]:
            source = widget.data()["sources"][claim["source"]]
            assert source["title"] and source["short"]
    assert set(tables.cited(TABLE)) | set(widget.TEXTS.values()) <= set(explorers.source_keys("claims"))


def test_words_for_every_kind_verdict_and_mode():
    assert set(WORDS["kinds"]) == set(widget.settings()["kind"].allowed[1:]) == set(TABLE["kind"])
    for name in ("verdicts", "verdict_meanings", "marks"):
        assert set(WORDS[name]) == set(widget.settings()["verdict"].allowed[1:]) >= set(TABLE["verdict"])
    assert len(set(WORDS["marks"].values())) == len(widget.settings()["verdict"].allowed[1:])  # told apart by shape
    assert set(WORDS["modes"]) == set(widget.settings()["mode"].allowed)
    assert {name: len(found) for name, found in WORDS["examples"].items()} == {
        name: len(found) for name, found in widget.EXAMPLES.items()
    }


@pytest.mark.parametrize("claim_id", widget.PICTURES)
def test_picture_and_search_settings_are_possible(claim_id):
    picture = widget.PICTURES[claim_id]
    assert claim_id in claims.testable() and picture["on"] in claims.recompute(claim_id).lists
    assert picture["measure"] in WORDS["measures"]
    base.from_text(widget.settings(), picture.get("find", {}))


def test_examples_are_possible_settings():
    for mode, examples in widget.EXAMPLES.items():
        for example in examples:
            assert example["mode"] == mode and base.from_text(widget.settings(), example)


@pytest.mark.parametrize("claim_id", widget.CLAIMED)
def test_number_of_the_text_is_the_figure_of_its_claim(claim_id):
    figure = TABLE.set_index("claim_id").loc[claim_id, "figure"]
    assert float(re.findall(r"[\d.]+", figure)[-1]) == widget.CLAIMED[claim_id]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("mode", "guess"),
        ("text", "005"),
        ("kind", "counts"),
        ("verdict", "false"),
        ("claim", "C999-01"),
        ("unit", "officers"),
        ("date", "2025"),
    ],
)
def test_widget_refuses_wrong_values(setting, value):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of"):
        Claims(**{setting: value})


def test_page_reads_as_a_table_without_scripts():
    body = page().split('<script type="application/json"')[0]
    text = plain(body)
    assert f"{len(TABLE)} of {len(TABLE)} claims are shown." in text
    for row in TABLE.fillna("").itertuples():
        assert (
            f"{row.claim_id}: {row.claim}" in text
            and written_date(row.explanation) in text
            and written_date(row.recomputed_value) in text
        )
    assert body.count("<tr>") == len(TABLE) + len(widget.TEXTS) + 1
    assert (
        body.count('rel="noreferrer"')
        == (TABLE["source_key"].map(tables.load("sources").set_index("source_key")["url"]).notna()).sum()
    )


def test_page_starts_with_its_options():
    shown = TABLE[(TABLE["text_id"] == "003") & (TABLE["verdict"] == "contradicted")]
    text = plain(page(text="003", verdict="contradicted").split("<script")[0])
    assert (
        f"{len(shown)} of {len(TABLE)} claims are shown." in text
        and all(claim in text for claim in shown["claim"])
        and "C000-01" not in text
    )
    assert "No claim fits." in page(text="004", kind="growth").split("<script")[0]


def test_neutral_words():
    """Verdicts are words about evidence, none about honesty."""
    assert not re.search(r"\b(lie|lies|false|fake|misleading|debunked|wrong)\b", str(WORDS), flags=re.IGNORECASE)


def test_explorer_is_light():
    weight = sum(
        len(gzip.compress(part.encode(), 6))
        for part in (page(), *explorers.scripts("claims").values(), explorers.stylesheet())
    )
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 75_000
