"""What a screen reader is told of each explorer and of a page of each kind, compared with what is written in trees/:
names, roles and order of headings, controls, tables, pictures and live regions.

After a wanted change: `python3 run.py test everywhere -k tree --write-trees`, and look at what has changed.
"""

import calendar
import re
from pathlib import Path

import pytest

from section287g import explorers

TREES = Path(__file__).parent / "trees"
KINDS = {
    "chapter": "book/origins/the-law.html",
    "place": "book/places/guam.html",
    "quiz": "book/teach/before-and-after.html",
    "deck": "book/teach/slides/unit-5-5.html",
    "reference": "book/reference/about.html",
    "lab": "notebooks/02-growth.html",
    "search": "search.html",
}
KEPT = (
    "banner|main|contentinfo|search|navigation|heading|group|region|button|combobox|checkbox|radio|radiogroup|searchbox"
    "|spinbutton|slider|tablist|tab|tabpanel|table|figure|img|status|listbox|timer"
)
LIVE_REGIONS = """part => [...part.querySelectorAll("[aria-live], [role=status]")].map(region =>
  `- live: ${region.className.baseVal ?? region.className} ${region.ariaLive ?? "polite"}`)"""
OF_DATA = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])})\b|(?<!level=)\b\d[\d,.]*")
MOST_STOPS = 60
STOPS = """() => {
  const first = radio => [...document.getElementsByName(radio.name)].find(other => other.checked)
    ?? document.getElementsByName(radio.name)[0];
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(stop =>
    stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility({visibilityProperty: true}) && !stop.closest("[inert]")
      && (stop.type !== "radio" || first(stop) === stop)).length;
}"""


def outline(part):
    """The lines of a part's tree that a reader goes by. Numbers and months of the data, which every list changes, are
    #, and long names are cut."""
    lines = []
    for line in part.aria_snapshot().splitlines():
        if found := re.match(rf"(\s*- )'?((?:{KEPT})\b[^:]*?(?:\"(?:[^\"\\]|\\.)*\")?[^:]*)", line):
            lines.append(found[1] + OF_DATA.sub("#", found[2].rstrip("':")).strip()[:110])
    return "\n".join([*lines, *part.evaluate(LIVE_REGIONS)]) + "\n"


def compare(config, name, tree):
    file = TREES / f"{name}.yaml"
    if config.option.write_trees:
        file.parent.mkdir(exist_ok=True)
        file.write_text(tree, encoding="utf-8")
    assert tree.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", explorers.names())
def test_tree_of_an_explorer(open_page, pages, pytestconfig, name):
    page = open_page(pages[name])
    live = page.locator(f"section.explorer[data-explorer={name}][data-ready]")
    live.wait_for()
    live.locator(".explorer-guess-skip").evaluate_all("all => all.forEach(skip => skip.click())")
    live.locator("details").evaluate_all("all => all.forEach(fold => { fold.open = true; })")
    compare(pytestconfig, f"explorer-{name}", outline(live))


@pytest.mark.parametrize("kind", KINDS)
def test_tree_of_a_page(open_page, pytestconfig, kind):
    page = open_page(KINDS[kind])
    page.wait_for_load_state()
    page.locator(".explorer").evaluate_all("all => all.forEach(explorer => explorer.remove())")
    compare(pytestconfig, kind, outline(page.locator("body")))


def test_headings_and_tables_are_named_by_their_words(open_page, chapters):
    for chapter in chapters:
        page = open_page(chapter)
        assert page.locator(":is(h1, h2, h3, h4) a.headerlink").count() == 0
        names = page.locator("table").evaluate_all(
            "all => all.map(table => table.caption?.textContent ?? table.ariaLabel ?? '').map(name => name.trim())"
        )
        assert all(len(name) > 6 for name in names), chapter
        page.context.close()


def test_every_page_has_few_stops_of_the_tab_key(open_page, book_dir):
    page = open_page("book/index.html")
    found = {}
    for path in sorted([*book_dir.glob("book/**/*.html"), *book_dir.glob("notebooks/*.html")]):
        if "slides" not in path.parts:
            page.goto(path.as_uri())
            found[path.relative_to(book_dir).as_posix()] = page.evaluate(STOPS)
    assert len(found) > 90 and {name: stops for name, stops in found.items() if stops > MOST_STOPS} == {}


def test_arrow_keys_lead_through_a_long_list_from_what_the_address_names(open_page):
    page = open_page("book/places/texas.html#collin-county")
    counties = page.locator(".place-counties summary")
    stop = counties.and_(page.locator("[tabindex='0']"))
    focused = "document.activeElement.textContent.trim()"
    stop.focus()
    named = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused).startswith("Collingsworth") and page.locator("#arrows-hint").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == named and named.startswith("Collin") and stop.count() == 1


def test_arrow_keys_reach_every_note_of_a_section(open_page):
    page = open_page("book/surge/growth.html")
    stops = page.locator("article > section > section .noted-text[aria-describedby]")
    section = stops.first.locator("xpath=ancestor::section[1]")
    among = "(section) => [...section.querySelectorAll('[aria-describedby=arrows-hint]')].map((one) => one.tabIndex)"
    assert sorted(section.evaluate(among))[-2:] == [-1, 0] or section.evaluate(among).count(0) == 1
    section.locator("[aria-describedby=arrows-hint][tabindex='0']").focus()
    seen = {page.evaluate("document.activeElement.textContent + document.activeElement.hash")}
    for _ in range(section.evaluate(among).__len__() - 1):
        page.keyboard.press("ArrowRight")
        seen.add(page.evaluate("document.activeElement.textContent + document.activeElement.hash"))
    assert len(seen) > 1 and page.locator("#arrows-hint").is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    inside = "(section) => section.contains(document.activeElement.closest('[aria-describedby=arrows-hint]'))"
    assert not section.evaluate(inside)  # one press leaves them all
    on_stop = page.evaluate("document.activeElement.matches('[aria-describedby=arrows-hint]')")
    assert page.locator("#arrows-hint").is_visible() == on_stop
