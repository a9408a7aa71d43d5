"""Rules that hold for each explorer: its code, its words, its settings, and its page as a reader opens it, operates it,
links to it, saves from it, prints it, or reads it without scripts.

A new explorer gets a row in SAMPLES; what it alone does is tested in a file of its own.
"""

import gzip
import json
import re
import statistics
import subprocess
from dataclasses import dataclass, field
from xml.etree import ElementTree

import accessible
import pandas as pd
import pytest
import traitlets
from explorer_pages import (
    choose,
    chosen,
    control,
    csv_rows,
    html,
    open_tab,
    reveal,
    saved_picture,
    sent,
    sentence,
    still,
    table,
)
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import expect
from speed import slowness

from section287g import counts, explorers, stances, tables
from section287g.bench.pages import CHANGE
from section287g.explorers import assets, spec
from section287g.explorers.finder.widget import agreements

LISTS = tables.load("lists")
NEWEST = counts.newest("ice_workbook")["list"]
NAMES = explorers.names()
LIVE = {name: getattr(explorers, name.capitalize()) for name in NAMES}
every_explorer = pytest.mark.parametrize("name", NAMES)
UNSAFE = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\(|import\("
NAMED_BY_TAB = {"tab_picture", "tab_table"}
HOSTILE = "=<img src=x onerror=\"document.title='broken'\">"
NOTHING = "nothing like this"  # a search that finds nothing


@dataclass(frozen=True)
class Sample:
    """A view that a reader makes, and what is then to be seen, counted here from the tables."""

    view: dict  # settings that are chosen by their controls
    says: str  # stands in the sentence of that view
    rows: int  # of its table
    refused: dict  # setting -> (a wrong value, part of what the widget answers to it)
    kilobytes: int  # most that the page may weigh, compressed
    more: dict = field(default_factory=dict)  # settings that show most of what the explorer can show
    click: str = ""  # CSS selector of what opens one thing: a setting without a control of its own
    csv_rows: int | None = None  # of its file, where that has other rows than the table
    other_start: bool = False  # the live view starts with another sentence than the view without scripts
    milliseconds: int | None = 5  # most that a change may take, on a quiet machine; None without a menu or slider


def rows_of(name, **equal):
    """Number of rows of a table in which these columns have these values."""
    rows = tables.load(name)
    for column, value in equal.items():
        rows = rows[rows[column] == value]
    return len(rows)


def shown(name, number):
    """How the sentence of an explorer counts the rows of its table."""
    return f"{number} of {len(tables.load(name))} "


MAP = counts.by_state(NEWEST)
POWERS = tables.load("model_powers").query("group == 'Paperwork'")
EVENTS = tables.load("timeline").query("kind in ['court', 'state_law']")
FLORIDA = EVENTS[(EVENTS["title"] + EVENTS["description"]).str.contains("Florida")]
DUI = tables.load("encounters").query("scenario_id == 'dui' and model != 'task_force'")
FOUND = agreements().query("state == 'GA' and model == 'jail'")
CONTRADICTED = rows_of("claims", text_id="003", verdict="contradicted")
AUDITS = rows_of("studies", design="audit", peer_reviewed="yes")
LEGAL = tables.load("arguments").query("theme == 'rule_of_law' and evidence_kind == 'legal_text'")
REQUIRED = int((stances.by_state()["stance"] == "requires").sum())
BEFORE = LISTS.query("kind != 'transcript' and date <= '2025-01-20'")["date"].dt.to_period("M").nunique()
NEWEST_TOTAL = tables.load("published_totals")["date"].max()
DRAWN = len(pd.date_range("2025-02-01", NEWEST_TOTAL, freq="MS")) + 1  # first days of months, and the newest total's
CALCULATED = {"officers": "12", "base_pay_usd": "71234", "located_4": "79.5"}

SAMPLES = {
    "draw": Sample(
        view={"end": "420"}, says="Pull any part of your line up or down", rows=BEFORE + DRAWN,
        refused={
            "end": (5000, "end must be a whole number from 0 to 4,000, or blank; got '5000'"),
            "shown": (True, "'no', 'yes'"),
        },
        more={"end": "4000"}, click=".draw-button", kilobytes=24, other_start=True, milliseconds=None,
    ),
    "growth": Sample(
        view={"state": "TX", "unit": "agencies", "since": "2025"},
        says=f"{counts.on(NEWEST, 'TX')['agencies']:,} agencies in Texas had",
        rows=(LISTS["date"] >= "2025-01-01").sum() + 1,
        refused={
            "state": ("Texas", "'TX'"), "unit": ("agency", "'agreements', 'agencies'"),
            "show": ("jails", "did you mean 'jail'"), "since": (2025, "'2021', '2025'"),
            "events": ("yes", "False, True"), "on": ("2026-05-18", "did you mean '2026-05-18-am'"),
        },
        more={"events": True, "published": True}, kilobytes=32,
    ),
    "map": Sample(
        view={"measure": "counties"}, says=f"{MAP['covered_counties'].sum():,} of {MAP['counties'].sum():,} counties",
        rows=len(MAP),
        refused={
            "measure": ("total", "'agreements', 'jail'"), "state": ("ZZ", "''"), "on": ("2025-04-01", "did you mean"),
            "since": ("2021-01-13", "did you mean"),
        },
        more={"measure": "change", "state": "TX"}, kilobytes=80,
    ),
    "models": Sample(
        view={"group": "paperwork", "models": "jail,task_force"},
        says=f"In {(POWERS['jail'] != POWERS['task_force']).sum()} of them", rows=len(POWERS),
        refused={
            "show": ("form", "did you mean 'forms'"), "models": ("warrant,jail", "'jail', 'warrant', 'task_force'"),
            "group": ("Paperwork", "did you mean 'paperwork'"), "differences": ("yes", "False, True"),
            "power": ("ask", "power must be one of"),
        },
        more={"details": True}, click="[data-power] button >> nth=1", kilobytes=32,
    ),
    "timeline": Sample(
        view={"kinds": "court,state_law", "search": "florida"}, says=shown("timeline", len(FLORIDA)), rows=len(FLORIDA),
        refused={"kinds": ("executive,law", "'law', 'executive'"), "event": ("2002", "''")},
        click="[role=option] >> nth=1", kilobytes=57, milliseconds=16,
    ),
    "encounter": Sample(
        view={"situation": "dui", "columns": "none,jail,warrant"}, says=f"Step 1 of {DUI['step'].nunique()}: ",
        rows=len(DUI),
        refused={
            "situation": ("DUI", "did you mean 'dui'"),
            "columns": ("jail,none", "'none', 'jail', 'warrant', 'task_force'"), "show": ("every", "'one', 'all'"),
            "step": (2, "step must be one of '1'"),
        },
        more={"situation": "dui", "show": "all"}, click=".encounter-step >> nth=1", kilobytes=37, other_start=True,
        milliseconds=16,
    ),
    "incentives": Sample(
        view=CALCULATED, says=re.search(r"First year: \$[\d,]+", still("incentives", **CALCULATED).get_text())[0],
        rows=6,
        # Three parts a quarter, two once; the settings without the guess and the tab.
        csv_rows=3 * 4 + 2 + len(sent("incentives")) - 4,
        refused={
            "officers": (0, "officers must be a whole number from 1 to 5,000; got '0'"),
            "base_pay_usd": (-1, "base_pay_usd must be a whole number from 0 to 500,000; got '-1'"),
            "located_2": (120, "located_2 must be a number with at most 1 decimal from 0 to 100, or blank; got '120'"),
            "located_1": ("89.55", "got '89.55'"), "rounding": ("up", "rounding must be one of 'reach', 'nearest'"),
            "first_quarter": ("2026-01-01", "first_quarter must be one of"),
        },
        more={"officers": "5000", "base_pay_usd": "500000", "located_2": "120"},  # the last is impossible
        kilobytes=60, milliseconds=16,
    ),
    "debate": Sample(
        view={"theme": "rule_of_law", "evidence": "legal_text", "swap": True}, says=shown("arguments", len(LEGAL)),
        rows=len(LEGAL),
        refused={
            "theme": ("safety", "did you mean 'public_safety'"), "who": ("sheriff", "'all', 'federal'"),
            "evidence": ("study", "'peer_reviewed'"), "swap": ("yes", "False, True"),
        },
        more={"theme": "federalism_and_local_control"}, kilobytes=91, other_start=True,
    ),
    "evidence": Sample(
        view={"design": "audit", "peer": "yes"} if AUDITS else {"design": "audit"},
        says=shown("studies", AUDITS or rows_of("studies", design="audit")),
        rows=AUDITS or rows_of("studies", design="audit"),
        refused={
            "topic": ("Crime", "'crime'"), "read": ("none", "'whole'"), "study": ("ST99", "''"),
            "peer": (True, "'yes'"),
        },
        click="[role=option] >> nth=1", kilobytes=57, milliseconds=16,
    ),
    "finder": Sample(
        view={"state": "GA", "model": "jail", "sort": "signed"}, says=f"Found: {len(FOUND)} agreements",
        rows=len(FOUND),
        refused={
            "state": ("tx", "'TX'"), "model": ("jails", "'jail'"), "batches": ("0", "'1'"), "year": ("1999", "'all'"),
        },
        more={"status": "left"}, kilobytes=92, milliseconds=16,
    ),
    "claims": Sample(
        view={"text": "003", "verdict": "contradicted"}, says=shown("claims", CONTRADICTED), rows=CONTRADICTED,
        refused={
            "mode": ("guess", "'growth'"), "text": ("005", "'004'"), "kind": ("counts", "'count'"),
            "verdict": ("false", "'accurate'"), "claim": ("C999-01", "''"), "unit": ("officers", "'agencies'"),
            "date": ("2025", "did you mean"),
        },
        more={"text": "000"}, click="[role=option] >> nth=1", kilobytes=70, milliseconds=16,
    ),
    "states": Sample(
        view={"stance": "requires", "state": "TX"}, says=f"{REQUIRED} of {len(stances.by_state())} places",
        rows=REQUIRED,
        refused={
            "stance": ("forbids", "'all', 'requires'"), "confidence": ("sure", "'doubt'"), "state": ("Texas", "'AL'"),
            "show": ("count", "'agreements'"),
        },
        more={"state": "NY", "show": "agreements"}, kilobytes=55,
    ),
}  # fmt: skip


def test_every_explorer_has_a_sample():
    assert set(SAMPLES) == set(NAMES)


# --- code, words, settings ---


def code_of(name):
    """Kit, widget and the book's host without comments."""
    return re.sub(
        r"^\s*//.*$|//\s.*$", "", assets.module(name) + explorers.scripts(name)["host.js"], flags=re.MULTILINE
    )


@every_explorer
def test_scripts_are_valid(name):
    node = compute_driver_executable()[0]  # Playwright brings its own
    for kind, text in [("module", assets.module(name)), *(("commonjs", it) for it in explorers.scripts(name).values())]:
        checked = subprocess.run([node, "--check", f"--input-type={kind}"], input=text, text=True, capture_output=True)
        assert checked.returncode == 0, checked.stderr


@every_explorer
def test_code_holds_no_words_and_no_unsafe_calls(name):
    literals = re.findall(r'"([^"\n]*)"', code_of(name))
    sentences = [
        text
        for text in literals
        if re.search(r"[a-z]{2} [a-z]{3}", text) and not re.match(rf"(explorer|x|{name})-", text)
    ]
    assert sentences == []
    assert not re.search(UNSAFE, code_of(name))


@every_explorer
def test_every_word_is_used_and_every_used_word_exists(name):
    python = "".join(
        path.read_text(encoding="utf-8")
        for path in (assets.FOLDER / "__init__.py", *(assets.FOLDER / name).glob("*.py"))
    )
    used = set(re.findall(r"words\.(\w+)", code_of(name))) | set(
        re.findall(r"""words(?:\(NAME\))?\[["'](\w+)["']\]""", python)
    )
    only_of_pictures = set() if "function picture(" in code_of(name) else {"picture_help"}
    of_blocks = {"decides", "decides_title"} if name == "states" else set()  # shown on the page by a block
    assert used | spec.word_keys(name) | of_blocks | NAMED_BY_TAB == set(assets.words(name)) | only_of_pictures


@every_explorer
def test_page_obeys_the_content_policy_and_is_the_same_each_time(name):
    assert explorers.static_html(name, image=lambda svg, file: f"pictures/{file}") == html(name)
    for tag in still(name).find_all(True):
        assert not [attribute for attribute in tag.attrs if attribute == "style" or attribute.startswith("on")]
        if tag.name == "a" and not tag["href"].startswith("#"):
            assert re.match("https?://", tag["href"]) and tag["rel"] == ["noreferrer"]
    assert "</script" not in html(name).partition('class="explorer-data">')[2].removesuffix("</script>\n</section>")


@every_explorer
def test_explorer_is_light(name):
    parts = [html(name), *explorers.scripts(name).values()]
    weight = sum(len(gzip.compress(part.encode(), 6)) for part in parts)
    print(f"{name} with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 1000 * SAMPLES[name].kilobytes


# Explorer -> the tables whose sources it lists.
CITES = {
    "claims": ["claims"], "debate": ["arguments", "debate_themes"], "encounter": ["encounters"],
    "finder": ["agreements"],
    "map": ["lists", "states", "county_population", "county_fixes", "agency_fixes"],
    "models": ["model_powers", "form_changes"], "states": ["state_stances"], "timeline": ["timeline"],
}  # fmt: skip


@every_explorer
def test_sources_exist_and_none_is_left_out(name):
    cited = {key for table in CITES.get(name, []) for key in tables.cited(tables.load(table))}
    assert cited <= set(explorers.source_keys(name)) <= set(tables.load("sources")["source_key"])


@every_explorer
def test_words_travel_in_their_order(name):
    """It is that of the entries in menus."""
    assert json.dumps(sent(name)["words"]) == json.dumps(assets.words(name))


@every_explorer
def test_widget_has_exactly_the_settings_synced_and_takes_them(name):
    start = {setting: value for setting, value in sent(name).items() if setting not in ("data", "words")}
    live = LIVE[name]()
    assert {*start, "data", "words"} <= set(live.traits(sync=True))
    assert {setting: getattr(live, setting) for setting in start} == start
    live = LIVE[name](**SAMPLES[name].view)
    assert {setting: getattr(live, setting) for setting in start} == start | SAMPLES[name].view


@pytest.mark.parametrize(
    ("name", "setting"), [(name, setting) for name in NAMES for setting in [*SAMPLES[name].refused, "view"]]
)
def test_wrong_values_are_refused_and_the_possible_ones_named(name, setting):
    wrong, answer = (SAMPLES[name].refused | {"view": ("chart", "'picture', 'table'")})[setting]
    live = LIVE[name]()
    before = getattr(live, setting)
    with pytest.raises(traitlets.TraitError, match=f"^{setting} must be ") as error:
        setattr(live, setting, wrong)
    assert answer in str(error.value) and getattr(live, setting) == before
    with pytest.raises(traitlets.TraitError):
        LIVE[name](**{setting: wrong})
    with pytest.raises(ValueError, match=f"^{setting} must be "):
        html(name, **{setting: wrong})


@every_explorer
def test_page_refuses_unknown_settings_and_names_the_known_ones(name):
    with pytest.raises(ValueError, match="no setting 'colour'; settings are .*view"):
        html(name, colour="red")


def test_unknown_explorer_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="no explorer 'grow'; explorers are .*growth"):
        html("grow")


def test_an_explorer_that_lacks_words_or_a_guess_is_refused_before_it_is_drawn(monkeypatch):
    monkeypatch.setattr(assets, "strings", lambda path: {"question": "How many?", "guess": {"question": "Guess"}})
    with pytest.raises(ValueError, match="growth/strings.json lacks notice, guess.said, guess.skipped$"):
        explorers.source_keys("growth")


# --- a reader ---


@every_explorer
def test_opens_alive_and_by_keyboard(alive, name):
    page = alive(name)
    live, without_scripts = page.locator(".explorer-live"), page.locator(".explorer-still")
    assert live.is_visible() and without_scripts.is_hidden()
    if not SAMPLES[name].other_start:
        assert sentence(page).startswith(without_scripts.locator(".explorer-sentence").text_content())
    sources = page.locator(".explorer-source").all_text_contents()
    checked = [re.findall(r"[Ll]ast checked (\w+ \d+, \d+)", text) for text in sources]
    assert len(sources) == 2 and checked[0] == checked[1] and sources[1].startswith(sources[0][:20])
    assert accessible.keyboard(page) == []
    page.locator(".explorer-live [role=tab]").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer-live table").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".explorer-live table").is_hidden()
    assert page.outside == [] and page.console_errors == []


@every_explorer
def test_choices_are_shown_in_sentence_table_and_file_also_from_disk(open_page, site, name):
    sample = SAMPLES[name]
    page = open_page((site / f"{name}.html").as_uri())
    page.wait_for_selector("section.explorer[data-ready]")
    reveal(page)
    start = sentence(page), chosen(page)
    choose(page, **sample.view)
    assert sample.says in sentence(page)
    open_tab(page, 1)
    assert len(table(page)) == sample.rows
    file, (head, *rows) = csv_rows(page)
    assert re.fullmatch(r"287g-[\w-]+\.csv", file) and len(set(head)) == len(head) > 3
    assert len(rows) == (sample.csv_rows or sample.rows) and {len(row) for row in rows} == {len(head)}
    page.get_by_role("button", name="Reset").click()
    assert (sentence(page), chosen(page)) == start and page.locator(".explorer-live table").is_hidden()
    assert page.get_by_role("status").inner_text() == sent(name)["words"]["was_reset"]
    assert page.console_errors == []


@every_explorer
def test_link_restores_the_view_and_wrong_links_do_no_harm(alive, name):
    page = alive(name, height=600, permissions=["clipboard-read", "clipboard-write"])
    start = sentence(page), chosen(page)
    choose(page, **SAMPLES[name].view)
    if SAMPLES[name].click:
        page.locator(f".explorer-live {SAMPLES[name].click}").click()
    open_tab(page, 1)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = alive(name, f"#{link.split('#')[1]}", height=600)
    assert (sentence(other), chosen(other), table(other)) == (sentence(page), chosen(page), table(page))
    assert start[0] != sentence(other)
    expect(other.locator(".explorer-live .explorer-title")).to_be_in_viewport()
    settings = [setting for setting in sent(name) if setting not in ("data", "words", "search")]
    wrong = "&".join(f"{setting}=%3Cimg%20src%3Dx%3E" for setting in settings)
    several = [setting for setting, value in sent(name).items() if "," in str(value) and setting in settings]
    other.evaluate("link => { location.hash = link; }", f"explorer-{name}?{wrong}&nothing=1")
    other.wait_for_function("() => !document.querySelector('.explorer-live table')?.checkVisibility()")
    for setting in several:  # of several values the known ones are taken: here none
        choose(other, **{setting: sent(name)[setting]})
    assert (sentence(other), chosen(other)) == start
    if "search" in sent(name):
        other.evaluate("link => { location.hash = link; }", f"explorer-{name}?search=%3Cimg%20src%3Dx%3E")
        other.wait_for_function("() => document.querySelector('[data-trait=search]').value.includes('<img')")
    assert other.locator(".explorer-live img").count() == 0 and other.console_errors == []


def hostile(value):
    """The data with every text of several words made hostile, and every address made to run a script."""
    if isinstance(value, dict):
        return {key: hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value]
    if isinstance(value, str) and re.match("https?://", value):
        return "javascript:document.title='broken'"
    return HOSTILE if isinstance(value, str) and " " in value else value


@every_explorer
def test_hostile_data_stay_text(altered, name):
    page = altered(name, lambda values: values.update(data=hostile(values["data"])))
    seen = ""
    for view in ({}, SAMPLES[name].more):
        choose(page, **view)
        for tab in (0, 1):
            open_tab(page, tab)
            seen += page.locator(".explorer-live").text_content()
            assert page.locator(".explorer-live :is(img, a[href^=javascript])").count() == 0
        file = [cell for row in csv_rows(page)[1] for cell in row]
        assert [cell for cell in file if cell.startswith("=")] == []
        seen += "".join(cell.removeprefix("'") for cell in file)
    assert HOSTILE in seen and page.title() == "An explorer" and page.console_errors == []


# --- other ways of reading ---

SCROLLED = """still => [...still.querySelectorAll('*')].filter(it => it.checkVisibility()
  && getComputedStyle(it).overflowY !== 'visible' && it.clientHeight > 40
  && it.scrollHeight > it.clientHeight + 1).map(it => it.className)"""


@pytest.mark.parametrize("javascript", [True, False])
@every_explorer
def test_on_paper_and_without_scripts_everything_is_read(open_page, site_base, name, javascript):
    page = open_page(f"{site_base}/{name}.html", javascript=javascript)
    read = page.locator(".explorer-still")
    last = read.locator(":is(td, li, [data-argument])").last
    if javascript:
        page.wait_for_selector("section.explorer[data-ready]")
        reveal(page)
        choose(page, **SAMPLES[name].more)
    else:
        assert page.locator(".explorer-live").count() == 0 and read.is_visible()
        for summary in read.locator("summary").all():
            summary.click()
        assert last.is_visible()
    for picture in read.locator("img").all():
        assert " " in picture.get_attribute("alt")
        if not javascript:
            assert picture.is_visible() == ("only-light" in picture.get_attribute("class"))
    page.set_viewport_size({"width": 673, "height": 986})  # A4 less 16 mm at the sides and 18 mm above and below
    page.emulate_media(media="print")
    assert last.is_visible() and read.evaluate(SCROLLED) == []
    for picture in read.locator("img").all():
        assert picture.is_visible() == ("only-light" in picture.get_attribute("class"))
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


# Letters smaller than 11 px (codes in tiles: 10 px), and text of pictures that reaches beyond them.
SMALL = """live => [...live.querySelectorAll("p, text, td, dd, button, li")].filter(it => it.checkVisibility()
  && parseFloat(getComputedStyle(it).fontSize) < (it.closest('.explorer-tiles') ? 10 : 11))
  .map(it => it.outerHTML.slice(0, 80))"""
BEYOND = """live => [...live.querySelectorAll("svg")].filter(it => it.checkVisibility()).flatMap(picture => {
  const {left, right} = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < left - 1 || box.right > right + 1);
  }).map(text => text.textContent);
})"""


@every_explorer
def test_no_barrier_in_any_state_on_a_small_screen(alive, axe_violations, name):
    page = alive(name, width=320, height=700)
    live = page.locator(".explorer-live")
    live.locator("details").evaluate_all("all => all.forEach(fold => { fold.open = true; })")
    choose(page, **SAMPLES[name].more)
    states = [lambda: None, lambda: open_tab(page, 1)]
    if control(page, "search").count():
        states += [lambda: choose(page, search=NOTHING), lambda: open_tab(page, 0)]
    for state in states:
        state()
        assert live.evaluate(SMALL) + live.evaluate(BEYOND) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert accessible.in_both_themes(page, axe_violations, ".explorer") == []
    assert page.console_errors == []


@every_explorer
def test_still_view_has_no_accessibility_violation(name, open_page, site_base, axe_violations):
    read = open_page(f"{site_base}/{name}.html")
    read.evaluate(
        "document.querySelector('section.explorer').removeAttribute('data-ready');"
        " document.querySelector('.explorer-live').remove()"
    )
    for summary in read.locator("summary").all():
        summary.click()
    assert accessible.in_both_themes(read, axe_violations, ".explorer") == []


@pytest.mark.parametrize("name", ["draw", "growth", "map", "incentives", "states"])
def test_saved_picture_stands_alone(alive, name):
    page = alive(name, dark=True)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    open_tab(page, 1)
    choose(page, **SAMPLES[name].view)
    text = saved_picture(page)
    said = " ".join(ElementTree.fromstring(text).itertext())
    assert SAMPLES[name].says in said and page.locator(".explorer-live .explorer-source").inner_text() in said
    assert "var(" not in text and "class=" not in text and 'fill="rgb(20, 24, 30)"' in text
    assert page.locator(".explorer-live table").is_visible()


@pytest.mark.parametrize("name", [name for name in NAMES if SAMPLES[name].milliseconds])
def test_changes_are_quick(alive, name):
    page = alive(name)
    work = statistics.median(own for own, _ in page.evaluate(CHANGE, [7, 30]))
    print(f"own work p50 {work:.1f} ms")
    assert work <= SAMPLES[name].milliseconds * slowness(page)
