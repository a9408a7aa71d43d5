"""What a page says of itself where a link to it is shared: title, description and picture (OpenGraph).

The addresses of pictures are absolute if ``html_baseurl`` is set, which most services ask for, else relative.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from section287g import building, counts, places, words
from section287g.facts import written_day
from section287g.places import answers
from section287g.search import excerpt
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.slides import is_deck
from section287g.words import _, fill

LONGEST = 200  # characters of a description


def _share(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if app.builder.name != "html" or not usage.pages_showing(app.env, "places"):
        return  # a book without places, as tests make, is not shared
    from section287g.figures import sharing

    root = app.config.root_doc
    of_page = doctree is not None and pagename != root
    name, document = (pagename, doctree) if of_page else (root, doctree or app.env.get_doctree(root))
    title = Markup(context["title"] if of_page else context["docstitle"]).striptags()
    shows = usage.by_page(app.env)[name].shows
    state = next((shown.removeprefix("place-") for shown in shows if shown.startswith("place-")), "")
    said, line, label = _of_place(state) if state else ("", _everywhere(), _label())
    file = f"{building.SHARED}/{name.replace('/', '-')}.png"
    path = Path(app.outdir, file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sharing.card(context["docstitle"] if of_page else "", title, said, line, label))
    own_folder = building.folder_of(words.language(), Path(app.srcdir))
    context["shared"] = {
        "title": title,
        "description": said or _description(document, title),
        "type": "article" if of_page else "website",
        "image": address(app.config.html_baseurl, own_folder + file) or context["pathto"](file, 1),
        "url": address(app.config.html_baseurl, own_folder + app.builder.get_target_uri(name)),
        "alt": ". ".join(filter(None, [title, label])),
        "width": sharing.WIDTH,
        "height": sharing.HEIGHT,
    }


def address(base: str, path: str) -> str:
    """Where a file of the book stands on the web, "" if it is not known where the book does."""
    return f"{base.rstrip('/')}/{path}" if base else ""


def _description(document: nodes.document, title: str) -> str:
    """The question of a page, else its first paragraph; of slides, what they are."""
    if is_deck(document):
        return fill(_("Slides with notes for the speaker, minute by minute: {title}."), title=title)
    boxes = (box for box in document.findall(nodes.admonition) if "question" in box["classes"])
    paragraph = next(boxes, document).next_node(nodes.paragraph)
    return excerpt(paragraph.astext(), LONGEST) if paragraph else ""


def _of_place(state: str) -> tuple[str, pd.Series, str]:
    """The answer for a place, its agreements by day since January 2025, and what they are; none where it had none."""
    line = _own(places.line(state))
    if not line.any():
        return answers.of_state(state), line[:0], ""
    first = written_day(places.SURGE)
    label = fill(_("Agreements in {place} on ICE’s own lists since {first}"), place=places.names()[state], first=first)
    return answers.of_state(state), line, label


@cache
def _everywhere() -> pd.Series:
    return _own(counts.over_time())


def _own(counted: pd.DataFrame) -> pd.Series:
    """The agreements on ICE's own lists, the last of each day."""
    own = counted[counted["kind"] != "transcript"]
    return own.set_index("date")["agreements"].groupby(level=0).last()


def _label() -> str:
    first, last = (written_day(day) for day in _everywhere().index[[0, -1]])
    return fill(_("Agreements on ICE’s own lists, {first} to {last}"), first=first, last=last)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _share)
