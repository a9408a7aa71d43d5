"""The labs as a site, in real browsers: every lab runs to its end, widgets work, work is kept, and no other host is
asked.

Python in a browser takes half a minute to start, so these stand outside of the ordinary run.
"""

import contextlib
import json
import re
import shutil
import socketserver
import threading
import time
from urllib.parse import urlsplit

import pytest
from everywhere.engines import geckodriver
from playwright.sync_api import Error as PlaywrightError

from section287g.bench.pages import serve
from section287g.labs import copies
from section287g.labs.checking import check
from section287g.lite import package, site
from section287g.programs import OUTPUT, ROOT

PATIENCE = 300  # seconds; Python in a browser takes its time on a busy machine
LABS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
ERRORS = """[...document.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')]
    .map((output) => output.innerText)"""
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map((prompt) => prompt.textContent)"
# Whether what the browser keeps of a lab holds a text. A connection left open would stop JupyterLite from saving.
SAVED = """new Promise((resolve) => {
    const asked = indexedDB.open('JupyterLite Storage - /');
    asked.onsuccess = () => {
      const kept = asked.result.transaction('files').objectStore('files').get('%s.ipynb');
      kept.onsuccess = () => {
        asked.result.close();
        resolve(JSON.stringify(kept.result ?? '').includes(%s));
      };
    };
  })"""
# The last live label with a text, and its control, without what stands there when no Python is running.
AREA = """const named = (label) => [
      ...document.querySelectorAll('.jp-OutputArea-child:not(:has(.at-rest)) .lm-Widget label'),
    ].findLast((each) => each.textContent.trim() === label);
  const control = (label) => named(label).control ?? named(label).parentElement.querySelector('select, input');"""


@pytest.fixture(scope="module")
def address():
    """The site on a server of this machine; it is built if it is not there or holds another package."""
    built = OUTPUT / "lite"
    wheel = built / site.PYTHON / package.NAME
    if not wheel.is_file() or wheel.read_bytes() != package.wheel():
        site.make(built)
    with serve(built) as base:
        yield base


class Chromium:
    """A tab of Chromium, moved by Playwright."""

    refusals = (PlaywrightError,)

    def __init__(self, stack, browser):
        context = stack.enter_context(browser.new_context(viewport={"width": 1280, "height": 900}))
        self.outside = []
        context.on("request", lambda request: self._note(request.url))
        self.page = context.new_page()
        self.go, self.evaluate = self.page.goto, self.page.evaluate
        self.press = self.page.keyboard.press

    def _note(self, url):
        if urlsplit(url).hostname not in (None, "127.0.0.1"):
            self.outside.append(url)

    def click(self, selector, text=""):
        self.page.locator(selector).filter(has_text=re.compile(rf"^\s*{re.escape(text)}")).first.click(timeout=5_000)


class Firefox:
    """A tab of Firefox, moved by Selenium; a proxy that leads nowhere notes which hosts are asked."""

    OWN = ("mozilla.com", "mozilla.org", "mozilla.net", "firefox.com")  # Firefox's own errands, not the page's

    def __init__(self, stack, _):
        webdriver = pytest.importorskip("selenium.webdriver", reason="needs the packages of this folder")
        binary = shutil.which("firefox-esr") or shutil.which("firefox")
        if not binary:
            pytest.skip("needs Firefox (Debian: sudo apt install firefox-esr)")
        self.outside = []
        self.refusals = (pytest.importorskip("selenium.common").WebDriverException, AssertionError)
        options = webdriver.FirefoxOptions()
        options.binary_location = binary
        for argument in ("-headless", "--width=1280", "--height=900"):
            options.add_argument(argument)
        port = stack.enter_context(self._dead_end())
        settings = {"network.proxy.type": 1, "network.proxy.no_proxies_on": "127.0.0.1"}
        for kind in ("http", "ssl"):
            settings |= {f"network.proxy.{kind}": "127.0.0.1", f"network.proxy.{kind}_port": port}
        for name, value in settings.items():
            options.set_preference(name, value)
        self.driver = webdriver.Firefox(options=options, service=webdriver.FirefoxService(str(geckodriver())))
        stack.callback(self.driver.quit)
        self.driver.set_page_load_timeout(PATIENCE)
        self.go = self.driver.get

    @contextlib.contextmanager
    def _dead_end(self):
        noted, own = self.outside, self.OWN

        class Note(socketserver.StreamRequestHandler):
            def handle(self):
                asked = self.rfile.readline().decode("latin-1").split()
                if len(asked) > 1 and not any(host in asked[1] for host in own):
                    noted.append(asked[1])

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Note) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield server.server_address[1]
            server.shutdown()

    def evaluate(self, script):
        return self.driver.execute_script(f"return {script}")

    def press(self, keys):
        from selenium.webdriver import ActionChains, Keys

        *held, last = [{"Control": Keys.CONTROL, "Shift": Keys.SHIFT}.get(key, key) for key in keys.split("+")]
        chain = ActionChains(self.driver)
        for key in held:
            chain.key_down(key)
        chain.send_keys({"Enter": Keys.ENTER}.get(last, last))
        for key in held:
            chain.key_up(key)
        chain.perform()

    def click(self, selector, text=""):
        from selenium.webdriver import ActionChains

        found = wait_for(lambda: [e for e in self._find(selector) if e.text.strip().startswith(text)], selector, 5)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        ActionChains(self.driver).move_to_element(found[0]).click().perform()

    def _find(self, selector):
        return [each for each in self.driver.find_elements("css selector", selector) if each.is_displayed()]


@pytest.fixture(params=[Chromium, Firefox], ids=lambda browser: browser.__name__, scope="module")
def tab(request, browser):
    """A tab, with `outside`: what it asked of other hosts. What one lab has loaded serves the next."""
    with contextlib.ExitStack() as stack:
        yield request.param(stack, browser)


def wait_for(look, what, seconds=PATIENCE):
    """What `look` gives once it is true; AssertionError that names `what` if it never is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.25)
    raise AssertionError(f"waited {seconds} s for {what}")


def open_lab(tab, address, lab):
    """Open a lab from the site's first page, as a learner does."""
    tab.go(f"{address}/?lab={lab}")
    wait_for(lambda: tab.evaluate("!document.querySelector('.go').hidden"), "Python to come")
    tab.click(".go")
    wait_for(lambda: tab.evaluate("document.querySelectorAll('.jp-Notebook .jp-CodeCell').length"), "the lab")


def run_all(tab):
    """Run every cell from the menu, until all are done."""

    def begin():  # a page that is still busy closes the menu again
        with contextlib.suppress(*tab.refusals):
            tab.click(".lm-MenuBar-item", "Run")
            tab.click(".lm-Menu-item", "Run All Cells")
        return any("[ ]" not in prompt for prompt in tab.evaluate(PROMPTS))

    wait_for(begin, "the menu to run the lab")

    def done():
        assert tab.evaluate(ERRORS) == []
        return all(re.search(r"\d", prompt) for prompt in tab.evaluate(PROMPTS))

    wait_for(done, "the end of the lab")


def write(tab, start, text):
    """Put `text` into the cell that begins with `start`, and run it."""
    tab.evaluate(
        "(() => { const cell = [...document.querySelectorAll('.jp-CodeCell .cm-content')]"
        f".find((content) => content.textContent.startsWith({start!r})); cell.scrollIntoView({{block: 'center'}});"
        " cell.focus(); document.getSelection().selectAllChildren(cell);"
        f" document.execCommand('insertText', false, {text!r}); return true; }})()"
    )
    tab.press("Shift+Enter")


def checked(tab, exercise):
    """The verdict below the check of an exercise."""
    return tab.evaluate(
        "[...document.querySelectorAll('.jp-CodeCell')].find((cell) => cell.querySelector('.cm-content').textContent"
        f""".startsWith('labs.check("{exercise}"')).querySelector('.jp-OutputArea-output')?.innerText.trim() ?? ''"""
    )


def choose(tab, label, value):
    """Choose in a menu, the way a hand does."""
    tab.evaluate(
        f"(() => {{ {AREA} const field = control({label!r}); field.value = {value!r};"
        " for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, {bubbles: true}));"
        " return true; })()"
    )


def answer(tab, question, choice):
    """Choose an answer to a question without Python, press Check, and return the verdict."""
    boxes = "[...document.querySelectorAll('.widget-vbox')]"
    box = f"{boxes}.filter((box) => box.innerText.includes({question!r})).at(-1)"
    tab.evaluate(
        f"(() => {{ const box = {box}; [...box.querySelectorAll('label')].find((label) => label.innerText.includes("
        f"{choice!r})).querySelector('input').click(); setTimeout(() => box.querySelector('button').click(), 500);"
        " return true; })()"
    )
    return wait_for(lambda: tab.evaluate(f"{box}.querySelector('[role=status]')?.innerText"), "the verdict")


def picture(tab, words):
    """Wait until a live picture is described with these words."""
    seen = f"""[...document.querySelectorAll('.widget-vbox img')].some((image) => image.alt.includes({words!r}))"""
    wait_for(lambda: tab.evaluate(seen), f"a picture with {words!r}")


def move_slider(tab, label):
    """Move a slider one step to the right by its key."""
    tab.evaluate(
        f"(() => {{ {AREA} named({label!r}).parentElement.querySelector('.noUi-handle')"
        ".dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true})); return true; })()"
    )


def solve(tab, lab):
    """Answer the lab's first exercise wrongly, then rightly, each with its check. Returns the right line."""
    exercise, solved = next(iter(copies.solutions(lab).items()))
    empty, wrong, right = f"{exercise} = ...", f"{exercise} = -1", solved["solution"].strip()
    for before, line, said in [(empty, wrong, repr(check(exercise, -1))), (wrong, right, "Right.")]:
        write(tab, before, line)
        tab.press("Shift+Enter")
        wait_for(lambda said=said: checked(tab, exercise).startswith(said), f"the check of {exercise} to say {said}")
    return right


def tie(tab):
    """Lab 02: the explorer follows the menu, the menu's picture follows the explorer, and the box marks events."""
    tab.evaluate("document.querySelectorAll('.explorer-guess-skip').forEach((skip) => skip.click())")
    state, events = (f"document.querySelector('.explorer-frame [data-trait={name}]')" for name in ("state", "events"))
    wait_for(lambda: tab.evaluate(f"{state}?.value") == "TX", "the explorer to follow the menu")
    tab.evaluate(f"{state}.value = 'FL', {state}.dispatchEvent(new Event('input', {{bubbles: true}}))")
    picture(tab, "Florida, agreements")
    tab.evaluate(
        "[...document.querySelectorAll('.widget-checkbox label')].find((label) => label.innerText.includes("
        "'Mark events')).querySelector('input').click()"
    )
    wait_for(lambda: tab.evaluate(f"{events}.checked"), "the explorer to mark events")


def build_slider(tab, lab):
    """Solve the exercise in which a learner makes a slider with interact, and move it."""
    exercise, before, label, after = SLIDERS[lab]
    said = "[...document.querySelectorAll('.widget-interact')].at(-1)?.innerText ?? ''"
    write(tab, f"{exercise} = ...", copies.solutions(lab)[exercise]["solution"].strip())
    tab.press("Shift+Enter")
    wait_for(lambda: checked(tab, exercise).startswith("Right."), "the check of the slider")
    wait_for(lambda: before in tab.evaluate(said), f"the slider to say {before}")
    move_slider(tab, label)
    wait_for(lambda: after in tab.evaluate(said), f"the slider to say {after}")


# Lab -> exercise, what its function says at first, the label of the slider, and what is said after one step.
SLIDERS = {
    "04-incentives": ("claimed_slider", "With 50 percent", "claimed", "With 55 percent"),
    "06-evidence-and-debate": ("year_slider", "Since 2017", "year", "Since 2018"),
}
# Lab -> a control and its choice (None: a slider, moved one step), words of the picture that it makes, and a question
# with its exercise and an answer.
USED = {
    "01-reading-ices-list": (
        ("State", "Texas", "Bars. Texas"),
        ("Which kind has", "kind_in_texas", "state agencies"),
    ),
    "02-growth": (
        ("State", "Texas", "Texas, agreements"),
        ("growth in percent", "largest_percent", "June 30, 2025"),
    ),
    "03-models-and-powers": (
        ("First model", "Warrant Service Officer model", "warrant and task force"),
        ("a form is silent", "silent_form", "The form allows it"),
    ),
    "04-incentives": (
        ("People listed", None, "Of 24 people"),
        ("How many of the 40", "people_that_count", "three or fewer"),
    ),
    "05-checking-claims": (
        ("Unit", "agencies", "A line of agencies"),
        ("Why do they differ", "why_two_percentages", "One of them was made up"),
    ),
    "06-evidence-and-debate": (
        ("Subject", "profiling", "studies, profiling"),
        ("does that count show", "count_of_studies", "Studies contradict each other, so they show nothing"),
    ),
}


@pytest.mark.parametrize("lab", LABS)
def test_lab_runs_answers_keeps_work_and_asks_no_other_host(tab, address, lab):
    open_lab(tab, address, lab)
    run_all(tab)
    (label, choice, words), (question, exercise, option) = USED[lab]
    if choice is None:
        move_slider(tab, label)
    else:
        choose(tab, label, choice)
    picture(tab, words)
    if lab == "02-growth":
        tie(tab)
    assert answer(tab, question, option) == repr(check(exercise, option))
    line = solve(tab, lab)
    if lab in SLIDERS:
        build_slider(tab, lab)

    tab.press("Control+s")
    wait_for(lambda: tab.evaluate(SAVED % (lab, json.dumps(json.dumps(line)[1:-1]))), "the lab to be saved")
    tab.go(f"{address}/notebooks/index.html?path={lab}.ipynb")
    kept = f"[...document.querySelectorAll('.cm-content')].some((cell) => cell.textContent.includes({line!r}))"
    wait_for(lambda: tab.evaluate(kept), "the work to be there again")
    assert tab.outside == []
