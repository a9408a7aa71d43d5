"""How even the debate is, in numbers: directive ``{debate-balance}``, measured by ``section287g.fairness``."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import fairness, tables
from section287g.sphinx_ext.bibliography import KINDS
from section287g.sphinx_ext.markup import table

WHO = {"supports": "Supporters", "opposes": "Critics"}
WHAT = {"arguments": "Arguments", "words": "Words", "sources": "Documents"}


class DebateBalanceDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", _themes() + _documents(), format="html")]


def _themes() -> str:
    """What each side is given in each theme."""
    themes = tables.load("debate_themes")
    given = fairness.balance(tables.load("arguments"), themes)
    pairs = [[f"{row[what, 'supports']:,} / {row[what, 'opposes']:,}" for what in WHAT] for _, row in given.iterrows()]
    rows = [[escape(title), *cells] for title, cells in zip(themes["title"], pairs, strict=True)]
    return table("What each side is given in each theme, supporters first", ["Theme", *(f"{what} (supporters / critics)" for what in WHAT.values())], rows)


def _documents() -> str:
    """Documents behind what speaks for each side, by kind."""
    behind = fairness.sources_by_side(tables.load("arguments"), tables.load("sources")).reindex(list(KINDS), fill_value=0)
    rows = [[KINDS[kind], *(f"{number:,}" for number in row)] for kind, row in zip(behind.index, behind.to_numpy(), strict=True)]
    rows.append(["All", *(f"{number:,}" for number in behind.sum())])
    return table("Documents behind each side, by kind", ["Kind", *(WHO[side] for side in behind.columns)], rows)


def setup(app: Sphinx) -> None:
    app.add_directive("debate-balance", DebateBalanceDirective)
