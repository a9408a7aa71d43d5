"""The data dictionary: every column explained, every file to download with its description."""

import json
from hashlib import sha256

import pytest
from book_pages import cells, parsed

from section287g import counts, tables
from section287g.blocks import reference
from section287g.sphinx_ext.errors import PageError

FIELDS = [
    {"name": "date", "type": "date", "description": "Day & month", "constraints": {"required": True, "unique": True}},
    {"name": "rows", "type": "integer", "unit": "agreements", "description": "Rows", "constraints": {"minimum": 0}},
    {"name": "unchanged_until", "type": "date", "description": "Last seen"},
    {"name": "kind", "type": "string", "description": "Kind", "ours": True, "constraints": {"enum": ["own", "copy"]}},
    {"name": "source_key", "type": "string", "description": "Source"},
]
KEY = {"fields": ["source_key"], "reference": {"resource": "sources", "fields": ["source_key"]}}
RESOURCE = {
    "name": "lists", "path": "lists.csv", "title": "Lists", "description": "One row a list.", "encoding": "utf-8",
    "schema": {"fields": FIELDS, "foreignKeys": [KEY]},
}  # fmt: skip
PACKAGE = {
    "title": "All", "version": "1", "licenses": [{"name": "CC-BY-4.0"}], "contributors": [{"title": "Us"}],
    "resources": [RESOURCE],
}  # fmt: skip
CSV = "date,rows,kind,source_key\n2026-05-18,1,own,ice\n2026-05-19,,copy,ice\n"


@pytest.fixture
def data(tmp_path, monkeypatch, numbers):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE))
    (folder / "lists.csv").write_text(CSV)
    monkeypatch.setattr(tables, "DATA", folder)
    monkeypatch.setattr(tables, "names", lambda: ["lists"])
    monkeypatch.setattr(tables, "describe", lambda name: {"lists": RESOURCE}[name])
    monkeypatch.setattr(reference, "KINDS_OF_LISTS", {"ice_workbook": "ICE's own"})


def test_table_with_columns_and_files(build, data):
    folder = build({"index": "# Data\n\n```{dictionary}\n```\n"})
    box = parsed(folder / "index.html").find(id="table-lists")
    assert box.summary.text == "lists: Lists (5 rows)"
    assert "As of: ICE's own to May 18, 2026. Each row names its source in source_key." in box.p.text
    assert cells(box) == [
        ["date", "Day & month.", "date", "", "no value twice", "0%"],
        ["rows", "Rows.", "whole number", "agreements", "0 or more", "0%"],
        ["unchanged_until", "Last seen.", "date", "", "", "80%"],
        ["kind", "Kind. This book's own reading.", "text", "", "own, copy", "0%"],
        ["source_key", "Source.", "text", "", "a key of sources", "0%"],
    ]
    table, description = (folder / link["href"] for link in box.select("a[download]"))
    assert table.read_text() == CSV
    said = json.loads(description.read_text(encoding="utf-8"))
    assert said["sha256"] == sha256(table.read_bytes()).hexdigest() and said["rows"] == 5
    assert (said["as_of"], said["credit"]) == ({"ICE's own": "2026-05-18"}, ["Us"])
    assert said["schema"] == RESOURCE["schema"]


def test_unknown_table_stops_the_build(build, data):
    with pytest.raises(PageError, match=r"index\.md:3: no table 'list' in data/; tables are lists"):
        build({"index": "# Data\n\n```{dictionary} list\n```\n"})


@pytest.mark.parametrize("share, text", [(0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.996, ">99%"), (1, "100%")])
def test_share_of_blank_cells(share, text):
    assert reference._share(share) == text


def test_every_type_of_the_real_tables_has_a_word():
    fields = [field for name in tables.names() for field in tables.describe(name)["schema"]["fields"]]
    assert {field["type"] for field in fields} <= set(reference.TYPES)


@pytest.mark.parametrize("name", tables.names())
def test_description_fits_its_file(name):
    said = reference.metadata(name)
    content = (tables.DATA / said["path"]).read_bytes()
    described = sha256(content).hexdigest(), len(content), len(tables.load(name))
    assert (said["sha256"], said["bytes"], said["rows"]) == described
    assert said["licenses"][0]["name"] == "CC-BY-4.0" and len(said["credit"]) == 4
    assert [field["name"] for field in said["schema"]["fields"]] == list(tables.load(name).columns)


def test_vintages_stand_apart():
    newest = {kind: f"{counts.newest(kind)['date']:%Y-%m-%d}" for kind in ("ice_workbook", "transcript")}
    assert reference.as_of("agreements")["ICE's own workbooks"] == newest["ice_workbook"]
    assert reference.as_of("agreements")["a copy of ICE's list made by others"] == newest["transcript"]
    assert reference.as_of("glossary") == {}
