"""Small helpers for the notebooks: checks of exercises, pictures with alternative text, controls that become a picture
in the book.

Each lab is a notebook, ``notebooks/NN-name.ipynb``, as learners open it. Its solutions stand in ``solutions/``, and
``copies`` makes the instructors' copy with them. The checks of each lab have a module of their own here.
"""

from __future__ import annotations

from section287g.labs.checking import CHECKS, check
from section287g.labs.screen import (
    ask,
    controls,
    date_axis,
    explorer,
    in_book,
    link,
    progress,
    show,
    switch,
    use_house_style,
)
from section287g.labs.verdict import Verdict
from section287g.labs.words import label

__all__ = [
    "CHECKS",
    "Verdict",
    "ask",
    "check",
    "controls",
    "date_axis",
    "explorer",
    "in_book",
    "label",
    "link",
    "progress",
    "show",
    "switch",
    "use_house_style",
]
