"""Layout, lint and types of the code, by the commands that CONTRIBUTING names."""

import subprocess
import sys

import pytest

from section287g.programs import ROOT

FOLDERS = ["section287g", "tests", "book", ".github"]
CODE = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.suffix in {".py", ".js", ".css", ".yml", ".typ", ".html"}
]


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_code_passes(command):
    done = subprocess.run([sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_line_is_over_120_columns():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [ROOT / "run.py", *CODE]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 120
    ]
    assert long == []
