"""Reading one list as it was published: an ICE workbook, a copy of ICE's web table, or a row-level copy in CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pandas as pd
import python_calamine

from section287g import tables
from section287g.ice_lists.files import ListError, open_file

# Column of the list -> our name. Columns are found by header text: position 3 has meant three different things over
# time.
COLUMNS = {
    "STATE": "state",
    "LAW ENFORCEMENT AGENCY": "agency",
    "TYPE": "agency_kind",
    "COUNTY": "county",
    "SUPPORT TYPE": "model",
    "SIGNED": "signed",
    "MOA": "moa",
    "ADDENDUM": "addendum",
}
# The links of two columns; as columns of their own they stand only in lists that this project wrote out.
LINKED = {"MOA": "document_url", "ADDENDUM": "addendum_url"}
LINK_COLUMNS = {"MOA LINK": "document_url", "ADDENDUM LINK": "addendum_url"}
CELLS = "state agency agency_kind county model signed moa document_url addendum addendum_url".split()
REQUIRED = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
# Other headings that can only mean a column of the list. Whoever reads one in is told.
OTHER_HEADINGS = {
    "STATE": {"STATE NAME", "STATE OR TERRITORY", "STATE/TERRITORY"},
    "LAW ENFORCEMENT AGENCY": {
        "AGENCY",
        "AGENCY NAME",
        "LAW ENFORCEMENT AGENCY NAME",
        "LAW ENFORCEMENT AGENCIES",
        "PARTICIPATING AGENCY",
        "LEA",
    },
    "TYPE": {"AGENCY TYPE", "TYPE OF AGENCY", "LEA TYPE", "ENTITY TYPE", "JURISDICTION TYPE"},
    "COUNTY": {"COUNTY NAME", "COUNTY OR PARISH", "COUNTY/PARISH", "PARISH", "COUNTIES"},
    "SUPPORT TYPE": {
        "SUPPORT",
        "MODEL",
        "SUPPORT MODEL",
        "TYPE OF SUPPORT",
        "MODEL TYPE",
        "PROGRAM MODEL",
        "287(G) MODEL",
    },
    "SIGNED": {"DATE SIGNED", "SIGNED DATE", "SIGNED ON", "DATE", "SIGNATURE DATE", "AGREEMENT DATE", "MOA SIGNED"},
    "MOA": {"AGREEMENT", "MEMORANDUM OF AGREEMENT", "LINK", "LINK TO MOA", "DOCUMENT"},
    "ADDENDUM": {"ADDENDA", "ADDENDUMS"},
}
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_HEADER_DEPTH = 10  # a title above the table is possible; the archive's lists all have the header in row 1
_MOST_CELLS = 5_000_000  # from the first cell to the last; the largest list of the archive has 24,000
_DATE_SYSTEMS = 1462  # days between the two ways in which workbooks count days
_NAMES = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "doc": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


@dataclass
class Printed:
    """One list as printed. ``rows`` has the number of each row in the file and its cells as text (``CELLS``), in the
    order of the list; ``columns`` are the list's columns in its own order. ``notes`` are sentences on what was read in
    another way than it stands; ``doubts`` are sentences on why this may not be one list of ICE's."""

    rows: pd.DataFrame
    columns: list[str]
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass
class _Sheet:
    name: str
    rows: list[list]
    part: str = ""  # its name in the workbook's archive
    xml: str = ""


@dataclass
class _Header:
    sheet: _Sheet
    row: int  # from 0
    at: dict[str, int]  # column of the list -> position
    read_as: dict[str, str]  # column of the list -> heading as it stands
    unknown: list[str]
    passed_over: list[str] = field(default_factory=list)  # sheets that look like lists of pending applications


def place(file: str, row: int | None = None, column: str | None = None) -> str:
    """Where something is, for a message: ``list.xlsx, row 12, column STATE``."""
    parts = [file]
    if row is not None:
        parts.append(f"row {row}")
    if column is not None:
        parts.append(f"column {column}")
    return ", ".join(parts)


def read(path: str | Path) -> pd.DataFrame:
    """The agreement rows of one list, as printed: ``examine(path).rows``."""
    return examine(path).rows


def examine(path: str | Path) -> Printed:
    """One list as printed, with what there is to say about it.

    ``path`` is an .xlsx workbook or a .csv copy. One row for each agreement row, in the order of the list, rows hidden
    by a saved filter included and blank rows left out. Columns: row (number in the file, from 1) and CELLS. Every cell
    is text: dates are ISO, numbers plain, blank is blank, and spaces stand as printed. Links are taken out of the
    wrapping of mail filters, which name private mailboxes, and of web archives. Raises ListError in one sentence when
    the file is not a list of agreements.
    """
    path = Path(path)
    content = open_file(path)
    if isinstance(content, str):
        header = _find_header(path.name, [_Sheet("", _csv_rows(path.name, content))])
        return _printed(path.name, header, {}, 0)
    sheets, days = _sheets(path.name, content)
    header = _find_header(path.name, sheets)
    _refuse_uncomputed(path.name, header)
    return _printed(path.name, header, _links(path.name, content, header), days)


@cache  # lists repeat the same addresses
def document_url(printed: str) -> str:
    """Address of a document: taken out of a mail filter's or a web archive's wrapping; blank where there is none, or
    none to be trusted."""
    address = " ".join(printed.split())
    if not re.match(r"https?://", address, re.IGNORECASE):
        return ""
    address = re.sub(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", "", address)
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.hostname.endswith("safelinks.protection.outlook.com"):
            # the wrapping also carries the mailbox of whoever pasted the link
            address = unquote(parse_qs(parts.query).get("url", [""])[0])
            parts = urlsplit(address)
        honest = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:  # no address at all, such as one with half a bracket
        return ""
    # what stands before an @ only looks like the host
    return re.sub(r"^http://(www\.ice\.gov/)", r"https://\1", address) if honest else ""


def _csv_rows(file: str, text: str) -> list[list]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ListError(f"{file}: this is not a readable CSV file ({error}); save it again as CSV UTF-8") from error
    # copies made by others call the columns by the names that the tables here have, too
    short = {ours: theirs for theirs, ours in COLUMNS.items()}
    return [[short.get(cell.strip(), cell) for cell in row] for row in rows[:1]] + rows[1:]


# ---- workbooks


def _sheets(file: str, content: bytes) -> tuple[list[_Sheet], int]:
    """The worksheets of a workbook, hidden ones too, and how many days its numbers lie behind the usual ones."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            parts = _parts(archive, book)
            xml = {name: archive.read(part).decode("utf-8") for name, part in parts.items()}
        for name, text in xml.items():
            _refuse_far_cells(file, name, text)
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as opened:
            sheets = [
                _Sheet(name, opened.get_sheet_by_name(name).to_python(skip_empty_area=False), parts[name], xml[name])
                for name in parts
            ]
    except (KeyboardInterrupt, SystemExit, ListError):
        raise
    except (
        BaseException
    ) as error:  # a damaged file raises several unrelated types, a Rust panic (not an Exception) among them
        raise ListError(
            f"{file}: this is not an Excel workbook that can be opened, or it is damaged; download the list again"
        ) from error
    for sheet in sheets:
        _put_errors_in(sheet)
    properties = book.find("main:workbookPr", _NAMES)
    counts_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return sheets, _DATE_SYSTEMS if counts_from_1904 else 0


def _parts(archive: zipfile.ZipFile, book: ElementTree.Element) -> dict[str, str]:
    """Name of each worksheet -> name of its part in the archive."""
    relations = {node.attrib["Id"]: node for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    found = {}
    for node in book.iterfind("main:sheets/main:sheet", _NAMES):
        relation = relations[node.attrib[f"{{{_NAMES['doc']}}}id"]]
        if relation.get("Type", "").endswith("/worksheet"):
            found[node.attrib["name"]] = posixpath.normpath(posixpath.join("/xl", relation.attrib["Target"])).lstrip(
                "/"
            )
    return found


def _refuse_far_cells(file: str, sheet: str, xml: str) -> None:
    """Refuse a sheet with a stray cell far away: the reader would make room for every cell before it."""
    if not re.search(r'r="(?:[A-Z]{2,}\d+|[A-Z]+\d{6,})"', xml):  # the cheap question first
        return
    cells = re.findall(r'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"', xml)
    last_column, last_row = (
        max((_position(letters) for letters, _ in cells), default=0),
        max((int(row) for _, row in cells), default=0),
    )
    if (last_column + 1) * last_row > _MOST_CELLS:
        letters, row = max(cells, key=lambda cell: (_position(cell[0]) + 1) * int(cell[1]))
        raise ListError(
            f"{file}: on the sheet {sheet!r} a cell stands at {letters}{row}, far from any list; delete the empty rows"
            " and columns around the table"
        )


_ERROR = re.compile(r'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_FORMULA = re.compile(r"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>", re.DOTALL)


def _put_errors_in(sheet: _Sheet) -> None:
    """Write `#REF!` and its like into ``rows`` as text: the fast reader gives them as blank cells."""
    if 't="e"' not in sheet.xml:
        return
    for attributes, inside in _ERROR.findall(sheet.xml):
        error = re.search(r"<(?:\w+:)?v>([^<]*)<", inside)
        if error and (at := _cell_place(attributes)):
            row, column = at
            sheet.rows.extend([] for _ in range(row + 1 - len(sheet.rows)))
            sheet.rows[row].extend("" for _ in range(column + 1 - len(sheet.rows[row])))
            sheet.rows[row][column] = error[1]


def _refuse_uncomputed(file: str, header: _Header) -> None:
    """Refuse a list with formulas that no program has computed: a reader of the file sees blank cells."""
    if not any(mark in header.sheet.xml for mark in ("<f>", "<f ", ":f>", ":f ")):
        return
    used = {position: column for column, position in header.at.items()}
    found = []
    for attributes, inside in _FORMULA.findall(header.sheet.xml):
        has_value = (
            re.search(r"<(?:\w+:)?v>[^<]", inside) or 't="str"' in attributes
        )  # a formula may give an empty text
        if not has_value and (at := _cell_place(attributes)) and at[1] in used and at[0] > header.row:
            found.append(at)
    if found:
        row, column = found[0]
        like_it = f" ({len(found):,} such cells)" if len(found) > 1 else ""
        raise ListError(
            f"{place(file, row + 1, used[column])}: the cell holds a formula that no program has computed yet{like_it};"
            " open the workbook in a spreadsheet program, save it, and try again"
        )


def _cell_place(attributes: str) -> tuple[int, int] | None:
    found = re.search(r'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
    return (int(found[2]) - 1, _position(found[1])) if found else None


def _links(file: str, content: bytes, header: _Header) -> dict[tuple[int, str], str]:
    """(Row number, column) -> target of the hyperlink there. Read from the workbook's own parts: the fast reader skips
    links."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = header.sheet.part
            relations = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
            if relations not in archive.namelist():
                return {}
            targets = {
                node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(archive.read(relations))
            }
    except (
        Exception
    ) as error:  # the parts of a damaged archive fail in many ways: zip, zlib, XML, encoding, missing names
        raise ListError(
            f"{file}: the links in the workbook cannot be read, so it is damaged; download the list again"
        ) from error
    columns = {header.at[column]: column for column in LINKED if column in header.at}
    found = {}
    # Only the hyperlink elements are looked at: parsing the whole sheet as XML takes twenty times as long.
    for element in re.findall(r"<(?:\w+:)?hyperlink\b[^>]*>", header.sheet.xml):
        cell = re.search(r'\bref="([A-Z]+)(\d+)', element)
        relation = re.search(r'\w+:id="([^"]+)"', element)
        if cell and relation and (column := columns.get(_position(cell[1]))):
            found[int(cell[2]), column] = targets.get(relation[1], "")
    return found


@cache
def _position(letters: str) -> int:
    """Column A is 0."""
    position = 0
    for letter in letters:
        position = 26 * position + ord(letter) - ord("A") + 1
    return position - 1


# ---- headers


def _text(cell) -> str:
    return " ".join(str(cell).split())


def _find_header(file: str, sheets: list[_Sheet]) -> _Header:
    """The header of the one sheet that has the columns of a list. Raises ListError when there is none, or more than
    one."""
    found = [header for header in map(_header, sheets) if header]
    lists = [header for header in found if "SIGNED" in header.at]
    if len(lists) > 1:
        names = ", ".join(repr(header.sheet.name) for header in lists)
        raise ListError(
            f"{file}: {len(lists)} sheets hold a list ({names}), some perhaps hidden; keep the newest in the workbook"
            " and delete the others"
        )
    if lists:
        lists[0].passed_over = [header.sheet.name for header in found if header is not lists[0]]
        return _checked(file, lists[0])
    if found:
        raise _no_dates(file, found[0])
    if not any(_text(cell) for sheet in sheets for row in sheet.rows for cell in row):
        raise ListError(f"{file}: the workbook is empty; expected a sheet with the columns {', '.join(COLUMNS)}")
    raise ListError(f"{file}: no sheet has a header with the columns STATE and SUPPORT TYPE, so this is not ICE's list")


def _header(sheet: _Sheet) -> _Header | None:
    """The first row, near the top, that names a state and a kind of support."""
    for number, row in enumerate(sheet.rows[:_HEADER_DEPTH]):
        headings = [_text(cell).upper() for cell in row]
        at = {name: headings.index(name) for name in (*COLUMNS, *LINK_COLUMNS) if name in headings}
        for name, others in OTHER_HEADINGS.items():
            if name not in at and (like := [place for place, heading in enumerate(headings) if heading in others]):
                at[name] = like[0]
        if {"STATE", "SUPPORT TYPE"} <= at.keys():
            read_as = {name: _text(row[place]) for name, place in at.items() if headings[place] != name}
            unknown = [_text(cell) for place, cell in enumerate(row) if _text(cell) and place not in at.values()]
            return _Header(sheet, number, at, read_as, unknown)
    return None


def _checked(file: str, header: _Header) -> _Header:
    for name in REQUIRED:
        if name not in header.at:
            raise ListError(
                f"{place(file, header.row + 1)}: the column {name} is missing; expected {', '.join(COLUMNS)}"
            )
    return header


def _no_dates(file: str, header: _Header) -> ListError:
    """No column is called SIGNED: it has another name, or the list is one of applications."""
    row = header.sheet.rows[header.row]
    for position, heading in enumerate(row):
        cells = [
            line[position]
            for line in header.sheet.rows[header.row + 1 :]
            if position < len(line) and _text(line[position])
        ]
        if position not in header.at.values() and sum(isinstance(cell, dt.date) for cell in cells) > len(cells) / 2:
            return ListError(
                f"{place(file, header.row + 1)}: there is no column SIGNED, but {_text(heading)!r} holds dates; if"
                " these are the dates of signing, call that column SIGNED"
            )
    return ListError(
        f"{place(file, header.row + 1)}: there is no column SIGNED, so this is ICE's list of pending applications; use"
        " the list of participating agencies"
    )


# ---- rows


def _printed(file: str, header: _Header, links: dict[tuple[int, str], str], days: int) -> Printed:
    rows = _agreement_rows(file, header, links, days)
    columns = sorted((name for name in header.at if name in COLUMNS), key=header.at.__getitem__)
    printed = Printed(rows, columns, _notes(file, header, rows, links), _doubts(file, header, rows))
    return printed


def _agreement_rows(file: str, header: _Header, links: dict[tuple[int, str], str], days: int) -> pd.DataFrame:
    records = []
    places = [(header.at.get(name, -1), ours) for name, ours in (COLUMNS | LINK_COLUMNS).items()]
    for number, row in enumerate(header.sheet.rows[header.row + 1 :], start=header.row + 2):
        cell = {ours: _stable(row[position]) if 0 <= position < len(row) else "" for position, ours in places}
        if not _is_agreement(file, number, cell):
            continue
        if days and cell["signed"].isdigit():
            cell["signed"] = str(int(cell["signed"]) + days)
        for name, ours in LINKED.items():
            text = cell[COLUMNS[name]]
            cell[ours] = document_url(links.get((number, name)) or cell[ours] or text)
            if text.startswith("http"):
                cell[COLUMNS[name]] = ""  # the cell shows the address itself
        records.append((number, *(cell[name] for name in CELLS)))
    if not records:
        raise ListError(f"{file}: the list has a header but no agreements; expected at least one row")
    return pd.DataFrame(records, columns=["row", *CELLS], dtype=object)


def _is_agreement(file: str, number: int, cell: dict[str, str]) -> bool:
    """Whether a row is one: a blank row is not, and one that is half blank or broken is refused."""
    required = {name: cell[COLUMNS[name]].strip() for name in REQUIRED}
    if not any(required.values()):
        return False
    for name, text in required.items():
        if not text or text in ERRORS:
            what = f"the cell holds the error {text}" if text else "the cell is blank"
            raise ListError(
                f"{place(file, number, name)}: {what}; expected state, agency and support type in every agreement"
            )
    return True


def _stable(cell) -> str:
    """A cell as text that is the same whatever program saved the workbook; spaces stay as printed."""
    if isinstance(cell, str):
        if "\r" in cell or "\0" in cell:
            cell = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        return tables.as_printed(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _notes(file: str, header: _Header, rows: pd.DataFrame, links: dict[tuple[int, str], str]) -> list[str]:
    """What was read in another way than it stands, or not kept."""
    notes = [
        f"the sheet {name!r} has no column SIGNED, as lists of pending applications have none, and was passed over"
        for name in header.passed_over
    ]
    notes += [f"the column {heading!r} was read as {name}" for name, heading in header.read_as.items()]
    notes += [f"the column {heading!r} is not one of ICE's and was not kept" for heading in header.unknown]
    for (number, column), target in sorted(links.items()):
        if target and not document_url(target):
            notes.append(
                f"{place(file, number, column)}: the link {target[:80]!r} is not an address to be trusted, and was not"
                " kept"
            )
    for name, ours in COLUMNS.items():
        if name in header.at and ours not in ("state", "agency", "model", "signed"):
            broken = rows[rows[ours].map(str.strip).isin(ERRORS - {"#N/A"})]
            notes += [
                f"{place(file, row.row, name)}: the cell holds the error {getattr(row, ours)}"
                for row in broken.itertuples()
            ]
    return notes


# Words in the name of a file, or of a column, that say that it is more or less than one list of ICE's.
_OTHER_FILE = re.compile(
    r"pending|cumulative|combined|merged|master|history|all[-_ ]?time|tracker|(?<![a-z])total", re.IGNORECASE
)
_OTHER_COLUMN = re.compile(
    r"\b(status|seen|present|absent|removed|added|snapshot|scraped|as of|active|current|ended|terminated|list date|date"
    r" of list)\b",
    re.IGNORECASE,
)


def _doubts(file: str, header: _Header, rows: pd.DataFrame) -> list[str]:
    """Why this may be a file of somebody else's that holds more, or less, than one list."""
    doubts = []
    if said := _OTHER_FILE.search(Path(file).stem):
        doubts.append(f"its name says {said[0]!r}")
    doubts += [
        f"it has a column {heading!r}, which ICE's lists do not have"
        for heading in header.unknown
        if _OTHER_COLUMN.search(heading)
    ]
    distinct = len(rows.drop_duplicates(["state", "agency", "model", "signed"]))
    if len(rows) > 1.05 * distinct + 10:
        doubts.append(f"its {len(rows):,} rows name only {distinct:,} different agreements")
    return doubts
