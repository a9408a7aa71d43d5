"""What the tests share: the built book, a web server for it, a browser, and a look at accessibility.

`pytest --book FOLDER` tests an already built book (a folder with `index.html`) instead of building one;
`--from-disk` opens its pages as files, as readers of the unpacked pack do, and not from a web server.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import filelock
import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for run.py, and for section287g where it is not installed

from section287g import building, programs  # noqa: E402

# `pytest --hypothesis-profile=long` tries ten thousand made-up inputs for each property instead of a hundred.
hypothesis.settings.register_profile("short", max_examples=100, deadline=None)
hypothesis.settings.register_profile("long", max_examples=10_000, deadline=None)
hypothesis.settings.load_profile("short")

OWN_HOSTS = {"127.0.0.1", "localhost"}
# No other host has an address for the browser: a request to one fails at once, and each test can see it in `outside`.
OWN_HOSTS_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, " + ", ".join(f"EXCLUDE {host}" for host in sorted(OWN_HOSTS))
# Files whose tests take longest, which begin first, so that no process works alone in the end. The first two build a
# book each; those who need the book of the first wait for it.
LONGEST = (
    "test_accessibility",
    "test_every_word",
    "test_reproducible",
    "test_newer_list",
    "test_pack",
    "test_editions",
    "test_jupyterlab",
    "test_every_explorer",
    "test_guesses",
    "test_chapters",
    "test_notebooks",
    "test_places",
    "test_slides",
    "test_labs",
    "test_readings",
    "test_vintage",
)
BARRIERS = programs.LOGS / "accessibility.txt"  # the table that tests/book/test_accessibility.py leaves


def pytest_addoption(parser):
    parser.addoption("--book", type=Path, help="folder of an already built book to test")
    parser.addoption("--from-disk", action="store_true", help="open the book's pages as files, without a web server")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):  # the process that the others report to
        BARRIERS.unlink(missing_ok=True)


def pytest_terminal_summary(terminalreporter):
    """Print the table of pages and checks here, since what tests print in processes side by side is not seen."""
    if BARRIERS.exists():
        terminalreporter.write_line(BARRIERS.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def book_dir(pytestconfig):
    """Path of the built HTML. The book is built once a session, as far as it is out of date."""
    if pytestconfig.option.book:
        return pytestconfig.option.book.resolve()
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    programs.OUTPUT.mkdir(exist_ok=True)
    # Tests run side by side in several processes; one of them builds, the others wait.
    with (
        filelock.FileLock(programs.OUTPUT / "tests.lock"),
        capture.global_and_fixture_disabled(),
    ):  # a build takes a while: let its progress be seen
        print()
        return building.build()


@pytest.fixture(scope="session")
def http_base(book_dir):
    """Address of the book on a server of this machine: "http://127.0.0.1:PORT", no slash at the end."""
    from section287g.bench.pages import serve

    with serve(book_dir) as base:
        yield base


@pytest.fixture(scope="session")
def browser():
    """A Playwright Browser: the one on this machine, else Playwright's own."""
    from playwright.sync_api import expect

    from section287g.browser import open_browser

    expect.set_options(timeout=30_000)  # Playwright's own 5 s are too few for a busy machine
    with open_browser(OWN_HOSTS_ONLY) as browser:
        yield browser


@pytest.fixture
def open_page(browser, request):
    """A function that opens a page in a browser context of its own and returns the Playwright Page.

    `address` is a path in the book ("book/index.html") or a whole address (http: on this machine, or file:).
    Further keywords go to `browser.new_context`. The page gets
    `requests` (every address asked for), `outside` (those to other hosts) and `console_errors` (texts;
    uncaught exceptions too). All is closed after the test.
    """
    contexts = []

    def open_page(address, width=1280, height=900, dark=False, javascript=True, **options):
        if not urlsplit(address).scheme:
            from_disk = request.config.option.from_disk
            base = request.getfixturevalue("book_dir").as_uri() if from_disk else request.getfixturevalue("http_base")
            address = f"{base}/{address}"
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.requests, page.outside, page.console_errors = [], [], []
        context.on("request", lambda request: write_down(page, request.url))
        page.on("console", lambda line: page.console_errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: page.console_errors.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def write_down(page, url):
    page.requests.append(url)
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname not in OWN_HOSTS:
        page.outside.append(url)


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    """Address of a JupyterLab and the folder it shows, (str, Path): one for all tests, since its start takes longer
    than most of them."""
    from jupyterlab_server import lab_server

    folder = tmp_path_factory.mktemp("jupyterlab")
    with lab_server(folder) as address:
        yield address, folder


@pytest.fixture(scope="session")
def axe_violations():
    """A function (page, context=None, options=None) -> list of str: one line for each rule of axe-core that is
    violated.

    `context` and `options` are axe's: a CSS selector, say, of the part to look at, and which rules to run.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    def axe_violations(page, context=None, options=None):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "([context, options]) => axe.run(context ?? document, options).then(({violations}) => violations)",
            [context, options or {"resultTypes": ["violations"]}],
        )
        return [f"{rule['id']} ({rule['impact']}): {[node['html'] for node in rule['nodes']]}" for rule in found]

    return axe_violations
