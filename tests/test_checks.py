"""The table of checks: green as published, and red where tables that are sound alone contradict each other."""

import shutil

import pandas as pd
import pytest

from section287g import checks, tables


def test_the_published_data_pass_every_check():
    found = checks.run()
    assert {check.status for check in found} == {"pass", "info"}
    assert {check.subject for check in found if check.status == "pass"} >= set(tables.names())


@pytest.fixture
def broken(tmp_path):
    """``broken(table, column, value, row)`` changes one cell of a copy of data/ and returns the checks that fail."""
    folder = shutil.copytree(tables.DATA, tmp_path / "data")

    def change(table, column, value, row):
        path = folder / f"{table}.csv"
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        cells.loc[cells.index[row], column] = value
        cells.to_csv(path, index=False)
        return [str(check) for check in checks.run(folder) if check.status == "fail"]

    return change


@pytest.mark.parametrize(
    ("table", "column", "value", "row", "expected"),
    [
        ("agreements", "first_listed", "2026-01-01", 5, "first and last listed on the date of a list"),
        ("agreements", "last_listed", "2021-01-13", -1, "listed means on the newest list"),
        (
            "lists",
            "rows",
            "1",
            -1,
            "models add up to the rows: broken by 1 rows, first " + tables.load("lists")["list"].iloc[-1],
        ),
        ("list_counts", "jail", "77", 0, "states add up to each model of their list"),
        ("list_counts", "agencies", "77", 0, "states add up to the agencies of their list"),
        ("list_signed", "warrant", "77", 0, "years add up to each model of their list"),
        ("lists", "date", "2019-01-01", 3, "in time order"),
        ("lists", "agreements", "9999", -1, "followed to the newest list"),
        (
            "state_stances",
            "checked",
            "2000-01-01",
            0,
            "data/state_stances.csv, row 2, column checked: 2000-01-01 is before",
        ),
        ("events", "signed", "1999-01-01", 0, "events row us_pl104208 says signed 1999-01-01"),
        ("states", "kind", "kingdom", 0, "data/states.csv, row 2, column kind"),
    ],
)
def test_a_contradiction_is_found(broken, table, column, value, row, expected):
    assert any(expected in check for check in broken(table, column, value, row))


def test_a_source_that_nothing_cites_is_named(tmp_path):
    folder = shutil.copytree(tables.DATA, tmp_path / "data")
    sources = pd.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False)
    sources.loc[len(sources)] = {**sources.iloc[0], "source_key": "nobody2026"}
    sources.to_csv(folder / "sources.csv", index=False)
    named = [str(check) for check in checks.run(folder) if check.status == "fail"]
    assert len(named) == 1 and f"row {len(sources) + 1}, column source_key" in named[0] and "nobody2026" in named[0]
