"""Where the parts of an explorer stand: on one screen where there is room, picture first on a phone, and still while
controls move."""

import pytest
from explorer_pages import as_in_the_book, picture_top

from section287g import explorers

every_explorer = pytest.mark.parametrize("name", [name for name in explorers.names() if name != "draw"])
SIZES = {"wide": (1280, 800), "phone": (360, 740)}
CONTROLS = ".explorer-live :is(.explorer-first, .explorer-change, .explorer-panel) :is(select, [type=range])"

# Changes every menu and slider some times. Gives how far, in pixels, what stands above a control or beside it moved:
# the control itself, the first control, and the picture's top.
MOVES = """async selector => {
  const frame = document.querySelector('.explorer-live .explorer-frame');
  const top = element => element.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  const seen = control => control.checkVisibility();
  const next = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const moved = [];
  for (const trait of [...document.querySelectorAll(selector)].filter(seen).map(control => control.dataset.trait)) {
    for (const share of [0.3, 0.7, 1, 0]) {
      const control = document.querySelector(`.explorer-live [data-trait=${trait}]`);
      if (!control || !seen(control)) continue;
      const stands = () => [control, frame.querySelector('.explorer-first'),
        frame.querySelector('.explorer-show :is(.explorer-canvas, .explorer-content)')].map(top);
      const before = stands();
      if (control.type === 'range') control.value = Math.round(share * control.max);
      else control.selectedIndex = Math.round(share * (control.options.length - 1));
      control.dispatchEvent(new Event('input', {bubbles: true}));
      await next();
      const far = Math.max(...stands().map((place, which) => Math.abs(place - before[which])));
      if (far > 1) moved.push(`${trait}: ${Math.round(far)} px`);
    }
  }
  return moved;
}"""


@pytest.fixture
def placed(open_page, site_base):
    """A function that opens the page of an explorer in the typeface and with the margins of the book."""

    def placed(name, address="", **options):
        page = open_page(f"{site_base}/{name}.html{address}", **options)
        page.wait_for_selector("section.explorer[data-ready]")
        as_in_the_book(page)
        return page

    return placed


def height(page):
    """Of the explorer, from its question to its actions."""
    return page.locator(".explorer-live .explorer-frame").bounding_box()["height"]


@every_explorer
def test_whole_on_one_wide_screen_also_while_it_waits(placed, name):
    page = placed(name, width=1280, height=800)
    assert height(page) <= 800
    page.locator(".explorer-guess-skip").click()
    assert height(page) <= 800
    assert page.locator(".explorer-change > .explorer-controls").is_visible()
    assert page.locator(".explorer-change > summary").is_hidden()
    controls, shown = (page.locator(f".explorer-{part}").bounding_box() for part in ("change", "show"))
    assert controls["x"] + controls["width"] < shown["x"]


@every_explorer
def test_picture_first_on_a_phone_with_one_control_above_it(placed, name):
    page = placed(name, f"#explorer-{name}?", width=360, height=740)
    assert picture_top(page) <= 320
    guessed = placed(name, width=360, height=740)
    guessed.locator(".explorer-guess-skip").click()
    assert picture_top(guessed) <= 320
    first, *others = page.locator(CONTROLS.split(" :is(select")[0] + " :is(select, input)").all()
    assert first.is_visible() and first.evaluate("control => Boolean(control.closest('.explorer-first'))")
    assert [
        it for it in others if it.evaluate("it => Boolean(it.closest('.explorer-change'))") and it.is_visible()
    ] == []
    page.locator(".explorer-change > summary").click()
    assert page.locator(".explorer-live [role=tab]").first.is_visible()


@pytest.mark.parametrize("size", SIZES)
@every_explorer
def test_nothing_moves_while_controls_do(placed, name, size):
    width, height = SIZES[size]
    page = placed(name, width=width, height=height)
    page.locator(".explorer-guess-skip").click()
    assert page.evaluate(MOVES, CONTROLS) == []
    assert page.console_errors == []
