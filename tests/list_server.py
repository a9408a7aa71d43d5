"""A server of this machine that behaves like the hosts of ICE's lists: well, or badly in many ways."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from section287g.download import Network

Behavior = Callable[[BaseHTTPRequestHandler], None]


class Hosts:
    """One server for all hosts.

    ``at`` says what is where (path -> bytes, or a function that answers); ``asked`` are the paths asked for.
    """

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}"
        self.at: dict[str, bytes | Behavior] = {}
        self.asked: list[str] = []

    def network(self, **settings) -> Network:
        """Lets a command ask this server alone, and without https: nobody vouches for a server of this machine."""
        where = {
            "page": f"{self.address}/287g",
            "api": f"{self.address}/api",
            "raw": f"{self.address}/raw",
            "media": f"{self.address}/media",
        }
        host = self.address.removeprefix("http://")
        return Network(
            **where
            | {"schemes": frozenset({"http", "https"}), "hosts": frozenset({host}), "most_bytes": 100_000}
            | settings
        )

    def put_page(self, *links: str, path: str = "/287g") -> None:
        """A page with these links, as the elements that they are or as addresses."""
        elements = [link if link.startswith("<") else f'<a href="{link}">Participating Agencies</a>' for link in links]
        self.at[path] = f"<!DOCTYPE html><html><body><h1>287(g)</h1>{' '.join(elements)}</body></html>".encode()

    def put_repository(self, files: dict[str, bytes], *, lfs: bool = True, branch: str = "main") -> None:
        """OWNER/lists on GitHub with these files, whose contents are kept by Git LFS, as GitHub gives them out."""
        tree = [{"path": "sheets", "type": "tree", "sha": "0"}]
        for path, content in files.items():
            kept = pointer(content) if lfs else content
            tree.append({"path": path, "type": "blob", "sha": hashlib.sha1(kept).hexdigest()})
            self.at[f"/raw/OWNER/lists/{branch}/{path}"] = kept
            if lfs:
                self.at[f"/media/OWNER/lists/{branch}/{path}"] = content
        self.at["/api/repos/OWNER/lists"] = json.dumps({"default_branch": branch}).encode()
        self.at[f"/api/repos/OWNER/lists/git/trees/{branch}?recursive=1"] = json.dumps(
            {"tree": tree, "truncated": False}
        ).encode()


def pointer(content: bytes) -> bytes:
    """What Git keeps in the place of a file that Git LFS holds."""
    oid = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n".encode()


@contextlib.contextmanager
def hosts() -> Iterator[Hosts]:
    """A running server with nothing on it yet."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            served.asked.append(self.path)
            what = served.at.get(self.path, status(404))
            with contextlib.suppress(ConnectionError):
                if isinstance(what, bytes):
                    send(self, what)
                else:
                    what(self)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        served = Hosts(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()


# ---- ways to answer


def send(
    handler: BaseHTTPRequestHandler, body: bytes, code: int = 200, length: int | None = None, **headers: str
) -> None:
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name, value)
    if length != -1:
        handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int) -> Behavior:
    """Nothing but a code, with a page that says so."""
    return lambda handler: send(handler, b"<html>no</html>", code)


def redirect(address: str) -> Behavior:
    return lambda handler: send(handler, b"", 302, Location=address)


def without_length(body: bytes) -> Behavior:
    """The length is not said before; the end of the connection is the end of the file."""
    return lambda handler: send(handler, body, length=-1)


def breaks_off(body: bytes) -> Behavior:
    """Says how long the file is, and closes in the middle of it."""
    return lambda handler: send(handler, body[: len(body) // 2], length=len(body))


def hangs(seconds: float) -> Behavior:
    return lambda handler: time.sleep(seconds)


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Sends a byte now and then, so that something always comes."""
    send(handler, b"P", length=1000)
    for _ in range(200):
        time.sleep(0.05)
        handler.wfile.write(b"K")


def closes(handler: BaseHTTPRequestHandler) -> None:
    """Ends the connection without a word."""


def babbles(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"what do you want?\r\n\r\n")
