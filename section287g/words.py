"""The words that readers see, in the book's language: messages by gettext, and dates and numbers as that language
writes them.

The English message is the key. Without a catalogue, or where it has no translation yet, the English stands. The
language is read once, when the program starts, because tables of labels are filled when their modules load: it is the
environment's ``SECTION287G_LANGUAGE`` or else ``language`` in ``book/_config.yml``. ``xx`` is a made-up language that
puts every message into square brackets, so that a test can see which words do not come through here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gettext
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from section287g.building import LANGUAGE, configured
from section287g.programs import ROOT

SOURCE, MADE_UP = "en", "xx"
PARTS = ("code", "templates", "strings", "data", "book", "notebooks")  # each a catalogue file, or a folder of them
COMPILED = "words.mo"  # in the folder of a language: all of its catalogues as programs read them
LOCALE = Path(__file__).parent / "locale"
CHOICES = " | "  # between the choices in a cell
TWO_STOPS = re.compile(r"(?<=\w)\.\.(?![./])")
HAS_WORDS = re.compile(r"[^\W\d_]")  # a letter; a mark such as "●" needs no translation
Content = TypeVar("Content", str, dict, list)


class UnknownLanguage(ValueError):
    """There is neither a catalogue for a language nor does Babel know it."""


class _MadeUp(gettext.NullTranslations):
    """Every message in brackets."""

    def gettext(self, message: str) -> str:
        bracketed = message.startswith("[") and message.endswith("]")  # a date among choices, say
        return message if bracketed else f"[{message.replace(CHOICES, f']{CHOICES}[')}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


# ---- the language -------------------------------------------------------------------------------


@cache
def language() -> str:
    """The book's language as a code: ``en``, ``es``. Raises UnknownLanguage if it has no catalogue."""
    chosen = os.environ.get(LANGUAGE) or configured("language") or SOURCE
    if chosen not in languages():
        raise UnknownLanguage(f"no catalogue for the language {chosen!r}; there are {', '.join(languages())}")
    return chosen


def languages() -> list[str]:
    """Codes of all languages: the source, those with a folder in ``locale``, and the made-up one."""
    return [SOURCE, *translations(), MADE_UP]


def translations() -> list[str]:
    """Codes of the languages with a folder in ``locale``."""
    return sorted(folder.name for folder in LOCALE.glob("*") if (folder / "LC_MESSAGES").is_dir())


@cache
def locale() -> Locale:
    """The language as people in the United States write it, for dates and numbers."""
    name = SOURCE if language() == MADE_UP else language()
    try:
        return Locale.parse(f"{name}_US")
    except UnknownLocaleError:
        return Locale.parse(name)


def own_name(language: str) -> str:
    """What a language calls itself, as a title: "Español"."""
    return str(Locale.parse(language).get_display_name(language)).capitalize()


# ---- messages -----------------------------------------------------------------------------------


@cache
def catalogue() -> gettext.NullTranslations:
    """The messages of all PARTS."""
    return _MadeUp() if language() == MADE_UP else _compiled()


def files(part: str, language: str) -> list[Path]:
    """The ``.po`` files of a part: one of its name, or those in the folder of its name."""
    folder = LOCALE / language / "LC_MESSAGES"
    return [path for path in (folder / f"{part}.po", *sorted((folder / part).rglob("*.po"))) if path.is_file()]


def _compiled() -> gettext.NullTranslations:
    """The catalogue of all files of the language, without what is marked as stale; compiled once into a file beside
    them, since that takes seconds."""
    paths = [path for part in PARTS for path in files(part, language())]
    target = LOCALE / language() / "LC_MESSAGES" / COMPILED
    if not paths and not target.is_file():
        return gettext.NullTranslations()
    if target.is_file() and all(target.stat().st_mtime >= _changed(path) for path in paths):
        content = target.read_bytes()
    else:
        content = _compile(paths)
        partial = target.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # a folder that cannot be written to: compiled anew each time
            partial.write_bytes(content)
            os.replace(partial, target)
    return gettext.GNUTranslations(io.BytesIO(content))


def _changed(path: Path) -> float:
    """When a file, or which files are in its folder, changed last."""
    beside = path.parent.stat().st_mtime if path.parent.name != "LC_MESSAGES" else 0  # there the compiled one lies
    return max(path.stat().st_mtime, beside)


def _compile(paths: Iterable[Path]) -> bytes:
    whole = Catalog(locale=locale())
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, locale=locale()):
                if message.id and not message.fuzzy and whole.get(message.id, message.context) is None:
                    whole.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    return compiled.getvalue()


def _(message: str) -> str:
    """A message in the book's language."""
    return catalogue().gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a message for the count ``n``: English has two, the catalogue of a language as many as it has."""
    return catalogue().ngettext(one, many, int(n))


def pgettext(context: str, message: str) -> str:
    """A message that one English word cannot tell from another: ``pgettext("of a list", "left")``."""
    return catalogue().pgettext(context, message)


def npgettext(context: str, one: str, many: str, n: int) -> str:
    """``ngettext`` with a context."""
    return catalogue().npgettext(context, one, many, int(n))


def fill(message: str, **values: object) -> str:
    """A message with its {named} places filled: whole numbers and days as the language writes them, the rest as it
    is. What ends in an abbreviation brings the full stop of its sentence along."""
    return TWO_STOPS.sub(".", message.format(**{name: _written(value) for name, value in values.items()}))


def full_stop(text: str) -> str:
    """A text with one full stop at its end."""
    return f"{text.rstrip('.')}."


def counted(one: str, many: str, n: int, **values: object) -> str:
    """``fill(ngettext(...))`` whose place {n} is the count."""
    return fill(ngettext(one, many, n), n=int(n), **values)


def without_accents(text: str) -> str:
    """A text as it is sorted, and found by those who type no accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _written(value: object) -> object:
    if isinstance(value, Integral) and not isinstance(value, bool):
        return number(int(value))
    return written_day(value) if isinstance(value, dt.date) else value


# ---- strings files and tables -------------------------------------------------------------------


def strings(path: Path) -> dict:
    """The content of a ``strings.json`` with every text in the book's language."""
    return in_words(json.loads(path.read_text(encoding="utf-8")), path.resolve().relative_to(ROOT).as_posix())


def in_words(content: Content, context: str) -> Content:
    """Texts in dicts and lists, at any depth, in the book's language; keys stay. The context of a text is the file and
    the way to it."""
    if isinstance(content, dict):
        return {key: in_words(value, f"{context}, {key}") for key, value in content.items()}
    if isinstance(content, list):
        return [in_words(value, f"{context}, {place}") for place, value in enumerate(content, start=1)]
    return pgettext(context, content) if isinstance(content, str) and HAS_WORDS.search(content) else content


def cell(table: str, key: Iterable[object], column: str, text: str) -> str:
    """A cell of a table in the book's language. ``key`` are the row's cells under the primary key."""
    return pgettext(cell_context(table, key, column), text) if HAS_WORDS.search(text) else text


def cell_context(table: str, key: Iterable[object], column: str) -> str:
    """Where a cell stands: ``data/glossary.csv, detainer, definition``."""
    return f"data/{table}.csv, {' '.join(map(str, key))}, {column}"


# ---- numbers and dates --------------------------------------------------------------------------


def number(value: int | float, decimals: int = 0) -> str:
    """A number as it stands in a sentence: ``1,843``, ``45.5``."""
    symbols = locale().number_symbols["latn"]
    return f"{value:,.{decimals}f}".translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})


def written_date(iso: str) -> str:
    """An ISO date, month or year inside a text written out: ``2026-05-18`` becomes ``May 18, 2026``."""
    return re.sub(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b", _written_match, iso)


def _written_match(match: re.Match) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    try:
        date = dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return match[0]
    return written_day(date) if day else written_month(date)


def written_day(day: dt.date) -> str:
    """A day written out: ``May 18, 2026``."""
    return _bracketed(format_date(day, "long", locale=locale()))


def written_month(day: dt.date, short: bool = False) -> str:
    """The month of a day written out: ``September 2025``, or short ``Sep 2025``."""
    return _bracketed(format_skeleton("yMMM" if short else "yMMMM", day, locale=locale()))


def short_day(day: dt.date) -> str:
    """A day without its year, short: ``Sep 30``."""
    return _bracketed(format_skeleton("MMMd", day, locale=locale()))


def short_month(day: dt.date) -> str:
    """The month of a day without its year, short: ``Sep``."""
    return _bracketed(format_skeleton("MMM", day, locale=locale()))


def _bracketed(date: str) -> str:
    return f"[{date}]" if language() == MADE_UP else date


def written_number(value: int | float | str, unit: str, decimals: int = 0) -> str:
    """A number as it stands in a sentence: thousands separators, ``percent`` and ``$`` from the unit; text stays as it
    is."""
    if isinstance(value, str):
        return written_date(value)
    text = number(value, decimals)
    if unit == "percent":
        return _("{n} percent").format(n=text)
    return f"${text}" if unit == "US dollars" else text
