"""A change of the data or of the package makes every page be read again.

Sphinx itself only looks at the pages' own files, so that without this a new list would leave old numbers in the book.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from section287g import tables

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIXES = {".py", ".js", ".css", ".json", ".csv"}


def fingerprint(folders: list[Path]) -> str:
    """Hash of the names and contents of all files in these folders that pages are made from."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    now = fingerprint([PACKAGE, tables.DATA])
    before, env.section287g_fingerprint = getattr(env, "section287g_fingerprint", now), now
    return set() if before == now else env.found_docs - added


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", _outdated)
