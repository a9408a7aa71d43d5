"""One event, one truth: what contradicts a row of events.csv is named with both cells; what agrees, or speaks of
something else, is not."""

import json

import pandas as pd
import pytest

from section287g import events

MADE = {
    "states": [
        {"state": "NM", "name": "New Mexico"},
        {"state": "VA", "name": "Virginia"},
        {"state": "WV", "name": "West Virginia"},
        {"state": "TX", "name": "Texas"},
    ],
    "events": [
        {
            "event_id": "nm_hb9",
            "name": "Immigrant Safety Act",
            "aliases": "HB 9",
            "place": "NM",
            "kind": "law",
            "signed": "2026-02-05",
            "in_effect": "2026-05-20",
            "status": "in_force",
        },
        {
            "event_id": "va_eo47",
            "name": "Executive Order 47",
            "place": "VA",
            "kind": "order",
            "signed": "2025-02",
            "ended": "2026-01-17",
            "status": "ended",
        },
        {
            "event_id": "wv_hb5",
            "name": "HB 5",
            "place": "WV",
            "kind": "bill",
            "other_dates": "2026; 2027-03-01",
            "status": "open",
        },
        {
            "event_id": "us_law",
            "name": "Public Law 119-98",
            "kind": "law",
            "signed": "2026-06-10",
            "status": "in_force",
        },
    ],
    "timeline": [
        {
            "event_id": "nm",
            "date": "2026-02",
            "title": "New Mexico Immigrant Safety Act",
            "description": "The governor signs HB 9. It takes effect May 20, 2026.",
        },
        {
            "event_id": "va",
            "date": "2026-01-17",
            "title": "Virginia order rescinded",
            "description": "Executive Order 47 of February 2025 ends.",
        },
    ],
    "state_stances": [
        {
            "state": "NM",
            "law_or_order": "HB 9, signed February 5, 2026, in force May 2026",
            "as_of": "2026-02-05",
            "note": "",
        },
        {"state": "VA", "law_or_order": "No rule since Executive Order 47 ended", "as_of": "2026-01-17", "note": ""},
        {
            "state": "WV",
            "law_or_order": "HB 5 (2026) would ban agreements; whether it was signed was not seen",
            "as_of": "2026",
            "note": "",
        },
        {"state": "TX", "law_or_order": "No rule", "as_of": "2024", "note": ""},
    ],
    "glossary": [
        {"term": "Funds", "definition": "Public Law 119-98 of June 10, 2026 pays; a study of 2011 counted arrests."}
    ],
}
COLUMNS = {"events": "event_id name aliases place kind signed in_effect ended other_dates status".split()}


@pytest.fixture
def found(tmp_path):
    """``found(table, row, column, value)`` changes one cell of the made tables and returns the sentences; ``page`` is a
    line of a page."""

    def found(table="glossary", row=0, column="term", value="Funds", page=""):
        (tmp_path / "book").mkdir()
        (tmp_path / "book" / "page.md").write_text(page, encoding="utf-8")
        resources = []
        for name, rows in MADE.items():
            cells = pd.DataFrame(rows, columns=COLUMNS.get(name, list(rows[0]))).fillna("")
            if name == table:
                cells.loc[row, column] = value
            cells.to_csv(tmp_path / f"{name}.csv", index=False)
            fields = [{"name": each, "type": "string", "description": each} for each in cells]
            resources.append(
                {"name": name, "path": f"{name}.csv", "schema": {"fields": fields, "primaryKey": [cells.columns[0]]}}
            )
        (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
        return list(events.problems(tmp_path, tmp_path / "book"))

    return found


def test_tables_that_agree_pass(found):
    assert found() == []


LAW = "events row nm_hb9 says signed 2026-02-05, in_effect 2026-05-20"


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "sentences"),
    [
        (
            "timeline",
            0,
            "date",
            "2026-03",
            [f"timeline row nm, column date says 2026-03 of Immigrant Safety Act; {LAW}"],
        ),
        (
            "state_stances",
            0,
            "law_or_order",
            "HB 9, signed March 7, 2026",
            [f"state_stances row NM, column law_or_order, says 'March 7, 2026' of Immigrant Safety Act; {LAW}"],
        ),
        (
            "state_stances",
            0,
            "law_or_order",
            "HB 9, in force February 5, 2026",
            [f"state_stances row NM, column law_or_order, says 'February 5, 2026' of Immigrant Safety Act; {LAW}"],
        ),
        (
            "state_stances",
            0,
            "law_or_order",
            "HB 9 (2025)",
            [f"state_stances row NM, column law_or_order, says '2025' of Immigrant Safety Act; {LAW}"],
        ),
        (
            "events",
            3,
            "signed",
            "2026-06-11",
            [
                "glossary row Funds, column definition, says 'June 10, 2026' of Public Law 119-98; events row us_law"
                " says signed 2026-06-11"
            ],
        ),
        (
            "timeline",
            0,
            "title",
            "New Mexico Immigration Safety Act",
            [
                "timeline row nm, column title, says 'Immigration Safety Act'; events row nm_hb9 says 'Immigrant Safety"
                " Act'"
            ],
        ),
        (
            "timeline",
            0,
            "title",
            "Texas Immigrant Safety Act",
            ["timeline row nm, column title says Texas; events row nm_hb9, column place says New Mexico"],
        ),
        (
            "state_stances",
            0,
            "note",
            "enactment not confirmed",
            [
                "state_stances row NM, column note, says 'not confirmed' of Immigrant Safety Act; events row nm_hb9,"
                " column status says in_force"
            ],
        ),
        (
            "state_stances",
            0,
            "law_or_order",
            "A bill passed; signature not confirmed",
            [
                "state_stances row NM, column law_or_order, says 'not confirmed' of Immigrant Safety Act; events row"
                " nm_hb9, column status says in_force"
            ],
        ),
        (
            "state_stances",
            2,
            "law_or_order",
            "HB 5 was signed",
            [
                "state_stances row WV, column law_or_order, says 'signed' of HB 5; events row wv_hb5, column status"
                " says open"
            ],
        ),
        (
            "state_stances",
            1,
            "as_of",
            "2026-01-16",
            [
                "state_stances row VA, column as_of says 2026-01-16; events row va_eo47, column ended says 2026-01-17,"
                " which is later"
            ],
        ),
    ],
)
def test_a_contradiction_names_both_cells(found, table, row, column, value, sentences):
    assert found(table, row, column, value) == sentences


def test_a_page_is_held_against_the_table_too(found):
    page = "# Title\n\nNew Mexico's HB 9 was signed on March 7, 2026 {source}`key2020`. It died.\n"
    assert found(page=page) == [
        f"book/page.md, line 3, says 'March 7, 2026' of Immigrant Safety Act; {LAW}",
        "book/page.md, line 3, says 'died' of Immigrant Safety Act; events row nm_hb9, column status says in_force",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "New Mexico's HB 9 was signed in February 2026 and is in force since May 20, 2026.",
        "HB 9 was signed on March 7, 2025 in another state.",
        "West Virginia's Executive Order 47 was signed on March 7, 2024.",
        "New Mexico's HB 9 closes three sites; a report of March 7, 2024 had asked for it.",
        "New Mexico's HB 9 closes sites that a county had opened for the agency in 2011.",
        "In New Mexico HB 9 was signed; HB 10 died.",
        "New Mexico's SB 3 (2024), HB 9 and a law of another state.",
        "In West Virginia neither a signature nor a veto of HB 5 was found.",
        (
            "Virginia's Executive Order 47 {fact}`order_2011` of {term}`February 2025 <Date>` ended on January 17, 2026"
            " {source}`key2020`."
        ),
    ],
)
def test_what_agrees_or_speaks_of_something_else_passes(found, page):
    assert found(page=page) == []
