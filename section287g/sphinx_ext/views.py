"""Role ``{view}`WORDS <NAME?SETTING=VALUE>` ``: a link into an explorer that shows a certain view, wherever in the book it stands."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError


class view_link(nodes.Inline, nodes.TextElement):
    """Words that lead to a view; attribute ``view`` is ``NAME?SETTING=VALUE``. Becomes a link when the explorer's page is known."""


class ViewRole(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if not self.has_explicit_title or "?" not in self.target:
            message = f"a view is written WORDS <NAME?SETTING=VALUE>, found {self.text!r}"
            raise PageError(self.env, self.env.docname, self.lineno, message)
        return [view_link("", self.title, view=self.target)], []


def address(app: Sphinx, docname: str, view: str) -> str:
    """Address of a view as seen from page ``docname``; empty if no page shows the explorer."""
    name = view.partition("?")[0]
    if not usage.pages_showing(app.env, f"explorer-{name}"):
        return ""
    return f"{usage.address(app.builder, docname, f'explorer-{name}')}#explorer-{view}"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for link in list(doctree.findall(view_link)):
        words, found = link.astext(), address(app, docname, link["view"])
        link.replace_self(nodes.reference("", words, refuri=found, internal=True) if found else nodes.Text(words))


def setup(app: Sphinx) -> None:
    app.add_node(view_link)
    app.add_role("view", ViewRole())
    app.connect("doctree-resolved", _fill)
