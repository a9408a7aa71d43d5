"""Adding lists to the tables of data/."""

import datetime as dt
import random
import re
import shutil
import subprocess
import sys
import time
from string import ascii_lowercase

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import WEB_TABLE, WITH_TYPE, agreement, make_list

from section287g import tables
from section287g.ice_lists import ListError, derive, import_lists, open_listing, read_lists

FILES = ("agreements.csv", "list_counts.csv", "list_signed.csv", "lists.csv", "printed_rows.csv")


def archive_into(folder, paths):
    """Make `folder` hold only these lists."""
    archive = read_lists(paths, "ice2025lists")
    tables.replace(derive(archive).files(archive), folder)
    return folder


def faults(data):
    """What is wrong with the tables that an import writes."""
    return [problem for file in FILES for problem in tables.problems(file.removesuffix(".csv"), data)]


def test_the_tables_keep_the_rules_of_the_data_package(tmp_path):
    """Lists of three dates: a copy of the web table, then two workbooks."""
    make_list(tmp_path / "2021-01-13.xlsx", [agreement(model="Jail Enforcement Model", signed="2020-06-09")], WEB_TABLE)
    make_list(tmp_path / "2025-03-27-am.xlsx", [agreement(), agreement(state="GUAM")])
    make_list(
        tmp_path / "2025-03-27-pm.xlsx",
        [agreement(), agreement(), agreement(state="GUAM", model="Warrant Service Officer")],
    )
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    archive_into(data, [tmp_path / f"{name}.xlsx" for name in ("2025-03-27-pm", "2021-01-13", "2025-03-27-am")])
    assert faults(data) == []
    lists = tables.load("lists", data)
    assert list(lists["kind"]) == ["web_table_copy", "ice_workbook", "ice_workbook"]
    assert lists.loc[2, ["rows", "agreements", "agencies", "states", "territories"]].tolist() == [3, 2, 2, 1, 1]
    assert tables.load("agreements", data)["status"].value_counts().to_dict() == {"left": 2, "listed": 2}


def test_a_manifest_beside_a_list_tells_its_name_and_how_long_it_stood(tmp_path):
    make_list(tmp_path / "2021-01-13.xlsx", [agreement()], WEB_TABLE)
    pd.DataFrame(
        {"file": ["2021-01-13.xlsx"], "original_filename": ["Entities.xlsx"], "unchanged_until": ["2021-04-05"]}
    ).to_csv(tmp_path / "manifest.csv", index=False)
    listing = open_listing(tmp_path / "2021-01-13.xlsx", "ice2025lists")
    assert (listing.file, listing.unchanged_until.isoformat()) == ("Entities.xlsx", "2021-04-05")


# The import of lists into a whole data/ folder


@pytest.fixture
def data(tmp_path):
    """A data/ folder whose lists end on March 3, 2025 with 20 agreements of Texas."""
    return archive_into(
        shutil.copytree(tables.DATA, tmp_path / "project" / "data"),
        [make_list(tmp_path / "2025-03-03.xlsx", clay_to(20))],
    )


def clay_to(number: int) -> list[dict]:
    return [agreement(agency=f"Town {letter} Police Department", county="") for letter in ascii_lowercase[:number]]


def content(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_an_import_reports_and_writes_what_changed(tmp_path, data):
    rows = clay_to(21)[1:]
    rows[0] |= {"SIGNED": "03/052025"}
    rows[1] |= {"LAW ENFORCEMENT AGENCY": "City of Town c Police Department"}
    rows[2] |= {"SIGNED": "soon"}
    report = import_lists([make_list(tmp_path / "participatingAgencies03102025am.xlsx", rows)], "ice287gpage", data)
    assert report.lists[0].summary() == "new 1, left 1, re-dated 1, renamed 1"
    printed = "\n".join(report.lines())
    assert "Town b Police Department, TX, task force: 2025-03-04 is now 2025-03-05" in printed
    assert "row 4, column SIGNED: 'soon' is not a date" in printed
    assert "Town u Police Department" in printed and "left: Town a Police Department" in printed
    lists = tables.load("lists", data)
    assert lists.iloc[-1][["list", "rows", "source_key"]].tolist() == ["2025-03-10-am", 20, "ice287gpage"]
    assert len(tables.load("agreements", data)) == 21
    assert faults(data) == []
    log = (data / "CHANGELOG.md").read_text()
    assert log.index("List of 2025-03-10-am") < log.index("November 21, 2026")


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path, data):
    path, before = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22)), content(data)
    dry = import_lists([path], "ice287gpage", data, dry_run=True)
    assert content(data) == before
    assert dry.lines() == import_lists([path], "ice287gpage", data).lines()


def test_the_same_list_again_changes_nothing(tmp_path, data):
    before = content(data)
    assert import_lists([tmp_path / "2025-03-03.xlsx"], "ice287gpage", data).known
    assert content(data) == before


def test_other_rows_under_the_same_label_are_not_taken_for_the_same_list(tmp_path, data):
    before = content(data)
    with pytest.raises(ListError, match="another list of 2025-03-03.*2025-03-03-r2.xlsx"):
        import_lists([make_list(tmp_path / "2025-03-03.xlsx", clay_to(21)[1:])], "ice287gpage", data)
    assert content(data) == before


def test_the_same_agreements_on_a_later_list_were_still_listed_then(tmp_path, data):
    report = import_lists([make_list(tmp_path / "2025-03-20.xlsx", clay_to(20))], "ice287gpage", data)
    assert report.lists[0].summary() == "no agreement changed"
    assert set(tables.load("agreements", data)["last_listed"]) == {pd.Timestamp(2025, 3, 20)}


# Doubtful lists are refused as a whole, and nothing is written


def weeks() -> dict[str, list[dict]]:
    """Six lists of two months with everything that lists do: new, gone, back, re-dated, renamed, moved, corrected,
    another order, a row twice."""
    rows = clay_to(24)
    return {
        "2025-03-03": clay_to(20),
        "2025-03-10-am": [*rows[2:22], agreement(state="UTAHJ")],
        "2025-03-10-pm": [*rows[:22][::-1], agreement(state="UTAH", signed="03/052025")],
        "2025-03-20": [*rows[:23], rows[3], agreement(state="UTAH", signed="2025-03-05", county="Other County")],
        "2025-04-02": [
            *rows[:5],
            *rows[6:],
            agreement(state="UTAH", signed="2025-03-05", agency="City of Clay Sheriff", county="Other County"),
        ],
        "2025-04-30": [*rows, agreement(state="NEVADA", agency="+1 Police", county=" Clark ")],
    }


@pytest.fixture(scope="module")
def archive_of_weeks(tmp_path_factory):
    """The files of `weeks`, and the tables that follow from all of them."""
    folder = tmp_path_factory.mktemp("weeks")
    paths = [make_list(folder / f"{name}.xlsx", rows) for name, rows in weeks().items()]
    archive = read_lists(paths, "ice287gpage")
    return paths, derive(archive).files(archive)


@given(order=st.permutations(range(6)), cuts=st.sets(st.integers(1, 5)))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_in_any_order_in_one_go_or_in_several_give_the_same_tables(
    tmp_path_factory, archive_of_weeks, order, cuts
):
    paths, expected = archive_of_weeks
    data = tmp_path_factory.mktemp("order") / "data"
    data.mkdir()
    for name in ("datapackage.json", "CHANGELOG.md", "sources.csv", "states.csv"):
        shutil.copy(tables.DATA / name, data)
    bounds = [0, *sorted(cuts), 6]
    parts = [[paths[place] for place in order[begin:end]] for begin, end in zip(bounds, bounds[1:], strict=False)]
    first = read_lists(parts[0], "ice287gpage")
    tables.replace(derive(first).files(first), data)
    for part in parts[1:]:
        import_lists(part, "ice287gpage", data, force=True)
    assert {name: (data / name).read_text(encoding="utf-8") for name in FILES} == expected


def test_a_folder_is_read_whole(tmp_path, data):
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, rows in weeks().items():
        make_list(folder / f"{name}.xlsx", rows)
    (folder / "manifest.csv").write_text("file\n")
    (folder / "~$2025-03-03.xlsx").write_text("what a spreadsheet program leaves")
    report = import_lists([folder], "ice287gpage", data)
    assert [one.known for one in report.lists] == [True, False, False, False, False, False]
    assert list(tables.load("lists", data)["list"]) == list(weeks())
    log = (data / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## 5 lists of 2025-03-10-am to 2025-04-30" in log


def test_an_older_list_changes_what_follows_from_it(tmp_path, data):
    older = clay_to(19)
    older = [row | {"SIGNED": dt.datetime(2025, 2, 20)} for row in older]
    report = import_lists([make_list(tmp_path / "2025-02-24.xlsx", older)], "ice287gpage", data)
    assert report.lists[0].summary() == "new 19"
    assert any("tx-town-a-police-department-task-force-2025-03-04 is no more" in line for line in report.lines())
    table = tables.load("agreements", data).set_index("agreement_id")
    assert str(table.loc["tx-town-a-police-department-task-force-2025-02-20", "first_listed"].date()) == "2025-02-24"


def refused(paths, data, **options) -> str:
    before = content(data)
    with pytest.raises(ListError) as error:
        import_lists(paths, "ice287gpage", data, **options)
    assert content(data) == before
    return str(error.value)


SWAPPED = {"SIGNED": "04/03/2025"}  # the fourth of March, day first
DOUBTS = {
    "far shorter": ("2025-04-01", clay_to(9), {}, "the list has 9 agreement rows and the one of 2025-03-03 has 20"),
    "far longer": ("2025-03-04", [agreement(agency=f"Town {n} PD") for n in range(200)], {}, "200 agreement rows"),
    "far future": ("2062-03-04", clay_to(20), {}, "far future"),
    "a column less": ("2025-03-10", clay_to(20), {"columns": WITH_TYPE}, "no column COUNTY"),
    "dates unread": ("2025-03-10", [row | {"SIGNED": "soon"} for row in clay_to(20)], {},
        "20 of its 20 dates of signing are blank or cannot be read"),
    "dates blank": ("2025-03-10", [row | {"SIGNED": None} for row in clay_to(20)], {}, "20 of its 20 dates"),
    "day and month exchanged": ("2025-05-10", [row | SWAPPED for row in clay_to(20)], {},
        "20 dates known from other lists would have their day and month exchanged"),
    "day first": ("2025-03-10", [*clay_to(20), agreement(signed="22/02/2025"),
        agreement(state="GUAM", signed="03/02/2025")], {}, "day first"),
    "signed after its day": ("2025-03-04", [row | {"SIGNED": dt.datetime(2025, 9, 4)} for row in clay_to(20)], {},
        "20 of its agreements were signed after the day of the list"),
    "pending in its name": ("pending03102025", clay_to(20), {}, "its name says 'pending'"),
    "cumulative": ("2025-03-10", [row | {"Status": "Present"} for row in clay_to(20)],
        {"columns": [*WITH_TYPE, "COUNTY", "ADDENDUM", "Status"]}, "a column 'Status'"),
    "a stack of lists": ("2025-03-10", clay_to(13) * 3, {}, "39 rows name only 13 different agreements"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTS)
def test_a_list_that_may_not_be_one_of_ices_is_refused_unless_forced(tmp_path, data, name):
    file, rows, options, expected = DOUBTS[name]
    path = make_list(tmp_path / f"{file}.xlsx", rows, **options)
    message = refused([path], data)
    assert expected in message and "--force" in message and message.count("\n") == 0
    assert import_lists([path], "ice287gpage", data, force=True).wrote


def test_agreements_that_return_in_number_raise_a_doubt(tmp_path, data):
    utah = [agreement(state="UTAH", agency=f"Town {n} PD") for n in range(16)]
    import_lists([make_list(tmp_path / "2025-03-20.xlsx", [*clay_to(4), *utah])], "ice287gpage", data)
    back = make_list(tmp_path / "2025-03-21.xlsx", [*clay_to(20), *utah])
    assert "16 agreements that had left would return" in refused([back], data)


def test_a_name_without_a_date_needs_one(tmp_path, data):
    path = make_list(tmp_path / "newest.xlsx", clay_to(20))
    assert "--date" in refused([path], data)
    report = import_lists([path], "ice287gpage", data, date=dt.date(2025, 4, 1))
    assert report.lists[0].listing.label == "2025-04-01"
    assert "for one list" in refused([path, path], data, date=dt.date(2025, 4, 2))


def test_every_file_that_cannot_be_used_is_named(tmp_path, data):
    (tmp_path / "2025-03-11.xlsx").write_text("no workbook")
    paths = [
        make_list(tmp_path / "2025-03-10.xlsx", [*clay_to(20), agreement(model="Tribal Task Force Model")]),
        tmp_path / "2025-03-11.xlsx",
        make_list(tmp_path / "2025-03-12.xlsx", clay_to(21)),
    ]
    first, second = refused(paths, data).splitlines()
    assert "'Tribal Task Force Model' is not a jail, warrant or task force model" in first
    assert second.startswith("2025-03-11.xlsx")


def test_one_label_has_one_content(tmp_path, data):
    (tmp_path / "again").mkdir()
    paths = [
        make_list(tmp_path / "2025-03-10.xlsx", clay_to(21)),
        make_list(tmp_path / "again" / "participatingAgencies03102025 (1).xlsx", clay_to(22)),
    ]
    assert re.search("2025-03-10.xlsx is a list of 2025-03-10 too|with other rows", refused(paths, data))
    make_list(paths[1], clay_to(21))
    assert "the same list; it is counted once" in "\n".join(import_lists(paths, "ice287gpage", data).lines())


def test_ices_own_file_takes_the_place_of_a_copy_when_asked(tmp_path, data):
    rows = "".join(f"Texas,Town {letter} Police Department,TFM,2025-03-04\n" for letter in "abcdefghijklmnopqrst")
    copy = tmp_path / "2025-03-10.csv"
    copy.write_text("state,agency,model,signed\n" + rows, encoding="utf-8")
    import_lists([copy], "ice287gpage", data)
    path = make_list(tmp_path / "2025-03-10.xlsx", clay_to(20))
    assert "hold a copy of the list of 2025-03-10" in refused([path], data)
    report = import_lists([path], "ice287gpage", data, force=True)
    assert "takes the place of the copy" in "\n".join(report.lines())
    assert list(tables.load("lists", data)["kind"]) == ["ice_workbook", "ice_workbook"]


def test_what_was_read_in_another_way_is_said(tmp_path, data):
    same = {name: name for name in ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "ADDENDUM")}
    other = {"AGENCY TYPE": "TYPE", "COUNTY NAME": "COUNTY", "DATE SIGNED": "SIGNED", "AGREEMENT": "MOA"}
    names = same | other | {"Remark": "TYPE"}
    rows = clay_to(20)
    rows[0] |= {"TYPE": "Tribal"}
    rows[1] |= {"COUNTY": "#REF!"}
    renamed = [{name: row[meant] for name, meant in names.items()} for row in rows]
    path = make_list(tmp_path / "2025-03-10.xlsx", renamed, list(names))
    printed = "\n".join(import_lists([path], "ice287gpage", data).lines())
    assert [name for name, meant in other.items() if f"'{name}' was read as {meant}" not in printed] == []
    assert "'Remark' is not one of ICE's and was not kept" in printed
    assert "'Tribal' is not a kind of agency that is known; it is left blank (1 times)" in printed
    assert "row 3, column COUNTY: the cell holds the error #REF!" in printed


# All or nothing


@pytest.mark.parametrize("killed_at", range(12))
def test_an_import_that_dies_leaves_all_old_or_all_new(tmp_path, data, monkeypatch, killed_at):
    path = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22))
    before = content(data)
    whole = shutil.copytree(data, tmp_path / "whole" / "data")
    import_lists([path], "ice287gpage", whole)
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
            import_lists([path], "ice287gpage", data)
    rows = len(tables.load("agreements", data))  # reading finishes what was begun
    assert content(data) == (before if rows == 20 else content(whole))
    assert rows == (20 if killed_at < 6 else 22)
    assert [found.name for found in data.parent.iterdir()] == ["data"]
    import_lists([path], "ice287gpage", data)
    assert content(data) == content(whole)


def start_import(path, data) -> subprocess.Popen:
    code = (
        "import sys, pathlib; from section287g import tables; from section287g.ice_lists import import_lists;"
        "print('go', flush=True); import_lists([pathlib.Path(sys.argv[1])], 'ice287gpage', pathlib.Path(sys.argv[2]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    return process


def test_an_import_killed_at_any_time_leaves_data_whole(tmp_path, data):
    path = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22))
    before = content(data)
    for _ in range(3):  # each moment in turn: test_an_import_that_dies_leaves_all_old_or_all_new
        process = start_import(path, data)
        time.sleep(random.uniform(0, 0.4))
        process.kill()
        process.communicate()
        tables._load.cache_clear()
        assert len(tables.load("agreements", data)) in (20, 22)
        assert content(data).keys() == before.keys() and [found.name for found in data.parent.iterdir()] == ["data"]
        assert faults(data) == []


def test_of_two_imports_at_once_one_waits_for_nobody_and_says_so(tmp_path, data):
    with tables.locked(data):
        process = start_import(make_list(tmp_path / "2025-03-10.xlsx", clay_to(22)), data)
        _, printed = process.communicate()
    assert process.returncode == 1 and "another import is at work on data/" in printed
    assert len(tables.load("agreements", data)) == 20


def test_a_full_disk_is_said_in_words_and_leaves_nothing(tmp_path, data, monkeypatch):
    path, before = make_list(tmp_path / "2025-03-10.xlsx", clay_to(22)), content(data)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tables.os, "fsync", full)
    with pytest.raises(tables.TableError, match="the disk is full, so nothing was changed"):
        import_lists([path], "ice287gpage", data)
    assert content(data) == before and [found.name for found in data.parent.iterdir()] == ["data"]
