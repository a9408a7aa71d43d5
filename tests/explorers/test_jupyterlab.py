"""Explorers as live widgets in a real JupyterLab: Python and the reader change the same settings."""

from dataclasses import dataclass, field

import pytest
from jupyterlab_server import run_cell
from playwright.sync_api import expect

from section287g import explorers, tables
from section287g.explorers.finder.widget import agreements

FRAME = ".explorer-frame"


@dataclass(frozen=True)
class Live:
    """What Python asks for and what is then seen of it; what the reader does and what Python reads of it."""

    asked: dict
    seen: str  # CSS selector
    number: int  # of elements that are seen
    reader: dict = field(default_factory=dict)  # settings that the reader chooses
    click: str = ""  # CSS selector of what the reader opens
    opened: dict = field(default_factory=dict)  # the setting that a click stands for


def rows(name, **equal):
    table = tables.load(name)
    return table[(table[list(equal)] == list(equal.values())).all(axis=1)]


COURT = rows("timeline", kind="court")
ON_GUAM = len(agreements().query("state == 'GU'"))
OPTION, TEXAS = "[role=option]", "[data-trait=state] option:checked[value=TX]"
LIVES = {
    "draw": Live({"end": "420"}, ".draw-own", 1, click=".draw-button", opened={"shown": "yes"}),
    "growth": Live({"state": "TX"}, TEXAS, 1, {"unit": "agencies"}),
    "map": Live({"state": "TX"}, "[data-tile=TX][aria-pressed=true]", 1, {"measure": "jail"}),
    "models": Live(
        asked={"group": "paperwork", "models": "jail,task_force"}, seen="[data-power]",
        number=len(rows("model_powers", group="Paperwork")), click="[data-power=issue_detainer] button",
        opened={"power": "issue_detainer"},
    ),
    "timeline": Live(
        asked={"kinds": "court"}, seen=OPTION, number=len(COURT), click=f"{OPTION} >> nth=3",
        opened={"event": COURT["event_id"].iloc[3]},
    ),
    "encounter": Live({"situation": "dui", "step": "5", "columns": "none,jail"}, ".encounter-cell", 2, {"show": "all"}),
    "incentives": Live(
        asked={"rounding": "nearest", "located_1": "89.5"}, seen="[data-trait=rounding] option:checked[value=nearest]",
        number=1, reader={"base_pay_usd": "75000"},
    ),
    "debate": Live({"theme": "all", "swap": True}, "[data-argument]", len(rows("arguments")), {"who": "police"}),
    "evidence": Live({"design": "audit"}, OPTION, len(rows("studies", design="audit")), {"search": "staff"}),
    "finder": Live({"state": "GU"}, ".f-card", ON_GUAM, {"model": "jail"}),
    "claims": Live({"text": "002"}, OPTION, len(rows("claims", text_id="002")), {"verdict": "rounded"}),
    "states": Live(
        asked={"stance": "requires"}, seen="[data-tile]:not(.states-out)",
        number=len(rows("state_stances", stance="requires")), click="[data-tile=TX]", opened={"state": "TX"},
    ),
}  # fmt: skip
NAMES = explorers.names()


def unfold(page):
    page.locator(f"{FRAME} .explorer-change").evaluate_all("all => all.forEach(fold => { fold.open = true; })")


def test_every_explorer_is_tried():
    assert set(LIVES) == set(NAMES)


@pytest.mark.parametrize("names", [NAMES[:6], NAMES[6:]], ids=["first", "rest"])
def test_python_and_the_reader_change_the_same_settings(open_notebook, axe_violations, names):
    """Several explorers in one notebook, since its start takes longer than all of them."""
    make = "from section287g.explorers import {0}\n{1} = {0}()\n{1}"
    asked = [f"{name}.{setting} = {value!r}" for name in names for setting, value in LIVES[name].asked.items()]
    asked += [f"{name}.guess = 'skipped'" for name in names if name != "draw"]
    changed = {name: LIVES[name].reader | LIVES[name].opened for name in names}
    wanted = {f"{name}.{setting}": value for name in names for setting, value in changed[name].items()}
    tell = f"print({', '.join(wanted)}, sep='|')"
    with open_notebook([*(make.format(name.capitalize(), name) for name in names), "\n".join(asked), tell]) as page:
        for place in range(len(names)):
            run_cell(page, place)
        frames = page.locator(FRAME)
        expect(frames).to_have_count(len(names), timeout=60_000)
        assert axe_violations(page, FRAME) == []
        run_cell(page, len(names))
        unfold(page)
        for place, name in enumerate(names):
            frame, live = frames.nth(place), LIVES[name]
            expect(frame.locator(live.seen)).to_have_count(live.number)
            assert frame.get_by_role("button", name="Copy link").count() == 0  # a notebook has no address for a view
            if live.click:
                frame.locator(live.click).click()
            for setting, value in live.reader.items():
                control = frame.locator(f"[data-trait={setting}]")
                is_menu = control.evaluate("control => control.localName") == "select"
                control.select_option(value) if is_menu else control.fill(value)
        told = run_cell(page, len(names) + 1).locator(".jp-OutputArea-output").inner_text()
        assert told.strip().split("|") == list(wanted.values())
        assert page.outside == []


GUESSED = ["from section287g.explorers import Growth\ngrowth = Growth()\ngrowth", "print(f'<{growth.guess}>')"]


def test_a_teacher_reads_the_guess_and_can_set_it(open_notebook):
    with open_notebook([*GUESSED, "growth.guess = 9", "growth.guess = ''"]) as page:
        run_cell(page, 0)
        frame, told = page.locator(FRAME), lambda: run_cell(page, 1).locator(".jp-OutputArea-output").inner_text()
        expect(frame.locator(".explorer-guess-show")).to_be_disabled(timeout=40_000)
        assert told().strip() == "<>"
        frame.locator(".explorer-guess [type=number]").fill("5")
        assert told().strip() == "<>", "it is not given yet"
        frame.get_by_role("button", name="Show me", exact=True).click()
        expect(frame.locator(".explorer-said")).to_contain_text("You said 5 ")
        assert told().strip() == "<5>"
        run_cell(page, 2)
        expect(frame.locator(".explorer-said")).to_contain_text("You said 9 ")
        run_cell(page, 3)
        expect(frame.locator(".explorer-canvas")).to_be_hidden()


OTHERS = [
    "from section287g.explorers import Debate, Finder, Growth, Models\ngrowth = Growth(guess='skipped')\ngrowth",
    (
        "import ipywidgets\n"
        'states = ipywidgets.Dropdown(options=["all", "TX", "FL", "GA"], value="TX", description="State")\n'
        'ipywidgets.link((states, "value"), (growth, "state"))\nstates'
    ),
    "Models(guess='skipped')",
    "Finder(state='GU', guess='skipped')",
    "debate = Debate(guess='skipped')\ndebate",
    'debate.theme = "rule_of_law"\nprint("kernel sees the note:", "4711" in str(debate.get_state()))',
]


def test_a_menu_of_another_package_is_linked_and_what_belongs_to_the_book_is_away(open_notebook):
    with open_notebook(OTHERS) as page:
        run_cell(page, 0)
        said = page.locator(f"{FRAME} .explorer-sentence").first
        expect(said).to_contain_text("the United States", timeout=40_000)
        menu = run_cell(page, 1).locator(".widget-dropdown select")
        expect(said).to_contain_text("Texas")
        menu.select_option("FL")
        expect(said).to_contain_text("Florida")
        page.locator(f"{FRAME} [data-trait=state]").first.select_option("GA")
        expect(menu).to_have_value("GA")
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        assert page.locator(FRAME).first.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(20, 24, 30)"
        terms = run_cell(page, 2).locator("[data-power] dt")
        expect(terms.first).to_be_visible()
        floats = terms.evaluate_all("all => [...new Set(all.map(term => getComputedStyle(term).float))]")
        assert floats == ["none"], "JupyterLab's own style"
        found = run_cell(page, 3).locator(".f-card")
        expect(found).to_have_count(ON_GUAM)
        assert found.locator("a:not([rel])").count() == 0  # there are no pages of the book to lead to
        note = run_cell(page, 4).locator("textarea")
        unfold(page)
        note.fill("my own view 4711")
        assert page.locator(".debate-print").count() == 0  # cards for paper are in the book
        assert "note: False" in run_cell(page, 5).locator(".jp-OutputArea-output").inner_text()
        assert note.input_value() == "my own view 4711"
