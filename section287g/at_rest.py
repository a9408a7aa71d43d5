"""What stands for a live widget where no Python is running: in a notebook that was saved and opened again, or was made
into a web page."""

from __future__ import annotations

from html import escape

from section287g.words import _

RUN = _("Run this cell (Shift + Enter): what is shown here works only while Python is running.")


def forms(html: str) -> dict[str, str]:
    """The forms of an output that are shown in the place of its widget: words, and what the widget showed as HTML."""
    return {"text/plain": RUN, "text/html": f"<p><em>{escape(RUN)}</em></p>{html}"}
