"""The tables of data/: whole, typed, and refused with table, row and column when one cell breaks a rule."""

import shutil

import pandas as pd
import pytest

from section287g import stances, tables
from section287g.blocks import evidence


@pytest.mark.parametrize("name", tables.names())
def test_every_table_keeps_its_rules_and_loads(name):
    assert tables.problems(name) == []
    table = tables.load(name)
    assert len(table) > 0
    for field in tables.describe(name)["schema"]["fields"]:
        assert field["description"], f"{name}.{field['name']} has no description"
        if field["type"] == "date":
            assert pd.api.types.is_datetime64_any_dtype(table[field["name"]])
        if field["type"] == "integer":
            assert table[field["name"]].dtype == "Int64"


def test_the_standard_library_for_data_packages_agrees():
    from frictionless import Package

    report = Package(str(tables.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]


CODES = [
    ("claims", "verdict", evidence.VERDICTS), ("polls", "about", evidence.SUBJECTS),
    ("polls", "wording_seen", evidence.WORDING), ("state_stances", "stance", stances.LABELS),
    ("state_stances", "stance", stances.LETTERS),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "words"), CODES)
def test_every_code_has_its_words(table, column, words):
    (field,) = (field for field in tables.describe(table)["schema"]["fields"] if field["name"] == column)
    assert set(words) == set(field["constraints"]["enum"])


def test_every_csv_in_data_is_described():
    assert {path.stem for path in tables.DATA.glob("*.csv")} == set(tables.names())


@pytest.fixture
def copy(tmp_path):
    """A copy of data/ that a test may break: ``copy(table, column, value)`` changes one cell of the second row."""
    folder = shutil.copytree(tables.DATA, tmp_path / "data")

    def change(table, column, value, row=1):
        path = folder / f"{table}.csv"
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        cells.loc[row, column] = value
        cells.to_csv(path, index=False)
        return folder

    return change


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    [
        ("lists", "rows", "many", "a value of type integer"),
        ("lists", "rows", "-1", "at least 0"),
        ("lists", "date", "2025-02-30", "a value of type date"),
        ("lists", "kind", "leaflet", "one of"),
        ("lists", "source_key", "", "a value; the cell is blank"),
        ("agreements", "state", "ZZ", "a state of data/states.csv"),
        ("agreements", "source_key", "nobody1999", "a source_key of data/sources.csv"),
        ("agreements", "model", "highway", "one of jail, warrant, task_force"),
        ("agreements", "agreement_id", "TX Clay!", "text of the form"),
        ("list_counts", "list", "2020-01-01", "a list of data/lists.csv"),
        ("states", "name", "Alaska", "a value that no other row has"),
        ("arguments", "source_keys", "wboc2025; nobody1999", "every part to be a source_key"),
        ("glossary", "related_terms", "Nonsense", "every part to be a term"),
        ("incentive_terms", "amount_usd", "1,000", "a value of type number"),
        ("sources", "source_key", "acevedo2019", "a key that no other row has"),
    ],
)
def test_one_broken_cell_is_named(copy, table, column, value, expected):
    folder = copy(table, column, value)
    with pytest.raises(tables.TableError) as error:
        tables.load(table, folder)
    message = str(error.value)
    assert message.startswith(f"data/{table}.csv, row 3, column {column}")
    assert expected in message and "\n" not in message


def test_a_column_that_is_missing_is_named(copy):
    folder = copy("states", "name", "Alabama", row=0)
    path = folder / "states.csv"
    path.write_text(path.read_text().replace("population_2024", "people", 1))
    with pytest.raises(tables.TableError, match="row 1: the columns are state, fips, name, kind, people"):
        tables.load("states", folder)


def test_an_unknown_table_names_the_known_ones():
    with pytest.raises(KeyError, match="agreements, lists"):
        tables.load("nothing")


def test_a_loaded_table_is_the_callers_own():
    mine = tables.load("states")
    mine.loc[0, "name"] = "changed"
    assert "changed" not in set(tables.load("states")["name"])


def test_saved_text_cannot_run_in_a_spreadsheet(tmp_path):
    hostile = pd.DataFrame({"agency": ["=HYPERLINK(1)", "+1", "-1+1", "@a", "Clay", None], "n": [-1, 2, 3, 4, 5, 6]})
    (tmp_path / "t.csv").write_text(tables.to_csv(hostile))
    lines = (tmp_path / "t.csv").read_text().splitlines()[1:]
    assert lines == ["'=HYPERLINK(1),-1", "'+1,2", "'-1+1,3", "'@a,4", "Clay,5", ",6"]
    again = pd.read_csv(tmp_path / "t.csv", dtype={"agency": str})
    assert tables.to_csv(again) == (tmp_path / "t.csv").read_text()


def test_the_dictionary_names_every_table_and_column():
    dictionary = (tables.DATA / "README.md").read_text(encoding="utf-8")
    for name in tables.names():
        section = dictionary.split(f"### {name}.csv")[1].split("\n### ")[0]
        for field in tables.describe(name)["schema"]["fields"]:
            assert f"| `{field['name']}` | {field['type']} |" in section
