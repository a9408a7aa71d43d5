"""A newer list of ICE's, made up, is read into a copy of the project: every page follows, and none says what is no longer true."""

import datetime as dt
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from book_pages import PAGES, ROOT
from bs4 import BeautifulSoup
from workbooks import agreement, make_list

from section287g import ice_lists, tables

DAY = dt.date(2027, 3, 1)
GONE, NEW = 25, 3
MODELS = {"jail": "Jail Enforcement Model", "warrant": "Warrant Service Officer", "task_force": "Task Force Model"}
TRUE_AT_TIMES = ["The last bar is hollow", "kept publishing", "a later list", "later totals"]


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """Folder of the book built from a copy of the project with one more list."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("book", "notebooks", "data", "section287g"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    made = make_list(project / f"{DAY}.xlsx", list_of_today())
    ice_lists.import_list(made, "ice287gpage", folder=project / "data")
    made.unlink()
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
    command += ["--config", "book/_config.yml", "--toc", "book/_toc.yml", "-W", "--keep-going"]
    built = subprocess.run(command, cwd=project, env=os.environ | {"PYTHONPATH": str(project)}, capture_output=True, text=True)
    assert built.returncode == 0, (built.stdout + built.stderr)[-3000:]
    return project / "_build/html"


def list_of_today() -> list[dict]:
    """The agreements of the newest list, less the first few, and a few new ones, as ICE would print them."""
    agreements = tables.load("agreements")
    names = tables.load("states").set_index("state")["name"]
    rows = [
        agreement(
            state=names[row.state].upper(), agency=row.agency, model=MODELS[row.model],
            county=None if pd.isna(row.county) else row.county, signed=None if pd.isna(row.signed) else row.signed.to_pydatetime(),
        )
        for row in agreements[agreements["status"] == "listed"].iloc[GONE:].itertuples()
    ]  # fmt: skip
    return rows + [agreement(agency=f"Newtown {number} Police Department", signed=dt.datetime(2027, 2, 1)) for number in range(NEW)]


def article(folder, address):
    return BeautifulSoup((folder / address).read_text(encoding="utf-8"), "html.parser").article


def test_pages_show_the_new_list(newer):
    expected = (tables.load("agreements")["status"] == "listed").sum() - GONE + NEW
    text = article(newer, "book/index.html").get_text(" ", strip=True)
    assert "March 1, 2027" in text and f"{expected:,}" in text
    assert f"{expected:,}" in article(newer, "book/surge/growth.html").get_text()


def test_changes_and_downloads_follow(newer):
    changes = article(newer, "book/reference/changes.html")
    assert changes.h2.text.startswith("List of March 1, 2027") and f"New {NEW}, left {GONE}" in changes.text
    link = article(newer, "book/reference/data.html").find("a", href=lambda href: href and href.endswith("lists.csv"))
    assert str(DAY) in (newer / "book/reference" / link["href"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_says_what_is_no_longer_true(newer, address):
    text = " ".join(article(newer, address).get_text(" ").split())
    assert [words for words in TRUE_AT_TIMES if words in text] == []
