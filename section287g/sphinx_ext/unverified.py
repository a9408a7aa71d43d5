"""Directive ``{unverified} PART``: one part of the page about what could not be verified, made from the tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import citing, tables
from section287g.facts import written_date
from section287g.sphinx_ext import citations, unverified_rows, usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import fold, sentence

SUBJECTS = {
    "lists": "ICE’s lists",
    "history": "Law and history",
    "states": "State law",
    "models": "The three models",
    "incentives": "Money",
    "evidence": "Studies, audits and outcomes",
    "claims": "Texts and statements",
}


class unverified_part(nodes.General, nodes.Element):
    """Place of one part; filled when all pages have been read. Attribute ``part``."""


class UnverifiedDirective(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        part = self.arguments[0]
        if part not in PARTS:
            raise PageError(self.env, self.env.docname, self.lineno, f"no part {part!r}; parts are {', '.join(PARTS)}")
        return [unverified_part(part=part)]


def _statements(bibliography: str) -> str:
    rows = tables.load("not_verified")
    groups = ((title, rows[rows["subject"] == subject]) for subject, title in SUBJECTS.items())
    return "".join(_box(title, group[["statement", "why", "source_keys"]], bibliography) for title, group in groups)


def _marked(bibliography: str) -> str:
    return _by_table(unverified_rows.marked_rows(), bibliography)


def _without_source(bibliography: str) -> str:
    return _by_table(unverified_rows.rows_without_source(), bibliography)


def _not_confirmed(bibliography: str) -> str:
    return _list("Sources not confirmed", unverified_rows.sources_not_confirmed(), bibliography)


def _summaries(bibliography: str) -> str:
    return _list("Sources known from a summary", unverified_rows.sources_known_from_a_summary(), bibliography)


# Part of the page -> its content as HTML, given the address of the page of all sources.
PARTS: dict[str, Callable[[str], str]] = {
    "statements": _statements,
    "marked": _marked,
    "without-source": _without_source,
    "not-confirmed": _not_confirmed,
    "summaries": _summaries,
}


def _by_table(rows: pd.DataFrame, bibliography: str) -> str:
    groups = ((tables.describe(name)["title"], group) for name, group in rows.groupby("table", sort=False))
    return "".join(_box(title, group[["what", "remark", "source_keys"]], bibliography) for title, group in groups)


def _box(title: str, rows: pd.DataFrame, bibliography: str) -> str:
    """A folded list from rows of three cells: what it is, why it is doubtful, source keys."""
    items = "".join(f"<li><b>{_text(what)}.</b> {sentence(why)}{_cited(keys, bibliography)}</li>" for what, why, keys in rows.itertuples(index=False))
    return fold(f"{title} ({len(rows):,})", f'<ul class="unverified">{items}</ul>')


def _list(title: str, keys: list[str], bibliography: str) -> str:
    items = "".join(f"<li>{citations.full(key, bibliography)}</li>" for key in keys)
    return fold(f"{title} ({len(keys):,})", f'<ul class="sources">{items}</ul>')


def _text(text: str) -> str:
    return escape(written_date(text))


def _cited(keys: str, bibliography: str) -> str:
    return "" if citing.missing(keys) else f' <span class="citation">({citations.links(keys.split("; "), bibliography)})</span>'


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(unverified_part)):
        bibliography = usage.address(app.builder, docname, "sources")
        place.replace_self(nodes.raw("", PARTS[place["part"]](bibliography), format="html"))


def setup(app: Sphinx) -> None:
    app.add_node(unverified_part)
    app.add_directive("unverified", UnverifiedDirective)
    app.connect("doctree-resolved", _fill)
