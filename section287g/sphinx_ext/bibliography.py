"""The page of all sources: directives ``{source-counts}``, ``{source-list} KIND`` and ``{source-file}``, which is the list as BibTeX."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from section287g import bibliography, citing, links, tables
from section287g.sphinx_ext import citations, usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import sentence, table

KINDS = {"primary": "Primary", "secondary": "Secondary", "advocacy": "Advocacy", "unverified": "Not verified"}
SIDES = {"supports": "Supports the program", "opposes": "Opposes the program", "neutral": "Neutral", "": "No part in the debate"}
SEEN = {"first-hand": "Read first-hand", "copy": "Read in a copy", "summary": "Known from a summary"}


class source_list(nodes.General, nodes.Element):
    """Place of the sources of one kind; filled when all pages have been read. Attribute ``kind``."""


class SourceListDirective(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        kind = self.arguments[0]
        if kind not in KINDS:
            raise PageError(self.env, self.env.docname, self.lineno, f"no kind of source {kind!r}; kinds are {', '.join(KINDS)}")
        usage.of_current_page(self.env).shows.add("sources")
        return [source_list(kind=kind)]


class source_file(nodes.General, nodes.Element):
    """Place of the link to the sources as a BibTeX file."""


class SourceFileDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [source_file()]


class SourceCountsDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        sources = tables.load("sources")
        tables_ = count_table("Sources by kind and side", sources, sources["side"].fillna(""), SIDES, link=group_anchor)
        tables_ += count_table("Sources by kind and how they were seen", sources, sources["seen"], SEEN)
        return [nodes.raw("", tables_, format="html")]


def count_table(caption: str, sources: pd.DataFrame, by: pd.Series, columns: dict[str, str], link: Callable[[str, str], str] | None = None) -> str:
    """Sources counted by kind (rows) and ``by`` (columns), with sums; ``link`` makes an anchor of kind and column for each count."""
    counted = pd.crosstab(sources["kind"], by).reindex(index=list(KINDS), columns=list(columns), fill_value=0)
    rows = []
    for kind, numbers in counted.iterrows():
        cells = [_number(number, link(kind, column) if link else "") for column, number in numbers.items()]
        rows.append([KINDS[kind], *cells, f"{numbers.sum():,}"])
    rows.append(["All", *(f"{number:,}" for number in counted.sum()), f"{counted.to_numpy().sum():,}"])
    return table(caption, ["Kind", *columns.values(), "All"], rows)


def _number(number: int, anchor: str) -> str:
    return f'<a href="#{anchor}">{number:,}</a>' if anchor and number else f"{number:,}"


def group_anchor(kind: str, side: str) -> str:
    """Id of the heading above the sources of one kind and side."""
    return f"{kind}-{side or 'no-side'}"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    places = list(doctree.findall(source_list))
    if not places:
        return
    sources, uses = tables.load("sources"), _uses(app, docname)
    for place in places:
        of_kind = sources[sources["kind"] == place["kind"]]
        groups = [_group(place["kind"], side, of_kind[of_kind["side"].fillna("") == side], uses) for side in SIDES]
        place.replace_self(nodes.raw("", "".join(groups), format="html"))


def _group(kind: str, side: str, sources: pd.DataFrame, uses: dict[str, list[str]]) -> str:
    if sources.empty:
        return ""
    ordered = sources.sort_values(["publisher", "date", "title"], key=lambda column: column.str.lower(), kind="stable")
    items = "".join(_entry(row, uses.get(row.source_key, [])) for row in ordered.itertuples(index=False))
    return f'<h3 id="{group_anchor(kind, side)}">{SIDES[side]} ({len(sources):,})</h3><ul class="sources">{items}</ul>'


def _entry(row, uses: list[str]) -> str:
    note = "" if citing.missing(row.note) else f" {sentence(row.note)}"
    archive = "" if citing.missing(row.url) else f' <a href="{escape(links.archived(row.url))}" rel="noreferrer">Archived copies</a>.'
    used = f' <span class="source-uses">Used in: {", ".join(uses)}.</span>' if uses else ""
    return f'<li id="{citations.anchor(row.source_key)}">{citations.document(row.source_key)} <span class="source-kind">{SEEN[row.seen]}.</span>{note}{archive}{used}</li>'


def _uses(app: Sphinx, docname: str) -> dict[str, list[str]]:
    """For each source key the tables and pages that cite it, as HTML."""
    uses = {key: [f"<code>{name}</code>" for name in names] for key, names in bibliography.tables_by_source().items()}
    for page, used in sorted(usage.by_page(app.env).items()):
        link = f'<a href="{escape(app.builder.get_relative_uri(docname, page))}">{escape(app.env.titles[page].astext())}</a>'
        for key in used.sources:
            uses.setdefault(key, []).append(link)
    return uses



def _write_again(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """A page that gained or lost a source changes the list too."""
    return set(usage.pages_showing(env, "sources"))


def _visit_file(translator, node: source_file) -> None:
    builder, name = translator.builder, bibliography.FILE_NAME
    folder = Path(builder.outdir) / "_downloads"
    folder.mkdir(exist_ok=True)
    bibliography.write(folder / name)
    translator.body.append(f'<p><a href="{escape(f"{builder.dlpath}/{name}")}" download>Download {name}</a></p>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(source_file, html=(_visit_file, None))
    app.add_directive("source-file", SourceFileDirective)
    app.add_node(source_list)
    app.add_directive("source-list", SourceListDirective)
    app.add_directive("source-counts", SourceCountsDirective)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _write_again)
