"""The growth explorer from Python: its data, settings, words, and what it writes into a page."""

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import accumulate

import pytest
import traitlets

from section287g import counts, explorers, tables
from section287g.explorers import Growth, assets, base
from section287g.explorers.growth import widget


def decoded(changes, length):
    """The counts on all lists from [lists since the last change, change, ...]."""
    values = [0] * length
    for place, change in zip(accumulate(changes[::2]), changes[1::2], strict=True):
        values[place] = change
    return list(accumulate(values))


def page(**options):
    return explorers.static_html("growth", image=lambda svg, file: f"pictures/{file}", **options)


@pytest.mark.parametrize("state", [None, "TX", "FL", "AL", "GU", "VA", "MD"])
@pytest.mark.parametrize("unit", ["agreements", "agencies"])
def test_embedded_counts_equal_counted_ones(state, unit):
    counted = counts.over_time(state)
    series = widget.data()["series"][state or "all"][unit]
    for model, changes in series.items():
        assert decoded(changes, len(counted)) == counted[widget.UNITS[unit][model]].tolist()
    assert set(series) == {*counts.MODELS, *(["total"] if unit == "agencies" else [])}


def test_agreements_are_the_sum_of_the_models():
    counted = counts.over_time()
    assert (counted[list(counts.MODELS)].sum(axis=1) == counted["agreements"]).all()


def test_every_state_that_a_list_names_can_be_chosen():
    assert set(widget.states()) == set(tables.load("list_counts")["state"])
    assert list(widget.states().values()) == sorted(widget.states().values())


def test_lists_are_in_time_order_with_their_kind():
    lists = widget.data()["lists"]
    assert lists["date"] == sorted(lists["date"])
    assert {len(column) for column in lists.values()} == {len(tables.load("lists"))}
    assert widget.data()["start"] in lists["key"]


def test_published_totals_are_later_than_ices_newest_list_and_no_list_themselves():
    published = widget.data()["published"]
    newest = f"{counts.newest('ice_workbook')['date']:%Y-%m-%d}"
    totals = tables.load("published_totals")["date"].dt.strftime("%Y-%m-%d")
    assert {row["date"] for row in published} == {day for day in totals if day > newest} - set(
        widget.data()["lists"]["date"]
    )
    assert all(row["date"] > newest for row in published)
    assert all(row["confidence"] and row["source"] for row in published)


def test_events_have_a_day_a_source_and_words():
    texts = assets.words("growth")["event_texts"]
    assert set(texts) == set(widget.EVENTS)
    for event in widget.data()["events"]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", event["date"]) and event["source"]


# --- settings ---


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("state", "Texas", "'TX'"),
        ("state", "tx", "did you mean 'TX'"),
        ("state", None, "state must be one of 'all'"),
        ("unit", "agency", "'agreements', 'agencies'"),
        ("show", "jails", "did you mean 'jail'"),
        ("since", 2025, "'2021', '2025'"),
        ("events", "yes", "False, True"),
        ("on", "2026-05-18", "did you mean '2026-05-18-am'"),
        ("view", "chart", "'picture', 'table'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Growth(**{setting: value})
    assert expected in str(error.value)
    live = Growth()
    with pytest.raises(traitlets.TraitError):
        setattr(live, setting, value)
    assert getattr(live, setting) == widget.settings()[setting].default


def test_widget_takes_its_settings():
    live = Growth(state="TX", unit="agencies", events=True)
    assert (live.state, live.unit, live.events) == ("TX", "agencies", True)


def test_settings_from_a_page_are_text():
    values = base.from_text(widget.settings(), {"state": "TX", "events": "true"})
    assert values["state"] == "TX" and values["events"] is True and values["unit"] == "agreements"
    with pytest.raises(ValueError, match="no setting 'colour'; settings are state"):
        base.from_text(widget.settings(), {"colour": "red"})
    with pytest.raises(ValueError, match="events must be one of"):
        base.from_text(widget.settings(), {"events": "maybe"})


# --- words ---


def test_python_and_templates_agree_on_one_and_many():
    template = {"one": "{n} agreement", "other": "{n} agreements"}
    assert [base.say(template, n=n) for n in (0, 1, 2150)] == ["0 agreements", "1 agreement", "2,150 agreements"]


# --- the page ---


class Outline(HTMLParser):
    """Collects tags with attributes, and text of table cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.cells, self._cell = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._cell = tag in ("td", "th")

    def handle_data(self, text):
        if self._cell:
            self.cells.append(text)
            self._cell = False


def test_page_shows_the_start_view_without_scripts():
    outline = Outline(page())
    images = [attributes for tag, attributes in outline.tags if tag == "img"]
    assert [image["class"] for image in images] == ["only-light", "only-dark"]
    assert all(image["alt"] and int(image["width"]) > 300 and int(image["height"]) > 200 for image in images)
    newest, copy = counts.newest("ice_workbook"), counts.newest("transcript")
    for number in (newest["rows"], newest["task_force"], copy["rows"], copy["jail"]):
        assert f"{number:,}" in outline.cells
    assert f"{newest['rows']:,} agreements in force" in page()


def test_page_starts_with_its_options():
    text = page(state="TX", unit="agencies")
    assert "agencies in Texas had an agreement in force" in text
    assert "pictures/explorer-growth-agencies-TX-light.svg" in text
    assert '"state":"TX"' in text


def test_page_refuses_unknown_names():
    with pytest.raises(KeyError, match="no explorer 'grow'; explorers are claims"):
        explorers.static_html("grow", image=lambda svg, file: file)
    with pytest.raises(ValueError, match="state must be one of"):
        page(state="Texas")


def test_data_cannot_end_their_script_element():
    assert "</script" not in explorers._json({"name": "</script><script>alert(1)</script>"})
    assert json.loads(explorers._json({"name": "<b>"})) == {"name": "<b>"}


def test_explorer_is_light():
    parts = [page(), *explorers.scripts("growth").values(), explorers.stylesheet()]
    weight = sum(len(gzip.compress(part.encode(), 6)) for part in parts)
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 40_000
