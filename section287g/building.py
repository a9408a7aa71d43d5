"""Building the book with Jupyter Book, as far as it is out of date.

Only the standard library is used: ``run.py`` imports this with a Python that has none of the packages.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from section287g.programs import ROOT, Stop, log_lines, shown, step

# jsonschema would take 2 s to prepare a check of international addresses that nothing here needs.
WITHOUT_ADDRESS_CHECK = "import sys; sys.modules['rfc3987_syntax'] = None; "
FOLDERS = ("book", "notebooks", "data", "section287g")  # what the book is made from, with the next
FILES = ("requirements.txt", "run.py")
CATALOGUES = "section287g/locale/"
LANGUAGE = "SECTION287G_LANGUAGE"  # variable that overrides the book's language
EDITIONS = "SECTION287G_EDITIONS"  # variable that overrides in which languages it is built, such as "en,es"
MOST_AT_ONCE = 2  # editions that are built side by side
SHARED = "_images/shared"  # below the pages of an edition: pictures for links to them on the web
MESSAGES = "messages.json"  # beside the doctrees of the English book: page -> what there is to translate of it
LITE = "SECTION287G_LITE"  # variable that publishes the labs of `run.py lite` beside the book
NO_INPUT = re.compile(r"(^|/)(__pycache__|\.ipynb_checkpoints)/|\.mo$")  # .mo: catalogues, compiled by the build


def build(python: str | Path = sys.executable, project: Path = ROOT) -> Path:
    """Build the book in the folder ``project`` as far as it is out of date; returns the folder of the built pages.

    The first of the ``editions`` stands at its top, each other in a folder named by its language. ``python`` is the
    Python that has the packages. Raises Stop with the first problems if the build fails.
    """
    output = project / "_build"
    first, *others = editions(project)
    html = output / "html"
    folders = {first: output} | {language: output / "editions" / language / "_build" for language in others}
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:  # each edition is a program of its own
        begun = {each: pool.submit(_build_edition, each, python, project, folder) for each, folder in folders.items()}
    built = {language: edition.result() for language, edition in begun.items()}
    changed = any(built.values())
    for language in others:
        if built[first] or built[language] or not (html / language).is_dir():
            _lay_beside(folders[language] / "html", html / language)
            changed = True
    if not changed:
        print("The book is up to date.")
    return html


def editions(project: Path = ROOT) -> list[str]:
    """Codes of the languages in which the book is built, the one at the top of the site first."""
    chosen = os.environ.get(EDITIONS) or os.environ.get(LANGUAGE) or configured("editions", project)
    return re.findall(r"\w+", chosen) or ["en"]


def folder_of(language: str, project: Path = ROOT) -> str:
    """The folder of an edition below the site's own: "" for the first, else such as "es/"."""
    return "" if language == editions(project)[0] else f"{language}/"


def named(name: str, language: str, project: Path = ROOT) -> str:
    """The name of what each edition has for itself: "lite" for the first, else such as "lite-es"."""
    return name if language == editions(project)[0] else f"{name}-{language}"


def configured(setting: str, project: Path = ROOT) -> str:
    """A setting of the book's configuration as it stands there, "" if it does not; read without a YAML library."""
    path = project / "book" / "_config.yml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = re.search(rf"^\s*{setting}:\s*([^#\n]*)", text, re.MULTILINE)
    return found[1].strip(" \"'") if found else ""


def _build_edition(language: str, python: str | Path, project: Path, output: Path) -> bool:
    """Build the book in one language into ``output``/html as far as it is out of date. Whether anything was built."""
    html, record = output / "html", output / "inputs.json"
    inputs = book_inputs(project, language)
    extent = _extent(_read_record(record), inputs) if (html / "index.html").is_file() else "everything"
    if extent == "nothing":
        return False
    # Without the record a build that fails is followed by a whole one, with all its warnings.
    record.unlink(missing_ok=True)
    if extent == "everything":
        for folder in (html, output / ".doctrees"):
            shutil.rmtree(folder, ignore_errors=True)
    title = "Building the book" if extent == "everything" else "Building the changed pages"
    log = output / "log" / "build.log"
    chosen = {LANGUAGE: language, EDITIONS: ",".join(editions(project))}
    if language != editions(project)[0]:
        title += f" ({language})"
    if not run_jupyter_book(title, python, project, log, output.parent, **chosen):
        raise Stop(build_problem(log))
    record.write_text(json.dumps(inputs, indent=0), encoding="utf-8")
    return True


def _lay_beside(built: Path, target: Path) -> None:
    """Make ``target`` a copy of a built edition, without using its room on the disk twice where that is possible."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        shutil.copytree(built, target, copy_function=os.link)
    except (OSError, shutil.Error):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(built, target)


def run_jupyter_book(
    title: str, python: str | Path, project: Path, log: Path, output: Path, **environment: str
) -> bool:
    """Build ``project`` with Jupyter Book into ``output``/_build. True if it ended without a warning."""
    code = WITHOUT_ADDRESS_CHECK + "from jupyter_book.cli.main import main; main()"
    command = [python, "-c", code, "build", ".", "--config", "book/_config.yml", "--toc", "book/_toc.yml"]
    command += ["-W", "--keep-going", "--path-output", output]
    date = str(source_date(project))
    return step(title, command, log, folder=project, SOURCE_DATE_EPOCH=date, PYTHONHASHSEED="0", **environment)


def book_inputs(project: Path = ROOT, language: str = "en") -> dict[str, dict[str, str]]:
    """Hashes of all that an edition of the book is made from: {"pages": {path: hash}, "rest": {path: hash}}.

    "pages" are the texts and notebooks, of which Sphinx itself sees the changes; "rest" is
    everything behind them, of which it does not.
    """
    behind = {"python": sys.version.split()[0], "language": language, "editions": ",".join(editions(project))}
    behind["lite"] = os.environ.get(LITE, "")
    inputs = {"pages": {}, "rest": behind}
    files = [project / name for name in FILES]
    for folder in FOLDERS:
        files += (project / folder).rglob("*")
    for path in sorted(files):
        name = path.relative_to(project).as_posix()
        is_other = name.startswith(CATALOGUES) and not name.startswith(f"{CATALOGUES}{language}/")
        if path.is_file() and not NO_INPUT.search(name) and not is_other:
            is_page = name.endswith(".ipynb") or (name.startswith("book/") and name.endswith(".md"))
            inputs["pages" if is_page else "rest"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return inputs


def _read_record(record: Path) -> dict | None:
    """The inputs of the last good build, or None if there was none or its record is damaged."""
    try:
        return json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _extent(before: dict | None, now: dict) -> str:
    """What to build, "nothing", "changed pages" or "everything", from the inputs of the last good build and of now."""
    if before == now:
        return "nothing"
    same_pages = before is not None and before["pages"].keys() == now["pages"].keys()
    return "changed pages" if same_pages and before["rest"] == now["rest"] else "everything"


def source_date(project: Path = ROOT) -> int:
    """Date of the newest list in data/, in seconds since 1970: the date built into the book.

    A date of the data and not of the build, so that two builds of one commit are the same.
    """
    with (project / "data" / "lists.csv").open(encoding="utf-8", newline="") as table:
        newest = max(row["date"] for row in csv.DictReader(table))
    return int(dt.datetime.fromisoformat(newest).replace(tzinfo=dt.UTC).timestamp())


def build_problem(log: Path) -> str:
    """What went wrong in the build: the first problems from its log, and where the rest is."""
    lines = log_lines(log)
    problems = [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL): ", line)]
    crash = next((number for number, line in enumerate(lines) if line.startswith("Traceback")), 0)
    if crash:  # Sphinx says in the line before why it gave up
        problems.append(lines[crash - 1])
    first = "\n".join((problems or lines[-10:])[:10])
    return f"{first}\nThe book was not built: mend what stands above (all of it is in {shown(log)}) and run this again."
