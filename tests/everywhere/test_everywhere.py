"""What a reader does in the book, in three engines, from a web server and from a disk."""

import json
import time
from pathlib import Path

import pytest

WALK = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")
MOST = 12  # values of a menu or slider that are tried
READY = (
    "document.querySelectorAll('section.explorer:not([data-ready])').length === 0 && document.readyState === 'complete'"
)
KINDS = [  # a page of each kind
    "index.html",
    "book/index.html",
    "book/surge/growth.html",
    "book/debate/arguments.html",
    "book/places/texas.html",
    "book/reference/glossary.html",
    "book/teach/lesson-plans.html",
    "book/teach/quiz.html",
    "book/teach/slides/class-45.html",
    "notebooks/02-growth.html",
    "search.html",
]
LIVE = "document.querySelector('.explorer-live')"


@pytest.fixture(scope="session")
def walks():
    """(page) -> what Chromium said on it, filled by the first walk."""
    return {}


def test_every_explorer_answers_with_the_same_words(place, pages, walks):
    for page in dict.fromkeys(pages.values()):
        engine = place.open(page, ready=READY)
        walked = engine.run(f"const walk = {WALK} return walk({MOST});")
        said = []
        for name, steps in walked:
            assert len(steps) > 3 and all(sentence and drawn for _, _, sentence, _, _, drawn, _ in steps), name
            changes = {}
            for step in steps[1:]:
                changes.setdefault(step[0].replace("=", " ").split()[0], []).append(step[6])
            # A switch may matter only beside another; which ones do nothing is the same everywhere.
            idle = sorted(control for control, looks in changes.items() if not any(looks))
            assert len(idle) < len(changes) / 3, f"{name}: nothing changes by {idle}"
            said.append([name, idle, [step[:5] for step in steps]])
        assert said == walks.setdefault(page, said), page


def test_the_address_follows_and_restores_the_view(place, pages):
    for name, page in pages.items():
        engine = place.open(page, ready=READY)
        changed = engine.run(
            """
            const live = document.querySelector(`[data-explorer="${arguments[0]}"] .explorer-live`);
            live.querySelector(".explorer-guess-skip")?.click();
            const menu = [...live.querySelectorAll("select[data-trait]")].find((one) => one.dataset.trait !== "start");
            const control = menu ?? live.querySelector("[data-trait]");
            control.value = menu ? [...menu.options].at(-1).value : "3";
            control.dispatchEvent(new Event("input", { bubbles: true }));
            return live.querySelector(".explorer-sentence").textContent;
            """,
            name,
        )
        sentence = (
            f"document.querySelector('[data-explorer={name}] .explorer-sentence:not(.explorer-still *)')?.textContent"
        )
        same = f"document.querySelector('[data-ready]') && {sentence} === {json.dumps(changed)}"
        engine.until(f"location.hash.startsWith('#explorer-{name}?')")
        address = engine.run("return location.href")
        engine.reload()
        engine.until(same)
        place.engine.open(address, ready=same)


def test_a_link_that_was_altered_says_what_was_not_read(place):
    growth = "book/surge/growth.html"
    unread = f"{LIVE}?.querySelector('.explorer-unread')"
    state = f"{LIVE}?.querySelector('[data-trait=state]')?.value"
    for tail in ("#explorer-growth%3Fstate%3DFL", "#explorer-growth?state=FL).", "#Explorer-Growth?State=fl"):
        engine = place.open(growth + tail, ready=f"{state} === 'FL'")
        assert engine.run(f"return {unread}.textContent") == ""
    engine = place.open(f"{growth}#explorer-growth?state=FL&unit=officers&color=red", ready=f"{state} === 'FL'")
    said = engine.run(f"return {unread}.textContent")
    assert "unit=officers" in said and "color=red" in said and "state" not in said


def test_search_finds_a_county_and_pages(place):
    engine = place.open("book/index.html")
    engine.click("#search-words")
    engine.type("Collin County")
    engine.until("document.querySelector('.search-box .search-found:not([hidden]) [role=option]')")
    engine.press("Enter")
    engine.until("location.pathname.endsWith('/texas.html') && document.readyState === 'complete'")
    for words, some in (("sheriff", True), ("constructor", False), ("__proto__", False)):
        engine = place.open("book/reference/about.html")
        engine.run(
            "const form = document.querySelector('.search-box'); form.q.value = arguments[0]; form.submit();", words
        )
        engine.until(
            "location.pathname.endsWith('/search.html') && document.querySelector('.search-summary')?.textContent"
        )
        engine.until("!/Searching/.test(document.querySelector('#search-results').textContent)")
        found = engine.run("return document.querySelectorAll('#search-results ul.search > li').length")
        assert (found > 0) == some, (words, found)


def test_a_note_opens_and_closes(place):
    engine = place.open("book/surge/growth.html", ready=READY)
    looks = "const {textDecorationLine, textDecorationStyle} = getComputedStyle(document.querySelector('.noted-text'));"
    assert engine.run(f"{looks} return [textDecorationLine, textDecorationStyle]") == ["underline", "dotted"]
    engine.click("section > section > p .noted.fact > .noted-text")
    note = "document.querySelector('section > section > p .noted.fact > .note-box')"
    engine.until(f"{note}.matches(':popover-open')")
    engine.run(f"{note}.querySelector('a')?.focus()")
    engine.press("Escape")
    engine.until(f"!{note}.matches(':popover-open')")
    engine.run("return new Promise((done) => setTimeout(done, 300))")
    assert engine.run(f"return {note}.matches(':popover-open')") is False
    engine.click("section > section > p .cited")
    engine.until("document.querySelector('.citation .note-box:popover-open')?.textContent.length > 20")


def test_a_deck_turns(place):
    engine = place.open("book/teach/slides/class-45.html", ready="'ready' in document.documentElement.dataset")
    engine.run("document.activeElement.blur()")
    engine.click("h1")
    engine.press("ArrowRight")
    engine.until("location.hash === '#slide-1' && !document.getElementById('slide-1').hidden")
    with_explorer = engine.run("return document.querySelector('.slide .explorer').closest('.slide').id")
    engine = place.open(
        f"book/teach/slides/class-45.html#{with_explorer}", ready="'slide' in document.documentElement.dataset"
    )
    engine.until(f"document.querySelectorAll('#{with_explorer} .explorer-live svg *').length > 5")
    engine = place.open("book/teach/slides/class-45.html#%E0%A4%A", ready="'ready' in document.documentElement.dataset")
    assert engine.run("return document.querySelectorAll('.slide:not([hidden])').length") == 1


def test_a_question_is_answered(place):
    engine = place.open("book/surge/growth.html", ready=READY)
    engine.run(
        "const quiz = document.querySelector('.quiz[data-answer]'); const right = quiz.dataset.answer;"
        " [...quiz.querySelectorAll('input')].find((choice) => choice.value === right).id = 'right';"
    )
    engine.click("#right")
    engine.until("document.querySelector('.quiz-verdict').textContent.startsWith('Yes')")
    assert engine.run("return document.querySelector('.quiz details').open")


def test_a_download_is_made(place, pages):
    """What is saved is read from the disk, but for WebKit, which saves nothing for a driver: there, what it is asked to
    save."""
    engine = place.open(pages["growth"], ready=READY)
    engine.run(
        "window.made = []; const old = URL.createObjectURL;"
        " URL.createObjectURL = (blob) => { blob.text().then((text) => window.made.push(text)); return old(blob); };"
        f" {LIVE}.querySelector('.explorer-guess-skip')?.click();"
        f" [...{LIVE}.querySelectorAll('.explorer-actions button')].find((one) => /CSV/.test(one.textContent)).click();"
    )
    text = engine.until("window.made[0]")
    assert text.count("\r\n") > 50 and text.count(",") > 100
    if place.name != "WebKit":
        saved = wait_for_file(place.downloads, text)
        saved.unlink()
    links = "return [...document.querySelectorAll('a.download, a[download], a[href$=\".csv\"]')].map((one) => one.href)"
    addresses = place.open("book/reference/data.html").run(links)
    assert addresses and all(address.startswith(place.base.partition("/book")[0]) for address in addresses)


def wait_for_file(folder, text):
    """The file in a folder that holds just this text."""
    for _ in range(200):
        for path in folder.glob("*.csv"):
            if path.read_bytes().decode() == text:
                return path
        time.sleep(0.1)
    raise AssertionError(f"not saved: {[path.name for path in folder.iterdir()]}")


def test_paper_has_what_is_folded(place):
    """WebKit's driver prints nothing; there, the folds open when printing is announced, as they must on paper."""
    engine = place.open("book/surge/growth.html", ready=READY)
    if engine.can_print:
        assert engine.paper().startswith(b"%PDF")
    styled = engine.run("return CSS.supports('selector(::details-content)')")
    engine.run("dispatchEvent(new Event('beforeprint'))")
    closed = engine.run("return document.querySelectorAll('main details:not([open])').length")
    assert styled or closed == 0
    engine.run("dispatchEvent(new Event('afterprint'))")


def test_nothing_is_wider_than_the_window(place):
    for pixels in (390, 1280):
        width = place.engine.width(pixels)
        for page in KINDS[1:]:
            engine = place.open(page)
            assert engine.run("return document.documentElement.scrollWidth") <= width, (page, pixels)


def test_no_page_has_an_error(place):
    place.engine.forget_errors()  # of what the other tests did
    for page in KINDS:
        arrived = "book/index.html" if page == "index.html" else page  # the first page leads on to the start page
        place.open(page, ready=f"{READY} && location.pathname.endsWith('/{arrived}')")
    assert place.engine.errors() == []
