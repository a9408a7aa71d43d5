"""The measurement on a JupyterHub, as far as it goes without one: what is missing is said, a row holds medians, the
settings are Python."""

import datetime

import pytest

from section287g import tables
from section287g.bench import hub

DAY = datetime.date(2026, 11, 26)


def result(processor, kernel, server):
    memory = {"kernel_bytes": kernel * 1e6, "server_bytes": server * 1e6}
    return {"lab": "02-growth", "kernel_cpu_seconds": processor, "server_cpu_seconds": 0.5, **memory}


def test_a_row_is_one_of_the_table_with_medians_of_the_learners():
    row = hub.row(31.14, [result(2, 110, 120), result(3, 112, 122), result(9, 190, 200)], DAY)
    assert list(row) == [column for column in tables.load("lab_runs").columns if column != "source_key"]
    assert list(row.values()) == ["02-growth", 3, "program", 31.1, 3.5, 112, 122, "2026-11-26"]


@pytest.mark.parametrize(
    ("found", "path", "words"),
    [(None, "/bin/proxy", "JupyterHub is not installed"), (object(), None, "is not on the PATH")],
)
def test_what_is_missing_is_said_in_one_line(monkeypatch, capsys, found, path, words):
    monkeypatch.setattr(hub.importlib.util, "find_spec", lambda name: found)
    monkeypatch.setattr(hub.shutil, "which", lambda name: path)
    assert hub.main(["02-growth"]) == 1
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1


def test_settings_are_python_and_name_this_machine_only():
    values = {"port": 1, "hub_port": 2, "proxy_port": 3, "token": "t", "patience": 4}
    values |= {"home": "/x/{username}", "python": "/p"}
    text = hub.SETTINGS.format(**values)
    compile(text, "settings", "exec")
    assert "http://127.0.0.1:1" in text and "'/x/{username}'" in text


def test_ports_are_free_and_different():
    assert len(set(hub.free_ports(3))) == 3
