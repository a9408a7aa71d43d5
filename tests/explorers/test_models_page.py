"""The models explorer operated by a reader: every control by mouse and keyboard, its outputs, other ways of reading."""

import functools
import statistics

import pytest
from explorer_pages import box, control, csv_rows, sentence, table
from speed import slowness

from section287g import tables
from section287g.bench.pages import CHANGE
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.models import widget

POWERS = tables.load("model_powers").drop(columns="checked")
FORMS = tables.load("form_changes").drop(columns="checked")
WORDS = assets.words("models")
ALL_DIFFER = POWERS[POWERS[list(MODELS)].nunique(axis=1) > 1]


@pytest.fixture
def models(alive):
    return functools.partial(alive, "models")


def shown(page):
    """Ids of the powers in the rows, from top to bottom."""
    return page.locator(".explorer-live [data-power]").evaluate_all("rows => rows.map(row => row.dataset.power)")


def answers(page, power):
    """Model -> answer of a row, in the words of the page."""
    pairs = page.locator(f".explorer-live [data-power={power}] dl > div").evaluate_all(
        "cells => cells.map(cell => [cell.querySelector('dt').textContent,"
        " cell.querySelector('.models-word').textContent])"
    )
    return dict(pairs)


def row_button(page, power):
    return page.locator(f".explorer-live [data-power={power}] button")


def test_start_shows_every_power_with_its_answers(models):
    page = models()
    assert shown(page) == POWERS["power_id"].tolist()
    for row in POWERS.itertuples():
        expected = {WORDS["model_short"][model]: WORDS["answers"][getattr(row, model)] for model in MODELS}
        assert answers(page, row.power_id) == expected
    assert page.locator(".models-group").all_inner_texts() == list(widget.groups().values())
    assert page.locator(".explorer-still").is_hidden() and page.locator(
        ".explorer-still .explorer-sentence"
    ).text_content() == sentence(page)
    assert page.console_errors == [] and page.outside == []


def test_every_answer_has_a_symbol_of_its_own(models):
    page = models()
    lines = page.locator(".explorer-legend li")
    assert lines.all_inner_texts() == [WORDS["answer_meanings"][answer] for answer in widget.ANSWERS]
    assert len(set(lines.locator("svg").evaluate_all("marks => marks.map(mark => mark.innerHTML)"))) == len(
        widget.ANSWERS
    )
    colours = page.locator(".models-word").evaluate_all(
        "words => [...new Set(words.map(word => getComputedStyle(word).color))]"
    )
    assert len(colours) == 1


def test_rows_open_with_condition_clause_and_sources(models):
    page = models()
    control(page, "details").check()
    for row in POWERS.itertuples():
        detail = page.locator(f"[data-power={row.power_id}] .models-detail")
        assert row.condition in detail.text_content() and row.moa_section in detail.text_content()
        links = detail.locator("a").evaluate_all("links => links.map(link => [link.textContent, link.href, link.rel])")
        expected = [widget.data()["documents"][key] for key in row.source_keys.split("; ")]
        assert [text for text, _, _ in links] == [text for text, _ in expected]
        assert all(address.startswith("http") and rel == "noreferrer" for _, address, rel in links)


def test_one_row_opens_by_mouse_and_by_keyboard(models):
    page = models()
    row_button(page, "ask_status").click()
    assert page.locator(".models-detail").count() == 1
    assert (
        sentence(page)
        == "Question a person about the right to be in the country: jail conditional, warrant no, task force yes."
    )
    assert row_button(page, "ask_status").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")  # the first source, inside the row
    assert page.evaluate("document.activeElement.tagName") == "A"
    row_button(page, "transport").focus()
    page.keyboard.press("Enter")
    assert page.locator(".models-detail").count() == 1 and "Drive the person" in sentence(page)
    assert page.evaluate("document.activeElement.dataset.focus") == "transport"
    page.keyboard.press("Space")
    assert page.locator(".models-detail").count() == 0


@pytest.mark.parametrize("kept", [("jail",), ("jail", "warrant"), ("warrant", "task_force")])
def test_models(models, kept):
    page = models()
    for model in set(MODELS) - set(kept):
        box(page, "models", model).uncheck()
    assert list(answers(page, "ask_status")) == [WORDS["model_short"][model] for model in kept]
    differing = (POWERS[list(kept)].nunique(axis=1) > 1).sum()
    assert (f"In {differing} of them" in sentence(page)) == (len(kept) > 1)
    page.get_by_role("tab", name="Table").click()
    assert page.locator(".explorer-live thead th").all_inner_texts()[1 : 1 + len(kept)] == [
        WORDS["model_short"][model] for model in kept
    ]


def test_no_model(models):
    page = models()
    for model in MODELS:
        box(page, "models", model).uncheck()
    assert sentence(page) == WORDS["none_chosen"] and shown(page) == []
    page.get_by_role("tab", name="Table").click()
    assert WORDS["none_chosen"] in page.locator(".explorer-live table").inner_text()
    assert page.console_errors == []


def test_only_differences(models):
    page = models()
    control(page, "differences").check()
    assert shown(page) == ALL_DIFFER["power_id"].tolist()
    box(page, "models", "task_force").uncheck()
    assert shown(page) == POWERS.loc[POWERS["jail"] != POWERS["warrant"], "power_id"].tolist()
    box(page, "models", "jail").uncheck()
    assert control(page, "differences").is_disabled() and len(shown(page)) == len(POWERS)
    assert page.get_by_text(WORDS["differences_need_two"]).is_visible()


@pytest.mark.parametrize("group", list(widget.groups()))
def test_group(models, group):
    page = models()
    control(page, "group").select_option(group)
    assert shown(page) == POWERS.loc[POWERS["group"] == widget.groups()[group], "power_id"].tolist()


def test_group_in_which_nothing_differs(models):
    page = models()
    control(page, "group").select_option("money_and_liability")
    control(page, "differences").check()
    assert shown(page) == [] and page.get_by_text(WORDS["none_left"]).is_visible()


def test_forms(models):
    page = models()
    control(page, "show").select_option("forms")
    for setting in ("group", "differences", "details"):
        assert control(page, setting).is_hidden()
    assert box(page, "models", "jail").is_hidden()
    for form in FORMS.itertuples(index=False):
        row = page.locator(f"[data-aspect={form.aspect_id}]")
        assert row.locator("dd").all_text_contents() == list(form[2:-1])
        assert row.locator("a").count() == len(form.source_keys.split("; "))
    page.get_by_role("tab", name="Table").click()
    assert [row[:-1] for row in table(page)] == [list(form[1:-1]) for form in FORMS.itertuples(index=False)]
    control(page, "show").select_option("powers")
    assert control(page, "group").is_visible()


def test_all_controls_by_keyboard_alone(models):
    page = models()
    seen = []
    page.locator(".explorer-live select").first.focus()
    for _ in range(9):
        seen.append(page.evaluate("document.activeElement.dataset.trait ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert seen == [
        "show",
        "group",
        "models",
        "models",
        "models",
        "differences",
        "details",
        "Side by side",
        POWERS["power"][0],
    ]
    box(page, "models", "warrant").focus()
    page.keyboard.press("Space")
    control(page, "differences").focus()
    page.keyboard.press("Space")
    assert shown(page) == POWERS.loc[POWERS["jail"] != POWERS["task_force"], "power_id"].tolist()
    control(page, "group").focus()
    page.keyboard.type("Paper")
    assert "prepare_nta" not in shown(page) and "process_violation" not in shown(page)
    page.get_by_role("tab", name="Side by side").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer-live table").is_visible()
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    assert shown(page) == POWERS["power_id"].tolist()


def test_table_equals_the_table(models):
    page = models("#explorer-models?view=table")
    rows = table(page)
    assert [row[0] for row in rows] == POWERS["power"].tolist()
    assert [row[1:4] for row in rows] == [
        [WORDS["answers"][answer] for answer in row] for row in POWERS[list(MODELS)].to_numpy()
    ]
    assert [row[4:6] for row in rows] == POWERS[["condition", "moa_section"]].to_numpy().tolist()
    assert page.locator(".explorer-live .explorer-group").all_inner_texts() == list(widget.groups().values())
    assert page.locator(".explorer-live tbody a").count() == sum(
        len(cell.split("; ")) for cell in POWERS["source_keys"]
    )


def test_csv_is_the_view(models):
    page = models()
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-model-powers-forms-of-2025.csv"
    assert header == ["power_id", "group", "power", "plain_words", *MODELS, "condition", "moa_section", "sources"]
    assert [row[:9] for row in rows] == POWERS[header[:-1]].to_numpy().tolist()
    assert all(row[-1].startswith("http") for row in rows)
    box(page, "models", "jail").uncheck()
    control(page, "group").select_option("paperwork")
    _, (header, *rows) = csv_rows(page)
    assert header[4:6] == ["warrant", "task_force"] and {row[1] for row in rows} == {"Paperwork"}
    control(page, "show").select_option("forms")
    name, (header, *rows) = csv_rows(page)
    assert (
        name == "287g-agreement-forms-2009-to-2025.csv"
        and [row[:-1] for row in rows] == FORMS[header[:-1]].to_numpy().tolist()
    )


def test_link_restores_the_view(models):
    page = models()
    box(page, "models", "warrant").uncheck()
    control(page, "group").select_option("place_and_people")
    control(page, "differences").check()
    row_button(page, "ask_status").click()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("location.hash")
    again = models(link)
    assert (shown(again), sentence(again)) == (shown(page), sentence(page))
    assert again.locator(".models-detail").count() == 1
    page.get_by_role("button", name="Reset").click()
    assert len(shown(page)) == len(POWERS) and page.get_by_role("status").inner_text() == WORDS["was_reset"]


def test_link_with_wrong_values_leads_to_the_start(models):
    page = models("#explorer-models?group=nowhere&models=sheriff,jail&power=%3Cimg%3E&differences=maybe")
    assert list(answers(page, "ask_status")) == ["Jail"]
    assert len(shown(page)) == len(POWERS) and page.locator(".models-detail").count() == 0


def test_hostile_values_are_shown_as_text(altered):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        values["data"]["powers"][0].update(power=hostile, plain=hostile, condition=hostile, clauses=[hostile] * 3)
        values["data"]["documents"]["ice2025moajem"] = [hostile, "javascript:document.title='broken'"]
        values["data"]["forms"][0]["texts"] = ["=1+1", hostile, hostile, hostile]

    page = altered("models", alter)
    row_button(page, "act_in_jail").click()
    row = page.locator("[data-power=act_in_jail]")
    assert row.inner_text().count(hostile) == 7 and row.locator("a").count() == 2
    page.get_by_role("tab", name="Table").click()
    assert hostile in page.locator(".explorer-live table").inner_text()
    control(page, "show").select_option("forms")
    assert csv_rows(page)[1][1][2] == "'=1+1"
    assert page.title() == "An explorer" and page.locator(".explorer-live img").count() == 0


# --- other ways of reading ---


def test_works_from_disk(open_page, site):
    page = open_page((site / "models.html").as_uri())
    control(page, "group").select_option("paperwork")
    assert len(shown(page)) == (POWERS["group"] == "Paperwork").sum() and page.console_errors == []


def test_without_scripts(open_page, site_base):
    page = open_page(f"{site_base}/models.html", javascript=False)
    assert page.locator(".explorer-still tbody th[scope=row]").all_inner_texts() == POWERS["power"].tolist()
    assert page.locator(".explorer-still tbody").count() == POWERS["group"].nunique()
    assert page.locator(".explorer-still td a").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper(open_page, site_base, javascript):
    page = open_page(f"{site_base}/models.html", javascript=javascript)
    page.emulate_media(media="print")
    assert page.locator(".explorer-still td").last.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()
    scroller = page.locator(".explorer-still .explorer-scroll")
    assert scroller.evaluate("box => box.scrollHeight <= box.clientHeight + 1")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_no_accessibility_violation_and_no_sideways_scrolling(models, axe_violations, theme, width):
    page = models(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    control(page, "details").check()
    assert axe_violations(page, ".explorer") == []
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    clipped = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert page.locator(".models-answers > div").evaluate_all(clipped) == []
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)
    control(page, "show").select_option("forms")
    page.get_by_role("tab", name="Side by side").click()
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)


def test_changes_are_quick(models):
    page = models()
    measured = page.evaluate(CHANGE, [7, 60])
    work = [pair[0] for pair in measured]
    print(f"own work p50 {statistics.median(work):.1f} ms")
    assert statistics.median(work) <= 5 * slowness(page)
