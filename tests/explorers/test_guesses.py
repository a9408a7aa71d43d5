"""The guess that an explorer asks for: given by mouse, touch and keyboard, skipped, compared, and kept out of links;
and that, before and after, its parts stand still where a reader looks for them."""

import re
from dataclasses import dataclass

import accessible
import pytest
import traitlets
from explorer_pages import as_in_the_book, html, picture, picture_top, still
from playwright.sync_api import expect

from section287g import counts, explorers, facts, incentives, stances, tables
from section287g.explorers.encounter import widget as encounter
from section287g.explorers.incentives import widget as calculator
from section287g.explorers.models import widget as models

NEWEST = counts.newest("ice_workbook")["list"]
CLAIMS = tables.load("claims")["verdict"]
ARGUMENTS = tables.load("arguments")["evidence_kind"].value_counts()
STATES = counts.by_state(NEWEST).nlargest(3, "agreements")
NAMES = tables.load("states").set_index("state")["name"]
TAIL_LIGHT = encounter.ANSWERS["tail_light"]
EXAMPLE = incentives.estimate(*calculator.inputs(calculator._start()))


@dataclass(frozen=True)
class Guess:
    """A right and a wrong guess, as the setting holds them, and what the sentence says is so."""

    right: str
    wrong: str
    answer: str
    refused: str


GUESSES = {
    "growth": Guess("14", "5", f"{facts.get('growth_factor_newest').text} times as many", "101"),
    "timeline": Guess("2002", "1997", "July 2, 2002", "1995"),
    "models": Guess(models.guessed(), "all", "Task Force Model", "federal"),
    "encounter": Guess(
        right=str(1 + next(place for place, letters in enumerate(TAIL_LIGHT) if len(set(letters)) > 1)), wrong="never",
        answer="task force", refused="9",
    ),
    "incentives": Guess("3", "50", f"{EXAMPLE.results_percent_of_recurring} percent", "101"),
    "map": Guess(
        right=",".join(sorted(STATES.index, key=lambda state: NAMES[state])), wrong="CA,NY",
        answer=", ".join(f"{NAMES[state]} ({row.agreements})" for state, row in STATES.iterrows()),
        refused="CA,IL,NY,TX",
    ),
    "finder": Guess(str(counts.on(NEWEST, "TX")["agencies"]), "700", "agencies in Texas have one or more", "1001"),
    "claims": Guess(
        right=str((CLAIMS == "contradicted").sum()), wrong="60",
        answer=f"contradict {(CLAIMS == 'contradicted').sum()} of the {len(CLAIMS)} claims",
        refused=str(len(CLAIMS) + 1),
    ),
    "debate": Guess(
        right=ARGUMENTS.index[0], wrong="survey",
        answer=f"the best evidence of {ARGUMENTS.iloc[0]} of the {ARGUMENTS.sum()} arguments", refused="rumor",
    ),
    "evidence": Guess(facts.get("studies_287g_reviewed").text, "50", "are peer-reviewed and look at 287(g)", "58"),
    "states": Guess(
        right=str((stances.by_state()["stance"] == "requires").sum()), wrong="40",
        answer=f"{(stances.by_state()['stance'] == 'bans').sum()} forbid agreements", refused="53",
    ),
}  # fmt: skip
every_guess = pytest.mark.parametrize("name", GUESSES)
SKIP, SHOW, AGAIN = (f".explorer-live .explorer-{part}" for part in ("guess-skip", "guess-show", "again"))


def test_every_explorer_but_the_one_that_is_a_guess_asks_for_one():
    assert {*GUESSES, "draw"} == set(explorers.names())


def said(page):
    return page.locator(".explorer-live .explorer-said").inner_text()


def by_mouse(page, value):
    """Give a guess with the mouse: on the scale, on an option, on tiles."""
    form = page.locator(".explorer-guess")
    scale = form.locator("[type=range]")
    if scale.count():
        box = scale.bounding_box()
        low, high = (int(scale.get_attribute(end)) for end in ("min", "max"))
        thumb = 8  # pixels from its middle to its edge
        part = (int(value) - low) / (high - low)
        page.mouse.click(box["x"] + thumb + part * (box["width"] - 2 * thumb), box["y"] + box["height"] / 2)
    for option in value.split(","):
        if form.locator("[type=radio]").count():
            form.locator(f":has(> [value='{option}']) > label").click()
        elif not scale.count():
            form.locator(f"[data-tile={option}]").click()
    page.locator(SHOW).click()


def by_touch(page, value):
    form = page.locator(".explorer-guess")
    if form.locator("[type=number]").count():
        form.locator("[type=number]").tap()
        page.keyboard.type(value)
    for option in value.split(","):
        if form.locator("[type=radio]").count():
            form.locator(f":has(> [value='{option}']) > label").tap()
        elif form.locator("[data-tile]").count():
            form.locator(f"[data-tile={option}]").tap()
    page.locator(SHOW).tap()


def by_keyboard(page, value):
    """Tab into the form, give the guess by keys alone, and press Enter."""
    page.keyboard.press("Tab")
    form = page.locator(".explorer-guess")
    if form.locator("[type=number]").count():
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        return
    if form.locator("[type=radio]").count():
        page.keyboard.press("Space")
        while not form.locator(f"[value='{value}']").is_checked():
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        return
    for option in value.split(","):
        go_to_tile(page, form.locator(f"[data-tile={option}]"))
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def go_to_tile(page, tile):
    """Press arrow keys until the tile has the focus."""
    for _ in range(60):
        move = tile.evaluate(
            """tile => {
              const [to, from] = [tile, document.activeElement].map(it => it.getBoundingClientRect());
              if (tile === document.activeElement) return "";
              if (Math.abs(to.top - from.top) > 2) return to.top > from.top ? "ArrowDown" : "ArrowUp";
              return to.left > from.left ? "ArrowRight" : "ArrowLeft";
            }"""
        )
        if not move:
            return
        page.keyboard.press(move)
    raise AssertionError("the tile is not reached")


HANDS = {"mouse": (by_mouse, {}), "touch": (by_touch, {"has_touch": True, "width": 360, "height": 740}),
    "keyboard": (by_keyboard, {})}  # fmt: skip


@pytest.mark.parametrize("hand", HANDS)
@every_guess
def test_a_guess_is_given_and_compared_without_a_verdict(asking, name, hand):
    give, options = HANDS[hand]
    guess = GUESSES[name]
    page = asking(name, **options)
    expect(picture(page)).not_to_be_visible()
    assert page.locator(".explorer-live [role=tab]").first.is_hidden() and page.locator(SHOW).is_disabled()
    question = said(page)
    for value in (guess.right, guess.wrong):
        give(page, value)
        expect(picture(page)).to_be_visible()
        assert said(page).startswith("You said ") and guess.answer in said(page)
        if name in ("growth", "finder", "states") and hand != "mouse":
            assert said(page).startswith(f"You said {value}")
        assert page.locator(AGAIN).evaluate("button => button === document.activeElement")
        page.keyboard.press("Enter")  # on "Guess again"
        assert said(page) == question
        if value == guess.right:
            page.reload()
            page.wait_for_selector("section.explorer[data-ready]")
            assert said(page) == question, "nothing is stored"
    assert page.outside == [] and page.console_errors == []


@every_guess
def test_without_barriers_a_guess_can_be_skipped_and_the_answer_is_said_alone(asking, axe_violations, name):
    page = asking(name, width=320, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert accessible.in_both_themes(page, axe_violations, ".explorer") == []
    assert page.locator(".explorer-live .explorer-said").get_attribute("aria-live") == "polite"
    page.locator(SKIP).click()
    expect(picture(page)).to_be_visible()
    assert "You said" not in said(page) and GUESSES[name].answer in said(page)
    page.locator(AGAIN).click()
    expect(picture(page)).not_to_be_visible()


@every_guess
def test_a_picture_waits_with_its_title_and_axes_and_tells_nothing(asking, name):
    page = asking(name, width=1280, height=800)
    body = page.locator(".explorer-live .explorer-body")
    assert body.evaluate("body => body.inert")
    read = body.inner_text()
    title = page.locator(".explorer-live .explorer-picture-title").inner_text()
    assert title in read and (name in ("finder", "map") or len(read) > len(title) + 10)
    assert GUESSES[name].answer not in read and GUESSES[name].right not in re.findall(r"\d[\d,]*", read)
    page.locator(SKIP).click()
    assert not body.evaluate("body => body.inert")
    assert name == "finder" or page.locator(".explorer-live .explorer-picture-title").inner_text() == title


@every_guess
def test_a_link_to_a_view_shows_it_and_tells_no_guess(asking, name):
    page = asking(name, permissions=["clipboard-read", "clipboard-write"])
    by_keyboard_skip = page.locator(SKIP)
    by_mouse(page, GUESSES[name].wrong)
    assert by_keyboard_skip.count() == 0
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "guess" not in link
    other = asking(name, f"#{link.split('#')[1]}")
    expect(picture(other)).to_be_visible()
    assert "You said" not in said(other)
    page.get_by_role("button", name="Reset").click()
    assert said(page).startswith("You said"), "the guess is the reader's, not a setting to reset"


@every_guess
def test_python_reads_and_sets_the_guess(name):
    live = getattr(explorers, name.capitalize())()
    guess = GUESSES[name]
    assert live.guess == ""
    for value in (guess.right, "skipped", guess.wrong, ""):
        live.guess = value
        assert live.guess == value
    if guess.right.isdigit() and name != "encounter":
        live.guess = int(guess.right)
        assert live.guess == guess.right
    for wrong in (guess.refused, "skipped,TX", None):
        with pytest.raises(traitlets.TraitError, match="^guess must be .*'skipped'"):
            live.guess = wrong
    assert "guess: what the reader guessed" in getattr(explorers, name.capitalize()).__doc__
    with pytest.raises(ValueError, match="^guess must be "):
        html(name, guess=guess.refused)
    assert '"guess":"skipped"' in html(name, guess="skipped")


@every_guess
def test_paper_has_the_question_and_a_line_to_write_on(name):
    read = still(name)
    question = read.select_one(".explorer-predict").get_text()
    assert "{" not in question and question.endswith("?")
    assert read.select_one(".explorer-predict + .explorer-write").get_text() == "Your guess:"


# --- where the parts of an explorer stand, in the typeface and with the margins of the book

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


def frame_height(page):
    """Of the explorer, from its question to its actions."""
    return page.locator(".explorer-live .explorer-frame").bounding_box()["height"]


def assert_nothing_moves(page, name):
    """Neither when the guess gives way, skipped or given, nor while controls change."""
    top = picture_top(page)
    page.locator(SKIP).click()
    assert picture_top(page) == top
    page.locator(AGAIN).click()
    by_mouse(page, GUESSES[name].wrong)
    assert picture_top(page) == top
    page.locator(AGAIN).click()
    page.locator(SKIP).click()
    assert page.evaluate(MOVES, CONTROLS) == [] and page.console_errors == []


@every_guess
def test_whole_on_one_wide_screen_where_nothing_moves(asking, name):
    page = asking(name, width=1280, height=800)
    as_in_the_book(page)
    assert frame_height(page) <= 800
    page.locator(SKIP).click()
    assert frame_height(page) <= 800
    assert page.locator(".explorer-change > .explorer-controls").is_visible()
    assert page.locator(".explorer-change > summary").is_hidden()
    controls, shown = (page.locator(f".explorer-{part}").bounding_box() for part in ("change", "show"))
    assert controls["x"] + controls["width"] < shown["x"]
    page.locator(AGAIN).click()
    assert_nothing_moves(page, name)


@every_guess
def test_picture_first_on_a_phone_with_one_control_above_it_and_nothing_moves(asking, name):
    page = asking(name, f"#explorer-{name}?", width=360, height=740)
    as_in_the_book(page)
    assert picture_top(page) <= 320
    first, *others = page.locator(CONTROLS.split(" :is(select")[0] + " :is(select, input)").all()
    assert first.is_visible() and first.evaluate("control => Boolean(control.closest('.explorer-first'))")
    folded = [it for it in others if it.evaluate("it => Boolean(it.closest('.explorer-change'))")]
    assert not any(it.is_visible() for it in folded)
    page.locator(".explorer-change > summary").click()
    assert page.locator(".explorer-live [role=tab]").first.is_visible()
    guessed = asking(name, width=360, height=740)
    as_in_the_book(guessed)
    assert picture_top(guessed) <= 320
    assert_nothing_moves(guessed, name)
