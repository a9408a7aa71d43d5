"""How a source is cited on a page: short in a sentence, in full in a panel."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from section287g.citing import date, missing, short, source
from section287g.facts import written_date
from section287g.sphinx_ext.markup import slug

KINDS = {"primary": "primary source", "secondary": "secondary source", "advocacy": "advocacy", "unverified": "not verified"}
SIDES = {"supports": "supports the program", "opposes": "opposes the program"}


def anchor(key: str) -> str:
    """Id of the source's line in a panel and of its entry in the list of all sources."""
    return f"source-{slug(key)}"


def links(keys: Iterable[str], page: str = "") -> str:
    """Short citations as HTML, each leading to its line in the panel of this page, or of another one."""
    return "; ".join(f'<a href="{escape(page)}#{anchor(key)}">{escape(short(key))}</a>' for key in keys)


def document(key: str) -> str:
    """What the source is, as HTML: publisher, title with link, date."""
    row = source(key)
    title = escape(row["title"])
    if not missing(row["url"]):
        title = f'<a href="{escape(row["url"])}" rel="noreferrer">{title}</a>'
    parts = [escape(written_date(row["publisher"])), title, escape(date(row))]
    return f"{'. '.join(filter(None, parts))}."


def full(key: str, bibliography: str = "") -> str:
    """One line of a sources panel as HTML: the document, and its kind and side, which lead to the source's entry in the bibliography page."""
    row = source(key)
    label = ", ".join(filter(None, [KINDS[row["kind"]], SIDES.get(row["side"], "")]))
    if bibliography:
        label = f'<a href="{escape(bibliography)}#{anchor(key)}">{label}</a>'
    return f'{document(key)} <span class="source-kind">{label}</span>'
