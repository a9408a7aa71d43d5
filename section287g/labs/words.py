"""Words of a lab: those of an answer found in the book's language, those for a code, and those of a program as HTML,
since JupyterLab breaks printed text in the middle of words and numbers, and takes what stands between dollar signs for
a formula."""

from __future__ import annotations

import datetime as dt
import re
from html import escape
from pathlib import Path

from babel.dates import get_month_names

from section287g.words import CHOICES, locale, strings

LABELS = strings(Path(__file__).with_name("strings.json"))


def label(code: str) -> str:
    """What a reader sees of a code of the tables, such as ``task_force``; other words stay as they are."""
    return LABELS.get(code, code.replace("_", " "))


def as_html(text: str) -> str:
    """The text with its lines as they are, broken between words where the screen ends; "$" stays a dollar sign."""
    return f'<div class="mathjax_ignore" style="white-space: pre-wrap">{escape(text)}</div>'


def any_of(choices: str) -> re.Pattern:
    """A pattern of any of the words in a message, such as ``_("list | spread… | work sheet")``; "…" stands for any
    ending."""
    words = "|".join(re.escape(each).replace("…", r"\w*") for each in choices.split(CHOICES))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


MONTHS = [name[:3].lower() for name in get_month_names("wide", locale=locale()).values()]
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_DAYS = [
    rf"{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})\s+(?:of\s+|de\s+)?{_MONTH}\s+(?:del?\s+)?(?P<year>\d{{4}})",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
    if locale().date_formats["short"].pattern.startswith("d")
    else r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
]


def days(text: str) -> list[tuple[str, dt.date | None]]:
    """Every full date in a text as it stands there, with the day it names; None if there is no such day."""
    found = (match for pattern in _DAYS for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE))
    return [(match[0], _day(**match.groupdict())) for match in found]


def _day(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else MONTHS.index(month.lower()) + 1
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None
