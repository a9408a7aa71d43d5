"""Explorers: one ipywidget each for JupyterLab, and the same module with its data inside a page of the book.

`Growth` and the other classes are live widgets. `static_html`, `scripts`, `stylesheet` and `source_keys` are for the book, which
never creates a widget: a widget would write its whole state into the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from section287g import figures
from section287g.explorers import assets, base
from section287g.explorers.assets import scripts, stylesheet
from section287g.explorers.growth import widget as growth
from section287g.explorers.growth.widget import Growth

__all__ = ["Growth", "names", "scripts", "source_keys", "static_html", "stylesheet"]

_EXPLORERS = {"growth": growth}


def names() -> list[str]:
    """Names of all explorers."""
    return list(_EXPLORERS)


def source_keys(name: str) -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return _explorer(name).source_keys()


def static_html(name: str, image: Callable[[str, str], str], anchor: str | None = None, **options: str | bool) -> str:
    """The explorer as it stands in a page: data for the scripts, and the view for readers without scripts and for paper.

    `image(svg_text, file_name)` stores a picture and returns its address. `anchor` is the id of the section ("explorer-NAME", if
    not given; must be unique on a page). `options` are starting values of settings, as text or of their own type.
    Raises KeyError for an unknown explorer and ValueError for an unknown setting or value.
    """
    explorer = _explorer(name)
    values = base.from_text(explorer.settings(), options)
    words = assets.words(name)
    still = explorer.still(values)
    anchor = anchor or f"explorer-{name}"
    return "\n".join(
        [
            f'<section class="explorer" id="{escape(anchor)}" data-explorer="{name}" aria-labelledby="{escape(anchor)}-title">',
            '<div class="explorer-still">',
            f'<h3 class="explorer-title" id="{escape(anchor)}-title">{escape(words["question"])}</h3>',
            _cue("explorer-predict", words["predict_label"], words["predict"]),
            _figure(name, still, image),
            f'<p class="explorer-sentence">{escape(still.sentence)}</p>',
            f'<details class="explorer-folded"><summary>{escape(words["table_folded"])}</summary>',
            f'<div class="explorer-scroll" role="region" tabindex="0" aria-label="{escape(words["table_region"])}">{_table(still)}</div></details>',
            f'<p class="explorer-source">{escape(still.source)}</p>',
            _cue("explorer-notice", words["notice_label"], words["notice"]),
            "</div>",
            f'<script type="application/json" class="explorer-data">{_json({**values, "data": explorer.data(), "words": words})}</script>',
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
        svg = picture.svg()
        file_name = "-".join(["explorer", name, *still.picture.values(), theme]) + ".svg"
        width, height = _size(svg)
        images.append(
            f'<img class="only-{theme}" src="{escape(image(svg, file_name))}" alt="{escape(picture.alt)}" width="{width}" height="{height}">'
        )
    return f'<figure class="explorer-figure"><figcaption class="explorer-picture-title">{escape(picture.title)}</figcaption>{"".join(images)}</figure>'


def _size(svg: str) -> tuple[int, int]:
    """Width and height in pixels, so that the page keeps room before the picture has loaded."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return round(float(box[1]) * 4 / 3), round(float(box[2]) * 4 / 3)


def _table(still: base.Still) -> str:
    head = "".join(_head(column, cell) for column, cell in zip(still.columns, still.rows[0], strict=True))
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in still.rows)
    return f'<table class="explorer-table"><caption>{escape(still.table_caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _head(column: str, cell_below: str | int) -> str:
    number = ' class="explorer-number"' if isinstance(cell_below, int) else ""
    return f'<th scope="col"{number}>{escape(column)}</th>'


def _row(cells: list[str | int]) -> str:
    first, *rest = cells
    return f'<th scope="row">{escape(str(first))}</th>' + "".join(_cell(cell) for cell in rest)


def _cell(value: str | int) -> str:
    return f'<td class="explorer-number">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


def _json(values: dict) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
