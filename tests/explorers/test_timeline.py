"""The timeline explorer from Python: its data, settings, words, and what it writes into a page."""

import gzip
import re

import pytest
import traitlets

from section287g import explorers, tables
from section287g.explorers import Timeline, assets, base
from section287g.explorers.timeline import widget
from section287g.facts import written_date

TABLE = tables.load("timeline")
SOURCES = tables.load("sources").set_index("source_key")


def page(**options):
    return explorers.static_html("timeline", image=lambda svg, file: file, **options)


def test_every_event_travels_unchanged():
    events = widget.data()["events"]
    assert len(events) == len(TABLE)
    for event, row in zip(events, TABLE.itertuples(), strict=True):
        sent = (
            event["id"],
            event["date"],
            event["title"],
            event["text"],
            event["kind"],
            event["confidence"],
            event["source"],
        )
        assert sent == (row.event_id, row.date, row.title, row.description, row.kind, row.confidence, row.source_key)


def test_every_event_has_a_source_with_name_and_address():
    for event in widget.data()["events"]:
        source = widget.data()["sources"][event["source"]]
        assert source["title"] and source["publisher"] and source["date"]
        assert re.match("https?://", source["url"])
    assert set(explorers.source_keys("timeline")) == set(TABLE["source_key"])


def test_events_stand_in_order_of_time():
    dates = TABLE["date"].tolist()
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("1996-09-30", "clinton"),
        ("2001-01-20", "bush"),
        ("2017-01-18", "obama"),
        ("2017-01-25", "trump_first"),
        ("2022", "biden"),
        ("2025-01-20", "trump_second"),
    ],
)
def test_administration_in_office(date, name):
    assert widget.administration(date) == name


def test_kinds_and_grades_have_words():
    words = assets.words("timeline")
    assert set(words["kinds"]) == set(widget.settings()["kinds"].allowed) == set(TABLE["kind"])
    assert set(words["grades"]) >= set(TABLE["confidence"])
    assert set(words["administrations"]) == set(words["administrations_short"]) == set(widget.ADMINISTRATIONS)


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("kinds", "law,nothing", "'law', 'executive'"),
        ("kinds", "executive,law", "'law', 'executive'"),
        ("event", "2002", "''"),
        ("view", "list", "'picture', 'table'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Timeline(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings():
    live = Timeline(kinds="law,court", search="texas")
    assert (live.kinds, live.search, live.event) == ("law,court", "texas", "")


def test_page_reads_as_a_list_without_scripts():
    text = page()
    body = text.split('<script type="application/json"')[0]
    plain = re.sub(r"<[^>]+>", " ", body).replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    plain = re.sub(r"\s+", " ", plain)
    for row in TABLE.itertuples():
        assert row.title in plain and row.description in plain
        assert f"{written_date(row.date)}: {row.title}" in plain
    assert body.count("<li>") == body.count('rel="noreferrer"') == len(TABLE)
    assert f"{len(TABLE)} of {len(TABLE)} events are shown" in plain


def test_page_starts_with_its_options():
    shown = TABLE[TABLE["kind"] == "court"]
    assert page(kinds="court").split("<script")[0].count("<li>") == len(shown)
    with pytest.raises(ValueError, match="kinds must be one of"):
        page(kinds="courts")


def test_empty_choice_is_a_page_all_the_same():
    assert "<li>" not in page(kinds="").split("<script")[0]
    assert widget.still(base.from_text(widget.settings(), {"kinds": ""})).sentence.startswith(
        f"None of the {len(TABLE)}"
    )


def test_explorer_is_light():
    weight = sum(
        len(gzip.compress(part.encode(), 6))
        for part in (page(), *explorers.scripts("timeline").values(), explorers.stylesheet())
    )
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 60_000
