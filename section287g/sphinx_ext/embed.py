"""A page for each explorer by itself, ``embed/NAME.html``, to be shown in a frame of another site."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.application import Sphinx

from section287g.sphinx_ext import explorer, usage

FOLDER = "embed"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """(page, what the template asks for, template) for each explorer that the book shows."""
    if app.builder.name != "html" or not usage.pages_showing(app.env, "places"):
        return  # a book without places, as tests make, is shown in no frame
    from section287g import explorers

    for name in explorers.names():
        if pages := usage.pages_showing(app.env, f"explorer-{name}"):
            page = f"{FOLDER}/{name}"
            styles = ["palette.css", "book.css", *(f"{explorer.FOLDER}/{file}" for file in explorers.styles(name))]
            words = explorers.assets.words(name)
            context = {
                "title": words["question"],
                "label": words["explorer_label"],
                "explorer": explorer.html_of(app.builder, page, name, {}),
                "scripts": [f"_static/{explorer.FOLDER}/{file}" for file in explorers.scripts(name)],
                "styles": [f"_static/{file}" for file in [*styles, "embed.css"]],
                "book_page": app.builder.get_relative_uri(page, pages[0]),
            }
            yield page, context, "embed.html"


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", _pages)
