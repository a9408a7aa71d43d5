"""Text of a program as HTML: JupyterLab breaks printed text in the middle of words and numbers, and takes what stands
between dollar signs for a formula."""

from __future__ import annotations

from html import escape


def as_html(text: str) -> str:
    """The text with its lines as they are, broken between words where the screen ends; "$" stays a dollar sign."""
    return f'<div class="mathjax_ignore" style="white-space: pre-wrap">{escape(text)}</div>'
