"""Explorers: one ipywidget each for JupyterLab, and the same module with its data inside a page of the book.

Each stands in a folder of its name with a `spec.json` (see `spec`), `strings.json`, `widget.js` and `widget.py`; the
last has `settings()`, `data()`, `source_keys()` and `still(values)`. `Growth` and the other classes, made on demand,
are live widgets. `static_html`, `scripts`, `styles` and `source_keys` are for the book, which never creates a
widget: a widget would write its whole state into the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from html import escape
from importlib import import_module
from types import ModuleType

from section287g import figures
from section287g.explorers import assets, base, html, shown
from section287g.explorers.assets import scripts, styles

__all__ = ["names", "scripts", "settings", "source_keys", "static_html", "styles", "view"]


@cache
def names() -> list[str]:
    """Names of all explorers: the folders here that hold a `spec.json`."""
    return sorted(path.parent.name for path in assets.FOLDER.glob("*/spec.json"))


def __getattr__(name: str) -> type[base.Explorer]:
    """The live widget of an explorer, `Growth` for `growth`."""
    if name.lower() not in names() or name != name.capitalize():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _live(name.lower())


def __dir__() -> list[str]:
    return [*__all__, *(name.capitalize() for name in names())]


@cache
def _live(name: str) -> type[base.Explorer]:
    return base.live(name, _explorer(name))


def settings(name: str) -> dict[str, base.Setting | base.Number]:
    """The settings of an explorer, in the order of its controls."""
    return _explorer(name).settings()


def view(name: str, **values: str | bool) -> str:
    """What stands in a notebook for an explorer with these starting values, as HTML: its picture, or its sentence if it
    has none."""
    start = {setting: about.default for setting, about in settings(name).items()}
    return base.view(_explorer(name), {**start, **values})


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
    words, data = assets.words(name), explorer.data()
    question = base.say(words["guess"]["question"], **data.get("guess", {}))
    still = explorer.still(values)
    anchor = anchor or f"explorer-{name}"
    seen = "\n".join(
        [
            '<div class="explorer-still">',
            f'<h3 class="explorer-title">{escape(words["question"])}</h3>',
            _cue("explorer-predict", words["predict_label"], question),
            f'<p class="explorer-write">{escape(words["guess_on_paper"])}</p>' if "guess" in data else "",
            _figure(name, still, image) if still.picture is not None else "",
            f'<p class="explorer-sentence">{escape(still.sentence)}</p>',
            _folded(still, words) if still.picture is not None else still.body or _scrolled(still, words),
            f'<p class="explorer-source">{escape(still.source)}</p>',
            f'<p class="explorer-more">{escape(still.more)}</p>' if still.more else "",
            still.below,
            _cue("explorer-notice", words["notice_label"], words["notice"]),
            "</div>",
        ]
    )
    sent = _json({**values, **shown.without({"data": data, "words": words}, seen)})
    return "\n".join(
        [
            f'<section class="explorer" id="{escape(anchor)}" data-explorer="{name}">',
            seen,
            f'<script type="application/json" class="explorer-data">{sent}</script>',
            "</section>",
        ]
    )


def _explorer(name: str) -> ModuleType:
    if name not in names():
        raise KeyError(f"no explorer {name!r}; explorers are {', '.join(names())}")
    if lacking := assets.lacking(name):
        raise ValueError(f"section287g/explorers/{name}/strings.json lacks {', '.join(lacking)}")
    return import_module(f"{__name__}.{name}.widget")


def _cue(css_class: str, label: str, text: str) -> str:
    return f'<p class="{css_class}"><strong>{escape(label)}</strong> {escape(text)}</p>'


def _figure(name: str, still: base.Still, image: Callable[[str, str], str]) -> str:
    """The picture in both themes. A page asks only for what it shows: no other theme, and none behind what is alive."""
    images = []
    for theme in ("light", "dark"):
        picture = figures.draw(name, theme, **still.picture)
        file_name = "-".join(["explorer", name, *still.picture.values(), theme]) + ".svg"
        width, height = picture.size
        images.append(
            f'<img class="only-{theme}" src="{escape(image(picture.svg(), file_name))}" loading="lazy"'
            f' alt="{escape(picture.alt)}" width="{width}" height="{height}">'
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
    return html.region(kind, words["table_region"], _table(still))


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
