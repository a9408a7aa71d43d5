"""The catalogues of messages: what readers see, collected from code, templates, strings files, tables and pages, and
how much of it each language has.

A catalogue is one file a part: ``locale/LANG/LC_MESSAGES/PART.po``. A message of a strings file or a table has the
place it stands at as its context, so that a changed sentence is found again and its translation marked as stale.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from section287g import tables, words
from section287g.building import run_jupyter_book
from section287g.labs.copies import SUMMARY
from section287g.programs import LOGS, OUTPUT, ROOT, Stop, last_line
from section287g.words import HAS_WORDS, LOCALE, PARTS

PAGES = ("book", "notebooks")  # the folders of pages, each a catalogue of Sphinx
KEYWORDS = {
    "_": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Functions of labs whose arguments a reader sees -> which.
ASKING = {"labs.ask": slice(1, 2), "labs.switch": slice(2, 3), "labs.controls": slice(0, 0)}
TEMPLATES = OUTPUT / "locale"  # .pot files, made anew by each run
NEAR = 0.7  # how alike an old and a new message are (0 to 1) for the old translation to be offered as stale
LINE_WIDTH = 100


# ---- what there is to translate -----------------------------------------------------------------


def collect(part: str, root: Path = ROOT) -> Catalog:
    """All messages of a part in the order of files and lines, without translations."""
    collectors = {"code": _code, "templates": _templates, "strings": _strings, "data": _data}
    return collectors[part](root) if part in collectors else _pages(part, root)


def _code(root: Path) -> Catalog:
    catalogue = _extracted(root, "python", sorted((root / "section287g").rglob("*.py")))
    for path in sorted((root / "notebooks").glob("[0-9]*.ipynb")):
        for text in _asked(json.loads(path.read_text(encoding="utf-8"))):
            _add(catalogue, text, path.relative_to(root).as_posix())
    return catalogue


def _asked(notebook: dict) -> Iterator[str]:
    """What Sphinx does not collect of a lab: its title for menus, titles of what is folded, and the questions and
    labels that it hands to ``labs``."""
    yield notebook["cells"][0]["source"][0].strip().removeprefix("# ")
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            yield from SUMMARY.findall("".join(cell["source"]))
            continue
        for call in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ASKING:
                labels = [each.value.elts[0] for each in call.keywords if isinstance(each.value, ast.Tuple)]
                asked = [*call.args[ASKING[ast.unparse(call.func)]], *labels]
                yield from (str(each.value) for each in asked if isinstance(each, ast.Constant))


def _templates(root: Path) -> Catalog:
    """With the names of the parts of the table of contents."""
    catalogue = _extracted(root, "jinja2", sorted((root / "book" / "_templates").rglob("*.html")))
    contents = root / "book" / "_toc.yml"
    for part in yaml.safe_load(contents.read_text(encoding="utf-8"))["parts"]:
        _add(catalogue, part["caption"], contents.relative_to(root).as_posix())
    return catalogue


def _extracted(root: Path, method: str, paths: Iterable[Path]) -> Catalog:
    catalogue = Catalog()
    for path in paths:
        with path.open("rb") as file:
            options = {"trimmed": "true", "silent": "false"}
            for _line, message, comments, context in extract(method, file, KEYWORDS, ("Translators:",), options):
                _add(catalogue, message, path.relative_to(root).as_posix(), context, comments)
    return catalogue


def _strings(root: Path) -> Catalog:
    catalogue = Catalog()
    for path in sorted((root / "section287g").rglob("strings.json")):
        name = path.relative_to(root).as_posix()
        for context, text in _texts(json.loads(path.read_text(encoding="utf-8")), name):
            _add(catalogue, text, name, context)
    return catalogue


def _texts(content: object, context: str) -> Iterator[tuple[str, str]]:
    """Every text in dicts and lists with its context, as ``words.in_words`` looks it up."""
    if isinstance(content, str):
        if HAS_WORDS.search(content):
            yield context, content
    elif isinstance(content, dict | list):
        named = content.items() if isinstance(content, dict) else enumerate(content, start=1)
        for name, value in named:
            yield from _texts(value, f"{context}, {name}")


def _data(root: Path) -> Catalog:
    catalogue = Catalog()
    folder = root / "data"
    for name in tables.names(folder):
        for context, text in [*tables.descriptions(name, folder), *tables.prose(name, folder)]:
            _add(catalogue, text, context.partition(",")[0], context)
    return catalogue


def _pages(part: str, root: Path) -> Catalog:
    """The messages of a folder of pages, which Sphinx collects in ``collect_pages``."""
    with (OUTPUT / "words" / "_build" / "gettext" / f"{part}.pot").open("rb") as file:
        found = read_po(file)
    catalogue = Catalog()
    for message in _messages(found):
        for path, _line in message.locations:
            place = Path(path)
            _add(catalogue, message.id, place.relative_to(root).as_posix() if place.is_absolute() else path)
    return catalogue


def collect_pages() -> None:
    """Let Sphinx collect the messages of pages, slides and labs. Raises Stop if that fails."""
    log = LOGS / "words.log"
    if not run_jupyter_book("Collecting the words of pages", sys.executable, ROOT, log, OUTPUT / "words", "gettext"):
        raise Stop(f"The words of pages were not collected: {last_line(log)}")


def _add(
    catalogue: Catalog,
    message: str | tuple[str, ...] | list[str],
    file: str,
    context: str | None = None,
    comments: Iterable[str] = (),
) -> None:
    catalogue.add(message, locations=[(file, 0)], context=context, auto_comments=list(comments))


def _messages(catalogue: Catalog) -> list[Message]:
    """Without the header."""
    return [message for message in catalogue if message.id]


# ---- catalogues of a language -------------------------------------------------------------------


def brought_up_to_date(old: Catalog, template: Catalog, language: str) -> Catalog:
    """The messages of ``template`` with the translations of ``old``; what was translated from other words is stale.

    Where a message has a context, the stale translation is the one of that place; else that of a vanished message which
    is nearly the same. Stale translations are marked ``fuzzy``, with the old message beside them, and are not shown.
    """
    new = Catalog(locale=language)
    by_context = {message.context: message for message in _messages(old) if message.context and _is_filled(message)}
    vanished = {
        _first_form(message): message
        for message in _messages(old)
        if not message.context and _is_filled(message) and template.get(message.id) is None
    }
    for message in _messages(template):
        source = old.get(message.id, message.context)
        stale = None if source and _is_filled(source) else _near(message, by_context, vanished)
        source = stale or source
        if source is None or isinstance(source.string, tuple) != isinstance(message.id, tuple):
            _copy(new, message)
        else:
            new.add(
                message.id,
                source.string,
                locations=message.locations,
                flags={"fuzzy"} if stale or source.fuzzy else (),
                auto_comments=message.auto_comments,
                user_comments=source.user_comments,
                previous_id=stale.id if stale else source.previous_id,
                context=message.context,
            )
    return new


def _near(message: Message, by_context: dict[str, Message], vanished: dict[str, Message]) -> Message | None:
    """The translated message that this one has come from."""
    if message.context:
        return by_context.get(message.context)
    alike = difflib.get_close_matches(_first_form(message), vanished, 1, NEAR)
    return vanished[alike[0]] if alike else None


def _copy(catalogue: Catalog, message: Message) -> None:
    """Add a message without a translation."""
    catalogue.add(message.id, locations=message.locations, auto_comments=message.auto_comments, context=message.context)


def _first_form(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_filled(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def read(path: Path, language: str) -> Catalog:
    """A catalogue file; without messages if there is none."""
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def as_text(catalogue: Catalog) -> str:
    """A catalogue as its file holds it: without line numbers and days, so that it changes only with its messages."""
    catalogue.fuzzy, catalogue.header_comment, catalogue.project = False, "", "287(g), Explained"
    file = io.BytesIO()
    write_po(file, catalogue, width=LINE_WIDTH, include_lineno=False, include_previous=True, ignore_obsolete=True)
    lines = file.getvalue().decode().lstrip().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date')))


# ---- the command --------------------------------------------------------------------------------


def update(languages: Iterable[str], pages: bool = True) -> list[str]:
    """Collect all messages, write ``.pot`` files into _build and bring the catalogues of ``languages`` up to date.

    ``pages`` says whether those of pages are collected too, which takes half a minute. Returns the lines of a table:
    part, messages, and for each language what is translated and stale. Raises Stop if pages cannot be read.
    """
    chosen = sorted({*words.translations(), *languages})
    if pages:
        collect_pages()
    rows: list[list] = [
        ["part", "messages", *(f"{language} {what}" for language in chosen for what in ("translated", "stale"))]
    ]
    for part in (*PARTS, *PAGES) if pages else PARTS:
        template = collect(part)
        tables.write(_folder(TEMPLATES) / f"{part}.pot", as_text(template))
        row: list[object] = [part, len(template)]
        for language in chosen:
            path = _folder(LOCALE / language / "LC_MESSAGES") / f"{part}.po"
            catalogue = brought_up_to_date(read(path, language), template, language)
            tables.write(path, as_text(catalogue))
            row += status(catalogue)
        rows.append(row)
    rows.append(["all", *(sum(column) for column in zip(*(row[1:] for row in rows[1:]), strict=True))])
    return ["\t".join(map(str, row)) for row in rows]


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def status(catalogue: Catalog) -> tuple[int, int]:
    """How many messages are translated, and how many have a translation of other words."""
    filled = [message for message in _messages(catalogue) if _is_filled(message)]
    stale = sum(message.fuzzy for message in filled)
    return len(filled) - stale, stale
