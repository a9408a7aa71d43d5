"""Three engines, two ways of opening the book, and the table of what holds in each."""

import re

import pytest
from everywhere.engines import ENGINES

from section287g import explorers

FEATURES = {}  # feature -> (engine, scheme) -> (outcome, seconds)
SCHEMES = ("http", "file")


@pytest.fixture(scope="session")
def start_engine(tmp_path_factory, browser):
    """A function that starts an engine, once, and returns it with the folder of its downloads."""
    started = {}

    def start(name):
        if name not in started:
            downloads = tmp_path_factory.mktemp(name)
            started[name] = ENGINES[name](downloads, browser), downloads
        return started[name]

    yield start
    for engine, _ in started.values():
        engine.close()


@pytest.fixture(params=[(name, scheme) for name in ENGINES for scheme in SCHEMES], ids="-".join, scope="session")
def place(request, start_engine, book_dir):
    """An engine and the address of the book in it, by `engine`, `base`, `downloads` and `scheme`."""
    name, scheme = request.param
    engine, downloads = start_engine(name)
    base = book_dir.as_uri() if scheme == "file" else request.getfixturevalue("http_base")
    return Place(name, scheme, engine, base, downloads)


def pytest_addoption(parser):
    parser.addoption("--write-trees", action="store_true", help="write the trees that the tests compare with")


@pytest.fixture(scope="session")
def pages(book_dir):
    """Explorer -> the page of the book on which it stands first."""
    found = {}
    for path in sorted(book_dir.glob("book/**/*.html")):
        if "slides" not in path.parts and "places" not in path.parts:
            for name in re.findall(r'data-explorer="(\w+)"', path.read_text(encoding="utf-8")):
                found.setdefault(name, path.relative_to(book_dir).as_posix())
    assert set(found) == set(explorers.names())
    return found


@pytest.fixture(scope="session")
def chapters(book_dir):
    """The pages of the book that say what a reader can do after them."""
    found = [
        path.relative_to(book_dir).as_posix()
        for path in sorted(book_dir.glob("book/**/*.html"))
        if re.search(r'class="fold[^"]* objectives', path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 5
    return found


class Place:
    def __init__(self, name, scheme, engine, base, downloads):
        self.name, self.scheme, self.engine, self.base, self.downloads = name, scheme, engine, base, downloads

    def open(self, page, **options):
        self.engine.open(f"{self.base}/{page}", **options)
        return self.engine


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    params = getattr(item, "callspec", None) and item.callspec.params.get("place")
    if params and (report.when == "call" or report.failed):
        feature = FEATURES.setdefault(item.originalname.removeprefix("test_").replace("_", " "), {})
        outcome, seconds = feature.get(params, ("ok", 0.0))
        feature[params] = (outcome if report.passed else "FAIL", seconds + report.duration)
    return report


def pytest_terminal_summary(terminalreporter):
    columns = [(name, scheme) for name in ENGINES for scheme in SCHEMES]
    if not FEATURES:
        return
    terminalreporter.section("what holds where (seconds)")
    cell = "{:>15}".format
    terminalreporter.write_line(" " * 44 + "".join(cell("-".join(column)) for column in columns))
    for feature, found in FEATURES.items():
        cells = (cell("{} {:.1f}".format(*found[column]) if column in found else "") for column in columns)
        terminalreporter.write_line(f"{feature[:44]:<44}{''.join(cells)}")
    sums = [sum(found.get(column, ("", 0.0))[1] for found in FEATURES.values()) for column in columns]
    terminalreporter.write_line(f"{'together':<44}{''.join(cell(f'{seconds:.1f}') for seconds in sums)}")
