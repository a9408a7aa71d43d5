"""Cleaning a list: one spelling for each state, model, agency kind, county and date. Nothing is dropped and nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd
from rapidfuzz.distance import OSA

from section287g import tables
from section287g.ice_lists.read import ListError, place

_MODEL_WORDS = {"JAIL": "jail", "WARRANT": "warrant", "TASK FORCE": "task_force", "JEM": "jail", "WSO": "warrant", "TFM": "task_force"}
_MODEL_NAMES = {"JAIL ENFORCEMENT MODEL": "jail", "WARRANT SERVICE OFFICER": "warrant", "TASK FORCE MODEL": "task_force"}
_KINDS = {"COUNTY": "county", "MUNICIPALITY": "municipality", "MUNCIPALITY": "municipality", "STATE AGENCY": "state_agency", "STATE": "state_agency"}
_NO_VALUE = {"", "#N/A", "#NA", "N/A"}
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
    """Unicode NFKC, straight apostrophes, every run of white space as one space, trimmed, no invisible control characters."""
    plain = unicodedata.normalize("NFKC", str(value)).translate({0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x0060: "'"})
    return "".join(letter for letter in " ".join(plain.split()) if unicodedata.category(letter) not in ("Cc", "Cf"))


def closest(word: str, choices: dict[str, str], most: int) -> str | None:
    """The value of the one choice within ``most`` typing errors of ``word``; None when there is none or more than one."""
    distances = {choice: OSA.distance(word, choice, score_cutoff=most) for choice in choices}
    nearest = min(distances.values())
    found = {choices[choice] for choice, distance in distances.items() if distance == nearest}
    return found.pop() if nearest <= most and len(found) == 1 else None


@cache
def _state_names() -> dict[str, str]:
    states = tables.load("states")
    return {name.upper().replace(".", ""): code for name, code in zip(states["name"], states["state"])} | _OTHER_STATE_NAMES


@cache
def state_code(printed) -> str | None:
    """USPS code of a state or territory as printed, typing errors repaired; None when it is not one (or could be two)."""
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
    """``jail``, ``warrant`` or ``task_force`` for a SUPPORT TYPE as printed; None when it names none of them, or two."""
    name = text(printed).upper()
    found = {model for word, model in _MODEL_WORDS.items() if re.search(rf"\b{word}\b", name)}
    if len(found) == 1:
        return found.pop()
    return None if found else closest(name, _MODEL_NAMES, 3)


@cache
def agency_kind(printed) -> str:
    """``county``, ``municipality``, ``state_agency`` or blank: ICE's coarse label, not a legal class."""
    return _KINDS.get(text(printed).upper(), "")


@cache
def county_name(printed) -> str:
    """The county or parish with that word written out; blank where the list says there is none."""
    name = re.sub(r"\b(conty|couny|countey)$", "County", text(printed), flags=re.IGNORECASE)
    if name.upper() in _NO_VALUE:
        return ""
    plain = re.search(r"\b(county|parish|borough|census area|municipality|city|island|district|municipio)\b", name, re.IGNORECASE)
    return name if plain else f"{name} County"


@cache
def agency_key(printed) -> str:
    """What makes two spellings the same agency inside one state: words only, short forms written out, no fuzzy matching."""
    name = text(printed).lower().replace("'", "").replace("&", " and ")
    words = re.sub(r"[^a-z0-9]+", " ", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


@cache
def signed_date(printed) -> dt.date | None:
    """The date in a SIGNED cell; None when it is blank or is not a date.

    A missing slash (``05/082025``) and a year such as 5025 are repaired. Other wrong years are left as printed.
    """
    if isinstance(printed, dt.datetime):
        printed = printed.date()
    if isinstance(printed, dt.date):
        return _date(printed.year, printed.month, printed.day)
    if isinstance(printed, (int, float)) and not isinstance(printed, bool):
        # a date cell that lost its format: days since the workbook epoch
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(printed)) if 30_000 < printed < 80_000 else None
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", text(printed))
    if iso:
        return _date(*map(int, iso.groups()))
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/?(\d{4})|(\d{1,2})(\d{2})/(\d{4})", text(printed))
    if american:
        month, day, year = (int(part) for part in american.groups() if part)
        return _date(year, month, day)
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    if year > 2100:
        year = int("2" + str(year)[-3:])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@cache
def document_url(printed) -> str:
    """Address of the agreement itself: taken out of a mail filter's or a web archive's wrapping; blank where there is none."""
    address = text(printed)
    if not re.match(r"https?://", address, re.IGNORECASE):
        return ""
    address = re.sub(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", "", address)
    parts = urlsplit(address)
    if parts.hostname and parts.hostname.endswith("safelinks.protection.outlook.com"):
        # the wrapping also carries the mailbox of whoever pasted the link
        address = unquote(parse_qs(parts.query).get("url", [""])[0])
    return re.sub(r"^http://(www\.ice\.gov/)", r"https://\1", address)


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
    table["document_url"] = _each(printed, "document_url", document_url)
    return table


def _each(printed: pd.DataFrame, column: str, clean) -> pd.Series:
    return pd.Series([clean(cell) for cell in printed[column]], index=printed.index, dtype=object)


def _refuse_unknown(printed: pd.DataFrame, cleaned: pd.Series, file: str, header: str, column: str, expected: str) -> None:
    unknown = printed[cleaned.isna()]
    if len(unknown):
        first = unknown.iloc[0]
        raise ListError(f"{place(file, first['row'], header)}: {text(first[column])!r} is not {expected}; correct the cell or report it")
