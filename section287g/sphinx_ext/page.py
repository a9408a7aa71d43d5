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
    "_static/translations.js": None,  # words of Sphinx's own scripts; ours stand in the pages
    "_static/book-notes.js": 'class="(noted |cited")',
    "_static/book-stops.js": 'class="(noted |cited")|data-one-stop=',
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


# A heading and, at its end, the sign "#" that leads to it.
HEADING = re.compile(
    r'(<h([1-6])\b[^>]*>(?:(?!</h\2>).)*?)(<a class="headerlink" [^>]*?)title="([^"]*)">#</a></h\2>', re.DOTALL
)
SUMMARY = re.compile(r"(<summary\b[^>]*>)(.*?)(</summary>)", re.DOTALL)


def plain_headings(body: str) -> str:
    """The body with the link to a heading behind the heading, so that its name is its words. The contents of the page
    hold the same links, so this one is for the mouse and no stop of the Tab key. The title of the page needs none."""
    link = r'<div class="heading">\1</h\2>\3aria-label="\4" tabindex="-1">#</a></div>'
    return HEADING.sub(lambda found: f"{found[1]}</h1>" if found[2] == "1" else found.expand(link), body)


# A link into an explorer of the same page, and that explorer.
VIEW = re.compile(r'href="#((explorer-\w+)\?[^"]*)"')


def views_in_reach(body: str) -> str:
    """The body with a place for each view of an explorer that a link of the page leads to, so that the link finds the
    explorer without scripts too."""
    places: dict[str, list[str]] = {}
    for view, explorer in dict.fromkeys(VIEW.findall(body)):
        places.setdefault(explorer, []).append(f'<span id="{view}"></span>')
    for explorer, spans in places.items():
        section = f'<section class="explorer" id="{explorer}"'
        body = body.replace(section, "".join([*spans, section]), 1)
    return body


def _in_valid_html(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Headings without their links, no paragraphs in the titles of folded cells, links that lead somewhere."""
    if "body" in context:
        context["body"] = views_in_reach(SUMMARY.sub(_without_paragraphs, plain_headings(context["body"])))


def _without_paragraphs(summary: re.Match) -> str:
    return summary[1] + re.sub(r"(</?)p\b", r"\1span", summary[2]) + summary[3]


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
    app.connect("html-page-context", _in_valid_html)
    app.connect("html-page-context", _slim, priority=800)
