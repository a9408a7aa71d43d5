"""The files for the project's host (.github/): they parse, pin what they use, ask for little, and run commands that
exist."""

import os
import re
import subprocess

import pytest
import yaml
from book_pages import ROOT

import run
from section287g import __main__ as command_line

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def parsed(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@every_workflow
def test_actions_are_pinned_to_a_commit_that_is_named(path):
    lines = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert lines and all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in lines)


@every_workflow
def test_nothing_more_is_allowed_than_needed(path):
    workflow = parsed(path)
    assert workflow["permissions"]["contents"] == "read"
    wider = {
        name
        for job in [workflow, *workflow["jobs"].values()]
        for name, right in job.get("permissions", {}).items()
        if right == "write"
    }
    needed = {"pages": {"pages", "id-token"}, "newest-list": {"contents", "pull-requests"}, "release": {"contents"}}
    assert wider == needed.get(path.stem, set())
    assert all(job["timeout-minutes"] for job in workflow["jobs"].values())


@every_workflow
def test_no_words_of_strangers_are_run(path):
    for step in steps(parsed(path)):
        assert "${{" not in step.get("run", "")


def test_python_is_the_one_that_the_project_supports():
    (job,) = parsed(ROOT / ".github/workflows/tests.yml")["jobs"].values()
    versions = [tuple(map(int, version.split("."))) for version in job["strategy"]["matrix"]["python"]]
    assert versions == [run.PYTHONS[0], run.PYTHONS[-1]]


@every_workflow
def test_commands_of_the_project_exist(path):
    commands = "\n".join(step.get("run", "") for step in steps(parsed(path)))
    known = command_line._parser()._subparsers._group_actions[0].choices
    assert set(re.findall(r"-m section287g (\w+)", commands)) <= set(known)
    assert set(re.findall(r"run\.py ([\w-]+)", commands)) <= {"test", "lite", "pack", "--build-only", "--no-open"}


def test_what_was_downloaded_is_opened_where_nothing_may_be_written():
    jobs = parsed(ROOT / ".github/workflows/newest-list.yml")["jobs"]
    may_write = {name for name, job in jobs.items() if "write" in job.get("permissions", {}).values()}
    runs_ours = {name for name, job in jobs.items() if re.search("python|section287g", str(job["steps"]))}
    assert (may_write, runs_ours) == ({"propose"}, {"look"})


PATCH = """\
diff --git a/data/{name} b/data/{name}
--- a/data/{name}
+++ b/data/{name}
@@ -1 +1 @@
-old
+new
"""


@pytest.mark.skipif(os.name == "nt", reason="the host's own machines run bash")
@pytest.mark.parametrize(
    ("open_requests", "expected"), [(0, "pr create --head newest-list"), (1, "pr edit newest-list")]
)
def test_a_newer_list_becomes_one_pull_request(tmp_path, open_requests, expected):
    """The script of the workflow, with a repository of this machine and a stand-in for the host's program."""

    def git(*arguments, at=tmp_path / "here"):
        return subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True, text=True).stdout

    (tmp_path / "here" / "data").mkdir(parents=True)
    (tmp_path / "here" / "found").mkdir()
    (tmp_path / "here" / "data" / "lists.csv").write_text("old\n")
    git("init", "--quiet", "--bare", str(tmp_path / "origin.git"), at=tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "data")
    git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message", "first")
    git("remote", "add", "origin", str(tmp_path / "origin.git"))
    if open_requests:
        git("push", "--quiet", "origin", "main:newest-list")
    # of a patch that touches anything but the data, only the data are taken
    (tmp_path / "here" / "found" / "data.patch").write_text(
        PATCH.format(name="lists.csv") + PATCH.format(name="x").replace("data/", ".github/")
    )
    (tmp_path / "here" / "found" / "report.txt").write_text("  new: `$(exit 3)` @somebody\n")
    (tmp_path / "gh").write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\necho {open_requests}\n')
    (tmp_path / "gh").chmod(0o755)
    (script,) = [
        step["run"]
        for step in parsed(ROOT / ".github/workflows/newest-list.yml")["jobs"]["propose"]["steps"]
        if "run" in step
    ]
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "TITLE": "A newer list of ICE's"}
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path / "here", env=environment, check=True)
    assert git("show", "newest-list:data/lists.csv", at=tmp_path / "origin.git") == "new\n"
    assert git("diff", "--name-only", "main", "newest-list") == "data/lists.csv\n"
    assert expected in (tmp_path / "asked").read_text().splitlines()[-1]
    assert "\n````\n  new: `$(exit 3)` @somebody\n" in (tmp_path / "here" / "body.md").read_text()


@pytest.mark.parametrize("path", [path for path in FORMS if path.stem != "config"], ids=lambda path: path.stem)
def test_form_asks_what_is_needed(path):
    form = parsed(path)
    assert form["name"] and form["description"] and form["labels"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields) >= 3
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_pages_are_published_only_after_the_tests_of_the_main_branch():
    workflow = parsed(ROOT / ".github/workflows/pages.yml")
    waits_for = workflow[True]["workflow_run"]  # YAML reads the key `on` as a yes
    assert waits_for["workflows"] == [parsed(ROOT / ".github/workflows/tests.yml")["name"]]
    assert waits_for["branches"] == ["main"] and "push" not in workflow[True]
    assert "conclusion == 'success'" in workflow["jobs"]["build"]["if"]


def test_badges_show_workflows_that_exist():
    badges = re.findall(
        r"\[!\[(.+?)\]\(\.\./\.\./actions/workflows/([\w-]+)\.yml/badge\.svg\)\]"
        r"\(\.\./\.\./actions/workflows/([\w-]+)\.yml\)",
        (ROOT / "README.md").read_text(encoding="utf-8"),
    )
    names = {path.stem: parsed(path)["name"] for path in WORKFLOWS}
    assert badges and all(shown == linked and names[shown] == words for words, shown, linked in badges)
