"""Explorers: one ipywidget each for JupyterLab, and the same module with its data inside a page of the book.

`Growth` and the other classes are live widgets. `static_html`, `scripts`, `stylesheet` and `source_keys` are for the
book, which never creates a widget: a widget would write its whole state into the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from section287g import figures
from section287g.explorers import assets, base, html
from section287g.explorers.assets import scripts
from section287g.explorers.claims import widget as claims
from section287g.explorers.claims.widget import Claims
from section287g.explorers.debate import widget as debate
from section287g.explorers.debate.widget import Debate
from section287g.explorers.encounter import widget as encounter
from section287g.explorers.encounter.widget import Encounter
from section287g.explorers.evidence import widget as evidence
from section287g.explorers.evidence.widget import Evidence
from section287g.explorers.finder import widget as finder
from section287g.explorers.finder.widget import Finder
from section287g.explorers.growth import widget as growth
from section287g.explorers.growth.widget import Growth
from section287g.explorers.incentives import widget as incentives
from section287g.explorers.incentives.widget import Incentives
from section287g.explorers.map import widget as map_
from section287g.explorers.map.widget import Map
from section287g.explorers.models import widget as models
from section287g.explorers.models.widget import Models
from section287g.explorers.states import widget as states
from section287g.explorers.states.widget import States
from section287g.explorers.timeline import widget as timeline
from section287g.explorers.timeline.widget import Timeline

__all__ = [
    "Claims",
    "Debate",
    "Encounter",
    "Evidence",
    "Finder",
    "Growth",
    "Incentives",
    "Map",
    "Models",
    "States",
    "Timeline",
    "names",
    "scripts",
    "source_keys",
    "static_html",
    "stylesheet",
]

_EXPLORERS = {
    "growth": growth,
    "map": map_,
    "models": models,
    "timeline": timeline,
    "encounter": encounter,
    "incentives": incentives,
    "debate": debate,
    "evidence": evidence,
    "finder": finder,
    "claims": claims,
    "states": states,
}


def names() -> list[str]:
    """Names of all explorers."""
    return list(_EXPLORERS)


def stylesheet() -> str:
    """One stylesheet for all explorers of the book, colours included."""
    return assets.stylesheet(*_EXPLORERS)


def source_keys(name: str) -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return _explorer(name).source_keys()


def static_html(name: str, image: Callable[[str, str], str], anchor: str | None = None, **options: str | bool) -> str:
    """The explorer as it stands in a page: data for the scripts, and the view for readers without scripts and for
    paper.

    `image(svg_text, file_name)` stores a picture and returns its address. `anchor` is the id of the section
    ("explorer-NAME", if not given; must be unique on a page). `options` are starting values of settings, as text or of
    their own type. Raises KeyError for an unknown explorer and ValueError for an unknown setting or value.
    """
    explorer = _explorer(name)
    values = base.from_text(explorer.settings(), options)
    words = assets.words(name)
    still = explorer.still(values)
    anchor = anchor or f"explorer-{name}"
    return "\n".join(
        [
            (
                f'<section class="explorer" id="{escape(anchor)}" data-explorer="{name}"'
                f' aria-labelledby="{escape(anchor)}-title">'
            ),
            '<div class="explorer-still">',
            f'<h3 class="explorer-title" id="{escape(anchor)}-title">{escape(words["question"])}</h3>',
            _cue("explorer-predict", words["predict_label"], words["predict"]),
            _figure(name, still, image) if still.picture is not None else "",
            f'<p class="explorer-sentence">{escape(still.sentence)}</p>',
            _folded(still, words) if still.picture is not None else still.body or _scrolled(still, words),
            f'<p class="explorer-source">{escape(still.source)}</p>',
            f'<p class="explorer-more">{escape(still.more)}</p>' if still.more else "",
            still.below,
            _cue("explorer-notice", words["notice_label"], words["notice"]),
            "</div>",
            (
                '<script type="application/json"'
                f' class="explorer-data">{_json({**values, "data": explorer.data(), "words": words})}</script>'
            ),
            "</section>",
        ]
    )


def _explorer(name: str):
    if name not in _EXPLORERS:
        raise KeyError(f"no explorer {name!r}; explorers are {', '.join(_EXPLORERS)}")
    return _EXPLORERS[name]


def _cue(css_class: str, label: str, text: str) -> str:
    return f'<p class="{css_class}"><strong>{escape(label)}</strong> {escape(text)}</p>'


def _figure(name: str, still: base.Still, image: Callable[[str, str], str]) -> str:
    images = []
    for theme in ("light", "dark"):
        picture = figures.draw(name, theme, **still.picture)
        file_name = "-".join(["explorer", name, *still.picture.values(), theme]) + ".svg"
        width, height = picture.size
        images.append(
            f'<img class="only-{theme}" src="{escape(image(picture.svg(), file_name))}" alt="{escape(picture.alt)}"'
            f' width="{width}" height="{height}">'
        )
    return (
        '<figure class="explorer-figure"><figcaption'
        f' class="explorer-picture-title">{escape(picture.title)}</figcaption>{"".join(images)}</figure>'
    )


def _folded(still: base.Still, words: dict) -> str:
    return (
        "<details"
        f' class="explorer-folded"><summary>{escape(words["table_folded"])}</summary>'
        f"{_scrolled(still, words)}</details>"
    )


def _scrolled(still: base.Still, words: dict) -> str:
    kind = "explorer-scroll" if still.picture is not None else "explorer-scroll explorer-words"
    return (
        f'<div class="{kind}" role="region" tabindex="0"'
        f' aria-label="{escape(words["table_region"])}">{_table(still)}</div>'
    )


def _table(still: base.Still) -> str:
    first = next(row for row in still.rows if len(row) > 1)
    head = "".join(_head(column, cell) for column, cell in zip(still.columns, first, strict=True))
    rows = "".join(
        f"<tr>{_row(row)}</tr>" if len(row) > 1 else _group(row[0], len(still.columns)) for row in still.rows
    )
    body = f"<tbody>{rows}</tbody>".replace("<tbody></tbody>", "")
    return (
        "<table"
        f' class="explorer-table"><caption>{escape(still.table_caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>{body}</table>"
    )


def _head(column: str, cell_below: str | int) -> str:
    number = ' class="explorer-number"' if isinstance(cell_below, int) else ""
    return f'<th scope="col"{number}>{escape(column)}</th>'


def _group(title: str, columns: int) -> str:
    return (
        f'</tbody><tbody><tr><th scope="rowgroup" colspan="{columns}" class="explorer-group">{escape(title)}</th></tr>'
    )


def _row(cells: list[str | int | list[base.Link]]) -> str:
    first, *rest = cells
    return f'<th scope="row">{escape(str(first))}</th>' + "".join(_cell(cell) for cell in rest)


def _cell(value: str | int | list[base.Link]) -> str:
    if isinstance(value, int):
        return f'<td class="explorer-number">{value:,}</td>'
    return f"<td>{html.links(value) if isinstance(value, list) else escape(value)}</td>"


def _json(values: dict) -> str:
    """JSON that cannot end the script element it stands in. Keys keep their order: some are the options of a menu."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
