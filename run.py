#!/usr/bin/env python3
"""The one entry point of the project. It sets up what is missing, then does the job.

    python3 run.py              builds the book and opens it
    python3 run.py test         runs every test (what follows goes to pytest)
    python3 run.py lab          opens the notebooks in JupyterLab
    python3 run.py print        makes the handouts as PDF
    python3 run.py pack         puts all of it into one zip that needs neither Python nor a network

Only the standard library is used. The syntax stays readable for Python 3.6, so that an old
Python says in one line what it needs instead of failing on a sign it does not know.
"""
import argparse
import csv
import datetime
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUTPUT = ROOT / "_build"
LOGS = OUTPUT / "log"
PYTHONS = [(3, 11), (3, 12), (3, 13)]
# jsonschema would take 2 s to prepare a check of international addresses that nothing here needs.
WITHOUT_ADDRESS_CHECK = "import sys; sys.modules['rfc3987_syntax'] = None; "
HEARTBEAT = 15  # seconds between signs of life where the output is not a terminal


class Stop(Exception):
    """What is missing and what to do about it, in one line for the person at the keyboard."""


# ---- Python and its packages -------------------------------------------------------------------


def python_problem(version):
    """Why this Python will not do: one line, or None. `version` is like sys.version_info."""
    if tuple(version[:2]) in PYTHONS:
        return None
    return (
        "This project needs Python 3.11, 3.12 or 3.13 and this is Python {}.{}: get 3.13 from "
        "https://www.python.org/downloads/ and start run.py with that one.".format(*version[:2])
    )


def venv_python():
    """Path of the Python inside .venv (which may not exist yet)."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def child_environment(**more):
    """The environment for programs started here: this machine's, made safe, plus `more`."""
    environment = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME"):  # would mix other packages into .venv
        environment.pop(name, None)
    environment["PYTHONUTF8"] = "1"
    # A machine with its own certificates (schools, companies): uv uses them only when told.
    environment.setdefault("UV_SYSTEM_CERTS", "true")
    home = os.path.expanduser("~")
    if not os.access(home, os.W_OK):  # caches and settings need a place: give them one of ours
        own_home = OUTPUT / "home"
        own_home.mkdir(parents=True, exist_ok=True)
        environment["HOME"] = environment["USERPROFILE"] = str(own_home)
    environment.update(more)
    return environment


def installation_key():
    """A text that changes when .venv must be brought up to date: packages, Python or place."""
    requirements = (ROOT / "requirements.txt").read_bytes()
    return "{} {} {}".format(hashlib.sha256(requirements).hexdigest(), sys.version.split()[0], ROOT)


def set_up():
    """Make .venv hold what requirements.txt says and the project itself; do nothing if it does."""
    stamp = VENV / "installed.txt"
    key = installation_key()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return
    if stamp.is_file():  # should this break off, the next run must not take it for done
        stamp.unlink()
    print("Setting up .venv (the first time: about 700 MB, one to three minutes)")
    install_packages()
    connect_project()
    silence_news()
    stamp.write_text(key, encoding="utf-8")


def install_packages():
    """Install requirements.txt into .venv: by uv where it works, else by pip."""
    LOGS.mkdir(parents=True, exist_ok=True)
    uv = shutil.which("uv")
    if uv and succeeds([uv, "--version"]) and install_with_uv(uv):
        return
    install_with_pip()


def install_with_uv(uv):
    """True if the uv on this machine made .venv and installed everything."""
    if not venv_fits():
        remove_venv()
        make = [uv, "venv", "--python", sys.executable, VENV]
        if not step("Making .venv", make, "venv.log"):
            return False
    return step("Installing packages with uv", uv_install([uv]), "install.log")


def install_with_pip():
    """Make .venv with Python's own tools and install everything, or raise Stop."""
    if not (venv_fits() and succeeds([venv_python(), "-m", "pip", "--version"])):
        make_venv_with_python()
    pip = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check"]
    # uv installs in a fifth of pip's time, and pip can get it.
    if step("Getting uv", pip + ["uv"], "uv.log"):
        uv = [venv_python(), "-m", "uv"]
        if step("Installing packages with uv", uv_install(uv), "install.log"):
            return
    if not step("Installing packages with pip", pip + ["-r", "requirements.txt"], "install.log"):
        raise Stop(
            "The packages could not be installed: check the network and run this again ({}; all in {}).".format(
                last_line("install.log"), shown(LOGS / "install.log")
            )
        )


def uv_install(uv):
    """The command by which `uv` (a list) installs requirements.txt into .venv."""
    return uv + ["pip", "install", "--python", venv_python(), "-r", "requirements.txt"]


def make_venv_with_python():
    """Make a new .venv that has pip, or raise Stop. Debian keeps the needed part in a package."""
    remove_venv()
    if not importlib.util.find_spec("ensurepip"):
        apt_install("python3-venv")
    if not step("Making .venv", [sys.executable, "-m", "venv", VENV], "venv.log"):
        raise Stop(
            "Python's venv module is missing or broken: install it (Debian, Ubuntu: "
            "`sudo apt install python3-venv`) and run this again."
        )


def venv_fits():
    """True if .venv has a working Python of the version that runs this file."""
    code = "import sys; sys.exit(sys.version.split()[0] != '{}')".format(sys.version.split()[0])
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
        raise Stop("The old .venv cannot be removed ({}): close what uses it, then run this again.".format(error))


def connect_project():
    """Let .venv's Python import section287g from this folder, wherever it is started."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([str(venv_python()), "-c", where], env=child_environment())
    # A line that begins with `import` is run: so the folder's name can stand in plain ASCII.
    line = "import sys; sys.path.append({})\n".format(ascii(str(ROOT)))
    Path(packages.decode("utf-8").strip(), "section287g.pth").write_text(line, encoding="ascii")


def silence_news():
    """Keep JupyterLab from asking about news, and from asking the network for them."""
    settings = VENV / "etc" / "jupyter" / "labconfig"
    settings.mkdir(parents=True, exist_ok=True)
    disabled = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (settings / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")


# ---- Starting other programs -------------------------------------------------------------------


def succeeds(command):
    """True if `command` can be run and ends well. Its output is thrown away."""
    try:
        return 0 == subprocess.call(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=child_environment(), timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def step(title, command, log, **environment):
    """Run `command` with its output in the file `log` of LOGS, showing that it goes on.

    `environment` is added to the program's environment. Returns True if the program ended well.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    show("{} ...".format(title))
    with open(str(LOGS / log), "wb") as output:
        try:
            process = subprocess.Popen(
                [str(part) for part in command], cwd=str(ROOT), env=child_environment(**environment),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )
        except OSError as error:
            output.write(str(error).encode("utf-8"))
            show("{}: failed".format(title), final=True)
            return False
        code = wait(process, title, log, start)
    outcome = "done" if code == 0 else "failed"
    show("{}: {} in {:.0f} s".format(title, outcome, time.monotonic() - start), final=True)
    return code == 0


def wait(process, title, log, start):
    """Wait for `process`, showing seconds and the last line of its log. Returns its exit code."""
    pause = 1 if sys.stdout.isatty() else HEARTBEAT
    while True:
        try:
            return process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            show("{} ... {:.0f} s  {}".format(title, time.monotonic() - start, last_line(log)))
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise


def show(text, final=False):
    """Print a line of progress; on a terminal each one replaces the one before, until `final`."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print("\r" + text[:width].ljust(width), end="\n" if final else "", flush=True)
    else:
        print(text, flush=True)


def log_lines(log):
    """The lines of a log that are not empty, without colour codes."""
    text = (LOGS / log).read_text(encoding="utf-8", errors="replace")
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]


def last_line(log):
    """The last line of a log, cut to 100 signs, or an empty text."""
    return (log_lines(log) or [""])[-1][:100]


def shown(path):
    """A path as a person wants to read it: from the project's folder where it lies inside."""
    try:
        return str(Path(path).relative_to(ROOT))
    except ValueError:
        return str(path)


def apt_install(*packages):
    """Try to install Debian packages; only root on a machine with apt can. Returns success."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    step("Asking for Debian's packages", ["apt-get", "update"], "apt-update.log", **quiet)
    install = ["apt-get", "install", "--yes", "--no-install-recommends"] + list(packages)
    return step("Installing {}".format(" and ".join(packages)), install, "apt.log", **quiet)


# ---- A browser for the tests -------------------------------------------------------------------


# Chromium's sandbox refuses to run as root, as in containers; the rest keeps it quiet.
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_browser():
    """Path of a Chromium, Chrome or Edge on this machine, or None. The first, which can show no window, takes a third of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
    on_path = [shutil.which(name) for name in names]
    candidates = [path for path in on_path if path] + usual_browser_places()
    for path in candidates:
        # On Ubuntu a name may only be a hint to install something: ask it. Chrome on Windows
        # and macOS would open a window instead of answering, but has no such hints.
        if os.path.isfile(path) and (not sys.platform.startswith("linux") or succeeds([path, "--version"])):
            return path
    return None


def usual_browser_places():
    """Where Chrome, Edge and Chromium are on Windows and macOS, which do not use the PATH."""
    if sys.platform == "darwin":
        names = ("Chromium", "Google Chrome", "Microsoft Edge")
        return ["/Applications/{0}.app/Contents/MacOS/{0}".format(name) for name in names]
    folders = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
    ends = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
    return [os.path.join(folder, end) for folder in folders if folder for end in ends]


def get_driver():
    """Make sure that Playwright, which moves the browser in tests, can start, or raise Stop."""
    ask = [venv_python(), "-m", "playwright", "--version"]
    if succeeds(ask):
        return
    # The one library that its program needs and that a bare Debian does not have.
    if not (apt_install("libatomic1") and succeeds(ask)):
        raise Stop(
            "The tests cannot start Playwright: install libatomic1 "
            "(Debian, Ubuntu: `sudo apt install libatomic1`) and run this again."
        )


def get_browser():
    """Make sure that the tests have a browser, or raise Stop."""
    if find_browser():
        return
    for package in ("chromium-headless-shell", "chromium"):
        if apt_install(package, "fonts-liberation") and find_browser():
            return
    own = [venv_python(), "-m", "playwright", "install", "chromium"]
    if not step("Getting a browser for the tests", own, "browser.log"):
        raise Stop("The tests need a browser and none was found: install Chromium, Chrome or Edge and run this again.")


# ---- The book ----------------------------------------------------------------------------------


def build(python=None):
    """Build the book as far as it is out of date, or raise Stop.

    `python` is the Python that has the packages (default: .venv's). Returns the path of the
    built HTML folder.
    """
    html, record = OUTPUT / "html", OUTPUT / "inputs.json"
    inputs = book_inputs()
    extent = how_much_to_build(read_record(record), inputs) if (html / "index.html").is_file() else "everything"
    if extent == "nothing":
        print("The book is up to date.")
        return html
    # Without the record a build that fails is followed by a whole one, with all its warnings.
    if record.is_file():
        record.unlink()
    if extent == "everything":
        for folder in (html, OUTPUT / ".doctrees"):
            shutil.rmtree(str(folder), ignore_errors=True)
    title = "Building the book" if extent == "everything" else "Building the changed pages"
    if not run_jupyter_book(title, python or venv_python(), ROOT):
        raise Stop(build_problem())
    record.write_text(json.dumps(inputs, indent=0), encoding="utf-8")
    return html


def run_jupyter_book(title, python, folder):
    """Run Jupyter Book with `python`; the book goes to _build/ in `folder`. Returns True if all went well."""
    code = WITHOUT_ADDRESS_CHECK + "from jupyter_book.cli.main import main; main()"
    command = [python, "-c", code, "build", "."]
    command += ["--config", "book/_config.yml", "--toc", "book/_toc.yml", "-W", "--keep-going"]
    command += ["--path-output", folder]
    return step(title, command, "build.log", SOURCE_DATE_EPOCH=str(source_date()), PYTHONHASHSEED="0")


def book_inputs():
    """Hashes of all the book is made from: {"pages": {path: hash}, "rest": {path: hash}}.

    "pages" are the texts and notebooks, of which Sphinx itself sees the changes; "rest" is
    everything behind them, of which it does not.
    """
    inputs = {"pages": {}, "rest": {"python": sys.version.split()[0]}}
    files = [ROOT / "requirements.txt", ROOT / "run.py"]
    for folder in ("book", "notebooks", "data", "section287g"):
        files += (ROOT / folder).rglob("*")
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and not re.search(r"(^|/)(__pycache__|\.ipynb_checkpoints)/", name):
            is_page = name.endswith(".ipynb") or (name.startswith("book/") and name.endswith(".md"))
            group = inputs["pages" if is_page else "rest"]
            group[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return inputs


def read_record(record):
    """The inputs of the last good build, or None if there was none or its record is damaged."""
    try:
        return json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def how_much_to_build(before, now):
    """"nothing", "changed pages" or "everything", from the inputs of the last good build and of now."""
    if before == now:
        return "nothing"
    same_pages = before is not None and before["pages"].keys() == now["pages"].keys()
    if same_pages and before["rest"] == now["rest"]:
        return "changed pages"
    return "everything"


def source_date():
    """Date of the newest list in data/, in seconds since 1970: the date built into the book.

    A date of the data and not of the build, so that two builds of one commit are the same.
    """
    with open(str(ROOT / "data" / "lists.csv"), encoding="utf-8", newline="") as table:
        newest = max(row["date"] for row in csv.DictReader(table))
    day = datetime.datetime.strptime(newest, "%Y-%m-%d").replace(tzinfo=datetime.timezone.utc)
    return int(day.timestamp())


def build_problem():
    """What went wrong in the build: the first problems from its log, and where the rest is."""
    lines = log_lines("build.log")
    problems = [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL): ", line)]
    crash = next((number for number, line in enumerate(lines) if line.startswith("Traceback")), 0)
    if crash:  # Sphinx says in the line before why it gave up
        problems.append(lines[crash - 1])
    first = "\n".join((problems or lines[-10:])[:10])
    return "{}\nThe book was not built: mend what stands above (all of it is in {}) and run this again.".format(
        first, shown(LOGS / "build.log")
    )


def open_book(html):
    """Open the book in the reader's browser where there is a screen."""
    on_a_screen = not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if on_a_screen:
        webbrowser.open((html / "index.html").as_uri())


# ---- Commands ----------------------------------------------------------------------------------


def run_book(opens):
    """Build the book; open it if `opens`. Returns the exit code."""
    html = build()
    print("The book: {}".format(html / "index.html"))
    if opens:
        open_book(html)
    return 0


def run_tests(arguments):
    """Run pytest with `arguments`. Returns its exit code."""
    get_driver()
    get_browser()
    sys.stdout.flush()
    # Whole files side by side: what a file has opened (a page, a kernel) is then opened once.
    processes = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"] if len(arguments) == 0 else []
    return call([venv_python(), "-m", "pytest"] + processes + arguments)


def print_handouts():
    """Make every handout as PDF in _build/handouts. Returns the exit code."""
    folder = OUTPUT / "handouts"
    if not step("Making the handouts", [venv_python(), "-m", "section287g", "handouts", folder], "handouts.log"):
        raise Stop("The handouts were not made: {} (all of it in {}).".format(last_line("handouts.log"), shown(LOGS / "handouts.log")))
    print("The handouts, for US Letter and for A4: {}".format(folder))
    return 0


def pack_book():
    """Put the book, as website, PDF and EPUB, with handouts, labs and data into one zip. Returns the exit code."""
    get_driver()
    get_browser()  # prints the PDF
    html = build()
    target = OUTPUT / "287g-explained.zip"
    if not step("Packing the book", [venv_python(), "-m", "section287g", "pack", html, target], "pack.log"):
        raise Stop("The book was not packed: {} (all of it in {}).".format(last_line("pack.log"), shown(LOGS / "pack.log")))
    print("The pack ({:.1f} MB): {}".format(target.stat().st_size / 1e6, target))
    return 0


def lab_command(python, opens=True):
    """The command that starts JupyterLab on notebooks/."""
    command = [python, "-c", WITHOUT_ADDRESS_CHECK + "from jupyterlab.labapp import main; main()"]
    command.append("--ServerApp.root_dir={}".format(ROOT / "notebooks"))
    command.append("--LabApp.default_url=/lab/tree/start.ipynb")  # the list of labs
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # it refuses root otherwise, as in containers
        command.append("--allow-root")
    return command if opens else command + ["--no-browser"]


def call(command):
    """Run `command` in the project's folder with the terminal's output. Returns its exit code."""
    process = subprocess.Popen([str(part) for part in command], cwd=str(ROOT), env=child_environment())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program got the Ctrl+C too, and ends in its own way
            pass


def parse(arguments):
    """Read the command line. Returns (options, arguments for pytest)."""
    parser = argparse.ArgumentParser(
        prog="run.py", description="Without a command: build the book and open it.",
        epilog="What is missing is installed into .venv first. What follows `test` goes to pytest.",
    )
    parser.add_argument("command", nargs="?", choices=["test", "lab", "print", "pack"], help="test: run every test; lab: open the notebooks in JupyterLab; print: make the handouts as PDF; pack: put all of it into one zip for people without Python")
    parser.add_argument("--no-open", action="store_true", help="open no browser, for the book or for lab")
    parser.add_argument("--build-only", action="store_true", help="build the book and stop")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        parser.error("unknown: {}".format(" ".join(rest)))
    if options.build_only and options.command:
        parser.error("--build-only goes without a command")
    return options, rest


def main(arguments):
    """Set up, then do what the command line asks. Returns the exit code."""
    try:
        problem = python_problem(sys.version_info)
        if problem:
            raise Stop(problem)
        options, rest = parse(arguments)
        set_up()
        if options.command == "test":
            return run_tests(rest)
        if options.command == "print":
            return print_handouts()
        if options.command == "pack":
            return pack_book()
        if options.command == "lab":
            print("Starting JupyterLab on the notebooks. To stop it, press Ctrl+C here and answer y.", flush=True)
            if options.no_open:
                print("To open it, copy the address below that begins with http://localhost into your browser.", flush=True)
            return call(lab_command(venv_python(), opens=not options.no_open))
        return run_book(opens=not (options.no_open or options.build_only))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
