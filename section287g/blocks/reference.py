"""Blocks of the reference pages: every number, every term, every table with its columns and files."""

from __future__ import annotations

import json
from hashlib import sha256

import pandas as pd
from markupsafe import Markup

from section287g import counts, facts, tables
from section287g.blocks import markup
from section287g.blocks.markup import keys, number_cells, slug
from section287g.blocks.registry import LISTS, Page, block
from section287g.facts import written_date
from section287g.words import _, fill, full_stop, without_accents, written_month
from section287g.words import number as written

TYPES = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "date": _("date"),
    "boolean": _("yes or no"),
}
OURS = _("This book's own reading.")  # columns that hold what this book concludes
KINDS_OF_LISTS = {
    "ice_workbook": _("ICE's own workbooks"),
    "web_table_copy": _("copies of the table on ICE's page"),
    "transcript": _("a copy of ICE's list made by others"),
}
FROM_LISTS = ("agreements", "lists", "printed_rows", "list_counts", "list_signed")


@block("numbers", shows=lambda: ["numbers"], of_book=True, script=LISTS)
def numbers(page: Page) -> dict:
    """Every number of the book with its date, definition, sources and the pages that use it, by the first of them."""
    used = page.facts_of_book
    groups: dict[str, list[list[str]]] = {first: [] for first in sorted(pages[0] for pages in used.values())}
    for name in (name for name in facts.names() if name in used):
        groups[used[name][0]].append(_number(page, name, used[name]))
    return {"groups": {page.title(first): rows for first, rows in groups.items()}}


def _number(page: Page, name: str, pages: list[str]) -> list[str]:
    number, *rest = number_cells(facts.get(name))
    link = Markup('<a href="{}">{}</a>')
    links = Markup(", ").join(link.format(page.address(used), page.title(used)) for used in pages)
    return [Markup('<span id="number-{}">{}</span>').format(slug(name), number), *rest, links]


@block("slash-key", script="slash-key.js")
def slash_key(page: Page) -> dict:
    """A switch for the key that moves to the search box."""
    return {}


@block("terms", sources=lambda: tables.cited(tables.load("glossary")), shows=lambda: ["terms"], script=LISTS)
def terms(page: Page) -> dict:
    """All terms with their meaning, related terms and sources, by their first letter."""
    letters: dict[str, list[dict]] = {}
    rows = tables.load("glossary").to_dict("records")
    for row in sorted(rows, key=lambda row: without_accents(markup.term(row["term"])).casefold()):
        entry = row | {"related": keys(row["related_terms"]), "sources": keys(row["source_keys"])}
        first = next(filter(str.isalnum, markup.term(row["term"])))
        letters.setdefault(first.upper(), []).append(entry)
    return {"letters": letters}


@block("archive", sources=lambda: tables.cited(pd.concat([tables.load("lists"), tables.load("known_lists")])))
def archive(page: Page) -> dict:
    """Which days have a list in the data, and which have one that is known to be kept elsewhere, month by month."""
    months = counts.archive_by_month()
    written = months[["days", "elsewhere"]].map(lambda days: ", ".join(map(str, days)) or _("none"))
    return {
        "rows": [
            [written_month(month.to_timestamp()), *row]
            for month, *row in zip(
                months.index, written["days"], months["lists"], written["elsewhere"], months["missing"], strict=True
            )
        ],
        "lists": int(months["lists"].sum()),
        "missing": int(months["missing"].sum()),
        "days": int(months["days"].map(len).sum()),
        "elsewhere": int(months["elsewhere"].map(len).sum()),
    }


@block("dictionary")
def dictionary(page: Page, *names: str) -> dict:
    """The tables of ``data/`` (or those named), column by column, each with its files to download."""
    if unknown := set(names) - set(tables.names()):
        raise ValueError(f"no table {unknown.pop()!r} in data/; tables are {', '.join(tables.names())}")
    return {"tables": [_table(page, name) for name in names or tables.names()]}


def _table(page: Page, name: str) -> dict:
    resource, rows = tables.describe(name), tables.load(name)
    text = json.dumps(metadata(name), indent=1, ensure_ascii=False) + "\n"
    references = _references(resource["schema"])
    return {
        **resource,
        "count": written(len(rows)),
        "newest": [
            fill(_("{lists} to {date}"), lists=lists, date=written_date(date)) for lists, date in as_of(name).items()
        ],
        "sources_in": _source_column(rows) if name != "sources" else "",
        "address": page.download(resource["path"], (tables.DATA / resource["path"]).read_bytes()),
        "metadata_name": f"{name}.metadata.json",
        "metadata_address": page.download(f"{name}.metadata.json", text.encode()),
        "columns": [_column(field, rows[field["name"]], references) for field in resource["schema"]["fields"]],
    }


def _source_column(rows: pd.DataFrame) -> str:
    return next((column for column in ("source_key", "source_keys") if column in rows), "")


def _references(schema: dict) -> dict[str, str]:
    """Column -> the table whose keys it holds."""
    several = {field["name"]: field["listOf"]["resource"] for field in schema["fields"] if "listOf" in field}
    return several | {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}


def _column(field: dict, cells: pd.Series, references: dict[str, str]) -> list[str]:
    return [
        Markup("<code>{}</code>").format(field["name"]),
        full_stop(field["description"]) + (f" {OURS}" if field.get("ours") else ""),
        TYPES[field["type"]],
        field.get("unit", ""),
        _allowed(field.get("constraints", {}), references.get(field["name"], "")),
        _share(cells.isna().mean()),
    ]


def _allowed(rules: dict, reference: str) -> Markup:
    """What may stand in a cell, in words."""
    code, parts = Markup("<code>{}</code>"), []
    if reference:
        link = Markup('<a href="#table-{}">{}</a>').format(slug(reference), reference)
        parts.append(Markup(_("a key of {table}")).format(table=link))
    if "enum" in rules:
        parts.append(Markup(", ").join(code.format(value) for value in rules["enum"]))
    if "pattern" in rules and not reference:
        parts.append(Markup(_("form {pattern}")).format(pattern=code.format(rules["pattern"])))
    if "minimum" in rules:
        parts.append(fill(_("{n} or more"), n=str(rules["minimum"])))
    if rules.get("unique"):
        parts.append(_("no value twice"))
    return Markup("; ").join(parts)


def _share(share: float) -> str:
    """Share of blank cells in whole percent, never rounded to nothing or to all."""
    if 0 < share < 0.01:
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def metadata(name: str) -> dict:
    """Description of table ``name`` for readers without the book: its own, licence, credit, as-of, rows, sha256 of the
    file.

    Raises KeyError with the known names if there is no such table.
    """
    package = json.loads((tables.DATA / "datapackage.json").read_text(encoding="utf-8"))
    resource = tables.describe(name)
    content = (tables.DATA / resource["path"]).read_bytes()
    return {
        "name": name,
        "path": resource["path"],
        "title": resource["title"],
        "description": resource["description"],
        "package": package["title"],
        "version": package["version"],
        "as_of": as_of(name),
        "rows": len(tables.load(name)),
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "licenses": package["licenses"],
        "credit": [contributor["title"] for contributor in package["contributors"]],
        "encoding": resource["encoding"],
        "schema": resource["schema"],
    }


def as_of(name: str) -> dict[str, str]:
    """How new a table is: what it rests on -> newest date (ISO). Empty for tables that speak of no single date."""
    if name in FROM_LISTS:
        return {words: f"{counts.newest(kind)['date']:%Y-%m-%d}" for kind, words in KINDS_OF_LISTS.items()}
    if name == "published_totals":
        return {_("totals stated by others"): f"{tables.load(name)['date'].max():%Y-%m-%d}"}
    return {}
