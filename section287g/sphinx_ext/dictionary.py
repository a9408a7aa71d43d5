"""Directive ``{dictionary} [TABLE]``: the tables of ``data/`` (or one of them), column by column, each with its files to download."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from shutil import copyfile

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import tables
from section287g.facts import written_date
from section287g.sphinx_ext import downloads
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import fold, slug, table

TYPES = {"string": "text", "integer": "whole number", "number": "number", "date": "date", "boolean": "yes or no"}
HEADER = ["Column", "Meaning", "Type", "Unit", "Allowed", "Blank"]


class table_description(nodes.General, nodes.Element):
    """One table; attribute ``table`` is its name."""


class DictionaryDirective(SphinxDirective):
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        names = self.arguments or tables.names()
        if unknown := set(names) - set(tables.names()):
            message = f"no table {unknown.pop()!r} in data/; tables are {', '.join(tables.names())}"
            raise PageError(self.env, self.env.docname, self.lineno, message)
        return [table_description(table=name) for name in names]


def describe(name: str, folder: str) -> str:
    """A folded box about one table, as HTML: what it holds, its files below the address ``folder``, its columns."""
    resource, rows = tables.describe(name), tables.load(name)
    file, beside = escape(f"{folder}/{resource['path']}"), escape(f"{folder}/{metadata_file(name)}")
    content = (
        f"<p>{escape(resource['description'])} {_newest(name)}{_sources(name, rows)}</p>"
        f'<p><a href="{file}" download>Download {escape(resource["path"])}</a>, with its description '
        f'<a href="{beside}" download>{escape(metadata_file(name))}</a></p>'
    )
    references = _references(resource["schema"])
    columns = [_column(field, rows[field["name"]], references.get(field["name"], "")) for field in resource["schema"]["fields"]]
    content += table(f"Columns of {name}", HEADER, columns)
    title = f"{name}: {resource['title']} ({len(rows):,} rows)"
    return f'<div class="wide" id="table-{slug(name)}">{fold(title, content, "dictionary")}</div>'


def metadata_file(name: str) -> str:
    """Name of the file that describes a table to download."""
    return f"{name}.metadata.json"


def _newest(name: str) -> str:
    parts = [f"{escape(words)} to {written_date(date)}" for words, date in downloads.as_of(name).items()]
    return f"As of: {'; '.join(parts)}. " if parts else ""


def _sources(name: str, rows: pd.DataFrame) -> str:
    if name == "sources":
        return ""
    named = [f"<code>{column}</code>" for column in ("source_key", "source_keys") if column in rows]
    return f"Each row names its source in {named[0]}." if named else "It is counted from the lists, whose sources are in the table lists."


def _references(schema: dict) -> dict[str, str]:
    """Column -> the table whose keys it holds."""
    several = {field["name"]: field["listOf"]["resource"] for field in schema["fields"] if "listOf" in field}
    return several | {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}


def _column(field: dict, cells: pd.Series, reference: str) -> list[str]:
    return [
        f"<code>{escape(field['name'])}</code>",
        f"{escape(field['description'])}.",
        TYPES[field["type"]],
        escape(field.get("unit", "")),
        _allowed(field.get("constraints", {}), reference),
        _share(cells.isna().mean()),
    ]


def _allowed(rules: dict, reference: str) -> str:
    """What may stand in a cell, in words."""
    parts = [f'a key of <a href="#table-{slug(reference)}">{escape(reference)}</a>'] if reference else []
    if "enum" in rules:
        parts.append(", ".join(f"<code>{escape(value)}</code>" for value in rules["enum"]))
    if "pattern" in rules and not reference:
        parts.append(f"form <code>{escape(rules['pattern'])}</code>")
    if "minimum" in rules:
        parts.append(f"{rules['minimum']} or more")
    if rules.get("unique"):
        parts.append("no value twice")
    return "; ".join(parts)


def _share(share: float) -> str:
    """Share of blank cells in whole percent, never rounded to nothing or to all."""
    if 0 < share < 0.01:
        return "&lt;1%"
    return "&gt;99%" if 0.99 < share < 1 else f"{share:.0%}"


def _visit_html(translator, node: table_description) -> None:
    name, builder = node["table"], translator.builder
    folder = Path(builder.outdir) / "_downloads"
    folder.mkdir(exist_ok=True)
    file = tables.describe(name)["path"]
    copyfile(tables.DATA / file, folder / file)
    text = json.dumps(downloads.metadata(name), indent=1, ensure_ascii=False) + "\n"
    (folder / metadata_file(name)).write_text(text, encoding="utf-8", newline="\n")
    translator.body.append(describe(name, builder.dlpath))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(table_description, html=(_visit_html, None))
    app.add_directive("dictionary", DictionaryDirective)
