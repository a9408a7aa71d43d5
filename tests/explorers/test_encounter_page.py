"""The encounter explorer operated by a reader: all cells, situations, steps, columns."""

import re

from explorer_pages import box, choose, csv_rows, focused, links, open_tab, sent, sentence, still_sentence, table
from playwright.sync_api import expect

from section287g import tables
from section287g.explorers.encounter import widget

TABLE = tables.load("encounters").fillna("")
DATA, WORDS = sent("encounter")["data"], sent("encounter")["words"]
COLUMNS, ANSWERS = list(DATA["columns"]), widget.ANSWERS
CELL = """cells => cells.map(cell => [cell.dataset.column, cell.querySelector(".encounter-may").textContent,
  cell.querySelector(".encounter-basis").lastChild.textContent.trim(),
  cell.querySelector(".encounter-law").textContent])"""


def heading(page):
    return page.locator(".encounter-one h4").first.inner_text()


def shown_columns(page):
    found = page.locator(".encounter-cell").evaluate_all("cells => cells.map(cell => cell.dataset.column)")
    return sorted(found, key=COLUMNS.index)


def shown_answers(page):
    """Columns of each card, with the letter of their answer."""
    return page.locator(".encounter-card").evaluate_all(
        "cards => cards.map(card => [card.querySelector('.encounter-letter')?.textContent.at(-1) ?? '',"
        " [...card.querySelectorAll('.encounter-cell')].map(cell => cell.dataset.column)])"
    )


def following(page):
    return page.get_by_role("button", name="Next step")


def titled(text):
    """A text in which other situations have their titles."""
    return widget._with_titles(text, WORDS)


def assert_cells_equal_the_table(page, rows):
    cells = page.locator(".encounter-cell")
    for fold in cells.locator("summary").all():
        fold.click()
    for (column, may, basis, law), cell in zip(cells.evaluate_all(CELL), cells.all(), strict=True):
        row = rows.loc[column]
        assert (may, basis) == (titled(row["what_may_happen"]), row["basis"])
        assert law.endswith(WORDS["law"][row["settled"]])
        expected = [[*DATA["sources"][key], "noreferrer"] for key in row["source_keys"].split("; ")]
        assert links(cell.locator(".encounter-sources")) == expected
    questions = " ".join(page.locator(".encounter-question").all_inner_texts())
    asked = rows[rows["open_question"] != ""]
    assert bool(questions) == bool(len(asked))
    for column, question in asked["open_question"].items():
        assert titled(question) in questions and WORDS["column_short"][column] in questions


def test_all_cells_are_reached_step_by_step_with_their_sources(alive):
    page = alive("encounter")
    for situation, answers in ANSWERS.items():
        choose(page, situation=situation)
        own = TABLE[TABLE["scenario_id"] == situation]
        marks = page.locator(".encounter-step .encounter-mark").all_inner_texts()
        assert marks == ["=" if len(set(letters)) == 1 else "≠" for letters in answers]
        spoken = page.locator(".encounter-step").all_text_contents()
        assert ["columns differ" in text for text in spoken] == [mark == "≠" for mark in marks]
        for step, rows in own.groupby("step"):
            assert heading(page) == f"Step {step} of {len(answers)}: {rows['step_label'].iloc[0]}"
            assert shown_columns(page) == COLUMNS
            assert_cells_equal_the_table(page, rows.set_index("model"))
            if step < len(answers):
                following(page).click()
        assert following(page).get_attribute("aria-disabled") == "true"


def test_all_steps_table_and_csv_hold_the_same_cells(alive):
    page = alive("encounter")
    choose(page, show="all")
    for situation, answers in ANSWERS.items():
        choose(page, situation=situation)
        wanted = TABLE[TABLE["scenario_id"] == situation]
        texts = wanted["what_may_happen"].map(titled).tolist()
        assert sorted(page.locator(".encounter-may").all_text_contents()) == sorted(texts)
        assert page.locator(".encounter-one").count() == len(answers)
        assert sentence(page) == still_sentence("encounter", situation=situation)
        open_tab(page, 1)
        expected = wanted.assign(what_may_happen=texts, open_question=wanted["open_question"].map(titled))
        shown = expected[["what_may_happen", "basis", "settled", "open_question"]]
        assert [row[2:6] for row in table(page)] == shown.values.tolist()
        assert len(links(page.locator(".explorer-live table"))) == wanted["source_keys"].str.split("; ").str.len().sum()
        open_tab(page, 0)
    box(page, "columns", "none").uncheck()
    name, (header, *rows) = csv_rows(page)
    wanted = wanted[wanted["model"] != "none"]
    assert name == f"287g-encounter-{situation}-as-of-{tables.last_checked(TABLE):%Y-%m-%d}.csv"
    columns = ["model", "what_may_happen", "basis", "settled", "open_question", "source_keys"]
    assert header == WORDS["csv_columns"]
    assert [[row[4], *row[6:11]] for row in rows] == wanted[columns].values.tolist()
    assert all("https://" in row[11] or "http://" in row[11] for row in rows)


def test_columns_can_be_left_out_and_are_compared(alive):
    page = alive("encounter", "#explorer-encounter?situation=dui&step=5")
    assert shown_answers(page) == [["A", ["none"]], ["B", ["jail", "warrant"]], ["C", ["task_force"]]]
    choose(page, situation="tail_light", columns="none,warrant,task_force")
    assert shown_columns(page) == ["none", "warrant", "task_force"]
    page.locator(".encounter-step").nth(1).click()
    assert shown_answers(page) == [["A", ["none", "warrant"]], ["B", ["task_force"]]]
    choose(page, columns="none,warrant")
    assert shown_answers(page) == [["", ["none", "warrant"]]]
    box(page, "columns", "none").focus()
    page.keyboard.press("Space")
    assert shown_columns(page) == ["warrant"] and page.locator(".encounter-mark").count() == 0
    choose(page, columns="")
    assert WORDS["sentence"]["none_chosen"] == sentence(page) == page.locator(".explorer-content").inner_text()
    open_tab(page, 1)
    assert csv_rows(page)[1] == [WORDS["csv_columns"]]
    page.get_by_role("button", name="Reset").click()
    assert shown_columns(page) == COLUMNS


def test_steps_by_buttons_and_keyboard(alive):
    page = alive("encounter")
    page.locator(".encounter-step").first.focus()
    keys = {"ArrowRight": [2, 3], "ArrowLeft": [2], "End": [5], "Home": [1]}
    for key, steps in keys.items():
        for step in steps:
            page.keyboard.press(key)
            assert heading(page).startswith(f"Step {step} of 5") and focused(page) == f"step-{step}"
    page.keyboard.press("ArrowLeft")
    assert heading(page).startswith("Step 1 of 5")  # at the start it does nothing
    following(page).focus()
    for step in (2, 3, 4, 5, 5):
        page.keyboard.press("Enter")
        assert heading(page).startswith(f"Step {step} of 5") and focused(page) == "next"
    page.get_by_role("button", name="Previous step").click()
    assert heading(page).startswith("Step 4 of 5")
    choose(page, situation="lpr")  # a new situation starts at its first step
    assert heading(page).startswith("Step 1 of 4")
    page.evaluate("location.hash = 'explorer-encounter?situation=dui&step=6'")
    expect(page.locator(".encounter-one h4")).to_contain_text("Step 6 of 6")
    page.evaluate("location.hash = 'explorer-encounter?situation=lpr&step=9'")
    expect(page.locator(".encounter-one h4")).to_contain_text("Step 1 of 4")


def test_references_lead_to_the_other_situation_and_keep_the_columns(alive):
    page = alive("encounter")
    choose(page, columns="none,warrant,task_force", situation="charges_dropped")
    page.locator(".encounter-step").nth(2).click()
    page.locator(".encounter-question a").focus()
    page.keyboard.press("Enter")
    assert heading(page).startswith("Step 5 of 6") and shown_columns(page) == ["none", "warrant", "task_force"]
    assert focused(page) == "step-5"
    choose(page, show="all", situation="tail_light")
    page.locator(".encounter-task_force a[data-focus]").first.click()
    assert heading(page) == "Step 1 of 4: Grounds for suspicion"


def test_columns_stand_side_by_side_or_below_each_other_and_differ_without_colour(alive):
    page = alive("encounter", "#explorer-encounter?situation=dui&step=5", forced_colors="active")
    places = "cells => cells.map(cell => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().top])"
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        lefts, tops = zip(*page.locator(".encounter-cell").evaluate_all(places), strict=True)
        same, rising = (tops, lefts) if width == 1280 else (lefts, tops)
        assert max(same) - min(same) < 1 and list(rising) == sorted(rising)
    markers = page.locator(".encounter-cell h5 svg").evaluate_all(
        "marks => marks.map(mark => mark.innerHTML.replace(/\\s+/g, ''))"
    )
    assert len(set(markers)) == len(COLUMNS)
    names = [re.sub(r"\s*Answer [A-D]", "", text) for text in page.locator(".encounter-cell h5").all_inner_texts()]
    assert names == list(WORDS["column_names"].values())
