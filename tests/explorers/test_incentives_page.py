"""The incentives explorer operated by a reader: examples, every control by mouse and keyboard, impossible input, other
ways of reading."""

import csv
import functools
import io

import pytest
from playwright.sync_api import expect

from section287g import explorers, incentives
from section287g.explorers import assets
from section287g.explorers.base import Number
from section287g.explorers.incentives import widget

WORDS = assets.words("incentives")
SETTINGS = {name: setting for name, setting in widget.settings().items() if name != "view"}
FIRST_YEAR = {"small": "$487,000", "ceiling": "$2,880,000", "hours": "$712,500", "florida": "$10,005,000"}


@pytest.fixture
def calculator(alive):
    """A function that opens the page of the explorer, alive."""
    return functools.partial(alive, "incentives")


def control(page, setting):
    return page.locator(f".explorer-live [data-trait={setting}]")


def unfold(page):
    page.locator(".explorer-live summary").click()


def sentence(page):
    return page.locator(".explorer-live .explorer-sentence").inner_text()


def message(page, setting):
    return page.locator(f"#{control(page, setting).get_attribute('aria-describedby')}").inner_text()


def table(page):
    page.get_by_role("tab", name="Table").click()
    return [row.locator("th, td").all_inner_texts() for row in page.locator(".explorer-live tbody tr").all()]


def python_sentence(**values):
    start = {name: setting.default for name, setting in SETTINGS.items()}
    return widget._sentence(incentives.estimate(*widget.inputs({**start, **values})), WORDS)


# --- results ---


def test_worked_examples(calculator):
    page = calculator()
    for name in [*list(FIRST_YEAR)[1:], "small"]:
        control(page, "start").select_option(name)
        assert sentence(page) == python_sentence(
            **widget.EXAMPLES[name]
        ) and f"First year: {FIRST_YEAR[name]}." in sentence(page)
        assert control(page, "start").input_value() == name
        assert FIRST_YEAR[name] in page.locator(".explorer-live figcaption").inner_text()


def test_small_example_as_table(calculator):
    rows = table(calculator())
    assert [row[:7] for row in rows] == [
        ["Salary and benefits", "81,000", "81,000", "81,000", "81,000", "0", "324,000"],
        ["Overtime", "6,000", "6,000", "6,000", "6,000", "0", "24,000"],
        ["Quarterly awards", "2,000", "3,000", "4,000", "0", "0", "9,000"],
        ["Equipment", "0", "0", "0", "0", "30,000", "30,000"],
        ["Vehicles", "0", "0", "0", "0", "100,000", "100,000"],
        ["Total", "89,000", "90,000", "91,000", "87,000", "130,000", "487,000"],
    ]
    assert all("“" in row[7] and row[8] == "primary" and "2025" in row[9] for row in rows[:5])


def test_cliffs_are_marked_and_one_more_person_is_shown_at_each(calculator):
    page = calculator()
    control(page, "start").select_option("ceiling")
    assert page.locator("[data-cliff]").all_text_contents() == ["70%: +$10,000", "80%: +$5,000", "90%: +$5,000"]
    lines = page.locator(".incentives-more li").all_inner_texts()
    assert lines[0] == "Number 7 of 10 (60 to 70 percent) adds $10,000 for the quarter; the award is then $10,000."
    assert [line.split(" ")[1] for line in lines[:3]] == ["7", "8", "9"] and lines[
        3
    ] == "Each of the other 7 adds nothing."
    unfold(page)
    control(page, "rounding").select_option("nearest")
    assert page.locator("[data-cliff]").all_text_contents() == ["69.5%: +$10,000", "79.5%: +$5,000", "89.5%: +$5,000"]
    control(page, "listed").fill("5")
    assert [line.split(" ")[1] for line in page.locator(".incentives-more li").all_inner_texts()[:2]] == ["4", "5"]
    control(page, "assistance").select_option("not_met")
    assert (
        page.locator(".incentives-more li").all_inner_texts() == [WORDS["one_more_none"]]
        and page.locator("[data-cliff]").count() == 0
    )


def test_capped_overtime_is_said(calculator):
    page = calculator()
    control(page, "start").select_option("ceiling")
    notes = page.locator(".explorer-live .explorer-notes")
    assert (
        "Overtime is above the cap of 25 percent of annual salary, so $75,000 a year stays with the agency."
        in notes.inner_text()
    )
    control(page, "overtime_percent").fill("25")
    assert "above the cap" not in notes.inner_text()


# --- controls ---


def test_every_control_changes_the_setting_and_agrees_with_python(calculator):
    page = calculator(
        "#explorer-incentives?overtime_percent=40&other_trained=3&agreements=2&located_4=&paid_percent=90"
    )
    unfold(page)
    values = {"overtime_percent": "40", "other_trained": "3", "agreements": "2", "located_4": "", "paid_percent": "90"}
    assert sentence(page) == python_sentence(**values)
    for name, setting in SETTINGS.items():
        if isinstance(setting, Number):
            chosen = {
                "officers": "12",
                "new_officers": "9",
                "base_pay_usd": "71234",
                "located_4": "79.5",
                "equipment_usd": "5000",
            }
            values[name] = chosen.get(name, "7")
            control(page, name).fill(values[name])
        else:
            values[name] = setting.allowed[-2 if name == "first_quarter" else -1]
            control(page, name).select_option(values[name])
        assert sentence(page) == python_sentence(**values), name
    assert control(page, "start").input_value() == "own"


def test_controls_by_keyboard(calculator):
    page = calculator()
    control(page, "officers").focus()
    page.keyboard.press("ArrowUp")
    assert sentence(page) == python_sentence(officers="5")
    control(page, "located_1").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("89.5")
    assert sentence(page) == python_sentence(officers="5", located_1="89.5")
    control(page, "agreements").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(control(page, "rounding")).to_be_visible()
    control(page, "rounding").focus()
    page.keyboard.press("ArrowDown")
    assert sentence(page) == python_sentence(officers="5", located_1="89.5", rounding="nearest")


@pytest.mark.parametrize(
    ("setting", "typed", "said"),
    [
        ("officers", "0", "Not possible: 0. Enter a whole number from 1 to 5,000. The result still uses 4."),
        ("officers", "2.5", "Not possible: 2.5. Enter a whole number from 1 to 5,000."),
        ("officers", "", "Not possible: a blank."),
        (
            "base_pay_usd",
            "-60000",
            "Not possible: -60000. Enter a whole number from 0 to 500,000. The result still uses 60000.",
        ),
        (
            "located_2",
            "120",
            "Not possible: 120. Enter a number from 0 to 100, with at most one decimal. The result still uses 82.",
        ),
        ("located_2", "82.55", "Not possible: 82.55."),
        ("benefits_percent", "1e1", "Not possible: 1e1."),
    ],
)
def test_impossible_input_is_said_and_changes_nothing(calculator, setting, typed, said):
    page = calculator()
    before = sentence(page)
    control(page, setting).fill(typed)
    assert said in message(page, setting) and sentence(page) == before
    assert control(page, setting).get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Reset").click()
    assert message(page, setting) == "" and control(page, setting).input_value() == SETTINGS[setting].default
    assert control(page, setting).get_attribute("aria-invalid") is None


def test_blank_share_is_a_quarter_without_a_list(calculator):
    page = calculator()
    control(page, "located_1").fill("")
    assert (
        "No list in quarter 1: the published terms do not say what follows."
        in page.locator(".explorer-live .explorer-notes").inner_text()
    )
    assert message(page, "located_1") == "" and sentence(page) == python_sentence(located_1="")


def test_every_open_point_stands_with_its_source(calculator):
    page = calculator()
    unfold(page)
    items = page.locator(".incentives-points li").all()
    assert len(items) == 16
    for item, point in zip(items, incentives.AMBIGUITIES, strict=True):
        assert point.question in item.inner_text() and point.reason in item.inner_text()
        assert item.locator("a[rel=noreferrer]").count() == 1 + len(point.also_source_keys)


# --- files, link, reset ---


def test_csv_holds_lines_and_settings(calculator):
    page = calculator()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download data").click()
    assert download.value.suggested_filename == "287g-incentives-terms-as-of-2025-10-01.csv"
    header, *rows = csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8")))
    assert header == WORDS["csv_columns"]
    lines = [row for row in rows if row[0] == "line"]
    wanted = incentives.estimate(*widget.inputs({name: setting.default for name, setting in SETTINGS.items()})).lines
    assert [(row[1], row[2], float(row[3]), row[5]) for row in lines] == [
        (line.part, str(line.quarter or "once"), float(line.amount_usd), line.term_id) for line in wanted
    ]
    assert {row[1]: row[3] for row in rows if row[0] == "setting"} == {
        name: setting.default for name, setting in SETTINGS.items()
    }


def test_picture_can_be_saved(calculator):
    page = calculator()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "not a promise of payment" in text and "70%: +$2,000" in text and "var(" not in text


def test_link_restores_the_view_and_reset_goes_back(calculator):
    page = calculator(permissions=["clipboard-read", "clipboard-write"])
    control(page, "start").select_option("florida")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    other = calculator(f"#{page.evaluate('navigator.clipboard.readText()').split('#')[1]}")
    assert sentence(other) == sentence(page) and control(other, "start").input_value() == "florida"
    other.get_by_role("button", name="Reset").click()
    assert "$487,000" in sentence(other) and control(other, "start").input_value() == "small"


def test_wrong_links_do_no_harm(calculator):
    page = calculator(
        "#explorer-incentives?officers=0&base_pay_usd=-5&located_1=%3Cimg%3E&rounding=up&benefits_percent=040&nothing=1"
    )
    assert sentence(page) == python_sentence(benefits_percent="40") and page.console_errors == []


def test_hostile_values_are_shown_as_text(altered):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        for point in values["data"]["points"]:
            point["question"] = point["reason"] = hostile
            point["sources"] = [[hostile, "javascript:alert(1)"]]

    page = altered("incentives", alter)
    unfold(page)
    assert page.locator(".incentives-points strong").first.inner_text() == hostile
    assert (
        page.locator(".incentives-points a").count() == 0
        and page.locator(".explorer-live img").count() == 0
        and page.title() == "An explorer"
    )


# --- other ways of reading ---


def test_works_from_disk(open_page, site):
    page = open_page((site / "incentives.html").as_uri())
    control(page, "start").select_option("hours")
    assert FIRST_YEAR["hours"] in sentence(page) and page.console_errors == []


def test_without_scripts_estimate_terms_and_open_points_stand(open_page, site_base):
    page = open_page(f"{site_base}/incentives.html", javascript=False)
    assert page.locator(".explorer-still tbody tr").count() == 6 and page.locator(".explorer-still li").count() == 16
    assert FIRST_YEAR["small"] in page.locator(".explorer-still .explorer-sentence").inner_text()


def test_live_sentence_is_that_of_the_still_view(calculator):
    page = calculator()
    assert page.locator(".explorer-still .explorer-sentence").text_content() == sentence(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper(open_page, site_base, javascript):
    page = open_page(f"{site_base}/incentives.html", javascript=javascript)
    page.set_viewport_size({"width": 700, "height": 990})  # A4 without its margins
    page.emulate_media(media="print")
    assert page.locator(".explorer-still tbody tr").last.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


def test_narrow_screen_needs_no_sideways_scrolling(calculator):
    page = calculator("#explorer-incentives?officers=5000&base_pay_usd=500000", width=320, height=700)
    unfold(page)
    control(page, "located_2").fill("120")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    edges = "all => all.map(one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right])"
    (left, right), *_ = page.locator(".explorer-canvas svg").evaluate_all(edges)
    assert all(
        left - 1 <= start and end <= right + 1
        for start, end in page.locator(".explorer-canvas text").evaluate_all(edges)
    )
    page.get_by_role("tab", name="Table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(calculator, axe_violations, theme, width):
    page = calculator(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    unfold(page)
    control(page, "officers").fill("0")
    assert axe_violations(page, ".explorer") == []
    control(page, "start").select_option("florida")
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []


def test_still_view_has_no_accessibility_violation(open_page, site_base, axe_violations):
    page = open_page(f"{site_base}/incentives.html")
    page.evaluate(
        "document.querySelector('section.explorer').removeAttribute('data-ready');"
        " document.querySelector('.explorer-live').remove()"
    )
    assert axe_violations(page, ".explorer") == []


def test_explorer_is_listed():
    assert "incentives" in explorers.names()
