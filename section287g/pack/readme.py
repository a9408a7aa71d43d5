"""The words for the person who unpacks the zip: plain text whose lines fit a small window, from ``strings.json``."""

from __future__ import annotations

import textwrap
from pathlib import Path

from section287g.words import strings

WIDTH = 78  # columns
INDENT = "  "
FILES = 23  # columns before the words about a file


def text(title: str, dates: str) -> str:
    """The README of a book with this title; ``dates`` says how new its data are."""
    said = strings(Path(__file__).parent / "strings.json")
    start = [title, "=" * len(title), "", _wrapped(said["about"]), "", _wrapped(dates), _wrapped(said["dates"])]
    return "\n".join(start) + "\n" + "".join(_part(part) for part in said["parts"])


def _part(part: dict) -> str:
    files = "\n".join(_wrapped(words, f"{INDENT}{name:{FILES - len(INDENT)}}") for name, words in part["files"].items())
    blocks = [_wrapped(words, INDENT) for words in part["first"]]
    blocks += [files, *(_wrapped(words, INDENT) for words in part["last"])]
    return f"\n\n{part['title']}\n\n" + "\n\n".join(filter(None, blocks)) + "\n"


def _wrapped(words: str, before: str = "") -> str:
    """Words in lines of WIDTH columns, with ``before`` in front of the first and as much room in front of the rest."""
    return textwrap.fill(words, WIDTH, initial_indent=before, subsequent_indent=" " * len(before))
