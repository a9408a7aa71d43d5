"""Small pieces of HTML that blocks and pages share. What is put into them is escaped; a ``Markup`` is HTML already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from section287g import tables
from section287g.citing import date, missing, short, source
from section287g.facts import Fact, written_date
from section287g.typography import typographic
from section287g.words import _, full_stop

KINDS = {
    "primary": _("primary source"),
    "secondary": _("secondary source"),
    "advocacy": _("advocacy"),
    "unverified": _("not verified"),
}
GRADES = {
    "primary": _("Primary"),
    "secondary": _("Secondary"),
    "advocacy": _("Advocacy"),
    "unverified": _("Not verified"),
}
SEEN = {
    "first-hand": _("read first-hand"),
    "copy": _("read in a copy"),
    "summary": _("known from a summary"),
}
SIDES = {"supports": _("supports the program"), "opposes": _("opposes the program")}


def slug(text: str) -> str:
    """Text as part of an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def sentence(text: str) -> str:
    """A remark as a sentence: a capital in front, one full stop at the end, dates written out; blank stays blank."""
    return "" if missing(text) else written_date(full_stop(text[0].upper() + text[1:]))


def set_words(text: str) -> Markup:
    """A text of a table as HTML, with quotation marks as on the pages around it; the apostrophe needs no escape."""
    escaped = typographic(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(escaped)


def term(key: str) -> str:
    """A term of the glossary as a reader sees it."""
    return tables.in_words("glossary", key)


def keys(cell: str | float) -> list[str]:
    """The keys in a cell, which are separated by "; "; none if it is blank."""
    return [] if missing(cell) else cell.split("; ")


def source_anchor(key: str) -> str:
    """Id of the source's line in a panel and of its entry in the list of all sources."""
    return f"source-{slug(key)}"


def cite(source_keys: Iterable[str], page: str = "") -> Markup:
    """Short citations, each leading to its line in the panel of this page, or of the page with the address ``page``."""
    link = Markup('<a href="{}#{}">{}</a>')
    return Markup("; ").join(link.format(page, source_anchor(key), short(key)) for key in source_keys)


def document(key: str) -> Markup:
    """What a source is: publisher, title with link, date."""
    row = source(key)
    title = row["title"]
    if not missing(row["url"]):
        title = Markup('<a href="{}" rel="noreferrer">{}</a>').format(row["url"], title)
    parts = [row["publisher"], title, date(row)]
    return Markup("{}.").format(Markup(". ").join(part for part in parts if part))


def full_source(key: str, bibliography: str = "") -> Markup:
    """A line of a sources panel: the document, and its kind, side and how it was read, which lead to its entry on the
    page ``bibliography``."""
    row = source(key)
    label = ", ".join(filter(None, [KINDS[row["kind"]], SIDES.get(row["side"], ""), SEEN[row["seen"]]]))
    if bibliography:
        label = Markup('<a href="{}#{}">{}</a>').format(bibliography, source_anchor(key), label)
    return Markup('{} <span class="source-kind">{}</span>').format(document(key), label)


def number_cells(fact: Fact) -> list[str]:
    """A number as cells of a table: text, definition, date, sources."""
    return [fact.text, full_stop(fact.definition), fact.as_of_text, cite(fact.source_keys)]


# A number as a table shows it, alone or in percent.
NUMBER = r"[-−$]?[\d,.]*%?"
IN_PERCENT = re.escape(_("{n} percent")).replace(re.escape("{n}"), NUMBER)


def number_columns(rows: Sequence[Sequence[str]]) -> list[bool]:
    """For each column of a table whether all its cells are numbers, so that they are set right."""
    return [_all_numbers(column) for column in zip(*rows)]


def _all_numbers(column: Sequence[str]) -> bool:
    words = [re.sub(r"<[^>]*>", "", str(cell)) for cell in column]
    return any(words) and all(re.fullmatch(f"{NUMBER}|{IN_PERCENT}", cell) for cell in words)
