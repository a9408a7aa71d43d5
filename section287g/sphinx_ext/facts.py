"""Role ``{fact}`NAME` ``: a number in a sentence that tells its date, definition and source on hover, focus and tap."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxRole

from section287g import facts
from section287g.sphinx_ext import citations, popovers, usage
from section287g.sphinx_ext.errors import PageError


class StaleNumber(SphinxError):
    """A documented number has to be looked at again because a newer list came."""

    category = "Stale number"


class fact_number(popovers.noted):
    """A number in a sentence; attribute ``fact`` is a facts.Fact, ``note_id`` the id of its note."""


class FactRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            fact = facts.get(self.text.strip())
        except facts.UnknownFact as error:
            raise PageError(self.env, self.env.docname, self.lineno, str(error)) from None
        record(self.env, fact)
        return [fact_number(fact.text, fact.text, fact=fact, note_id=popovers.new_id(self.env, "fact"))], []


def record(env, fact: facts.Fact) -> None:
    """Note that the current page uses this number and its sources."""
    used = usage.of_current_page(env)
    used.facts[fact.name] = None
    used.sources.update(dict.fromkeys(fact.source_keys))


def _visit_html(translator, node: fact_number) -> None:
    fact = node["fact"]
    translator.body.append(popovers.html("fact", fact.text, "about this number", node["note_id"], _note(fact)))
    raise nodes.SkipNode


def _note(fact: facts.Fact) -> str:
    source = f' <span class="note-more">Source: {citations.links(fact.source_keys)}.</span>' if fact.source_keys else ""
    return f'<span>{escape(fact.definition)}.</span> <span class="note-date">As of {escape(fact.as_of_text)}.</span>{source}'


def _refuse_stale_numbers(app: Sphinx) -> None:
    if sentences := facts.stale():
        raise StaleNumber("; ".join(sentences))


def setup(app: Sphinx) -> None:
    popovers.add_node(app, fact_number, _visit_html)
    app.add_role("fact", FactRole())
    app.connect("builder-inited", _refuse_stale_numbers)
