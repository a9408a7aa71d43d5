"""Whether the book says truly as of when it speaks.

Its dates are counted from the column ``checked``: none is typed, and no row was checked before its sources were there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from section287g import tables
from section287g.events import MONTHS

DATE = rf"(?:{'|'.join(MONTHS)}) (?:\d{{1,2}}, )?20\d\d|20\d\d-\d\d(?:-\d\d)?"
# In a page a whole paragraph that begins with "As of" speaks of the book's own vintage. Elsewhere these words do, up to
# the next stop.
LABEL = re.compile(r"^\*\*As of[^*]*\*\*(.*)")
CLAIM = re.compile(rf"(?i:last (?:checked|compared|looked)|looked through|research finished)[^.;]*?({DATE})")
ROLE = re.compile(r"\{\w+\}`[^`]*`")
ROOT = tables.DATA.parent


def typed_dates(root: Path = ROOT) -> Iterator[str]:
    """One sentence for each date of the book's own work that is typed into a page, a picture or an explorer."""
    for path in _texts(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if date := _typed(line):
                place = f"{path.relative_to(root).as_posix()}, line {number}"
                remedy = "let it be counted from the column checked, as {fact}`checked_states` is"
                yield f"{place}: the date {date!r} is typed; {remedy}"


def _texts(root: Path) -> list[Path]:
    pages, code = root / "book", root / "section287g"
    return sorted([*pages.rglob("*.md"), *code.rglob("*.py"), *code.rglob("strings.json")])


def _typed(line: str) -> str:
    """The first date that a line types where it should be counted; empty if there is none."""
    bare = ROLE.sub("", line)
    label = LABEL.match(bare)
    found = re.search(f"({DATE})", label[1]) if label else CLAIM.search(bare)
    return found[1] if found else ""


def impossible_checks(folder: Path = tables.DATA) -> Iterator[tables.Problem]:
    """Each row that was checked, by its own word, before one of its sources or before the day it is true as of."""
    dated = (
        tables.load("sources", folder)
        .set_index("source_key")["date"]
        .str.extract(r"^(\d{4}(?:-\d{2}){0,2})")[0]
        .dropna()
        .to_dict()
    )
    for name in tables.names(folder):
        table = tables.load(name, folder)
        if "checked" not in table:
            continue
        for number, row in enumerate(table.to_dict("records"), 2):
            for what, date in _dates_behind(row, dated):
                if row["checked"] < pd.Timestamp(date):
                    checked = f"{row['checked']:%Y-%m-%d}"
                    yield tables.Problem(
                        name,
                        number,
                        "checked",
                        f"{checked} is before {what}, {date}; compare the row with it and set the day",
                    )


def _dates_behind(row: dict, dated: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What must have been there when the row was compared with its sources, and its date."""
    for key in str(row.get("source_keys", row.get("source_key"))).split("; "):
        if key in dated:
            yield f"the date of its source {key}", dated[key]
    if "as_of" in row:
        yield "its column as_of", row["as_of"]
