"""What repo2docker and Binder read: the files in .binder say what exists, and fit the rest of the project."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.specifiers import SpecifierSet

import run

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / ".binder"


def lines(name):
    return [
        line for line in (BINDER / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def test_folder_holds_what_is_read_and_nothing_beside_it_counts():
    assert sorted(path.name for path in BINDER.iterdir()) == ["postBuild", "requirements.txt", "runtime.txt"]
    assert not any(
        (ROOT / name).exists() for name in ("binder", "environment.yml", "Dockerfile", "setup.py")
    )  # two folders are an error


def test_requirements_are_those_of_the_project_and_the_project_where_it_lies():
    pinned, *others = lines("requirements.txt")
    assert (BINDER / pinned.removeprefix("-r ")).resolve() == ROOT / "requirements.txt"
    assert all(re.match(r"[\w-]+==[\d.]+ |    --hash=sha256:", other) for other in others)
    # Installed as a copy it would not find data/.
    assert "pip install --no-deps -e ." in (BINDER / "postBuild").read_text(encoding="utf-8")
    assert (ROOT / "data" / "datapackage.json").is_file()


def test_python_is_one_that_the_project_supports():
    (line,) = lines("runtime.txt")
    version = re.fullmatch(r"python-(3\.\d+)", line)[1]
    assert tuple(map(int, version.split("."))) in run.PYTHONS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version in SpecifierSet(project["requires-python"])


def test_post_build_is_a_program_whose_python_runs(tmp_path):
    script = BINDER / "postBuild"
    assert os.name == "nt" or os.access(script, os.X_OK)
    assert script.read_bytes().startswith(b"#!") and b"\r" not in script.read_bytes()
    (code,) = re.findall(r'python -c "(.+)"', script.read_text(encoding="utf-8"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment, timeout=120)
