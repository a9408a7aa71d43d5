"""Directive ``{explorer} NAME``: an explorer with its data and its static view; options are starting values."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from section287g import places
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.charts import AnyOption
from section287g.sphinx_ext.errors import PageError

FOLDER = "explorers"  # in the book's _static


class explorer(nodes.General, nodes.Element):
    """Attributes ``explorer`` (its name), ``values`` (id of its section and starting values, as text)."""


class ExplorerDirective(SphinxDirective):
    required_arguments = 1
    option_spec = AnyOption()

    def run(self) -> list[nodes.Node]:
        from section287g import explorers

        name = self.arguments[0]
        try:
            source_keys = explorers.source_keys(name)
        except (KeyError, ValueError) as error:
            raise PageError(self.env, self.env.docname, self.lineno, f"explorer {name!r}: {error.args[0]}") from None
        used = usage.of_current_page(self.env)
        used.behind.update(dict.fromkeys(source_keys))
        used.shows.add(f"explorer-{name}")
        values = {"anchor": f"explorer-{name}", **self.options}  # a heading of the page may have the name as its id
        return [explorer(explorer=name, values=values, line=self.lineno)]


def _visit_html(translator, node: explorer) -> None:
    builder, page = translator.builder, translator.builder.current_docname
    try:
        translator.body.append(html_of(builder, page, node["explorer"], node["values"]))
    except ValueError as error:
        message = f"explorer {node['explorer']!r}: {error}"
        raise PageError(builder.env, page, node["line"], message) from None
    raise nodes.SkipNode


def html_of(builder: Builder, page: str, name: str, values: dict[str, str]) -> str:
    """An explorer as it stands in a page of the book, its pictures written beside the others.

    Raises ValueError for an unknown starting value.
    """
    from section287g import explorers

    def image(svg: str, file: str) -> str:
        _write(Path(builder.outdir) / "_images" / file, svg)
        return f"{relative_uri(builder.get_target_uri(page), '_images')}/{file}"

    return _linked(explorers.static_html(name, image=image, **values), builder, page)


def _linked(html: str, builder: Builder, page: str) -> str:
    """The rows of a table that bear the name of a state, D.C. or a territory lead to its page, if the book has such
    pages."""
    if not usage.pages_showing(builder.env, "places"):
        return html
    for state, name in places.names().items():
        address = builder.get_relative_uri(page, places.page(state))
        html = html.replace(f'<th scope="row">{name}</th>', f'<th scope="row"><a href="{address}">{name}</a></th>')
    return html


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _add_assets(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Load an explorer's scripts and styles on the pages that show it, and only there."""
    names = list(dict.fromkeys(node["explorer"] for node in doctree.findall(explorer))) if doctree else []
    if not names:
        return
    from section287g import explorers

    static = Path(app.outdir) / "_static" / FOLDER
    for name in names:
        for file, text in explorers.styles(name).items():
            _write(static / file, f"@layer explorers {{\n{text}}}\n")
            app.add_css_file(f"{FOLDER}/{file}")
        for file, text in explorers.scripts(name).items():
            _write(static / file, text)
            app.add_js_file(f"{FOLDER}/{file}", loading_method="defer")


def setup(app: Sphinx) -> None:
    app.add_node(explorer, html=(_visit_html, None))
    app.add_directive("explorer", ExplorerDirective)
    app.connect("html-page-context", _add_assets)
