"""The site on this machine, for its browsers only."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from section287g.programs import Stop

PORT = 8287  # always the same: a browser keeps a learner's work by address, and the port is part of it


def serve(folder: Path, opens: bool, port: int = PORT) -> None:
    """Serve ``folder`` until Ctrl+C, in a browser if ``opens``. Raises Stop if the port is taken."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise Stop(
            f"Port {port} of this machine is taken ({error.strerror}): the labs may be open from another window; else"
            " close the program that uses it, and run this again."
        ) from error
    address = f"http://127.0.0.1:{server.server_port}/"
    print(f"The labs in a browser: {address} (to stop, press Ctrl+C)", flush=True)
    if opens:
        webbrowser.open(address)
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()


class _Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *_: object) -> None:
        pass
