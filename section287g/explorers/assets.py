"""The browser's side of the explorers: words, module, scripts and stylesheet as text."""

from __future__ import annotations

import re
from pathlib import Path

from section287g import palette
from section287g.words import strings

FOLDER = Path(__file__).parent


def _text(*parts: str) -> str:
    return FOLDER.joinpath(*parts).read_text(encoding="utf-8")


def words(name: str) -> dict:
    """Every word the explorer shows: those shared by all explorers and its own."""
    return {**strings(FOLDER / "strings.json"), **strings(FOLDER / name / "strings.json")}


def module(name: str) -> str:
    """The explorer as one ES module: `kit.js` in front of its `widget.js`. One string, because anywidget resolves no
    imports."""
    return _text("kit.js") + _text(name, "widget.js")


def scripts(name: str) -> dict[str, str]:
    """File name -> text of the classic scripts a page of the book needs, in loading order.

    Classic, because a page opened from disk may not load module scripts.
    """
    body, found = re.subn(
        r"export default\s+", f'window.section287gExplorers["{name}"] = ', _without_comments(module(name))
    )
    if found != 1:
        raise ValueError(f"{name}/widget.js: expected one `export default`, found {found}")
    return {
        f"{name}.js": f"(() => {{\nwindow.section287gExplorers ??= {{}};\n{body}}})();\n",
        "host.js": _text("host.js"),
    }


def _without_comments(source: str) -> str:
    """Readers download the code, developers read it: lines that are only a comment stay in the repository."""
    return re.sub(r"^\s*//.*\n", "", source, flags=re.MULTILINE)


def stylesheet(*names: str) -> str:
    """Colours, styles shared by all explorers, and the own styles (`widget.css`, if there is one) of the explorers
    named."""
    own = [FOLDER / name / "widget.css" for name in names]
    return (
        palette.css_variables()
        + _text("kit.css")
        + "".join(path.read_text(encoding="utf-8") for path in own if path.exists())
    )
