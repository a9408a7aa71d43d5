"""Measures a lab run by many learners at once on a JupyterHub: ``python -m section287g.bench.hub LAB [--users N]``.

It needs what the project does not: Node.js, and an environment with JupyterHub and its proxy. The page "Running the
labs with a class" says how to make one. Starts a hub with one process for each learner's server, lets N programs each
ask it for a server and run the students' copy of the lab, and prints a row as in ``data/lab_runs.csv``. The hub is open
to anyone on this machine while it runs.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime
import importlib.util
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from section287g.bench import labs as bench
from section287g.labs import copies

PROXY = "configurable-http-proxy"
COLUMNS = ["lab", "users", "via", "seconds", "processor_seconds", "kernel_mb", "server_mb", "measured"]
SETTINGS = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {home!r}
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {patience}
c.JupyterHub.services = [{{"name": "measure", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "measure", "services": ["measure"], "scopes": ["admin:users", "admin:servers", "admin:server_state",
      "access:servers"]}}
]
"""


class Hub(bench.Server):
    """A running JupyterHub, with a token that may do everything."""

    api = "hub/api"

    def server_of(self, learner: str) -> bench.Server:
        """Start the server of a learner and wait until it is ready. TimeoutError if it is not."""
        self.ask(f"users/{learner}", "POST")
        self.ask(f"users/{learner}/server", "POST")
        until = time.monotonic() + bench.PATIENCE
        while time.monotonic() < until:
            own = self.ask(f"users/{learner}")["servers"].get("", {})
            if own.get("ready"):
                return bench.Server(f"{self.address}/user/{learner}", self.token, own["state"]["pid"])
            time.sleep(0.2)
        raise TimeoutError(f"the server of {learner} was not ready within {bench.PATIENCE} s")

    def memory(self) -> int:
        """Bytes that the hub and its proxy take."""
        proxies = [child.pid for child in psutil.Process(self.pid).children() if "node" in child.name()]
        return sum(bench.memory(pid) for pid in (self.pid, *proxies))


def missing() -> str | None:
    """What this environment lacks to run a hub, in one sentence, or None."""
    if not importlib.util.find_spec("jupyterhub"):
        return "JupyterHub is not installed for this Python: pip install jupyterhub."
    return (
        None
        if shutil.which(PROXY)
        else f"{PROXY} is not on the PATH: npm install {PROXY}, and add node_modules/.bin to the PATH."
    )


@contextlib.contextmanager
def own_hub() -> Iterator[Hub]:
    """A JupyterHub on this machine while the block runs; everything it writes is thrown away. TimeoutError if it does
    not answer."""
    port, hub_port, proxy_port = free_ports(3)
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        values = {
            "port": port,
            "hub_port": hub_port,
            "proxy_port": proxy_port,
            "token": token,
            "patience": bench.PATIENCE,
        }
        settings = Path(folder) / "settings.py"
        settings.write_text(
            SETTINGS.format(**values, home=f"{folder}/{{username}}", python=sys.executable), encoding="utf-8"
        )
        python_path = os.pathsep.join([str(copies.SOURCES.parent), os.environ.get("PYTHONPATH", "")])
        with (Path(folder) / "hub.log").open("w") as log:
            command = [sys.executable, "-m", "jupyterhub", "--config", str(settings)]
            process = subprocess.Popen(
                command, cwd=folder, env={**os.environ, "PYTHONPATH": python_path}, stdout=log, stderr=log
            )
            try:
                hub = Hub(f"http://127.0.0.1:{port}", token, process.pid)
                bench.wait_for(hub, "users")
                yield hub
            finally:
                process.terminate()  # it ends its proxy and the learners' servers itself
                process.wait()


def free_ports(number: int) -> list[int]:
    """So many ports of this machine that nobody listens on."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def run_at_once(hub: Hub, path: Path, users: int) -> tuple[float, list[dict]]:
    """Seconds until the last of so many learners had started a server and run the lab, and what ``bench.run_lab`` says
    of each."""

    def run(number: int) -> dict:
        return bench.run_lab(hub.server_of(f"learner{number}"), path)

    start = time.perf_counter()
    with ThreadPoolExecutor(users) as learners:
        results = list(learners.map(run, range(users)))
    return time.perf_counter() - start, results


def row(seconds: float, results: list[dict], day: datetime.date) -> dict[str, str | int | float]:
    """A row of ``lab_runs`` without its source: medians of the learners, in seconds of processor and in MB (a million
    bytes)."""
    processor = [one["kernel_cpu_seconds"] + one["server_cpu_seconds"] for one in results]
    kernel, server = ([one[key] / 1e6 for one in results] for key in ("kernel_bytes", "server_bytes"))
    medians = round(statistics.median(processor), 1), round(statistics.median(kernel)), round(statistics.median(server))
    return dict(
        zip(
            COLUMNS,
            (results[0]["lab"], len(results), "program", round(seconds, 1), *medians, day.isoformat()),
            strict=True,
        )
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure and print. Returns the exit code: 1 after one sentence on stderr if something is missing or a lab
    fails."""
    parser = argparse.ArgumentParser(
        prog="python -m section287g.bench.hub", description="Measure a lab on a JupyterHub, many learners at once."
    )
    parser.add_argument(
        "lab", metavar="LAB", choices=[path.stem for path in copies.sources()], help="a name such as 02-growth"
    )
    parser.add_argument("--users", type=int, default=4, metavar="N", help="learners at once (default: 4)")
    options = parser.parse_args(arguments)
    if problem := missing():
        print(problem, file=sys.stderr)
        return 1
    try:
        with own_hub() as hub:
            seconds, results = run_at_once(hub, copies.SOURCES / f"{options.lab}.ipynb", options.users)
            hub_mb = hub.memory() / 1e6
    except (RuntimeError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerow(row(seconds, results, datetime.date.today()))
    started = statistics.median(one["start_cpu_seconds"] for one in results)
    print(
        f"Starting a server took {started:.1f} s of one processor core; the hub and its proxy took {hub_mb:.0f} MB.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
