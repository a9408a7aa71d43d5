"""What follows from the lists as printed: the agreements ever listed, and the counts of every list.

``lists.csv`` (when a list was published and where it was found) and ``printed_rows.csv`` are the source. Everything
else is made of them here, always anew from the first list on, so that it does not matter when a list was added.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd

from section287g import counts, tables
from section287g.ice_lists import printed
from section287g.ice_lists.files import ListError
from section287g.ice_lists.history import Agreement, Change, follow_rows, rows_of
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.read import CELLS, COLUMNS, LINK_COLUMNS

AGREEMENT_COLUMNS = [*(field.name for field in fields(Agreement)), "source_key"]
# What `lists.csv` says of a list, and what is counted on it.
GIVEN = ["list", "date", "part", "kind", "unchanged_until", "file", "columns", "source_key"]
COUNTED = ["rows", "agreements", "agencies", "states", "territories", *counts.MODELS]
LIST_COLUMNS = [*GIVEN[:5], *COUNTED, *GIVEN[5:]]


@dataclass
class Archive:
    """The lists: ``given`` says of each when and where it was published (columns GIVEN, in time order), ``rows`` holds
    what it printed."""

    given: pd.DataFrame
    rows: dict[str, list[printed.Row]]

    @classmethod
    def empty(cls) -> Archive:
        return cls(pd.DataFrame(columns=GIVEN), {})

    @classmethod
    def load(cls, folder: Path = tables.DATA) -> Archive:
        """What ``lists.csv`` and ``printed_rows.csv`` of ``folder`` hold. Raises TableError when they contradict each
        other."""
        given = tables.load("lists", folder)[GIVEN]
        with (folder / f"{printed.TABLE}.csv").open(encoding="utf-8", newline="") as file:
            return cls(given, printed.from_csv(file, list(given["list"])))


@dataclass
class Derived:
    """The tables made from an archive, and for each list what it changed."""

    tables: dict[str, pd.DataFrame]
    changes: dict[str, list[Change]]

    def files(self, archive: Archive) -> dict[str, str]:
        """All tables of the lists as CSV text, file name -> content, in a stable order so that a reviewer sees a small
        difference."""
        return {f"{printed.TABLE}.csv": printed.to_csv(archive.rows)} | {
            f"{name}.csv": tables.to_csv(table) for name, table in self.tables.items()
        }


def derive(archive: Archive) -> Derived:
    """Follow the agreements through all lists of the archive and count every list."""
    distinct = {
        row: number for number, row in enumerate(dict.fromkeys(row for rows in archive.rows.values() for row in rows))
    }
    cells = pd.DataFrame(list(distinct), columns=CELLS, dtype=object)
    cleaned = normalise(cells.assign(row=range(1, len(cells) + 1)), f"data/{printed.TABLE}.csv, different rows")
    listed = {label: [distinct[row] for row in rows] for label, rows in archive.rows.items()}
    agreements, sources, changes = _follow(archive.given, cleaned, listed)
    table = agreement_table(agreements).assign(source_key=[sources[agreement.agreement_id] for agreement in agreements])
    return Derived({"agreements": table} | _count(archive.given, cleaned, listed), changes)


def rederive(folder: Path = tables.DATA) -> list[str]:
    """Make the tables of the lists anew from ``lists.csv`` and ``printed_rows.csv``. Returns the names of the files
    that changed."""
    with tables.locked(folder):
        archive = Archive.load(folder)
        files = derive(archive).files(archive)
        changed = {name: text for name, text in files.items() if (folder / name).read_text(encoding="utf-8") != text}
        if changed:
            tables.replace(changed, folder)
        return list(changed)


def as_csv(label: str, folder: Path = tables.DATA) -> str:
    """One list as it was printed, row for row and in its own order, as CSV that is safe to open in a spreadsheet.

    The columns are the list's own; links stand in columns of their own. Raises ListError for a label that is not in
    ``lists.csv``.
    """
    archive = Archive.load(folder)
    if label not in archive.rows:
        near = difflib.get_close_matches(label, archive.rows, 3)
        raise ListError(
            f"{label}: data/lists.csv has no such list; near it are {', '.join(near) or archive.given['list'].iloc[-1]}"
        )
    columns = archive.given.set_index("list").loc[label, "columns"].split("; ")
    names = {name: COLUMNS[name] for name in columns} | {
        name: ours for name, ours in LINK_COLUMNS.items() if name.split()[0] in columns
    }
    return tables.to_csv(
        pd.DataFrame(archive.rows[label], columns=CELLS)[list(names.values())].set_axis(list(names), axis=1)
    )


def _follow(
    given: pd.DataFrame, cleaned: pd.DataFrame, listed: dict[str, list[int]]
) -> tuple[list[Agreement], dict[str, str], dict[str, list[Change]]]:
    rows = rows_of(cleaned)
    order = {index: place for place, index in enumerate(rows)}
    agreements: list[Agreement] = []
    sources: dict[str, str] = {}
    changes: dict[str, list[Change]] = {}
    for label, date, source in zip(given["list"], given["date"], given["source_key"], strict=True):
        on_list = (rows[index] for index in sorted(listed[label], key=order.__getitem__))
        agreements, changes[label] = follow_rows(agreements, on_list, date.date())
        sources |= {change.known.agreement_id: source for change in changes[label] if change.what == "new"}
    return agreements, sources, changes


def _count(given: pd.DataFrame, cleaned: pd.DataFrame, listed: dict[str, list[int]]) -> dict[str, pd.DataFrame]:
    text = ["state", "agency_key", "agency_kind", "model"]
    coded = cleaned[[*text, "signed"]].astype(dict.fromkeys(text, "category"))  # the same few values, many times over
    labels = pd.Categorical.from_codes(
        np.repeat(np.arange(len(listed)), [len(rows) for rows in listed.values()]), list(listed), ordered=True
    )
    rows = coded.iloc[[index for of_list in listed.values() for index in of_list]].assign(list=labels)
    totals = counts.lists_totals(rows)
    lists = given.merge(totals, left_on="list", right_index=True, how="left")[LIST_COLUMNS]
    return {"lists": lists, "list_counts": counts.lists_by_state(rows), "list_signed": counts.lists_by_signing(rows)}


def agreement_table(agreements: list[Agreement]) -> pd.DataFrame:
    """Agreements as a DataFrame, one row each, dates as datetime64, in order of agreement_id."""
    names = [field.name for field in fields(Agreement)]
    table = pd.DataFrame([[getattr(agreement, name) for name in names] for agreement in agreements], columns=names)
    for column in ("signed", "first_listed", "last_listed"):
        table[column] = pd.to_datetime(table[column])
    return table
