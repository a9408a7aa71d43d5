"""The browser's side of the explorers: words, module, scripts and stylesheet as text."""

from __future__ import annotations

import json
import re
from pathlib import Path

from section287g import palette
from section287g.explorers import spec
from section287g.words import strings

FOLDER = Path(__file__).parent
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)  # of a stylesheet; readers need not load it
IMPORT = re.compile(r'^import .*?"(\./[\w./]+|\.\./[\w./]+)"(?: with \{ type: "json" \})?;\n', re.MULTILINE | re.DOTALL)


def _text(*parts: str) -> str:
    return FOLDER.joinpath(*parts).read_text(encoding="utf-8")


def words(name: str) -> dict:
    """Every word the explorer shows: those shared by all explorers and its own."""
    return {**strings(FOLDER / "strings.json"), **strings(FOLDER / name / "strings.json")}


def lacking(name: str) -> list[str]:
    """What every explorer must say and this one does not: keys of its strings.json."""
    own = FOLDER / name / "strings.json"
    said = strings(own) if own.exists() else {}
    asked = ("question", "said", "skipped") if "guess" in spec.load(name) else ("question",)
    needed = dict.fromkeys(("question", "notice"), said) | {f"guess.{key}": said.get("guess", {}) for key in asked}
    return [key for key, found in needed.items() if key.rpartition(".")[2] not in found]


def module(name: str) -> str:
    """The explorer as one ES module: its `widget.js` behind the parts of `kit/` that it imports. One string, because
    anywidget resolves no imports."""
    return joined(FOLDER / name / "widget.js")


def joined(path: Path) -> str:
    """A script behind everything it imports, each file once and behind its own imports, without `import` and `export`
    of names. All share one scope, so their names differ."""
    texts: dict[Path, str] = {}

    def add(path: Path) -> None:
        if path in texts:
            return
        if path.name == "spec.json":
            declared = json.dumps(spec.for_browser(path.parent.name), separators=(",", ":"))
            texts[path] = f"const settings = {declared};\n"
            return
        source = path.read_text(encoding="utf-8")
        for address in IMPORT.findall(source):
            add((path.parent / address).resolve())
        texts[path] = re.sub(r"^export (?!default)", "", IMPORT.sub("", source), flags=re.MULTILINE)

    add(path.resolve())
    return "".join(texts.values())


def scripts(name: str) -> dict[str, str]:
    """File name -> text of the classic scripts a page of the book needs, in loading order.

    Classic, because a page opened from disk may not load module scripts.
    """
    body, found = re.subn(r"export default\s+", f'window.section287gExplorers["{name}"] = ', _lean(module(name)))
    if found != 1:
        raise ValueError(f"{name}/widget.js: expected one `export default`, found {found}")
    return {
        f"{name}.js": f"(() => {{\nwindow.section287gExplorers ??= {{}};\n{body}}})();\n",
        "host.js": _lean(_text("host.js")),
    }


def _lean(source: str) -> str:
    """Readers download the code, developers read it: comments on lines of their own, indents and blank lines stay in
    the repository. No text of the code spans lines, so an indent is never part of one."""
    return re.sub(r"^(?:\s*//.*\n|\s+)", "", source, flags=re.MULTILINE)


def styles(name: str) -> dict[str, str]:
    """File name -> text of the stylesheets a page of the book needs, whose palette every page has: what all explorers
    share, and the explorer's own (`widget.css`), if it has one."""
    own = FOLDER / name / "widget.css"
    texts = {"explorers.css": _text("kit.css")} | ({f"{name}.css": own.read_text("utf-8")} if own.exists() else {})
    return {file: COMMENT.sub("", text) for file, text in texts.items()}


def stylesheet(name: str) -> str:
    """All styles of an explorer that stands outside of the book: colours, what explorers share, and its own."""
    return palette.css_variables() + "".join(styles(name).values())
