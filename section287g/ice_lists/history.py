"""Following agreements from list to list. ICE gives no identifier and keeps no change log, so identity is inferred
here, by stated rules."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd
from rapidfuzz.distance import OSA

from section287g.ice_lists.normalise import agency_key

# Two dates this close are one agreement corrected; ICE's corrections move a date by days.
CORRECTION_DAYS = 31
# A row may leave the list and come back under another name within this many days; later it is another agreement.
ABSENCE_DAYS = 21

# A document that more rows of a list link to than this says nothing about any of them.
MOST_LINKS = 20

# Words that say what kind of body an agency is. What is left of a name says which one it is.
_KIND_WORDS = frozenset(
    "a and attorney attorneys board borough bureau center city commissioners constable constables corrections"
    " correctional county department detention district division enforcement facility jail law marshal marshals"
    " of office officers parish police prosecuting prosecutor public regional safety sheriffs state the town"
    " township village".split()
)


@dataclass(slots=True)
class Agreement:
    """One memorandum of one agency under one model, as last listed. ``document_url`` is blank while ICE has not posted
    it."""

    agreement_id: str
    state: str
    agency: str
    agency_kind: str
    county: str
    model: str
    signed: dt.date | None
    first_listed: dt.date
    last_listed: dt.date
    status: str  # "listed" or "left": on the newest list followed, or not
    document_url: str

    @property
    def key(self) -> str:
        """What makes two spellings of the agency the same (``agency_key``)."""
        return agency_key(self.agency)


@dataclass(frozen=True)
class Change:
    """What one list did to one agreement: ``what`` is new, left, returned, re-dated, renamed, moved (to another state),
    or corrected (another county, kind of agency or document than before)."""

    what: str
    before: Agreement | None
    after: Agreement | None

    @property
    def known(self) -> Agreement:
        """The agreement as the list left it; as it was before where the list no longer has it."""
        known = self.after or self.before
        assert known is not None, "a change is of an agreement"
        return known

    @property
    def earlier(self) -> Agreement:
        """The agreement as it was before the list; as the list shows it where it is new."""
        return self.before or self.known


@cache
def same_agency(one: str, other: str) -> bool:
    """Whether two agency keys may be one agency re-spelt or re-labelled. Only for rows that agree in state, model and
    date."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):  # Precinct 1 and Precinct 4 are neighbours
        return False
    first, second = ([word for word in key.split() if word not in _KIND_WORDS] for key in (one, other))
    if not first or not second:  # a state body without its state's name: "department of corrections"
        return set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    names = "".join(first), "".join(second)
    # Marion and Madison are two errors apart, and neighbours
    return OSA.distance(*names) <= (1 if min(map(len, names)) < 9 else 2)


def _days_apart(one: dt.date | None, other: dt.date | None) -> float:
    return abs((one - other).days) if one and other else float("inf")


def _is_correction(old: Agreement, new: Agreement, archive_begins: dt.date) -> bool:
    """Whether another date on the same agency and model corrects the record, rather than being a later, second
    signature."""
    if old.signed is None or new.signed is None or _days_apart(old.signed, new.signed) <= CORRECTION_DAYS:
        return True
    if old.status == "left" and new.signed > old.last_listed:
        return False  # signed after the row was taken off the list
    if not old.document_url or old.document_url == new.document_url:
        return (
            True  # the date was printed before the agreement was posted, or the posted agreement is still the same one
        )
    # Nobody signs again before the first signature has been listed; when that was is not known of what the oldest list
    # names.
    return old.first_listed > archive_begins and new.signed <= old.first_listed


def second_listing(one: Agreement, other: Agreement) -> bool:
    """Whether two rows of one list are one agreement listed twice: same state and model, and either the same body
    ("City of" or not) with dates within a month, or names alike and the same document."""
    if (one.state, one.model) != (other.state, other.model):
        return False
    if one.document_url and one.document_url == other.document_url and same_agency(one.key, other.key):
        return True
    same_date = one.signed == other.signed or _days_apart(one.signed, other.signed) <= CORRECTION_DAYS
    return same_date and _plain(one.key) == _plain(other.key)


@cache
def _plain(key: str) -> str:
    """An agency's key without "City of": the body that two dates within a month show to be one."""
    return re.sub(r"^(the )?((city|town|village|borough|township) of )?", "", key)


def follow(known: list[Agreement], listing: pd.DataFrame, date: dt.date) -> tuple[list[Agreement], list[Change]]:
    """Bring the agreements known so far up to the list of ``date``.

    ``listing`` is one list from ``normalise``; ``known`` are all agreements of the lists before it, in any order.
    Returns every agreement ever listed, in order of agreement_id, and what the list changed. Following lists one by one
    in time order or all at once is the same.
    """
    return follow_rows(known, rows_of(listing).values(), date)


def rows_of(listing: pd.DataFrame) -> dict[int, Agreement]:
    """The rows of one list, or of several, not yet identified or dated, by their index and in the order in which they
    are to be followed."""
    columns = ["state", "agency", "agency_kind", "county", "model", "signed", "document_url"]
    ordered = listing.sort_values(
        ["state", "agency_key", "model", "signed", "document_url", "agency", "county", "agency_kind"]
    )
    cells = zip(ordered.index, *(ordered[name] for name in columns), strict=True)
    return {
        index: Agreement(
            "",
            state,
            agency,
            kind,
            county,
            model,
            None if pd.isna(signed) else signed.date(),
            dt.date.min,
            dt.date.min,
            "listed",
            url,
        )
        for index, state, agency, kind, county, model, signed, url in cells
    }


def follow_rows(
    known: list[Agreement], listed: Iterable[Agreement], date: dt.date
) -> tuple[list[Agreement], list[Change]]:
    """``follow`` for rows from ``rows_of``. Each step takes only the rows and agreements that the steps before it left
    over."""
    # of an exact double listing the last is kept: a blank document sorts first
    rows = list({(row.state, row.key, row.model, row.signed): row for row in listed}.values())
    links = Counter(row.document_url for row in rows if row.document_url)
    archive_begins = min((old.first_listed for old in known), default=date)
    matched: dict[str, Agreement] = {}  # agreement_id -> the row that continues it

    def match(
        by: Callable[[Agreement], Hashable], accept: Callable[[Agreement, Agreement], bool] = lambda old, row: True
    ) -> None:
        nonlocal rows
        wanted = {by(row) for row in rows}
        groups = defaultdict(list)
        for old in known:
            if old.agreement_id not in matched and (group := by(old)) in wanted:
                groups[group].append(old)
        left_over = []
        for row in rows:
            candidates = [
                old for old in groups.get(by(row), ()) if old.agreement_id not in matched and accept(old, row)
            ]
            if candidates:
                matched[max(candidates, key=lambda old: _likeness(old, row)).agreement_id] = row
            else:
                left_over.append(row)
        rows = left_over

    def recent(old: Agreement) -> bool:
        return old.status == "listed" or (date - old.last_listed).days <= ABSENCE_DAYS

    def redated(old: Agreement, row: Agreement) -> bool:
        return _is_correction(old, row, archive_begins)

    def renamed(old: Agreement, row: Agreement) -> bool:
        # a document that two rows link to is linked from one of them by mistake, and so says nothing
        same_document = old.document_url == row.document_url and links[row.document_url] == 1
        return recent(old) and (same_document or same_agency(old.key, row.key))

    match(by=lambda a: (a.state, a.key, a.model, a.signed))
    rows = _without_second_listings(rows, beside=matched.values())
    match(by=lambda a: (a.state, a.key, a.model), accept=redated)
    match(by=lambda a: (a.state, a.model, a.signed), accept=renamed)
    match(by=lambda a: (a.key, a.model, a.signed), accept=lambda old, row: recent(old))
    match(by=lambda a: (a.state, a.model, _plain(a.key)), accept=lambda old, row: recent(old) and redated(old, row))

    changes, brought_up = [], []
    for old in known:
        row = matched.get(old.agreement_id)
        continued = _continued(old, row, date)
        brought_up.append(continued)
        changes += _changes(old, continued)
    new = _with_ids(_without_second_listings(rows, beside=matched.values()), {old.agreement_id for old in known}, date)
    changes += [Change("new", None, agreement) for agreement in new]
    return sorted(brought_up + new, key=lambda a: a.agreement_id), changes


def _without_second_listings(rows: Iterable[Agreement], beside: Iterable[Agreement]) -> list[Agreement]:
    """``rows`` without those that list a second time what ``beside``, or a row before it, already lists."""
    rows = list(rows)
    near = defaultdict(list)  # rows that could be listed twice share the body or the document
    places = {place for row in rows for place in _places(row)}
    for other in beside:
        for place in _places(other):
            if place in places:
                near[place].append(other)
    kept = []
    for row in rows:
        candidates = [other for place in _places(row) if len(near[place]) <= MOST_LINKS for other in near[place]]
        if not any(second_listing(row, other) for other in candidates):
            kept.append(row)
            for place in _places(row):
                near[place].append(row)
    return kept


def _places(row: Agreement) -> list[tuple[str, str, str]]:
    documents = [(row.state, row.model, row.document_url)] if row.document_url else []
    return [(row.state, row.model, _plain(row.key)), *documents]


def _likeness(old: Agreement, row: Agreement) -> tuple:
    """How well a known agreement fits a row, for choosing between several: still listed, then name, then date."""
    return (
        old.status == "listed",
        OSA.normalized_similarity(old.key, row.key),
        -_days_apart(old.signed, row.signed),
        old.last_listed,
        old.agreement_id,
    )


def _continued(old: Agreement, row: Agreement | None, date: dt.date) -> Agreement:
    """What is known of an agreement after a list that names it in ``row``, or does not name it."""
    if row is None:
        return old if old.status == "left" else replace(old, status="left")
    return Agreement(
        old.agreement_id,
        row.state,
        row.agency,
        # a list that lacks a column, or a cell, does not undo what an earlier list said
        row.agency_kind or old.agency_kind,
        row.county or old.county,
        row.model,
        row.signed or old.signed,
        old.first_listed,
        date,
        "listed",
        row.document_url or old.document_url,
    )


def _changes(old: Agreement, after: Agreement) -> list[Change]:
    if after.status == "left":
        return [Change("left", old, None)] if old.status == "listed" else []
    corrected = [
        (old.county, after.county),
        (old.agency_kind, after.agency_kind),
        (old.document_url, after.document_url),
    ]
    what = {
        "returned": old.status == "left",
        "re-dated": old.signed != after.signed,
        "renamed": old.agency != after.agency and old.key != after.key,
        "moved": old.state != after.state,
        "corrected": any(before and before != now for before, now in corrected),
    }
    return [Change(name, old, after) for name, happened in what.items() if happened]


def _with_ids(rows: list[Agreement], taken: set[str], date: dt.date) -> list[Agreement]:
    """New agreements with an identifier made of what their first list says. Later lists do not change it."""
    new = []
    for row in rows:
        words = [row.state.lower(), row.key, row.model, (row.signed or date).isoformat()]
        identifier = re.sub(r"[^a-z0-9]+", "-", " ".join(words))
        unique, number = identifier, 2
        while unique in taken:
            unique, number = f"{identifier}-{number}", number + 1
        taken.add(unique)
        new.append(replace(row, agreement_id=unique, first_listed=date, last_listed=date))
    return new
