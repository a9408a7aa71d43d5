"""Small helpers for the notebooks: checks of exercises, pictures with alternative text, controls that become a picture
in the book.

Each lab has one source, ``notebooks/NN-name.ipynb``: the students' copy, with the solution of an exercise in the
metadata of its cell. ``copies`` makes the instructors' copy of it. The checks of each lab have a module of their own
here.
"""

from __future__ import annotations

from section287g.labs.checking import CHECKS, check
from section287g.labs.screen import (
    ask,
    controls,
    explorer,
    in_book,
    link,
    show,
    switch,
    use_house_style,
)
from section287g.labs.verdict import Verdict

__all__ = [
    "CHECKS",
    "Verdict",
    "ask",
    "check",
    "controls",
    "explorer",
    "in_book",
    "link",
    "show",
    "switch",
    "use_house_style",
]
