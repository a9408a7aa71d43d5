"""Whether the book quotes statutes, regulations, rulings, orders and agreement forms as ``data/passages.csv`` prints
them.

What is a quotation of law
    Words in quotation marks are held against the passages when they stand in a sentence of a page, or in a row of the
    tables ABOUT_LAW, that cites a document of law (a sentence without a citation has the next one of its paragraph); in
    a row of another table, when it cites nothing else; and anywhere, when they share RUN words in a row with a passage.
    The last rule alone counts for columns that hold what others say (SAYINGS), and for the strings of explorers and
    handouts, which cite nothing. The claims of the texts under review may misquote, so they are not examined
    (UNDER_REVIEW). A document of law is a source of kind primary whose title names a statute, rule, ruling, order or
    agreement, or one that the passages name.
What is asked of it
    It stands in one passage of a document that is cited there, letter for letter; an ellipsis joins pieces that follow
    each other in it. So a period inside the marks is one that is printed, and a small first letter shows that the
    quotation begins inside a sentence. A block quotation has no sentence of ours around it: where it begins or ends
    inside a sentence of the passage, an ellipsis says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from section287g import tables

ROOT = Path(__file__).resolve().parent.parent
RUN = 5
ABOUT_LAW = {"model_powers", "form_changes", "encounters"}
SAYINGS = {
    ("questions", "prompt"),
    ("questions", "choices"),
    ("questions", "explanation"),
    ("claims", "explanation"),
    ("incentive_terms", "note"),
}
UNDER_REVIEW = {("claims", "claim")}
LAW = re.compile(
    r"U\.S\.C\.|\bCFR\b|\bCode\b|\bStatutes?\b|\bV\.S\.A\.|Public Law|Executive Order| v\. |(?:Model|Officer)"
    r" agreement|Memorandum of|"
    r"^Form I-|Directive|^ICE Policy|\bBill\b|\bAct\b|^(?:S|H\.R|HB|SB)\.? \d"
)
QUOTED = re.compile(r"(?<!\w)\"([^\"]+)\"|“([^”]+)”|(?<![\w'])'([^']+)'(?!\w)")
CITED = re.compile(r"\{(?:source|claim)\}`([^`]*)`")
PARAGRAPH_END = re.compile(r"\||\n(?=\s*(?:\n|[-*] |\d+\. |```|:::))")
ENDS = re.compile(r"(?<=[.!?])[\"”)*]*\s+(?=[\"“(*]*[A-Z])|\||\n(?=\s*(?:\n|[-*] |\d+\. |```|:::))")
ELLIPSIS = "..."


@dataclass(frozen=True)
class Quotation:
    """Words in quotation marks: where they stand, the sources cited there, whether other sources there may be the ones
    quoted, and whether the words are a block quotation."""

    place: str
    text: str
    cited: frozenset[str] = frozenset()
    mixed: bool = False
    block: bool = False


@dataclass(frozen=True)
class Passage:
    """A passage as it is printed, with the keys of the sources in which it was read."""

    passage_id: str
    text: str
    keys: frozenset[str]

    @cached_property
    def runs(self) -> set[tuple[str, ...]]:
        return _runs(self.text)


def check() -> list[str]:
    """One sentence for every quotation of law in the book that does not stand as it is printed. Empty when all do."""
    passages = read_passages(tables.load("passages"))
    law = law_documents(tables.load("sources"))
    return [problem for quotation in in_book() if (problem := fault(quotation, passages, law))]


def read_passages(table: pd.DataFrame) -> list[Passage]:
    """The rows of the table ``passages``."""
    return [
        Passage(row.passage_id, plain(row.text), frozenset(row.source_keys.split("; "))) for row in table.itertuples()
    ]


def law_documents(sources: pd.DataFrame) -> frozenset[str]:
    """Keys of the sources that are documents of law by their kind and title."""
    return frozenset(sources.loc[(sources["kind"] == "primary") & sources["title"].str.contains(LAW), "source_key"])


def fault(quotation: Quotation, passages: list[Passage], law: frozenset[str]) -> str:
    """What is wrong with a quotation, in one sentence; "" if it stands as printed or is none of law."""
    known = law.union(*(passage.keys for passage in passages))
    near = [passage for passage in passages if passage.runs & _runs(quotation.text)]
    of_law = bool(quotation.cited & known) and not (quotation.mixed and quotation.cited - known)
    if not of_law and not near:
        return ""
    meant = [passage for passage in passages if passage.keys & quotation.cited] if of_law else near
    faults = [_bent(quotation, passage) for passage in meant]
    if "" in faults:
        return ""
    shown = next((words for words in faults if words != _NOT_IN_IT), _NOT_IN_IT)
    documents = (
        ", ".join(sorted(quotation.cited & known)) if of_law else ", ".join(passage.passage_id for passage in near)
    )
    return f'{quotation.place}: the quotation "{quotation.text}" {shown} of data/passages.csv ({documents})'


_NOT_IN_IT = "does not stand word for word in a passage"


def _bent(quotation: Quotation, passage: Passage) -> str:
    pieces = [piece for part in plain(quotation.text).split(ELLIPSIS) if (piece := part.strip())]
    place, first = 0, None
    for piece in pieces:
        found = _find(piece, passage.text, place)
        if found < 0:
            return _NOT_IN_IT
        first = found if first is None else first
        place = found + len(piece)
    if not quotation.block or first is None:
        return ""
    words = quotation.text.strip()
    if not words.startswith(ELLIPSIS) and not _starts_sentence(passage.text, first):
        return 'begins inside a sentence, so it should begin with "...", in a passage'
    if not words.endswith(ELLIPSIS) and passage.text[place - 1] != ".":
        return 'ends inside a sentence, so it should end with "...", in a passage'
    return ""


def _find(piece: str, text: str, start: int) -> int:
    """Where ``piece`` stands in ``text`` from ``start`` on as whole words; -1 if nowhere."""
    before = r"(?<!\w)" if piece[0].isalnum() else ""
    after = r"(?!\w)" if piece[-1].isalnum() else ""
    match = re.compile(before + re.escape(piece) + after).search(text, start)
    return match.start() if match else -1


def _starts_sentence(text: str, place: int) -> bool:
    return re.search(r"(^|[.] )(\(\w+\) )?$", text[:place]) is not None


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every RUN words in a row, without case and punctuation."""
    words = re.findall(r"[\w']+", plain(text).lower())
    return {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def plain(text: str) -> str:
    """Text without markup, with single blanks and straight quotation marks."""
    text = re.sub(r"\{\w+\}`([^`<]*?)\s*(<[^`]*>)?`", r"\1", text)
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("…", ELLIPSIS)
    return re.sub(r"\s+", " ", re.sub(r"\*+|(?m:^> ?)", "", text)).strip()


# --- where quotations stand ---


def in_book(root: Path = ROOT) -> Iterator[Quotation]:
    """Every quotation of pages and slides, notebooks, tables, and the strings of explorers and handouts."""
    for path in sorted(root.glob("book/**/*.md")):
        yield from in_page(path.read_text(encoding="utf-8"), str(path.relative_to(root)))
    for path in sorted(root.glob("notebooks/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for number, cell in enumerate(cells):
            if cell["cell_type"] == "markdown":
                yield from in_page("".join(cell["source"]), f"{path.relative_to(root)}, cell {number}")
    for name in tables.names():
        if name not in ("sources", "passages", "agreements", "printed_rows"):  # the last two hold what ICE printed
            yield from in_table(tables.load(name), name)
    for path in sorted(root.glob("section287g/**/strings.json")):
        yield from in_strings(json.loads(path.read_text(encoding="utf-8")), str(path.relative_to(root)))


def in_page(text: str, place: str) -> Iterator[Quotation]:
    """Quotations of a page: those of a sentence cite what the sentence cites; a table's cell counts as a sentence."""
    for start, sentence in _sentences(text):
        cited = _cited(sentence) or _cited_next(text, start + len(sentence.rstrip(" \n|")))
        for match in QUOTED.finditer(CITED.sub(lambda role: " " * len(role[0]), sentence)):
            line = text.count("\n", 0, start + match.start()) + 1
            block = _line_at(text, start + match.start()).startswith(">")
            yield Quotation(f"{place}, line {line}", _words(match), cited, block=block)


def _cited(text: str) -> frozenset[str]:
    return frozenset(key for keys in CITED.findall(text) for key in re.split(r",\s*", keys))


def _cited_next(text: str, place: int) -> frozenset[str]:
    """What the next citation of the same paragraph, list item or cell cites."""
    paragraph = PARAGRAPH_END.split(text[place:], maxsplit=1)[0]
    following = CITED.search(paragraph)
    return _cited(following[0]) if following else frozenset()


def _line_at(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 :]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their place in ``text``: they end with a sentence, a paragraph, a list item, a cell or a block
    quotation."""
    start = 0
    for end in [*sorted({match.end() for match in ENDS.finditer(text)}), len(text)]:
        yield start, text[start:end]
        start = end


def in_table(table: pd.DataFrame, name: str) -> Iterator[Quotation]:
    """Quotations of a table's text: each cites what its row cites."""
    texts = [
        column
        for column in table
        if (name, column) not in UNDER_REVIEW and not pd.api.types.is_numeric_dtype(table[column])
    ]
    for number, row in enumerate(table[texts].itertuples(index=False), start=2):
        for column, cell in zip(texts, row, strict=True):
            quoted = list(QUOTED.finditer(cell)) if isinstance(cell, str) else []
            of_row = quoted and (name, column) not in SAYINGS
            cited = frozenset(tables.cited(table.iloc[[number - 2]]) if of_row else ())
            for match in quoted:
                yield Quotation(
                    f"data/{name}.csv, row {number}, column {column}", _words(match), cited, mixed=name not in ABOUT_LAW
                )


def in_strings(strings: object, place: str) -> Iterator[Quotation]:
    """Quotations of a catalogue of strings, named by their place in it."""
    if isinstance(strings, str):
        yield from (Quotation(place, _words(match)) for match in QUOTED.finditer(strings))
        return
    items: Iterable = (
        strings.items() if isinstance(strings, dict) else enumerate(strings) if isinstance(strings, list) else ()
    )
    for name, value in items:
        yield from in_strings(value, f"{place}, {name}" if place.endswith(".json") else f"{place}.{name}")


def _words(match: re.Match) -> str:
    return re.sub(r"\s+", " ", next(group for group in match.groups() if group is not None))
