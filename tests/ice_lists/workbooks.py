"""Small workbooks with the layouts and quirks of ICE's lists, made for the tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

WEB_TABLE = ["STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED", "MOA"]
WITH_TYPE = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "SUPPORT TYPE", "SIGNED", "MOA"]
WITH_COUNTY = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"]
WITH_ADDENDUM = [*WITH_COUNTY, "ADDENDUM"]
PENDING = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "MOA"]

COLUMNS = {
    "STATE": "TEXAS", "LAW ENFORCEMENT AGENCY": "Clay County Sheriff's Office", "TYPE": "County",
    "COUNTY": "Clay County", "SUPPORT TYPE": "Task Force Model", "SIGNED": dt.datetime(2025, 3, 4),
    "MOA": "link pending", "ADDENDUM": "",
}  # fmt: skip


def agreement(**cells) -> dict:
    """One agreement row as printed; keywords ``state``, ``agency``, ``kind``, ``county``, ``model``, ``signed``,
    ``moa`` change it."""
    names = {
        "state": "STATE",
        "agency": "LAW ENFORCEMENT AGENCY",
        "kind": "TYPE",
        "county": "COUNTY",
        "model": "SUPPORT TYPE",
        "signed": "SIGNED",
        "moa": "MOA",
    }
    return COLUMNS | {names[name]: value for name, value in cells.items()}


def make_list(
    path: Path,
    rows: list[dict | None],
    columns: list[str] = WITH_ADDENDUM,
    *,
    hidden=(),
    links=None,
    helper_sheet=False,
    title=None,
) -> Path:
    """Write a list to ``path``. None is a blank row; ``hidden`` and ``links`` (number -> address) count data rows from
    0."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(columns)
    first = sheet.max_row + 1
    for number, row in enumerate(rows):
        for position, name in enumerate(columns, start=1):
            sheet.cell(first + number, position, None if row is None else row.get(name))
        sheet.row_dimensions[first + number].hidden = number in hidden
    for number, address in (links or {}).items():
        sheet.cell(first + number, columns.index("MOA") + 1).hyperlink = address
    if helper_sheet:
        helper = book.create_sheet("Sheet2")
        helper.append(["STATE", "JAIL"])
        helper.append(["TEXAS", 1])
    book.save(path)
    return path
