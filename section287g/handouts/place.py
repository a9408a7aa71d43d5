"""A state on one sheet: what the lists have there, its line of growth, its rule, what is not known."""

from __future__ import annotations

from section287g import figures, places, stances
from section287g.explorers import assets
from section287g.facts import written_date
from section287g.handouts.charts import FONT
from section287g.handouts.words import words
from section287g.places.answers import dates, more, of_state, say
from section287g.places.words import words as place_words
from section287g.words import full_stop


def sheet(state: str) -> dict:
    """Content of the sheet of a place. Raises KeyError for an unknown USPS code."""
    if state not in places.names():
        raise KeyError(f"no place {state!r}; places are {', '.join(places.names())}")
    said = words("place")
    return {
        **said,
        "title": places.names()[state],
        "sentences": [of_state(state), *more(state)],
        "picture": _picture(state) if places.of(state) else {},
        "rule": _rule(state),
        "unknown": [
            say(place_words()["unknown"][name], date=dates()["last"]) for name in ("use", "other_help", "later")
        ],
        "more": said["more"].format(page=f"{places.page(state)}.html"),
    }


def _picture(state: str) -> dict:
    drawn = figures.draw("growth", state=state)
    return {
        "finding": full_stop(drawn.title),
        "svg": drawn.svg(FONT),
        "alt": drawn.alt,
        "note": written_date(drawn.note),
    }


def _rule(state: str) -> list[str]:
    """What is known of the state's rule, in sentences."""
    row, said = places.rule(state), place_words()
    if row is None:
        return [say(said["rule_none"], place=places.names()[state])]
    shown = assets.words("states")
    sentences = [
        f"{stances.LABELS[row['stance']]}.",
        say(said["rule_means"], meaning=shown["meanings"][row["stance"]]),
        written_date(full_stop(row["law_or_order"])),
        say(said["rule_as_of"], date=written_date(row["as_of"]), grade=shown["grades"][row["confidence"]]),
    ]
    return [*sentences, shown["check"]] if row["doubt"] else sentences
