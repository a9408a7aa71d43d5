"""The checks of all labs by the name of their exercise."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Number
from types import MethodType

from section287g.labs import claims, debate, growth, incentives, powers, reading
from section287g.labs.verdict import Verdict, short
from section287g.words import _, fill

CHECKS: dict[str, Callable[[object], Verdict]] = {
    **reading.CHECKS,
    **growth.CHECKS,
    **powers.CHECKS,
    **incentives.CHECKS,
    **claims.CHECKS,
    **debate.CHECKS,
}
RIGHT: dict[str, bool] = {}  # exercise -> whether its newest answer in this session is right


def check(exercise: str, answer: object) -> Verdict:
    """Check the answer to an exercise; an answer left at ``...`` is asked for, a wrong one gets a hint.

    Raises KeyError with the known exercises for an unknown one.
    """
    if exercise not in CHECKS:
        raise KeyError(f"no exercise {exercise!r}; exercises are {', '.join(CHECKS)}")
    verdict = _verdict(exercise, answer)
    RIGHT[exercise] = verdict.right
    return verdict


def _verdict(exercise: str, answer: object) -> Verdict:
    if answer is ...:
        return Verdict(
            False,
            fill(
                _(
                    "Nothing here to check: in {exercise}, replace the three dots with your answer and"
                    " run the cell again, until it shows no error."
                ),
                exercise=exercise,
            ),
        )
    if isinstance(answer, MethodType):
        said = _("That is {name} itself, not what it gives. Write round brackets behind it: {name}()")
        return Verdict(False, fill(said, name=answer.__name__))
    verdict = CHECKS[exercise](answer)
    if verdict.right or not isinstance(answer, Number) or f": {short(answer)}" in verdict.message:
        return verdict
    # The cell that gives an answer its name shows nothing, so a wrong number is shown here.
    return Verdict(False, fill(_("You have {value}. {said}"), value=f"{answer:,.8g}", said=verdict.message))
