"""Directive ``{numbers}``: every number of the book with its date, definition, sources and the pages that use it."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from section287g import facts
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.markup import slug, table
from section287g.sphinx_ext.sources import number_cells

HEADER = ["Number", "What it is", "As of", "Source", "Used on"]


class numbers_table(nodes.General, nodes.Element):
    """Place of the table; filled when all pages have been read."""


class NumbersDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        usage.of_current_page(self.env).shows.add("numbers")
        return [numbers_table()]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(numbers_table)):
        rows = [_cells(app, docname, name, pages) for name, pages in _pages_by_fact(app.env).items()]
        place.replace_self(nodes.raw("", table("Numbers in this book", HEADER, rows), format="html"))


def _pages_by_fact(env: BuildEnvironment) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    for docname, used in sorted(usage.by_page(env).items()):
        for name in used.facts:
            pages.setdefault(name, []).append(docname)
    return {name: pages[name] for name in facts.names() if name in pages}


def _cells(app: Sphinx, docname: str, name: str, pages: list[str]) -> list[str]:
    number, *rest = number_cells(facts.get(name))
    links = ", ".join(_link(app, docname, page) for page in pages)
    return [f'<span id="number-{slug(name)}">{number}</span>', *rest, links]


def _link(app: Sphinx, docname: str, target: str) -> str:
    address = app.builder.get_relative_uri(docname, target)
    return f'<a href="{escape(address)}">{escape(app.env.titles[target].astext())}</a>'


def _write_again(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """A page that gained or lost a number changes the table too."""
    return set(usage.pages_showing(env, "numbers"))


def setup(app: Sphinx) -> None:
    app.add_node(numbers_table)
    app.add_directive("numbers", NumbersDirective)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _write_again)
