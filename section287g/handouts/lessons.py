"""Everything that a lesson needs on paper, as one file: a cover, the teacher's pages, and every sheet in order of use
and in the right number for a class.

Typst sets each sheet once, and a cover for each size of class. Of that, ``prints`` makes a file for each size: its
cover, and further copies of a sheet as pages that show what the first one shows. Only then is known at which place of
the file a page lies, so its number is written last.
"""

from __future__ import annotations

import io
import itertools
import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pikepdf

from section287g import handouts, teaching
from section287g.handouts.words import words
from section287g.typography import set_in_type
from section287g.words import fill, number

SIZES = (12, 26, 32)  # learners
# What the built book holds: with the smallest class on A4 the zip would be too heavy to send.
OFFERED = {"us-letter": SIZES, "a4": SIZES[1:]}
NOTES = ("tell_first", "quiet_option", "if_hot", "without_projector", "goes_wrong")
BLANK = float("nan")
_DIGIT = re.compile(rb"<([0-9A-Fa-f]{4})> <(003[0-9])>")
_PLACE = re.compile(rb"1 0 0 -1 (\S+) (\S+) cm")
_POOL = ThreadPoolExecutor(2)  # Typst works beside Python's own threads
MARKS = ("BDC", "BMC", "EMC")  # operators that begin and end tagged content
NUMBER_TYPE = "LibertinusSerif-Regular-Identity-H"
# The box for a page's number, as in document.typ, and how far below its upper edge a number stands; points of its type,
# and how wide a digit is for its size.
BOX, DOWN, SIZE, DIGIT = 28, 11.1, 11, 0.465


@dataclass(frozen=True)
class Entry:
    """A sheet in a lesson's print: its title, who gets it, whether it may be left out, copies by size of class."""

    title: str
    for_whom: str
    may_skip: bool
    copies: dict[int, int]


def prints(lesson: str, paper: str = "us-letter", state: str = "") -> dict[int, bytes]:
    """The files of a lesson by size of class; with a state's own page if its USPS code is given. Raises KeyError for an
    unknown lesson, paper or state."""
    return _ordered(lesson, paper, state).made.result().files


def begin() -> None:
    """Begin to make the files of every lesson, in threads, so that they are there when somebody asks for them."""
    for paper in handouts.PAPERS:
        for lesson in teaching.lessons():
            _ordered(lesson, paper, "")


def file_name(lesson: str, paper: str, learners: int) -> str:
    """Where the file of a lesson lies among the handouts."""
    return f"{paper}/{lesson}-for-{learners}.pdf"


def write_all(folder: Path, state: str = "") -> list[Path]:
    """Write every sheet and every lesson on both papers below ``folder``; return the paths. With the USPS code of a
    state its page is in every lesson. Raises KeyError for an unknown code."""
    paths = []
    for paper in handouts.PAPERS:
        for lesson in teaching.lessons():
            _ordered(lesson, paper, state)
        files = {f"{paper}/{name}.pdf": handouts.make(name, paper) for name in handouts.sheets()}
        for lesson in teaching.lessons():
            made = prints(lesson, paper, state)
            files |= {file_name(lesson, paper, learners): content for learners, content in made.items()}
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            paths.append(path)
    return paths


def contents(lesson: str, paper: str = "us-letter") -> list[tuple[Entry, int]]:
    """The sheets of a lesson in order, each with its number of pages."""
    ordered = _ordered(lesson, paper, "")
    return list(zip(ordered.entries, ordered.made.result().pages, strict=True))


@dataclass(frozen=True)
class Made:
    """The files of a lesson by size of class, and the number of pages of each sheet."""

    files: dict[int, bytes]
    pages: list[int]


class Ordered(NamedTuple):
    """The sheets of a lesson, and their files, which may still be in the making."""

    entries: list[Entry]
    made: Future[Made]


@cache
def _ordered(lesson: str, paper: str, state: str) -> Ordered:
    rows = list(teaching.copies(lesson).itertuples())
    sheets = [handouts.content(row.sheet, *([] if pd.isna(row.part) else row.part.split("; "))) for row in rows]
    entries = [
        Entry(
            sheet["title"],
            _for_whom(row),
            row.may_skip == "yes",
            {learners: teaching.number_of_copies(row, learners) for learners in SIZES},
        )
        for row, sheet in zip(rows, sheets, strict=True)
    ]
    if state:
        sheets.append(handouts.of_place(state))
        room = words("lessons")["for_whom"]["room"]["one"]
        entries.append(Entry(sheets[-1]["title"], room, False, dict.fromkeys(SIZES, 1)))
    title = fill(words("lessons")["title"], title=teaching.lesson(lesson)["title"])
    own = [*_covers(lesson, entries, own_place=not state), _plan(lesson)]
    return Ordered(entries, _POOL.submit(_make, title, [*map(set_in_type, own), *sheets], entries, paper))


def _make(title: str, contents: list[dict], entries: list[Entry], paper: str) -> Made:
    """The files of a lesson, from one document of a cover for each of SIZES, the plan, and each sheet once."""
    whole = handouts.document(title, contents, paper, numbered=True)
    copies = {learners: [1, *(entry.copies[learners] for entry in entries)] for learners in SIZES}
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pages = [len(sheet) for sheet in _pages_of_sheets(pdf)[len(SIZES) + 1 :]]
    return Made({learners: _for_class(whole, learners, copies[learners]) for learners in SIZES}, pages)


def _for_whom(row) -> str:
    said = words("lessons")["for_whom"][row.for_whom]
    people = "" if pd.isna(row.people) else number(int(row.people))
    return fill(said["one" if row.shared_by == 1 else "many"], n=int(row.shared_by), people=people)


def _covers(lesson: str, entries: list[Entry], own_place: bool) -> list[dict]:
    """Content of the cover for each size of class. How many pages a sheet has is known when it is set."""
    said, row, steps = words("lessons"), teaching.lesson(lesson), teaching.steps_of(lesson)
    minutes, least = int(steps["minutes"].sum()), teaching.shortest(steps)
    return [
        {
            "template": "lessons",
            "part": "cover",
            **said,
            "title": row["title"],
            "lead": fill(said["lead"], n=learners),
            "minutes": fill(said["shortest" if least < minutes else "minutes"], n=minutes, least=least),
            "facts": [[said[name], row[name]] for name in ("question", "group") if name in row],
            "covers": len(SIZES),
            "rows": [{**asdict(entry), "copies": entry.copies[learners]} for entry in entries],
            "notes": [[said[name], row[name]] for name in ("prepare", "bring") if name in row],
            "place": said["place"] if own_place else "",
            "welcome": words("house")["welcome"],
        }
        for learners in SIZES
    ]


def _plan(lesson: str) -> dict:
    """Content of the teacher's pages: the steps and notes of the lesson, and of the activities that it follows."""
    said, row = words("lessons"), teaching.lesson(lesson)
    followed = row["activities"].split("; ") if "activities" in row else []
    return {
        "template": "lessons",
        "part": "plan",
        **said,
        "title": fill(said["plan_title"], title=row["title"]),
        "lead": said["plan_lead"],
        "headers": said["steps"],
        "parts": [_steps_and_notes(name, alone=name == lesson) for name in [lesson, *followed]],
    }


def _steps_and_notes(lesson: str, alone: bool) -> dict:
    said, row, rows = words("lessons"), teaching.lesson(lesson), teaching.steps_of(lesson)
    return {
        "title": "" if alone else row["title"],
        "steps": [
            _step(step, end) for step, end in zip(rows.to_dict("records"), rows["minutes"].cumsum(), strict=True)
        ],
        "notes": [[said[name], row[name]] for name in NOTES if name in row],
    }


def _step(row: dict, end: int) -> dict:
    needed = [material.name for material in teaching.materials(row.get("materials", BLANK)) if material.kind == "sheet"]
    return {
        "minutes": f"{end - row['minutes']}–{end}",
        "title": row.get("title", ""),
        "what": row["what"],
        "may_skip": row["may_skip"] == "yes",
        "goes_wrong": row.get("goes_wrong", ""),
        "needs": "; ".join(handouts.content(name)["title"] for name in needed),
    }


# ---- the file for a class -----------------------------------------------------------------------


def _for_class(whole: bytes, learners: int, copies: list[int]) -> bytes:
    """The file for a class of so many: of the covers, which come first, its own, then each further sheet in so many
    copies."""
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        sheets = _pages_of_sheets(pdf)
        _drop(pdf, [place for place, size in enumerate(SIZES) if size != learners], sheets)
        place = len(sheets[SIZES.index(learners)])
        for pages, count in zip(sheets[len(SIZES) :], copies, strict=True):
            place += len(pages)
            again = [_copy(pdf, page) for page in pages] if count > 1 else []
            for page in again * (count - 1):
                pdf.pages.insert(place, page)
                place += 1
        _write_numbers(pdf)
        return handouts.packed(pdf)


def _write_numbers(pdf: pikepdf.Pdf) -> None:
    """Write the number of each page into the box in its corner, which is the last that was set on it. Pages share the
    digits: each only names its own."""
    parts: dict[str, pikepdf.Object] = {}

    def part(text: str) -> pikepdf.Object:
        if text not in parts:
            parts[text] = pdf.make_stream(text.encode())
        return parts[text]

    for place, page in enumerate(pdf.pages, 1):
        digits = str(place)
        name = next(name for name, font in page.Resources.Font.items() if str(font.BaseFont).endswith(NUMBER_TYPE))
        left, top = map(float, _PLACE.findall(page.Contents.read_bytes())[-1])
        glyphs = _glyphs(page.Resources.Font[name].ToUnicode.read_bytes())
        left += (BOX - SIZE * DIGIT * len(digits)) / 2
        begin = f"/Artifact BMC BT {name} {SIZE} Tf {left:.2f} {top - DOWN:.2f} Td "
        shown = [begin, *(f"<{glyphs[digit]}> Tj " for digit in digits), "ET EMC"]
        page.Contents = pikepdf.Array([page.Contents, *map(part, shown)])


@lru_cache(maxsize=64)
def _glyphs(names: bytes) -> dict[str, str]:
    """The code of each digit in a font, from the stream that names its characters."""
    return {chr(int(code, 16)): glyph.decode() for glyph, code in _DIGIT.findall(names)}


def _pages_of_sheets(pdf: pikepdf.Pdf) -> list[list[pikepdf.Page]]:
    """The pages of each sheet. A sheet begins where its title stands, which is a bookmark of the first level."""
    with pdf.open_outline() as outline:
        starts = [pikepdf.Page(item.destination[0]).index for item in outline.root]
    pages = list(pdf.pages)
    return [pages[start:end] for start, end in zip(starts, [*starts[1:], len(pages)], strict=True)]


def _drop(pdf: pikepdf.Pdf, places: list[int], sheets: list[list[pikepdf.Page]]) -> None:
    """Take out sheets: their pages, their bookmarks, and what a screen reader reads of them."""
    tree, pages = pdf.Root.StructTreeRoot, [page for place in places for page in sheets[place]]
    parents = [int(page.StructParents) for page in pages]
    numbered = list(tree.ParentTree.Nums)
    kept = [pair for pair in zip(numbered[::2], numbered[1::2], strict=True) if int(pair[0]) not in parents]
    tree.ParentTree.Nums = pikepdf.Array(item for pair in kept for item in pair)
    elements = list(tree.K[0].K)
    titles = itertools.accumulate(
        element.S == pikepdf.Name.H1 for element in elements
    )  # each sheet begins with its own
    tree.K[0].K = pikepdf.Array(
        element for element, title in zip(elements, titles, strict=True) if title - 1 not in places
    )
    with pdf.open_outline() as outline:
        outline.root[:] = [item for place, item in enumerate(outline.root) if place not in places]
    for page in pages:
        del pdf.pages[page.index]


def _copy(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Page:
    """A page that looks the same and shares its fonts and pictures. It is for paper only: a screen reader reads the
    first copy, so this one's content is marked as an artifact."""
    content = b"/Artifact BMC\n" + _untagged(page.Contents.read_bytes()) + b"\nEMC"
    return pikepdf.Page(
        pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=page.MediaBox,
                Resources=page.Resources,
                Contents=pdf.make_stream(content),
            )
        )
    )


@lru_cache(maxsize=64)  # the sizes of a class share their pages
def _untagged(content: bytes) -> bytes:
    """What a page shows, without the marks that begin and end tagged content."""
    with pikepdf.new() as pdf:
        drawn = pikepdf.parse_content_stream(pdf.make_stream(content))
    return pikepdf.unparse_content_stream([step for step in drawn if str(step.operator) not in MARKS])
