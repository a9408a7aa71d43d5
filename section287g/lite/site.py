"""The site: JupyterLite with the labs, Python and its packages in it, and a first page that brings a reader to a lab.

Everything is served from its own folder: no page of it asks another host.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path

from section287g import palette
from section287g.blocks import registry
from section287g.labs import copies
from section287g.lite import package, parts
from section287g.programs import LOGS, ROOT, Stop, last_line, shown, step
from section287g.words import SOURCE, _, language, strings

DOWNLOADS = ROOT / ".downloads"  # kept, so that a second build needs no network
PYTHON = "static/pyodide"  # in the site
APP = "notebooks"  # of JupyterLite's, the one that shows a single notebook, also on a phone
START = ["section287g", "comm", "ssl", "sqlite3", "jedi", "ipython"]  # loaded before the first cell runs
LOCALES = "babel/locale-data/"  # Babel knows a thousand; the book needs its own and English
# JupyterLite has Download only in its large app, and a way to that app, which is not in this site.
MENUS = [
    {"id": "jp-mainmenu-file", "items": [{"command": "docmanager:download", "rank": 4.5}]},
    {"id": "jp-mainmenu-view", "items": [{"command": "application:open-lab", "disabled": True}]},
]
MATPLOTLIB = parts.LOCK["packages"]["matplotlib"]
HERE = Path(__file__).parent
NOTEBOOK = 8.1  # megabytes of Jupyter's scripts and styles that a first visit loads, measured (packed, a quarter)


def make(target: Path, downloads: Path = DOWNLOADS, project: Path = ROOT) -> Path:
    """Build the site in the folder ``target``, which is made anew. Raises Stop if something cannot be fetched or
    built."""
    target = target.resolve()
    pyodide = parts.bring_pyodide(downloads / "pyodide")
    wheels = parts.bring_wheels(downloads / "wheels")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _write_settings(work)
        labs = project / "notebooks"
        if language() != SOURCE:
            labs = work / "labs"
            copies.translate(labs)
        _run_jupyterlite(work, labs, wheels["comm"], target)
    sizes = _lay_python(target / PYTHON, pyodide, wheels, project)
    _choose_kernel(target)
    _write_first_page(target, project / "notebooks", sizes)
    return target


def _write_settings(folder: Path) -> None:
    """What JupyterLite is told: where its Python lies, what to load first, and to ask nobody else for packages."""
    kernel = {
        "pyodideUrl": f"./{PYTHON}/pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": START, "env": {"HOME": "/home/pyodide", "SECTION287G_LANGUAGE": language()}},
    }
    config = {
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        "enableMemoryStorage": True,  # where a browser refuses to keep anything, the labs still run
        "showLoadingIndicator": True,
        # The first asks for news; the second says "Not Trusted" of every lab, where nobody can change that.
        "disabledExtensions": [
            "@jupyterlab/apputils-extension:announcements",
            "@jupyter-notebook/notebook-extension:trusted",
        ],
    }
    text = json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": config})
    (folder / "jupyter-lite.json").write_text(text, encoding="utf-8")
    overrides = {
        # Every cell is in the page, so that a browser's own search and printing find all of a lab.
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
        "@jupyterlab/mainmenu-extension:plugin": {"menus": MENUS},
        "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark where the device is
    }
    (folder / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")


def _run_jupyterlite(work: Path, labs: Path, comm: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    code = "from jupyterlite_core.app import main; main()"
    command = [sys.executable, "-c", code, "build", "--lite-dir", work, "--output-dir", target, "--contents", labs]
    command += ["--apps", APP, "--apps", "tree", "--no-sourcemaps", "--no-unused-shared-packages"]
    command += ["--piplite-wheels", comm]
    log = LOGS / "jupyterlite.log"
    if not step("Building JupyterLite", command, log, folder=work):
        raise Stop(f"The labs for the browser were not built: {last_line(log)} (all of it in {shown(log)}).")


def _lay_python(folder: Path, pyodide: list[Path], wheels: dict[str, Path], project: Path) -> dict[str, int]:
    """Put Pyodide, all wheels and the lock file that names them into ``folder``. Returns the size of each file."""
    folder.mkdir(parents=True)
    for path in [*pyodide, *wheels.values()]:
        shutil.copyfile(path, folder / path.name)
    _alter(folder / wheels["babel"].name, _with_few_locales)
    _alter(folder / MATPLOTLIB["file_name"], _with_fonts)
    (folder / package.NAME).write_bytes(package.wheel(project))
    entries = {name: _entry(folder / path.name, name, parts.WHEELS[name]) for name, path in wheels.items()}
    needs = ["anywidget", "babel", "docutils", "matplotlib", "pandas"]
    entries["section287g"] = _entry(folder / package.NAME, "section287g", needs)
    entries["matplotlib"] = MATPLOTLIB | {"sha256": parts.sha256(folder / MATPLOTLIB["file_name"])}
    lock = {"info": parts.LOCK["info"], "packages": parts.LOCK["packages"] | entries}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def _alter(wheel: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    """Give a wheel the contents that ``change`` makes of its own."""
    with zipfile.ZipFile(wheel) as whole:
        contents = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as altered:
        for name, content in change(contents).items():
            altered.writestr(name, content)


def _with_few_locales(babel: dict[str, bytes]) -> dict[str, bytes]:
    """Babel without the languages that the book does not use: nine of its ten megabytes."""
    kept = ("root", "en", "en_US", language(), f"{language()}_US", f"{language()}_419")
    return {name: babel[name] for name in babel if not name.startswith(LOCALES) or Path(name).stem in kept}


def _with_fonts(matplotlib: dict[str, bytes]) -> dict[str, bytes]:
    """Matplotlib with its list of fonts under the number that it asks for. In Pyodide's release it has another, so
    that every lab would make the list anew, with a warning in a pink box."""
    wanted = re.search(rb"__version__ = (\d+)", matplotlib["matplotlib/font_manager.py"])[1]
    fonts = re.sub(rb'("_version": )\d+', rb"\g<1>" + wanted, matplotlib["matplotlib/fontlist.json"], count=1)
    return matplotlib | {"matplotlib/fontlist.json": fonts}


def _entry(wheel: Path, name: str, needs: list[str]) -> dict:
    """What Pyodide's lock file says of a package."""
    with zipfile.ZipFile(wheel) as contents:
        (about,) = [entry for entry in contents.namelist() if entry.endswith(".dist-info/METADATA")]
        version = Parser().parsestr(contents.read(about).decode())["Version"]
    return {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "sha256": parts.sha256(wheel),
        "depends": needs,
        "imports": [name.replace("-", "_")],
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }


def _choose_kernel(target: Path) -> None:
    """Let the page of a lab take its Python without asking."""
    page = target / APP / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</head>", '<script src="../kernel.js"></script></head>', 1), encoding="utf-8")
    (target / "kernel.js").write_text(_text("kernel.js"), encoding="utf-8")


def _write_first_page(target: Path, labs: Path, files: dict[str, int]) -> None:
    """The site's first page, with the sizes of what it loads, in the place of JupyterLite's own."""
    titles = {path.stem: _title(path) for path in sorted(labs.glob("[0-9]*.ipynb"))}
    page = registry.page(
        "lite.html",
        language=language(),
        labs=titles,
        files=files,
        words=strings(HERE / "strings.json"),
        megabytes=megabytes(target),
    )
    (target / "index.html").write_text(page, encoding="utf-8")
    (target / "first.css").write_text(palette.css_variables() + _text("first.css"), encoding="utf-8")
    (target / "first.js").write_text(_text("first.js"), encoding="utf-8")


def _title(lab: Path) -> str:
    first = json.loads(lab.read_text(encoding="utf-8"))["cells"][0]["source"][0]
    return _(first.strip().removeprefix("# "))


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def megabytes(site: Path) -> int:
    """About how many megabytes a first visit loads, in full tens: Python, its packages, and Jupyter itself."""
    python = sum(path.stat().st_size for path in (site / PYTHON).iterdir())
    return 10 * round((python / 1e6 + NOTEBOOK) / 10)
