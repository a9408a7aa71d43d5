"""The book's Sphinx extension: numbers, sources, charts, explorers and blocks in pages, and lean, safe pages around
them.

One concern a module; this file only puts them together.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from section287g.sphinx_ext import (
    blocks,
    changes,
    charts,
    embed,
    explorer,
    folds,
    labs,
    language,
    page,
    policy,
    questions,
    roles,
    search,
    sharing,
    slides,
    usage,
    vintages,
    wide_tables,
)

CONCERNS = (
    language,
    usage,
    vintages,
    roles,
    blocks,
    folds,
    changes,
    charts,
    explorer,
    embed,
    labs,
    questions,
    slides,
    search,
    sharing,
    page,
    wide_tables,
    policy,
)


def setup(app: Sphinx) -> dict:
    for concern in CONCERNS:
        concern.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
