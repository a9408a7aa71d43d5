"""The list of cited addresses, and the check of it against a server of this machine."""

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from section287g import __main__ as command_line
from section287g import links, tables

TODAY = dt.date(2026, 11, 21)


class Answers(BaseHTTPRequestHandler):
    """Answers with the code that the address asks for."""

    def do_GET(self):
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(links, "PAUSE", 0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def row(url):
    return dict.fromkeys(links.COLUMNS, "") | {"url": url}


def test_every_cited_address_is_listed_once():
    listed = links.cited()
    sources = tables.load("sources")
    assert [row["url"] for row in listed] == sorted(set(sources["url"].dropna()))
    assert {key for row in listed for key in row["cited_as"].split(";")} == set(
        sources.dropna(subset="url")["source_key"]
    )
    assert all(row["archive"].endswith(row["url"]) and not row["last_seen"] and not row["checked"] for row in listed)


@pytest.mark.parametrize(
    ("code", "expected"),
    [(200, "ok (200)"), (403, "refused (403)"), (404, "gone (404)"), (410, "gone (410)"), (500, "gone (500)")],
)
def test_answer(server, code, expected):
    assert links.answer(f"{server}/{code}") == expected


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://", "nonsense"])
def test_address_that_leads_nowhere_is_gone(url):
    assert links.answer(url).startswith("gone (")


def test_last_seen_is_the_last_day_with_an_answer(server):
    here, gone, never = f"{server}/200", f"{server}/404", f"{server}/403"
    before = [row(gone) | {"last_seen": "2026-10-01"}, row(here) | {"last_seen": "2026-10-01"}]
    checked = links.check([row(here), row(gone), row(never)], before, TODAY)
    assert [found["last_seen"] for found in checked] == ["2026-11-21", "2026-10-01", ""]
    assert {found["checked"] for found in checked} == {"2026-11-21"}


def test_command_keeps_a_file_and_fails_when_something_is_gone(server, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(links, "cited", lambda: [row(f"{server}/200"), row(f"{server}/404")])
    path = tmp_path / "links.csv"
    assert command_line.main(["links", "--check", "--csv", str(path)]) == 1
    assert capsys.readouterr().out == "ok 1, refused 0, gone 1\n"
    assert [found["answer"] for found in links.read(path)] == ["ok (200)", "gone (404)"]


def test_without_check_nothing_is_asked(monkeypatch, capsys):
    monkeypatch.setattr(links, "answer", lambda url: pytest.fail("asked"))
    assert command_line.main(["links"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(links.cited()) + 1
