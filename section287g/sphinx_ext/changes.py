"""Directive ``{changes}``: the log of the data (``data/CHANGELOG.md``), with what was changed and what was checked
apart."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxDirective

from section287g import tables
from section287g.facts import written_date
from section287g.words import _, counted

KINDS = {
    "Changed": _("Changed: a value is different"),
    "Checked": _("Checked: looked at again, and it stayed"),
}


class LogError(SphinxError):
    """The log of changes has a line that is neither a change nor a check."""

    category = "data/CHANGELOG.md"


class ChangesDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        path = tables.DATA / "CHANGELOG.md"
        self.env.note_dependency(str(path))
        return [self._section(*entry) for entry in entries(path.read_text(encoding="utf-8"))]

    def _section(self, heading: str, items: dict[str, list[str]]) -> nodes.section:
        heading = written_date(heading)
        section = nodes.section("", nodes.title("", heading), names=[nodes.fully_normalize_name(heading)])
        self.state.document.note_implicit_target(section, section)
        title = counted("{n} entry", "{n} entries", sum(map(len, items.values())))
        box = nodes.admonition("", nodes.title("", title), classes=["fold"])
        for kind, texts in items.items():
            box += nodes.paragraph("", "", nodes.strong("", KINDS[kind]))
            box += nodes.bullet_list("", *(self._item(text) for text in texts))
        section += box
        return section

    def _item(self, text: str) -> nodes.list_item:
        item = nodes.list_item()
        self.state.nested_parse(StringList([text]), self.content_offset, item)
        return item


def entries(log: str) -> list[tuple[str, dict[str, list[str]]]]:
    """The log as (heading, {"Changed": texts, "Checked": texts}) in its own order; texts are Markdown, kinds without a
    text are left out.

    Raises LogError for a line of another kind.
    """
    found = []
    for part in re.split(r"^## ", log, flags=re.MULTILINE)[1:]:
        heading, _end, body = part.partition("\n")
        items: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for line in re.split(r"^- ", body, flags=re.MULTILINE)[1:]:
            kind, _colon, text = " ".join(line.split()).partition(": ")
            if kind not in KINDS:
                raise LogError(
                    f"{heading}: expected a line that begins with {' or '.join(f'- {kind}:' for kind in KINDS)}, found"
                    f" {line[:60]!r}"
                )
            items[kind].append(text[:1].upper() + text[1:])
        found.append((heading.strip(), {kind: texts for kind, texts in items.items() if texts}))
    return found


def setup(app: Sphinx) -> None:
    app.add_directive("changes", ChangesDirective)
