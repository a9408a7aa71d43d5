"""A lab in the book's language: its text block by block, and of its code what a reader reads, which is comments,
docstrings, phrases, and what it hands on to be asked or shown.

Names, columns and codes stay as they are, so that the checks and solutions hold in every language.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from section287g.words import HAS_WORDS, _

SUMMARY = re.compile(r"<summary>(.*?)</summary>")  # the title of what is folded
PHRASE = re.compile(r"[^\W\d_]\S* \S*[^\W\d_]")  # two words
WORD = re.compile(r"[^\W\d_]{2,}")
PLACE = re.compile(r"(\{[^{}]+\})")  # of a value in an f-string
TAG = re.compile(r"<[^>]*>")
# Functions whose arguments a reader sees -> which of them.
SHOWING = {
    "labs.ask": slice(1, 2),
    "labs.switch": slice(2, 3),
    "labs.controls": slice(0, 0),
    "axes.set_xlabel": slice(0, 1),
    "axes.set_ylabel": slice(0, 1),
    "axes.set_title": slice(0, 1),
    "ipywidgets.Dropdown": slice(0, 0),
    "ipywidgets.IntSlider": slice(0, 0),
}
SETTINGS = {"textcoords", "xycoords"}
MARKDOWN = MarkdownIt("commonmark").enable("table")

Span = tuple[int, int, str, Callable[[str], str]]  # start and end in UTF-8, message, how its translation is written


def messages(notebook: NotebookNode) -> Iterator[str]:
    """What there is to translate, in the order of the cells."""
    for cell in notebook.cells:
        yield from (message for *_place, message, _write in _spans(cell))


def translated(notebook: NotebookNode) -> NotebookNode:
    """A copy in the book's language. Raises ValueError if a translation breaks the code of its cell."""
    copy = deepcopy(notebook)
    for cell in copy.cells:
        is_code = cell.cell_type == "code"
        cell.source = code_in_words(cell.source) if is_code else _in_words(cell.source, _spans(cell))
    return copy


def code_in_words(source: str) -> str:
    """Code with what a reader reads in the book's language. Raises ValueError if a translation breaks it."""
    code = _in_words(source, _spans_of_code(source))
    try:
        ast.parse(code)
    except SyntaxError as error:
        raise ValueError(f"a translation breaks this code ({error.msg}): {error.text}") from error
    return code


def messages_of_code(source: str) -> Iterator[str]:
    return (message for *_place, message, _write in _spans_of_code(source))


def _in_words(source: str, spans: Iterable[Span]) -> str:
    text = source.encode()
    for start, end, message, write in sorted(spans, key=lambda span: span[0], reverse=True):
        if (translation := _(message)) != message:
            text = text[:start] + write(translation).encode() + text[end:]
    return text.decode()


def _spans(cell: NotebookNode) -> list[Span]:
    return [*_spans_of_code(cell.source)] if cell.cell_type == "code" else [*_spans_of_text(cell.source)]


def _spans_of_text(source: str) -> Iterator[Span]:
    place = 0
    for token in MARKDOWN.parse(source):
        found = SUMMARY.findall(token.content) if token.type == "html_block" else [token.content]
        for piece in found if token.type in ("html_block", "inline") else ():
            place = source.index(piece, place)
            start = len(source[:place].encode())
            place += len(piece)
            if HAS_WORDS.search(piece):
                yield start, start + len(piece.encode()), piece, str


def _spans_of_code(source: str) -> Iterator[Span]:
    lines = [0]
    for line in source.encode().splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    tree = ast.parse(source)
    shown, docstrings = set(_shown(tree)), set(_docstrings(tree))
    for node in _strings(tree):
        message = _template(node) if isinstance(node, ast.JoinedStr) else node.value
        if node in shown or node in docstrings or _is_phrase(node, message):
            write = _in_f_string if isinstance(node, ast.JoinedStr) else _docstring if node in docstrings else _quoted
            yield (
                lines[node.lineno - 1] + node.col_offset,
                lines[node.end_lineno - 1] + node.end_col_offset,
                message,
                write,
            )
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            start = lines[token.start[0] - 1] + len(token.line[: token.start[1]].encode())
            yield start, start + len(token.string.encode()), token.string.removeprefix("# "), "# {}".format


def _strings(tree: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Strings and f-strings, without the pieces of an f-string, in the order of the code."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            if not isinstance(tree, ast.Compare | ast.Subscript) and not _is_setting(tree):
                yield node
        else:
            yield from _strings(node)


def _is_setting(node: ast.AST) -> bool:
    """Whether matplotlib reads this argument, such as textcoords="offset points"."""
    return isinstance(node, ast.keyword) and node.arg in SETTINGS


def _shown(tree: ast.AST) -> Iterator[ast.AST]:
    """The questions and labels that a cell hands to ``labs``, to a picture or to a widget."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in SHOWING:
            yield from call.args[SHOWING[ast.unparse(call.func)]]
            yield from (each.value.elts[0] for each in call.keywords if isinstance(each.value, ast.Tuple))
            yield from (each.value for each in call.keywords if each.arg == "description")


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            yield node.body[0].value


def _is_phrase(node: ast.Constant | ast.JoinedStr, message: str) -> bool:
    """Whether a string is more than a name or a code; what is compared, looked up or read as a table is data."""
    if isinstance(node, ast.Constant):
        return bool(PHRASE.search(message)) and not message.isupper() and message == " ".join(message.split())
    fixed = TAG.sub("", PLACE.sub("", message))
    return " " in fixed and bool(WORD.search(fixed))


def _template(joined: ast.JoinedStr) -> str:
    """An f-string as a message: its text with the values as they stand in braces."""
    pieces = []
    for part in joined.values:
        if isinstance(part, ast.Constant):
            pieces.append(part.value.replace("{", "{{").replace("}", "}}"))
        elif isinstance(part, ast.FormattedValue):
            conversion = f"!{chr(part.conversion)}" if part.conversion != -1 else ""
            form = f":{_template(part.format_spec)}" if isinstance(part.format_spec, ast.JoinedStr) else ""
            pieces.append(f"{{{ast.unparse(part.value)}{conversion}{form}}}")
    return "".join(pieces)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _docstring(text: str) -> str:
    return f'"""{text}"""'


def _in_f_string(text: str) -> str:
    pieces = PLACE.split(text)  # every other one is the place of a value
    pieces[::2] = [_quoted(piece)[1:-1] for piece in pieces[::2]]
    return f'f"{"".join(pieces)}"'
