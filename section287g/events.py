"""One event, one truth: what tables and pages say of a law, case or order, held against its row in ``data/events.csv``.

A clause that names an event may give only dates of it, and no word that its status contradicts. A clause ends at a full
stop or semicolon; dates agree when one is only less exact than the other.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from section287g import tables

# Tables without own words on events; columns with claims of others, wrong answers and keys.
SKIPPED_TABLES = {
    "events",
    "sources",
    "agreements",
    "agreements_2002_2018",
    "printed_rows",
    "lists",
    "list_counts",
    "list_signed",
    "county_population",
    "states",
}
SKIPPED_COLUMNS = re.compile(r"claim|choices|question_wording|\w*_id|\w*_keys?|state|kind|as_of|checked")
REMARKS = (
    "note",
    "why",
)  # about the whole row: where they name no event, they speak of the only one that the row names

MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(
    rf"(?:(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) (?:(\d{{1,2}}),"
    r" )?((?:19|20)\d\d)\b|(?<![\d,.$-])((?:19|20)\d\d)(?![\d,.%-]\d)\b"
)
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bPub)(?<!\bGov)(?<!\bMont)(?<!\bDel)\.\s+(?=[A-Z\"“(])"
)  # not after an initial or in a citation
SIGNED = re.compile(r"\b(?:signed|signs|enacted|approved|decided|ruled|rules)(?: (?:on|in|about|late|early))*\W*$")
EFFECT = re.compile(r"\b(?:in force|in effect|takes effect|took effect|effective)(?: (?:on|in|from|since))*\W*$")
BILL = re.compile(r"\b(?:H\.?B\.?|S\.?B\.?|H\.?R\.?|S\.?F\.?|H\.|S\.|A\.B\.|AB|LD|Act) ?\d+\b|\b[A-Z]\w+ Act\b")
ACT = re.compile(r"\b[A-Z][\w.]*(?: (?:[A-Z][\w.]*|of|and|the))* Act\b")
NAMED = "#"
NEAR = 20  # characters between a name and a year; a year further off may be that of something else
SO_LIKE = 0.85  # two names of acts that are this alike and not the same are a slip

OPEN = (
    r"not confirmed|outcome (?:was )?not (?:seen|confirmed)|not known|unknown"
    r"|[Ww]hether [^;.]*\b(?:signed|passed|became law|died|vetoed)"
)
FAILED = r"\bdied\b|(?<!over a )\bveto(?:ed)?\b|was not passed|did not pass"
DONE = r"(?<!not )(?<!never )\b(?:signed|enacted|in force|took effect|became law)\b"
# What no clause may say of an event that stands so.
CONTRADICTED = {
    "in_force": re.compile(f"{OPEN}|{FAILED}|\\bpending\\b"),
    "enjoined_in_part": re.compile(f"{OPEN}|{FAILED}"),
    "superseded": re.compile(f"{OPEN}|{FAILED}"),
    "ended": re.compile(f"{OPEN}|still in force|remains in force"),
    "decided": re.compile(f"{OPEN}|\\bpending\\b"),
    "open": re.compile(rf"^(?!.*(?:{OPEN}|\b[Nn]either\b)).*?({DONE}|{FAILED})"),
    "failed": re.compile(f"{DONE}|\\bpending\\b"),
}


@dataclass(frozen=True)
class Event:
    """A row of ``events.csv``: ``dates`` by filled column; ``place`` is a state's name, or "" for federal."""

    event_id: str
    names: tuple[str, ...]
    place: str
    kind: str
    dates: dict[str, tuple[str, ...]]
    status: str

    def is_named(self, clause: str, context: str) -> bool:
        """Whether the clause names the event; a number (SB 8) does so only where the ``context`` names its state."""
        in_place = not self.place or _holds(context, self.place)
        return any(_holds(clause, name) and (in_place or not re.search(r"\d", name)) for name in self.names)

    @property
    def dates_in_words(self) -> str:
        """What stands in its date columns, for a sentence."""
        said = ", ".join(f"{column} {' and '.join(dates)}" for column, dates in self.dates.items())
        return f"events row {self.event_id} says {said or 'no date'}"


@dataclass(frozen=True)
class Cell:
    """Words of a table or page; ``where`` they stand; ``state`` of the row; ``context``: whole row or paragraph."""

    where: str
    column: str
    text: str
    state: str
    context: str


def problems(folder: Path = tables.DATA, book: Path = tables.DATA.parent / "book") -> Iterator[str]:
    """One sentence for each place in tables of ``folder`` and pages of ``book`` that contradicts ``events.csv``."""
    events = _events(folder)
    some_name = re.compile("|".join(re.escape(name) for event in events for name in event.names))
    for row in [*_rows(folder), *([cell] for cell in _paragraphs(book))]:
        # Most rows name no event, and looking for each of them takes long.
        near = events if some_name.search(row[0].context) else []
        named = [event for event in near if any(event.is_named(cell.text, cell.context) for cell in row)]
        laws = [event for event in events if event.kind == "law" and event.place and event.place == row[0].state]
        for cell in row:
            yield from _slips_of_names(cell, events)
            meant = laws if not named else named if cell.column in REMARKS else []
            yield from _contradictions(cell, named, meant if len(meant) == 1 else [])
    yield from _own_dates(events, folder)
    yield from _older_states(events, folder)


def _events(folder: Path) -> list[Event]:
    names = _state_names(folder)
    rows = tables.load("events", folder).fillna("").to_dict("records")
    return [
        Event(
            row["event_id"],
            (row["name"], *_parts(row["aliases"])),
            names.get(row["place"], ""),
            row["kind"],
            {column: _parts(row[column]) for column in ("signed", "in_effect", "ended", "other_dates") if row[column]},
            row["status"],
        )
        for row in rows
    ]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("; ") if part)


def _state_names(folder: Path) -> dict[str, str]:
    return tables.source("states", folder).set_index("state")["name"].to_dict()


def _rows(folder: Path) -> Iterator[list[Cell]]:
    """The cells with words of each row of each table."""
    names = _state_names(folder)
    for table in sorted(set(tables.names(folder)) - SKIPPED_TABLES):
        texts = [
            field["name"] for field in tables.describe(table, folder)["schema"]["fields"] if field["type"] == "string"
        ]
        key = tables.describe(table, folder)["schema"]["primaryKey"]
        for row in tables.load(table, folder).astype(object).fillna("").to_dict("records"):
            state = names.get(row.get("state"), "")
            context = " ".join([state, *(row[column] for column in texts)])
            where = f"{table} row {' '.join(str(row[column]) for column in key)}"
            if words := [column for column in texts if not SKIPPED_COLUMNS.fullmatch(column)]:
                yield [Cell(f"{where}, column {column},", column, row[column], state, context) for column in words]


def _paragraphs(book: Path) -> Iterator[Cell]:
    """The paragraphs of the pages, without roles that hold keys."""
    for path in sorted(book.rglob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(
                r"\{(?:fact|source|view)\}`[^`]*`|\{term\}`([^`<]*?)(?: <[^`]*)?`|\]\([^)]*\)|[*\[]", r"\1", line
            )
            yield Cell(f"{path.relative_to(book.parent).as_posix()}, line {number},", "", text, "", text)


def _contradictions(cell: Cell, events: list[Event], meant: list[Event]) -> Iterator[str]:
    """What a cell says that the ``events`` it names contradict; ``meant`` are those meant where it names none."""
    named = meant
    for sentence in SENTENCE_END.split(cell.text):
        for clause in re.split(r";\s", sentence):
            here = [event for event in events if event.is_named(clause, cell.context)]
            if here:
                yield from _wrong_dates(cell, clause, here)
            named = here or ([] if BILL.search(clause) else named)
            for event in named:
                if event.status and (word := CONTRADICTED[event.status].search(clause)):
                    status = f"events row {event.event_id}, column status says {event.status}"
                    yield f"{cell.where} says {word[word.lastindex or 0]!r} of {event.names[0]}; {status}"


def _wrong_dates(cell: Cell, clause: str, named: list[Event]) -> Iterator[str]:
    bare = clause
    for name in (name for event in named for name in event.names):
        bare = bare.replace(name, NAMED * len(name))  # the numbers of a name are no years
    for said in DATE.finditer(bare):
        if said[5] and not _is_near_a_name(bare, said):
            continue
        before = clause[: said.start()]
        column = "signed" if SIGNED.search(before) else "in_effect" if EFFECT.search(before) else ""
        if not any(_agrees(_iso(said), event, column) for event in named):
            yield f"{cell.where} says {said[0].strip()!r} of {named[0].names[0]}; {named[0].dates_in_words}"


def _is_near_a_name(bare: str, year: re.Match) -> bool:
    """Whether a year may belong to a name in the clause: one in parentheses belongs to what stands right before it."""
    if bare[: year.start()].endswith("("):
        return bare[: year.start()].endswith(f"{NAMED} (")
    return NAMED in bare[max(year.start() - NEAR, 0) : year.end() + NEAR]


def _agrees(date: str, event: Event, column: str) -> bool:
    """Whether ``date`` is one of the event's, or of that column of it where the column is filled."""
    dates = event.dates.get(column) or [each for dates in event.dates.values() for each in dates]
    return any(_compatible(date, each) for each in dates)


def _compatible(date: str, other: str) -> bool:
    return date.startswith(other) or other.startswith(date)


def _iso(said: re.Match) -> str:
    day, month, us_day, year, only_year = said.groups()
    parts = [
        only_year or year,
        month and f"{MONTHS.index(month) + 1:02}",
        (day or us_day) and f"{int(day or us_day):02}",
    ]
    return "-".join(filter(None, parts))


def _slips_of_names(cell: Cell, events: list[Event]) -> Iterator[str]:
    """Names of acts that are almost, but not quite, the name of an event of the same place."""
    for act in dict.fromkeys(match[0] for match in ACT.finditer(cell.text if " Act" in cell.text else "")):
        for event in events:
            for name in event.names if _holds(cell.context, event.place) else ():
                if not name.endswith(" Act"):
                    continue
                last_words = " ".join(act.split()[-len(name.split()) :])
                if last_words != name and difflib.SequenceMatcher(None, last_words, name).ratio() >= SO_LIKE:
                    yield f"{cell.where} says {last_words!r}; events row {event.event_id} says {name!r}"


def _own_dates(events: list[Event], folder: Path) -> Iterator[str]:
    """Rows of the timeline whose title names an event, with a date that it does not have or another state."""
    names = _state_names(folder).values()
    for row in tables.load("timeline", folder).itertuples():
        about = [event for event in events if event.is_named(row.title, f"{row.title} {row.description}")]
        where = f"timeline row {row.event_id}, column"
        if about and not any(_agrees(row.date, event, "") for event in about):
            yield f"{where} date says {row.date} of {about[0].names[0]}; {about[0].dates_in_words}"
        places = {name for name in names if _holds(row.title, name)}
        if about and places and not any(not event.place or event.place in places for event in about):
            place = f"events row {about[0].event_id}, column place says {about[0].place}"
            yield f"{where} title says {' and '.join(sorted(places))}; {place}"


def _older_states(events: list[Event], folder: Path) -> Iterator[str]:
    """States whose row is true as of a day before something that happened there, as far as both days are known."""
    names = _state_names(folder)
    for row in tables.load("state_stances", folder).itertuples():
        for event in events:
            for column in ("signed", "ended"):
                for date in event.dates.get(column, ()) if event.place == names[row.state] else ():
                    known = min(len(date), len(row.as_of))
                    if row.as_of[:known] < date[:known]:
                        later = f"events row {event.event_id}, column {column} says {date}, which is later"
                        yield f"state_stances row {row.state}, column as_of says {row.as_of}; {later}"


def _holds(text: str, name: str) -> bool:
    """Whether the text has the name as whole words; West Virginia does not have Virginia."""
    west = r"(?<!West )" if name == "Virginia" else ""
    return name in text and re.search(rf"(?<!\w){west}{re.escape(name)}(?!\w)", text) is not None
