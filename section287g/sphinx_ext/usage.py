"""Which numbers and sources each page uses, kept in Sphinx's environment."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)


@dataclass
class Usage:
    """Numbers and sources of one page, in the order of their first use (dicts used as ordered sets).

    ``cited`` are the sources that its sentences cite, ``behind`` those of its numbers, pictures and listings.
    ``shows`` names what other pages link to: whole collections (numbers, sources, terms) and explorers
    (``explorer-growth``); ``blocks`` are the names of its blocks.
    """

    facts: dict[str, None] = field(default_factory=dict)
    cited: dict[str, None] = field(default_factory=dict)
    behind: dict[str, None] = field(default_factory=dict)
    shows: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)

    @property
    def sources(self) -> dict[str, None]:
        """All its sources, in the order of their numbers: those that are cited first."""
        return self.cited | self.behind


def by_page(env: BuildEnvironment) -> dict[str, Usage]:
    """Usage of every page read so far."""
    if not hasattr(env, "section287g_usage"):
        env.section287g_usage = {}
    return env.section287g_usage


def of_current_page(env: BuildEnvironment) -> Usage:
    """Usage of the page that is being read."""
    return by_page(env).setdefault(env.docname, Usage())


def pages_by(env: BuildEnvironment, kind: str) -> dict[str, list[str]]:
    """Each number or source ("facts" or "sources") of the book -> the pages that use it."""
    found: dict[str, list[str]] = {}
    for docname, used in sorted(by_page(env).items()):
        for name in getattr(used, kind):
            found.setdefault(name, []).append(docname)
    return found


def pages_showing(env: BuildEnvironment, collection: str) -> list[str]:
    """The pages that show a collection or an explorer; the book has one of each, a test's book perhaps none."""
    return sorted(docname for docname, used in by_page(env).items() if collection in used.shows)


def address(builder: Builder, docname: str, collection: str) -> str:
    """Address, as seen from page ``docname``, of the page that shows a collection or an explorer; empty if there is
    none."""
    pages = pages_showing(builder.env, collection)
    # in the printed book, which is one page, the address would end in an anchor of its own
    return builder.get_relative_uri(docname, pages[0]).partition("#")[0] if pages else ""


def view_address(builder: Builder, docname: str, view: str) -> str:
    """Address of a view of an explorer ("NAME?SETTING=VALUE"), as seen from page ``docname``; empty if no page shows
    the explorer."""
    name = view.partition("?")[0]
    if not pages_showing(builder.env, f"explorer-{name}"):
        return ""
    return f"{address(builder, docname, f'explorer-{name}')}#explorer-{view}"


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    by_page(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    by_page(env).update({name: usage for name, usage in by_page(other).items() if name in docnames})


def _check_panels(app: Sphinx, env: BuildEnvironment) -> None:
    for docname, usage in by_page(env).items():
        if (usage.sources or "numbers" in usage.shows) and "sources" not in usage.blocks:
            logger.warning("this page uses sources but has no {sources} panel at its end", location=docname)


def setup(app: Sphinx) -> None:
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-check-consistency", _check_panels)
