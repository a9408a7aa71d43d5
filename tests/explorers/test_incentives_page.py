"""The incentives explorer operated by a reader: examples, every control, impossible input."""

import re

from explorer_pages import choose, control, csv_rows, open_tab, sent, sentence, still_sentence, table
from playwright.sync_api import expect

from section287g import incentives

START = {name: value for name, value in sent("incentives").items() if name not in ("data", "words", "view", "guess")}
EXAMPLES, WORDS = sent("incentives")["data"]["examples"], sent("incentives")["words"]


def unfold(page):
    page.locator(".incentives-points summary").click()


def message(page, setting):
    return page.locator(f"#{control(page, setting).get_attribute('aria-describedby')}").inner_text()


def test_worked_examples(alive):
    page = alive("incentives")
    for name in [*list(EXAMPLES)[1:], next(iter(EXAMPLES))]:
        choose(page, start=name)
        assert sentence(page) == still_sentence("incentives", **EXAMPLES[name])
        assert control(page, "start").input_value() == name
        first_year = re.search(r"\$[\d,]+", sentence(page))[0]
        assert first_year in page.locator(".explorer-live figcaption").inner_text()


def test_small_example_as_table(alive):
    page = alive("incentives")
    open_tab(page, 1)
    rows = table(page)
    assert [row[1:7] for row in rows] == [
        ["81,000", "81,000", "81,000", "81,000", "0", "324,000"],  # salary and benefits
        ["6,000", "6,000", "6,000", "6,000", "0", "24,000"],  # overtime
        ["2,000", "3,000", "4,000", "0", "0", "9,000"],  # awards
        ["0", "0", "0", "0", "30,000", "30,000"],  # equipment
        ["0", "0", "0", "0", "100,000", "100,000"],  # vehicles
        ["89,000", "90,000", "91,000", "87,000", "130,000", "487,000"],
    ]
    assert all("“" in row[7] and row[8] == "primary" and "2025" in row[9] for row in rows[:5])


def test_cliffs_are_marked_and_one_more_person_is_shown_at_each(alive):
    page = alive("incentives")
    choose(page, start="ceiling")
    cliffs, lines = page.locator("[data-cliff]"), page.locator(".incentives-more li")
    assert cliffs.all_text_contents() == ["70%: +$10,000", "80%: +$5,000", "90%: +$5,000"]
    assert [re.findall(r"\d[\d,]*", line)[0] for line in lines.all_inner_texts()] == ["7", "8", "9", "7"]
    unfold(page)
    choose(page, rounding="nearest")
    assert cliffs.all_text_contents() == ["69.5%: +$10,000", "79.5%: +$5,000", "89.5%: +$5,000"]
    choose(page, listed="5")
    assert [re.findall(r"\d+", line)[0] for line in lines.all_inner_texts()[:2]] == ["4", "5"]
    choose(page, assistance="not_met")
    assert lines.all_inner_texts() == [WORDS["one_more_none"]] and cliffs.count() == 0


def test_notes_say_what_is_capped_and_what_is_unknown(alive):
    page = alive("incentives")
    notes = page.locator(".explorer-live .explorer-notes")
    choose(page, located_1="")
    assert "quarter 1" in notes.inner_text() and message(page, "located_1") == ""
    assert sentence(page) == still_sentence("incentives", located_1="")
    choose(page, start="ceiling")
    assert "$75,000 a year stays with the agency" in notes.inner_text()
    choose(page, overtime_percent="25")
    assert "stays with the agency" not in notes.inner_text()


def test_every_control_changes_the_setting_and_agrees_with_python(alive):
    page = alive("incentives", "#explorer-incentives?overtime_percent=40&other_trained=3&agreements=2&located_4=")
    unfold(page)
    values = {"overtime_percent": "40", "other_trained": "3", "agreements": "2", "located_4": ""}
    assert sentence(page) == still_sentence("incentives", **values)
    large = {"officers": "12", "base_pay_usd": "71234", "located_4": "79.5", "equipment_usd": "5000"}
    for name in START:
        offered = control(page, name).locator("option").evaluate_all("all => all.map(option => option.value)")
        values[name] = offered[-2 if name == "first_quarter" else -1] if offered else large.get(name, "7")
        choose(page, **{name: values[name]})
        assert sentence(page) == still_sentence("incentives", **values), name
    assert control(page, "start").input_value() == "own"


def test_controls_by_keyboard(alive):
    page = alive("incentives")
    control(page, "officers").focus()
    page.keyboard.press("ArrowUp")
    control(page, "located_1").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("89.5")
    assert sentence(page) == still_sentence("incentives", officers="5", located_1="89.5")
    page.locator(".incentives-points summary").focus()
    page.keyboard.press("Enter")
    expect(control(page, "rounding")).to_be_visible()


def test_impossible_input_is_said_and_changes_nothing(alive):
    page = alive("incentives")
    before = sentence(page)
    for setting, typed, parts in (
        ("officers", "0", ["0.", "1 to 5,000", "still uses 4"]),
        ("officers", "2.5", ["2.5.", "whole number"]),
        ("officers", "", ["blank"]),
        ("base_pay_usd", "-60000", ["-60000", "0 to 500,000", "still uses 60000"]),
        ("located_2", "120", ["120", "0 to 100", "one decimal", "still uses 82"]),
        ("located_2", "82.55", ["82.55"]),
        ("benefits_percent", "1e1", ["1e1"]),
    ):
        choose(page, **{setting: typed})
        assert all(part in message(page, setting) for part in parts) and sentence(page) == before
        assert control(page, setting).get_attribute("aria-invalid") == "true"
        page.get_by_role("button", name="Reset").click()
        assert message(page, setting) == "" and control(page, setting).input_value() == START[setting]
        assert control(page, setting).get_attribute("aria-invalid") is None


def test_numbers_of_a_wrong_link_give_way(alive):
    page = alive("incentives", "#explorer-incentives?officers=0&base_pay_usd=-5&benefits_percent=040")
    assert sentence(page) == still_sentence("incentives", benefits_percent="40") and page.console_errors == []


def test_every_open_point_stands_with_its_source(alive):
    page = alive("incentives")
    unfold(page)
    for item, point in zip(page.locator(".incentives-points li").all(), incentives.AMBIGUITIES, strict=True):
        assert point.question in item.inner_text() and point.reason in item.inner_text()
        assert item.locator("a[rel=noreferrer]").count() == 1 + len(point.also_source_keys)


def test_csv_holds_lines_and_settings(alive):
    name, (head, *rows) = csv_rows(alive("incentives"))
    assert name == "287g-incentives-terms-as-of-2025-10-01.csv" and head == WORDS["csv_columns"]
    lines = [row for row in rows if row[0] == "line"]
    assert len({(row[1], row[2]) for row in lines}) == len(lines) and sum(float(row[3]) for row in lines) == 487_000
    assert {row[5] for row in lines} <= set(incentives.terms())
    assert {row[1]: row[3] for row in rows if row[0] == "setting"} == START
