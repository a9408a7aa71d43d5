"""What the lists have in a place, in sentences: the answer for a state, for a county, and for one agreement."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import places, tables
from section287g.counts import MODEL_LABELS
from section287g.facts import written_day
from section287g.places import words as place_words
from section287g.places.words import words
from section287g.typography import typographic


def say(template: str | dict[str, str], **values: str | int) -> str:
    """A sentence as a printer would set it: names from the tables have straight apostrophes."""
    return typographic(place_words.say(template, **values))


@cache
def dates() -> dict[str, str]:
    """The days of the lists that sentences name: date (ICE's own newest), copy ("" without one), first, last."""
    found = places.lists()
    return {
        "date": written_day(found.own["date"]),
        "copy": "" if found.copy is None else written_day(found.copy["date"]),
        "first": written_day(found.first["date"]),
        "last": written_day(found.last["date"]),
    }


def of_state(state: str) -> str:
    """The answer for a place in one sentence, with the list and its date."""
    counted = places.counted(state)["own"]
    holders = sorted({row.agency for row in places.of(state) if row.on_own})
    return say(
        words()["answer"][case(counted)],
        place=places.names()[state],
        date=dates()["date"],
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
        return [say(words()["never"], lists=len(tables.load("lists")), first=dates()["first"], last=dates()["last"])]
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
                date=dates()["copy"],
            ),
        )
    return sentences


def of_county(rows: list) -> str:
    """What the lists have in a county, with their dates."""
    if rows:
        return standing(rows)
    return say(words()["county_never"], date=dates()["date"], first=dates()["first"], last=dates()["last"])


def standing(rows: list) -> str:
    """How many of some rows are on ICE's own list, and in the copy where that is another number."""
    own, copy = sum(row.on_own for row in rows), sum(row.on_copy for row in rows)
    sentences = [say(words()["county_own"], n=own, date=dates()["date"])]
    if dates()["copy"] and copy != own:
        sentences.append(say(words()["county_copy"], n=copy, date=dates()["copy"]))
    return " ".join(sentences)


def has_left(row) -> bool:
    """Whether an agreement is on earlier lists only."""
    return not (row.on_own or row.on_copy)


def of_agreement(row) -> str:
    """An agreement in words: model, agency, day of signing, and what the lists say of it."""
    said, copy = words(), dates()["copy"]
    notes = {
        "row_only_copy": row.on_copy and not row.on_own,
        "row_not_in_copy": bool(copy) and row.on_own and not row.on_copy,
        "row_left": has_left(row),
        "row_by_town": row.by_town,
    }
    when = {"row_left": written_day(row.last_listed)}
    remarks = [say(said[name], date=when.get(name, copy)) for name, fits in notes.items() if fits]
    text = say(said["row"], model=MODEL_LABELS[row.model], agency=row.agency, signed=written_day(row.signed))
    return " ".join([text, *remarks])
