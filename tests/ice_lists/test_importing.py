"""Adding lists to the tables of data/."""

import datetime as dt
import shutil
import subprocess
import sys
import time

import pandas as pd
import pytest
from workbooks import WEB_TABLE, agreement, make_list

from section287g import tables
from section287g.ice_lists import Archive, ListError, import_list, open_listing


@pytest.fixture
def folder(tmp_path):
    """Lists of three dates: a copy of the web table, then two workbooks."""
    make_list(tmp_path / "2021-01-13.xlsx", [agreement(model="Jail Enforcement Model", signed="2020-06-09")], WEB_TABLE)
    make_list(tmp_path / "2025-03-27-am.xlsx", [agreement(), agreement(state="GUAM")])
    make_list(tmp_path / "2025-03-27-pm.xlsx", [agreement(), agreement(), agreement(state="GUAM", model="Warrant Service Officer")])
    return tmp_path


def archive_of(folder, *files) -> Archive:
    archive = Archive()
    for file in files:
        archive.add(open_listing(folder / file, "ice2025lists"))
    return archive


def test_the_saved_tables_keep_the_rules_of_the_data_package(folder):
    archive = archive_of(folder, "2021-01-13.xlsx", "2025-03-27-am.xlsx", "2025-03-27-pm.xlsx")
    data = shutil.copytree(tables.DATA, folder / "data")
    tables.replace(archive.files(), data)
    for name in ("agreements", "lists", "list_counts", "list_signed"):
        assert tables.problems(name, data) == []
    lists = tables.load("lists", data)
    assert list(lists["kind"]) == ["web_table_copy", "ice_workbook", "ice_workbook"]
    assert lists.loc[2, ["rows", "agreements", "agencies", "states", "territories"]].tolist() == [3, 2, 2, 1, 1]
    assert tables.load("agreements", data)["status"].value_counts().to_dict() == {"left": 2, "listed": 2}
    assert not list(data.glob(".repl*"))


def test_a_manifest_beside_a_list_tells_its_name_and_how_long_it_stood(folder):
    pd.DataFrame({"file": ["2021-01-13.xlsx"], "original_filename": ["Entities.xlsx"], "unchanged_until": ["2021-04-05"]}).to_csv(folder / "manifest.csv", index=False)
    listing = open_listing(folder / "2021-01-13.xlsx", "ice2025lists")
    assert (listing.file, listing.unchanged_until.isoformat()) == ("Entities.xlsx", "2021-04-05")


def test_an_older_list_is_refused(folder):
    archive = archive_of(folder, "2025-03-27-pm.xlsx")
    with pytest.raises(ListError, match="only newer lists"):
        archive.add(open_listing(folder / "2025-03-27-am.xlsx", "ice2025lists"))


# The import of one newer list into a whole data/ folder


@pytest.fixture
def data(tmp_path):
    """A data/ folder whose lists end on March 3, 2025 with 20 agreements of Texas."""
    folder = shutil.copytree(tables.DATA, tmp_path / "data")
    archive = Archive()
    archive.add(open_listing(make_list(tmp_path / "2025-03-03.xlsx", clay_to(20)), "ice2025lists"))
    tables.replace(archive.files(), folder)
    return folder


def clay_to(number: int) -> list[dict]:
    return [agreement(agency=f"Town {letter} Police Department", county="") for letter in "abcdefghijklmnopqrstuvwxyz"[:number]]


def content(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_an_import_reports_and_writes_what_changed(tmp_path, data):
    rows = clay_to(21)[1:]
    rows[0] |= {"SIGNED": "03/052025"}
    rows[1] |= {"LAW ENFORCEMENT AGENCY": "City of Town c Police Department"}
    rows[2] |= {"SIGNED": "soon"}
    report = import_list(make_list(tmp_path / "participatingAgencies03102025am.xlsx", rows), "ice287gpage", data)
    assert report.summary() == "new 1, left 1, re-dated 1, renamed 1"
    printed = "\n".join(report.lines())
    assert "Town b Police Department, TX, task force: 2025-03-04 is now 2025-03-05" in printed
    assert "row 4, column SIGNED: 'soon' is not a date" in printed
    assert "Town u Police Department" in printed and "left: Town a Police Department" in printed
    lists = tables.load("lists", data)
    assert lists.iloc[-1][["list", "rows", "source_key"]].tolist() == ["2025-03-10-am", 20, "ice287gpage"]
    assert len(tables.load("agreements", data)) == 21
    for name in tables.names(data):
        assert tables.problems(name, data) == []
    log = (data / "CHANGELOG.md").read_text()
    assert log.index("List of 2025-03-10-am") < log.index("November 21, 2026")


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path, data):
    path, before = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22)), content(data)
    dry = import_list(path, "ice287gpage", data, dry_run=True)
    assert content(data) == before
    assert dry.lines() == import_list(path, "ice287gpage", data).lines()


def test_the_same_list_again_changes_nothing(tmp_path, data):
    before = content(data)
    assert import_list(tmp_path / "2025-03-03.xlsx", "ice287gpage", data).known
    assert content(data) == before


def test_other_rows_under_the_same_label_are_not_taken_for_the_same_list(tmp_path, data):
    before = content(data)
    with pytest.raises(ListError, match="only newer lists"):
        import_list(make_list(tmp_path / "2025-03-03.xlsx", clay_to(21)[1:]), "ice287gpage", data)
    assert content(data) == before


def test_the_same_agreements_on_a_later_list_were_still_listed_then(tmp_path, data):
    report = import_list(make_list(tmp_path / "2025-03-20.xlsx", clay_to(20)), "ice287gpage", data)
    assert report.summary() == "no agreement changed"
    assert set(tables.load("agreements", data)["last_listed"]) == {pd.Timestamp(2025, 3, 20)}


@pytest.mark.parametrize(
    ("file", "rows", "expected"),
    [("2025-03-01.xlsx", 20, "only newer lists"), ("2025-03-01.xlsx", 9, "only newer lists"), ("2025-04-01.xlsx", 9, "repeat with --force"), ("newest.xlsx", 20, "--date")],
    ids=["older", "older and far shorter", "far shorter", "no date"],
)
def test_a_doubtful_list_is_refused_and_nothing_written(tmp_path, data, file, rows, expected):
    before = content(data)
    with pytest.raises(ListError, match=expected):
        import_list(make_list(tmp_path / file, clay_to(rows)), "ice287gpage", data)
    assert content(data) == before


def test_force_and_date_overrule(tmp_path, data):
    report = import_list(make_list(tmp_path / "newest.xlsx", clay_to(9)), "ice287gpage", data, date=dt.date(2025, 4, 1), force=True)
    assert report.summary() == "left 11"


def test_one_by_one_and_all_at_once_are_the_same(tmp_path, data):
    weeks = [clay_to(20), [*clay_to(22)[2:], agreement(state="UTAHJ")], [*clay_to(24), agreement(state="UTAH", signed="03/052025")]]
    paths = [make_list(tmp_path / f"2025-03-{day}.xlsx", rows) for day, rows in zip(("03", "10", "17"), weeks)]
    at_once = Archive()
    for path in paths:
        at_once.add(open_listing(path, "ice2025lists"))
    for path in paths[1:]:
        import_list(path, "ice2025lists", data)
    assert {name: (data / name).read_text() for name in at_once.files()} == at_once.files()


@pytest.mark.parametrize("killed_at", range(10))
def test_an_import_that_dies_leaves_all_old_or_all_new(tmp_path, data, monkeypatch, killed_at):
    path = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22))
    before = content(data)
    whole = shutil.copytree(data, tmp_path / "whole")
    import_list(path, "ice287gpage", whole)
    calls = iter(range(100))

    def dying(name, real):
        def call(*arguments, **keywords):
            if next(calls) == killed_at:
                raise KeyboardInterrupt(name)
            return real(*arguments, **keywords)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(tables.os, "replace", dying("replace", tables.os.replace))
        patch.setattr(tables.os, "fsync", dying("fsync", tables.os.fsync))
        with pytest.raises(KeyboardInterrupt):
            import_list(path, "ice287gpage", data)
    rows = len(tables.load("agreements", data))  # reading finishes what was begun
    assert content(data) == (before if rows == 20 else content(whole))
    assert rows == (20 if killed_at < 5 else 22)
    import_list(path, "ice287gpage", data)
    assert content(data) == content(whole)


def test_an_import_killed_at_any_time_leaves_data_whole(tmp_path, data):
    path = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22))
    code = "import sys, pathlib; from section287g.ice_lists import import_list; print('go', flush=True); import_list(pathlib.Path(sys.argv[1]), 'ice287gpage', pathlib.Path(sys.argv[2]))"
    for delay in (0.02, 0.05, 0.1, 0.2, 0.3):
        process = subprocess.Popen([sys.executable, "-c", code, str(path), str(data)], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.wait()
        tables._load.cache_clear()
        assert len(tables.load("agreements", data)) in (20, 22)
        assert all(tables.problems(name, data) == [] for name in ("agreements", "lists", "list_counts", "list_signed"))
