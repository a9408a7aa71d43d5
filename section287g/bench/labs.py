"""Measures what one seat costs: ``python -m section287g.bench.labs [LAB...] [--json]``.

For each lab: starts a JupyterLab server, runs the students' copy in it as a browser would ask for it (over the server's
socket, with live controls), and prints seconds, processor seconds, and the memory of server and kernel. Numbers depend
on the machine: run it alone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import nbformat
import psutil
import websocket

from section287g.labs import copies

PATIENCE = 300  # seconds for a server to start, and for one cell on a busy machine
WHO = "import os; print(os.getpid())"


def headers(token: str) -> dict[str, str]:
    """What a request must carry to be let in."""
    return {"Authorization": f"token {token}", "Content-Type": "application/json"}


def rest(url: str, token: str, method: str) -> dict:
    """The answer to a request to a REST interface; {} where it is empty. OSError if there is none."""
    request = urllib.request.Request(url, method=method, headers=headers(token))
    with urllib.request.urlopen(request, data=b"{}" if method == "POST" else None, timeout=PATIENCE) as answer:
        return json.loads(answer.read() or b"{}")


@dataclass(frozen=True)
class Server:
    """A JupyterLab server: its address without a slash at the end, a token that opens it, and its process number."""

    address: str
    token: str
    pid: int
    api: ClassVar = "api"  # where its REST interface is

    def ask(self, path: str, method: str = "GET") -> dict:
        """The answer to a request to its REST interface; {} where the answer is empty. OSError if there is none."""
        return rest(f"{self.address}/{self.api}/{path}", self.token, method)


class Kernel:
    """A new kernel of a server, reached as a browser reaches it. ``pid`` is its process number."""

    def __init__(self, server: Server):
        self._server, self._session = server, uuid.uuid4().hex
        self._id = server.ask("kernels", "POST")["id"]
        address = f"{server.address}/api/kernels/{self._id}/channels?session_id={self._session}".replace(
            "http", "ws", 1
        )
        self._socket = websocket.create_connection(address, header=headers(server.token), timeout=PATIENCE)
        self.pid = int(self.run(WHO))

    def run(self, code: str) -> str:
        """Run one cell. Returns what it printed; RuntimeError with the cell's error if it failed."""
        asked = uuid.uuid4().hex
        header = {
            "msg_id": asked,
            "msg_type": "execute_request",
            "session": self._session,
            "username": "",
            "version": "5.4",
        }
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        self._socket.send(
            json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
        )
        printed, waiting = "", {"execute_reply", "idle"}  # they come over two channels, in either order
        while waiting:
            message = self._receive()
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != asked:
                continue
            if kind == "stream":
                printed += content["text"]
            elif kind == "execute_reply" and content["status"] != "ok":
                raise RuntimeError(f"{content.get('ename')}: {content.get('evalue')} in the cell\n{code}")
            waiting -= {kind, content.get("execution_state")}
        return printed

    def _receive(self) -> dict:
        while True:
            frame = self._socket.recv()
            if isinstance(frame, str):  # binary ones carry pictures of widgets
                return json.loads(frame)

    def stop(self) -> None:
        self._socket.close()
        self._server.ask(f"kernels/{self._id}", "DELETE")


def memory(pid: int) -> int:
    """Bytes that a process takes from the machine; pages shared with others count in part. Linux says so, others only
    what is its own."""
    used = psutil.Process(pid).memory_full_info()
    return getattr(used, "pss", used.uss)


def processor_seconds(pid: int) -> float:
    """Seconds of one processor core that a process has used since it started."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def run_lab(server: Server, path: Path) -> dict:
    """Run a lab from top to bottom in a new kernel of the server.

    Gives the lab's name, seconds, processor seconds of the server before it, of the kernel and of the server meanwhile,
    and the largest memory in bytes of kernel and of server after any cell. RuntimeError if a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    start, server_before = time.perf_counter(), processor_seconds(server.pid)
    kernel = Kernel(server)
    try:
        kernel_memory, server_memory = [], []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                kernel.run(cell.source)
                kernel_memory.append(memory(kernel.pid))
                server_memory.append(memory(server.pid))
        return {
            "lab": path.stem,
            "seconds": time.perf_counter() - start,
            "start_cpu_seconds": server_before,
            "kernel_cpu_seconds": processor_seconds(kernel.pid),
            "server_cpu_seconds": processor_seconds(server.pid) - server_before,
            "kernel_bytes": max(kernel_memory),
            "server_bytes": max(server_memory),
        }
    finally:
        kernel.stop()


@contextlib.contextmanager
def own_server(folder: Path | None = None) -> Iterator[Server]:
    """A JupyterLab server on this machine while the block runs, on `folder` or an empty one. TimeoutError if it does
    not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as empty:
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--ip=127.0.0.1",
            f"--port={port}",
            "--ServerApp.port_retries=0",
        ]
        command += ["--allow-root", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder or empty}"]
        process = subprocess.Popen(
            command, cwd=copies.SOURCES.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", token, process.pid)
            wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait()


def wait_for(server, path: str = "status") -> None:
    """Wait until a server, or a hub (whatever has ``ask``), answers, or raise TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            server.ask(path)
            return
        time.sleep(0.2)
    raise TimeoutError(f"{server.address} did not answer within {PATIENCE} s")


def measure(path: Path) -> dict:
    """What ``run_lab`` says of a lab in a server of its own."""
    with own_server() as server:
        return run_lab(server, path)


def report(results: list[dict]) -> str:
    """The results for people, one line for each lab; 1 MB is a million bytes."""
    lines = ["lab                          seconds  processor s  to start s  kernel MB  server MB  seat MB"]
    for one in results:
        kernel, server = one["kernel_bytes"] / 1e6, one["server_bytes"] / 1e6
        cpu = one["kernel_cpu_seconds"] + one["server_cpu_seconds"]
        lines.append(
            f"{one['lab']:<26}{one['seconds']:10.1f}{cpu:13.1f}{one['start_cpu_seconds']:12.1f}"
            f"{kernel:11.0f}{server:11.0f}{kernel + server:9.0f}"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure labs and print the results. Returns the exit code: 1 after one sentence on stderr if a lab is unknown or
    fails."""
    parser = argparse.ArgumentParser(
        prog="python -m section287g.bench.labs", description="Measure time and memory of the labs."
    )
    parser.add_argument("labs", nargs="*", metavar="LAB", help="names such as 02-growth (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    options = parser.parse_args(arguments)
    known = {path.stem: path for path in copies.sources()}
    try:
        if unknown := [name for name in options.labs if name not in known]:
            raise ValueError(f"no lab {unknown[0]!r}; labs are {', '.join(known)}")
        results = [measure(known[name]) for name in options.labs or known]
    except (ValueError, RuntimeError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(results) if options.json else report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
