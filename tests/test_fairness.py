"""Fairness of the debate, measured: the tables keep the rules, and each rule notices when one side is trimmed."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from section287g import explorers, fairness, handouts, tables

ARGUMENTS = tables.load("arguments")
THEMES = tables.load("debate_themes")
SOURCES = tables.load("sources")
NAMES = THEMES["theme"].tolist()
ROOT = Path(__file__).parents[1]
# Pages, slides and sheets on the debate and on teaching it, in which the sides take turns.
PAGES = [
    *(ROOT / "book/debate").glob("[ae]*.md"),
    *(ROOT / "book/teach").glob("*.md"),
    *(ROOT / "book/teach/slides/parts").glob("*.md"),
]

# Columns that hold other people's words, or names of documents.
QUOTED = {
    "cities": ["city"], "claims": ["claim", "primary_says"], "events": ["name", "aliases"],
    "glossary": ["term", "related_terms"], "passages": ["text", "document"], "polls": ["question_wording"],
    "sources": ["title", "publisher", "url", "note"], "studies": ["title"],
}  # fmt: skip


def findings(arguments=ARGUMENTS, themes=THEMES, sources=SOURCES):
    return fairness.findings(arguments, themes, sources)


def changed(table, row, column, value):
    """A copy of `table` with one cell changed."""
    copy = table.copy()
    copy.loc[row, column] = value
    return copy


def first(theme, side):
    """Row of the first argument of a side in a theme."""
    return ARGUMENTS.index[(ARGUMENTS["theme"] == theme) & (ARGUMENTS["side"] == side)][0]


# --- the tables ---


def test_the_debate_is_told_evenly():
    assert findings() == []


def test_balance_says_what_each_side_is_given():
    given = fairness.balance(ARGUMENTS, THEMES)
    print(given.to_string())
    assert given.index.tolist() == NAMES
    assert (given["arguments"] >= 3).all(axis=None) and (given["sources"] >= 3).all(axis=None)
    mixed = (ARGUMENTS["side"] == "mixed").sum()
    assert given["arguments"].sum().sum() + mixed == len(ARGUMENTS)


def test_words_of_a_reply_speak_for_the_other_side():
    columns = "argument_id theme side argument best_evidence strongest_reply source_keys reply_source_keys".split()
    counted = ("A-S1", "t", "supports", "four words stand here", "two words", "one", "a; b", "b; c")
    mixed = ("A-M1", "t", "mixed", "not", "counted", "here", "d", "d")
    one = pd.DataFrame([counted, mixed], columns=columns)
    row = fairness.balance(one, pd.DataFrame({"theme": ["t", "u"]})).loc["t"]
    assert row["words"].to_dict() == {"supports": 6, "opposes": 1}
    assert row["arguments"].to_dict() == {"supports": 1, "opposes": 0}
    assert row["sources"].to_dict() == {"supports": 2, "opposes": 2}


def test_documents_behind_both_sides_are_of_the_same_kinds():
    behind = fairness.sources_by_side(ARGUMENTS, SOURCES)
    assert behind.loc["advocacy", "supports"] == pytest.approx(behind.loc["advocacy", "opposes"], abs=3)
    assert behind.sum().min() >= 0.8 * behind.sum().max()


def test_a_study_that_both_sides_cite_as_their_evidence_is_called_mixed():
    for study in tables.load("studies").itertuples():
        cited = ARGUMENTS["source_keys"].str.split("; ").map(lambda keys, key=study.source_key: key in keys)
        if set(fairness.SIDES) <= set(ARGUMENTS.loc[cited, "side"]):
            assert study.direction in ("mixed", "none"), study.study_id


# --- the rules notice ---


def without(theme, side, number):
    """The arguments without the first of a side in a theme."""
    return ARGUMENTS.drop(ARGUMENTS.index[(ARGUMENTS["theme"] == theme) & (ARGUMENTS["side"] == side)][:number])


def trimmed(theme, side, column, most):
    """The arguments with the first words only in a column of a side's arguments in a theme."""
    copy = ARGUMENTS.copy()
    own = (copy["theme"] == theme) & (copy["side"] == side)
    copy.loc[own, column] = copy.loc[own, column].str.split().str[:most].str.join(" ")
    return copy


@pytest.mark.parametrize("side", fairness.SIDES)
@pytest.mark.parametrize("theme", NAMES)
def test_a_side_that_is_cut_short_is_noticed(theme, side):
    other = next(each for each in fairness.SIDES if each != side)
    for arguments, notice in (
        (without(theme, side, None), "one side has no argument"),
        (without(theme, side, 2), r"\d arguments support and \d oppose"),
        (trimmed(theme, side, "best_evidence", 6), "words:"),
        (trimmed(theme, other, "strongest_reply", 1), "words:"),  # a reply speaks for the other side
    ):
        assert any(re.match(f"{theme}: {notice}", line) for line in findings(arguments)), notice


def test_a_line_on_thinking_again_that_is_trimmed_is_noticed():
    short = changed(THEMES, 2, "critics_would_rethink", "If crime fell.")
    assert [line.partition(":")[0] for line in findings(themes=short)] == [NAMES[2]]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("own_source_key", "gao2009", "is not among its sources"),
        ("own_source_key", "aclu2022", "aclu2022 is a source of the other side"),
        ("reply_source_keys", "", "the reply has no source"),
        ("who", "ICE; a sheriff (supporter)", "'ICE' is named without a stance"),
        ("strongest_reply", f"The dragnet is clearly wrong{', and so is more of it' * 3}", "loaded word 'dragnet'"),
    ],
)
def test_missing_sources_and_loaded_words_are_noticed(column, value, expected):
    row = first("public_safety", "supports")
    found = findings(changed(ARGUMENTS, row, column, value))
    assert any(line.startswith(f"{ARGUMENTS.loc[row, 'argument_id']}: ") and expected in line for line in found)


def test_loaded_words_may_stand_in_quotation_marks():
    assert fairness.loaded_words('Supporters say "illegal aliens", critics say “raids”.') == []
    loaded = fairness.loaded_words('The crackdown on "illegal aliens" is clearly shocking.')
    assert loaded == ["crackdown", "clearly", "shocking"]


# --- who speaks first ---


def alternate(sides):
    """Whether each side stands first in every second place."""
    return all(one != next_one for one, next_one in zip(sides, sides[1:]))


def test_the_first_side_changes_from_place_to_place():
    first = [fairness.first_side(place) for place in range(8)]
    assert alternate(first) and set(first) == set(fairness.SIDES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Supporters point to jails, critics to the street.", ["supports"]),
        ("A square marks critics, a circle supporters.\n\nOnly critics here.", ["opposes"]),
        ("- a critic's card\n- a supporter's card", []),
        ("Critics and supporters agree.\n\n| Supporters | Critics |", ["opposes", "supports"]),
    ],
)
def test_paragraphs_that_name_both_sides_are_read(text, expected):
    assert fairness.named_first(text) == expected


def test_a_page_that_always_begins_with_one_side_is_noticed():
    assert fairness.take_turns(["supports", "opposes", "supports"])
    assert not fairness.take_turns(["supports", "supports"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_sides_take_turns_on_a_page(path):
    assert fairness.take_turns(fairness.named_first(path.read_text(encoding="utf-8")))


def test_sides_take_turns_over_the_pages_and_slides_for_teaching():
    texts = [path.read_text(encoding="utf-8") for path in PAGES if "teach" in path.parts]
    turns = [turn for text in texts for turn in fairness.named_first(text)]
    assert len(turns) >= 4 and fairness.take_turns(turns)


def test_sides_take_turns_in_themes_options_and_roles():
    themes = [
        section.select_one("[data-side]")["data-side"]
        for section in BeautifulSoup(debate(), "html.parser").select("section[data-theme-id]")
    ]
    options = [option["sides"][0]["side"] for option in handouts.sheets()["three-options"][1]()["options"]]
    side = ARGUMENTS.set_index("argument_id")["side"]
    roles = [[side[name] for name in cell.split("; ")] for cell in tables.load("roles")["argument_ids"]]
    both = [sides[0] for sides in roles if set(sides) == set(fairness.SIDES)]
    for first in (themes, options, both):
        assert len(first) >= 3 and alternate(first)


def test_sides_take_turns_in_the_words_of_sheets():
    words = json.loads((ROOT / "section287g/handouts/strings.json").read_text(encoding="utf-8"))
    assert fairness.take_turns([turn for text in texts_of(words) for turn in fairness.named_first(text)])


def texts_of(words):
    """Every text in nested dictionaries and lists."""
    if isinstance(words, str):
        return [words]
    parts = words.values() if isinstance(words, dict) else words if isinstance(words, list) else []
    return [text for part in parts for text in texts_of(part)]


def test_both_sides_let_residents_speak():
    residents = ARGUMENTS[ARGUMENTS["who_kinds"].str.contains("residents")]
    assert residents["side"].value_counts().to_dict() == {"supports": 2, "opposes": 2}


def test_a_group_has_one_stance():
    groups = ["ACLU", "Cato Institute", "Center for Immigration Studies", "ICE", "Immigration Reform", "LatinoJustice"]
    for name in groups:
        said = [speaker for cell in ARGUMENTS["who"] for speaker in cell.split("; ") if name in speaker]
        stances = {stance for speaker in said for stance in re.findall(r"(supporter|critic|no side)s?\)", speaker)}
        assert len(stances) == 1, name


# --- every table, and the page that readers see ---


def debate():
    """The debate explorer as it stands in a page without scripts."""
    return explorers.static_html("debate", image=lambda svg, file: file)


@pytest.mark.parametrize("name", tables.names())
def test_no_table_uses_loaded_words_in_our_own_voice(name):
    table = tables.load(name)
    text = table.select_dtypes(["string", "object"]).columns.difference(QUOTED.get(name, []))
    assert [(column, cell) for column in text for cell in table[column].dropna() if fairness.loaded_words(cell)] == []


def test_both_sides_have_as_many_cards_and_words_on_the_page():
    soup = BeautifulSoup(debate(), "html.parser")
    for section in soup.select(".debate-still section"):
        cards = {side: section.select(f"[data-side={side}]") for side in fairness.SIDES}
        assert len(cards["supports"]) == len(cards["opposes"])
        said = {side: sum(len(card.get_text(" ").split()) for card in cards[side]) for side in fairness.SIDES}
        assert min(said.values()) >= 0.8 * max(said.values())  # with names, labels and sources
