"""What the search box of every page knows: places with their answer, agencies, numbers, claims, terms, pages, sheets.

The box is ``book/_static/search-box.js``. ``scripts`` gives the files that it loads when a reader first uses it. They
are classic scripts, since a page opened from disk may load nothing else. Addresses are below the built book.
"""

from __future__ import annotations

import json
import math
import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from section287g import facts, handouts, places, tables, teaching
from section287g.blocks import Page
from section287g.blocks.evidence import VERDICTS, claim_view
from section287g.blocks.markup import sentence, slug, term
from section287g.blocks.teaching import named_materials, sheet_row
from section287g.citing import missing
from section287g.places import answers
from section287g.typography import set_in_type
from section287g.words import _, fill, number, without_accents, written_date, written_number

# Characters of a text that stands under a result.
EXCERPT = 150
# What a result is called. The keys are also known to search-box.js.
KINDS = {
    "state": _("State or territory"),
    "county": _("County"),
    "city": _("City or town"),
    "agency": _("Agency"),
    "number": _("Number"),
    "claim": _("Claim"),
    "term": _("Term"),
    "page": _("Page"),
    "part": _("Part of a page"),
    "sheet": _("Sheet to print"),
    "plan": _("Lesson plan"),
    "activity": _("Activity"),
    "slides": _("Slides"),
    "lab": _("Lab"),
}
BOX = {
    # Translators: what may stand before the name of a place when it is looked for, with commas between.
    "before": _("city of, town of, village of, state of"),
    "lies_in": _("Its center lies in {county}."),
    "several": _("{n} places are called “{words}”. Which one? Add its state to see fewer."),
    "several_there": _("{n} places are called “{words}”. Which one?"),
    "near": _("Nothing is called “{words}”. Did you mean one of these?"),
    "none": _(
        "Nothing found for “{words}”. Try a county or a city with its state (Knox County TN), a number (641), or a "
        "single word (detainer)."
    ),
    "all": _("Search all pages for “{words}”"),
    "options": _("Found"),
    "found": _("{n} found. First: {name}"),
    "choose": _("Choose one with the arrow keys."),
}


@dataclass(frozen=True)
class Part:
    """A page or a part of it: kind ("page", "part", ...), title, address, first words, title of its page ("" for a
    page)."""

    kind: str
    title: str
    address: str
    text: str
    page: str


@dataclass(frozen=True)
class Entry:
    """Something to find: kind, name, words under it, address, and numbers by which it is found too."""

    kind: str
    name: str
    text: str
    address: str
    numbers: tuple[str, ...] = ()

    def packed(self) -> list:
        return [self.kind, self.name, self.text, self.address, *([list(self.numbers)] if self.numbers else [])]


def scripts(page: Page, parts: Iterable[Part]) -> dict[str, str]:
    """Name -> content of the files that the box loads: one for everything but cities, and one for the cities of each
    first letter. ``page`` is one from whose place addresses are those below the built book."""
    files = {f"search-cities-{letter}.js": _script("Cities", {letter: cities}) for letter, cities in _cities().items()}
    return {"search-index.js": _script("Index", _index(page, parts)), **files}


def _script(name: str, content: dict) -> str:
    """A classic script that adds to ``bookSearchIndex`` or ``bookSearchCities``."""
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.bookSearch{name} = Object.assign(window.bookSearch{name} ?? {{}}, {packed});\n"


def _index(page: Page, parts: Iterable[Part]) -> dict:
    entries = [*_sheets(page), *_activities(page), *_numbers(page), *_claims(page), *_terms(page), *map(_part, parts)]
    at = {entry.address: place for place, entry in reversed(list(enumerate(entries)))}
    return {
        "kinds": KINDS,
        "words": {**BOX, "never": answers.of_county([])},
        "states": _states(),
        "entries": set_in_type([entry.packed() for entry in entries]),
        "said": {
            said: _leads_to(page, row.leads_to, at)
            for row in tables.load("search_words").itertuples()
            for said in (row.said, *tables.in_words("search_words", row.said).split(", "))
        },
    }


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """The first words of a text, whole ones, with an ellipsis where it goes on."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[:longest].rpartition(" ")[0].rstrip(",;:.") + " …"


# ---- places --------------------------------------------------------------------------------------


@cache
def _states() -> list[list]:
    """Each place: code, name, page, answer, and its areas."""
    return [
        [state, name, f"{places.page(state)}.html", answers.of_state(state), _areas(state)]
        for state, name in places.names().items()
    ]


def _areas(state: str) -> list[list]:
    """Each area: name, anchor, answer, size, its agencies.

    Areas are the counties; what a territory has in their place, by the names of the table ``cities``, without an
    anchor; and, without a name, what is in no single county. An answer is blank where no list ever named the county.
    """
    residents = tables.load("county_population").set_index(["state", "county"])["population"]
    areas = [
        [
            _set(county.name),
            county.anchor,
            answers.of_county(county.rows) if county.rows else "",
            _size(residents[state, county.name]),
            _agencies(county.rows),
        ]
        for county in places.counties(state)
    ]
    if not areas:
        cities = tables.load("cities")
        areas = [[_set(name), "", "", "a", []] for name in cities.loc[cities["state"] == state, "county"].unique()]
    return [*areas, ["", "elsewhere", "", "a", _agencies(places.elsewhere(state))]]


def _agencies(rows: list) -> list[list]:
    """Each agency: name, its agreements in words, the name as printed where another is meant."""
    by_name: dict[str, list] = {}
    for row in rows:
        by_name.setdefault(row.agency, []).append(row)
    return [
        [_set(name), " ".join(map(answers.of_agreement, held)), *_printed().get((held[0].state, name), [])]
        for name, held in by_name.items()
    ]


@cache
def _printed() -> dict[tuple[str, str], list[str]]:
    """(State, agency as meant) -> the name that ICE's lists print instead."""
    fixes = tables.load("agency_fixes")
    return {(row.state, row.meant): [row.printed] for row in fixes.itertuples()}


def _set(name: str) -> str:
    """A name with apostrophes as a printer would set them; ``typographic`` would take seconds for all cities."""
    return name.replace("'", "’")


def _size(residents: int) -> str:
    """A letter for a number of residents: one further for each doubling, "a" for none."""
    return chr(ord("a") + int(math.log2(residents + 1)))


def _cities() -> dict[str, str]:
    """First letter ("0" for what is none) -> the cities and towns that begin with it: name, letter for the size, code
    of the state and number of the area there, ``Plano;s;TX;42``, separated by "|"."""
    areas = {
        (code, area[0]): place for code, _name, _page, _answer, areas in _states() for place, area in enumerate(areas)
    }
    rows = tables.load("cities").drop_duplicates(["city", "state", "county"]).itertuples()
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.county in (row.city, f"{row.city} city"):
            continue  # the city is an area itself
        where = areas[row.state, _set(row.county)]
        found.setdefault(_first_letter(row.city), []).append(
            f"{_set(row.city)};{_size(row.population)};{row.state};{where}"
        )
    return {letter: "|".join(sorted(cities)) for letter, cities in found.items()}


def _first_letter(name: str) -> str:
    letter = without_accents(name)[0].lower()
    return letter if letter in string.ascii_lowercase else "0"


# ---- numbers, claims, terms, pages, sheets -------------------------------------------------------


def _numbers(page: Page) -> list[Entry]:
    address = page.showing("numbers")
    return [_number(facts.get(name), address) for name in facts.names() if name in page.facts_of_book]


def _number(fact: facts.Fact, address: str) -> Entry:
    text = fill(_("{definition}. As of {date}."), definition=fact.definition.rstrip("."), date=fact.as_of_text)
    return Entry("number", fact.text, text, f"{address}#number-{slug(fact.name)}", _figures(fact.text))


def _claims(page: Page) -> list[Entry]:
    return [_claim(page, row) for row in tables.load("claims").to_dict("records")]


def _claim(page: Page, row: dict) -> Entry:
    """A claim with the answer line: its number, its verdict, and why."""
    said = {
        "figure": "" if missing(row["figure"]) else _figure(row),
        "verdict": VERDICTS[row["verdict"]],
        "why": sentence(row["explanation"]),
        "claim": row["claim_id"],
        "date": written_date(row["as_of"]),
    }
    message = _("{figure}: {verdict}. {why} Claim {claim}, as of {date}.")
    if not said["figure"]:
        message = _("Verdict: {verdict}. {why} Claim {claim}, as of {date}.")
    answer = fill(message, **said)
    known = _figures(f"{row['figure']} {row['claim']}")
    return Entry("claim", written_date(row["claim"]), answer, page.view(claim_view(row["claim_id"])), known)


def _figure(row: dict) -> str:
    """The number of a claim as it stands in a sentence: ``641 percent``, ``135 → 1,001 agreements``."""
    if row["unit"] in ("date", "year"):
        return written_date(row["figure"])
    figure = re.sub(r"\d{4,}", lambda digits: number(int(digits[0])), row["figure"]).replace("->", "→")
    if figure.isdecimal() and row["unit"] == "percent":
        return written_number(int(figure), "percent")
    return figure if missing(row["unit"]) else f"{figure} {row['unit']}"


def _figures(text: str) -> tuple[str, ...]:
    """The numbers in a text without separators, as a reader may type them."""
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    return tuple(dict.fromkeys(figure.replace(",", "") for figure in found))


def _terms(page: Page) -> list[Entry]:
    address = page.showing("terms")
    return [
        Entry("term", term(row.term), excerpt(row.definition), f"{address}#{slug(f'term-{row.term}')}")
        for row in tables.load("glossary").itertuples()
    ]


def _activities(page: Page) -> list[Entry]:
    rows = tables.load("activities")
    found = [(row.question, named_materials(page, f"activity:{row.activity_id}")[0]) for row in rows.itertuples()]
    return [Entry("activity", title, question, address) for question, (title, address) in found]


def _sheets(page: Page) -> list[Entry]:
    return [_sheet(page, name) for name in handouts.sheets()]


def _sheet(page: Page, name: str) -> Entry:
    title, address = sheet_row(page, name)
    return Entry("sheet", title, excerpt(handouts.content(name)["lead"]), address)


def _part(part: Part) -> Entry:
    if not part.page:
        return Entry(part.kind, part.title, part.text, part.address)
    message = _("On the page “{page}”: {text}") if part.text else _("On the page “{page}”.")
    return Entry(part.kind, part.title, fill(message, page=part.page, text=part.text), part.address)


def _leads_to(page: Page, cell: str, at: dict[str, int]) -> list[int]:
    """The places in the list of entries of what a cell names."""
    return [at[_address(page, material)] for material in teaching.materials(cell)]


def _address(page: Page, material: teaching.Material) -> str:
    if material.kind == "term":
        return f"{page.showing('terms')}#{slug(f'term-{material.name}')}"
    if material.kind == "sheet":
        return sheet_row(page, material.name)[1]
    return named_materials(page, f"{material.kind}:{material.name}")[0][1]
