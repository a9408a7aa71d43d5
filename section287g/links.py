"""Every address on other hosts that the book cites, and whether it still answers: ``python -m section287g links``.

The book itself asks nothing of another host, and neither do its tests: only ``--check``, started by a person or once a
week on the project's host, does. It says when an address last answered; before the first check nothing is known, and
nothing is said.
"""

from __future__ import annotations

import csv
import datetime as dt
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from section287g import tables

ARCHIVE = "https://web.archive.org/web/*/"  # with an address behind it: the calendar of the copies stored there
COLUMNS = ["url", "cited_as", "seen", "archive", "last_seen", "checked", "answer"]
AGENT = "Mozilla/5.0 (compatible; section287g link check)"
REFUSALS = {401, 403, 405, 406, 429, 451, 503, 999}  # the site answers, but not to programs
TIMEOUT = 30  # seconds
PAUSE = 1  # seconds between two requests to the same host
AT_ONCE = 8  # hosts


def cited() -> list[dict[str, str]]:
    """One row (keys COLUMNS) for each address in ``data/sources.csv``: what cites it and how the document was seen. In
    order of the address."""
    rows: dict[str, dict[str, str]] = {}
    for source in tables.load("sources").dropna(subset="url").itertuples(index=False):
        row = rows.setdefault(
            source.url,
            dict.fromkeys(COLUMNS, "") | {"url": source.url, "archive": archived(source.url), "seen": source.seen},
        )
        row["cited_as"] = ";".join(filter(None, [row["cited_as"], source.source_key]))
    return [rows[url] for url in sorted(rows)]


def archived(url: str) -> str:
    """Address of the copies of a page that the Internet Archive has stored, if there are any."""
    return ARCHIVE + url


def answer(url: str) -> str:
    """``ok``, ``refused`` (the site answers, but not to programs) or ``gone``, with the reason in brackets."""
    if not url.startswith(("http://", "https://")):
        return "gone (not an address of the web)"
    try:
        request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "*/*"})
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return f"ok ({response.status})"
    except urllib.error.HTTPError as error:
        error.close()
        return f"{'refused' if error.code in REFUSALS else 'gone'} ({error.code})"
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return f"gone ({' '.join(str(reason).split())})"


def check(
    rows: list[dict[str, str]], known: Iterable[dict[str, str]] = (), today: dt.date | None = None
) -> list[dict[str, str]]:
    """The rows with ``checked``, ``answer`` and ``last_seen`` filled in; ``known`` are rows of an earlier check, whose
    last_seen stays where there is no answer."""
    day = (today or dt.date.today()).isoformat()
    before = {row["url"]: row["last_seen"] for row in known}
    by_host: dict[str, list[str]] = {}
    for row in rows:
        by_host.setdefault(urlsplit(row["url"]).netloc, []).append(row["url"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = {url: found for host in pool.map(_ask_host, by_host.values()) for url, found in host.items()}
    return [
        row
        | {
            "checked": day,
            "answer": answers[row["url"]],
            "last_seen": day if answers[row["url"]].startswith("ok") else before.get(row["url"], ""),
        }
        for row in rows
    ]


def _ask_host(urls: list[str]) -> dict[str, str]:
    """Answers of addresses on one host, asked one after the other."""
    answers = {}
    for place, url in enumerate(urls):
        if place:
            time.sleep(PAUSE)
        answers[url] = answer(url)
    return answers


def read(path: Path) -> list[dict[str, str]]:
    """Rows of an earlier check; none if there is no such file yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict[str, str]], path: Path) -> None:
    """Write rows as CSV, safe to open in a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: tables.spreadsheet_safe(value) for name, value in row.items()} for row in rows)
