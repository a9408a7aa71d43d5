"""A newer list of ICE's, made up, is read into a copy of the project: every page follows, and none says what is no
longer true. What somebody typed into it to harm a reader, carried into tables, pages, downloads and a notebook, is only
text."""

import csv
import re
import subprocess
import sys
import unicodedata

import made_book
import pytest
from book_pages import PAGES, ROOT, parsed
from explorer_pages import csv_rows
from made_book import ATTACK, DAY, FILE, GONE, HOSTILE, HOSTILE_STATE, LINKS, NEW, NOTEBOOK
from workbooks import agreement, make_list

from section287g import tables
from section287g.bench.pages import serve
from section287g.ice_lists.normalise import text

SHOWN = set(HOSTILE.values())
TRUE_AT_TIMES = ["The last bar is hollow", "kept publishing", "a later list", "later totals"]
ADDED = NEW + len(HOSTILE)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def base(newer):
    """Address of the book with the hostile list, on a server of this machine."""
    with serve(newer) as base:
        yield base


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_table_holds_every_name_as_text(newer_project):
    rows = [row for row in rows_of(newer_project / "data/agreements.csv") if row["signed"] == "2027-02-02"]
    assert {row["agency"] for row in rows} == SHOWN and len(rows) == len(HOSTILE)
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert [cell for cell in cells if any(unicodedata.category(letter) in ("Cc", "Cf") for letter in cell)] == []
    assert {row["document_url"] for row in rows} == {"", *(link for link in LINKS if link.startswith("https://attack"))}


def test_tables_stay_as_they_are_described(newer_project):
    assert "fail" not in made_book.run_in(newer_project, "-m", "section287g", "check").lower().replace("0 fail", "")


def test_pages_show_the_new_list(newer):
    expected = (tables.load("agreements")["status"] == "listed").sum() - GONE + ADDED
    text = parsed(newer / "book/index.html").article.get_text(" ", strip=True)
    assert "March 1, 2027" in text and f"{expected:,}" in text
    assert f"{expected:,}" in parsed(newer / "book/surge/growth.html").article.get_text()


def test_changes_and_downloads_follow(newer):
    changes = parsed(newer / "book/reference/changes.html").article
    assert changes.h2.text.startswith("List of March 1, 2027") and f"New {ADDED}, left {GONE}" in changes.text
    link = parsed(newer / "book/reference/data.html").article.select_one("a[href$='lists.csv']")
    assert str(DAY) in (newer / "book/reference" / link["href"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("address", [*PAGES, "search.html"])
def test_page_holds_no_element_of_theirs_and_no_sentence_that_is_no_longer_true(newer, address):
    page = parsed(newer / address)
    text = " ".join(page.article.get_text(" ").split())
    assert [words for words in TRUE_AT_TIMES if words in text] == []
    assert page.select("script:not([src], [type='application/json']), img[src=x]") == []
    assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    addresses = [tag.get("href") or tag.get("src") for tag in page.find_all(True) if tag.get("href") or tag.get("src")]
    assert [it for it in addresses if re.match(r"\s*(javascript|vbscript|data:text)", it, re.IGNORECASE)] == []


def test_log_of_changes_shows_the_name_of_the_file_letter_by_letter(newer):
    page = parsed(newer / "book/reference/changes.html")
    assert text(FILE) in page.article.get_text().replace("‘", "'")


def test_notebook_shows_the_rows_as_text(newer):
    page = parsed(newer / f"{NOTEBOOK}.html")
    assert {cell.get_text() for cell in page.select("table.dataframe td")} >= SHOWN


def test_finder_and_its_download_show_the_rows_as_text(base, open_page):
    view = f"explorer-finder?state={HOSTILE_STATE}&year=2027&batches=3"
    page = open_page(f"{base}/book/surge/find.html#{view}", width=320)
    page.wait_for_selector("section.explorer[data-ready]")
    titles = page.locator(".explorer-live .f-card h4").all_text_contents()
    assert {title.removesuffix(", Wyoming") for title in titles} == SHOWN
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    named = page.locator(".explorer-live .f-card a[rel]").all_text_contents()
    hosts = {re.search(r"at (\S+)$", words)[1] for words in named if " at " in words}
    assert hosts == {"attack.example"}  # a link says where it leads; one with a user part or without a host is dropped
    cells = {cell for row in csv_rows(page)[1] for cell in row}
    assert cells >= SHOWN and [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert_unharmed(page)


@pytest.mark.parametrize(
    "address",
    [f"{view}=WY{tab}" for view in ("where.html#explorer-map?state", "growth.html#explorer-growth?state")
     for tab in ("", "&view=table")],
)  # fmt: skip
def test_other_explorers_are_unharmed(base, open_page, address):
    page = open_page(f"{base}/book/surge/{address}")
    page.wait_for_selector("section.explorer[data-ready]")
    page.locator(".explorer-live details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")
    assert_unharmed(page)


def assert_unharmed(page):
    """Nothing of the list was run, and nothing was asked of another host."""
    assert page.evaluate("window.attacked") is None
    assert page.console_errors == [] and page.outside == []


def test_state_that_is_none_is_refused_in_one_line(tmp_path):
    path = make_list(tmp_path / f"{DAY}.xlsx", [agreement(state=f"<script>{ATTACK}</script>\u202e")])
    command = [sys.executable, "-m", "section287g", "import", str(path), "--dry-run"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert "is not the name of a state" in done.stderr and "\u202e" not in done.stderr
