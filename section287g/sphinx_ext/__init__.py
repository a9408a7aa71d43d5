"""The book's Sphinx extension: numbers, sources, charts and explorers in pages, and lean, safe pages around them.

One concern a module; this file only puts them together.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from section287g.sphinx_ext import (
    balance,
    bibliography,
    changes,
    charts,
    claims,
    classroom,
    dictionary,
    explorer,
    facts,
    freshness,
    glossary,
    handouts,
    labs,
    numbers,
    page,
    policy,
    polls,
    popovers,
    questions,
    slides,
    sources,
    teaching,
    unverified,
    usage,
    views,
    vintages,
    wide_tables,
)

CONCERNS = (
    usage,
    vintages,
    popovers,
    facts,
    glossary,
    sources,
    bibliography,
    balance,
    numbers,
    unverified,
    changes,
    claims,
    charts,
    explorer,
    labs,
    questions,
    handouts,
    teaching,
    classroom,
    slides,
    views,
    dictionary,
    polls,
    freshness,
    page,
    wide_tables,
    policy,
)


def setup(app: Sphinx) -> dict:
    for concern in CONCERNS:
        concern.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
