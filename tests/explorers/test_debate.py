"""The debate explorer from Python: its data against the tables, its settings, and what it writes into a page."""

import gzip
import html
import re

import pytest
import traitlets
from bs4 import BeautifulSoup

from section287g import citing, explorers, fairness, tables
from section287g.explorers import Debate, assets
from section287g.explorers.debate import widget

ARGUMENTS = tables.load("arguments")
THEMES = tables.load("debate_themes")
SOURCES = tables.load("sources").set_index("source_key")
WORDS = assets.words("debate")


def page(**options):
    return explorers.static_html("debate", image=lambda svg, file: file, **options)


def cards(**options):
    return BeautifulSoup(page(**options), "html.parser").select("[data-argument]")


def test_all_arguments_are_here():
    assert len(ARGUMENTS) >= 57 and len(THEMES) == 8


def test_every_argument_is_embedded_unchanged():
    rows = [
        (
            sent["id"], sent["theme"], sent["side"], sent["who"], "; ".join(sent["whoKinds"]), sent["argument"],
            sent["evidence"], sent["kind"],
            sent["reply"], "; ".join(sent["sources"]), sent["own"], "; ".join(sent["replySources"]),
        )
        for sent in widget.data()["arguments"]
    ]  # fmt: skip
    assert rows == list(ARGUMENTS.itertuples(index=False, name=None))


def test_every_theme_is_embedded_unchanged():
    rows = [
        (
            sent["id"],
            sent["title"],
            sent["question"],
            sent["common"],
            sent["rethink"]["supports"],
            sent["rethink"]["opposes"],
            sent["unknown"],
            "; ".join(sent["sources"]),
        )
        for sent in widget.data()["themes"]
    ]
    assert rows == list(THEMES.itertuples(index=False, name=None))


def test_sides_take_turns_in_speaking_first():
    assert [theme["first"] for theme in widget.data()["themes"]] == ["supports", "opposes"] * 4


def test_documents_have_a_name_and_an_address():
    named = {
        key
        for column in ("source_keys", "own_source_key", "reply_source_keys")
        for cell in ARGUMENTS[column]
        for key in cell.split("; ")
    }
    named |= {key for cell in THEMES["source_keys"] for key in cell.split("; ")}
    assert set(widget.data()["documents"]) == named == set(explorers.source_keys("debate"))
    for key, (name, url) in widget.data()["documents"].items():
        assert name == citing.short(key)
        assert re.match("https?://", url) or key == "text003"  # a text supplied without an address


def test_words_cover_all_values():
    assert (
        set(WORDS["evidence_kinds"])
        == set(widget.settings()["evidence"].allowed[1:])
        >= set(ARGUMENTS["evidence_kind"])
    )
    kinds = {kind for cell in ARGUMENTS["who_kinds"] for kind in cell.split("; ")}
    assert set(WORDS["who_kinds"]) == set(widget.settings()["who"].allowed[1:]) == kinds
    assert (
        set(WORDS["sides"])
        == set(WORDS["answers"])
        == set(WORDS["blocks"])
        == set(widget.SIDES)
        == set(ARGUMENTS["side"])
    )


# --- settings ---


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("theme", "safety", "did you mean 'public_safety'"),
        ("who", "sheriff", "'all', 'federal'"),
        ("evidence", "study", "'peer_reviewed'"),
        ("swap", "yes", "False, True"),
        ("view", "cards", "view must be one of"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Debate(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings_and_knows_no_note():
    live = Debate(theme="all", who="police", swap=True)
    assert (live.theme, live.who, live.swap) == ("all", "police", True)
    assert not [name for name in live.traits(sync=True) if "note" in name]


# --- the page ---


@pytest.mark.parametrize("options", [{}, {"theme": "rule_of_law", "who": "police"}])
def test_page_holds_every_argument_as_a_card_with_its_sources(options):
    rows = ARGUMENTS.set_index("argument_id")
    found = cards(**options)
    assert {card["data-argument"] for card in found} == set(rows.index) and len(found) == len(rows)
    for card in found:
        row, text = rows.loc[card["data-argument"]], re.sub(r"\s+", " ", card.get_text())
        assert card["data-side"] == row["side"]
        for part in ("argument", "who", "best_evidence", "strongest_reply"):
            assert row[part] in text
        links = [link["href"] for link in card.select("a")]
        keys = [
            row["own_source_key"],
            *(key for key in row["source_keys"].split("; ") if key != row["own_source_key"]),
            *row["reply_source_keys"].split("; "),
        ]
        assert links == [SOURCES.loc[key, "url"] for key in keys if key != "text003"]


@pytest.mark.parametrize("swap", ["false", "true"])
def test_sides_of_a_theme_stand_in_their_order(swap):
    soup = BeautifulSoup(page(swap=swap), "html.parser")
    for place, section in enumerate(soup.select(".debate-still section")):
        order = fairness.SIDES if (place % 2 == 0) != (swap == "true") else fairness.SIDES[::-1]
        sides = [card["data-side"] for card in section.select("[data-argument]")]
        assert sides == sorted(sides, key=[*order, "mixed"].index)


def test_page_says_what_would_change_a_mind_on_both_sides():
    text = html.unescape(re.sub(r"<[^>]+>", " ", page().split("<script")[0]))
    for column in ("question", "common_ground", "supporters_would_rethink", "critics_would_rethink", "not_known"):
        assert all(cell in text for cell in THEMES[column])


def test_marks_of_the_sides_have_one_colour_and_the_same_area():
    assert all('fill="currentColor"' in widget._mark(side) for side in widget.SIDES)
    areas = [3.1416 * 6.2**2, 11.0**2, 15.6**2 / 2]
    assert max(areas) / min(areas) < 1.02
    assert (
        'r="6.2"' in widget._mark("supports")
        and 'width="11" height="11"' in widget._mark("opposes")
        and "M8 0.2L15.8 8" in widget._mark("mixed")
    )
    css = (assets.FOLDER / "debate/widget.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--s287g-(\w+)", css)) <= {"ink", "muted", "line", "surface", "raised", "focus"}
    assert set(re.findall(r"#\w{3,6}\b(?=[;} ])", css)) <= {"#000"} and "data-side" not in css


def test_explorer_is_light():
    weight = sum(
        len(gzip.compress(part.encode(), 6))
        for part in (page(), *explorers.scripts("debate").values(), explorers.stylesheet())
    )
    print(f"explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 95_000
