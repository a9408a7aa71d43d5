#!/usr/bin/env python3
"""The one entry point of the project. It sets up what is missing, then does the job.

    python3 run.py              builds the book and opens it
    python3 run.py test         runs every test (what follows goes to pytest)
    python3 run.py test everywhere    runs the book in Chromium, Firefox and WebKit, and the validators (Linux)
    python3 run.py lab          opens the labs in JupyterLab, as copies in my-labs that stay as you leave them
    python3 run.py lite         builds the labs as a site that runs them in a browser (--serve opens it)
    python3 run.py print        makes every sheet and every lesson as PDF (--state TX adds a state's page)
    python3 run.py newest       adds ICE's newest list to the data, if a person agrees (needs a network)
    python3 run.py pack         puts all of it into one zip that needs neither Python nor a network

Only the standard library is used. The syntax of this file stays readable for Python 3.6, so that an
old Python says in one line what it needs instead of failing on something it does not know.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from datetime import date
from pathlib import Path

PYTHONS = [(3, 11), (3, 12), (3, 13)]


def python_problem(version):
    """Why this Python will not do: one line, or None. `version` is like sys.version_info."""
    if tuple(version[:2]) in PYTHONS:
        return None
    return (
        "This project needs Python 3.11, 3.12 or 3.13 and this is Python {}.{}: get 3.13 from "
        "https://www.python.org/downloads/ and start run.py with that one.".format(*version[:2])
    )


if python_problem(sys.version_info):
    sys.exit(python_problem(sys.version_info))

from section287g import own_labs  # noqa: E402 (an old Python cannot read these)
from section287g.browser import find_browser  # noqa: E402
from section287g.building import (  # noqa: E402
    CATALOGUES,
    EDITIONS,
    LANGUAGE,
    WITHOUT_ADDRESS_CHECK,
    build,
    editions,
    folder_of,
    named,
)
from section287g.programs import (  # noqa: E402
    LOGS,
    OUTPUT,
    ROOT,
    Stop,
    call,
    child_environment,
    last_line,
    shown,
    step,
    succeeds,
)

VENV = ROOT / ".venv"
OWN_LABS = "my-labs"  # the folder of the copies that a learner works in
UV = "uv==0.13.9"


# ---- Python's packages, in groups ----------------------------------------------------------------


def set_up(*groups):
    """Make .venv hold what requirements.txt and the files of `groups` in requirements/ say; do nothing if it does."""
    for group in (None, *groups):
        file = ROOT / "requirements" / f"{group}.txt" if group else ROOT / "requirements.txt"
        stamp = VENV / f"installed-{file.stem}.txt"
        key = installation_key(file)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
            continue
        if stamp.is_file():  # should this break off, the next run must not take it for done
            stamp.unlink()
        if not group:
            print("Setting up .venv (the first time: about 550 MB, one to three minutes)")
        install_packages(file)
        connect_project()
        silence_news()
        stamp.write_text(key, encoding="utf-8")


def installation_key(requirements):
    """A text that changes when .venv must be brought up to date: packages, Python or place."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{digest} {sys.version.split()[0]} {ROOT}"


def install_packages(requirements):
    """Install the packages of a requirements file into .venv: by uv where it works, else by pip."""
    uv = shutil.which("uv")
    if uv and succeeds([uv, "--version"]) and install_with_uv(uv, requirements):
        return
    install_with_pip(requirements)


def install_with_uv(uv, requirements):
    """True if the uv on this machine made .venv and installed everything."""
    if not venv_fits():
        remove_venv()
        make = [uv, "venv", "--python", sys.executable, VENV]
        if not step("Making .venv", make, LOGS / "venv.log"):
            return False
    return uv_install([uv], requirements)


def install_with_pip(requirements):
    """Make .venv with Python's own tools and install everything, or raise Stop."""
    if not (venv_fits() and succeeds([venv_python(), "-m", "pip", "--version"])):
        make_venv_with_python()
    pip = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check"]
    # uv installs in a fifth of pip's time, and pip can get it; nothing of it stays.
    with tempfile.TemporaryDirectory() as folder:
        if step("Getting uv", pip + ["--no-deps", "--target", folder, UV], LOGS / "uv.log"):
            uv = Path(folder, "bin", "uv.exe" if os.name == "nt" else "uv")
            if uv_install([uv], requirements):
                return
    log = LOGS / "install.log"
    if not step("Installing packages with pip", pip + ["--require-hashes", "-r", requirements], log):
        raise Stop(
            f"The packages could not be installed: check the network and run this again ({last_line(log)};"
            f" all in {shown(log)})."
        )


def uv_install(uv, requirements):
    """True if `uv` (a list) installed the packages of a requirements file into .venv."""
    command = uv + ["pip", "install", "--require-hashes", "--python", venv_python(), "-r", requirements]
    return step("Installing packages with uv", command, LOGS / "install.log")


def make_venv_with_python():
    """Make a new .venv that has pip, or raise Stop. Debian keeps the needed part in a package."""
    remove_venv()
    made = importlib.util.find_spec("ensurepip") and step(
        "Making .venv", [sys.executable, "-m", "venv", VENV], LOGS / "venv.log"
    )
    if not made:
        raise Stop(
            "Python's venv module is missing or broken: install it (Debian, Ubuntu: "
            "`sudo apt install python3-venv`) and run this again."
        )


def venv_python():
    """Path of the Python inside .venv (which may not exist yet)."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def venv_fits():
    """True if .venv has a working Python of the version that runs this file."""
    code = f"import sys; sys.exit(sys.version.split()[0] != '{sys.version.split()[0]}')"
    return venv_python().is_file() and succeeds([venv_python(), "-c", code])


def remove_venv():
    """Remove .venv if it is there, or raise Stop."""
    if not VENV.exists():
        return
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Stop("The .venv must be made anew: run this with the Python it was made from, not with .venv's own.")
    try:
        shutil.rmtree(str(VENV))
    except OSError as error:
        raise Stop(f"The old .venv cannot be removed ({error}): close what uses it, then run this again.") from error


def connect_project():
    """Let .venv's Python import section287g from this folder, wherever it is started."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([str(venv_python()), "-c", where], env=child_environment())
    # A line that begins with `import` is run: so the folder's name can stand in plain ASCII.
    line = f"import sys; sys.path.append({str(ROOT)!a})\n"
    Path(packages.decode("utf-8").strip(), "section287g.pth").write_text(line, encoding="ascii")


def silence_news():
    """Keep JupyterLab from asking about news, and from asking the network for them."""
    settings = VENV / "etc" / "jupyter" / "labconfig"
    settings.mkdir(parents=True, exist_ok=True)
    disabled = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (settings / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")


# ---- A browser, to print the book and to test it ---------------------------------------------------


def get_driver():
    """Make sure that Playwright, which moves the browser, can start, or raise Stop."""
    if not succeeds([venv_python(), "-m", "playwright", "--version"]):
        raise Stop(
            "Playwright, which moves the browser, cannot start: install libatomic1 "
            "(Debian, Ubuntu: `sudo apt install libatomic1`) and run this again."
        )


def get_browser():
    """Make sure that there is a browser, or raise Stop."""
    own = [venv_python(), "-m", "playwright", "install", "chromium"]
    if not find_browser() and not step("Getting a browser", own, LOGS / "browser.log"):
        raise Stop(
            "This needs a browser and none was found: install Chromium, Chrome or Edge "
            "(Debian: `sudo apt install chromium-headless-shell fonts-liberation`) and run this again."
        )


# ---- Commands ----------------------------------------------------------------------------------


def run_book(opens):
    """Build the book; open it if `opens` and there is a screen. Returns the exit code."""
    set_up()
    index = build(venv_python()) / "index.html"
    print(f"The book: {index}")
    on_a_screen = not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if opens and on_a_screen:
        webbrowser.open(index.as_uri())
    return 0


def run_tests(arguments):
    """Run pytest with `arguments`. Returns its exit code."""
    set_up("test")
    get_driver()
    get_browser()
    sys.stdout.flush()
    # Whole files side by side: what a file has opened (a page, a kernel) is then opened once. They begin in the order
    # of tests/conftest.py, the longest first; by its own choice pytest-xdist begins with those of most tests.
    chosen_tests = any("::" in argument or argument.endswith(".py") for argument in arguments)
    side_by_side = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]
    processes = [] if chosen_tests else side_by_side
    return call([venv_python(), "-m", "pytest"] + processes + arguments)


# Programs that no Python package brings -> the Debian packages that do.
EVERYWHERE = {
    "WebKitWebDriver": "webkit2gtk-driver libwebkit2gtk-4.0-37",
    "firefox-esr": "firefox-esr",
    "xvfb-run": "xvfb xauth",
    "dbus-run-session": "dbus-x11",
    "java": "default-jre-headless",
    "epubcheck": "epubcheck",
}


def run_everywhere(arguments):
    """Run the tests in three engines and the validators, on a screen that nobody sees. Returns pytest's exit code."""
    missing = [packages for program, packages in EVERYWHERE.items() if not shutil.which(program)]
    if missing:
        raise Stop(f"These tests need more browsers: run `apt-get install {' '.join(missing)}` and run this again.")
    set_up("test", "everywhere")
    get_driver()
    get_browser()
    sys.stdout.flush()
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1700x1300x24", "dbus-run-session", "--"]
    return call(screen + [venv_python(), "-m", "pytest", "tests/everywhere"] + arguments)


def print_handouts(arguments):
    """Make every sheet and lesson as PDF in _build/handouts, those of further languages in folders there; `--state TX`
    adds a state's page to the lessons. Returns the exit code."""
    set_up()
    log = LOGS / "handouts.log"
    for language in editions():
        folder = OUTPUT / "handouts" / folder_of(language)
        command = [venv_python(), "-m", "section287g", "handouts", folder] + arguments
        if not step(f"Making the handouts ({language})", command, log, **{LANGUAGE: language}):
            raise Stop(f"The handouts were not made: {last_line(log)} (all of it in {shown(log)}).")
    print(f"The handouts, for US Letter and for A4: {OUTPUT / 'handouts'}")
    return 0


def pack_book():
    """Put the book, as website, PDF and EPUB, with handouts, labs and data into a zip for each language in which it is
    built. Returns the exit code."""
    set_up("pack")
    get_driver()
    get_browser()  # prints the PDF
    html = build(venv_python())
    log = LOGS / "pack.log"
    for language in editions():
        target = OUTPUT / (named("287g-explained", language) + ".zip")
        chosen = {LANGUAGE: language, EDITIONS: ",".join(editions())}
        if not step("Packing the book", [venv_python(), "-m", "section287g", "pack", html, target], log, **chosen):
            raise Stop(f"The book was not packed: {last_line(log)} (all of it in {shown(log)}).")
        print(f"The pack ({target.stat().st_size / 1e6:.1f} MB): {target}")
    return 0


def run_lab(opens, language=None):
    """Start JupyterLab on a learner's own copies of the labs, in a further language if one is given, in a browser if
    `opens`. Returns its exit code."""
    set_up()
    labs, own = ROOT / "notebooks", ROOT / OWN_LABS
    if language:
        labs, own = OUTPUT / "labs" / language, ROOT / f"{OWN_LABS}-{language}"
        os.environ[LANGUAGE] = language  # also of what the labs print and draw
        log = LOGS / "labs.log"
        if not step("Translating the labs", [venv_python(), "-m", "section287g", "labs", "--translate", labs], log):
            raise Stop(f"The labs were not translated: {last_line(log)} (all of it in {shown(log)}).")
    print(f"The labs, your own copies: {own}")
    for name in own_labs.lay_out(labs, own, date.today()):
        print(f"A lab is newer than your copy. Yours stays as it is; the new one is {name}.")
    print("Starting JupyterLab. To stop it, press Ctrl+C here and answer y.", flush=True)
    if not opens:
        print("To open it, copy the address below that begins with http://localhost into your browser.", flush=True)
    return call(lab_command(venv_python(), opens, own))


def lab_command(python, opens=True, own=ROOT / OWN_LABS):
    """The command that starts JupyterLab on the folder `own`, a learner's copies of the labs."""
    command = [python, "-c", WITHOUT_ADDRESS_CHECK + "from jupyterlab.labapp import main; main()"]
    command.append(f"--ServerApp.root_dir={own}")
    command.append("--LabApp.default_url=/lab/tree/start.ipynb")  # the list of labs
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # it refuses root otherwise, as in containers
        command.append("--allow-root")
    return command if opens else command + ["--no-browser"]


def run_lite(serves, opens, language=None):
    """Build the labs for a browser in _build/lite, and beside it in each further language, or show those in `language`
    if `serves`. Returns the exit code."""
    set_up("lite")
    log = LOGS / "lite.log"
    chosen = language or editions()[0]
    command = [venv_python(), "-m", "section287g"]
    for each in [chosen] if serves else editions():
        site = OUTPUT / named("lite", each)
        if serves and (site / "index.html").is_file():
            continue
        if not step(f"Building the labs for a browser ({each})", command + ["lite", site], log, **{LANGUAGE: each}):
            raise Stop(f"The labs for a browser were not built: {last_line(log)} (all of it in {shown(log)}).")
        print(f"The labs for a browser: {site} (to open them, run this with --serve)")
    return call(command + ["serve", OUTPUT / named("lite", chosen)] + ([] if opens else ["--no-open"])) if serves else 0


def run_newest(arguments):
    """Look for newer lists, as `arguments` say. Returns the exit code."""
    set_up()
    sys.stdout.flush()
    # the command runs in the project's folder, and a folder of lists may be meant from here
    places = [os.path.abspath(argument) if os.path.isdir(argument) else argument for argument in arguments]
    return call([venv_python(), "-m", "section287g", "newest"] + places)


COMMANDS = {
    "test": "run every test",
    "lab": "open the labs in JupyterLab, as copies in my-labs",
    "lite": "build the labs for a browser without Python (--serve shows them)",
    "print": "make every sheet and every lesson as PDF",
    "newest": "add ICE's newest list to the data (needs a network)",
    "pack": "put all of it into one zip for people without Python",
}


def parse(arguments):
    """Read the command line. Returns (options, arguments for the program that it starts)."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Without a command: build the book and open it.",
        epilog=(
            "What is missing is installed into .venv first. What follows `test` goes to pytest, but for `test"
            " everywhere`: in three engines; `newest` takes an ADDRESS, --dry-run or --yes, and `print` --state TX."
        ),
    )
    meanings = "; ".join(f"{name}: {meaning}" for name, meaning in COMMANDS.items())
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), help=meanings)
    parser.add_argument("--no-open", action="store_true", help="open no browser, for the book, lab or lite")
    parser.add_argument("--serve", action="store_true", help="with lite: show the labs on this machine")
    parser.add_argument(
        "--language",
        choices=sorted(path.name for path in (ROOT / CATALOGUES).glob("[a-z]*")),
        metavar="LANG",
        help="also in this language, such as es, even where its words are not all translated",
    )
    parser.add_argument("--build-only", action="store_true", help="build the book and stop")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("test", "newest", "print"):
        parser.error("unknown: {}".format(" ".join(rest)))
    if options.build_only and options.command:
        parser.error("--build-only goes without a command")
    if options.serve and options.command != "lite":
        parser.error("--serve goes with lite")
    return options, rest


def main(arguments):
    """Do what the command line asks, setting up first what is missing. Returns the exit code."""
    options, rest = parse(arguments)
    if options.language:
        os.environ[EDITIONS] = ",".join(dict.fromkeys([*editions(), options.language]))
    try:
        if set("[]*?") & set(str(ROOT)):  # Sphinx takes such a name for a pattern
            raise Stop(f"The book cannot be built in {ROOT}: rename the folder so that no name has [ ] * or ?.")
        if not os.access(str(ROOT), os.W_OK):
            raise Stop(f"Nothing can be written in {ROOT}: copy the project to a folder of your own and run it there.")
        if options.command == "test":
            return run_everywhere(rest[1:]) if rest[:1] == ["everywhere"] else run_tests(rest)
        if options.command == "newest":
            return run_newest(rest)
        if options.command == "print":
            return print_handouts(rest)
        if options.command == "pack":
            return pack_book()
        if options.command == "lite":
            return run_lite(options.serve, not options.no_open, options.language)
        if options.command == "lab":
            return run_lab(not options.no_open, options.language)
        return run_book(opens=not (options.no_open or options.build_only))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
