"""An explorer as it stands in a page, and as a reader operates it: what the tests of all explorers share."""

import contextlib
import csv
import functools
import io
import json
import re
import subprocess
from itertools import accumulate

from accessible import DRAWN_AGAIN
from bs4 import BeautifulSoup
from playwright._impl._driver import compute_driver_executable

from section287g import explorers


@functools.cache
def html(name, **options):
    """The explorer as it stands in a page; `options` are starting values of its settings."""
    return explorers.static_html(name, image=lambda svg, file: f"pictures/{file}", **options)


def sent(name, **options):
    """What travels to the browser with a page: settings, "data" and "words"."""
    return whole(html(name, **options))


def whole(section):
    """What the data of an explorer in a page say, with the texts that stand in its view without scripts."""
    page = BeautifulSoup(section, "html.parser")
    for mark in page.select("span[lang]"):
        mark.unwrap()
    page.smooth()
    parts = page.select_one(".explorer-still").descendants
    shown = [part if isinstance(part, str) else part["href"] if _leads_out(part) else "" for part in parts]
    texts = [text.strip() for text in shown if text.strip()]
    return json.loads(
        page.select_one("script.explorer-data").string, object_hook=lambda it: texts[it["$"]] if "$" in it else it
    )


def _leads_out(element):
    return element.get("rel") == ["noreferrer"]


def still(name, **options):
    """The view for readers without scripts and for paper, parsed."""
    return BeautifulSoup(html(name, **options).split('<script type="application/json"')[0], "html.parser")


def still_sentence(name, **options):
    """The sentence that a page says without scripts."""
    return still(name, **options).select_one(".explorer-sentence").get_text()


def decoded(changes, length):
    """The counts on all lists from [lists since the last change, change, ...]."""
    values = [0] * length
    for place, change in zip(accumulate(changes[::2]), changes[1::2], strict=True):
        values[place] = change
    return list(accumulate(values))


@contextlib.contextmanager
def in_node(code, *arguments):
    """A function that sends a value to a program in the Node that Playwright brings, and gives what it answers: each
    a line of JSON."""
    command = [compute_driver_executable()[0], "-e", code, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:

        def ask(value):
            node.stdin.write(json.dumps(value) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        node.stdin.close()


def words(element):
    """The text of a parsed element in one line, with single spaces."""
    return re.sub(r"\s+", " ", element.get_text(" "))


def cells(element):
    """Cells of its tables as text, row by row, without heads and headings of groups."""
    rows = ([cell.get_text() for cell in row.find_all(["th", "td"])] for row in element.select("tbody tr"))
    return [row for row in rows if len(row) > 1]


def control(page, setting):
    """The control of a setting."""
    return page.locator(f".explorer-live [data-trait={setting}]")


def box(page, setting, value):
    """One of the checkboxes of a setting that takes several values."""
    return page.locator(f".explorer-live [data-trait={setting}][value={value}]")


def options(page):
    """The entries of the explorer's list."""
    return page.locator(".explorer-live [role=option]")


def tile(page, code):
    """The tile of a state."""
    return page.locator(f".explorer-live [data-tile={code}]")


def tile_texts(page):
    """Code -> what the tile of a state says below the code."""
    pair = "it => [it.dataset.tile, it.querySelectorAll('text')[1].textContent]"
    return dict(page.locator(".explorer-live [data-tile]").evaluate_all(f"all => all.map({pair})"))


def choose(page, **values):
    """Choose settings by their controls; of a setting with several checkboxes, the values joined by commas."""
    for setting, value in values.items():
        found = control(page, setting)
        kind = found.first.evaluate("control => control.type")
        if kind == "checkbox" and isinstance(value, str):
            for each in found.all():
                each.set_checked(each.get_attribute("value") in value.split(","))
        elif kind == "checkbox":
            found.set_checked(value)
        elif kind == "select-one":
            found.select_option(value)
        else:
            found.fill(value)


def chosen(page):
    """(setting, value) of every control, in the order of the page."""
    return page.locator(".explorer-live [data-trait]").evaluate_all(
        "all => all.map(it => [it.dataset.trait, it.type === 'checkbox' ? it.checked : it.value])"
    )


def reveal(page):
    """Skip the guess of an explorer and open what it keeps folded: controls, tabs, source and actions."""
    skip = page.locator(".explorer-live .explorer-guess-skip")
    if skip.count() and skip.is_visible():
        skip.click()
        page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    folds = page.locator(".explorer-live :is(.explorer-folded, .explorer-change)")
    folds.evaluate_all("all => all.forEach(fold => { fold.open = true; })")


def open_tab(page, place):
    """Open the picture (0) or the table (1)."""
    page.locator(".explorer-live [role=tab]").nth(place).click()


def sentence(page):
    """What the explorer says is seen."""
    return page.locator(".explorer-live .explorer-sentence").inner_text()


def as_in_the_book(page):
    """Give the page of an explorer alone the typeface and the margins of the book."""
    page.evaluate("document.documentElement.style.setProperty('--font-ui', '\"Liberation Sans\", Arial')")
    page.evaluate("document.body.style.margin = 0")
    page.evaluate(DRAWN_AGAIN)


def picture(page):
    """Where the picture, or what stands for it, is."""
    return page.locator(".explorer-live :is(.explorer-canvas, .explorer-content)")


def picture_top(page):
    """Pixels from the top of the explorer to its picture."""
    frame = page.locator(".explorer-live .explorer-frame")
    return round(picture(page).bounding_box()["y"] - frame.bounding_box()["y"])


def focused(page):
    """The setting, tile or other name of what has the focus, else its text."""
    return page.evaluate(
        "(({dataset, textContent}) => dataset.trait ?? dataset.tile ?? dataset.id ?? dataset.focus ?? textContent)"
        "(document.activeElement)"
    )


def table(page):
    """Cells of the table as text, row by row, without headings of groups."""
    return page.locator(".explorer-live tbody tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def read_each(page, read):
    """Open each entry of the explorer's list; what the JavaScript function `read(id)` then gives, one after the
    other."""
    return page.evaluate(f"""() => {{
      const ids = [...document.querySelectorAll('.explorer-live [role=option]')].map(it => it.dataset.id);
      const open = id => document.querySelector(`[role=option][data-id="${{id}}"]`).click();
      return ids.map(id => {{ open(id); return ({read})(id); }});
    }}""")


def links(element):
    """(text, address, rel) of the links in an element of a page."""
    return element.locator("a").evaluate_all("all => all.map(it => [it.textContent, it.getAttribute('href'), it.rel])")


def csv_rows(page):
    """(file name, rows) of the data that the explorer gives for download."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download data").click()
    text = download.value.path().read_text(encoding="utf-8")
    return download.value.suggested_filename, list(csv.reader(io.StringIO(text)))


def saved_picture(page):
    """Text of the picture that the explorer saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    return download.value.path().read_text(encoding="utf-8")
