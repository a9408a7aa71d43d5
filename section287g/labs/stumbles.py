"""What Python says when a learner's cell stops: first one sentence that says what to do, then the lines of the
learner's own cells, without those of the libraries, and the error as Python words it."""

from __future__ import annotations

import re
from types import EllipsisType

from IPython import get_ipython

from section287g.words import _, fill

COLORS = re.compile(r"\x1b\[[\d;]*m")
OWN = ("Cell In[", "<ipython-input-")  # how a line of the learner's own cells begins
CAUSED = "direct cause"  # what stands before a line that says so happened inside of a library


def explained(error: BaseException) -> str:
    """What a learner can do about an error, in one or two sentences."""
    said = str(error)
    if isinstance(error, IndentationError):
        return _("Lines inside of a function begin with four spaces, all of them alike.")
    if isinstance(error, SyntaxError):
        return _(
            "Python cannot read this line. Is a quotation mark, a bracket or a comma missing, or does = stand where =="
            " compares?"
        )
    if isinstance(error, NameError):
        return fill(
            _(
                "Python does not know {name}. Look at its spelling, and run the cells above it once more, from the top."
                " If it is a text and not a name, it needs quotation marks."
            ),
            name=error.name,
        )
    if isinstance(error, KeyError):
        return fill(
            _("There is no {key} in this table. Is it spelled as in the table? .columns names a table's columns."),
            key=said,
        )
    if isinstance(error, AttributeError) and not isinstance(error.obj, EllipsisType):
        return fill(_("What stands before the dot has no {name}. Look at the spelling on both sides."), name=error.name)
    if "ellipsis" in said:
        return _("The three dots of an exercise are still there. Put your answer in their place first.")
    if "not callable" in said:
        return _("Round brackets are for functions. A column of a table is named in square brackets.")
    if "truth value" in said or re.search(r"'rand_'|'ror_'|for [&|]: ", said):
        return _("Two conditions are joined by & or |, and each of them needs round brackets of its own.")
    if "unsupported operand" in said:
        return _(
            "These two cannot be combined: one of them is a text, or a whole row. A name in square brackets takes one"
            " number out of a row."
        )
    if isinstance(error, IndexError):
        return _("There is no such row: nothing was left to choose from. Look at the line before, or at the day.")
    return _("This cell stopped here, and nothing else is broken. The last line says why; change the cell and run it.")


def shortened(error: BaseException, lines: list[str]) -> list[str]:
    """The lines of a traceback as a learner needs them: the explanation, their own cells, the error."""
    plain = [COLORS.sub("", line).strip() for line in lines]
    start = max((place for place, line in enumerate(plain) if CAUSED in line), default=0)
    own = [line for line, text in zip(lines[start:], plain[start:], strict=True) if text.startswith(OWN)]
    return [explained(error), "", *(own or lines[:-1]), *(lines[-1:] if lines[-1:] != own[-1:] else [])]


def use_plain_errors() -> None:
    """From now on errors of this notebook begin with what to do about them."""
    if (shell := get_ipython()) is None:
        return
    as_before = type(shell)._showtraceback.__get__(shell)  # JupyterLab and Pyodide send it to the page, each in its way
    shell._showtraceback = lambda kind, error, lines: as_before(kind, error, shortened(error, lines))
