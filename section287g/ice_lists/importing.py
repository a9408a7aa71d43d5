"""Adding lists to ``data/``: the agreements ever listed, one row for each list, and the counts of each list by state."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from section287g import counts, tables
from section287g.ice_lists.history import Agreement, Change, follow
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.read import ListError, read

# ICE published no workbook before this day; older files are copies of the table on its page.
FIRST_WORKBOOK = dt.date(2025, 2, 21)

AGREEMENT_COLUMNS = [
    "agreement_id", "state", "agency", "agency_kind", "county", "model", "signed",
    "first_listed", "last_listed", "status", "document_url", "source_key",
]  # fmt: skip
LIST_COLUMNS = [
    "list", "date", "part", "kind", "unchanged_until", "rows", "agreements", "agencies", "states", "territories",
    "jail", "warrant", "task_force", "file", "source_key",
]  # fmt: skip


@dataclass
class Listing:
    """One list ready to be followed: when it was published, where it came from and its cleaned rows."""

    name: ListName
    kind: str
    file: str
    unchanged_until: dt.date
    source_key: str
    rows: pd.DataFrame


def open_listing(path: Path, source_key: str, date: dt.date | None = None) -> Listing:
    """Read and clean one list. A ``manifest.csv`` beside it, if there is one, tells the publisher's file name and how long it stood.

    ``date`` overrides the date in the file name. Raises ListError in one sentence.
    """
    name = ListName(date) if date else list_name(path)
    rows = normalise(read(path), path.name)
    if path.suffix.lower() == ".csv":
        kind = "transcript"
    else:
        kind = "ice_workbook" if name.date >= FIRST_WORKBOOK else "web_table_copy"
    known = _manifest_row(path)
    until = dt.date.fromisoformat(known.get("unchanged_until") or name.date.isoformat())
    file = known.get("original_filename") or known.get("ice_file") or path.name
    return Listing(name, kind, file, until, source_key, rows)


def _manifest_row(path: Path) -> dict[str, str]:
    manifest = path.with_name("manifest.csv")
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return next((row for row in csv.DictReader(file) if row.get("file") == path.name), {})


@dataclass
class Archive:
    """Everything that is known from the lists followed so far, newest last."""

    agreements: list[Agreement]
    sources: dict[str, str]  # agreement_id -> source_key of the list that first named it
    lists: list[dict]
    by_state: list[pd.DataFrame]

    @classmethod
    def empty(cls) -> Archive:
        return cls([], {}, [], [])

    def add(self, listing: Listing) -> list[Change]:
        """Follow the agreements onto one more list; it must be newer than the newest one."""
        if self.lists and listing.name <= list_name(self.lists[-1]["list"]):
            raise ListError(f"{listing.file}: this list ({listing.name}) is not newer than the newest one in data/ ({self.lists[-1]['list']})")
        self.agreements, changes = follow(self.agreements, listing.rows, listing.name.date)
        for agreement in self.agreements:
            self.sources.setdefault(agreement.agreement_id, listing.source_key)
        self.lists.append(_list_row(listing))
        self.by_state.append(counts.listing_by_state(listing.rows).assign(list=str(listing.name)))
        return changes

    def save(self, folder: Path) -> None:
        """Write agreements.csv, lists.csv and list_counts.csv in a stable order."""
        agreements = agreement_table(self.agreements)
        agreements["source_key"] = agreements["agreement_id"].map(self.sources)
        by_state = pd.concat(self.by_state, ignore_index=True)
        by_state.insert(0, "list", by_state.pop("list"))
        written = {"agreements": agreements[AGREEMENT_COLUMNS], "lists": pd.DataFrame(self.lists)[LIST_COLUMNS], "list_counts": by_state}
        for name, table in written.items():
            tables.save(table, folder / f"{name}.csv.new")
        for name in written:
            os.replace(folder / f"{name}.csv.new", folder / f"{name}.csv")


def agreement_table(agreements: list[Agreement]) -> pd.DataFrame:
    """Agreements as a DataFrame, one row each, dates as datetime64, in order of agreement_id."""
    table = pd.DataFrame([vars(agreement) for agreement in agreements])
    for column in ("signed", "first_listed", "last_listed"):
        table[column] = pd.to_datetime(table[column])
    return table


def _list_row(listing: Listing) -> dict:
    counted = counts.listing(listing.rows)
    return {
        "list": str(listing.name),
        "date": listing.name.date.isoformat(),
        "part": listing.name.part,
        "kind": listing.kind,
        "unchanged_until": listing.unchanged_until.isoformat(),
        **{name: counted[name] for name in ("rows", "agreements", "agencies", "states", "territories")},
        **counted["by_model"],
        "file": listing.file,
        "source_key": listing.source_key,
    }


def summary(changes: list[Change]) -> str:
    """What a list changed, in one line: ``new 46, left 3, renamed 1``."""
    kinds = Counter(change.what for change in changes)
    return ", ".join(f"{kind} {number}" for kind, number in kinds.items()) or "nothing changed"
