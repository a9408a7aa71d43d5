"""The small file that goes with each table to download: what it is, whose it is, how new it is, and how to check that it is whole."""

from __future__ import annotations

import json
from hashlib import sha256

from section287g import counts, tables

KINDS_OF_LISTS = {"ice_workbook": "ICE's own workbooks", "web_table_copy": "copies of the table on ICE's page", "transcript": "a copy of ICE's list made by others"}
FROM_LISTS = ("agreements", "lists", "list_counts", "list_signed")


def metadata(name: str) -> dict:
    """Description of table ``name`` for readers without the book: title, description, schema, licence, credit, as-of, rows, sha256 of the file.

    Raises KeyError with the known names if there is no such table.
    """
    package = json.loads((tables.DATA / "datapackage.json").read_text(encoding="utf-8"))
    resource = tables.describe(name)
    content = (tables.DATA / resource["path"]).read_bytes()
    return {
        "name": name,
        "path": resource["path"],
        "title": resource["title"],
        "description": resource["description"],
        "package": package["title"],
        "version": package["version"],
        "as_of": as_of(name),
        "rows": len(tables.load(name)),
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "licenses": package["licenses"],
        "credit": [contributor["title"] for contributor in package["contributors"]],
        "encoding": resource["encoding"],
        "schema": resource["schema"],
    }


def as_of(name: str) -> dict[str, str]:
    """How new a table is: what it rests on -> newest date (ISO). Empty for tables that speak of no single date."""
    if name in FROM_LISTS:
        return {words: f"{counts.newest(kind)['date']:%Y-%m-%d}" for kind, words in KINDS_OF_LISTS.items()}
    if name == "published_totals":
        return {"totals stated by others": f"{tables.load(name)['date'].max():%Y-%m-%d}"}
    return {}
