"""How a block is registered: a function that prepares, and a template of the same name that draws. Nothing here knows
Sphinx."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from section287g import words
from section287g.blocks import markup
from section287g.programs import ROOT

TEMPLATES = ROOT / "book" / "_templates"
LISTS = "book-lists.js"  # script of long lists whose parts are folded
BLOCKS: dict[str, Block] = {}


class Page(Protocol):
    """The page that a block stands on, as far as a block may ask. Addresses are as seen from this page."""

    facts: Iterable[str]  # names of the numbers on this page
    sources: Iterable[str]  # keys of the sources of this page
    shows: set[str]  # the collections that stand on this page
    facts_of_book: dict[str, list[str]]  # name of each number -> the pages that use it
    sources_of_book: dict[str, list[str]]  # key of each source -> the pages that cite it

    def showing(self, collection: str) -> str:
        """Address of the page that shows a collection ("sources", "terms", "explorer-growth"); "" if it is this one, or
        none."""

    def address(self, name: str) -> str:
        """Address of a page by its name. Raises ValueError if there is none."""

    def title(self, name: str) -> str:
        """Title of a page by its name. Raises ValueError if there is none."""

    def title_showing(self, collection: str) -> str:
        """Title of the page that shows a collection. Raises ValueError if there is none."""

    def view(self, view: str) -> str:
        """Address of a view of an explorer, written "NAME?SETTING=VALUE"; "" if no page shows the explorer."""

    def download(self, path: str, content: bytes) -> str:
        """Put a file beside the pages for readers to download; its address."""


@dataclass(frozen=True)
class Block:
    """A block: ``prepare(page, *arguments)`` gives what its template shows.

    ``sources(*arguments)`` are the keys of the sources that it uses, ``shows(*arguments)`` what other pages link to on
    it. ``of_book`` means that it changes with other pages; ``script`` is a file of book/_static that it needs.
    """

    prepare: Callable[..., dict]
    sources: Callable[..., Iterable[str]]
    shows: Callable[..., Iterable[str]]
    of_book: bool
    script: str


def block(
    name: str,
    *,
    sources: Callable[..., Iterable[str]] = lambda *arguments: (),
    shows: Callable[..., Iterable[str]] = lambda *arguments: (),
    of_book: bool = False,
    script: str = "",
) -> Callable[[Callable[..., dict]], Callable[..., dict]]:
    """Register a function as the block ``name``, which pages show by the directive of that name."""

    def register(prepare: Callable[..., dict]) -> Callable[..., dict]:
        BLOCKS[name] = Block(prepare, sources, shows, of_book, script)
        return prepare

    return register


def render(name: str, page: Page, *arguments: str) -> Markup:
    """A block as HTML. Raises KeyError or ValueError for arguments that it does not know."""
    return Markup(_templates().get_template(f"blocks/{name}.html").render(BLOCKS[name].prepare(page, *arguments)))


def page(template: str, **values: object) -> str:
    """A whole page that stands outside of the book, as HTML."""
    return _templates().get_template(template).render(values)


def table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table whose first cell of each row is its header; columns of numbers are set right."""
    return Markup(_macros().table(caption, header, rows))


def fold(summary: str, content: Markup, classes: str = "") -> Markup:
    """A folded box; the print stylesheet opens it."""
    return Markup(_macros().fold(summary, classes, caller=lambda: content))


def _macros():
    return _templates().get_template("blocks/macros.html").module


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True  # as the messages are collected
    environment.install_gettext_callables(words._, words.ngettext, newstyle=True, pgettext=words.pgettext)
    for helper in (
        markup.cite,
        markup.full_source,
        markup.number_columns,
        markup.sentence,
        markup.set_words,
        markup.slug,
        markup.source_anchor,
        markup.term,
        markup.written_date,
        words.full_stop,
        words.number,
    ):
        environment.filters[helper.__name__] = helper
    return environment
