"""Directive ``{polls}``: what polls asked, how much of the wording was seen, what people answered, and who says so (table ``polls``)."""

from __future__ import annotations

from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import citing, tables
from section287g.facts import written_day
from section287g.sphinx_ext import citations, usage
from section287g.sphinx_ext.markup import fold, sentence, slug

SUBJECTS = {
    "local_help": "What state and local governments should do",
    "trust": "Trust in the police",
    "deportation": "Deportation in general",
    "ice": "ICE and its officers",
}
WORDING = {
    "exact": ("The question", ""),
    "part": ("Asked about", "Only the words in quotation marks were seen as they were asked."),
    "no": ("Asked about", "Exact wording not seen."),
}


class polls_list(nodes.General, nodes.Element):
    """Place of the polls."""


class PollsDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        usage.of_current_page(self.env).sources.update(dict.fromkeys(tables.load("polls")["source_key"]))
        return [polls_list()]


def listing() -> str:
    """All polls as HTML, in one folded box for each subject."""
    table = tables.load("polls")
    asked = {heading: table[table["about"] == subject] for subject, heading in SUBJECTS.items()}
    boxes = "".join(_box(heading, rows) for heading, rows in asked.items() if len(rows))
    return f'{boxes}<p>Last checked: {written_day(tables.last_checked(table))}.</p>'


def _box(heading: str, rows: pd.DataFrame) -> str:
    number = "1 poll" if len(rows) == 1 else f"{len(rows)} polls"
    items = "".join(_poll(row) for row in rows.itertuples(index=False))
    return fold(f"{heading} ({number})", f'<ul class="polls">{items}</ul>')


def _poll(row) -> str:
    """One poll as an item of a list. ``row`` is a row of ``polls``."""
    label, caution = WORDING[row.wording_seen]
    grade = citations.KINDS[row.confidence].capitalize()
    about = "" if citing.missing(row.note) else f"{sentence(row.note)} "
    return (
        f'<li id="{slug(f"poll-{row.poll_id}")}"><p><strong>{escape(row.pollster)}</strong>, {escape(row.dates)}</p>'
        f"<p>{label}: {escape(row.question_wording)}{_stop(row.question_wording)} <em>{caution}</em></p>"
        f'<p class="poll-results">{sentence(row.results)}</p>'
        f'<p class="poll-about">{about}{grade}: {citations.links([row.source_key])}</p></li>'
    ).replace(" <em></em>", "")


def _stop(question: str) -> str:
    """The full stop of a question as it was seen; none after the question mark of a quotation."""
    return "" if question.rstrip('"').endswith("?") else "."


def _visit_html(translator, node: polls_list) -> None:
    translator.body.append(listing())
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(polls_list, html=(_visit_html, None))
    app.add_directive("polls", PollsDirective)
