"""Adding lists to ``data/``: the agreements ever listed, one row for each list, and the counts of each list by state and by year of signing."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from section287g import counts, tables
from section287g.ice_lists.history import Agreement, Change, follow
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.normalise import text as plain_text
from section287g.ice_lists.read import ListError, place, read

# ICE published no workbook before this day; older files are copies of the table on its page.
FIRST_WORKBOOK = dt.date(2025, 2, 21)
# A list this much shorter than the one before is more likely cut, filtered or of another kind than true.
LEAST_SHARE = 0.9

AGREEMENT_COLUMNS = [
    "agreement_id", "state", "agency", "agency_kind", "county", "model", "signed",
    "first_listed", "last_listed", "status", "document_url", "source_key",
]  # fmt: skip
LIST_COLUMNS = [
    "list", "date", "part", "kind", "unchanged_until", "rows", "agreements", "agencies", "states", "territories",
    "jail", "warrant", "task_force", "file", "source_key",
]  # fmt: skip
CHANGELOG_MARK = "<!-- newest first, below this line -->\n"


@dataclass
class Listing:
    """One list ready to be followed: when it was published, where it came from, its cleaned rows and the cells that could not be read."""

    name: ListName
    kind: str
    file: str
    unchanged_until: dt.date
    source_key: str
    rows: pd.DataFrame
    unread: list[str]


def open_listing(path: Path, source_key: str, date: dt.date | None = None) -> Listing:
    """Read and clean one list. A ``manifest.csv`` beside it, if there is one, tells the publisher's file name and how long it stood.

    ``date`` overrides the date in the file name. Raises ListError in one sentence.
    """
    printed = read(path)
    name = ListName(date) if date else list_name(path)
    rows = normalise(printed, path.name)
    if path.suffix.lower() == ".csv":
        kind = "transcript"
    else:
        kind = "ice_workbook" if name.date >= FIRST_WORKBOOK else "web_table_copy"
    known = _manifest_row(path)
    until = dt.date.fromisoformat(known.get("unchanged_until") or name.date.isoformat())
    file = known.get("original_filename") or known.get("ice_file") or path.name
    return Listing(name, kind, file, until, source_key, rows, _unread(path.name, printed, rows, name.date))


def _manifest_row(path: Path) -> dict[str, str]:
    manifest = path.with_name("manifest.csv")
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return next((row for row in csv.DictReader(file) if row.get("file") == path.name), {})


def _unread(file: str, printed: pd.DataFrame, rows: pd.DataFrame, date: dt.date) -> list[str]:
    """One sentence for each SIGNED cell that is not a date, or lies after the list."""
    found = []
    for number, cell, signed in zip(rows["row"], printed["signed"], rows["signed"]):
        if pd.isna(signed) and plain_text(cell):
            found.append(f"{place(file, number, 'SIGNED')}: {plain_text(cell)!r} is not a date; an earlier list's date is kept, if there is one")
        elif not pd.isna(signed) and signed.date() > date:
            found.append(f"{place(file, number, 'SIGNED')}: {signed.date().isoformat()} is later than the list; kept as printed")
    return found


@dataclass
class Archive:
    """Everything that is known from the lists followed so far, newest last, in the form of the four tables."""

    agreements: list[Agreement] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # agreement_id -> source_key of the list that first named it
    lists: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=LIST_COLUMNS))
    by_state: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_signing: pd.DataFrame = field(default_factory=pd.DataFrame)

    @classmethod
    def load(cls, folder: Path) -> Archive:
        """What ``agreements.csv``, ``lists.csv``, ``list_counts.csv`` and ``list_signed.csv`` of ``folder`` hold."""
        table = tables.load("agreements", folder)
        sources = dict(zip(table["agreement_id"], table.pop("source_key")))
        text = table.select_dtypes(exclude="datetime").columns
        table[text] = table[text].fillna("")
        agreements = [Agreement(**{name: _date(value) for name, value in row.items()}) for row in table.to_dict("records")]
        return cls(agreements, sources, *(tables.load(name, folder) for name in ("lists", "list_counts", "list_signed")))

    def add(self, listing: Listing) -> list[Change]:
        """Follow the agreements onto one more list, which must be newer than the newest one. Returns what it changed."""
        if len(self.lists) and listing.name <= (newest := list_name(self.lists.iloc[-1]["list"])):
            raise ListError(f"{listing.file}: the list is of {listing.name}, and the newest list in the data is of {newest}; only newer lists can be added")
        self.agreements, changes = follow(self.agreements, listing.rows, listing.name.date)
        for agreement in self.agreements:
            self.sources.setdefault(agreement.agreement_id, listing.source_key)
        by_state, by_signing = counts.listing_by_state(listing.rows), counts.listing_by_signing(listing.rows)
        for table in (by_state, by_signing):
            table.insert(0, "list", str(listing.name))
        self.lists = pd.concat([self.lists, pd.DataFrame([_list_row(listing)])], ignore_index=True)
        self.by_state = pd.concat([self.by_state, by_state], ignore_index=True)
        self.by_signing = pd.concat([self.by_signing, by_signing], ignore_index=True)
        return changes

    def files(self) -> dict[str, str]:
        """The four tables as CSV text, file name -> content, in a stable order so that a reviewer sees a small difference."""
        agreements = agreement_table(self.agreements)
        agreements["source_key"] = agreements["agreement_id"].map(self.sources)
        written = {"agreements": agreements[AGREEMENT_COLUMNS], "lists": self.lists, "list_counts": self.by_state, "list_signed": self.by_signing}
        return {f"{name}.csv": tables.to_csv(table) for name, table in written.items()}


def agreement_table(agreements: list[Agreement]) -> pd.DataFrame:
    """Agreements as a DataFrame, one row each, dates as datetime64, in order of agreement_id."""
    table = pd.DataFrame([vars(agreement) for agreement in agreements])
    for column in ("signed", "first_listed", "last_listed"):
        table[column] = pd.to_datetime(table[column])
    return table


def _date(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is pd.NaT else value


def _list_row(listing: Listing) -> dict:
    counted = counts.listing(listing.rows)
    return {
        "list": str(listing.name),
        "date": pd.Timestamp(listing.name.date),
        "part": listing.name.part or None,
        "kind": listing.kind,
        "unchanged_until": pd.Timestamp(listing.unchanged_until),
        **{name: counted[name] for name in ("rows", "agreements", "agencies", "states", "territories")},
        **counted["by_model"],
        "file": listing.file,
        "source_key": listing.source_key,
    }


@dataclass
class Report:
    """What an import found and did, for a person. ``known`` says that the data held this very list already."""

    listing: Listing
    changes: list[Change]
    known: bool = False

    def summary(self) -> str:
        """One line for the log of changes: ``new 46, left 3, renamed 1``."""
        numbers = {what: len(changes) for what, changes in self._by_kind().items()}
        return ", ".join(f"{what} {number:,}" for what, number in numbers.items()) or "no agreement changed"

    def lines(self) -> list[str]:
        """The whole report: a headline, every change, and every cell that could not be read."""
        counted = counts.listing(self.listing.rows)
        lines = [f"List of {self.listing.name} ({self.listing.file}): {counted['rows']:,} agreement rows, {counted['agencies']:,} agencies", self.summary()]
        for what, changes in self._by_kind().items():
            lines += [f"  {what}: {_sentence(change)}" for change in changes]
        return lines + [f"  not read: {sentence}" for sentence in self.listing.unread]

    def _by_kind(self) -> dict[str, list[Change]]:
        kinds = ("new", "left", "returned", "re-dated", "renamed", "moved")
        grouped = {what: [change for change in self.changes if change.what == what] for what in kinds}
        return {what: changes for what, changes in grouped.items() if changes}


def _sentence(change: Change) -> str:
    known = change.after or change.before
    said = f"{known.agency}, {known.state}, {known.model.replace('_', ' ')}"
    if change.what == "re-dated":
        return f"{said}: {change.before.signed or 'no date'} is now {change.after.signed or 'no date'}"
    if change.what == "renamed":
        return f"{said}: was {change.before.agency}"
    if change.what == "moved":
        return f"{said}: was under {change.before.state}"
    return f"{said}, signed {known.signed or 'on a date not stated'}"


def import_list(path: Path, source_key: str, folder: Path = tables.DATA, date: dt.date | None = None, force: bool = False, dry_run: bool = False) -> Report:
    """Add a newer list to the tables in ``folder``: all of it or, on any error, none of it.

    The newest list again changes nothing. ``force`` accepts a list with far fewer rows than the newest one; ``dry_run`` reports and
    writes nothing. Raises ListError or TableError in one sentence.
    """
    listing = open_listing(path, source_key, date)
    archive = Archive.load(folder)
    newest = archive.lists.iloc[-1]
    if str(listing.name) == newest["list"] and _same_rows(archive, listing):
        return Report(listing, [], known=True)
    report = Report(listing, archive.add(listing))  # first, since no force helps an older list
    if len(listing.rows) < LEAST_SHARE * newest["rows"] and not force:
        raise ListError(
            f"{path.name}: the list has {len(listing.rows):,} agreement rows and the newest one, of {newest['list']}, has {newest['rows']:,};"
            " check that the file is whole, then repeat with --force"
        )
    if not dry_run:
        tables.replace(archive.files() | {"CHANGELOG.md": _changelog(folder, report)}, folder)
    return report


def _same_rows(archive: Archive, listing: Listing) -> bool:
    """Whether the newest list, read again, says the same: ICE has published two contents under one label."""
    _, changes = follow(archive.agreements, listing.rows, listing.name.date)
    return not changes and len(listing.rows) == archive.lists.iloc[-1]["rows"]


def _changelog(folder: Path, report: Report) -> str:
    log = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    counted = counts.listing(report.listing.rows)
    entry = (
        f"\n## List of {report.listing.name}\n\n- Changed: added {_literal(report.listing.file)} (source `{report.listing.source_key}`), {counted['rows']:,} agreement rows,"
        f" {counted['agencies']:,} agencies. {report.summary().capitalize()}.\n"
    )
    before, mark, after = log.partition(CHANGELOG_MARK)
    return before + mark + entry + after


def _literal(file: str) -> str:
    """A file's name as Markdown that shows it letter by letter: the log is a page of the book, and the name is somebody else's."""
    return re.sub(r"[\\`*{}\[\]<>&$~|]", r"\\\g<0>", plain_text(file))
