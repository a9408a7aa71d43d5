"""The sources as a BibTeX file, and which tables lean on which source."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from section287g import tables

FILE_NAME = "references.bib"
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Characters that TeX reads as commands.
ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}  # fmt: skip


def bibtex(sources: pd.DataFrame) -> str:
    """The table ``sources`` as BibTeX, one ``@misc`` entry a source in the order of the table; its key is the
    source_key.

    ``kind``, ``side`` and ``seen`` are fields of our own, which BibTeX styles pass over.
    """
    entries = [_entry(row._asdict()) for row in sources.itertuples(index=False)]
    return "% Made from the table sources of 287(g), Explained\n\n" + "\n".join(entries)


def write(path: Path) -> None:
    """Write the table ``sources`` as BibTeX to ``path``."""
    path.write_text(bibtex(tables.load("sources")), encoding="utf-8", newline="\n")


def tables_by_source() -> dict[str, list[str]]:
    """For each source key the names of the tables with a row that cites it, in the order of ``datapackage.json``."""
    found: dict[str, list[str]] = {}
    for name in tables.names():
        for key in tables.cited(tables.load(name)) if name != "sources" else ():
            found.setdefault(key, []).append(name)
    return found


def _entry(source: dict) -> str:
    fields = {
        "title": f"{{{_tex(source['title'])}}}",  # braces inside keep capitals as they are
        "howpublished": _tex(source["publisher"]),
        **_date(source["date"]),
        "url": source["url"],
        "kind": source["kind"],
        "side": source["side"],
        "seen": source["seen"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if not pd.isna(value))
    return f"@misc{{{source['source_key']},\n{lines}}}\n"


def _date(date: str) -> dict[str, str]:
    """Year and month for programs, where the date has them; the date as stated where it is not a plain one."""
    found = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2])\b)?", date)
    plain = re.fullmatch(r"\d{4}(-\d{2}){0,2}", date)
    return {
        **({"year": found[1]} if found else {}),
        **({"month": MONTHS[int(found[2]) - 1]} if found and found[2] else {}),
        **({"date": date} if plain else {"note": f"Date: {_tex(date)}"}),
    }


def _tex(text: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in text)
