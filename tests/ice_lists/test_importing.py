"""Adding lists to the tables of data/."""

import shutil

import pandas as pd
import pytest
from workbooks import WEB_TABLE, agreement, make_list

from section287g import tables
from section287g.ice_lists import Archive, ListError, open_listing, summary


@pytest.fixture
def folder(tmp_path):
    """Lists of three dates: a copy of the web table, then two workbooks."""
    make_list(tmp_path / "2021-01-13.xlsx", [agreement(model="Jail Enforcement Model", signed="2020-06-09")], WEB_TABLE)
    make_list(tmp_path / "2025-03-27-am.xlsx", [agreement(), agreement(state="GUAM")])
    make_list(tmp_path / "2025-03-27-pm.xlsx", [agreement(), agreement(), agreement(state="GUAM", model="Warrant Service Officer")])
    return tmp_path


def archive_of(folder, *files) -> Archive:
    archive = Archive.empty()
    for file in files:
        archive.add(open_listing(folder / file, "ice2025lists"))
    return archive


def test_the_saved_tables_keep_the_rules_of_the_data_package(folder):
    archive = archive_of(folder, "2021-01-13.xlsx", "2025-03-27-am.xlsx", "2025-03-27-pm.xlsx")
    data = shutil.copytree(tables.DATA, folder / "data")
    archive.save(data)
    for name in ("agreements", "lists", "list_counts"):
        assert tables.problems(name, data) == []
    lists = tables.load("lists", data)
    assert list(lists["kind"]) == ["web_table_copy", "ice_workbook", "ice_workbook"]
    assert lists.loc[2, ["rows", "agreements", "agencies", "states", "territories"]].tolist() == [3, 2, 2, 1, 1]
    assert tables.load("agreements", data)["status"].value_counts().to_dict() == {"left": 2, "listed": 2}
    assert not list(data.glob("*.new"))


def test_a_manifest_beside_a_list_tells_its_name_and_how_long_it_stood(folder):
    pd.DataFrame({"file": ["2021-01-13.xlsx"], "original_filename": ["Entities.xlsx"], "unchanged_until": ["2021-04-05"]}).to_csv(folder / "manifest.csv", index=False)
    listing = open_listing(folder / "2021-01-13.xlsx", "ice2025lists")
    assert (listing.file, listing.unchanged_until.isoformat()) == ("Entities.xlsx", "2021-04-05")


def test_an_older_list_is_refused(folder):
    archive = archive_of(folder, "2025-03-27-pm.xlsx")
    with pytest.raises(ListError, match="not newer"):
        archive.add(open_listing(folder / "2025-03-27-am.xlsx", "ice2025lists"))


def test_what_a_list_changed_is_said_in_a_line(folder):
    archive = archive_of(folder, "2025-03-27-am.xlsx")
    assert summary(archive.add(open_listing(folder / "2025-03-27-pm.xlsx", "ice2025lists"))) == "left 1, new 1"
