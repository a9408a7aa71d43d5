"""Fetching a file from a host that is named beforehand: https only, not too large, whole, and not for ever."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import string
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from section287g.ice_lists import ListError

AGENT = "Mozilla/5.0 (compatible; section287g newest list)"
PIECE = 1 << 16  # bytes read at once
BY_HAND = "save the list with a browser, and add it with `.venv/bin/python -m section287g import LIST.xlsx`"
BY_HAND_ELSEWHERE = BY_HAND.replace("with a browser", "on another machine")


class NotThere(ListError):
    """The host answers, but does not hold this one file as it should be. The message is one sentence for a person."""


@dataclass(frozen=True)
class Network:
    """Where files may come from, how large they may be, and how long is waited.

    ``hosts`` are names of hosts, with a port where it is not the usual one of https.
    """

    page: str = "https://www.ice.gov/identify-and-arrest/287g"
    api: str = "https://api.github.com"
    raw: str = "https://raw.githubusercontent.com"
    media: str = "https://media.githubusercontent.com/media"  # where GitHub keeps the objects of Git LFS
    schemes: frozenset[str] = frozenset({"https"})
    hosts: frozenset[str] = frozenset(
        {"www.ice.gov", "api.github.com", "raw.githubusercontent.com", "media.githubusercontent.com"}
    )
    timeout: float = 30  # seconds for each answer
    patience: float = 300  # seconds for one whole file
    most_bytes: int = 20_000_000  # ICE's lists have 0.3 million

    def naming(self, url: str) -> Network:
        """This network with the host of an address that a person typed."""
        try:
            return replace(self, hosts=self.hosts | {host(url)})
        except ValueError:
            return self  # no address: refused when it is asked

    def refusal(self, url: str) -> str:
        """Why an address may not be asked, as the end of a sentence; blank if it may."""
        try:
            parts = urlsplit(url)
            if parts.scheme not in self.schemes:
                return "it does not begin with https://"
            if not parts.hostname or "@" in parts.netloc:
                return "it is not an address of the web, or it holds a user name"
            return "" if host(url) in self.hosts else "that host is not one of those that this command asks"
        except ValueError:
            return "it is not an address of the web"


@dataclass(frozen=True)
class Answer:
    """What a host sent, and from which address in the end."""

    url: str
    content: bytes


def host(url: str) -> str:
    """The host of an address, with the port where it is not that of https. Raises ValueError where it is no address."""
    parts = urlsplit(url)
    return (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, 443) else "")


def check(url: str, network: Network) -> None:
    """Raises ListError, with what to do, for an address that may not be asked."""
    if reason := network.refusal(url):
        raise ListError(
            f"{shown(url)}: this address was not asked, because {reason};"
            " give the address of the page or of the workbook as a browser shows it"
        )


def fetch(url: str, network: Network) -> Answer:
    """The whole of one file. Raises NotThere or, where asking on is of no use, ListError: one sentence each."""
    url = quote(url, safe=string.punctuation)  # what is percent-encoded stays so
    check(url, network)
    opener = urllib.request.build_opener(_Redirects(network))
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"})
    with _in_words(url), opener.open(request, timeout=network.timeout) as response:
        return Answer(response.url, _whole(response, network))


def shown(url: str) -> str:
    """An address for a message: on one line, and without anything that would move a terminal's cursor."""
    return quote(url, safe=string.punctuation)[:300]


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but only to hosts that are named."""

    def __init__(self, network: Network):
        self.network = network

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if reason := self.network.refusal(newurl):
            raise ListError(
                f"{shown(req.full_url)}: it leads on to {shown(newurl)}, which was not asked, because {reason};"
                " look at that address in a browser, and if the list is there, give it to this command"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _whole(response: http.client.HTTPResponse, network: Network) -> bytes:
    """The body of an answer, read piece by piece until it is whole, too large or too late."""
    announced = int(response.headers.get("Content-Length") or 0)
    until = time.monotonic() + network.patience
    pieces, size = [], 0
    while size <= network.most_bytes and announced <= network.most_bytes:
        if time.monotonic() > until:
            raise TimeoutError
        piece = response.read1(PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    else:
        raise NotThere(
            f"{shown(response.url)}: the file is larger than {network.most_bytes:,} bytes, which no list is;"
            " check in a browser that the address is right"
        )
    if size < announced:
        raise http.client.IncompleteRead(b"", announced - size)
    return b"".join(pieces)


@contextlib.contextmanager
def _in_words(url: str) -> Iterator[None]:
    """Turns what can go wrong on the way into one sentence with what to do."""
    try:
        yield
    except ListError:
        raise
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused(shown(url), error.code) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ListError(f"{shown(url)}: {_failure(getattr(error, 'reason', error))}") from error


def _failure(cause: object) -> str:
    """What went wrong between here and the host, and what to do."""
    if isinstance(cause, TimeoutError):
        return f"no whole answer came in time; try again later, or {BY_HAND}"
    if isinstance(cause, (http.client.IncompleteRead, ConnectionResetError, BrokenPipeError)):
        return "the connection broke off before the file was whole; try again later"
    if isinstance(cause, ssl.SSLError):
        return f"the host did not prove that it is the right one; try from another network, or {BY_HAND}"
    if isinstance(cause, (http.client.HTTPException, ValueError)):
        return f"the host's answer cannot be read; try again later, or {BY_HAND}"
    reason = getattr(cause, "strerror", None) or str(cause)
    return (
        f"the host cannot be reached ({' '.join(reason.split())}), and this command needs a network;"
        f" with none here, {BY_HAND_ELSEWHERE}"
    )


def _refused(asked: str, code: int) -> ListError:
    if code in (404, 410):
        return NotThere(
            f"{asked}: there is no such file or page ({code});"
            " look in a browser where the list is now, and give that address"
        )
    if code in (401, 403, 429):
        return ListError(f"{asked}: the host answers, but not to this program ({code}); {BY_HAND}")
    if code >= 500:
        return ListError(f"{asked}: the host has a fault of its own ({code}); try again later")
    return ListError(f"{asked}: the answer leads nowhere ({code}); look at the address in a browser, or {BY_HAND}")
