"""The BibTeX file of all sources."""

import pandas as pd
import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

from section287g import bibliography, tables

SOURCE = {"source_key": "a2025", "title": "A", "publisher": "P", "date": "2025",
    "url": "https://example.org/a?b=1&c=2%20",
    "kind": "primary", "side": None, "seen": "copy", "note": None}  # fmt: skip


def entry(**changes):
    return parse_string(bibliography.bibtex(pd.DataFrame([SOURCE | changes])), "bibtex").entries["a2025"].fields


def plain(tex):
    """TeX as text; pybtex leaves the escaped dollar as it is."""
    return str(Text.from_latex(tex)).replace(r"\$", "$")


def test_every_source_comes_back_from_the_file_word_for_word():
    sources = tables.load("sources").set_index("source_key")
    entries = parse_string(bibliography.bibtex(tables.load("sources")), "bibtex").entries
    assert list(entries.keys()) == list(sources.index)
    for key, found in entries.items():
        assert plain(found.fields["title"]) == sources.loc[key, "title"]
        assert plain(found.fields["howpublished"]) == sources.loc[key, "publisher"]


@pytest.mark.parametrize("text", ["$25M & 5% #1_a", "P. M\u00fcller's \u201cnote\u201d"])
def test_characters_that_tex_would_obey_are_text(text):
    assert plain(entry(title=text)["title"]) == text


def test_lone_brace_does_not_break_the_file():
    assert entry(title="a } b { c")["kind"] == "primary"


def test_address_stays_as_it_is():
    assert entry()["url"] == SOURCE["url"]
    assert "url" not in entry(url=None)


@pytest.mark.parametrize(
    "date, fields",
    [
        ("2025-03-04", {"year": "2025", "month": "mar", "date": "2025-03-04"}),
        ("2025", {"year": "2025", "date": "2025"}),
        ("2025-11 to 2026-02", {"year": "2025", "month": "nov", "note": "Date: 2025-11 to 2026-02"}),
        ("n.d. (about 2020)", {"note": "Date: n.d. (about 2020)"}),
    ],
)
def test_date_for_programs_and_as_stated(date, fields):
    found = entry(date=date)
    assert {name: found[name] for name in ("year", "month", "date", "note") if name in found} == fields


def test_tables_that_cite_a_source(monkeypatch):
    made = {
        "sources": pd.DataFrame({"source_key": ["a", "b", "c"]}),
        "lists": pd.DataFrame({"source_key": ["a", None]}),
        "terms": pd.DataFrame({"source_keys": ["b; a", "b"]}),
        "counts": pd.DataFrame({"rows": [1]}),
    }
    monkeypatch.setattr(tables, "names", lambda: list(made))
    monkeypatch.setattr(tables, "load", made.get)
    assert bibliography.tables_by_source() == {"a": ["lists", "terms"], "b": ["terms"]}
