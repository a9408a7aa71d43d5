"""Straight quotation marks and three dots of a table as a printer would set them."""

from __future__ import annotations

from docutils.utils.smartquotes import smartyPants


def typographic(text: str) -> str:
    """`text` with curly quotation marks and apostrophes, and with an ellipsis for three dots."""
    return smartyPants(text, "qe")


def set_in_type(content):
    """`content` (texts in dicts, lists and tuples, at any depth) with every text typographic; keys and addresses
    stay."""
    if isinstance(content, str):
        return content if content.startswith(("https:", "http:")) else typographic(content)
    if isinstance(content, dict):
        return {key: set_in_type(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [set_in_type(value) for value in content]
    return content
