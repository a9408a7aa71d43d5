"""Every block of ``section287g.blocks`` as a directive of the same name: one directive, one node, filled when all pages
have been read."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from section287g import blocks
from section287g.handouts import lessons
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError

MOST_ARGUMENTS = 99
PRINTS = "book/teach/printables"  # the page that holds the files of all lessons


class block(nodes.General, nodes.Element):
    """Place of a block; attributes ``block`` (its name), ``arguments`` and ``line``."""


class BlockDirective(SphinxDirective):
    optional_arguments = MOST_ARGUMENTS

    def run(self) -> list[nodes.Node]:
        found = blocks.BLOCKS[self.name]
        used = usage.of_current_page(self.env)
        try:
            used.behind.update(dict.fromkeys(found.sources(*self.arguments)))
            used.shows.update(found.shows(*self.arguments))
        except (KeyError, TypeError, ValueError) as error:
            raise PageError(self.env, self.env.docname, self.lineno, str(error.args[0])) from None
        used.blocks.add(self.name)
        return [block(block=self.name, arguments=self.arguments, line=self.lineno)]


class BookPage:
    """The page ``name`` as blocks see it (blocks.Page)."""

    def __init__(self, app: Sphinx, name: str):
        self._builder, self._env, self.name = app.builder, app.env, name
        used = usage.by_page(app.env).get(name, usage.Usage())
        self.facts, self.sources, self.shows = used.facts, used.sources, used.shows

    @cached_property
    def facts_of_book(self) -> dict[str, list[str]]:
        return usage.pages_by(self._env, "facts")

    @cached_property
    def sources_of_book(self) -> dict[str, list[str]]:
        return usage.pages_by(self._env, "sources")

    def showing(self, collection: str) -> str:
        return usage.address(self._builder, self.name, collection)

    def title_showing(self, collection: str) -> str:
        pages = usage.pages_showing(self._env, collection)
        if not pages:
            raise ValueError(f"no page shows {collection!r}")
        return self.title(pages[0])

    def address(self, name: str) -> str:
        self.title(name)  # refuses a page that does not exist
        return self._builder.get_relative_uri(self.name, name)

    def title(self, name: str) -> str:
        if name not in self._env.titles:
            raise ValueError(f"no page {name!r}")
        return self._env.titles[name].astext()

    def view(self, view: str) -> str:
        return usage.view_address(self._builder, self.name, view)

    def download(self, path: str, content: bytes) -> str:
        file = Path(self._builder.outdir, "_downloads", path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return relative_uri(self._builder.get_target_uri(self.name), f"_downloads/{path}")


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    page = BookPage(app, docname)
    for place in list(doctree.findall(block)):
        try:
            html = blocks.render(place["block"], page, *place["arguments"])
        except (KeyError, TypeError, ValueError) as error:
            raise PageError(app.env, docname, place["line"], str(error.args[0])) from None
        place.replace_self(nodes.raw("", str(html), format="html"))


def _scripts(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Load what the page's blocks need, and only there."""
    names = usage.by_page(app.env).get(pagename, usage.Usage()).blocks
    for script in sorted({blocks.BLOCKS[name].script for name in names} - {""}):
        app.add_js_file(script, loading_method="defer")


def _begin_prints(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    """Let the files of the lessons be made while the pages are read."""
    if PRINTS in names:
        lessons.begin()


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages with blocks that change with other pages are written in every build."""
    pages = usage.by_page(env).items()
    return sorted(page for page, used in pages if any(blocks.BLOCKS[name].of_book for name in used.blocks))


def setup(app: Sphinx) -> None:
    app.add_node(block)
    for name in blocks.BLOCKS:
        app.add_directive(name, BlockDirective)
    app.connect("env-before-read-docs", _begin_prints)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _write_again)
    app.connect("html-page-context", _scripts)
