"""As of when the book speaks: typed dates and impossible checks are found, and an older row moves every date shown."""

import shutil

import pandas as pd
import pytest
from changed_tables import changed

from section287g import blocks, explorers, facts, figures, tables, vintage


def test_nothing_published_types_its_own_vintage_or_was_checked_before_its_sources():
    assert list(vintage.typed_dates()) == []
    assert list(vintage.impossible_checks()) == []


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("book/page.md", "# Title\n\n**As of when.** November 21, 2026.\n", 3),
        ("book/page.md", "**As of.** Each row has its own date. Nothing later than July 2026 was read.", 1),
        ("book/page.md", "**As of when.** Rows of {fact}`checked_states`, and later ones of 2026-11-29.", 1),
        ("book/deep/page.md", "**By whom.** Terms were looked through in November 2026.", 1),
        ("section287g/figures/new.py", 'AS_OF = "last checked on November 21, 2026"', 1),
        ("section287g/explorers/new/strings.json", '"source": "Last checked 2026-11-21."', 1),
    ],
)
def test_a_typed_date_is_named_with_its_file_and_line(tmp_path, file, text, line):
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (sentence,) = vintage.typed_dates(tmp_path)
    assert sentence.startswith(f"{file}, line {line}: the date '")


@pytest.mark.parametrize(
    "text",
    [
        "**As of when.** Last compared with its sources on {fact}`checked_states` or later.",
        "The offer of September 2, 2025 was last checked on {fact}`checked_offer`.",
        "Say the day: as of May 18, 2026 the list had 1,500 rows.",
    ],
)
def test_counted_dates_and_dates_of_other_things_pass(tmp_path, text):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.md").write_text(text, encoding="utf-8")
    assert list(vintage.typed_dates(tmp_path)) == []


@pytest.mark.parametrize(
    ("column", "what"),
    [("checked", "is before the date of its source txsb8"), ("as_of", "is before its column as_of, 2027-01")],
)
def test_a_row_checked_before_what_it_rests_on_is_named(tmp_path, column, what):
    folder = shutil.copytree(tables.DATA, tmp_path / "data")
    cells = pd.read_csv(folder / "state_stances.csv", dtype=str, keep_default_na=False)
    texas = cells.index[cells["state"] == "TX"][0]
    cells.loc[texas, column] = {"checked": "2020-01-01", "as_of": "2027-01"}[column]
    cells.to_csv(folder / "state_stances.csv", index=False)
    place = f"data/state_stances.csv, row {texas + 2}, column checked: "
    assert any(place in found and what in found for found in map(str, vintage.impossible_checks(folder)))


NOT_SHOWN = {"passages", "county_fixes", "agency_fixes", "known_lists"}  # what they hold, pages show without its date
FOLLOWED = [name for name in tables.names() if "checked" in tables.load(name) and name not in NOT_SHOWN]
LONG_AGO = "December 31, 1999"


@pytest.fixture
def aged():
    """Every row with a last check was last checked long ago. A function that gives the names of such tables that were
    loaded."""

    def age(name, table):
        if name in FOLLOWED:
            table["checked"] = pd.Timestamp("1999-12-31")

    with changed(age) as loaded:
        yield lambda: loaded & set(FOLLOWED)


def test_the_oldest_row_decides():
    states, asked = tables.load("state_stances"), tables.load("polls")
    asked.loc[3, "checked"] = pd.Timestamp("2020-05-04")
    assert tables.last_checked(states, asked) == pd.Timestamp("2020-05-04") < tables.last_checked(states)


@pytest.mark.parametrize("name", explorers.names())
def test_an_explorer_shows_the_last_check_of_its_rows(aged, name):
    page = explorers.static_html(name, image=lambda svg, file: file)
    assert (LONG_AGO in page) == bool(aged())


@pytest.mark.parametrize("name", figures.names())
def test_a_picture_shows_the_last_check_of_its_rows(aged, name):
    picture = figures.draw(name)
    # An effect was compared with its study when it was checked.
    shown = aged() - ({"studies"} if "effects" in aged() else set())
    assert (LONG_AGO in picture.as_of) == bool(shown)


def test_polls_and_numbers_show_the_last_check_of_their_rows(aged):
    assert LONG_AGO in blocks.render("polls", None)
    named = [name for name in facts.names() if name.startswith("checked_")]
    assert named and {facts.get(name).text for name in named} == {LONG_AGO}
    assert aged() == set(FOLLOWED)
