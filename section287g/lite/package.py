"""This project's package as a wheel for the browser, with what the labs need of it and no solution."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from section287g import building, words, zipped
from section287g.programs import ROOT

VERSION = "0.1.0"
NAME = f"section287g-{VERSION}-py3-none-any.whl"
# What the labs do without, below the project's folder; `labs/solutions` and `labs/copies.py` hold the answers.
LEFT_OUT = [
    *(f"section287g/{part}/" for part in ("bench", "blocks", "handouts", "ice_lists", "lite", "pack", "sphinx_ext")),
    *(f"section287g/{part}" for part in ("labs/solutions/", "labs/copies.py", "__main__.py", "newest.py")),
    building.CATALOGUES,
    *(f"data/{name}" for name in ("printed_rows.csv", "README.md", "CHANGELOG.md")),
]
METADATA = f"Metadata-Version: 2.1\nName: section287g\nVersion: {VERSION}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: section287g\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def files(project: Path = ROOT) -> dict[str, bytes]:
    """What goes into the wheel: name -> content. The tables come beside the package, where it looks for them; of the
    catalogues only the one of the book's language, compiled."""
    words.catalogue()
    compiled = f"{building.CATALOGUES}{words.language()}/LC_MESSAGES/{words.COMPILED}"
    paths = [path for folder in ("section287g", "data") for path in sorted((project / folder).rglob("*"))]
    names = {path.relative_to(project).as_posix(): path for path in paths if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if name == compiled or not (name.startswith(tuple(LEFT_OUT)) or building.NO_INPUT.search(name))
    }


def wheel(project: Path = ROOT) -> bytes:
    """The wheel; the same for the same files."""
    contents = files(project)
    about = f"section287g-{VERSION}.dist-info"
    contents |= {f"{about}/METADATA": METADATA.encode(), f"{about}/WHEEL": WHEEL.encode()}
    record = "".join(f"{name},,\n" for name in [*contents, f"{about}/RECORD"])  # sums are optional; nobody reads them
    date = dt.datetime.fromtimestamp(building.source_date(project), dt.UTC).date()
    return zipped.archive({**contents, f"{about}/RECORD": record.encode()}, date)
