"""The content-security policy of every page, and the check that pages keep to it.

Nothing is inline: no script but files of the book, no style but its stylesheets, no address outside.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self' file:",  # opened from disk, Firefox takes no file for the page's own
    ]
)

_COLUMN_WIDTHS = re.compile(r"<colgroup>.*?</colgroup>", re.DOTALL)  # docutils writes style="width: ..."
_PANDAS_STYLE = re.compile(
    r'<style scoped>.*?</style>|(?<=<tr) style="text-align: right;"', re.DOTALL
)  # in every DataFrame shown by a notebook
_FORBIDDEN = re.compile(
    r"<style|<script(?![^>]*type=\"application/json\")|<[a-z][^<>]*\s(?:style|on[a-z]+)=\"[^<>]*>", re.IGNORECASE
)


class PolicyError(SphinxError):
    """A page holds inline script or style, which its policy would block."""

    category = "Content policy"


def clean(body: str) -> str:
    """A page's body without the inline styles that docutils and pandas write."""
    return _PANDAS_STYLE.sub("", _COLUMN_WIDTHS.sub("", body))


def violation(body: str) -> str | None:
    """The first piece of the body that the policy would block."""
    found = _FORBIDDEN.search(body)
    return found[0] if found else None


def _apply(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    context["content_policy"] = POLICY
    if "body" not in context:
        return
    context["body"] = clean(context["body"])
    if found := violation(context["body"]):
        raise PolicyError(f"{pagename}: inline script or style is blocked on every page: {found[:120]}")


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _apply, priority=900)
