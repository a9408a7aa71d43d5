"""Role ``{source}`KEY` `` cites a source; directive ``{sources}`` lists what the page used, with dates."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from section287g import citing, facts
from section287g.sphinx_ext import citations, usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import fold, table


class sources_panel(nodes.General, nodes.Element):
    """Place of the panel; filled when all of the page has been read."""


class SourceRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        keys = [key.strip() for key in self.text.split(",")]
        references = [self._reference(key) for key in keys]
        usage.of_current_page(self.env).sources.update(dict.fromkeys(keys))
        children: list[nodes.Node] = [nodes.Text("(")]
        for reference in references:
            children += [reference, nodes.Text("; ")]
        children[-1] = nodes.Text(")")
        return [nodes.inline("", "", *children, classes=["citation"])], []

    def _reference(self, key: str) -> nodes.reference:
        try:
            text = citing.short(key)
        except KeyError as error:
            raise PageError(self.env, self.env.docname, self.lineno, error.args[0]) from None
        return nodes.reference("", text, refuri=f"#{citations.anchor(key)}", internal=True)


class SourcesDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        usage.of_current_page(self.env).has_panel = True
        return [sources_panel()]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for panel in list(doctree.findall(sources_panel)):
        used = usage.by_page(app.env)[docname]
        keys = usage.all_sources(app.env) if "numbers" in used.shows else used.sources
        bibliography = usage.address(app.builder, docname, "sources")
        panel.replace_self(nodes.raw("", _source_list(keys, bibliography) + _number_table(used), format="html"))


def _source_list(keys: Iterable[str], bibliography: str) -> str:
    items = "".join(f'<li id="{citations.anchor(key)}">{citations.full(key, bibliography)}</li>' for key in keys)
    return f'<ul class="sources">{items}</ul>' if items else ""


def _number_table(used: usage.Usage) -> str:
    if not used.facts:
        return ""
    rows = [number_cells(facts.get(name)) for name in used.facts]
    header = ["Number", "What it is", "As of", "Source"]
    return fold("Numbers on this page", table("Numbers on this page", header, rows), "numbers-used")


def number_cells(fact: facts.Fact) -> list[str]:
    """A number as cells of a table: text, definition, date, sources."""
    return [escape(fact.text), f"{escape(fact.definition)}.", escape(fact.as_of_text), citations.links(fact.source_keys)]


def setup(app: Sphinx) -> None:
    app.add_node(sources_panel)
    app.add_role("source", SourceRole())
    app.add_directive("sources", SourcesDirective)
    app.connect("doctree-resolved", _fill)
