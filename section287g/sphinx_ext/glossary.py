"""Role ``{term}`TERM` `` explains a term on hover, focus and tap; directive ``{terms}`` is the page of all terms (table ``glossary``).

``{term}`words <TERM>` `` explains other words of the sentence, say a plural.
"""

from __future__ import annotations

import difflib
import re
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from section287g import citing, tables
from section287g.sphinx_ext import citations, popovers, usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import slug


class glossary_term(popovers.noted):
    """Words that a note explains; attributes ``term`` and ``definition``, ``note_id`` the id of the note."""


class TermRole(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            row = find(self.target)
        except KeyError as error:
            raise PageError(self.env, self.env.docname, self.lineno, error.args[0]) from None
        note_id = popovers.new_id(self.env, "term")
        return [glossary_term(self.title, self.title, term=row["term"], definition=row["definition"], note_id=note_id)], []


def find(name: str) -> pd.Series:
    """The row of table ``glossary`` for a term, in capitals or not, by its whole name or either part of ``Jail enforcement model (JEM)``.

    Raises KeyError with near terms if there is none.
    """
    rows = tables.load("glossary")
    known = {}
    for place, term in enumerate(rows["term"]):
        for alias in (term, *re.split(r" \(|\)", term)):
            known.setdefault(alias.lower(), place)
    if name.lower() not in known:
        near = difflib.get_close_matches(name.lower(), [alias for alias in known if alias], n=3, cutoff=0.5)
        terms = dict.fromkeys(rows["term"][known[alias]] for alias in near)
        hint = f"; did you mean {' or '.join(terms)}?" if terms else ""
        raise KeyError(f"no term {name!r} in the glossary{hint}")
    return rows.iloc[known[name.lower()]]


def anchor(term: str) -> str:
    """Id of the term on the page of all terms."""
    return f"term-{slug(term)}"


def _visit_html(translator, node: glossary_term) -> None:
    note = f'<span><b>{escape(node["term"])}</b>: {escape(node["definition"])}</span>'
    if page := usage.address(translator.builder, translator.builder.current_docname, "terms"):
        note += f' <span class="note-more"><a href="{escape(page)}#{anchor(node["term"])}">In the glossary</a></span>'
    translator.body.append(popovers.html("term", node.astext(), "about this term", node["note_id"], note))
    raise nodes.SkipNode


class TermsDirective(SphinxDirective):
    """All terms with their meaning, related terms and sources."""

    def run(self) -> list[nodes.Node]:
        used = usage.of_current_page(self.env)
        used.shows.add("terms")
        rows = tables.load("glossary")
        used.sources.update(dict.fromkeys(tables.cited(rows)))
        entries = "".join(_entry(row) for row in rows.itertuples(index=False))
        return [nodes.raw("", f'<dl class="terms">{entries}</dl>', format="html")]


def _entry(row) -> str:
    related = [] if citing.missing(row.related_terms) else row.related_terms.split("; ")
    see = "; ".join(f'<a href="#{anchor(term)}">{escape(term)}</a>' for term in related)
    more = f"See also: {see}. " if see else ""
    return (
        f'<dt id="{anchor(row.term)}">{escape(row.term)}</dt><dd><p>{escape(row.definition)}</p>'
        f'<p class="terms-more">{more}Source: {citations.links(row.source_keys.split("; "))}.</p></dd>'
    )


def setup(app: Sphinx) -> None:
    popovers.add_node(app, glossary_term, _visit_html)
    app.add_role_to_domain("std", "term", TermRole(), override=True)  # in place of Sphinx's own, which knows no notes
    app.add_directive("terms", TermsDirective)
