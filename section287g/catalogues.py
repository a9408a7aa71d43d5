"""The catalogues of messages: what readers see, collected from code, templates, strings files, tables and pages, and
how much of it each language has.

A catalogue is a file, ``locale/LANG/LC_MESSAGES/PART.po``, or a folder of files, ``PART/...po``, one for each page,
table or explorer. A message of a strings file or a table has the place it stands at as its context, so that a changed
sentence is found again and its translation marked as stale.
"""

from __future__ import annotations

import difflib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path, PurePosixPath

import nbformat
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from section287g import tables, words
from section287g.building import MESSAGES, build
from section287g.labs import copies, translating
from section287g.programs import ROOT
from section287g.words import CHOICES, HAS_WORDS, LOCALE, PARTS

KEYWORDS = {
    "_": None,
    "gettext": None,  # what `trans` in a template is read as
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
GROUPED = ("book/places",)  # folders of short pages, each one file for translators
ROLE = re.compile(r"(\{[\w-]+\})`([^`]*)`")
NEAR = 0.7  # how alike an old and a new message are (0 to 1) for the old translation to be offered as stale
LINE_WIDTH = 100
UNSAID = tuple(
    f'"{field}:'
    for field in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")
)


# ---- what there is to translate -----------------------------------------------------------------


def collect(part: str, root: Path = ROOT) -> Catalog:
    """All messages of a part in the order of files and lines, without translations; those of "book" as Sphinx
    met them when it built the book last."""
    collectors = {
        "code": _code,
        "templates": _templates,
        "strings": _strings,
        "data": _data,
        "book": _book,
        "notebooks": _notebooks,
    }
    return collectors[part](root)


def _code(root: Path) -> Catalog:
    return _extracted(root, "python", sorted((root / "section287g").rglob("*.py")))


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


def _book(root: Path) -> Catalog:
    catalogue = Catalog()
    found = json.loads((root / "_build" / ".doctrees" / MESSAGES).read_text(encoding="utf-8"))
    for page in sorted(page for page in found if page.startswith("book/")):
        for message in found[page]:
            if HAS_WORDS.search(ROLE.sub("", message)):
                _add(catalogue, message, f"{page}.md")
    return catalogue


def _notebooks(root: Path) -> Catalog:
    """Labs, and how their solutions are explained."""
    catalogue = Catalog()
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name = path.relative_to(root).as_posix()
        for message in translating.messages(nbformat.read(path, as_version=4)):
            _add(catalogue, message, name)
        if path in copies.sources():
            for solution in copies.solutions(path.stem).values():
                for message in (*translating.messages_of_code(solution["solution"]), solution["explanation"]):
                    _add(catalogue, message, name)
    return catalogue


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
                user_comments=_comments(source, stale is None and source.fuzzy),
                previous_id=stale.id if stale else source.previous_id,
                context=message.context,
            )
    return new


def _comments(message: Message, still_stale: bool) -> list[str]:
    """A translator's own; the old message, which Babel reads as a comment too, as long as the translation is stale."""
    if still_stale:
        return message.user_comments
    return list(takewhile(lambda comment: not comment.startswith("|"), message.user_comments))


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
    for message in catalogue:  # Babel takes "5% of" for a place to fill
        message.flags &= {"fuzzy"}
    file = io.BytesIO()
    write_po(file, catalogue, width=LINE_WIDTH, include_lineno=False, include_previous=True, ignore_obsolete=True)
    lines = file.getvalue().decode().lstrip().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(UNSAID))


# ---- what a translation must keep ---------------------------------------------------------------


def faults() -> list[str]:
    """What translations have lost or added that must be the same in every language, a line each."""
    return [
        f'{language}, {name}, "{_first_form(message)[:60]}": {fault}'
        for language in words.translations()
        for name, catalogue in by_name(language).items()
        for message in _messages(catalogue)
        if _is_filled(message) and not message.fuzzy
        for source, translation in zip(_forms(message.id), _forms(message.string or ""), strict=False)
        for fault in differences(source, translation)
    ]


def unfinished(language: str) -> list[str]:
    """What is not translated, or was translated from other words, a line each."""
    return [
        f"{language}, {name}, {line}" for name, catalogue in by_name(language).items() for line in lacking(catalogue)
    ]


def lacking(catalogue: Catalog) -> list[str]:
    """The messages of a catalogue that are not translated or whose translation is stale, a line each."""
    return [
        f'"{_first_form(message)[:60]}": {"stale" if message.fuzzy else "not translated"}'
        for message in _messages(catalogue)
        if message.fuzzy or not _is_filled(message)
    ]


def by_name(language: str) -> dict[str, Catalog]:
    """Every catalogue file of a language under its name, such as "book/surge/growth"."""
    folder = LOCALE / language / "LC_MESSAGES"
    paths = [path for part in PARTS for path in words.files(part, language)]
    return {path.relative_to(folder).with_suffix("").as_posix(): read(path, language) for path in paths}


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def differences(source: str, translation: str) -> Iterator[str]:
    """What a translation must have as its source has it and does not: places, roles, links, code, tags, numbers, the
    number of choices."""
    for what, kept in KEPT.items():
        before, after = kept(source), kept(translation)
        if before != after:
            lost, added = sorted(before - after), sorted(after - before)
            yield f"{what}: " + "; ".join(
                [*(f"{each} is missing" for each in lost), *(f"{each} is new" for each in added)]
            )


def _roles(text: str) -> set[str]:
    """Each role with what it names: the words that it shows may differ."""
    named = ((role, inside.rpartition("<")[2].rstrip(">")) for role, inside in ROLE.findall(text))
    return {f"{role}`{name}`" for role, name in named}


def _numbers(text: str) -> set[str]:
    """Numbers in digits, each once: a quotation may be followed by its translation."""
    plain = re.sub(r"\{[^{}]*\}|\]\([^)]*\)|`[^`]*`|<[^<>]*>", " ", ROLE.sub(" ", text))
    return set(re.findall(r"\d+(?:[.,]\d+)*", plain))


KEPT: dict[str, Callable[[str], set[str]]] = {
    "places": lambda text: set(re.findall(r"\{[^{}]+\}(?!`)|%\(\w+\)s", text)),
    "roles": _roles,
    "links": lambda text: set(re.findall(r"\]\(([^)\s]+)", text)),
    "code": lambda text: set(re.findall(r"(?<!`)`[^`]+`", ROLE.sub(" ", text))),
    "tags": lambda text: set(re.findall(r"</?[a-z]+\b", ROLE.sub(" ", text))),
    "numbers": _numbers,
    "choices": lambda text: {f"{len(text.split(CHOICES))} choices"},
}


# ---- the command --------------------------------------------------------------------------------


def update(languages: Iterable[str], pages: bool = True) -> list[str]:
    """Collect all messages and bring the catalogues of ``languages``, and of those that are there, up to date.

    ``pages`` says whether those of pages are collected too, for which the book is built. Returns the lines of a table:
    file, messages, words, and for each language what is translated and stale. Raises Stop if the build fails.
    """
    if pages:
        build()
    chosen = sorted({*words.translations(), *languages})
    collected = [collect(part) for part in PARTS if pages or part != "book"]
    counts: dict[str, list[int]] = {}
    for language in chosen:
        kept = [] if pages else [together(words.files("book", language), language)]
        paths = [path for part in PARTS for path in words.files(part, language)]
        new = brought_up_to_date(together(paths, language), _joined([*collected, *kept]), language)
        found = {_path(language, name): each for name, each in by_file(new, language).items()}
        for path in {*paths} - {*found}:
            path.unlink()
        for path, each in found.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            tables.write(path, as_text(each))
        for name, each in by_file(new, language).items():
            counts.setdefault(name, [len(each), sum(map(_words, _messages(each)))]).extend(status(each))
    titles = [f"{language} {what}" for language in chosen for what in ("translated", "stale")]
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    rows = [["file", "messages", "words", *titles], *([name, *map(str, row)] for name, row in counts.items())]
    return ["\t".join(row) for row in rows]


def _joined(parts: Iterable[Catalog]) -> Catalog:
    """The messages of several catalogues in one, without translations: one English text, one translation."""
    whole = Catalog()
    for part in parts:
        for message in _messages(part):
            _add(whole, message.id, message.locations[0][0], message.context, message.auto_comments)
    return whole


def by_file(catalogue: Catalog, language: str) -> dict[str, Catalog]:
    """The messages in the files that translators work on: name -> catalogue; a message stands in the file of the place
    where it comes first."""
    files: dict[str, Catalog] = {}
    for message in _messages(catalogue):
        name = _file(PurePosixPath(message.locations[0][0]))
        files.setdefault(name, Catalog(locale=language))[message.id] = message
    return files


def _file(place: PurePosixPath) -> str:
    """The catalogue for what stands at ``place``, such as "code/figures" for "section287g/figures/surge.py"."""
    if place.parts[0] == "section287g":
        if place.suffix == ".json":
            return f"strings/{'/'.join(place.parent.parts[1:])}"
        return f"code/{place.parts[1].removesuffix('.py')}"
    if place.parts[1] in ("_templates", "_toc.yml"):
        return "templates"
    group = next((folder for folder in GROUPED if place.is_relative_to(folder)), None)
    return group or place.with_suffix("").as_posix()


def _path(language: str, name: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{name}.po"


def together(paths: Iterable[Path], language: str) -> Catalog:
    """The messages of several catalogue files in one."""
    whole = Catalog(locale=language)
    for path in paths:
        for message in _messages(read(path, language)):
            whole[message.id] = message
    return whole


def _words(message: Message) -> int:
    return len(_first_form(message).split())


def status(catalogue: Catalog) -> tuple[int, int]:
    """How many messages are translated, and how many have a translation of other words."""
    filled = [message for message in _messages(catalogue) if _is_filled(message)]
    stale = sum(message.fuzzy for message in filled)
    return len(filled) - stale, stale
