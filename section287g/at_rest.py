"""What stands for a live widget where no Python is running: in a notebook that was saved and opened again, or was made
into a web page.

JupyterLab then says that the widget's model was not found. So a picture or words are shown before each widget, and a
style hides them while the widget lives, and what stands for the widget while it does not.
"""

from __future__ import annotations

from html import escape

import ipywidgets
from IPython.display import HTML, display

from section287g.words import _

RUN = _("Run this cell (Shift + Enter): what is shown here works only while Python is running.")
LIVE = ".jp-OutputArea-output > .lm-Widget"  # how JupyterLab names what holds a widget that it found
STYLE = (
    f"<style>.jp-OutputArea-child:has(.at-rest):has(+ .jp-OutputArea-child {LIVE}),"
    f".jp-OutputArea-child:has(.at-rest) + .jp-OutputArea-child:not(:has({LIVE})) {{ display: none }}</style>"
)


def show(widget: ipywidgets.DOMWidget, html: str) -> None:
    """Show a widget, and ``html`` with the word how to bring it to life where no Python is running."""
    display(HTML(f'{STYLE}<div class="at-rest"><p><em>{escape(RUN)}</em></p>{html}</div>'))
    shown = widget._repr_mimebundle_()
    data, metadata = shown if isinstance(shown, tuple) else (shown, {})
    display({**data, "text/plain": RUN}, metadata=metadata, raw=True)
