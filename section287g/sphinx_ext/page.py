"""What stands around a page's text: only the files it needs, the menu, the dates of the data, the way in.

The theme's own files are dropped; the book's layout (book/_templates/layout.html) asks for what is put here.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from section287g import facts, palette
from section287g.words import _, fill

# Files that Sphinx and its extensions load on every page -> what a page's body must hold to need them, as a pattern.
NEEDED_FOR = {
    "_static/pygments.css": None,  # colours of code follow the book's theme, in book.css
    "_static/basic.css": None,
    "_static/mystnb": None,
    "_static/documentation_options.js": None,  # these three only serve the search page, which names them itself
    "_static/doctools.js": None,
    "_static/sphinx_highlight.js": None,
    "_static/book-notes.js": 'class="(noted |cited")',
    "_static/questions.js": 'class="quiz"',
    "_static/deck.": 'class="slide"',
    "_static/places.": 'class="place ',
    "_static/front.": 'class="place-form',
}
LAYERS = "@layer base, frame, parts, explorers, page, print;\n"  # of the stylesheets: later ones win
VINTAGES = (
    (_("ICE’s own lists to {date}"), "date_newest"),
    (_("a copy of ICE’s list to {date}"), "date_copy"),
    (_("published totals to {date}"), "date_latest_total"),
)


def is_needed(file: str, body: str) -> bool:
    """Whether a page with this body needs the file."""
    for name, mark in NEEDED_FOR.items():
        if file.startswith(name):
            return mark is not None and bool(re.search(mark, body))
    return True


def _slim(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if is_needed(str(getattr(file, "filename", file)), body)]


def _menu(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """The table of contents as menu; captions lose a role that lacks its level, the open page is marked for those who
    listen too."""

    def menu() -> str:
        contents = context["toctree"](collapse=False, maxdepth=1, titles_only=True, includehidden=True) or ""
        return contents.replace(' role="heading"', "").replace(
            '<a class="current ', '<a aria-current="page" class="current '
        )

    context["menu"] = menu
    context["data_dates"] = [fill(label, date=facts.get(name).text) for label, name in VINTAGES]


def _name_permalinks(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """The sign "#" behind a heading says nothing when it is read aloud; the words that Sphinx keeps for the mouse
    do."""
    if "body" in context:
        context["body"] = re.sub(
            r'(<a class="headerlink" [^>]*title="([^"]*)")>', r'\1 aria-label="\2">', context["body"]
        )


def _write_palette(app: Sphinx) -> None:
    if app.builder.format == "html":
        path = Path(app.outdir) / "_static" / "palette.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LAYERS + palette.css_variables(), encoding="utf-8", newline="\n")


def _entry(app: Sphinx):
    """``index.html`` leads to the book's first page."""
    if app.builder.name == "html" and app.config.root_doc != "index":
        yield "index", {"target": app.builder.get_target_uri(app.config.root_doc)}, "redirect.html"


def setup(app: Sphinx) -> None:
    app.add_config_value(
        "comments_config", {}, "html"
    )  # Jupyter Book sets it for an extension that the book leaves out
    app.add_css_file("palette.css", priority=100)
    app.connect("builder-inited", _write_palette)
    app.connect("html-collect-pages", _entry)
    app.connect("html-page-context", _menu)
    app.connect("html-page-context", _name_permalinks)
    app.connect("html-page-context", _slim, priority=800)
