"""The peers of the growth explorer: each shows the same numbers and follows its menu. How fast they are is not
tested."""

import importlib.util
import shutil
from dataclasses import astuple

import pytest

from section287g import counts
from section287g.bench import pages, peers


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(pages, "LOADS", 1)
    monkeypatch.setattr(pages, "CHANGES", 3)


def test_our_own_explorer_is_measured_alone(browser, few, tmp_path):
    ours = peers.ALONE[peers.OURS](tmp_path)
    with pages.serve(tmp_path) as base:
        measured = pages.measure_page(browser, base, *astuple(ours))
    assert measured["ready_s"] > 0 and measured["outside"] == 0
    assert measured["changes"] == 3


def test_peers_get_every_change_of_every_number():
    rows = peers._rows()
    texas = rows[(rows["place"] == "Texas") & (rows["model"] == "task_force")]
    lists = counts.over_time("TX")["task_force"]
    assert texas["agreements"].iloc[-1] == lists.iloc[-1]
    assert list(texas["agreements"].drop_duplicates()) == list(lists.drop_duplicates())


@pytest.mark.parametrize("name", [name for name in peers.ALONE if name != peers.OURS])
def test_a_peer_that_cannot_be_had_is_named(name, browser, few, monkeypatch):
    monkeypatch.setattr(peers, "ALONE", {name: peers.ALONE[name]})
    monkeypatch.setattr(importlib.util, "find_spec", lambda package: None)
    monkeypatch.setattr(shutil, "which", lambda program: None)
    measured, missing = peers.measure_alone(browser)
    assert measured == {} and len(missing) == 1
    assert missing[0].startswith(f"{name}: not measured, ")


def test_words_of_a_page_stand_on_a_default_page_too(browser, few, book_dir):
    measured = peers.measure_default_book(browser, book_dir)
    assert measured["gzip_bytes"] > 0 and measured["ready_s"] is None
