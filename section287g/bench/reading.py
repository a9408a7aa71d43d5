"""How fast ICE's workbooks are read, beside plain openpyxl."""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path

import openpyxl

from section287g import ice_lists
from section287g.bench.builds import seconds

SAMPLE = 10  # workbooks that openpyxl reads too
ROWS = 1900  # of the workbook that is made


def make_workbook(path: Path, rows: int) -> None:
    """Write a workbook with the columns and links of ICE's list and `rows` invented agreements."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"])
    for number in range(2, rows + 2):
        sheet.append(
            [
                "TEXAS",
                f"Sheriff's Office {number}",
                "County",
                f"County {number}",
                "Jail Enforcement Model",
                "2025-03-01",
                "LINK",
            ]
        )
        sheet.cell(number, 7).hyperlink = f"https://example.org/{number}.pdf"
    book.save(path)


def read_plainly(path: Path) -> list[list[tuple]]:
    """What a script with openpyxl alone would read: every cell's value and link."""
    return [[(cell.value, cell.hyperlink) for cell in row] for row in openpyxl.load_workbook(path).active]


def measure_reading(folder: Path) -> dict:
    """Read every workbook of `folder`, and up to SAMPLE of them, evenly spread, with plain openpyxl too.

    `ratio` is the speed of ice_lists.read over that of openpyxl on the same workbooks.
    """
    paths = sorted(folder.glob("*.xlsx"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no .xlsx workbook to read")
    took, rows = {}, 0
    for path in paths:
        start = time.perf_counter()
        rows += len(ice_lists.read(path))
        took[path] = time.perf_counter() - start
    sample = paths[:: math.ceil(len(paths) / SAMPLE)]
    plain = seconds(lambda: [read_plainly(path) for path in sample])
    total = sum(took.values())
    return {
        "workbooks": len(paths),
        "rows": rows,
        "seconds": total,
        "rows_per_second": rows / total,
        "compared_workbooks": len(sample),
        "openpyxl_seconds": plain,
        "ratio": plain / sum(took[path] for path in sample),
    }


def measure_following() -> dict:
    """Make all tables anew from the rows as printed: seconds, and what was followed and counted."""
    archive = ice_lists.Archive.load()
    return {
        "lists": len(archive.rows),
        "rows": sum(map(len, archive.rows.values())),
        "seconds": seconds(lambda: ice_lists.derive(archive)),
    }


def measure_reading_of_made_workbook() -> dict:
    """The same for one workbook of ROWS rows that is made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        make_workbook(Path(folder, "made.xlsx"), ROWS)
        return measure_reading(Path(folder))
