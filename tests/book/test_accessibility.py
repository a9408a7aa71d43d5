"""Every page of the built book, looked at as people with a keyboard, a screen reader, large letters, a small screen
or a slow line meet it.

Each page is opened once. At the end of the run a table of pages and checks is printed.
"""

import accessible
import pytest
from book_pages import PAGES, PLACES, weights
from conftest import BARRIERS

from section287g import building
from section287g.bench import budget

CHECKS = ["quiet", "weight", "headings", "landmarks", "names", "motion", "reflow", "axe", "keyboard", "light", "dark"]
FOLDS = "document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"


def built_pages(book_dir):
    """Addresses of all pages in the built book; those of further languages are the subject of test_editions."""
    paths = [path.relative_to(book_dir) for path in book_dir.rglob("*.html")]
    others = {"_static", "embed", *building.editions()[1:]}  # test_embed
    return sorted(path.as_posix() for path in paths if path.parts[0] not in others)


@pytest.fixture(scope="module")
def table():
    """Barriers found so far: page -> check -> list of str. Printed when all tests are done."""
    found = {}
    yield found
    lines = [f"{'barriers on the page':<50}" + "".join(f"{check:>10}" for check in CHECKS)]
    lines += [
        f"{page:<50}" + "".join(f"{len(barriers[check]) if check in barriers else '-':>10}" for check in CHECKS)
        for page, barriers in found.items()
    ]
    BARRIERS.parent.mkdir(parents=True, exist_ok=True)
    BARRIERS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_page_is_looked_at(book_dir):
    entry = "index.html"  # leads to the first page at once; tests/book/test_pages.py
    assert built_pages(book_dir) == sorted([*PAGES, *PLACES, "search.html", entry])


@pytest.mark.parametrize("address", [*PAGES, "search.html"])
def test_page_is_accessible_and_light(open_page, axe_violations, table, book_dir, http_base, address):
    page = open_page(f"{http_base}/{address}", reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    found = table[address] = {"quiet": [*page.outside, *page.console_errors]}
    sizes = weights(book_dir, page.requests)
    print(f"\n{address}: {sum(sizes.values()) / 1000:.1f} kB compressed in {len(sizes)} requests")
    found["weight"] = [f"{sizes}"] if sum(sizes.values()) > budget.most("gzip_bytes") else []
    for check in (accessible.headings, accessible.landmarks, accessible.names, accessible.motion, accessible.reflow):
        found[check.__name__] = check(page)
    accessible.shorten(page)
    found["keyboard"] = accessible.keyboard(page, whole=address == PAGES[0])
    page.evaluate(FOLDS)
    found["axe"] = axe_violations(page, options=accessible.STRUCTURE)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
        found[theme] = axe_violations(page, options=accessible.CONTRAST)
    found["quiet"] += [text for text in page.console_errors if text not in found["quiet"]]
    assert {check: barriers for check, barriers in found.items() if barriers} == {}
