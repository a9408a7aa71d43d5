"""The newest list by one command: ``python3 run.py newest``.

Looks on ICE's page, or in an archive, for lists that the data do not hold, downloads them into a folder that is removed
again, shows what importing them would change, and imports them if a person agrees.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
import string
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from section287g import tables
from section287g.download import Answer, Network, NotThere, check, fetch, shown
from section287g.ice_lists import ListError, ListName, Report, import_lists, list_name, open_listing

# Where an address tells the source: its host, or the repository on GitHub -> a key of data/sources.csv.
SOURCES = {"www.ice.gov": "ice287gpage", "deportationdata/ice-287g": "ddp287g"}
_T = TypeVar("_T")
_GITHUB = "https://github.com/"
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\n")


@dataclass(frozen=True)
class Found:
    """One file that should be a list: its name, and its address or its path on this machine.

    Files with the same ``mark``, if it is not blank, have the same content.
    """

    name: str
    at: str | Path
    mark: str = ""


@dataclass
class Result:
    """What came of it: the report of the import, or None where the data hold all lists already, and a sentence for each
    file that was not taken."""

    report: Report | None
    left_out: list[str]


def bring(
    address: str | None = None,
    *,
    agree: Callable[[Result], bool],
    say: Callable[[str], None],
    source_key: str | None = None,
    date: dt.date | None = None,
    force: bool = False,
    network: Network | None = None,
    folder: Path = tables.DATA,
) -> Result:
    """Add to the tables in ``folder`` the lists that they do not hold yet.

    ``address`` is that of a workbook, of a page that links one, of a folder of an archive (it ends in a slash), of a
    repository on GitHub, or a folder of this machine; without it, ICE's page is asked. ``say`` gets a line for each
    step. ``agree`` sees what a dry run found, and decides. ``source_key``, ``date`` and ``force`` are the import's.
    Raises ListError and TableError, in sentences with what to do; then nothing has changed, and nothing is left behind.
    """
    network = network or Network()
    if address and "://" in address:
        network = network.naming(address)
    found, key = _look(address, network, say)
    if not (key := source_key or key):
        raise ListError(
            f"{address}: this does not tell the source of the lists; add --source KEY, a key of data/sources.csv"
        )
    missing, left_out = _missing(found, date, force, folder)
    if not missing:
        return Result(None, left_out)
    with tempfile.TemporaryDirectory(prefix="section287g-") as place:
        paths = _lists(missing, left_out, date, network, Path(place), say)
        say("Comparing with the data ...")
        add = functools.partial(import_lists, paths, key, folder=folder, date=date, force=force)
        result = Result(add(dry_run=True), left_out)
        if not result.report.known and agree(result):
            say("Writing ...")
            result.report = add()
        return result


# ---- where lists are


def _look(address: str | None, network: Network, say: Callable[[str], None]) -> tuple[list[Found], str]:
    """The files that should be lists, and the key of their source, blank where the address does not tell it."""
    if address is None:
        return [_linked_list(_asked(network.page, network, say))], SOURCES["www.ice.gov"]
    if "://" not in address:
        return _in_folder(Path(address)), ""
    check(address, network)
    if address.startswith(_GITHUB):
        return _on_github(address.removeprefix(_GITHUB), network, say)
    for files in (network.raw, network.media):
        if address.startswith(f"{files}/"):
            owner, _, rest = address.removeprefix(f"{files}/").partition("/")
            return _on_github(f"{owner}/{rest.replace('/', '/blob/', 1)}", network, say)
    return _at_address(address, network, say), SOURCES.get(urlsplit(address).hostname, "")


def _asked(url: str, network: Network, say: Callable[[str], None]) -> Answer:
    say(f"Asking {shown(url)} ...")
    return fetch(url, network)


def _at_address(address: str, network: Network, say: Callable[[str], None]) -> list[Found]:
    path = urlsplit(address).path
    if _is_workbook(address):
        return [Found(_file_name(address), address)]
    answer = _asked(address, network, say)
    if not path.endswith("/"):
        return [_linked_list(answer)]
    urls = [url for url in _workbooks(answer) if not _is_pending(_file_name(url))]
    return _some([Found(_file_name(url), url) for url in urls], shown(address))


def _linked_list(page: Answer) -> Found:
    """The one list of participating agencies that a page links. Raises ListError where it is not one."""
    books = _workbooks(page)
    called = {url: f"{_file_name(url)} {words}".lower() for url, words in books.items()}
    lists = [url for url in books if "participat" in called[url] and not _is_pending(_file_name(url))]
    if len(lists) == 1:
        return Found(_file_name(lists[0]), lists[0])
    if lists:
        raise ListError(
            f"{shown(page.url)}: the page links {len(lists):,} lists of participating agencies ({_named(lists)});"
            " choose one and type `python3 run.py newest ADDRESS`"
        )
    if any(_is_pending(_file_name(url)) for url in books):
        found = f"the page links only the list of pending agencies ({_named(books)}), which holds no agreements"
    elif books:
        found = f"no workbook that the page links is called a list of participating agencies ({_named(books)})"
    else:
        found = "the page has no link to a workbook (.xlsx)"
    raise ListError(
        f"{shown(page.url)}: {found};"
        " look at the page in a browser, and if the list is there, type `python3 run.py newest` and its address"
    )


def _named(urls: Iterable[str]) -> str:
    names = [_file_name(url) for url in urls]
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


def _workbooks(page: Answer) -> dict[str, str]:
    """Every workbook that a page links: its address, and the words of its links."""
    links = _Links()
    links.feed(page.content.decode("utf-8", errors="replace"))
    links.close()
    found: dict[str, str] = {}
    for target, words in links.found:
        try:
            address = urljoin(urljoin(page.url, links.base), target.strip())
        except ValueError:  # no address at all
            continue
        url = quote(address, safe=string.punctuation).partition("#")[0]
        if _is_workbook(url):
            found[url] = f"{found.get(url, '')} {words}"
    return found


class _Links(HTMLParser):
    """Collects the links of a page, each with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.base = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "base":
            self.base = self.base or target
        if tag == "a":
            self._inside = bool(target)
            self.found += [(target, "")] if target else []

    def handle_data(self, data: str) -> None:
        if self._inside:
            target, words = self.found[-1]
            self.found[-1] = (target, words + data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"


def _on_github(path: str, network: Network, say: Callable[[str], None]) -> tuple[list[Found], str]:
    """Lists in a repository on GitHub: all, those below a folder (``tree``), or one file (``blob``, ``raw``)."""
    parts = [unquote(part) for part in path.partition("?")[0].split("/") if part]
    owner, repository, kind, branch, *below = parts + [""] * (4 - len(parts))
    if not repository or kind not in ("", "tree", "blob", "raw"):
        raise ListError(
            f"{_GITHUB}{shown(path)}: this is no folder and no file of a repository;"
            f" give an address like {_GITHUB}deportationdata/ice-287g/tree/main/sheets"
        )
    repository, where = repository.removesuffix(".git"), "/".join(below)
    key = SOURCES.get(f"{owner}/{repository}".lower(), "")
    about = f"{network.api}/repos/{quote(owner)}/{quote(repository)}"
    branch = branch or _told(about, lambda said: str(said["default_branch"]), network, say)
    raw = f"{network.raw}/{quote(owner)}/{quote(repository)}/{quote(branch)}"
    if _is_workbook(where):
        return [Found(_file_name(where), f"{raw}/{quote(where)}")], key
    files = _told(f"{about}/git/trees/{quote(branch, safe='')}?recursive=1", _files, network, say)
    if files is None:
        raise ListError(
            f"{owner}/{repository}: GitHub names only some files of this repository, because it has too many;"
            " clone it, and give its folder on this machine"
        )
    below_it = [(file, mark) for file, mark in files if _is_list(file) and file.startswith(where and f"{where}/")]
    books = [Found(_file_name(file), f"{raw}/{quote(file)}", mark) for file, mark in below_it]
    return _some(books, shown("/".join(filter(None, [owner, repository, where])))), key


def _told(url: str, read: Callable[[dict], _T], network: Network, say: Callable[[str], None]) -> _T:
    """What ``read`` finds in GitHub's answer to a question about a repository."""
    answer = _asked(url, network, say)
    try:
        return read(json.loads(answer.content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ListError(
            f"{shown(url)}: the answer is not what GitHub says about a repository;"
            " try again later, or clone it and give its folder on this machine"
        ) from error


def _files(said: dict) -> list[tuple[str, str]] | None:
    """Path and mark of each file that GitHub names, in order of the paths; None where it does not name all."""
    files = sorted((str(entry["path"]), str(entry["sha"])) for entry in said["tree"] if entry["type"] == "blob")
    return None if said.get("truncated") else files


def _in_folder(folder: Path) -> list[Found]:
    if not folder.is_dir():
        raise ListError(
            f"{folder}: this is neither an address (https://...) nor a folder;"
            " one file is added with `.venv/bin/python -m section287g import LIST.xlsx`"
        )
    files = [path for path in folder.rglob("*") if path.is_file() and _is_list(path.relative_to(folder).as_posix())]
    return _some([Found(path.name, path, _sha256(path.read_bytes())) for path in sorted(files)], str(folder))


def _some(files: list[Found], where: str) -> list[Found]:
    if not files:
        raise ListError(
            f"{where}: no lists of participating agencies (.xlsx) are here; give the folder that holds them"
        )
    return files


def _is_workbook(path: str) -> bool:
    return _file_name(path).lower().endswith(".xlsx")


def _is_list(path: str) -> bool:
    return _is_workbook(path) and not _is_pending(path) and not _file_name(path).startswith(("~$", "."))


def _is_pending(path: str) -> bool:
    return "pending" in unquote(path).lower()


def _file_name(path: str) -> str:
    """The last part of a path or an address, harmless as a name on any machine and in a terminal."""
    name = unquote(re.sub(r"[?#].*", "", path)).rpartition("/")[2].strip("\"' ")
    return re.sub(r"[^\w .()&+~$-]", "_", name)[-120:]


# ---- what is missing, and getting it


def _missing(found: list[Found], date: dt.date | None, force: bool, folder: Path) -> tuple[list[Found], list[str]]:
    """The files whose lists the data do not hold, and a sentence on each that is left out for a reason."""
    lists = tables.load("lists", folder)
    held = dict(zip(lists["list"], lists["kind"], strict=True))
    missing: dict[str, Found] = {}
    left_out = []
    for file in found:
        try:
            label = str(ListName(date) if date else list_name(file.name))
        except ListError as error:
            if len(found) == 1:
                raise
            left_out.append(str(error))
            continue
        if label in missing:
            if not file.mark or file.mark != missing[label].mark:
                left_out.append(
                    f"{file.name}: it is the second file of the list of {label};"
                    f" if its rows are others, save it as {label}-r2.xlsx and import that"
                )
        elif label not in held or (force and held[label] == "transcript"):
            missing[label] = file
        elif held[label] == "transcript":
            left_out.append(
                f"{file.name}: the data hold a copy of this list that others made;"
                " with --force ICE's own file takes its place"
            )
    return list(missing.values()), left_out


def _lists(
    files: list[Found],
    left_out: list[str],
    date: dt.date | None,
    network: Network,
    place: Path,
    say: Callable[[str], None],
) -> list[Path]:
    """Paths of the files, downloaded to ``place``. One that is not there, or is no list, is named in ``left_out``;
    where none is left, that is an error."""
    paths, refused = [], []
    for number, file in enumerate(files, start=1):
        if not isinstance(file.at, Path):
            say(f"Downloading {file.name} ({number:,} of {len(files):,}) ...")
        try:
            path = file.at if isinstance(file.at, Path) else _saved(file, network, place / str(number))
        except NotThere as error:
            refused.append(str(error))
            continue
        try:
            open_listing(path, "", date)
        except ListError as error:
            refused.append(f"{error} (found at {shown(str(file.at))})")
        else:
            paths.append(path)
    if not paths:
        raise ListError("\n".join(refused))
    left_out += refused
    return paths


def _saved(file: Found, network: Network, folder: Path) -> Path:
    """Path of one downloaded file, under its own name."""
    content = _content(file.at, network)
    folder.mkdir()
    path = folder / file.name
    path.write_bytes(content)
    return path


def _content(url: str, network: Network) -> bytes:
    """What an address holds; where GitHub has a pointer of Git LFS there, the file that it stands for."""
    content = fetch(url, network).content
    pointer = _POINTER.match(content)
    if not pointer or not url.startswith(f"{network.raw}/"):
        return content
    about = f"{shown(url)}: a Git LFS pointer stands here, and the file behind it is"
    try:
        content = fetch(network.media + url.removeprefix(network.raw), network).content
    except NotThere as error:
        raise NotThere(f"{about} missing or too large ({error})") from error
    if _sha256(content) != pointer[1].decode():
        raise NotThere(f"{about} not the one that it names; try again later, or ask those who keep the archive")
    return content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
