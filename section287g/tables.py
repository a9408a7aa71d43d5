"""The tables in ``data/``: one subject each, typed, and checked against ``data/datapackage.json``.

The description is a Frictionless Data Package. The tests validate it with the ``frictionless`` library too; loading
checks the same rules here, with pandas, because importing that library takes five seconds.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from section287g import words

if sys.platform == "win32":
    import msvcrt
elif sys.platform != "emscripten":  # in a browser there is no other program, and nothing to lock
    import fcntl

DATA = Path(__file__).resolve().parent.parent / "data"
DESCRIBING = ("title", "description", "unit")  # what describes a table or a column in words


class TableError(ValueError):
    """A table in ``data/`` does not hold what ``datapackage.json`` says it holds."""


@dataclass(frozen=True)
class Problem:
    """One broken rule: where it is (the header is row 1; row and column are None when it concerns the whole table) and
    what was expected."""

    table: str
    row: int | None
    column: str | None
    expected: str

    def __str__(self) -> str:
        place = [f"data/{self.table}.csv"]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.expected}"


def names(folder: Path = DATA) -> list[str]:
    """Names of all tables, in the order of ``datapackage.json``."""
    return list(_resources(folder))


def describe(name: str, folder: Path = DATA) -> dict:
    """The description of table ``name`` in ``datapackage.json``: title, description and schema with every column.

    Raises KeyError with the known names if there is no such table.
    """
    resources = _resources(folder)
    if name not in resources:
        raise KeyError(f"no table {name!r} in data/; tables are {', '.join(resources)}")
    resource = resources[name]
    if words.language() != words.SOURCE:
        for part, context in _described(resource):
            part |= {what: words.pgettext(f"{context}, {what}", part[what]) for what in DESCRIBING if part.get(what)}
    return resource


def descriptions(name: str, folder: Path = DATA) -> list[tuple[str, str]]:
    """The titles and descriptions of a table and its columns, as (context, text)."""
    return [
        (f"{context}, {what}", part[what])
        for part, context in _described(_resources(folder)[name])
        for what in DESCRIBING
        if part.get(what)
    ]


def _described(resource: dict) -> list[tuple[dict, str]]:
    """What ``datapackage.json`` describes in words, each with the context of its words: the table and its columns."""
    context = f"data/datapackage.json, {resource['name']}"
    return [(resource, context), *((field, f"{context}, {field['name']}") for field in resource["schema"]["fields"])]


def load(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Table ``name`` as a DataFrame, one row a record, columns as in ``datapackage.json``.

    Prose is in the book's language. Text is str (blank is missing), whole numbers Int64 and other numbers Float64
    (blank means not stated, not zero), dates datetime64. Raises TableError with table, row, column and what was
    expected if the file breaks its schema, and KeyError with the known names if there is no such table.
    """
    _settle(folder)
    return _load(name, folder).copy()


def source(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Table ``name`` as the file has it, in English: for code that looks for words in prose."""
    _settle(folder)
    return _load_source(name, folder).copy()


def prose(name: str, folder: Path = DATA) -> list[tuple[str, str]]:
    """Every cell of the columns that readers see as prose (``"prose": true``), and every remark of ours in columns of
    names (``"remarks"``), as (context, text)."""
    table = _printed(name, folder)
    found = []
    for column in _prose_columns(name, folder):
        cells = zip(_row_keys(name, table, folder), table[column], strict=True)
        found += [
            (words.cell_context(name, key, column), text)
            for key, text in cells
            if isinstance(text, str) and words.HAS_WORDS.search(text)
        ]
    for column, remarks in _remarks(name, folder).items():
        each = {match[0] for text in table[column].dropna() for match in remarks.finditer(text)}
        found += [(words.cell_context(name, [text], column), text) for text in sorted(each)]
    return found


def in_words(name: str, key: str) -> str:
    """A key that readers see, such as a term of ``glossary``, in the book's language; ``load`` leaves keys as they
    are."""
    (column,) = describe(name)["schema"]["primaryKey"]
    return words.cell(name, [key], column, key)


def remark(name: str, column: str, text: str) -> str:
    """A remark of ours in a column of names (``"remarks"``), in the book's language."""
    return words.cell(name, [text], column, text)


def cited(table: pd.DataFrame) -> list[str]:
    """Every source key that a table's rows name, once, in order of the first row that names it."""
    named = [table[column].dropna() for column in table if column.endswith(("source_key", "source_keys"))]
    cells = pd.concat(named or [pd.Series(dtype=str)])
    return list(dict.fromkeys(key for cell in cells for key in re.split(r"[;,]\s*", cell) if key))


def last_checked(*shown: pd.DataFrame) -> pd.Timestamp:
    """The day since which every one of these rows has been compared with its sources: the oldest in their columns
    ``checked``."""
    return min(rows["checked"].min() for rows in shown)


def problems(name: str, folder: Path = DATA) -> list[Problem]:
    """Every rule of ``datapackage.json`` that table ``name`` breaks: columns, types, required cells, allowed values,
    keys, foreign keys."""
    schema = describe(name, folder)["schema"]
    printed = _printed(name, folder)
    expected = [field["name"] for field in schema["fields"]]
    if list(printed.columns) != expected:
        return [Problem(name, 1, None, f"the columns are {', '.join(printed.columns)}; expected {', '.join(expected)}")]
    found = [problem for field in schema["fields"] for problem in _field_problems(name, printed[field["name"]], field)]
    return sorted([*found, *_key_problems(name, printed, schema, folder)], key=lambda problem: problem.row or 0)


def to_csv(table: pd.DataFrame) -> str:
    """``table`` as CSV text that is safe to open in a spreadsheet.

    Dates are ISO, missing values blank. A text cell that a spreadsheet would run as a formula gets an apostrophe in
    front.
    """
    safe = table.copy()
    for column in safe.columns:
        if pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(spreadsheet_safe, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\n")


@contextlib.contextmanager
def locked(folder: Path = DATA) -> Iterator[None]:
    """Keep other programs from changing ``folder`` as long as the block runs. May be nested.

    Raises TableError at once when another program holds it. Nothing is left behind, not even after a kill: the lock is
    on ``datapackage.json``, which stays as it is. What a stopped program left is finished or cleared away first.
    """
    folder = folder.resolve()
    if folder in _held:
        yield
        return
    with (folder / "datapackage.json").open("rb") as file:
        if not _lock(file):
            raise TableError(
                f"another import is at work on {folder.name}/; nothing was changed: try again when it has ended"
            )
        _held.add(folder)
        try:
            _clear_away(folder)
            yield
        finally:
            _held.discard(folder)


_held: set[Path] = set()  # folders that this program has locked


def _lock(file: BinaryIO) -> bool:
    """Lock an open file for this program alone; the system unlocks it when it is closed. False when another holds
    it."""
    try:
        if sys.platform == "win32":
            file.seek(1 << 30)  # behind the end, so that others can go on reading
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def replace(files: dict[str, str], folder: Path = DATA) -> None:
    """Write several files of ``folder`` (name -> text) so that at every moment either all of them are old or all are
    new.

    They are written beside ``folder`` first. Renaming their folder is the moment of change; if the program is stopped
    between that and the last move, the next one that reads a table finishes the moves.
    """
    with locked(folder):
        half_written, ready = _waiting(folder)
        try:
            half_written.mkdir()
            for name, text in files.items():
                _write(half_written / name, text)
        except BaseException:
            shutil.rmtree(half_written, ignore_errors=True)
            raise
        half_written.rename(ready)
        _clear_away(folder)


def write(path: Path, text: str) -> None:
    """Write one file: all of it or, on any error, none. An old file stays until the new one is whole."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        _write(partial, text)
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _write(path: Path, text: str) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise TableError(
            f"the disk is full, so nothing was changed; free some space (at least {len(text) // 10**6 + 10} MB) and try"
            " again"
        ) from error


def _waiting(folder: Path) -> tuple[Path, Path]:
    """Where new files wait, half written and ready: beside ``folder`` if a move from there is one step, so that nothing
    of them is data."""
    folder = folder.resolve()
    if folder.stat().st_dev == folder.parent.stat().st_dev:
        return folder.with_name(f".{folder.name}-half-written"), folder.with_name(f".{folder.name}-ready")
    return folder / ".half-written", folder / ".ready"


def _settle(folder: Path) -> None:
    """Before a table is read: finish what a stopped program began, or wait for the last move of one that is at work."""
    half_written, ready = _waiting(folder)
    for _ in range(1000):
        if folder.resolve() in _held or not (ready.is_dir() or half_written.is_dir()):
            return
        with contextlib.suppress(TableError), locked(folder):
            return
        if not ready.is_dir():
            return  # another program writes, and the old tables are still whole
        time.sleep(0.01)


def _clear_away(folder: Path) -> None:
    """Finish moves that were begun, and remove what was only half written."""
    half_written, ready = _waiting(folder)
    shutil.rmtree(half_written, ignore_errors=True)
    if ready.is_dir():
        for path in sorted(ready.iterdir()):
            os.replace(path, folder / path.name)
        ready.rmdir()
        _load.cache_clear()
        _load_source.cache_clear()


def spreadsheet_safe(cell: object) -> object:
    """``cell``, with an apostrophe in front when it is text that begins like a formula and is not a plain number."""
    if (
        isinstance(cell, str)
        and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        and not re.fullmatch(r"-\d+(\.\d+)?", cell)
    ):
        return f"'{cell}"
    return cell


def as_printed(cell: str) -> str:
    """``cell`` without the apostrophe that ``spreadsheet_safe`` put in front."""
    return cell[1:] if cell[:1] == "'" and spreadsheet_safe(cell[1:]) == cell else cell


def _resources(folder: Path) -> dict[str, dict]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def _printed(name: str, folder: Path) -> pd.DataFrame:
    """Every cell as text, blank cells missing."""
    _settle(folder)
    path = folder / describe(name, folder)["path"]
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8", index_col=False)
    except (OSError, ValueError) as error:
        raise TableError(f"data/{path.name}: the file cannot be read as a UTF-8 CSV table ({error})") from error


@cache
def _load(name: str, folder: Path) -> pd.DataFrame:
    table = _load_source(name, folder).copy()
    if words.language() == words.SOURCE:
        return table
    keys = list(_row_keys(name, _printed(name, folder), folder))  # as in the contexts of the catalogues
    for column in _prose_columns(name, folder):
        if column not in describe(name, folder)["schema"]["primaryKey"]:  # rows are found by it
            table[column] = [
                words.cell(name, key, column, text) if isinstance(text, str) else text
                for key, text in zip(keys, table[column], strict=True)
            ]
    for column, remarks in _remarks(name, folder).items():
        table[column] = table[column].str.replace(
            remarks, lambda match, column=column: remark(name, column, match[0]), regex=True
        )
    return table


def _prose_columns(name: str, folder: Path) -> list[str]:
    return [field["name"] for field in describe(name, folder)["schema"]["fields"] if field.get("prose")]


def _remarks(name: str, folder: Path) -> dict[str, re.Pattern]:
    """What are words of this book in a column of names, such as "via" or "(title from the address)": column -> where
    they stand."""
    fields = describe(name, folder)["schema"]["fields"]
    return {field["name"]: re.compile(field["remarks"]) for field in fields if "remarks" in field}


def _row_keys(name: str, table: pd.DataFrame, folder: Path) -> Iterator[tuple]:
    """The cells of each row under the primary key."""
    return zip(*(table[column] for column in describe(name, folder)["schema"].get("primaryKey", [])))


@cache
def _load_source(name: str, folder: Path) -> pd.DataFrame:
    schema = describe(name, folder)["schema"]
    found = problems(name, folder)
    if found:
        more = f" ({len(found) - 1} more problems in this table)" if len(found) > 1 else ""
        raise TableError(f"{found[0]}{more}")
    table = _printed(name, folder)
    for field in schema["fields"]:
        table[field["name"]] = _typed(table[field["name"]], field["type"])
    return table


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    """Cells as the type of their column; a cell that is not of that type becomes missing."""
    if kind == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
    if kind == "integer":
        return pd.to_numeric(cells.where(cells.str.fullmatch(r"-?\d+")), errors="coerce").astype("Int64")
    if kind == "number":
        return pd.to_numeric(cells.where(cells.str.fullmatch(r"-?\d+(\.\d+)?")), errors="coerce").astype("Float64")
    return cells


def _field_problems(table: str, cells: pd.Series, field: dict) -> Iterator[Problem]:
    rules = field.get("constraints", {})
    filled = cells.notna()
    typed = _typed(cells, field["type"])
    broken = {
        "a value; the cell is blank": ~filled if rules.get("required") else None,
        f"a value of type {field['type']}": filled & typed.isna(),
        f"one of {', '.join(rules.get('enum', []))}": filled & ~cells.isin(rules["enum"]) if "enum" in rules else None,
        f"text of the form {rules.get('pattern')}": (
            filled & ~cells.fillna("").str.fullmatch(rules["pattern"]) if "pattern" in rules else None
        ),
        f"at least {rules.get('minimum')}": (typed < rules["minimum"]).fillna(False) if "minimum" in rules else None,
        "a value that no other row has": filled & cells.duplicated() if rules.get("unique") else None,
    }
    for expected, rows in broken.items():
        if rows is not None:
            yield from _at(table, rows, field["name"], f"expected {expected}", cells)


def _key_problems(table: str, printed: pd.DataFrame, schema: dict, folder: Path) -> Iterator[Problem]:
    if key := schema.get("primaryKey"):
        yield from _at(
            table, printed.duplicated(key), ", ".join(key), "expected a key that no other row has", printed[key[0]]
        )
    for foreign in schema.get("foreignKeys", []):
        (column,), other, (target,) = (
            foreign["fields"],
            foreign["reference"]["resource"],
            foreign["reference"]["fields"],
        )
        known = _printed(other, folder)[target]
        rows = printed[column].notna() & ~printed[column].isin(known)
        yield from _at(table, rows, column, f"expected a {target} of data/{other}.csv", printed[column])
    for field in schema["fields"]:
        if "listOf" in field:
            yield from _list_problems(table, printed[field["name"]], field["listOf"], folder)


def _list_problems(table: str, cells: pd.Series, rule: dict, folder: Path) -> Iterator[Problem]:
    """Cells that hold several keys of another table; the standard's foreign keys know only one in a cell."""
    known = set(_printed(rule["resource"], folder)[rule["field"]])
    parts = cells.fillna("").map(lambda cell: [key for key in cell.split(rule["separator"]) if key])
    rows = parts.map(lambda keys: not known.issuperset(keys))
    yield from _at(
        table, rows, cells.name, f"expected every part to be a {rule['field']} of data/{rule['resource']}.csv", cells
    )


def _at(table: str, rows: pd.Series, column: str, expected: str, cells: pd.Series) -> Iterator[Problem]:
    for index in rows[rows].index:
        found = f", found {cells[index]!r}" if isinstance(cells[index], str) else ""
        yield Problem(table, int(index) + 2, column, expected + found)
