"""Handouts: sheets of paper as PDF, set by Typst from the same tables and facts as the book.

Each module of this package prepares the words of its sheets as plain data (``SHEETS``: name of the sheet -> function);
the file of the same name in ``templates/`` lays them out. The PDFs are tagged (PDF/UA-1) and the same for the same
data.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import matplotlib
import pikepdf
import typst

from section287g import counts
from section287g.facts import written_day
from section287g.handouts import (
    activities,
    arguments,
    charts,
    claims,
    encounters,
    models,
    onepage,
    place,
    questions,
    sign,
)
from section287g.handouts.words import words
from section287g.typography import set_in_type
from section287g.words import language

TEMPLATES = Path(__file__).parent / "templates"
# The display face, and DejaVu Sans, in which pictures are set.
FONTS = (Path(__file__).parent / "fonts", Path(matplotlib.get_data_path(), "fonts", "ttf"))
PAPERS = ("us-letter", "a4")
_MODULES = (activities, models, encounters, arguments, claims, questions, charts, sign, onepage)


@cache
def sheets() -> dict[str, tuple[str, Callable[[], dict]]]:
    """Name of each sheet -> (name of its template, function that gives its content)."""
    return {
        name: (module.__name__.rpartition(".")[2], content)
        for module in _MODULES
        for name, content in module.SHEETS.items()
    }


@cache
def make(name: str, paper: str = "us-letter") -> bytes:
    """The sheet `name` as PDF on `paper` ("us-letter" or "a4"). Raises KeyError for an unknown sheet or paper."""
    sheet = content(name)
    return document(sheet["title"], [sheet], paper)


@cache
def content(name: str, *part: str) -> dict:
    """The content of a sheet, or of a part of it, as a printer would set it, and the template that lays it out. Raises
    KeyError for an unknown sheet."""
    if name not in sheets():
        raise KeyError(f"no sheet {name!r}; sheets are {', '.join(sheets())}")
    template, content_of = sheets()[name]
    return {"template": template, **set_in_type(content_of(*part))}


def of_place(state: str) -> dict:
    """The same for the sheet of a state or territory. Raises KeyError for an unknown USPS code."""
    return {"template": "place", **set_in_type(place.sheet(state))}


def document(title: str, contents: list[dict], paper: str, numbered: bool = False) -> bytes:
    """Sheets one after the other as one PDF, with room for the number of each page if they are to be ``numbered``.
    Raises KeyError for an unknown paper."""
    if paper not in PAPERS:
        raise KeyError(f"no paper {paper!r}; papers are {', '.join(PAPERS)}")
    as_of = counts.newest("ice_workbook")["date"]
    said = words("house")
    data = {
        "title": title,
        "language": language(),
        "author": said["author"],
        "as_of": written_day(as_of),
        "footer": set_in_type(said["footer"].format(date=written_day(as_of))),
        "words": said,
        "numbered": numbered,
        "sheets": contents,
    }
    made = typst.compile(
        TEMPLATES / "document.typ",
        root=TEMPLATES,
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[*FONTS],
        sys_inputs={"data": json.dumps(data), "paper": paper},
        pdf_standards="ua-1",
        timestamp=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
    )
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return packed(pdf)


def packed(pdf: pikepdf.Pdf) -> bytes:
    """A document with its objects packed together, which takes a third of its weight: the same bytes each time."""
    target = io.BytesIO()
    pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def pages(made: bytes) -> int:
    """How many pages a document has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)
