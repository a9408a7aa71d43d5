"""Adding lists to ``data/``: any number, older and newer, in any order; all of them or, on any error, none."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from section287g import counts, tables
from section287g.ice_lists.derive import GIVEN, Archive, Derived, derive
from section287g.ice_lists.files import ListError
from section287g.ice_lists.history import Change
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import is_day_first, known_kind, normalise
from section287g.ice_lists.normalise import text as plain_text
from section287g.ice_lists.printed import Row
from section287g.ice_lists.read import CELLS, Printed, examine, place

# ICE published no workbook before this day; older files are copies of the table on its page.
FIRST_WORKBOOK = dt.date(2025, 2, 21)
# What one list can differ from its neighbour in time, before it is more likely cut, of another kind or under a wrong
# date.
LEAST_SHARE = 0.9  # of the rows of the list before; less by a thousandth for each day between
MOST_SHARE, MOST_A_DAY = 1.5, 20
MOST_UNREAD = 0.05  # of the dates of signing
MOST_RETURNED, MOST_EXCHANGED, MOST_AHEAD = 0.02, 0.01, 0.01  # of the rows
FEW = 5  # so many of anything are no reason for a doubt, however short the list
DAYS_AHEAD = 366  # a list dated further in the future has a typing error in its name
SHOWN = 40  # changes of one kind, or notes, in a report

CHANGELOG_MARK = "<!-- newest first, below this line -->\n"
CHANGES = ("new", "left", "returned", "re-dated", "renamed", "moved", "corrected")


@dataclass
class Listing:
    """One list ready to be placed: when it was published, where it came from, its rows as printed and cleaned, and what
    there is to say."""

    path: Path
    name: ListName
    kind: str
    file: str
    unchanged_until: dt.date
    source_key: str
    columns: list[str]
    rows: list[Row]
    cleaned: pd.DataFrame
    notes: list[str]
    doubts: list[str]

    @property
    def label(self) -> str:
        return str(self.name)

    def given(self) -> dict:
        """Its row of ``lists.csv``, without what is counted."""
        date, until = pd.Timestamp(self.name.date), pd.Timestamp(self.unchanged_until)
        return dict(
            zip(
                GIVEN,
                [
                    self.label,
                    date,
                    self.name.part or None,
                    self.kind,
                    until,
                    self.file,
                    "; ".join(self.columns),
                    self.source_key,
                ],
                strict=True,
            )
        )


def open_listing(path: Path, source_key: str, date: dt.date | None = None) -> Listing:
    """Read and clean one list. A ``manifest.csv`` beside it, if there is one, tells the publisher's file name and how
    long it stood.

    ``date`` overrides the date in the file name. Raises ListError in one sentence.
    """
    printed = examine(path)
    cleaned = normalise(printed.rows, path.name)
    name = ListName(date) if date else list_name(path)
    if path.suffix.lower() == ".csv":
        kind = "transcript"
    else:
        kind = "ice_workbook" if name.date >= FIRST_WORKBOOK else "web_table_copy"
    known = _manifest_row(path)
    until = dt.date.fromisoformat(known.get("unchanged_until") or name.date.isoformat())
    file = plain_text(known.get("original_filename") or known.get("ice_file") or path.name)
    rows = list(zip(*(printed.rows[cell] for cell in CELLS), strict=True))
    notes = [*printed.notes, *_unread(path.name, printed, cleaned, name.date)]
    doubts = [*printed.doubts, *_doubts_of_dates(printed, cleaned, name.date)]
    return Listing(path, name, kind, file, until, source_key, printed.columns, rows, cleaned, notes, doubts)


def _manifest_row(path: Path) -> dict[str, str]:
    manifest = path.with_name("manifest.csv")
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return next((row for row in csv.DictReader(file) if row.get("file") == path.name), {})


def _unread(file: str, printed: Printed, cleaned: pd.DataFrame, date: dt.date) -> list[str]:
    """One sentence for each SIGNED cell that gives no date, or one after the list, and for each kind of agency that is
    not known."""
    found = []
    for number, cell, signed in zip(cleaned["row"], printed.rows["signed"], cleaned["signed"], strict=True):
        if pd.isna(signed) and plain_text(cell):
            found.append(
                f"{place(file, number, 'SIGNED')}: {plain_text(cell)!r} is not a date; an earlier list's date is kept,"
                " if there is one"
            )
        elif pd.isna(signed):
            found.append(
                f"{place(file, number, 'SIGNED')}: the cell is blank; an earlier list's date is kept, if there is one"
            )
        elif signed.date() > date:
            found.append(
                f"{place(file, number, 'SIGNED')}: {signed.date().isoformat()} is later than the list; kept as printed"
            )
    kinds = Counter(plain_text(cell) for cell in printed.rows["agency_kind"] if known_kind(cell) is None)
    return found + [
        f"column TYPE: {kind[:80]!r} is not a kind of agency that is known; it is left blank ({number:,} times)"
        for kind, number in kinds.items()
    ]


def _doubts_of_dates(printed: Printed, cleaned: pd.DataFrame, date: dt.date) -> list[str]:
    doubts = []
    rows, unread = len(cleaned), int(cleaned["signed"].isna().sum())
    if _too_many(unread, MOST_UNREAD, rows):
        doubts.append(f"{unread:,} of its {rows:,} dates of signing are blank or cannot be read")
    ahead = int((cleaned["signed"] > pd.Timestamp(date)).sum())
    if _too_many(ahead, MOST_AHEAD, rows):
        doubts.append(f"{ahead:,} of its agreements were signed after the day of the list, {date.isoformat()}")
    orders = Counter(map(is_day_first, printed.rows["signed"]))
    if orders[True] > orders[False]:
        doubts.append(
            f"{orders[True]:,} of its dates are written with the day first, which leaves open what the others mean;"
            " write them like 2026-09-22"
        )
    if date > dt.date.today() + dt.timedelta(days=DAYS_AHEAD):
        doubts.append(f"its date, {date.isoformat()}, lies in the far future")
    return doubts


def _too_many(number: int, share: float, rows: int) -> bool:
    return number > max(FEW, share * rows)


@dataclass
class ListReport:
    """What an import found on one list, and what that list changed. ``known`` says that the data held this very list
    already."""

    listing: Listing
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: bool = False

    def summary(self) -> str:
        """One line for the log of changes: ``new 46, left 3, renamed 1``."""
        numbers = {what: len(changes) for what, changes in self._by_kind().items()}
        return ", ".join(f"{what} {number:,}" for what, number in numbers.items()) or "no agreement changed"

    def lines(self) -> list[str]:
        """A headline, the changes, and every cell that could not be read."""
        listing, counted = self.listing, counts.listing(self.listing.cleaned)
        lines = [
            f"List of {listing.label} ({listing.file}): {counted['rows']:,} agreement rows, {counted['agencies']:,}"
            " agencies"
        ]
        if self.known:
            return [*lines, "  The data already hold this list."]
        lines.append(self.summary())
        for what, changes in self._by_kind().items():
            lines += _shortened([f"  {what}: {_sentence(change)}" for change in changes])
        return lines + _shortened([f"  note: {sentence}" for sentence in [*self.notes, *listing.notes]])

    def _by_kind(self) -> dict[str, list[Change]]:
        grouped = {what: [change for change in self.changes if change.what == what] for what in CHANGES}
        return {what: changes for what, changes in grouped.items() if changes}


def _shortened(lines: list[str]) -> list[str]:
    return lines if len(lines) <= SHOWN else [*lines[:SHOWN], f"    and {len(lines) - SHOWN:,} more"]


def _sentence(change: Change) -> str:
    before, known = change.earlier, change.known
    said = f"{known.agency}, {known.state}, {known.model.replace('_', ' ')}"
    if change.what == "re-dated":
        return f"{said}: {before.signed or 'no date'} is now {known.signed or 'no date'}"
    if change.what == "renamed":
        return f"{said}: was {before.agency}"
    if change.what == "moved":
        return f"{said}: was under {before.state}"
    if change.what == "corrected":
        cells = [(getattr(before, name), getattr(known, name)) for name in ("county", "agency_kind", "document_url")]
        return f"{said}: " + "; ".join(f"{old} is now {new}" for old, new in cells if old and old != new)
    return f"{said}, signed {known.signed or 'on a date not stated'}"


@dataclass
class Report:
    """What an import found and did. ``wrote`` says whether the data are others than before."""

    lists: list[ListReport]
    identifiers: list[str]  # sentences on agreements whose identifier is another one
    wrote: bool = False

    @property
    def known(self) -> bool:
        """Whether the data held all of these lists already."""
        return all(report.known for report in self.lists)

    def lines(self) -> list[str]:
        """The whole report, list by list in time order."""
        return [line for report in self.lists for line in report.lines()] + _shortened(self.identifiers)


def import_lists(
    paths: Iterable[Path],
    source_key: str = "ice287gpage",
    folder: Path = tables.DATA,
    date: dt.date | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> Report:
    """Add lists to the tables in ``folder``: all of them or, on any error, none.

    ``paths`` are files, and folders of files. Each list is placed by its date, and all tables are derived anew. A list
    that the data hold already changes nothing. ``date`` stands for the date in the name of a single file. ``force``
    accepts lists that raise doubts, and lets ICE's own file take the place of a copy of the same list; ``dry_run``
    reports and writes nothing. Raises ListError, a sentence for each file that cannot be used, and TableError, also
    when another import is at work.
    """
    with tables.locked(folder):
        listings = _opened(list(paths), source_key, date)
        archive = Archive.load(folder)
        reports = _compared(listings, archive, force)
        added = [report.listing for report in reports if not report.known]
        if not added:
            return Report(reports, [])
        archive = with_lists(archive, added)
        derived = derive(archive)
        for report in reports:
            report.changes = derived.changes[report.listing.label]
        if not force:
            _refuse_doubtful(added, archive, derived)
        whole = Report(reports, _identifiers(folder, derived), wrote=not dry_run)
        if not dry_run:
            tables.replace(
                derived.files(archive)
                | {"CHANGELOG.md": _changelog(folder, [one for one in reports if not one.known])},
                folder,
            )
        return whole


def read_lists(paths: Iterable[Path], source_key: str = "ice287gpage") -> Archive:
    """An archive of the lists in these files and folders alone. Raises ListError, a sentence for each file that cannot
    be used."""
    listings = [
        report.listing for report in _compared(_opened(list(paths), source_key, None), Archive.empty(), force=False)
    ]
    return with_lists(Archive.empty(), listings)


def with_lists(archive: Archive, added: list[Listing]) -> Archive:
    """``archive`` and these lists, each placed by its date; one of the same label takes the place of the old one."""
    labels = {listing.label for listing in added}
    new = pd.DataFrame([listing.given() for listing in added], columns=GIVEN)
    kept = archive.given[~archive.given["list"].isin(labels)]
    given = pd.concat([kept, new], ignore_index=True) if len(kept) else new
    given = given.iloc[sorted(range(len(given)), key=lambda place: list_name(given["list"].iloc[place]))].reset_index(
        drop=True
    )
    rows = archive.rows | {listing.label: listing.rows for listing in added}
    return Archive(given, {label: rows[label] for label in given["list"]})


def _opened(paths: list[Path], source_key: str, date: dt.date | None) -> list[Listing]:
    files = [file for path in paths for file in (_files_in(path) if path.is_dir() else [path])]
    if date and len(files) > 1:
        raise ListError(
            f"--date is for one list, and these are {len(files):,}; name the files by their dates, like 2026-05-18.xlsx"
        )
    listings, refused = [], []
    for file in files:
        try:
            listings.append(open_listing(file, source_key, date))
        except ListError as error:
            refused.append(str(error))
    if refused:
        raise ListError("\n".join(refused))
    return sorted(listings, key=lambda listing: (listing.name, listing.path))


def _files_in(folder: Path) -> list[Path]:
    """The lists in a folder: workbooks and CSV copies, without the manifest and what a spreadsheet program leaves while
    it has a file open."""
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".xlsx", ".csv")
        and path.name != "manifest.csv"
        and not path.name.startswith(("~$", "."))
    ]
    if not found:
        raise ListError(f"{folder}: the folder holds no .xlsx lists; expected files like 2026-05-18.xlsx")
    return found


def _compared(listings: list[Listing], archive: Archive, force: bool) -> list[ListReport]:
    """A report for each different list, that says if the data hold it. Raises ListError where one label has two
    contents."""
    reports: dict[str, ListReport] = {}
    refused = []
    kinds = dict(zip(archive.given["list"], archive.given["kind"], strict=True))
    for listing in listings:
        label, file = listing.label, listing.path.name
        if label in reports:
            other = reports[label].listing
            if other.rows == listing.rows:
                reports[label].notes.append(f"{other.path.name} and {file} are the same list; it is counted once")
            else:
                refused.append(
                    f"{file}: {other.path.name} is a list of {label} too, with other rows; if both are ICE's, name the"
                    f" second {_second(listing)}"
                )
            continue
        reports[label] = ListReport(listing, known=archive.rows.get(label) == listing.rows)
        if label in kinds and not reports[label].known:
            if (kinds[label], listing.kind) != ("transcript", "ice_workbook"):
                refused.append(
                    f"{file}: the data hold another list of {label}, with other rows; if both are ICE's, name the"
                    f" second {_second(listing)}"
                )
            elif force:
                reports[label].notes.append("takes the place of the copy of this list that the data held")
            else:
                refused.append(
                    f"{file}: the data hold a copy of the list of {label} with other rows; with --force ICE's own file"
                    " takes its place"
                )
    if refused:
        raise ListError("\n".join(refused))
    return list(reports.values())


def _second(listing: Listing) -> str:
    return f"{ListName(listing.name.date, listing.name.part_order, listing.name.copy + 1)}{listing.path.suffix}"


def _refuse_doubtful(added: list[Listing], archive: Archive, derived: Derived) -> None:
    refused = []
    for listing in added:
        doubts = [
            *listing.doubts,
            *_doubts_beside_neighbours(listing, archive),
            *_doubts_in_changes(listing, derived.changes[listing.label]),
        ]
        if doubts:
            refused.append(
                f"{listing.path.name}: this may not be one list of ICE's of {listing.label}: {'; '.join(doubts)}; check"
                " the file, then repeat with --force"
            )
    if refused:
        raise ListError("\n".join(refused))


def _doubts_beside_neighbours(listing: Listing, archive: Archive) -> list[str]:
    """Whether the list has far fewer or far more rows than the lists before and behind it, or lacks a column."""
    given = archive.given
    at = given.index[given["list"] == listing.label][0]
    doubts = []
    for earlier, later in ((at - 1, at), (at, at + 1)):
        if earlier < 0 or later == len(given):
            continue
        neighbour = given["list"].iloc[earlier if later == at else later]
        before, behind = (len(archive.rows[given["list"].iloc[place]]) for place in (earlier, later))
        days = (given["date"].iloc[later] - given["date"].iloc[earlier]).days
        if behind < LEAST_SHARE * before * (1 - days / 1000) or behind > MOST_SHARE * before + MOST_A_DAY * (days + 1):
            doubts.append(
                f"the list has {len(listing.rows):,} agreement rows and the one of {neighbour} has"
                f" {len(archive.rows[neighbour]):,}"
            )
    before = given.iloc[:at].query("kind == 'ice_workbook'")
    if listing.kind == "ice_workbook" and len(before):
        missing = [column for column in before["columns"].iloc[-1].split("; ") if column not in listing.columns]
        doubts += [f"it has no column {column}, which the list before has" for column in missing]
    return doubts


def _doubts_in_changes(listing: Listing, changes: list[Change]) -> list[str]:
    doubts = []
    returned = sum(change.what == "returned" for change in changes)
    if _too_many(returned, MOST_RETURNED, len(listing.rows)):
        doubts.append(f"{returned:,} agreements that had left would return")
    exchanged = sum(
        change.what == "re-dated" and _exchanged(change.earlier.signed) == change.known.signed for change in changes
    )
    if _too_many(exchanged, MOST_EXCHANGED, len(listing.rows)):
        doubts.append(
            f"{exchanged:,} dates known from other lists would have their day and month exchanged; write them like"
            " 2026-09-22"
        )
    return doubts


def _exchanged(date: dt.date | None) -> dt.date | None:
    """The date that a reader sees who takes the day for the month."""
    return date.replace(month=date.day, day=date.month) if date and date.day <= 12 else None


def _identifiers(folder: Path, derived: Derived) -> list[str]:
    """What an older list changed for agreements that were known: an identifier is made of what the first list says."""
    key = ["state", "agency", "model", "last_listed"]
    old, new = tables.load("agreements", folder), derived.tables["agreements"]
    gone = old[~old["agreement_id"].isin(new["agreement_id"])]
    return [
        f"identifier: {row.agreement_id} is no more, since an earlier list names {row.agency}, {row.state}, in"
        " another way"
        for row in gone[["agreement_id", *key]].itertuples()
    ]


def _changelog(folder: Path, reports: list[ListReport]) -> str:
    """The log with an entry for these lists."""
    labels = [report.listing.label for report in reports]
    heading = f"List of {labels[0]}" if len(labels) == 1 else f"{len(labels):,} lists of {labels[0]} to {labels[-1]}"
    entry = f"\n## {heading}\n\n" + "".join(_log_line(report, named=len(labels) > 1) for report in reports)
    before, mark, after = (folder / "CHANGELOG.md").read_text(encoding="utf-8").partition(CHANGELOG_MARK)
    return before + mark + entry + after


def _log_line(report: ListReport, named: bool) -> str:
    listing, counted = report.listing, counts.listing(report.listing.cleaned)
    which = f"the list of {listing.label}, " if named else ""
    return (
        f"- Changed: added {which}{_literal(listing.file)} (source `{listing.source_key}`), {counted['rows']:,}"
        f" agreement rows, {counted['agencies']:,} agencies. {report.summary().capitalize()}.\n"
    )


def _literal(file: str) -> str:
    """A file's name as Markdown that shows it letter by letter: the log is a page of the book, and the name is somebody
    else's."""
    return re.sub(r"[\\`*{}\[\]<>&$~|]", r"\\\g<0>", plain_text(file))
