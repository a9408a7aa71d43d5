"""The error that stops a build because of a mistake in a page."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError


class PageError(SphinxError):
    """A mistake in a page: its message begins with the page's file and the line."""

    category = "Error in a page"

    def __init__(self, env: BuildEnvironment, docname: str, line: int | None, message: str):
        file = env.doc2path(docname, base=False)
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
