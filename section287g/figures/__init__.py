"""Every matplotlib picture of the book: one house style, a finding as title, alternative text in words, a table twin.

``draw(name, theme)`` returns a Picture. Titles and alternative texts are sentences filled from the same numbers that
are drawn, so that they cannot go stale. Pictures are 480 CSS pixels wide with text of 13 pixels, so that on a phone of
340 pixels text is still 9 pixels high. One module for each part of the book; ``style`` is shared.
"""

from __future__ import annotations

from dataclasses import replace

import matplotlib

from section287g.figures import debate, history, incentives, models, places, states, surge
from section287g.figures.style import THEMES, Picture, image, settings, svg_text

__all__ = ["Picture", "draw", "image", "names", "settings", "svg_text"]

_DRAWERS = {
    **debate.DRAWERS,
    **history.DRAWERS,
    **incentives.DRAWERS,
    **models.DRAWERS,
    **places.DRAWERS,
    **states.DRAWERS,
    **surge.DRAWERS,
}


def names() -> list[str]:
    """Names of all pictures."""
    return list(_DRAWERS)


def draw(name: str, theme: str = "light", **options: str) -> Picture:
    """The picture called ``name`` in the ``light`` or ``dark`` theme; ``options`` are those of the picture (``growth``:
    state, unit).

    Raises KeyError with the known names for an unknown picture or theme.
    """
    if name not in _DRAWERS:
        raise KeyError(f"no picture {name!r}; pictures are {', '.join(_DRAWERS)}")
    if theme not in THEMES:
        raise KeyError(f"no theme {theme!r}; themes are {', '.join(THEMES)}")
    colours = THEMES[theme]
    with matplotlib.rc_context(settings(theme)):
        return replace(_DRAWERS[name](colours, **options), surface=colours["surface"])
