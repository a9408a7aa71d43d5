"""Directive ``{chart} NAME``: a picture of section287g.figures in a light and a dark version, with its table twin.

Options are handed on to ``figures.draw``. The pictures are drawn while a page is read and kept beside the
doctrees; writing the page copies them, so that an unchanged page need not be drawn again.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import places
from section287g.blocks.markup import cite, slug
from section287g.blocks.registry import fold, table
from section287g.facts import written_date, written_number
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError
from section287g.words import _, fill

THEMES = ("light", "dark")
MAX_DECIMALS = 1
MANY_SOURCES = 6  # more than these are folded
PAIR = Markup(
    '<img class="only-light" src="{light}" alt="{alt}" width="{width}" height="{height}">'
    '<img class="only-dark" src="{dark}" loading="lazy" alt="{alt}" width="{width}" height="{height}">'
)
NOTE = Markup('<p class="chart-note">{} {}</p>')
STATES = Markup('<p class="chart-note" data-one-stop="a">{}</p>')


class chart(nodes.General, nodes.Element):
    """A whole chart; attributes ``unit``, ``as_of`` and ``sources`` (keys), ``ids`` may hold its anchor. The last child
    is its note with the table."""


class chart_picture(nodes.General, nodes.Element):
    """The light and the dark picture: attributes ``files`` (theme -> file name), ``alt``, ``width``, ``height``."""


class AnyOption(dict):
    """Option names that only the drawing function knows; values stay text."""

    def __missing__(self, name: str):
        return str

    def __bool__(self) -> bool:  # an empty table would say that the directive takes no options
        return True


class ChartDirective(SphinxDirective):
    required_arguments = 1
    has_content = True
    option_spec = AnyOption()

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        options = dict(self.options)
        anchor = options.pop("name", None)
        pictures = {theme: self._draw(name, theme, options) for theme in THEMES}
        light = pictures["light"]
        usage.of_current_page(self.env).behind.update(dict.fromkeys(light.source_keys))

        facts = {"unit": light.unit, "as_of": _date_text(light.as_of), "sources": list(light.source_keys)}
        node = chart("", nodes.paragraph("", light.title, classes=["chart-title"]), **facts)
        node += self._picture_node(name, options, pictures)
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        node += body.children
        node += nodes.raw("", str(_note(light) + self._state_pages(light) + _table_twin(light)), format="html")
        if anchor:
            node["names"].append(nodes.fully_normalize_name(anchor))
            self.state.document.note_explicit_target(node, node)
        return [node]

    def _state_pages(self, picture) -> Markup:
        """Links to the pages of the states drawn, if the book has such pages."""
        pages = {state: places.page(state) for state in picture.states if places.page(state) in self.env.found_docs}
        if not pages:
            return Markup()
        address, names = self.env.app.builder.get_relative_uri, places.names()
        links = [
            Markup('<a href="{}">{}</a>').format(address(self.env.docname, page), names[state])
            for state, page in pages.items()
        ]
        return STATES.format(Markup(_("Pages of these states: {links}.")).format(links=Markup(", ").join(links)))

    def _draw(self, name: str, theme: str, options: dict[str, str]):
        from section287g import (
            figures,  # matplotlib takes a second to import; pages without charts do not pay it
        )

        try:
            return figures.draw(name, theme=theme, **options)
        except (KeyError, TypeError, ValueError) as error:
            raise PageError(self.env, self.env.docname, self.lineno, f"chart {name!r}: {error}") from error

    def _picture_node(self, name: str, options: dict[str, str], pictures: dict) -> chart_picture:
        stem = slug("-".join([name, *(f"{key}-{value}" for key, value in sorted(options.items()))]))
        files = {theme: f"{stem}-{theme}.svg" for theme in THEMES}
        for theme, file in files.items():
            (_store(self.env.doctreedir) / file).write_text(pictures[theme].svg(), encoding="utf-8", newline="\n")
        width, height = pictures["light"].size
        return chart_picture(files=files, alt=pictures["light"].alt, width=width, height=height)


def _store(doctreedir: str) -> Path:
    folder = Path(doctreedir) / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _note(picture) -> Markup:
    links, count = cite(picture.source_keys), len(picture.source_keys)
    measured = unit_and_date(picture.unit, _date_text(picture.as_of))
    if count <= MANY_SOURCES:
        return NOTE.format(measured, Markup(_("Source: {sources}.")).format(sources=links))
    note = NOTE.format(measured, fill(_("Sources: {n} documents."), n=count))
    title = fill(_("The {n} sources of this picture"), n=count)
    return note + fold(title, Markup("<p>{}.</p>").format(links), "chart-sources")


def unit_and_date(unit: str, as_of: str) -> str:
    """What a picture counts, and as of when, as two sentences."""
    return fill(_("Unit: {unit}. As of: {date}."), unit=unit, date=as_of)


def _table_twin(picture) -> Markup:
    shown = picture.table if _is_plain_index(picture.table) else picture.table.reset_index()
    rows = [[cell_text(cell) for cell in row] for row in shown.itertuples(index=False)]
    return fold(
        _("The same as a table"), table(picture.title, [str(column) for column in shown.columns], rows), "chart-table"
    )


def _is_plain_index(frame: pd.DataFrame) -> bool:
    return isinstance(frame.index, pd.RangeIndex)


def cell_text(cell) -> str:
    """A table's cell as text: dates written out, thousands separators, blank when not stated."""
    if isinstance(cell, pd.Timestamp) or hasattr(cell, "isoformat"):
        return "" if pd.isna(cell) else _date_text(cell)
    if isinstance(cell, str):
        return cell
    if pd.isna(cell):
        return ""
    decimals = 0 if float(cell).is_integer() else MAX_DECIMALS
    return written_number(cell, "", decimals)


def _date_text(date) -> str:
    return written_date(date if isinstance(date, str) else f"{date:%Y-%m-%d}")


def _visit_chart(translator, node: chart) -> None:
    translator.body.append(translator.starttag(node, "figure", CLASS="chart"))


def _depart_chart(translator, node: chart) -> None:
    translator.body.append("</figure>\n")


def _visit_picture(translator, node: chart_picture) -> None:
    builder = translator.builder
    images = Path(builder.outdir) / "_images"
    images.mkdir(exist_ok=True)
    addresses = {}
    for theme, file in node["files"].items():
        (images / file).write_bytes((_store(builder.doctreedir) / file).read_bytes())
        addresses[theme] = f"{builder.imgpath}/{file}"
    translator.body.append(PAIR.format(**addresses, alt=node["alt"], width=node["width"], height=node["height"]))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(chart, html=(_visit_chart, _depart_chart))
    app.add_node(chart_picture, html=(_visit_picture, None))
    app.add_directive("chart", ChartDirective)
