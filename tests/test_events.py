"""One event, one truth: what contradicts a row of events.csv is named with both cells; what agrees, or speaks of
something else, is not."""

import io
import json

import pandas as pd
import pytest

from section287g import events

# Table -> its rows as CSV, the name of the columns first.
MADE = {
    "states": "state,name\nNM,New Mexico\nVA,Virginia\nWV,West Virginia\nTX,Texas",
    "events": """event_id,name,aliases,place,kind,signed,in_effect,ended,other_dates,status
nm_hb9,Immigrant Safety Act,HB 9,NM,law,2026-02-05,2026-05-20,,,in_force
va_eo47,Executive Order 47,,VA,order,2025-02,,2026-01-17,,ended
wv_hb5,HB 5,,WV,bill,,,,2026; 2027-03-01,open
us_law,Public Law 119-98,,,law,2026-06-10,,,,in_force""",
    "timeline": """event_id,date,title,description
nm,2026-02,New Mexico Immigrant Safety Act,"The governor signs HB 9. It takes effect May 20, 2026."
va,2026-01-17,Virginia order rescinded,Executive Order 47 of February 2025 ends.""",
    "state_stances": """state,law_or_order,as_of,note
NM,"HB 9, signed February 5, 2026, in force May 2026",2026-02-05,
VA,No rule since Executive Order 47 ended,2026-01-17,
WV,HB 5 (2026) would ban agreements; whether it was signed was not seen,2026,
TX,No rule,2024,""",
    "glossary": """term,definition
Funds,"Public Law 119-98 of June 10, 2026 pays; a study of 2011 counted arrests."
""",
}


@pytest.fixture
def found(tmp_path):
    """``found(table, row, column, value)`` changes one cell of the made tables and returns the sentences; ``page`` is a
    line of a page."""

    def found(table="glossary", row=0, column="term", value="Funds", page=""):
        (tmp_path / "book").mkdir()
        (tmp_path / "book" / "page.md").write_text(page, encoding="utf-8")
        resources = []
        for name, text in MADE.items():
            cells = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
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
ACT = "of Immigrant Safety Act"
RULE = "state_stances row NM, column law_or_order, says"
STATUS = "events row nm_hb9, column status says in_force"


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        ("timeline 0 date", "2026-03", f"timeline row nm, column date says 2026-03 {ACT}; {LAW}"),
        ("state_stances 0 law_or_order", "HB 9, signed March 7, 2026", f"{RULE} 'March 7, 2026' {ACT}; {LAW}"),
        ("state_stances 0 law_or_order", "HB 9, in force February 5, 2026", f"{RULE} 'February 5, 2026' {ACT}; {LAW}"),
        ("state_stances 0 law_or_order", "HB 9 (2025)", f"{RULE} '2025' {ACT}; {LAW}"),
        ("state_stances 0 law_or_order", "A bill; signature not confirmed", f"{RULE} 'not confirmed' {ACT}; {STATUS}"),
        (
            "state_stances 0 note", "enactment not confirmed",
            f"{RULE.replace('law_or_order', 'note')} 'not confirmed' {ACT}; {STATUS}",
        ),
        (
            "events 3 signed", "2026-06-11",
            "glossary row Funds, column definition, says 'June 10, 2026' of Public Law 119-98;"
            " events row us_law says signed 2026-06-11",
        ),
        (
            "timeline 0 title", "New Mexico Immigration Safety Act",
            "timeline row nm, column title, says 'Immigration Safety Act';"
            " events row nm_hb9 says 'Immigrant Safety Act'",
        ),
        (
            "timeline 0 title", "Texas Immigrant Safety Act",
            "timeline row nm, column title says Texas; events row nm_hb9, column place says New Mexico",
        ),
        (
            "state_stances 2 law_or_order", "HB 5 was signed",
            f"{RULE.replace('NM', 'WV')} 'signed' of HB 5; events row wv_hb5, column status says open",
        ),
        (
            "state_stances 1 as_of", "2026-01-16", "state_stances row VA, column as_of says 2026-01-16;"
            " events row va_eo47, column ended says 2026-01-17, which is later",
        ),
    ],
)  # fmt: skip
def test_a_contradiction_names_both_cells(found, place, value, sentence):
    table, row, column = place.split()
    assert found(table, int(row), column, value) == [sentence]


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
        "Virginia's Executive Order 47 {fact}`order_2011` of {term}`February 2025 <Date>` ended on January 17, 2026.",
    ],
)
def test_what_agrees_or_speaks_of_something_else_passes(found, page):
    assert found(page=page) == []
