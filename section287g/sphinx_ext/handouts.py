"""Directive ``{handouts}``: every handout with what it is for, to download as PDF on either paper."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g.sphinx_ext import usage
from section287g.sphinx_ext.markup import set_words, table

FOLDER = "handouts"  # in the book's downloads
PAPER_NAMES = {"us-letter": "US&nbsp;Letter", "a4": "A4"}


class handout_table(nodes.General, nodes.Element):
    """The table of all handouts."""


class HandoutsDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        usage.of_current_page(self.env).shows.add("handouts")
        return [handout_table()]


def _visit_html(translator, node: handout_table) -> None:
    from section287g import handouts

    builder = translator.builder
    handouts.write_all(Path(builder.outdir) / "_downloads" / FOLDER)
    rows = [_row(name, content(), f"{builder.dlpath}/{FOLDER}") for name, (_, content) in handouts.sheets().items()]
    translator.body.append(table("Handouts", ["Sheet", "What it is", "PDF"], rows))
    raise nodes.SkipNode


def _row(name: str, content: dict, folder: str) -> list[str]:
    links = (f'<a href="{folder}/{paper}/{name}.pdf">{shown}</a>' for paper, shown in PAPER_NAMES.items())
    return [f'<span id="handout-{name}">{escape(content["title"])}</span>', set_words(content["lead"]), "<br>".join(links)]


def setup(app: Sphinx) -> None:
    app.add_node(handout_table, html=(_visit_html, None))
    app.add_directive("handouts", HandoutsDirective)
