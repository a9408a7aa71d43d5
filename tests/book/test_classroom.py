"""The page on labs with a class: its form makes links by mouse and by keyboard, and what is typed stays text."""

from urllib.parse import parse_qs, urlsplit

import pytest
from book_pages import wait_until

from section287g import seats

PAGE = "book/teach/classroom.html"
HUB, COPY = "https://hub.example.edu", "https://github.com/someone/287g-explained"


@pytest.fixture
def page(open_page):
    return open_page(PAGE)


def fill(page, hub=HUB, repository=COPY):
    page.get_by_label("Address of the JupyterHub").fill(hub)
    page.get_by_label("Address of the public copy").fill(repository)


def made(page):
    """The link in the form, as (address without the question, {name: value})."""
    link = urlsplit(page.get_by_label("Link to hand out").input_value())
    return f"{link.scheme}://{link.netloc}{link.path}", {name: value for name, (value,) in parse_qs(link.query).items()}


def test_a_link_has_all_its_parts(page):
    fill(page)
    page.get_by_label("What opens").select_option(label="02 How fast did it grow?")
    opened = "lab/tree/287g-explained/notebooks/02-growth.ipynb"
    parts = {"repo": COPY, "branch": "main", "targetPath": "287g-explained", "urlpath": opened}
    assert made(page) == (f"{HUB}/hub/user-redirect/git-pull", parts)
    page.get_by_label("Branch").fill("spring 2027&x=1")
    assert made(page)[1]["branch"] == "spring 2027&x=1"
    assert page.outside == [] and page.console_errors == []


def test_the_link_explained_on_the_page_is_the_one_that_is_made(page):
    fill(page, repository="https://github.com/NAME/287g-explained")
    page.get_by_label("What opens").select_option("02-growth.ipynb")
    parts = page.locator("dl", has_text="which branch of it").locator("dt").all_inner_texts()
    assert "".join(part.strip() for part in parts) == page.get_by_label("Link to hand out").input_value()


def test_any_page_of_the_hub_will_do(page):
    for pasted in (f"{HUB}/", f"{HUB}/hub/home", f"{HUB}/user/ana/lab/tree/a.ipynb?x#y", f"  {HUB}/hub  "):
        fill(page, hub=pasted)
        assert made(page)[0] == f"{HUB}/hub/user-redirect/git-pull", pasted
    fill(page, hub="https://example.edu/jupyter/hub/login")
    assert made(page)[0] == "https://example.edu/jupyter/hub/user-redirect/git-pull"


def test_the_folder_is_named_after_the_copy(page):
    for address in (f"{COPY}.git", f"{COPY}/", f"{COPY}.git/"):
        fill(page, repository=address)
        assert made(page)[1]["targetPath"] == "287g-explained", address
        assert made(page)[1]["repo"] == address.rstrip("/")


NO_HUB, NO_COPY = "Type the address of your JupyterHub.", "Type the web address of the public copy."
NO_HUBS = ["", "hub.example.edu", "javascript:alert(1)", "https://", "https://me:secret@x.edu", "data:text/html,<b>x"]
NO_COPIES = ["", "git@github.com:someone/x.git", "https://github.com", "https://github.com/", "file:///etc/passwd",
    "https://github.com/a/%zz"]  # fmt: skip


def test_without_a_hub_or_a_public_copy_there_is_no_link(page):
    cases = [(hub, COPY, NO_HUB) for hub in NO_HUBS] + [(HUB, repository, NO_COPY) for repository in NO_COPIES]
    for hub, repository, words in cases:
        fill(page, hub, repository)
        assert page.get_by_label("Link to hand out").input_value() == "", (hub, repository)
        assert page.get_by_role("button", name="Copy the link").is_disabled()
        assert page.locator(".link-status").inner_text().startswith(words)


def test_hostile_input_stays_text(page):
    hostile = '"><img src=x onerror="window.hurt=1">&urlpath=evil</textarea><script>window.hurt=1</script>'
    elements = page.locator("main *").count()
    fill(page, hub=f"https://hub.example.edu/{hostile}", repository=f"https://github.com/{hostile}/copy")
    page.get_by_label("Branch").fill(hostile)
    link, parts = made(page)
    assert link.startswith("https://hub.example.edu/") and parts["branch"] == hostile
    assert parts["urlpath"] == "lab/tree/copy/notebooks/start.ipynb"
    assert "<" not in page.get_by_label("Link to hand out").input_value()
    assert page.locator("main *").count() == elements and page.evaluate("window.hurt") is None


def test_by_keyboard_alone(page):
    page.get_by_label("Address of the JupyterHub").focus()
    page.keyboard.type(HUB)
    page.keyboard.press("Tab")
    page.keyboard.type(COPY)
    before = page.url
    page.keyboard.press("Enter")  # nothing is sent
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert made(page)[1]["urlpath"].endswith("/notebooks/01-reading-ices-list.ipynb")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy the link"
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('.link-status').textContent !== ''")
    assert page.url == before


def test_copied_or_else_selected(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page)
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied.", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Link to hand out").input_value()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("The link is selected.").wait_for()
    assert page.evaluate("getSelection().toString()") == page.get_by_label("Link to hand out").input_value()


def test_nothing_is_stored(page):
    fill(page)
    kept = "[localStorage.length, sessionStorage.length, document.cookie, location.hash, location.search]"
    assert page.evaluate(kept) == [0, 0, "", "", ""]


def test_without_scripts_the_page_explains_the_link_and_shows_no_dead_form(open_page):
    page = open_page(PAGE, javascript=False)
    assert not page.locator(".link-maker").is_visible()
    assert page.get_by_text("urlpath=lab%2Ftree%2F287g-explained").is_visible()


def test_seats_are_shown(page):
    table = page.get_by_role("table", name="Seats per machine")
    first = seats.machines()[0]
    seats_of_it = first.by_memory, first.by_processor, min(first[2:])
    assert table.locator("tbody tr").first.inner_text().split("\t") == ["2 cores, 4 GB", *map(str, seats_of_it)]


@pytest.mark.parametrize("dark", [False, True])
def test_accessible_empty_filled_and_narrow(open_page, axe_violations, dark):
    page = open_page(PAGE, width=320, dark=dark)
    assert axe_violations(page, ".link-maker") == []
    fill(page)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
