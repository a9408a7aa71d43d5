"""The newest list by one command, against a server of this machine that behaves like ICE's page, well and badly."""

import datetime as dt
import functools
import io
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_server import babbles, breaks_off, closes, drips, hangs, hosts, pointer, redirect, status, without_length
from workbooks import PENDING, agreement, make_list

from section287g import __main__ as command_line
from section287g import newest, tables
from section287g.download import Answer, Network, fetch
from section287g.ice_lists import ListError, derive, read_lists

DOCLIB = "/doclib/about/offices/ero/287g/"
OLD, NEW = "participatingAgencies03032025.xlsx", "participatingAgencies03102025am.xlsx"
PENDING_LIST = "pendingAgencies03102025am.xlsx"


@pytest.fixture(scope="module")
def server():
    with hosts() as server:
        yield server


@pytest.fixture
def ice(server):
    """The server with nothing on it."""
    server.at.clear()
    server.asked.clear()
    return server


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """Makes the bytes of a list with so many agreements of Texas."""
    folder = tmp_path_factory.mktemp("books")

    @functools.cache
    def make(agreements, columns=None):
        rows = [
            agreement(agency=f"Clay {number} County Sheriff's Office", signed=dt.datetime(2025, 2, 20))
            for number in range(agreements)
        ]
        return make_list(folder / "book.xlsx", rows, *([PENDING] if columns == "pending" else [])).read_bytes()

    return make


@pytest.fixture(scope="module")
def first_data(tmp_path_factory, workbook):
    folder = tmp_path_factory.mktemp("first")
    (folder / OLD).write_bytes(workbook(20))
    data = shutil.copytree(tables.DATA, folder / "data")
    archive = read_lists([folder / OLD])
    tables.replace(derive(archive).files(archive), data)
    return data


@pytest.fixture
def data(first_data, tmp_path):
    """A data/ folder that holds the list of March 3, 2025 with 20 agreements."""
    return shutil.copytree(first_data, tmp_path / "project" / "data")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Where downloads go, which must be empty in the end; and no proxy between this machine and itself."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("no_proxy", "*")
    yield folder
    assert list(folder.iterdir()) == []


def contents(folder):
    """Every file of data/, and what lies beside it."""
    return {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}


def bring(ice, data, address=None, agree=True, said=None, **options):
    settings = {"network": ice.network(), "say": (said if said is not None else []).append} | options
    return newest.bring(address, agree=lambda result: agree, folder=data, **settings)


def held(data):
    return list(tables.load("lists", data)["list"])


# ---- ICE's page, as it should be


def test_the_list_that_the_page_links_is_added_once(ice, data, workbook):
    ice.put_page(DOCLIB + NEW, DOCLIB + PENDING_LIST)
    ice.at[DOCLIB + NEW] = workbook(22)
    said = []
    result = bring(ice, data, said=said)
    assert result.report.wrote and result.left_out == []
    assert held(data) == ["2025-03-03", "2025-03-10-am"]
    added = tables.load("lists", data).iloc[-1][["file", "source_key", "kind", "rows"]]
    assert added.tolist() == [NEW, "ice287gpage", "ice_workbook", 22]
    assert [line.split()[0] for line in said] == ["Asking", "Downloading", "Comparing", "Writing"]

    ice.asked.clear()
    before = contents(data)
    assert bring(ice, data).report is None
    assert contents(data) == before
    assert ice.asked == ["/287g"]  # what the data hold is not fetched again


@pytest.mark.parametrize(
    "link",
    [
        '<base href="/doclib/"><a href="about/offices/ero/287g/{NEW}">list</a>',
        '<a href="  {HERE}{DOCLIB}{NEW}  "><b>Participating</b> agencies</a>',
        '<a class="x" HREF="{DOCLIB}{NEW}#top">list</a> <a href="{DOCLIB}{NEW}">the same</a>',
        '<a href="{DOCLIB}{NEW}?version=2">list</a>',
        '<a href="{DOCLIB}287g%20list%2003102025am.xlsx">Participating&nbsp;Agencies</a>',
        '<a href="http://[bad/participating.xlsx">x</a> <a>y</a> <a href="mailto:a@b">z</a> <a href="{DOCLIB}{NEW}">',
    ],
)
def test_links_in_other_forms_are_found(ice, data, workbook, link):
    ice.put_page("<p>" + link.format(NEW=NEW, DOCLIB=DOCLIB, HERE=ice.address))
    for path in (DOCLIB + NEW, DOCLIB + NEW + "?version=2", DOCLIB + "287g%20list%2003102025am.xlsx"):
        ice.at[path] = workbook(22)
    assert bring(ice, data).report.wrote
    assert held(data)[-1] == "2025-03-10-am"


def test_a_redirect_within_the_named_hosts_is_followed(ice, data, workbook):
    ice.at["/287g"] = redirect("/identify-and-arrest/287g")
    ice.put_page(DOCLIB + NEW, path="/identify-and-arrest/287g")
    ice.at[DOCLIB + NEW] = redirect(f"{ice.address}/new-place.xlsx")
    ice.at["/new-place.xlsx"] = without_length(workbook(22))
    assert bring(ice, data).report.wrote
    assert tables.load("lists", data)["file"].iloc[-1] == NEW


def test_without_agreement_nothing_is_written(ice, data, workbook):
    ice.put_page(DOCLIB + NEW)
    ice.at[DOCLIB + NEW] = workbook(22)
    before = contents(data)
    result = bring(ice, data, agree=False)
    assert not result.report.wrote and "new 2" in result.report.lines()
    assert contents(data) == before


# ---- what goes wrong


def page_with(*links):
    return lambda ice, book: ice.put_page(*links)


def page_as(answer):
    return lambda ice, book: ice.at.update({"/287g": answer})


def file_as(answer):
    """The page is as it should be, and its link leads to ``answer``, or to what that function makes of a workbook."""

    def put(ice, book):
        ice.put_page(DOCLIB + NEW)
        ice.at[DOCLIB + NEW] = answer(book) if getattr(answer, "of_a_workbook", False) else answer

    return put


def of_a_workbook(function):
    function.of_a_workbook = True
    return function


FAILURES = {
    # the page
    "no link": (
        page_with('<a href="/about.html">About</a>'), ["/287g", "no link to a workbook", "python3 run.py newest"],
    ),
    "not a page": (page_as(b"\xff\xfe\0\1"), ["no link to a workbook"]),
    "the pending list only": (
        page_with(f'<a href="{DOCLIB}{PENDING_LIST}">Participating and pending</a>'),
        ["only the list of pending agencies", PENDING_LIST],
    ),
    "another workbook only": (
        page_with('<a href="/budget.xlsx">Budget</a>'), ["called a list of participating agencies", "budget.xlsx"],
    ),
    "two lists": (page_with(DOCLIB + OLD, DOCLIB + NEW), ["2 lists", OLD, NEW, "choose one"]),
    "no page": (page_as(status(404)), ["/287g", "no such file or page (404)"]),
    "gone page": (page_as(status(410)), ["(410)"]),
    "programs refused": (page_as(status(403)), ["not to this program (403)", "section287g import LIST.xlsx"]),
    "too often": (page_as(status(429)), ["(429)"]),
    "fault of the host": (page_as(status(500)), ["fault of its own (500)", "later"]),
    "out of service": (page_as(status(503)), ["(503)"]),
    "an answer without sense": (page_as(status(418)), ["leads nowhere (418)"]),
    "no words": (page_as(closes), ["broke off"]), "not the web": (page_as(babbles), ["cannot be read"]),
    "a link to another host": (
        page_with("https://lists.example/participatingAgencies03102025am.xlsx"), ["lists.example", "was not asked"],
    ),
    "a link with a user name": (
        page_with("http://ice@127.0.0.1/participatingAgencies03102025am.xlsx"), ["was not asked", "user name"],
    ),
    "a link to this disk": (page_with("file:///etc/participatingAgencies03102025am.xlsx"), ["was not asked"]),
    "a link without a date": (page_with(DOCLIB + "participatingAgencies.xlsx"), ["does not say the date", "--date"]),
    # the way
    "to another host": (
        page_as(redirect("https://elsewhere.example/287g")),
        ["leads on to https://elsewhere.example/287g", "not one of those"],
    ),
    "to another port": (page_as(redirect("http://127.0.0.1:1/287g")), ["leads on to", "not one of those"]),
    "to a host that looks alike": (
        file_as(redirect("http://127.0.0.1@elsewhere.example/x.xlsx")), ["leads on to", "was not asked"],
    ),
    "to this disk": (file_as(redirect("file:///etc/passwd")), ["leads nowhere (302)"]),
    "round and round": (page_as(redirect("/287g")), ["leads nowhere (302)"]),
    "to nowhere": (page_as(status(302)), ["leads nowhere (302)"]),
    # the file
    "no file": (file_as(status(404)), [NEW, "no such file or page (404)"]),
    "the file refused": (file_as(status(403)), [NEW, "(403)"]),
    "the file with a fault": (file_as(status(500)), [NEW, "(500)"]),
    "a web page": (
        file_as(b"<!DOCTYPE html><html>Not found</html>"),
        [NEW, "a web page, not an Excel workbook", "found at http://127.0.0.1"],
    ),
    "a PDF": (file_as(b"%PDF-1.7 ..."), ["a PDF, not an Excel workbook"]),
    "nothing": (file_as(b""), ["the file is empty"]),
    "a pointer elsewhere than on GitHub": (file_as(pointer(b"x")), ["Git LFS pointer"]),
    "too large": (file_as(b"P" * 100_001), ["larger than 100,000 bytes"]),
    "too large, not announced": (file_as(without_length(b"P" * 100_001)), ["larger than 100,000 bytes"]),
    "broken off": (
        file_as(of_a_workbook(lambda book: breaks_off(book(22)))), [NEW, "broke off before the file was whole"],
    ),
    "broken off, not announced": (file_as(of_a_workbook(lambda book: without_length(book(22)[:3000]))), ["damaged"]),
    "the pending list under the other name": (
        file_as(of_a_workbook(lambda book: book(22, "pending"))), [NEW, "pending"],
    ),
    "half of the rows": (file_as(of_a_workbook(lambda book: book(9))), [NEW, "9 agreement rows", "--force"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_is_one_clear_sentence_and_leaves_nothing_behind(ice, data, workbook, case):
    put, words = FAILURES[case]
    put(ice, workbook)
    assert_refused(data, words, ice)


def assert_refused(data, words, ice, *address, **options):
    before = contents(data)
    with pytest.raises(ListError) as raised:
        bring(ice, data, *address, **options)
    sentence = str(raised.value)
    assert "\n" not in sentence and len(sentence) < 600
    assert all(word in sentence for word in words), sentence
    assert ";" in sentence  # what is the matter, then what to do
    assert contents(data) == before


@pytest.mark.parametrize(
    ("answer", "limits"), [(hangs(9), {"timeout": 0.2}), (drips, {"patience": 0.2})], ids=["no word", "word by word"]
)
def test_waiting_has_an_end(ice, data, answer, limits):
    ice.put_page(DOCLIB + NEW)
    ice.at["/287g"] = answer
    start = time.monotonic()
    with pytest.raises(ListError, match="no whole answer came in time; try again later"):
        bring(ice, data, network=ice.network(**limits))
    assert time.monotonic() - start < 8


def test_without_a_network_one_sentence_says_so(ice, data):
    nobody = ice.network(page="http://127.0.0.1:1/287g", hosts=frozenset({"127.0.0.1:1"}))
    said = ["cannot be reached", "needs a network", "section287g import LIST.xlsx"]
    assert_refused(data, said, ice, network=nobody)


# ---- which addresses may be asked


@pytest.mark.parametrize(
    ("address", "may"),
    [
        *((address, False) for address in (
            "http://www.ice.gov/identify-and-arrest/287g", "ftp://www.ice.gov/x", "file:///etc/passwd",
            "https://ice.gov.example/", "https://www.ice.gov:8443/", "https://www.ice.gov@elsewhere.example/",
            "https://www.ice.gov./", "https://[::1", "https://", "https://www.ice.gov:port/", "//www.ice.gov/",
            "https://127.0.0.1/",
        )),
        ("https://www.ice.gov/doclib/x.xlsx", True), ("https://WWW.ice.gov:443/", True),
        ("https://media.githubusercontent.com/media/a/b/main/c.xlsx", True),
    ],
)  # fmt: skip
def test_only_https_and_named_hosts_are_asked(address, may):
    assert (Network().refusal(address) == "") == may
    if not may:
        with pytest.raises(ListError, match="was not asked"):
            fetch(address, Network())


def test_without_https_nothing_is_asked_even_if_a_person_types_it(ice, data, workbook):
    ice.at[f"/{NEW}"] = workbook(22)
    with pytest.raises(ListError, match="does not begin with https://"):
        bring(ice, data, f"{ice.address}/{NEW}", network=Network())
    assert ice.asked == []


def test_a_host_that_a_person_types_is_named_but_only_for_itself(ice, data, workbook):
    with hosts() as university:
        university.put_page(ice.address + DOCLIB + NEW, path="/page")
        with pytest.raises(ListError, match="was not asked"):
            bring(ice, data, f"{university.address}/page", source_key="ddp287g", network=ice.network(hosts=frozenset()))
    assert ice.asked == []


# ---- archives


def test_an_address_of_a_workbook(ice, data, workbook):
    ice.at[f"/{NEW}"] = workbook(22)
    with pytest.raises(ListError, match="add --source KEY"):
        bring(ice, data, f"{ice.address}/{NEW}")
    bring(ice, data, f"{ice.address}/{NEW}", source_key="ddp287g")
    assert tables.load("lists", data)["source_key"].iloc[-1] == "ddp287g"


def test_a_date_stands_for_the_one_that_the_name_lacks(ice, data, workbook):
    ice.at["/list.xlsx"] = workbook(22)
    bring(ice, data, f"{ice.address}/list.xlsx", source_key="ddp287g", date=dt.date(2025, 3, 12))
    assert held(data)[-1] == "2025-03-12"


def test_a_folder_on_a_host_is_read_link_by_link(ice, data, workbook):
    ice.put_page("../", NEW, OLD, PENDING_LIST, "2025-02-24.xlsx", path="/lists/")
    ice.at |= {f"/lists/{NEW}": workbook(22), "/lists/2025-02-24.xlsx": workbook(19)}
    bring(ice, data, f"{ice.address}/lists/", source_key="ddp287g")
    assert held(data) == ["2025-02-24", "2025-03-03", "2025-03-10-am"]
    assert ice.asked == ["/lists/", f"/lists/{NEW}", "/lists/2025-02-24.xlsx"]


def sheets(workbook):
    return {
        "README.md": b"words",
        f"sheets/sheets_1/{OLD}": workbook(20),
        f"sheets/sheets_2/{NEW}": workbook(22),
        f"sheets/sheets_2/{PENDING_LIST}": workbook(3),
        f"sheets/sheets_3/{NEW}": workbook(22),  # fetched twice by those who keep the archive
        "sheets/sheets_4/participatingAgencies03122025am 12.15.07 AM.xlsx": workbook(23),
        'sheets/sheets_5/participatingAgencies03172025pm.xlsx"': workbook(24),
        "other/2025-03-19.xlsx": workbook(24),
    }


@pytest.mark.parametrize("lfs", [True, False], ids=["Git LFS", "plain"])
@pytest.mark.parametrize(
    "address", ["https://github.com/OWNER/lists/tree/main/sheets", "https://github.com/OWNER/lists/tree/main/sheets/"]
)
def test_a_folder_on_github(ice, data, workbook, address, lfs):
    ice.put_repository(sheets(workbook), lfs=lfs)
    ice.at = {path.replace('"', "%22"): content for path, content in ice.at.items()}
    result = bring(ice, data, address, source_key="ddp287g")
    assert held(data) == ["2025-03-03", "2025-03-10-am", "2025-03-17-pm"]
    (left_out,) = result.left_out
    assert left_out.startswith("participatingAgencies03122025am 12.15.07 AM.xlsx:")
    assert sum(path.startswith("/raw/") for path in ice.asked) == 2  # only what is missing, and once


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/OWNER/lists",
        "https://github.com/OWNER/lists.git",
        "https://github.com/OWNER/lists/",
        "https://github.com/OWNER/lists/blob/trunk/a/2025-03-10.xlsx",
        "https://github.com/OWNER/lists/raw/trunk/a/2025-03-10.xlsx",
        "https://github.com/OWNER/lists/blob/trunk/a/2025-03-10.xlsx?raw=true",
        "{ice}/raw/OWNER/lists/trunk/a/2025-03-10.xlsx",
        "{ice}/media/OWNER/lists/trunk/a/2025-03-10.xlsx",
    ],
)
def test_a_repository_and_a_file_on_github(ice, data, workbook, address):
    ice.put_repository({"a/2025-03-10.xlsx": workbook(22), "a/2025-03-03.xlsx": workbook(20)}, branch="trunk")
    bring(ice, data, address.format(ice=ice.address), source_key="ddp287g")
    assert held(data) == ["2025-03-03", "2025-03-10"]


def test_the_archive_tells_the_source(ice, data, workbook):
    raw = f"{ice.address}/raw/deportationdata/ice-287g/main/{NEW}"
    ice.at["/raw/deportationdata/ice-287g/main/" + NEW] = workbook(22)
    bring(ice, data, raw)
    assert tables.load("lists", data)["source_key"].iloc[-1] == "ddp287g"


def without(path):
    return lambda ice, book: ice.at.pop(path)


def with_(path, content):
    return lambda ice, book: ice.at.update({path: content})


LISTING, FILE = "/api/repos/OWNER/lists/git/trees/main?recursive=1", f"OWNER/lists/main/sheets/{NEW}"
ARCHIVE_FAILURES = {
    "no object": (without(f"/media/{FILE}"), ["a Git LFS pointer stands here", "missing or too large", "(404)"]),
    "another object": (
        with_(f"/media/{FILE}", b"PK\3\4 something else"),
        ["a Git LFS pointer stands here", "not the one that it names"],
    ),
    "an object too large": (with_(f"/media/{FILE}", b"P" * 100_001), ["a Git LFS pointer stands here", "larger than"]),
    "objects refused": (with_(f"/media/{FILE}", status(403)), ["(403)"]),
    "no file": (without(f"/raw/{FILE}"), ["(404)"]),
    "no repository": (without(LISTING), [LISTING, "(404)"]),
    "asked too often": (with_(LISTING, status(403)), ["not to this program (403)"]),
    "a page in place of the listing": (with_(LISTING, b"<html>"), ["not what GitHub says"]),
    "another listing": (with_(LISTING, b'{"tree": [1]}'), ["not what GitHub says"]),
    "no listing": (with_(LISTING, b"[]"), ["not what GitHub says"]),
    "a listing cut short": (with_(LISTING, b'{"tree": [], "truncated": true}'), ["names only some files", "clone it"]),
    "no lists": (
        with_(LISTING, b'{"tree": []}'),
        ["OWNER/lists/sheets", "no lists of participating agencies (.xlsx) are here"],
    ),
}


@pytest.mark.parametrize("case", ARCHIVE_FAILURES)
def test_an_archive_that_fails(ice, data, workbook, case):
    change, words = ARCHIVE_FAILURES[case]
    ice.put_repository({f"sheets/{NEW}": workbook(22)})
    change(ice, workbook)
    assert_refused(data, words, ice, "https://github.com/OWNER/lists/tree/main/sheets", source_key="ddp287g")


NO_ARCHIVE = "no folder and no file of a repository; give an address like"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://github.com/OWNER", NO_ARCHIVE), ("https://github.com/OWNER/lists/issues/3", NO_ARCHIVE),
        ("https://github.com/", NO_ARCHIVE), ("www.ice.gov/287g", "neither an address"),
        ("{here}/temporary", "no lists of participating agencies"),
    ],
)  # fmt: skip
def test_a_place_that_is_none(ice, data, tmp_path, address, said):
    with pytest.raises(ListError, match=said):
        bring(ice, data, address.format(here=tmp_path), network=Network())


def test_one_file_that_is_no_list_does_not_keep_the_others_out(ice, data, workbook):
    days = {10: workbook(21), 11: b"<html>", 12: workbook(22), 13: workbook(23)}
    ice.put_repository({f"2025-03-{day}.xlsx": content for day, content in days.items()})
    del ice.at["/media/OWNER/lists/main/2025-03-12.xlsx"]
    result = bring(ice, data, "https://github.com/OWNER/lists", source_key="ddp287g")
    assert held(data) == ["2025-03-03", "2025-03-10", "2025-03-13"]
    assert len(result.left_out) == 2 and all(day in "".join(result.left_out) for day in ("2025-03-11", "2025-03-12"))


def test_a_folder_of_this_machine(ice, data, workbook, tmp_path):
    files = {OLD: workbook(20), NEW: workbook(22), "2025-03-10-am.xlsx": workbook(23), "2025-03-14.xlsx": pointer(b"x")}
    for number, (name, content) in enumerate(files.items()):
        folder = tmp_path / "archive" / f"sheets_{number}"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
    result = bring(ice, data, str(tmp_path / "archive"), source_key="ddp287g")
    assert held(data) == ["2025-03-03", "2025-03-10-am"] and ice.asked == []
    second, unread = result.left_out
    assert "second file of the list of 2025-03-10-am" in second and "2025-03-10-am-r2.xlsx" in second
    assert "git lfs pull" in unread


def test_a_copy_by_others_gives_way_only_by_force(ice, data, workbook, tmp_path):
    rows = "STATE,LAW ENFORCEMENT AGENCY,COUNTY,SUPPORT TYPE,SIGNED\n" + "".join(
        f"TEXAS,Clay {n} County Sheriff's Office,Clay County,Task Force Model,2025-02-20\n" for n in range(22)
    )
    (tmp_path / "2025-03-10.csv").write_text(rows, encoding="utf-8")
    newest.import_lists([tmp_path / "2025-03-10.csv"], "ddp287g", data)
    ice.put_page(DOCLIB + "participatingAgencies03102025.xlsx")
    ice.at[DOCLIB + "participatingAgencies03102025.xlsx"] = workbook(22)
    result = bring(ice, data)
    assert result.report is None and "--force" in result.left_out[0]
    assert bring(ice, data, force=True).report.wrote
    assert list(tables.load("lists", data)["kind"]) == ["ice_workbook", "ice_workbook"]


ODD = [DOCLIB + NEW, PENDING_LIST, "//[", "https://x:y/participating.xlsx", "a b participating.xlsx", "\x00.xlsx"]
HREFS = st.one_of(st.text(max_size=30), st.sampled_from(ODD))


@given(st.lists(st.tuples(HREFS, st.text(max_size=10)), max_size=5), st.binary(max_size=20))
def test_whatever_a_page_holds_a_link_is_found_or_a_sentence_said(links, rest):
    page = "".join(f'<a href="{target}">{words}</a>' for target, words in links).encode("utf-8", "surrogatepass") + rest
    try:
        found = newest._linked_list(Answer("https://www.ice.gov/287g", page))
    except ListError as error:
        assert "\n" not in str(error)
    else:
        assert found.name.lower().endswith(".xlsx")
        assert not set(found.name) & set('/\\:"\n\x00\x1b')


# ---- the command


@pytest.fixture
def command(ice, data, monkeypatch):
    """Runs the command against the server and the small data/."""
    monkeypatch.setattr(newest, "bring", functools.partial(newest.bring, network=ice.network(), folder=data))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return lambda *arguments: command_line.main(["newest", *arguments])


@pytest.mark.parametrize(
    ("arguments", "typed", "last_line", "lists"),
    [
        ([], "y\n", "Written to data/. Build the book again, and every page follows.", 2),
        ([], "n\n", "Nothing was written.", 1),
        ([], "\n", "Nothing was written.", 1),
        ([], "", "Nothing was written.", 1),
        (["--yes"], "", "Written to data/. Build the book again, and every page follows.", 2),
        (["--dry-run"], "y\n", "Nothing was written (--dry-run).", 1),
    ],
)
def test_the_command_shows_the_report_and_asks(
    ice, data, workbook, command, monkeypatch, capsys, arguments, typed, last_line, lists
):
    ice.put_page(DOCLIB + NEW)
    ice.at[DOCLIB + NEW] = workbook(22)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert command(*arguments) == 0
    out, err = capsys.readouterr()
    assert "List of 2025-03-10-am" in out and "new 2" in out
    assert out.splitlines()[-1].removeprefix("Write this to data/? [y/N] ") == last_line
    assert ("[y/N]" in out) == (not arguments)
    assert "Downloading" in err and "Downloading" not in out  # the report can be kept without the steps
    assert len(held(data)) == lists


def test_the_command_says_that_there_is_nothing_new(ice, command, capsys):
    ice.put_page(DOCLIB + OLD)
    assert command("--yes") == 0
    assert capsys.readouterr().out == "Nothing was written: the data hold all of it already.\n"


def test_the_command_fails_with_the_sentence_alone(ice, command, capsys):
    ice.at["/287g"] = status(403)
    assert command("--yes") == 1
    out, err = capsys.readouterr()
    assert out == "" and "(403)" in err.splitlines()[-1]


def test_a_source_that_is_not_in_the_table_is_refused_before_anything_is_asked(ice, command, capsys):
    assert command("--source", "nobody") == 1
    assert "--source nobody" in capsys.readouterr().err and ice.asked == []


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_command_leaves_nothing_behind(ice, temporary, sign):
    ice.put_page(DOCLIB + NEW)
    ice.at[DOCLIB + NEW] = hangs(90)
    code = (
        "import signal, sys; from section287g import __main__, download, newest\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests in the background may ignore it
        f"here = '{ice.address}'\n"
        "newest.Network = lambda: download.Network(page=here + '/287g', schemes={'http'}, hosts={here[7:]})\n"
        "sys.exit(__main__.main(['newest', '--yes']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"TMPDIR": str(temporary)},
        cwd=tables.DATA.parent,
        stderr=subprocess.PIPE,
        text=True,
    )
    while DOCLIB + NEW not in ice.asked:
        time.sleep(0.05)
        assert process.poll() is None
    assert len(list(temporary.iterdir())) == 1
    process.send_signal(sign)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + sign
    assert "Traceback" not in err
