"""What a file is, told from its first bytes rather than from its name, and whether it is safe to open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

# ICE's lists unpack to two million bytes; a file that unpacks to more than this was made to fill the memory.
MOST_UNPACKED = 200_000_000
_WORKBOOK = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)"
# First bytes -> what the file is, what to do.
_OTHERS = {
    b"%PDF": ("a PDF", "ICE's list is a workbook; download the .xlsx file"),
    b"\x1f\x8b": ("a packed file (gzip)", "unpack it and give the .xlsx file inside"),
    b"7z\xbc\xaf": ("a packed file (7z)", "unpack it and give the .xlsx file inside"),
    b"Rar!": ("a packed file (RAR)", "unpack it and give the .xlsx file inside"),
    b"\x89PNG": ("a picture", "the list is a workbook; download the .xlsx file"),
    b"\xff\xd8\xff": ("a picture", "the list is a workbook; download the .xlsx file"),
    b"{\\rtf": ("a text document (RTF)", "the list is a workbook; download the .xlsx file"),
    b"version https://git-lfs": ("a Git LFS pointer, which stands for a file kept elsewhere",
        "fetch the file itself with `git lfs pull`"),
    b"\xff\xfe": ("text in UTF-16", "save it again as CSV UTF-8"),
    b"\xfe\xff": ("text in UTF-16", "save it again as CSV UTF-8"),
}  # fmt: skip
# Part of a zip archive -> what the file is, what to do.
_ZIPPED = {
    "xl/workbook.bin": ("a binary Excel workbook (.xlsb)", _SAVE),
    "word/document.xml": ("a Word document", "the list is a workbook; download the .xlsx file"),
    "Index/Document.iwa": ("an Apple Numbers document", "export it as an Excel workbook (.xlsx)"),
    "content.xml": ("an OpenDocument file (.ods)", _SAVE),
}


class ListError(ValueError):
    """A file is not a list of agreements, or holds a cell that cannot be read. The message is one sentence for a
    person."""


def open_file(path: Path) -> bytes | str:
    """The bytes of an Excel workbook, or the text of a CSV file. Raises ListError with what the file is and what to
    do."""
    if path.is_dir():
        raise ListError(f"{path.name}: this is a folder; expected the file of one list")
    if not path.is_file():
        raise ListError(f"{path.name}: there is no such file")
    if path.stat().st_size > MOST_UNPACKED:
        raise ListError(
            f"{path.name}: the file is too large for a list ({path.stat().st_size / 1e6:,.0f} million bytes); check"
            " that it is ICE's"
        )
    content = path.read_bytes()
    if content.startswith(_WORKBOOK):
        _check_zip(path.name, content)
        return content
    if content.startswith(_OLD_OFFICE):
        raise _refusal(path.name, *_old_office(content))
    for start, found in _OTHERS.items():
        if content.startswith(start):
            raise _refusal(path.name, *found)
    return _text(path, content)


def _refusal(file: str, kind: str, advice: str) -> ListError:
    return ListError(f"{file}: this is {kind}, not an Excel workbook; {advice}")


def _old_office(content: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "a workbook locked with a password", "open it with the password and save it without one"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "a workbook in the old Excel form (.xls)", _SAVE
    return "an old Office file", _SAVE


def _check_zip(file: str, content: bytes) -> None:
    """Refuse a zip archive that is no workbook, is damaged, or unpacks to far more than a list can hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ListError(
            f"{file}: this is not an Excel workbook that can be opened, or it is damaged; download the list again"
        ) from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(
            file, "a zip archive locked with a password", "unpack it with the password and give the .xlsx file inside"
        )
    if "xl/workbook.xml" not in names:
        found = next(
            (found for name, found in _ZIPPED.items() if name in names),
            ("a zip archive", "unpack it and give the .xlsx file inside"),
        )
        raise _refusal(file, *found)
    if (size := sum(part.file_size for part in parts)) > MOST_UNPACKED:
        raise ListError(
            f"{file}: unpacked, the workbook would take {size / 1e6:,.0f} million bytes, far more than a list holds; it"
            " was not opened"
        )


def _text(path: Path, content: bytes) -> str:
    if not content.strip():
        raise ListError(f"{path.name}: the file is empty; download the list again")
    start = content[:4096].lower()
    if b"<html" in start or b"<!doctype html" in start:
        raise _refusal(path.name, "a web page", "open the page in a browser and save the file that its link leads to")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise _refusal(path.name, "an XML file", _SAVE)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        raise _refusal(path.name, "a JSON file", "the list is a workbook; download the .xlsx file")
    if path.suffix.lower() != ".csv":
        raise _refusal(
            path.name,
            "a text file" if b"\0" not in start else "a file of a kind that is not known",
            "if it holds a list as CSV, end its name in .csv; if not, download the list again",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListError(
            f"{path.name}: this is not a readable CSV file in UTF-8 ({error.reason}); save it again as CSV UTF-8"
        ) from error
    header = text.lstrip().splitlines()[0]
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if len(re.findall(re.escape(mark), header)) > header.count(","):
            raise ListError(f"{path.name}: the columns of this CSV file are separated by {name}; save it with commas")
    return text
