"""Cleaning a list: one spelling for each state, model, agency kind, county and date. Nothing is dropped and nothing is
guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

import pandas as pd
from rapidfuzz.distance import OSA

from section287g import tables
from section287g.ice_lists.files import ListError
from section287g.ice_lists.read import ERRORS, place

# A model's key word may stand with these words and no others: "Tribal Task Force Model" would be a new model.
_MODEL_WORDS = {"JAIL": "jail", "WARRANT": "warrant", "TASK FORCE": "task_force"}
_PLAIN_WORDS = r"ENFORCEMENT|SERVICES?|OFFICERS?|OFFICE|MODEL|PROGRAM|AGREEMENT|JEM|WSO|TFM"
_MODEL_NAMES = {
    "JAIL ENFORCEMENT MODEL": "jail",
    "WARRANT SERVICE OFFICER": "warrant",
    "TASK FORCE MODEL": "task_force",
}
_MODEL_LETTERS = {"JEM": "jail", "WSO": "warrant", "TFM": "task_force"}
_KINDS = {"COUNTY": "county", "MUNICIPALITY": "municipality", "STATE AGENCY": "state_agency", "STATE": "state_agency"}
_NO_VALUE = {"", "#NA", "N/A", "NA", "NONE", "-"} | ERRORS
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_STATE_NAMES = {
    "COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS": "MP",
    "CNMI": "MP",
    "VIRGIN ISLANDS": "VI",
    "US VIRGIN ISLANDS": "VI",
    "WASHINGTON DC": "DC",
}
# Written-out forms, so that a list that changes between them does not make a second agency. Whole words only.
_SHORT_FORMS = {
    "bd": "board",
    "bocc": "board of county commissioners",
    "co": "county",
    "cnty": "county",
    "dept": "department",
    "dps": "department of public safety",
    "ft": "fort",
    "mt": "mount",
    "pd": "police department",
    "sheriff": "sheriffs",
    "so": "sheriffs office",
    "st": "saint",
    "twp": "township",
    "univ": "university",
}


@cache  # lists repeat the same cells thousands of times
def text(value) -> str:
    """Unicode NFKC, straight apostrophes, every run of white space as one space, trimmed, no invisible control
    characters."""
    plain = unicodedata.normalize("NFKC", str(value)).translate({0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x0060: "'"})
    return "".join(letter for letter in " ".join(plain.split()) if unicodedata.category(letter) not in ("Cc", "Cf"))


def closest(word: str, choices: dict[str, str], most: int) -> str | None:
    """The value of the one choice within ``most`` typing errors of ``word``; None when there is none or more than
    one."""
    distances = {choice: OSA.distance(word, choice, score_cutoff=most) for choice in choices}
    nearest = min(distances.values())
    found = {choices[choice] for choice, distance in distances.items() if distance == nearest}
    return found.pop() if nearest <= most and len(found) == 1 else None


@cache
def _state_names() -> dict[str, str]:
    states = tables.source("states")
    return {
        name.upper().replace(".", ""): code for name, code in zip(states["name"], states["state"])
    } | _OTHER_STATE_NAMES


@cache
def state_code(printed) -> str | None:
    """USPS code of a state or territory as printed, typing errors repaired; None when it is not one (or could be
    two)."""
    name = text(printed).upper().replace(".", "").replace(",", "")
    codes = _state_names()
    if name in codes:
        return codes[name]
    if name in codes.values():
        return name
    # One error in a short name, two in a long one: Iowa, Ohio and Utah are close to each other.
    return closest(name, codes, 1 if len(name) <= 5 else 2)


@cache
def model_name(printed) -> str | None:
    """``jail``, ``warrant`` or ``task_force`` for a SUPPORT TYPE as printed, typing errors repaired; None when it names
    another model."""
    name = " ".join(re.sub(r"[^A-Z]+", " ", text(printed).upper()).split())
    if name in _MODEL_LETTERS:
        return _MODEL_LETTERS[name]
    plain = re.fullmatch(rf"({'|'.join(_MODEL_WORDS)})(?: (?:{_PLAIN_WORDS}))*", name)
    return _MODEL_WORDS[plain[1]] if plain else closest(name, _MODEL_NAMES, 3)


@cache
def known_kind(printed) -> str | None:
    """``county``, ``municipality``, ``state_agency``, or blank where the list says none; None for a kind that is not
    known."""
    name = text(printed).upper()
    return "" if name in _NO_VALUE else closest(name, _KINDS, 2)


def agency_kind(printed) -> str:
    """ICE's coarse label, not a legal class; blank where there is none, and for a kind that is not known."""
    return known_kind(printed) or ""


@cache
def county_name(printed) -> str:
    """The county or parish with that word written out; blank where the list says there is none."""
    name = re.sub(r"\b(conty|couny|countey)$", "County", text(printed), flags=re.IGNORECASE)
    if name.upper() in _NO_VALUE:
        return ""
    plain = re.search(
        r"\b(county|parish|borough|census area|municipality|city|island|district|municipio)\b", name, re.IGNORECASE
    )
    return name if plain else f"{name} County"


@cache
def agency_key(printed) -> str:
    """What makes two spellings the same agency inside one state: words only, short forms written out, no fuzzy
    matching."""
    name = text(printed).lower().replace("'", "").replace("&", " and ")
    words = re.sub(r"[^a-z0-9]+", " ", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


@cache
def signed_date(printed) -> dt.date | None:
    """The date in a SIGNED cell; None when it is blank or is not a date.

    Read are ISO dates, American ones with day and month in figures, dates with the month's name, days since the
    workbook epoch, and with points the day first. A missing slash (``05/082025``) and a year such as 5025 are repaired.
    Other wrong years are left as printed.
    """
    cell = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?Z?$", "", text(printed), flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", cell):
        return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", cell):
        return _date(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", cell):
        return _date_in_figures(int(found[1]), int(found[3]), found[4], day_first=found[2] == ".")
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})(\d{4})|(\d{1,2})(\d{2})/(\d{4})", cell):
        month, day, year = (int(part) for part in found.groups() if part)
        return _date(year, month, day)
    if re.fullmatch(r"\d{5}(\.\d+)?", cell):
        days = int(float(cell))
        return dt.date(1899, 12, 30) + dt.timedelta(days=days) if 30_000 < days < 80_000 else None
    return _date_in_words(cell.lower())


def _date_in_figures(first: int, second: int, year: str, day_first: bool) -> dt.date | None:
    """A date whose order is not certain; one that fits only the other order is read in that."""
    full = int(year) + (2000 if len(year) == 2 else 0)
    usual, other = ((second, first), (first, second)) if day_first else ((first, second), (second, first))
    return _date(full, *usual) or _date(full, *other)


def _date_in_words(cell: str) -> dt.date | None:
    """`September 22, 2025`, `Mon, 22 Sept. 2025` and `22-Sep-25`."""
    parts = re.fullmatch(
        r"(?:[a-z]+day,?|(?:mon|tue|wed|thu|fri|sat|sun)[,.]*)? ?(?:([a-z]{3,9})[. -]*(\d{1,2})|(\d{1,2})[."
        r" -]*([a-z]{3,9}))[a-z]{0,2}[., -]+(\d{4}|\d{2})",
        cell,
    )
    if not parts or (parts[1] or parts[4])[:3] not in _MONTHS:
        return None
    year = int(parts[5]) + (2000 if len(parts[5]) == 2 else 0)
    return _date(year, _MONTHS.index((parts[1] or parts[4])[:3]) + 1, int(parts[2] or parts[3]))


def is_day_first(printed: str) -> bool | None:
    """Whether a date in figures, with slashes or hyphens, can only be read with the day first (True) or the month first
    (False); None if both."""
    found = re.fullmatch(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})", text(printed))
    return None if not found or (int(found[1]) <= 12 and int(found[3]) <= 12) else int(found[1]) > 12


def _date(year: int, month: int, day: int) -> dt.date | None:
    if year > 2100:
        year = int("2" + str(year)[-3:])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def normalise(printed: pd.DataFrame, file: str) -> pd.DataFrame:
    """The agreements of one list, cleaned: as many rows as ``printed`` (from ``read``), in the same order.

    Columns: row, state (USPS), agency (one spelling of spaces and apostrophes), agency_key, agency_kind, county, model,
    signed (datetime64, missing where it cannot be read), document_url. ``file`` names the list in messages.
    Raises ListError in one sentence at a state or model it does not know: a guess would move or lose an agreement.
    """
    table = pd.DataFrame({"row": printed["row"].astype(int)})
    table["state"] = _each(printed, "state", state_code)
    _refuse_unknown(printed, table["state"], file, "STATE", "state", "the name of a state or territory")
    table["agency"] = _each(printed, "agency", text)
    table["agency_key"] = _each(printed, "agency", agency_key)
    table["agency_kind"] = _each(printed, "agency_kind", agency_kind)
    table["county"] = _each(printed, "county", county_name)
    table["model"] = _each(printed, "model", model_name)
    _refuse_unknown(printed, table["model"], file, "SUPPORT TYPE", "model", "a jail, warrant or task force model")
    table["signed"] = pd.to_datetime(_each(printed, "signed", signed_date), errors="coerce")
    table["document_url"] = printed["document_url"]
    return table


def _each(printed: pd.DataFrame, column: str, clean) -> pd.Series:
    return pd.Series([clean(cell) for cell in printed[column]], index=printed.index, dtype=object)


def _refuse_unknown(
    printed: pd.DataFrame, cleaned: pd.Series, file: str, header: str, column: str, expected: str
) -> None:
    unknown = printed[cleaned.isna()]
    if len(unknown):
        first = unknown.iloc[0]
        like_it = f" ({len(unknown):,} such cells)" if len(unknown) > 1 else ""
        raise ListError(
            f"{place(file, first['row'], header)}: {text(first[column])!r} is not {expected}{like_it}; correct the cell"
            " or report it"
        )
