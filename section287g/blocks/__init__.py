"""Blocks of pages that are made from the tables: listings, tables, panels. Each is a function and a template
(book/_templates/blocks).

They are tested without building a book; ``section287g.sphinx_ext.blocks`` puts them into pages.
"""

from section287g.blocks import evidence, front, places, reference, sources, teaching
from section287g.blocks.registry import BLOCKS, Block, Page, render

__all__ = ["BLOCKS", "Block", "Page", "evidence", "front", "places", "reference", "render", "sources", "teaching"]
