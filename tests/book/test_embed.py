"""One explorer in a frame of another site, by the code that the explorer hands out."""

import re

import pytest
from book_pages import EDITIONS
from explorer_pages import reveal

from section287g import explorers
from section287g.bench.pages import serve

HOST = """<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src *;
 style-src 'unsafe-inline'"><title>A course</title>{frame}"""
# What learning systems grant the frames in their pages.
SANDBOX = 'sandbox="allow-scripts allow-popups"'


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A function that writes the page of another site with a piece of HTML in it and returns its address."""
    folder = tmp_path_factory.mktemp("course")
    with serve(folder) as base:

        def course(frame):
            (folder / "lesson.html").write_text(HOST.format(frame=frame), encoding="utf-8")
            return f"{base}/lesson.html"

        yield course


@pytest.fixture
def code(open_page):
    """The code that the growth explorer hands out once Florida is chosen."""
    allowed = ["clipboard-read", "clipboard-write"]
    page = open_page("book/surge/growth.html#explorer-growth?state=FL", permissions=allowed)
    page.wait_for_selector("section.explorer[data-ready]")
    reveal(page)
    page.get_by_role("button", name="Copy embed code").click()
    page.get_by_text("The code for a frame").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("sandbox", ["", SANDBOX], ids=["free", "sandboxed"])
def test_frame_of_another_site_shows_the_view_and_answers(open_page, course, code, sandbox):
    page = open_page(course(code.replace("<iframe", f"<iframe {sandbox}")))
    frame = page.frame_locator("iframe")
    state = frame.get_by_label("Where")
    assert state.input_value() == "FL"
    before = frame.locator(".explorer-live .explorer-sentence").inner_text()
    state.select_option("TX")
    after = frame.locator(".explorer-live .explorer-sentence").inner_text()
    assert before != after and "Texas" in after
    refused = [error for error in page.console_errors if "newsreader" not in error and "ERR_FAILED" not in error]
    assert refused == [] and page.outside == []  # a sandbox gets no fonts: it has no origin


def test_links_open_beside_the_frame(open_page, course, code):
    page = open_page(course(code))
    link = page.frame_locator("iframe").get_by_role("link", name="287(g), Explained")
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url.endswith("/book/surge/growth.html")


# Words that do not fit into what holds them, but for those that only screen readers get, and words of a picture that
# reach out of it.
CUT = """() => {
  const seen = (elements) => [...document.querySelectorAll(elements)].filter((each) => each.checkVisibility());
  const clipped = seen("section.explorer :not(svg, svg *)").filter((each) => each.clientWidth > 1
    && each.scrollWidth > each.clientWidth + 1 && ["hidden", "clip"].includes(getComputedStyle(each).overflowX));
  const outside = seen("section.explorer svg text").filter((text) => {
    const [own, picture] = [text, text.ownerSVGElement].map((each) => each.getBoundingClientRect());
    return own.left < picture.left - 1 || own.right > picture.right + 1;
  });
  return [...clipped, ...outside].map((each) => each.textContent.slice(0, 60));
}"""


@pytest.mark.parametrize("folder", EDITIONS)
@pytest.mark.parametrize("name", explorers.names())
def test_page_of_an_explorer_alone(open_page, axe_violations, name, folder):
    page = open_page(f"{folder}embed/{name}.html", width=360)
    page.wait_for_selector("section.explorer[data-ready]")
    reveal(page)
    assert page.evaluate(CUT) == []
    pictures = page.locator("img:visible, svg:visible")
    assert page.title() and page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.console_errors == [] and page.outside == [] and axe_violations(page) == []
    assert all(picture.bounding_box() for picture in pictures.all())


def test_an_explorer_fits_the_frame_of_its_code(open_page, code):
    height = int(re.search(r"height: (\d+)px", code)[1])
    for name in explorers.names():
        page = open_page(f"embed/{name}.html", width=1000)
        page.wait_for_selector("section.explorer[data-ready]")
        assert page.evaluate("document.documentElement.scrollHeight") <= height, name


def test_from_disk_there_is_no_code(open_page, book_dir):
    page = open_page((book_dir / "book/surge/growth.html").as_uri())
    page.wait_for_selector("section.explorer[data-ready]")
    assert page.get_by_role("button", name="Copy embed code", include_hidden=True).count() == 0
