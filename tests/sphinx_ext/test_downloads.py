"""The description that goes with each table to download."""

from hashlib import sha256

import pytest

from section287g import counts, tables
from section287g.blocks import reference


@pytest.mark.parametrize("name", tables.names())
def test_description_fits_its_file(name):
    said = reference.metadata(name)
    content = (tables.DATA / said["path"]).read_bytes()
    assert (said["sha256"], said["bytes"], said["rows"]) == (
        sha256(content).hexdigest(),
        len(content),
        len(tables.load(name)),
    )
    assert said["licenses"][0]["name"] == "CC-BY-4.0" and len(said["credit"]) == 4
    assert [field["name"] for field in said["schema"]["fields"]] == list(tables.load(name).columns)


def test_vintages_stand_apart():
    newest = {kind: f"{counts.newest(kind)['date']:%Y-%m-%d}" for kind in ("ice_workbook", "transcript")}
    assert reference.as_of("agreements")["ICE's own workbooks"] == newest["ice_workbook"]
    assert reference.as_of("agreements")["a copy of ICE's list made by others"] == newest["transcript"]
    assert reference.as_of("glossary") == {}
