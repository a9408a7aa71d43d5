"""Blocks about sources: the panel of a page, the list and the file of all, and what could not be verified."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from markupsafe import Markup

from section287g import bibliography, citing, facts, links, tables
from section287g.blocks import unverified_rows
from section287g.blocks.markup import GRADES, document, keys, number_cells, sentence, source_anchor
from section287g.blocks.registry import LISTS, Page, block
from section287g.facts import written_date
from section287g.words import _
from section287g.words import number as written

SIDES = {
    "supports": _("Supports the program"),
    "opposes": _("Opposes the program"),
    "neutral": _("Neutral"),
    "": _("No part in the debate"),
}
SEEN = {"first-hand": _("Read first-hand"), "copy": _("Read in a copy"), "summary": _("Known from a summary")}
SUBJECTS = {
    "lists": _("ICE’s lists"),
    "history": _("Law and history"),
    "states": _("State law"),
    "models": _("The three models"),
    "incentives": _("Money"),
    "evidence": _("Studies, audits and outcomes"),
    "claims": _("Texts and statements"),
}


@block("sources")
def panel(page: Page, form: str = "folded") -> dict:
    """The sources and numbers that the page uses; on the page of all numbers, the sources of them all. ``form`` "open"
    lists them unfolded."""
    of_numbers = (key for name in page.facts_of_book for key in facts.get(name).source_keys)
    return {
        "keys": list(dict.fromkeys(of_numbers) if "numbers" in page.shows else page.sources),
        "bibliography": page.showing("sources"),
        "folded": form != "open",
        "numbers": [number_cells(facts.get(name)) for name in page.facts],
    }


@block("source-counts")
def source_counts(page: Page) -> dict:
    """All sources counted by kind and side, and by kind and how they were seen."""
    rows = tables.load("sources")
    return {
        "by_side": _counted(rows, rows["side"].fillna(""), SIDES, _group_anchor),
        "by_seen": _counted(rows, rows["seen"], SEEN),
        "sides": [_("Kind"), *SIDES.values(), _("All")],
        "seen": [_("Kind"), *SEEN.values(), _("All")],
    }


def _counted(
    rows: pd.DataFrame, by: pd.Series, columns: dict[str, str], anchor: Callable | None = None
) -> list[list[str]]:
    """Sources counted by kind (rows) and ``by`` (columns), with sums; ``anchor`` gives what a count leads to."""
    counted = pd.crosstab(rows["kind"], by).reindex(index=list(GRADES), columns=list(columns), fill_value=0)
    link, cells = Markup('<a href="#{}">{}</a>'), []
    for kind, numbers in counted.iterrows():
        shown = [
            link.format(anchor(kind, column), written(number)) if anchor and number else written(number)
            for column, number in numbers.items()
        ]
        cells.append([GRADES[kind], *shown, written(numbers.sum())])
    return [*cells, [_("All"), *map(written, counted.sum()), written(counted.to_numpy().sum())]]


def _group_anchor(kind: str, side: str) -> str:
    """Id of the heading above the sources of one kind and side."""
    return f"{kind}-{side or 'no-side'}"


@block("source-list", shows=lambda kind: ["sources"], of_book=True, script=LISTS)
def source_list(page: Page, kind: str) -> dict:
    """Every source of one kind, by side, with how it was seen and the tables and pages that cite it."""
    if kind not in GRADES:
        raise ValueError(f"no kind of source {kind!r}; kinds are {', '.join(GRADES)}")
    rows = tables.load("sources")
    rows = rows[rows["kind"] == kind].fillna({"side": "", "note": ""})
    rows = rows.sort_values(["publisher", "date", "title"], key=lambda column: column.str.lower(), kind="stable")
    cited = bibliography.tables_by_source()
    groups = [(side, rows[rows["side"] == side].to_dict("records")) for side in SIDES]
    return {
        "first": kind == next(iter(GRADES)),
        "groups": [
            {
                "id": _group_anchor(kind, side),
                "title": f"{SIDES[side]} ({written(len(group))})",
                "entries": [_entry(page, row, cited.get(row["source_key"], [])) for row in group],
            }
            for side, group in groups
            if group
        ],
    }


def _entry(page: Page, row: dict, in_tables: list[str]) -> dict:
    key, link = row["source_key"], Markup('<a href="{}">{}</a>')
    uses = [Markup("<code>{}</code>").format(name) for name in in_tables]
    uses += [link.format(page.address(name), page.title(name)) for name in page.sources_of_book.get(key, ())]
    return {
        "id": source_anchor(key),
        "document": document(key),
        "seen": SEEN[row["seen"]],
        "note": sentence(row["note"]),
        "archived": "" if citing.missing(row["url"]) else links.archived(row["url"]),
        "uses": Markup(", ").join(uses),
    }


@block("source-file")
def source_file(page: Page) -> dict:
    """The list of all sources as a BibTeX file to download."""
    name = "references.bib"
    return {"name": name, "address": page.download(name, bibliography.bibtex(tables.load("sources")).encode())}


@block("unverified")
def unverified(page: Page, part: str) -> dict:
    """One part of what could not be verified: boxes of statements, or a list of sources."""
    if part not in PARTS:
        raise ValueError(f"no part {part!r}; parts are {', '.join(PARTS)}")
    return {"bibliography": page.showing("sources"), "boxes": [], "lists": {}, **PARTS[part]()}


def _statements() -> dict:
    rows = tables.load("not_verified")
    of_subject = ((title, rows[rows["subject"] == subject]) for subject, title in SUBJECTS.items())
    return {"boxes": [_box(title, group[["statement", "why", "source_keys"]]) for title, group in of_subject]}


def _by_table(rows: pd.DataFrame) -> dict:
    groups = ((tables.describe(name)["title"], group) for name, group in rows.groupby("table", sort=False))
    return {"boxes": [_box(title, group[["what", "remark", "source_keys"]]) for title, group in groups]}


def _box(title: str, rows: pd.DataFrame) -> dict:
    """A box from rows of three cells: what it is, why it is doubtful, source keys."""
    items = [(written_date(what), why, keys(cell)) for what, why, cell in rows.itertuples(index=False)]
    return {"title": f"{title} ({written(len(rows))})", "items": items}


PARTS: dict[str, Callable[[], dict]] = {
    "statements": _statements,
    "marked": lambda: _by_table(unverified_rows.marked_rows()),
    "without-source": lambda: _by_table(unverified_rows.rows_without_source()),
    "not-confirmed": lambda: {"lists": {_("Sources not confirmed"): unverified_rows.sources_not_confirmed()}},
    "summaries": lambda: {"lists": {_("Sources known from a summary"): unverified_rows.sources_known_from_a_summary()}},
}
