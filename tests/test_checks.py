"""The table of checks, which test_main.py sees green: red where tables that are sound alone contradict each other."""

import shutil

import pandas as pd
import pytest

from section287g import checks, tables

LISTS, SIGNED = tables.load("lists")["list"], tables.load("agreements")["agreement_id"]
ONE = "broken by 1 rows, first"
# Cells that are changed together (table, column, value, row) -> what is said of each.
CONTRADICTIONS = [
    {
        (
            "agreements",
            "first_listed",
            "2026-01-01",
            5,
        ): f"first and last listed on the date of a list: {ONE} {SIGNED[5]}",
        ("agreements", "last_listed", "2021-01-13", -1): f"listed means on the newest list: {ONE} {SIGNED.iloc[-1]}",
        ("lists", "rows", "1", -1): f"models add up to the rows: {ONE} {LISTS.iloc[-1]}",
        ("lists", "agreements", "9999", -1): "followed to the newest list, which holds 9,999",
        ("list_counts", "jail", "77", 0): f"states add up to each model of their list: {ONE} {LISTS[0]}",
        ("list_counts", "agencies", "77", 0): f"states add up to the agencies of their list: {ONE} {LISTS[0]}",
        ("list_signed", "warrant", "77", 0): f"years add up to each model of their list: {ONE} {LISTS[0]}",
    },
    {
        ("lists", "date", "2019-01-01", 3): f"in time order, none twice: {ONE} {LISTS[3]}",
        ("state_stances", "checked", "2000-01-01", 0): "state_stances.csv, row 2, column checked: 2000-01-01 is before",
        ("events", "signed", "1999-01-01", 0): "events row us_pl104208 says signed 1999-01-01",
        ("sources", "source_key", "nobody2026", "new"): "column source_key: nothing cites 'nobody2026'",
    },
    {("states", "kind", "kingdom", 0): "data/states.csv, row 2, column kind"},
]


@pytest.mark.parametrize("cells", CONTRADICTIONS, ids=["lists", "dates and sources", "a table by itself"])
def test_contradictions_are_found(tmp_path, cells):
    folder = shutil.copytree(tables.DATA, tmp_path / "data")
    for table, column, value, row in cells:
        path = folder / f"{table}.csv"
        changed = pd.read_csv(path, dtype=str, keep_default_na=False)
        if row == "new":
            changed.loc[len(changed)] = changed.iloc[0]
            row = -1
        changed.loc[changed.index[row], column] = value
        changed.to_csv(path, index=False)
    found = "\n".join(str(check) for check in checks.run(folder) if check.status == "fail")
    assert [said for said in cells.values() if said not in found] == [], found
