"""Checks of ``data/`` that one table alone cannot show: that the tables made from ICE's lists agree with each other,
and what a reader should know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from section287g import claims, counts, events, quotations, tables, vintage

# Where a source can be cited beside the tables.
TEXTS = ("book/**/*.md", "notebooks/*.ipynb", "section287g/**/*.py", "section287g/**/*.json")
# A row listed this long after its date of signing probably has a wrong year; it stays as ICE printed it.
LATE_DAYS = 300


@dataclass(frozen=True)
class Check:
    """One line of the table of checks: ``status`` is pass, fail or info."""

    status: str
    subject: str
    finding: str

    def __str__(self) -> str:
        return f"{self.status}  {self.subject}: {self.finding}"


def run(folder: Path = tables.DATA) -> list[Check]:
    """Every check: each table against its description, and, when all of them pass, the tables against each other."""
    described = [check for name in tables.names(folder) for check in _table(name, folder)]
    if any(check.status == "fail" for check in described):
        return described
    return described + [
        check
        for examine in (_agreement_rules, _sums, _newest, _last_checks, _uncited, _one_truth, _notes)
        for check in examine(folder)
    ]


def stated_claims() -> list[Check]:
    """Whether every value that ``claims.csv`` states and the lists can give is what they give."""
    found = claims.all()
    wrong = [
        f"{claim.claim_id} states {claim.stated!r}, the lists give {claim.text!r}" for claim in found if not claim.holds
    ]
    if wrong:
        return [Check("fail", "claims", sentence) for sentence in wrong]
    return [Check("pass", "claims", f"{len(found)} values counted anew from the lists are those stated")]


def pages() -> list[Check]:
    """Whether pages, pictures and explorers leave the dates of the book's own work to the tables."""
    return list(_listed("as of", "no date of the book's own work is typed", vintage.typed_dates()))


def quotations_of_law() -> list[Check]:
    """Whether the book quotes statutes, rulings, orders and agreement forms as ``passages.csv`` prints them."""
    rule = f"all quotations of law stand as printed in the {len(tables.load('passages')):,} passages"
    return list(_listed("quotations", rule, quotations.check()))


def _table(name: str, folder: Path) -> Iterator[Check]:
    problems = tables.problems(name, folder)
    if not problems:
        yield Check("pass", name, f"{len(tables.load(name, folder)):,} rows keep every rule of datapackage.json")
    for problem in problems:
        yield Check("fail", name, str(problem))


def _listed(subject: str, rule: str, broken: Iterable[object]) -> Iterator[Check]:
    """pass, or one fail for each thing that breaks ``rule``."""
    found = [Check("fail", subject, str(each)) for each in broken]
    yield from found or [Check("pass", subject, rule)]


def _verdict(subject: str, rule: str, broken: pd.Series) -> Check:
    """pass, or fail naming the first few rows (by their key) that break ``rule``."""
    if not len(broken):
        return Check("pass", subject, rule)
    return Check("fail", subject, f"{rule}: broken by {len(broken):,} rows, first {', '.join(map(str, broken[:3]))}")


def _agreement_rules(folder: Path) -> Iterator[Check]:
    agreements, lists = tables.load("agreements", folder), tables.load("lists", folder)
    key, dates, newest = agreements["agreement_id"], set(lists["date"]), lists["date"].iloc[-1]
    off_list = ~(agreements["first_listed"].isin(dates) & agreements["last_listed"].isin(dates))
    yield _verdict("agreements", "first and last listed on the date of a list", key[off_list])
    yield _verdict(
        "agreements", "first listed not after last listed", key[agreements["first_listed"] > agreements["last_listed"]]
    )
    on_newest = agreements["last_listed"] == newest
    yield _verdict(
        "agreements", "listed means on the newest list", key[(agreements["status"] == "listed") & ~on_newest]
    )


def _sums(folder: Path) -> Iterator[Check]:
    lists = tables.load("lists", folder).set_index("list")
    states = tables.load("list_counts", folder).drop(columns="state").groupby("list").sum().reindex(lists.index)
    models = list(counts.MODELS)
    yield _verdict("lists", "models add up to the rows", lists.index[lists[models].sum(axis=1) != lists["rows"]])
    yield _verdict(
        "list_counts",
        "states add up to each model of their list",
        lists.index[(states[models] != lists[models]).any(axis=1)],
    )
    yield _verdict(
        "list_counts",
        "states add up to the agencies of their list",
        lists.index[states["agencies"] != lists["agencies"]],
    )
    signed = tables.load("list_signed", folder).groupby("list")[models].sum().reindex(lists.index)
    yield _verdict(
        "list_signed", "years add up to each model of their list", lists.index[(signed != lists[models]).any(axis=1)]
    )
    yield _verdict("lists", "in time order, none twice", lists.index[lists["date"].diff() < pd.Timedelta(0)])


def _newest(folder: Path) -> Iterator[Check]:
    newest = tables.load("lists", folder).iloc[-1]
    listed = int((tables.load("agreements", folder)["status"] == "listed").sum())
    # an agreement that a list names twice, under two spellings, is followed as one
    fits = newest["agreements"] - 5 <= listed <= newest["agreements"]
    yield Check(
        "pass" if fits else "fail",
        "agreements",
        f"{listed:,} followed to the newest list, which holds {newest['agreements']:,}",
    )


def _last_checks(folder: Path) -> Iterator[Check]:
    return _listed(
        "checked", "no row was compared with its sources before they were there", vintage.impossible_checks(folder)
    )


def _uncited(folder: Path) -> Iterator[Check]:
    return _listed("sources", "every source is cited", uncited_sources(folder))


def uncited_sources(folder: Path = tables.DATA, root: Path = tables.DATA.parent) -> Iterator[tables.Problem]:
    """Each row of ``sources`` whose key stands in no other table of ``folder`` and in no text of ``root``."""
    cells = [path for path in folder.glob("*.csv") if path.stem != "sources"]
    words = set()
    for path in [*cells, *(path for pattern in TEXTS for path in root.glob(pattern))]:
        words |= set(re.findall(r"[a-z0-9]+", path.read_text(encoding="utf-8")))
    for number, key in enumerate(tables.load("sources", folder)["source_key"], 2):
        if key not in words:
            remedy = "cite it where the book says what it supports, or delete the row"
            yield tables.Problem("sources", number, "source_key", f"nothing cites {key!r}; {remedy}")


def _one_truth(folder: Path) -> Iterator[Check]:
    return _listed(
        "events", "tables and pages say of a law, order or case what data/events.csv says", events.problems(folder)
    )


def _notes(folder: Path) -> Iterator[Check]:
    agreements = tables.load("agreements", folder)
    late = (agreements["first_listed"] - agreements["signed"]).dt.days > LATE_DAYS
    late &= (
        agreements["first_listed"] > agreements["first_listed"].min()
    )  # what the oldest list names was signed at any time before
    ahead = agreements["signed"] > agreements["last_listed"]
    notes: dict[str, Callable[[], int]] = {
        f"listed more than {LATE_DAYS} days after the date of signing, probably a wrong year": late.sum,
        "with a date of signing after the last list that names them": ahead.sum,
        "with a date of signing after the first list that names them": (
            (agreements["signed"] > agreements["first_listed"]).sum
        ),
        "without a date of signing": agreements["signed"].isna().sum,
        "without a posted document": agreements["document_url"].isna().sum,
    }
    for text, number in notes.items():
        yield Check("info", "agreements", f"{number():,} {text}")
    for name in tables.names(folder):
        table = tables.load(name, folder)
        if "confidence" in table and (unverified := int((table["confidence"] == "unverified").sum())):
            yield Check("info", name, f"{unverified:,} rows are not verified")
        if "source_key" in table and (blank := int(table["source_key"].isna().sum())):
            yield Check("info", name, f"{blank:,} rows have no source")
