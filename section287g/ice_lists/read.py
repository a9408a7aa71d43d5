"""Reading one list as it was published: an ICE workbook, a copy of ICE's web table, or a row-level copy in CSV."""

from __future__ import annotations

import csv
import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import python_calamine

# Column of the list -> our name. Columns are found by header text: position 3 has meant three different things over time.
COLUMNS = {
    "STATE": "state",
    "LAW ENFORCEMENT AGENCY": "agency",
    "TYPE": "agency_kind",
    "COUNTY": "county",
    "SUPPORT TYPE": "model",
    "SIGNED": "signed",
    "MOA": "document_url",
}
REQUIRED = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
_HEADER_DEPTH = 10  # a title above the table is possible; the archive's lists all have the header in row 1
_NAMES = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "doc": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}


class ListError(ValueError):
    """A file is not a list of agreements, or holds a cell that cannot be read. The message is one sentence for a person."""


def place(file: str, row: int | None = None, column: str | None = None) -> str:
    """Where something is, for a message: ``list.xlsx, row 12, column STATE``."""
    parts = [file]
    if row is not None:
        parts.append(f"row {row}")
    if column is not None:
        parts.append(f"column {column}")
    return ", ".join(parts)


def read(path: str | Path) -> pd.DataFrame:
    """The agreement rows of one list, as printed.

    ``path`` is an .xlsx workbook or a .csv copy. One row for each agreement row, in the order of the list, rows hidden by a
    saved filter included and blank rows left out. Columns: row (number in the file, header is 1), state, agency, agency_kind,
    county, model, signed (date, number or text as stored), document_url (target of the MOA link; blank where none).
    Cells a list does not have are blank text. Raises ListError in one sentence when the file is not a list of agreements.
    """
    path = Path(path)
    if path.is_dir():
        raise ListError(f"{path.name}: this is a folder; expected the file of one list")
    if not path.is_file():
        raise ListError(f"{path.name}: there is no such file")
    if path.suffix.lower() == ".csv":
        sheet, links = _csv_rows(path), {}
        header_row, columns = _find_header(path.name, [sheet])[1:]
    else:
        sheets = _workbook_sheets(path)
        index, header_row, columns = _find_header(path.name, [rows for _, rows in sheets])
        name, sheet = sheets[index]
        links = _links(path, name, columns.get("MOA"))
    return _agreement_rows(path.name, sheet, header_row, columns, links)


def _csv_rows(path: Path) -> list[list]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ListError(f"{path.name}: this is not a readable CSV file in UTF-8 ({error}); save it again as CSV UTF-8") from error
    if rows and "support type" not in [cell.strip().lower() for cell in rows[0]]:
        # copies made by others call the columns by shorter names
        short = {ours: theirs for theirs, ours in COLUMNS.items()}
        rows[0] = [short.get(cell.strip().lower(), cell) for cell in rows[0]]
    return rows


def _workbook_sheets(path: Path) -> list[tuple[str, list[list]]]:
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a damaged file raises several unrelated types, a Rust panic (not an Exception) among them
        raise ListError(
            f"{path.name}: this is not an Excel workbook that can be opened, or it is damaged; download the list again"
        ) from error


def _text(cell) -> str:
    return " ".join(str(cell).split())


def _find_header(file: str, sheets: list[list[list]]) -> tuple[int, int, dict[str, int]]:
    """Sheet index, header row index and column positions of the first sheet that has the columns of a list."""
    for index, rows in enumerate(sheets):
        for row_index, row in enumerate(rows[:_HEADER_DEPTH]):
            columns = {_text(cell).upper(): position for position, cell in reversed(list(enumerate(row)))}
            if not {"STATE", "SUPPORT TYPE"} <= columns.keys():
                continue
            for name in REQUIRED:
                if name not in columns:
                    raise ListError(f"{place(file, row_index + 1)}: the column {name} is missing; expected {', '.join(COLUMNS)}")
            if "SIGNED" not in columns:
                raise ListError(
                    f"{place(file, row_index + 1)}: there is no column SIGNED, so this is ICE's list of pending applications;"
                    " use the list of participating agencies"
                )
            return index, row_index, columns
    if not any(_text(cell) for rows in sheets for row in rows for cell in row):
        raise ListError(f"{file}: the workbook is empty; expected a sheet with the columns {', '.join(COLUMNS)}")
    raise ListError(f"{file}: no sheet has a header with the columns STATE and SUPPORT TYPE, so this is not ICE's list")


def _agreement_rows(file: str, sheet: list[list], header_row: int, columns: dict[str, int], links: dict[int, str]) -> pd.DataFrame:
    records = []
    for number, row in enumerate(sheet[header_row + 1 :], start=header_row + 2):
        cell = {name: row[columns[name]] if name in columns and columns[name] < len(row) else "" for name in COLUMNS}
        blank = [name for name in REQUIRED if not _text(cell[name])]
        if len(blank) == len(REQUIRED):
            continue
        if blank:
            raise ListError(f"{place(file, number, blank[0])}: the cell is blank; expected state, agency and support type in every agreement")
        link = links.get(number) or (cell["MOA"] if isinstance(cell["MOA"], str) else "")
        records.append({"row": number} | {ours: cell[name] for name, ours in COLUMNS.items()} | {"document_url": link})
    if not records:
        raise ListError(f"{file}: the list has a header but no agreements; expected at least one row")
    return pd.DataFrame(records, dtype=object)


def _links(path: Path, sheet_name: str, column: int | None) -> dict[int, str]:
    """Row number -> target of the hyperlink in ``column``. Read from the workbook's own parts: the fast reader skips links."""
    if column is None:
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            part = _sheet_part(archive, sheet_name)
            relations = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
            if relations not in archive.namelist():
                return {}
            targets = {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(archive.read(relations))}
            return _targets_by_row(archive.read(part).decode("utf-8"), _column_letters(column), targets)
    except Exception as error:  # the parts of a damaged archive fail in many ways: zip, zlib, XML, encoding, missing names
        raise ListError(f"{path.name}: the links in the workbook cannot be read, so it is damaged; download the list again") from error


def _targets_by_row(sheet: str, letters: str, targets: dict[str, str]) -> dict[int, str]:
    # Only the hyperlink elements are looked at: parsing the whole sheet as XML takes twenty times as long.
    found = {}
    for element in re.findall(r"<(?:\w+:)?hyperlink\b[^>]*>", sheet):
        cell = re.search(r'\bref="([A-Z]+)(\d+)', element)
        relation = re.search(r'\w+:id="([^"]+)"', element)
        if cell and relation and cell[1] == letters:
            found[int(cell[2])] = targets.get(relation[1], "")
    return found


def _sheet_part(archive: zipfile.ZipFile, sheet_name: str) -> str:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = {node.get("name"): node.get(f"{{{_NAMES['doc']}}}id") for node in book.iterfind("main:sheets/main:sheet", _NAMES)}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): node.get("Target") for node in relations}
    return posixpath.normpath(posixpath.join("/xl", targets[sheets[sheet_name]])).lstrip("/")


def _column_letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, remainder = divmod(position - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters

