"""The debate explorer from Python: its data against the tables, and what it writes into a page."""

import re

import pytest
from explorer_pages import sent, still, words

from section287g import citing, explorers, fairness, tables
from section287g.explorers import Debate, assets

ARGUMENTS = tables.load("arguments")
THEMES = tables.load("debate_themes")
SOURCES = tables.load("sources").set_index("source_key")
DATA, WORDS = sent("debate")["data"], sent("debate")["words"]


def test_sides_take_turns_in_speaking_first():
    assert [theme["first"] for theme in DATA["themes"]] == ["supports", "opposes"] * (len(THEMES) // 2)


def test_documents_have_a_name_and_an_address():
    assert set(DATA["documents"]) == {*tables.cited(ARGUMENTS), *tables.cited(THEMES)}
    assert set(DATA["documents"]) == set(explorers.source_keys("debate"))
    for key, (name, url) in DATA["documents"].items():
        assert name == citing.short(key)
        assert re.match("https?://", url) or key == "text003"  # a text supplied without an address


def test_the_note_is_no_setting():
    names = [*sent("debate"), *Debate().traits(sync=True)]
    assert not [name for name in names if "note" in name]


@pytest.mark.parametrize("options", [{}, {"theme": "rule_of_law", "who": "police"}])
def test_page_holds_every_argument_as_a_card_with_its_sources(options):
    rows = ARGUMENTS.set_index("argument_id")
    cards = still("debate", **options).select("[data-argument]")
    assert sorted(card["data-argument"] for card in cards) == sorted(rows.index)
    for card in cards:
        row, text = rows.loc[card["data-argument"]], words(card)
        assert card["data-side"] == row["side"]
        assert all(row[part] in text for part in ("argument", "who", "best_evidence", "strongest_reply"))
        own = [row["own_source_key"], *(key for key in row["source_keys"].split("; ") if key != row["own_source_key"])]
        keys = [key for key in [*own, *row["reply_source_keys"].split("; ")] if key != "text003"]
        assert [link["href"] for link in card.select("a")] == SOURCES.loc[keys, "url"].tolist()


@pytest.mark.parametrize("swap", ["false", "true"])
def test_sides_of_a_theme_stand_in_their_order(swap):
    for place, section in enumerate(still("debate", swap=swap).select(".debate-still section")):
        order = fairness.SIDES if (place % 2 == 0) != (swap == "true") else fairness.SIDES[::-1]
        sides = [card["data-side"] for card in section.select("[data-argument]")]
        assert sides == sorted(sides, key=[*order, "mixed"].index)


def test_page_says_what_would_change_a_mind_on_both_sides():
    text = words(still("debate"))
    for column in ("question", "common_ground", "supporters_would_rethink", "critics_would_rethink", "not_known"):
        assert all(cell in text for cell in THEMES[column])


def test_marks_of_the_sides_have_one_colour_and_the_same_area():
    marks = {card["data-side"]: str(card.select_one("svg")) for card in still("debate").select("[data-argument]")}
    assert all('fill="currentColor"' in mark for mark in marks.values())
    side = float(re.search(r'<rect[^>]*width="([\d.]+)"', marks["opposes"])[1])
    radius = float(re.search(r'r="([\d.]+)"', marks["supports"])[1])
    top, right = map(float, re.search(r"M8 ([\d.]+)L([\d.]+) 8", marks["mixed"]).groups())
    areas = [3.1416 * radius**2, side**2, 2 * (8 - top) * (right - 8)]
    assert max(areas) / min(areas) < 1.02
    css = (assets.FOLDER / "debate/widget.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--s287g-(\w+)", css)) <= {"ink", "muted", "line", "surface", "raised", "focus"}
    assert set(re.findall(r"#\w{3,6}\b(?=[;} ])", css)) <= {"#000"} and "data-side" not in css
