"""Tables wider than a phone scroll sideways in a box of their own, which the keyboard can reach."""

from __future__ import annotations

import re
from html import unescape

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx

from section287g.words import _, fill

# A heading; or a table, with the tag before it if that is such a box already.
_HEADING_OR_TABLE = re.compile(
    r'<h[1-6]\b[^>]*>(?P<heading>.*?)</h[1-6]>|(?P<box><[^<>]*tabindex="0"[^<>]*>\s*)?(?P<table><table\b.*?</table>)',
    re.DOTALL,
)
_TAG = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>')


def boxed(body: str) -> str:
    """The body with a box around every table that has none, named, as the table is, by the heading above it.

    Headers say whether they stand over a column or before a row. The empty corner that pandas writes as a header
    becomes a plain cell: a header without words heads nothing. The border that it writes is CSS's to draw.
    """
    heading, count = "", 0

    def box(found: re.Match) -> str:
        nonlocal heading, count
        if found["heading"] is not None:
            heading, count = _TAG.sub("", found["heading"]).strip(), 0
            return found[0]
        if found["box"]:
            return found[0]
        count += 1
        label = _("Table: {heading}") if count == 1 else _("Table {n}: {heading}")
        name = escape(unescape(fill(label, heading=heading, n=count)))
        table = with_scopes(found["table"].replace("<th></th>", "<td></td>"))
        table = table.replace(' border="1"', "", 1).replace("<table", f'<table aria-label="{name}"', 1)
        return f'<div class="table-scroll" role="group" aria-label="{name}" tabindex="0">{table}</div>'

    return _HEADING_OR_TABLE.sub(box, body)


def with_scopes(table: str) -> str:
    """The table, each of whose headers says what it heads."""
    head, end, rows = table.partition("</thead>")
    bare = re.compile(r"<th(?![^>]*\bscope=)(?=[\s>])")
    return bare.sub('<th scope="col"', head) + end + bare.sub('<th scope="row"', rows)


def _apply(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if "body" in context:
        context["body"] = boxed(context["body"])


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _apply)
