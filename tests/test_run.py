"""run.py: what it says, when it builds, when it sets up. Nothing is installed here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import run
from section287g import browser, building, programs

RUN = Path(run.__file__)


def call(*arguments, python=sys.executable, **environment):
    return subprocess.run(
        [python, str(RUN), *arguments], capture_output=True, text=True, timeout=300, env={**os.environ, **environment}
    )


# ---- the command line


def test_help_names_every_command():
    answer = call("--help")
    assert answer.returncode == 0
    for word in ("test", "lab", "print", "newest", "pack", "--no-open", "--build-only"):
        assert word in answer.stdout


@pytest.mark.parametrize("arguments", [["paint"], ["lab", "x"], ["pack", "x"], ["--fast"], ["test", "--build-only"]])
def test_unknown_arguments_are_refused_before_anything_is_done(arguments):
    answer = call(*arguments)
    assert answer.returncode == 2
    assert "usage: run.py" in answer.stderr


@pytest.mark.parametrize("name", ["book [1]", "book*", "book?"])
def test_a_folder_whose_name_is_a_pattern_is_refused_in_one_line(monkeypatch, capsys, tmp_path, name):
    monkeypatch.setattr(run, "ROOT", tmp_path / name)
    assert run.main([]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert name in line and "rename" in line


def test_a_folder_in_which_nothing_can_be_written_is_refused_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (str(run.ROOT), os.W_OK))
    assert run.main([]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(run.ROOT) in line and "copy" in line


def test_what_follows_test_goes_to_pytest():
    options, rest = run.parse(["test", "tests/test_run.py", "-k", "browser", "-x"])
    assert options.command == "test"
    assert rest == ["tests/test_run.py", "-k", "browser", "-x"]


@pytest.mark.parametrize("arguments", [[], ["--yes"], ["https://www.ice.gov/list.xlsx", "--dry-run"]])
def test_what_follows_newest_goes_to_that_command(monkeypatch, arguments):
    called = []
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "call", lambda command: called.append(command) or 3)
    assert run.main(["newest", *arguments]) == 3
    assert called == [[run.venv_python(), "-m", "section287g", "newest", *arguments]]


def test_a_folder_given_to_newest_is_meant_from_where_it_was_typed(monkeypatch, tmp_path):
    called = []
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "call", called.append)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheets").mkdir()
    run.main(["newest", "sheets"])
    assert called[0][-1] == str(tmp_path / "sheets")


# ---- Python and packages


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0), (2, 7, 18)])
def test_another_python_is_refused_in_one_line_that_says_what_to_do(version):
    problem = run.python_problem(version)
    assert f"{version[0]}.{version[1]}" in problem
    assert "3.13" in problem and "https://" in problem and "\n" not in problem


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_the_three_pythons_will_do(version):
    assert run.python_problem(version) is None


def test_run_can_be_read_by_an_old_python():
    """An old Python must reach the sentence above instead of stopping at a sign it does not know."""
    import ast

    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project in a folder of its own, as run.py sees it."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    for module in (run, programs):
        monkeypatch.setattr(module, "OUTPUT", tmp_path / "_build")
        monkeypatch.setattr(module, "LOGS", tmp_path / "_build" / "log")
    texts = {
        "requirements.txt": "pandas==3.1.1\n",
        "requirements/test.txt": "pytest==9.2.0\n",
        "run.py": "",
        "book/index.md": "# Book\n",
        "book/_toc.yml": "root: book/index\n",
        "notebooks/01.ipynb": "{}",
        "data/lists.csv": "list,date\na,2025-04-28\nb,2026-05-18\n",
        "data/README.md": "What is here\n",
        "section287g/counts.py": "x = 1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def installer(project, monkeypatch):
    """Notes which files of requirements are installed instead of installing them."""
    done = []

    def install(requirements):
        run.VENV.mkdir(exist_ok=True)
        done.append(requirements.stem)

    monkeypatch.setattr(run, "install_packages", install)
    monkeypatch.setattr(run, "connect_project", lambda: None)
    return done


def test_the_second_set_up_does_nothing(installer):
    run.set_up()
    run.set_up()
    assert installer == ["requirements"]


def test_a_group_is_installed_when_it_is_needed_first(installer):
    run.set_up()
    run.set_up("test")
    run.set_up("test")
    assert installer == ["requirements", "test"]


def test_other_requirements_are_installed(installer, project):
    run.set_up("test")
    (project / "requirements.txt").write_text("pandas==3.1.2\n")
    run.set_up("test")
    assert installer == ["requirements", "test", "requirements"]


def test_an_installation_that_broke_off_is_done_again(installer, project, monkeypatch):
    run.set_up()
    first = (project / "requirements.txt").read_text()
    (project / "requirements.txt").write_text("pandas==3.1.2\n")

    def break_off(requirements):
        raise run.Stop("no network")

    with monkeypatch.context() as patch:
        patch.setattr(run, "install_packages", break_off)
        with pytest.raises(run.Stop):
            run.set_up()
    (project / "requirements.txt").write_text(first)
    run.set_up()
    assert len(installer) == 2


@pytest.mark.parametrize("options, says", [(["--no-open"], True), ([], False)])
def test_lab_that_opens_no_browser_says_how_to_open_it(installer, monkeypatch, capsys, options, says):
    monkeypatch.setattr(run, "call", lambda command: 0)
    assert run.main(["lab", *options]) == 0
    assert ("http://localhost" in capsys.readouterr().out) is says


def test_lab_opens_copies_that_a_learner_keeps(installer, project, monkeypatch, capsys):
    called = []
    monkeypatch.setattr(run, "call", called.append)
    run.main(["lab"])
    assert f"--ServerApp.root_dir={project / 'my-labs'}" in called[0]
    copy = project / "my-labs" / "01.ipynb"
    copy.write_text("my answers", encoding="utf-8")
    (project / "notebooks" / "01.ipynb").write_text("a newer lab", encoding="utf-8")
    run.main(["lab"])
    assert copy.read_text(encoding="utf-8") == "my answers"
    (said,) = [line for line in capsys.readouterr().out.splitlines() if "newer" in line]
    assert (project / "my-labs" / said.split()[-1].rstrip(".")).read_text(encoding="utf-8") == "a newer lab"


def test_lab_does_not_ask_for_news(installer):
    run.set_up()
    settings = (run.VENV / "etc" / "jupyter" / "labconfig" / "page_config.json").read_text()
    assert "announcements" in settings


def test_without_uv_or_network_one_line_says_so(project, monkeypatch):
    monkeypatch.setattr(run, "make_venv_with_python", lambda: None)

    def fail(title, command, log):
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("Collecting pandas\nERROR: No matching distribution found for pandas\n")
        return False

    monkeypatch.setattr(run, "step", fail)
    with pytest.raises(run.Stop) as stop:
        run.install_with_pip(project / "requirements.txt")
    assert "network" in str(stop.value) and "No matching distribution" in str(stop.value)
    assert "\n" not in str(stop.value)


def test_a_home_that_cannot_be_written_is_replaced(project, monkeypatch):
    home = str(project / "nowhere")
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)
    own = Path(programs.child_environment()["HOME"])
    assert own.is_dir() and project in own.parents


def test_a_home_that_can_be_written_is_kept(project, monkeypatch):
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.setenv("USERPROFILE", str(project))
    assert programs.child_environment()["HOME"] == str(project)


def test_packages_of_other_places_stay_out(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert "PYTHONPATH" not in programs.child_environment()


# ---- a step


def test_a_step_says_how_it_went_and_keeps_the_output(project, capsys):
    assert programs.step("Greeting", [sys.executable, "-c", "print('hello')"], project / "hello.log")
    assert not programs.step("Failing", [sys.executable, "-c", "raise SystemExit(3)"], project / "fail.log")
    assert not programs.step("Missing", [project / "no-such-program"], project / "missing.log")
    assert programs.log_lines(project / "hello.log") == ["hello"]
    shown = capsys.readouterr().out
    assert "Greeting: done" in shown and "Failing: failed" in shown and "Missing: failed" in shown


def test_a_long_step_gives_signs_of_life(project, capsys, monkeypatch):
    monkeypatch.setattr(programs, "HEARTBEAT", 0.2)
    code = "import time; print('page 7 of 13', flush=True); time.sleep(1)"
    assert programs.step("Building", [sys.executable, "-c", code], project / "long.log")
    assert "page 7 of 13" in capsys.readouterr().out


# ---- the browser


def test_a_missing_browser_is_said_in_one_line(project, monkeypatch):
    monkeypatch.setattr(run, "find_browser", lambda: None)
    monkeypatch.setattr(run, "step", lambda *arguments, **environment: False)
    with pytest.raises(run.Stop, match="install Chromium, Chrome or Edge") as stop:
        run.get_browser()
    assert "\n" not in str(stop.value)


def test_a_playwright_that_cannot_start_is_said_in_one_line(project, monkeypatch):
    monkeypatch.setattr(run, "succeeds", lambda command: False)
    with pytest.raises(run.Stop, match="libatomic1") as stop:
        run.get_driver()
    assert "\n" not in str(stop.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="browsers are asked for their version on Linux only")
def test_a_program_that_only_calls_itself_chromium_is_passed_over(project, monkeypatch):
    folder = project / "bin"
    folder.mkdir()
    (folder / "chromium").write_text("#!/bin/sh\necho 'install me first' >&2\nexit 1\n")
    (folder / "google-chrome").write_text("#!/bin/sh\nexit 0\n")
    for program in folder.iterdir():
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert browser.find_browser() == str(folder / "google-chrome")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's package")
def test_the_browser_without_windows_comes_first(project, monkeypatch):
    folder = project / "bin"
    folder.mkdir()
    for name in ("chromium", "chromium-headless-shell"):
        (folder / name).write_text("#!/bin/sh\nexit 0\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert browser.find_browser() == str(folder / "chromium-headless-shell")


# ---- when the book is built


@pytest.fixture
def builder(project, monkeypatch):
    """Stands in for Jupyter Book: notes what was asked of it and writes a page. `succeed` may be set to False."""

    class Builder:
        succeed = True

        def step(self, title, command, log, folder, **environment):
            self.titles.append(title)
            self.environment = environment
            html = Path(command[command.index("--path-output") + 1]) / "_build" / "html"
            html.mkdir(parents=True, exist_ok=True)
            (html / "index.html").write_text("book")
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text("\x1b[91m/book/index.md:3: WARNING: unknown fact 'agrements'\x1b[39;49;00m\n")
            return self.succeed

    builder = Builder()
    builder.titles = []
    monkeypatch.setattr(building, "step", builder.step)
    return builder


def test_nothing_is_built_twice(builder, project):
    building.build(project=project)
    building.build(project=project)
    assert builder.titles == ["Building the book"]


def test_a_changed_text_builds_its_page_only(builder, project):
    building.build(project=project)
    (project / "book" / "index.md").write_text("# The book\n")
    building.build(project=project)
    assert builder.titles[1:] == ["Building the changed pages"]


@pytest.mark.parametrize(
    "name", ["data/lists.csv", "section287g/counts.py", "book/_toc.yml", "requirements.txt", "data/README.md"]
)
def test_a_change_behind_the_pages_builds_everything(builder, project, name):
    building.build(project=project)
    with open(project / name, "a") as file:
        file.write("\n")
    building.build(project=project)
    assert builder.titles[1:] == ["Building the book"]


def test_a_page_that_is_gone_does_not_stay_in_the_book(builder, project):
    building.build(project=project)
    stale = project / "_build" / "html" / "old.html"
    stale.write_text("old")
    (project / "book" / "new.md").write_text("# New\n")
    building.build(project=project)
    assert not stale.exists()


def test_each_edition_stands_in_its_folder_and_is_built_when_its_own_words_change(builder, project, monkeypatch):
    monkeypatch.setenv(building.EDITIONS, "en,es")
    catalogue = project / "section287g" / "locale" / "es" / "LC_MESSAGES" / "book.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("one")
    html = building.build(project=project)
    assert sorted(builder.titles) == ["Building the book", "Building the book (es)"]
    assert (html / "index.html").is_file() and (html / "es" / "index.html").is_file()
    catalogue.write_text("other")
    building.build(project=project)
    assert builder.titles[2:] == ["Building the book (es)"]
    monkeypatch.setenv(building.EDITIONS, "en")
    building.build(project=project)
    assert builder.titles[3:] == ["Building the book"] and not (html / "es").exists()


def test_caches_are_not_part_of_the_book(builder, project):
    building.build(project=project)
    cache = project / "section287g" / "__pycache__"
    cache.mkdir()
    (cache / "counts.pyc").write_bytes(b"1")
    building.build(project=project)
    assert len(builder.titles) == 1


def test_a_damaged_record_builds_everything(builder, project):
    building.build(project=project)
    (project / "_build" / "inputs.json").write_text('{"pages": ')
    building.build(project=project)
    assert builder.titles[1:] == ["Building the book"]


def test_a_failed_build_shows_its_warnings_and_is_done_again_as_a_whole(builder, project):
    building.build(project=project)
    builder.succeed = False
    (project / "book" / "index.md").write_text("{fact}`agrements`\n")
    with pytest.raises(run.Stop, match="(?s)index.md:3: WARNING: unknown fact.*not built: mend what stands above"):
        building.build(project=project)
    builder.succeed = True
    building.build(project=project)
    assert builder.titles == ["Building the book", "Building the changed pages", "Building the book"]


def test_a_build_that_crashes_shows_why(tmp_path):
    log = tmp_path / "build.log"
    log.write_text("reading sources...\nError in a page:\nbook/two.md:3: unknown fact\nTraceback (most\n  File x\n")
    assert building.build_problem(log).splitlines()[0] == "book/two.md:3: unknown fact"


def test_the_date_in_the_book_is_the_newest_list(builder, project):
    building.build(project=project)
    assert builder.environment["SOURCE_DATE_EPOCH"] == "1779062400"  # 2026-05-18, midnight UTC


# ---- the pack


def test_the_pack_is_made_from_the_built_book(project, monkeypatch, capsys):
    made = {}

    def step(title, command, log, **environment):
        assert command[1:5] == ["-m", "section287g", "pack", run.OUTPUT / "html"]
        command[5].parent.mkdir(parents=True, exist_ok=True)
        command[5].write_bytes(b"zip")
        made[environment[building.LANGUAGE]] = command[5].name
        return True

    for name in ("set_up", "get_driver", "get_browser"):
        monkeypatch.setattr(run, name, lambda *groups: None)
    monkeypatch.setattr(run, "build", lambda python: run.OUTPUT / "html")
    monkeypatch.setattr(run, "step", step)
    monkeypatch.setenv(building.EDITIONS, "en,es")
    assert run.pack_book() == 0
    assert made == {"en": "287g-explained.zip", "es": "287g-explained-es.zip"}
    printed = capsys.readouterr().out
    assert all(name in printed for name in made.values())


def test_the_labs_for_a_browser_are_built_in_each_language_and_shown_in_one(project, monkeypatch):
    made, served = {}, []

    def step(title, command, log, **environment):
        made[environment[building.LANGUAGE]] = command[-1].name
        return True

    monkeypatch.setattr(run, "set_up", lambda *groups: None)
    monkeypatch.setattr(run, "step", step)
    monkeypatch.setattr(run, "call", lambda command: served.append(command[4].name) or 0)
    monkeypatch.setenv(building.EDITIONS, "en,es")
    assert run.run_lite(serves=False, opens=False) == 0
    assert made == {"en": "lite", "es": "lite-es"}
    made.clear()
    assert run.run_lite(serves=True, opens=False, language="es") == 0
    assert (made, served) == ({"es": "lite-es"}, ["lite-es"])


def test_a_pack_that_fails_says_why_in_one_line(project, monkeypatch):
    def fail(title, command, log, **environment):
        log.parent.mkdir(parents=True)
        log.write_text("Traceback\nOSError: No space left on device\n")
        return False

    for name in ("set_up", "get_driver", "get_browser"):
        monkeypatch.setattr(run, name, lambda *groups: None)
    monkeypatch.setattr(run, "build", lambda python: run.OUTPUT / "html")
    monkeypatch.setattr(run, "step", fail)
    with pytest.raises(run.Stop, match="not packed: OSError: No space left") as stop:
        run.pack_book()
    assert "\n" not in str(stop.value)


# ---- the pages beside run.py


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "LICENSE-TEXT.md", "LICENSE-DATA.md"])
def test_files_that_are_named_exist(page):
    text = (RUN.parent / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|py|cff|csv|json)|LICENSE)`", text) + re.findall(
        r"!\[[^]]*\]\(([^)]+)\)", text
    )
    made = ("_build/", ".venv/", "../../actions/")  # the last by the project's host
    # A bare name may stand for a file in these, and NAME for any of several.
    explorers = RUN.parent / "section287g" / "explorers"
    beside = [RUN.parent, RUN.parent / "data", RUN.parent / "section287g", explorers, explorers / "growth"]
    missing = [
        name
        for name in named
        if not name.startswith(made) and not any(list(folder.glob(name.replace("NAME", "*"))) for folder in beside)
    ]
    assert named and not missing
