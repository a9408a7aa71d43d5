"""The command line: ``python -m section287g COMMAND``. Other people's scripts call it, so its output keeps its form."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from section287g import checks, claims, counts, facts, ice_lists, links, newest, tables
from section287g.programs import Stop

HISTORY_COLUMNS = "agreement_id state agency agency_kind county model signed first_listed last_listed status".split()


class Command(NamedTuple):
    """A command: the function that runs it, what it does, and its arguments as `argument` gives them; those in a list
    exclude each other."""

    run: Callable[[argparse.Namespace], int]
    about: str
    arguments: tuple


COMMANDS: dict[str, Command] = {}  # in the order of the help


def command(name: str, about: str, *arguments) -> Callable:
    """A decorator: the function below runs the command `name`."""

    def register(run):
        COMMANDS[name] = Command(run, about, arguments)
        return run

    return register


def argument(*names: str, **settings) -> tuple:
    """What `argparse` takes to add an argument."""
    return names, settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, or 1 after one sentence on stderr for each input that cannot be
    used."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (ice_lists.ListError, tables.TableError, facts.UnknownFact, Stop) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m section287g", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, about, arguments) in COMMANDS.items():
        one = commands.add_parser(name, help=about)
        one.set_defaults(run=run)
        for each in arguments:
            place = one.add_mutually_exclusive_group() if isinstance(each, list) else one
            for names, settings in each if isinstance(each, list) else [each]:
                place.add_argument(*names, **settings)
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; expected one like 2026-09-18") from None


DATE = argument(
    "--date", type=_day, metavar="D", help="date of a single list (2026-09-18), where its file name does not say it"
)
FORCE = argument("--force", action="store_true", help="accept lists that may not be ICE's, or not whole")
FOLDER = argument("folder", type=Path, metavar="FOLDER")


@command(
    "list",
    "give one list back as it was printed, as CSV",
    argument("list", metavar="LIST", help="a list of data/lists.csv: 2025-09-09-pm"),
    argument("--csv", type=Path, metavar="FILE", help="where to write it (default: print it)"),
)
def _list(options: argparse.Namespace) -> int:
    text = ice_lists.as_csv(options.list)
    if options.csv:
        tables.write(options.csv, text)
    else:
        print(text, end="")
    return 0


@command(
    "count",
    "count agreements, agencies, states and territories on ICE's lists",
    argument("lists", nargs="+", type=Path, metavar="LIST.xlsx"),
    argument("--json", action="store_true", help="one JSON object a line"),
)
def _count(options: argparse.Namespace) -> int:
    failed = False
    for path in options.lists:
        try:
            printed = ice_lists.examine(path)
            counted = {"file": path.name} | counts.listing(ice_lists.normalise(printed.rows, path.name))
        except ice_lists.ListError as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        print(json.dumps(counted) if options.json else _sentence(counted))
        for doubt in printed.doubts:
            print(f"{path.name}: this may not be one list of ICE's: {doubt}", file=sys.stderr)
    return 1 if failed else 0


def _sentence(counted: dict) -> str:
    models = counted["by_model"]
    names = {
        "rows": ("agreement row", "agreement rows"),
        "agencies": ("agency", "agencies"),
        "states": ("state", "states"),
        "territories": ("territory", "territories"),
    }
    rows, agencies, states, territories = (
        f"{counted[what]:,} {one if counted[what] == 1 else many}" for what, (one, many) in names.items()
    )
    return (
        f"{counted['file']}: {rows}, {agencies}, {states} and {territories};"
        f" jail {models['jail']:,}, warrant {models['warrant']:,}, task force {models['task_force']:,}"
    )


@command(
    "history",
    "follow agreements through all lists of a folder",
    FOLDER,
    argument("--csv", type=Path, required=True, metavar="OUT", help="where to write one row for each agreement"),
)
def _history(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise ice_lists.ListError(f"{options.folder}: there is no such folder")
    archive = ice_lists.read_lists([options.folder])
    table = ice_lists.derive(archive).tables["agreements"]
    tables.write(options.csv, tables.to_csv(table[HISTORY_COLUMNS]))
    listed = int((table["status"] == "listed").sum())
    print(
        f"{len(archive.rows)} lists, {len(table):,} agreements ever listed, {listed:,} on the last list; written to"
        f" {options.csv}"
    )
    return 0


@command(
    "import",
    "add lists to data/, older and newer: all of them or nothing",
    argument("lists", nargs="+", type=Path, metavar="LIST.xlsx", help="files, or folders of files"),
    DATE,
    argument(
        "--source",
        default="ice287gpage",
        metavar="KEY",
        help="where it was found: a key of data/sources.csv (default: ICE's page)",
    ),
    argument("--dry-run", action="store_true", help="report what would change and write nothing"),
    FORCE,
)
def _import(options: argparse.Namespace) -> int:
    _check_source(options.source)
    report = ice_lists.import_lists(
        options.lists, options.source, date=options.date, force=options.force, dry_run=options.dry_run
    )
    print(*report.lines(), sep="\n")
    if report.known:
        print("Nothing was written: there is nothing new.")
    elif options.dry_run:
        print("Nothing was written (--dry-run).")
    else:
        print("Written to data/. Build the book again, and every page follows.")
    return 0


def _check_source(key: str) -> None:
    if key not in set(tables.load("sources")["source_key"]):
        raise tables.TableError(
            f"--source {key}: there is no such source_key in data/sources.csv; add the source there first"
        )


@command(
    "newest",
    "look for lists that data/ does not hold, on ICE's page or in an archive; show what they change, ask, add them",
    argument(
        "address",
        nargs="?",
        metavar="ADDRESS",
        help="a workbook, a page, a repository on GitHub, or a folder (default: ICE's page on 287(g))",
    ),
    DATE,
    argument(
        "--source",
        metavar="KEY",
        help="where it was found: a key of data/sources.csv, where the address does not tell it",
    ),
    FORCE,
    [
        argument("--dry-run", action="store_true", help="stop after the report"),
        argument("--yes", action="store_true", help="write without asking"),
    ],
)
def _newest(options: argparse.Namespace) -> int:
    if options.source:
        _check_source(options.source)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was downloaded is removed

    def agree(result: newest.Result) -> bool:
        print(*result.report.lines(), *_left_out(result), sep="\n", flush=True)
        return not options.dry_run and (options.yes or _asked("Write this to data/? [y/N] "))

    try:
        result = newest.bring(
            options.address,
            agree=agree,
            say=_progress,
            source_key=options.source,
            date=options.date,
            force=options.force,
        )
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    if not result.report or result.report.known:
        print(*_left_out(result), "Nothing was written: the data hold all of it already.", sep="\n")
    elif result.report.wrote:
        print("Written to data/. Build the book again, and every page follows.")
    else:
        print("Nothing was written (--dry-run)." if options.dry_run else "Nothing was written.")
    return 0


def _left_out(result: newest.Result) -> list[str]:
    return [f"Not taken: {sentence}" for sentence in result.left_out]


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _asked(question: str) -> bool:
    """Whether a person says yes. Where nobody can answer, that is a no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        print("\nNobody answered; --yes writes without asking.")
        return False


@command("derive", "make the tables of the lists anew from data/lists.csv and data/printed_rows.csv")
def _derive(options: argparse.Namespace) -> int:
    changed = ice_lists.rederive()
    print(f"Written anew: {', '.join(changed)}." if changed else "The tables are already what follows from the lists.")
    return 0


@command(
    "fact",
    "one number of the book: value, date, definition, sources",
    argument("name", nargs="?", metavar="NAME", help="without it: every name with its number and definition"),
)
def _fact(options: argparse.Namespace) -> int:
    if not options.name:
        for fact in map(facts.get, facts.names()):
            print(fact.name, fact.text, fact.definition, sep="\t")
        return 0
    fact = facts.get(options.name)
    print(
        json.dumps(
            {
                "name": fact.name,
                "value": fact.value,
                "unit": fact.unit,
                "as_of": fact.as_of,
                "definition": fact.definition,
                "sources": list(fact.source_keys),
            },
            default=str,
        )
    )
    return 0


@command("claims", "count anew what the lists can say about the traced claims")
def _claims(options: argparse.Namespace) -> int:
    found = claims.all()
    verdicts = tables.load("claims").set_index("claim_id")["verdict"]
    print("claim", "verdict", "stated", "recomputed", "holds", sep="\t")
    for claim in found:
        print(
            claim.claim_id, verdicts[claim.claim_id], claim.stated, claim.text, "yes" if claim.holds else "no", sep="\t"
        )
    return 0 if all(claim.holds for claim in found) else 1


@command(
    "labs",
    "write every lab twice: for students, and for instructors with the solutions",
    FOLDER,
    argument("--translate", action="store_true", help="only what learners open, in the book's language"),
)
def _labs(options: argparse.Namespace) -> int:
    from section287g.labs import (
        copies,  # only here: it loads what the other commands do without
    )

    if options.translate:
        copies.translate(options.folder)
        return 0
    for path in copies.write(options.folder):
        print(path)
    return 0


@command(
    "handouts",
    "write every sheet and every lesson as PDF, for US Letter and for A4",
    FOLDER,
    argument("--state", default="", metavar="TX", help="put the page of a state (two letters) into each lesson"),
)
def _handouts(options: argparse.Namespace) -> int:
    from section287g.handouts import lessons  # only here: the other commands do without a typesetter

    if options.state not in ("", *tables.load("states")["state"]):
        raise Stop(f"no state {options.state!r}: write the two letters that the post office uses, such as TX")
    for path in lessons.write_all(options.folder, options.state):
        print(path)
    return 0


@command(
    "pack",
    "put the built book, its PDF and EPUB, handouts, labs and data into one zip",
    argument("site", type=Path, metavar="SITE", help="folder of the built book"),
    argument("zip", type=Path, metavar="ZIP", help="where to write the zip"),
)
def _pack(options: argparse.Namespace) -> int:
    from section287g import pack  # only here: the other commands do without a browser

    options.zip.write_bytes(pack.make(options.site))
    print(options.zip)
    return 0


@command(
    "lite",
    "build the labs as a site that runs them in a browser, without Python",
    argument("folder", type=Path, metavar="FOLDER", help="where to build it; what is there is replaced"),
)
def _lite(options: argparse.Namespace) -> int:
    from section287g.lite import site  # only here: the other commands do without

    site.make(options.folder)
    return 0


@command(
    "serve",
    "show such a site in a browser of this machine",
    FOLDER,
    argument("--no-open", action="store_true", help="open no browser"),
)
def _serve(options: argparse.Namespace) -> int:
    from section287g.lite.serve import serve  # only here: the other commands do without

    serve(options.folder, opens=not options.no_open)
    return 0


@command(
    "links",
    "list every address that the book cites on other hosts; --check asks whether it still answers",
    argument("--check", action="store_true", help="request each address (minutes; needs the network)"),
    argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help="write the list to FILE; if it holds an earlier check, its last-seen dates stay",
    ),
)
def _links(options: argparse.Namespace) -> int:
    rows = links.cited()
    if options.check:
        rows = links.check(rows, links.read(options.csv) if options.csv else ())
    if options.csv:
        links.write(rows, options.csv)
    else:
        print(*links.COLUMNS, sep="\t")
        for row in rows:
            print(*row.values(), sep="\t")
    if not options.check:
        return 0
    kinds = [row["answer"].partition(" ")[0] for row in rows]
    print(*(f"{kind} {kinds.count(kind):,}" for kind in ("ok", "refused", "gone")), sep=", ")
    return 1 if "gone" in kinds else 0


@command(
    "words",
    "collect every message that readers see, and bring the catalogues of languages up to date",
    argument("languages", nargs="*", metavar="LANG", help="a new language to begin: es"),
    argument("--without-pages", action="store_true", help="leave out pages, for which the book is built"),
    argument(
        "--check", action="store_true", help="say what translations have lost, and what a language that is built lacks"
    ),
)
def _words(options: argparse.Namespace) -> int:
    from section287g import building, catalogues, words  # only here: the other commands do without

    if options.check:
        complete = set(words.translations()) & set(building.editions())
        found = [*catalogues.faults(), *(line for language in complete for line in catalogues.unfinished(language))]
        print(*found, sep="\n")
        return 1 if found else 0
    print(*catalogues.update(options.languages, pages=not options.without_pages), sep="\n")
    for language in words.translations():
        print(*(line for line in catalogues.unfinished(language) if line.endswith("stale")), sep="\n")
    return 0


@command(
    "check",
    "check every table in data/ against its description, and the quotations of law against data/passages.csv",
)
def _check(options: argparse.Namespace) -> int:
    found = [*checks.run(), *checks.stated_claims(), *checks.pages(), *checks.quotations_of_law()]
    print(*found, sep="\n")
    return 1 if any(check.status == "fail" for check in found) else 0


if __name__ == "__main__":
    sys.exit(main())
