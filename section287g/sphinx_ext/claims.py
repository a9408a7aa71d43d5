"""Claims of the five texts (table ``claims``): directive ``{claims} 000`` lists those of one text, role ``{claim}`C000-06` `` names one.

Both link to the view of the claim in the explorer ``claims``, on whichever page that stands.
"""

from __future__ import annotations

import difflib
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from section287g import citing, claims, tables
from section287g.facts import written_date
from section287g.sphinx_ext import citations, usage, views
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import fold, sentence, slug

VERDICTS = {
    "accurate": "accurate",
    "accurate_when_dated": "accurate when dated",
    "rounded": "rounded",
    "imprecise": "imprecise",
    "ambiguous": "ambiguous",
    "outdated": "outdated",
    "contradicted": "contradicted",
    "unverified": "not verified",
    "opinion_not_checkable": "opinion, not checkable",
}
HEADER = ("Claim", "Verdict and why", "What the records say")


class claims_of_text(nodes.General, nodes.Element):
    """Place of the claims of one text; attribute ``text``."""


class ClaimRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        claim, known = self.text.strip(), list(tables.load("claims")["claim_id"])
        if claim not in known:
            near = difflib.get_close_matches(claim, known, n=3, cutoff=0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise PageError(self.env, self.env.docname, self.lineno, f"no claim {claim!r}{hint}")
        return [views.view_link("", claim, view=_view(claim))], []


class ClaimsDirective(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        text, rows = self.arguments[0], tables.load("claims")
        if text not in set(rows["text_id"]):
            raise PageError(self.env, self.env.docname, self.lineno, f"no text {text!r}; texts are {', '.join(sorted(set(rows['text_id'])))}")
        keys = rows.loc[rows["text_id"] == text, "source_key"].dropna()
        usage.of_current_page(self.env).sources.update(dict.fromkeys(keys))
        return [claims_of_text(text=text)]


def tally(rows: pd.DataFrame) -> str:
    """How many of these claims got which verdict, in words: ``15 claims: 5 accurate; 3 imprecise``."""
    found = rows["verdict"].value_counts()
    parts = [f"{found[verdict]} {words}" for verdict, words in VERDICTS.items() if verdict in found]
    return f"{len(rows)} claims: {'; '.join(parts)}"


def _view(claim: str) -> str:
    """The view of the explorer that shows this claim."""
    return f"claims?claim={claim}"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(claims_of_text)):
        rows = tables.load("claims")
        rows = rows[rows["text_id"] == place["text"]]
        caption = f"Claims of text {place['text']}, {tally(rows)}"
        body = "".join(_row(row, views.address(app, docname, _view(row.claim_id))) for row in rows.itertuples(index=False))
        place.replace_self(nodes.raw("", fold(caption, _table(caption, body), "claims-table wide"), format="html"))


def _table(caption: str, body: str) -> str:
    """The table; its roles are spelled out because a narrow screen shows each cell as a block, which hides them from screen readers."""
    head = "".join(f'<th role="columnheader" scope="col">{words}</th>' for words in HEADER)
    return (
        f'<div class="table-scroll" role="group" aria-label="{escape(caption)}" tabindex="0"><table role="table">'
        f'<caption class="visually-hidden">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row, address: str) -> str:
    """One claim; ``row`` is a row of ``claims``."""
    number = f'<a href="{escape(address)}">{row.claim_id}</a>' if address else row.claim_id
    return (
        f'<tr role="row"><th role="rowheader" scope="row" id="{slug(row.claim_id)}">{number} {_text(row.claim)}</th>'
        f'<td role="cell"><b>{VERDICTS[row.verdict].capitalize()}.</b> {sentence(row.explanation)}</td>'
        f'<td role="cell">{_records(row)}</td></tr>'
    )


def _records(row) -> str:
    """What the primary source says, with the source, and what the lists give, with how and on which list it was counted."""
    said = "" if citing.missing(row.primary_says) else sentence(row.primary_says)
    cited = "" if citing.missing(row.source_key) else f'<span class="citation">({citations.links([row.source_key])})</span>'
    parts = [f"<p>{said} {cited}</p>"] if said or cited else []
    if not citing.missing(row.recomputed_value):
        how = "; ".join(_text(cell) for cell in (row.recomputed_definition, row.list_date) if not citing.missing(cell))
        parts.append(f'<p><b>{"Worked out again" if row.claim_id in claims.NOT_FROM_LISTS else "The lists"}:</b> {_text(row.recomputed_value)}. <span class="claims-how">Counted: {how}.</span></p>')
    return "".join(parts)


def _text(cell: str) -> str:
    return escape(written_date(cell))


def setup(app: Sphinx) -> None:
    app.add_node(claims_of_text)
    app.add_role("claim", ClaimRole())
    app.add_directive("claims", ClaimsDirective)
    app.connect("doctree-resolved", _fill)
