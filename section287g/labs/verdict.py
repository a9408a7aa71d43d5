"""What a check says, and how it looks at an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

import ipywidgets

from section287g.labs import words
from section287g.words import _, fill

FRACTION = _("That is a fraction. In percent it is a hundred times as large.")


@dataclass(frozen=True)
class Verdict:
    """What a check says: whether the answer is right, and one or two sentences that help without giving the answer
    away."""

    right: bool
    message: str

    def __repr__(self) -> str:
        return fill(_("Right. {said}") if self.right else _("Not yet. {said}"), said=self.message)

    def _repr_html_(self) -> str:
        return words.as_html(repr(self))


def chosen(answer: object, right: str, praise: str, hints: dict[str, str]) -> Verdict:
    """The verdict on one of several choices; ``hints`` says for each wrong choice (or answer) what speaks against
    it."""
    if isinstance(answer, str) and answer == right:
        return Verdict(True, praise)
    choices = fill(_("Choose one of: {choices}."), choices=", ".join([*hints, right]))
    return Verdict(False, hints.get(answer, choices) if isinstance(answer, str) else choices)


def wrong_type(message: str, answer: object) -> Verdict:
    """The verdict on an answer of another type than asked for; ``message`` may have the places {type} and {value}."""
    return Verdict(False, fill(message, type=type(answer).__name__, value=short(answer)))


def no_function(answer: object) -> Verdict:
    """The verdict where a function was asked for and ``answer`` is something else."""
    return wrong_type(
        _("The answer is a function: give its name without brackets. What you have is of type {type}: {value}"), answer
    )


def no_whole_number(answer: object) -> Verdict:
    """The verdict where a whole number was asked for and ``answer`` is something else."""
    return wrong_type(_("The answer is one whole number. What you have is of type {type}: {value}"), answer)


def whole_number(value: object) -> int | None:
    """``value`` as an int if it is a whole number of Python or numpy, else None."""
    if isinstance(value, bool):
        return None
    try:
        return int(value) if int(value) == value else None
    except (TypeError, ValueError, OverflowError):  # the last for what has no end
        return None


def short(value: object) -> str:
    """``value`` as Python writes it, at most 60 characters; of what takes several lines, such as a table, its type."""
    text = repr(value)
    if len(text.splitlines()) > 1:
        return type(value).__name__
    return text if len(text) <= 60 else f"{text[:57]}..."


def number_of(answer: object) -> float | None:
    """A number, or the text of one such as "23.6%", as a float; None for anything else."""
    if isinstance(answer, bool):
        return None
    percent = re.escape(_("percent"))
    text = re.sub(rf"\s*(?:%|{percent})\s*$", "", answer.replace(",", "")) if isinstance(answer, str) else answer
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def hinted(number: float, mistakes: dict[float, str], otherwise: str) -> Verdict:
    """The hint of the mistake that gives this number, as far as it is given: a percentage with one decimal, a fraction
    with three, or four digits of anything larger."""
    for mistake, hint in mistakes.items():
        if abs(number - mistake) <= max(0.001 * abs(mistake), 0.051 if abs(mistake) >= 1 else 0.00051):
            return Verdict(False, hint)
    return Verdict(False, otherwise)


def one_number(answer: object, right: float, praise: str, mistakes: dict[float, str], otherwise: str) -> Verdict:
    """The verdict on a number that one line gives: right also where it is not rounded; ``mistakes`` has the hint for
    each wrong number that is likely, ``otherwise`` for the others and for what is no number."""
    number = number_of(answer)
    if number is None:
        said = wrong_type(_("The answer is one number. What you have is of type {type}: {value}"), answer)
        return Verdict(False, f"{said.message}. {otherwise}")
    if abs(number - right) <= 0.5:
        return Verdict(True, praise)
    for mistake, hint in mistakes.items():
        if abs(number - mistake) <= (0.005 if abs(mistake) < 10 else 0.5):
            return Verdict(False, hint)
    return Verdict(False, otherwise)


def one_slider(answer: object, name: str, wanted: tuple[int, int, int], praise: str) -> Verdict:
    """The verdict on what ``ipywidgets.interact`` gave: right with one slider called ``name`` that goes from the least
    to the most in steps, as ``wanted`` says."""
    made = getattr(answer, "widget", answer)  # interact gives its function back, with the controls at it
    if not isinstance(made, ipywidgets.interactive):
        return wrong_type(
            _(
                "The answer is what ipywidgets.interact gives back for the function and its slider. What you have is"
                " of type {type}: {value}"
            ),
            answer,
        )
    slider = next((each for each in made.children if getattr(each, "description", "") == name), None)
    if not isinstance(slider, ipywidgets.IntSlider):
        return Verdict(
            False, fill(_("There is no slider for {name} yet: whole numbers in round brackets make one."), name=name)
        )
    if (slider.min, slider.max, slider.step) != wanted:
        found = {key: str(getattr(slider, key)) for key in ("min", "max", "step")}
        return Verdict(
            False, fill(_("The slider goes from {min} to {max} in steps of {step}. Which is asked for?"), **found)
        )
    return Verdict(True, praise)
