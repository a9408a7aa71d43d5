"""Roles in sentences: ``{fact}``, ``{term}`` (words with a note), ``{source}``, ``{claim}`` and ``{view}`` (links).

A note opens on hover, focus and tap. Without scripts it still opens: it is a native popover of a button.
"""

from __future__ import annotations

import difflib
import re

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import ReferenceRole, SphinxRole

from section287g import citing, facts, tables
from section287g.blocks import markup
from section287g.blocks.evidence import claim_view
from section287g.blocks.markup import cite, slug, source_anchor
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError
from section287g.words import _, fill

NOTED = Markup(
    '<span class="noted {kind}"><button type="button" class="noted-text" popovertarget="{id}" '
    'popovertargetaction="show" aria-label="{label}">{text}</button>'
    '<span class="note-box" id="{id}" popover role="note">{note}</span></span>'
)
FACT_NOTE = Markup('<span>{}.</span> <span class="note-date">{}</span>')
FACT_SOURCE = Markup(' <span class="note-more">{}</span>')
MOST_NAMED = 6  # sources in a note; each is a stop of the Tab key, and more are left to the list of the page
CITED = Markup('<a class="cited" href="#{anchor}" data-n="{n}"><span class="cited-long">{text}</span></a>')
TERM_NOTE = Markup("<span><b>{}</b>: {}</span>")
TERM_MORE = Markup(' <span class="note-more"><a href="{}#term-{}">{}</a></span>')


class StaleNumber(SphinxError):
    """A documented number has to be looked at again because a newer list came."""

    category = "Stale number"


class noted(nodes.Inline, nodes.TextElement):
    """Words with a note (attribute ``note_id``); its child is the text that other builders, headings and links show."""


class fact_number(noted):
    """A number in a sentence; attribute ``fact`` is a facts.Fact."""


class glossary_term(noted):
    """Words that a note explains; attributes ``term`` and ``definition``."""


class view_link(nodes.Inline, nodes.TextElement):
    """Words that lead to a view; attribute ``view`` is ``NAME?SETTING=VALUE``. Becomes a link when the explorer's page
    is known."""


def _new_id(env: BuildEnvironment, kind: str) -> str:
    """An id for one more note, not used elsewhere in the book (the printed book is one page)."""
    return f"{kind}-{slug(env.docname)}-{env.new_serialno(kind)}"


class FactRole(SphinxRole):
    """``{fact}`NAME` ``: a number in a sentence that tells its date, definition and source."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            fact = facts.get(self.text.strip())
        except facts.UnknownFact as error:
            raise PageError(self.env, self.env.docname, self.lineno, str(error)) from None
        used = usage.of_current_page(self.env)
        used.facts[fact.name] = None
        used.behind.update(dict.fromkeys(fact.source_keys))
        return [fact_number(fact.text, fact.text, fact=fact, note_id=_new_id(self.env, "fact"))], []


class TermRole(ReferenceRole):
    """``{term}`TERM` `` explains a term; ``{term}`words <TERM>` `` explains other words of the sentence, say a
    plural."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            row = find_term(self.target)
        except KeyError as error:
            raise PageError(self.env, self.env.docname, self.lineno, error.args[0]) from None
        note_id = _new_id(self.env, "term")
        return [
            glossary_term(self.title, self.title, term=row["term"], definition=row["definition"], note_id=note_id)
        ], []


def find_term(name: str) -> pd.Series:
    """The row of table ``glossary`` for a term, in capitals or not, by its whole name or either part of ``Jail
    enforcement model (JEM)``.

    Raises KeyError with near terms if there is none.
    """
    rows = tables.load("glossary")
    known: dict[str, int] = {}
    for place, term in enumerate(rows["term"]):
        for alias in (term, *re.split(r" \(|\)", term)):
            known.setdefault(alias.lower(), place)
    if name.lower() not in known:
        near = difflib.get_close_matches(name.lower(), [alias for alias in known if alias], n=3, cutoff=0.5)
        terms = dict.fromkeys(rows["term"][known[alias]] for alias in near)
        hint = f"; did you mean {' or '.join(terms)}?" if terms else ""
        raise KeyError(f"no term {name!r} in the glossary{hint}")
    return rows.iloc[known[name.lower()]]


class cited(nodes.Inline, nodes.TextElement):
    """A source in a citation; attribute ``source`` is its key. Its child is publisher and date, for paper and where
    there are no scripts; with scripts it is the number of the source on this page, and book-notes.js opens a note."""


class SourceRole(SphinxRole):
    """``{source}`KEY, KEY` `` cites sources, each by a link to its line in the panel."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        keys = [key.strip() for key in self.text.split(",")]
        links = [self._link(key) for key in keys]
        usage.of_current_page(self.env).cited.update(dict.fromkeys(keys))
        children: list[nodes.Node] = [_only_long("(")]
        for link in links:
            children += [link, _only_long("; ")]
        children[-1] = _only_long(")")
        return [nodes.inline("", "", *children, classes=["citation"])], []

    def _link(self, key: str) -> cited:
        try:
            text = citing.short(key)
        except KeyError as error:
            raise PageError(self.env, self.env.docname, self.lineno, error.args[0]) from None
        return cited("", text, source=key)


def _only_long(text: str) -> nodes.inline:
    """What stands around the sources of a citation while they are written out."""
    return nodes.inline("", text, classes=["cited-long"])


class ClaimRole(SphinxRole):
    """``{claim}`C000-06` `` names a claim of the five texts and leads to it in the explorer."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        claim, known = self.text.strip(), list(tables.load("claims")["claim_id"])
        if claim not in known:
            near = difflib.get_close_matches(claim, known, n=3, cutoff=0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise PageError(self.env, self.env.docname, self.lineno, f"no claim {claim!r}{hint}")
        return [view_link("", claim, view=claim_view(claim))], []


class ViewRole(ReferenceRole):
    """``{view}`WORDS <NAME?SETTING=VALUE>` ``: a link into an explorer that shows a certain view, wherever in the book
    it stands."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if not self.has_explicit_title or "?" not in self.target:
            message = f"a view is written WORDS <NAME?SETTING=VALUE>, found {self.text!r}"
            raise PageError(self.env, self.env.docname, self.lineno, message)
        return [view_link("", self.title, view=self.target)], []


def _visit_fact(translator, node: fact_number) -> None:
    fact = node["fact"]
    note = FACT_NOTE.format(fact.definition, fill(_("As of {date}."), date=fact.as_of_text))
    keys = fact.source_keys
    if keys:
        few = len(keys) <= MOST_NAMED
        named = Markup(_("Source: {sources}.")).format(sources=cite(keys))
        note += FACT_SOURCE.format(named if few else fill(_("Sources: {n} documents."), n=len(keys)))
    _write_noted(translator, node, "fact", _("{words}, about this number"), note)


def _visit_cited(translator, node: cited) -> None:
    page = usage.by_page(translator.builder.env)[translator.builder.current_docname]
    number = list(page.sources).index(node["source"]) + 1
    translator.body.append(CITED.format(anchor=source_anchor(node["source"]), n=number, text=node.astext()))
    raise nodes.SkipNode


def _visit_term(translator, node: glossary_term) -> None:
    note = TERM_NOTE.format(markup.term(node["term"]), node["definition"])
    if page := usage.address(translator.builder, translator.builder.current_docname, "terms"):
        note += TERM_MORE.format(page, slug(node["term"]), _("In the glossary"))
    _write_noted(translator, node, "term", _("{words}, about this term"), note)


def _write_noted(translator, node: noted, kind: str, label: str, note: Markup) -> None:
    text = node.astext()
    translator.body.append(
        NOTED.format(kind=kind, id=node["note_id"], text=text, label=fill(label, words=text), note=note)
    )
    raise nodes.SkipNode


class PlainInHeadings(SphinxTransform):
    """Noted words in a heading or a link are plain text: headings are repeated in menus, and buttons do not go into
    links."""

    default_priority = 500

    def apply(self) -> None:
        for node in list(self.document.findall(noted)):
            parent = node.parent
            while parent is not None and not isinstance(parent, (nodes.title, nodes.reference)):
                parent = parent.parent
            if parent is not None:
                node.replace_self(nodes.Text(node.astext()))


def _fill_views(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for link in list(doctree.findall(view_link)):
        words, found = link.astext(), usage.view_address(app.builder, docname, link["view"])
        link.replace_self(nodes.reference("", words, refuri=found, internal=True) if found else nodes.Text(words))


def _refuse_stale_numbers(app: Sphinx) -> None:
    if sentences := facts.stale():
        raise StaleNumber("; ".join(sentences))


def setup(app: Sphinx) -> None:
    app.add_node(fact_number, html=(_visit_fact, None))
    app.add_node(glossary_term, html=(_visit_term, None))
    app.add_node(view_link)
    app.add_node(cited, html=(_visit_cited, None))
    for name, role in {"fact": FactRole, "source": SourceRole, "claim": ClaimRole, "view": ViewRole}.items():
        app.add_role(name, role())
    app.add_role_to_domain("std", "term", TermRole(), override=True)  # in place of Sphinx's own, which knows no notes
    app.add_transform(PlainInHeadings)
    app.add_js_file("book-notes.js", loading_method="defer")
    app.add_js_file("book-stops.js", loading_method="defer")  # after it: numbers of sources become stops there
    app.connect("builder-inited", _refuse_stale_numbers)
    app.connect("doctree-resolved", _fill_views)
