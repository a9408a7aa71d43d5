"""Text and links as HTML, for what stands in a page without scripts."""

from __future__ import annotations

from html import escape

from section287g.explorers.base import Link


def region(css_class: str, label: str, content: str) -> str:
    """HTML in a box that a keyboard can scroll."""
    return f'<div class="{css_class}" role="region" tabindex="0" aria-label="{escape(label)}">{content}</div>'


def links(documents: list[Link]) -> str:
    """Documents as links, separated by semicolons; an address other than http or https leaves only the name."""
    return "; ".join(_link(document) for document in documents)


def _link(document: Link) -> str:
    if not document.url.startswith(("https://", "http://")):
        return escape(document.text)
    return f'<a href="{escape(document.url)}" rel="noreferrer">{escape(document.text)}</a>'
