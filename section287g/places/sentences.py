"""What the lists say of a place, in sentences as a printer would set them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import places, tables
from section287g.facts import written_day
from section287g.places import words as place_words
from section287g.places.words import words
from section287g.typography import typographic


def say(template: str | dict[str, str], **values: str | int) -> str:
    """A sentence as a printer would set it: names from the tables have straight apostrophes."""
    return typographic(place_words.say(template, **values))


@cache
def list_dates() -> dict[str, str]:
    """The days of the lists that sentences name: date (ICE's own newest), copy ("" without one), first, last."""
    found = places.lists()
    return {
        "date": written_day(found.own["date"]),
        "copy": "" if found.copy is None else written_day(found.copy["date"]),
        "first": written_day(found.first["date"]),
        "last": written_day(found.last["date"]),
    }


def answer(state: str) -> str:
    """The answer for a place in one sentence, with the list and its date."""
    counted = places.counted(state)["own"]
    holders = sorted({row.agency for row in places.of(state) if row.on_own})
    return say(
        words()["answer"][case(counted)],
        place=places.names()[state],
        date=list_dates()["date"],
        n=int(counted["agreements"]),
        agencies=int(counted["agencies"]),
        agency=holders[0] if holders else "",
    )


def case(counted: pd.Series) -> str:
    """Which sentence fits a count of agreements and agencies."""
    if counted["agreements"] < 2:
        return "one" if counted["agreements"] else "none"
    return "one_agency" if counted["agencies"] == 1 else "several"


def more(state: str) -> list[str]:
    """What the copy and the list of January 2025 say; where no list ever had one, that."""
    counted, found = places.counted(state), places.lists()
    if not places.of(state):
        return [
            say(
                words()["never"],
                lists=len(tables.load("lists")),
                first=list_dates()["first"],
                last=list_dates()["last"],
            )
        ]
    before = counted["before"]
    sentences = [
        say(
            words()["answer_before"],
            n=int(before["agreements"]),
            date=written_day(places.INAUGURATION),
        )
    ]
    if found.copy is not None:
        copy = counted["copy"]
        sentences.insert(
            0,
            say(
                words()["answer_copy"][case(copy)],
                n=int(copy["agreements"]),
                agencies=int(copy["agencies"]),
                date=list_dates()["copy"],
            ),
        )
    return sentences
