"""The command line, as other people's scripts call it."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from workbooks import PENDING, agreement, make_list

from section287g import __main__ as command_line
from section287g import counts, tables


@pytest.fixture
def folder(tmp_path):
    make_list(
        tmp_path / "2025-03-27.xlsx",
        [agreement(), agreement(), agreement(state="GUAM", model="Jail Enforcement Model")],
    )
    make_list(
        tmp_path / "2025-04-03.xlsx", [agreement(signed="03/052025"), agreement(state="PENNSLYVANIA", agency="Penn PD")]
    )
    return tmp_path


def test_count_prints_one_json_object_a_file(folder, capsys):
    assert command_line.main(["count", str(folder / "2025-03-27.xlsx"), str(folder / "2025-04-03.xlsx"), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "file": "2025-03-27.xlsx", "rows": 3, "agreements": 2, "agencies": 2, "states": 1, "territories": 1,
        "by_model": {"jail": 1, "warrant": 0, "task_force": 2}, "by_state": {"GU": 1, "TX": 2},
    }  # fmt: skip
    assert second["by_state"] == {"PA": 1, "TX": 1}


def test_count_says_it_in_words(folder, capsys):
    assert command_line.main(["count", str(folder / "2025-03-27.xlsx")]) == 0
    assert "3 agreement rows, 2 agencies, 1 state and 1 territory" in capsys.readouterr().out


def test_history_follows_a_folder(folder, capsys):
    out = folder / "history.csv"
    assert command_line.main(["history", str(folder), "--csv", str(out)]) == 0
    assert "2 lists, 3 agreements ever listed, 2 on the last list" in capsys.readouterr().out
    table = pd.read_csv(out)
    assert list(table.columns) == command_line.HISTORY_COLUMNS
    clay = table[table["agency"] == "Clay County Sheriff's Office"].set_index("state").loc["TX"]
    dates = clay[["signed", "first_listed", "last_listed"]].tolist()
    assert (dates, clay["status"]) == (["2025-03-05", "2025-03-27", "2025-04-03"], "listed")


def bad_inputs(folder):
    yield (folder / "text.xlsx").write_text("no workbook") and folder / "text.xlsx"
    yield make_list(folder / "empty.xlsx", [], [])
    yield make_list(folder / "pending.xlsx", [agreement()], PENDING)
    yield make_list(folder / "state.xlsx", [agreement(state="FOOLAND")])
    yield make_list(folder / "model.xlsx", [agreement(model="Highway Model")])
    cut = make_list(folder / "cut.xlsx", [agreement()] * 40)
    cut.write_bytes(cut.read_bytes()[:3000])
    yield cut
    yield folder / "missing.xlsx"
    (folder / "lists").mkdir()
    yield folder / "lists"


def test_bad_input_gets_one_sentence_and_exit_code_1(tmp_path, capsys):
    for path in bad_inputs(tmp_path):
        assert command_line.main(["count", str(path), "--json"]) == 1
        printed = capsys.readouterr()
        assert printed.out == "" and printed.err.startswith(path.name) and printed.err.count("\n") == 1


def test_one_bad_file_does_not_lose_the_others(folder, capsys):
    (folder / "2025-05-01.xlsx").write_text("no workbook")
    assert command_line.main(["count", str(folder / "2025-05-01.xlsx"), str(folder / "2025-03-27.xlsx"), "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["rows"] == 3 and "2025-05-01.xlsx" in printed.err


SPOILED = {
    "text": lambda folder: (folder / "2025-05-01.xlsx").write_text("no workbook"),
    "unknown state": lambda folder: make_list(folder / "2025-05-01.xlsx", [agreement(state="FOOLAND")]),
    "no date": lambda folder: make_list(folder / "newest.xlsx", [agreement()]),
    "no lists": lambda folder: [path.unlink() for path in folder.glob("*.xlsx")],
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_history_writes_nothing_when_a_list_cannot_be_used(folder, capsys, spoil):
    SPOILED[spoil](folder)
    assert command_line.main(["history", str(folder), "--csv", str(folder / "out.csv")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(folder.glob("*.csv*"))


def test_history_keeps_an_old_file_when_it_cannot_write(folder, capsys):
    assert command_line.main(["history", str(folder), "--csv", str(folder / "nowhere" / "out.csv")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_list_is_given_back_and_counts_the_same(tmp_path, capsys):
    assert command_line.main(["list", "2025-09-09-pm"]) == 0
    printed, file = capsys.readouterr().out, tmp_path / "out.csv"
    assert command_line.main(["list", "2025-09-09-pm", "--csv", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == printed
    assert command_line.main(["count", str(file), "--json"]) == 0
    counted, row = json.loads(capsys.readouterr().out), tables.load("lists").set_index("list").loc["2025-09-09-pm"]
    assert all(counted[name] == row[name] for name in ("rows", "agreements", "agencies", "states", "territories"))
    assert command_line.main(["list", "2025-09-09"]) == 1
    assert "2025-09-09-pm" in capsys.readouterr().err


def test_derive_finds_the_tables_as_they_should_be(capsys):
    assert command_line.main(["derive"]) == 0
    assert "already what follows" in capsys.readouterr().out


def test_fact_and_check(capsys):
    assert command_line.main(["fact", "agreements_newest"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == counts.newest("ice_workbook")["rows"]
    assert command_line.main(["fact", "agreements_newst"]) == 1
    assert "agreements_newest" in capsys.readouterr().err
    assert command_line.main(["fact"]) == 0
    names = [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == command_line.facts.names()


def test_the_published_data_pass_every_check(capsys):
    assert command_line.main(["check"]) == 0
    lines = [line.partition(":")[0].split() for line in capsys.readouterr().out.splitlines() if ":" in line]
    passed = {" ".join(rest) for status, *rest in lines if status == "pass"}
    assert passed >= {*tables.names(), "claims", "as of", "quotations"}


def test_what_is_not_a_folder_or_a_date_is_called_so(folder, capsys):
    assert command_line.main(["history", str(folder / "nowhere"), "--csv", str(folder / "out.csv")]) == 1
    assert capsys.readouterr().err == f"{folder / 'nowhere'}: there is no such folder\n"
    with pytest.raises(SystemExit):
        command_line.main(["import", str(folder / "2025-03-27.xlsx"), "--date", "09/18/2026"])
    assert "'09/18/2026' is not a date; expected one like 2026-09-18" in capsys.readouterr().err


def test_it_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "section287g", "--help"], capture_output=True, text=True, check=True)
    assert "count" in done.stdout and "history" in done.stdout
