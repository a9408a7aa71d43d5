"""Zip files that are the same for the same contents: sorted names, one date, fixed permissions and compression."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

UNIX = 3
FILE_MODE = 0o100644  # a file that its owner may change and everybody may read


def archive(files: Mapping[str, bytes], date: dt.date, first: Mapping[str, bytes] | None = None) -> bytes:
    """A zip of ``files`` (name -> content), all dated ``date``; those in ``first`` come first and are not
    compressed."""
    out = io.BytesIO()
    with ZipFile(out, "w") as zip_file:
        for name, content in (first or {}).items():
            zip_file.writestr(_entry(name, date), content, ZIP_STORED)
        for name in sorted(files):
            zip_file.writestr(_entry(name, date), files[name], ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def _entry(name: str, date: dt.date) -> ZipInfo:
    entry = ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
    entry.create_system = UNIX  # the same wherever it is made
    entry.external_attr = FILE_MODE << 16
    return entry
