"""The folder in which a learner works on the labs: their own copies, which nothing overwrites.

Only the standard library is used: ``run.py`` needs this before it starts JupyterLab.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from datetime import date
from pathlib import Path

GIVEN = ".given.json"  # in the folder: file name -> sum of the lab that was given out last


def lay_out(labs: Path, own: Path, today: date) -> list[str]:
    """Put a copy of every notebook in ``labs`` into the folder ``own``. Returns the names of labs that came new beside
    a copy.

    A copy that is there stays. If its lab is newer, it is replaced as long as nobody has worked in it; otherwise the
    new lab comes beside it, under a name with the day.
    """
    own.mkdir(parents=True, exist_ok=True)
    record = own / GIVEN
    given = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    beside = []
    for lab in sorted(labs.glob("*.ipynb")):
        copy, newest = own / lab.name, _sum(lab)
        if not copy.exists() or (_sum(copy) == given.get(lab.name) != newest):
            shutil.copyfile(lab, copy)
        elif newest not in (given.get(lab.name), _sum(copy)):
            new = _free(own, f"{lab.stem}-new-{today}")
            shutil.copyfile(lab, new)
            beside.append(new.name)
        given[lab.name] = newest
    record.write_text(json.dumps(given, indent=1), encoding="utf-8")
    return beside


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _free(folder: Path, stem: str) -> Path:
    """A notebook of this name that is not there yet, with a number if it has to be."""
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(path for name in names if not (path := folder / f"{name}.ipynb").exists())
