"""Tables wider than a phone scroll sideways in a box of their own, which the keyboard can reach."""

from __future__ import annotations

import re

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx

from section287g.words import _

# A table, with the tag before it if that is such a box already.
_TABLE = re.compile(r"(<[^<>]*tabindex=\"0\"[^<>]*>\s*)?(<table\b.*?</table>)", re.DOTALL)


def boxed(body: str) -> str:
    """The body with a box around every table that has none.

    The empty corner that pandas writes as a header becomes a plain cell: a header without words heads nothing.
    """
    return _TABLE.sub(_boxed, body)


def _boxed(found: re.Match) -> str:
    box, table = found.groups()
    if box:
        return found[0]
    table = table.replace("<th></th>", "<td></td>")
    return f'<div class="table-scroll" role="group" aria-label="{escape(_("Table"))}" tabindex="0">{table}</div>'


def _apply(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if "body" in context:
        context["body"] = boxed(context["body"])


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _apply)
