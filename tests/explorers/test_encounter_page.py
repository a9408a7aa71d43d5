"""The encounter explorer operated by a reader: all cells, every control by mouse and keyboard, other ways of
reading."""

import functools
import re

import pytest
from explorer_pages import box, control, csv_rows, sentence, table
from playwright.sync_api import expect

from section287g import tables
from section287g.explorers import assets, base
from section287g.explorers.encounter import widget

TABLE = tables.load("encounters").fillna("")
WORDS = assets.words("encounter")
NAMES = WORDS["column_names"]
READ_CELLS = """() => [...document.querySelectorAll(".encounter-cell")].map((cell) => ({
  column: cell.dataset.column,
  may: cell.querySelector(".encounter-may").textContent,
  basis: cell.querySelector(".encounter-basis").lastChild.textContent,
  law: cell.querySelector(".encounter-law").textContent,
  links: [...cell.querySelectorAll(".encounter-sources a")].map((link) => [link.textContent,
    link.getAttribute("href"), link.rel]),
}))"""


@pytest.fixture
def encounter(alive):
    """A function that opens the page of the explorer, alive."""
    return functools.partial(alive, "encounter")


def heading(page):
    return page.locator(".encounter-one h4").first.inner_text()


def shown_columns(page):
    return page.locator(".encounter-cell").evaluate_all("cells => cells.map(cell => cell.dataset.column)")


def step_rows(situation, step):
    return TABLE[(TABLE["scenario_id"] == situation) & (TABLE["step"] == step)].set_index("model")


def assert_cells_equal_the_table(page, situation, step):
    rows = step_rows(situation, step)
    cells = page.evaluate(READ_CELLS)
    assert [cell["column"] for cell in cells] == list(widget.COLUMNS)
    for cell in cells:
        row = rows.loc[cell["column"]]
        assert cell["may"] == widget._with_titles(row["what_may_happen"], WORDS)
        assert cell["basis"].strip() == row["basis"]
        assert cell["law"].endswith(WORDS["law"][row["settled"]])
        assert cell["links"] == [
            [*widget.data()["sources"][key], "noreferrer"] for key in row["source_keys"].split("; ")
        ]
    questions = " ".join(page.locator(".encounter-question").all_inner_texts())
    for column, row in rows.iterrows():
        if row["open_question"]:
            assert (
                widget._with_titles(row["open_question"], WORDS) in questions
                and WORDS["column_short"][column] in questions
            )
    assert bool(questions) == bool((rows["open_question"] != "").any())
    return len(cells)


# --- every cell can be reached ---


def test_all_cells_are_reached_step_by_step_with_their_sources(encounter):
    page = encounter()
    seen = 0
    for situation, answers in widget.ANSWERS.items():
        control(page, "situation").select_option(situation)
        for step in range(1, len(answers) + 1):
            label = step_rows(situation, step)["step_label"].iloc[0]
            assert heading(page) == f"Step {step} of {len(answers)}: {label}"
            seen += assert_cells_equal_the_table(page, situation, step)
            if step < len(answers):
                page.get_by_role("button", name="Next step").click()
        assert page.get_by_role("button", name="Next step").get_attribute("aria-disabled") == "true"
    assert seen == len(TABLE)
    assert page.console_errors == [] and page.outside == []


def test_all_steps_and_table_hold_the_same_cells(encounter):
    page = encounter()
    control(page, "show").select_option("all")
    for situation, answers in widget.ANSWERS.items():
        control(page, "situation").select_option(situation)
        wanted = TABLE[TABLE["scenario_id"] == situation]
        texts = [widget._with_titles(text, WORDS) for text in wanted["what_may_happen"]]
        assert page.locator(".encounter-may").all_text_contents() == texts
        assert page.locator(".encounter-one").count() == len(answers)
        assert sentence(page) == widget.still(base.from_text(widget.settings(), {"situation": situation})).sentence
        page.get_by_role("tab", name="Table").click()
        rows = table(page)
        assert [row[2] for row in rows] == texts and [row[3] for row in rows] == wanted["basis"].tolist()
        assert [row[4] for row in rows] == wanted["settled"].tolist()
        assert [row[5] for row in rows] == [widget._with_titles(text, WORDS) for text in wanted["open_question"]]
        assert page.locator(".explorer-live table a").count() == sum(
            len(keys.split("; ")) for keys in wanted["source_keys"]
        )
        page.get_by_role("tab", name="Steps").click()


def test_columns_that_differ_are_marked_in_words_and_signs(encounter):
    page = encounter()
    for situation, answers in widget.ANSWERS.items():
        control(page, "situation").select_option(situation)
        marks = page.locator(".encounter-step .encounter-mark").all_inner_texts()
        assert marks == ["=" if len(set(letters)) == 1 else "≠" for letters in answers]
        spoken = page.locator(".encounter-step").evaluate_all("buttons => buttons.map(button => button.textContent)")
        assert ["columns differ" in text for text in spoken] == [mark == "≠" for mark in marks]
    control(page, "situation").select_option("dui")
    page.locator(".encounter-step").nth(4).click()
    assert page.locator(".encounter-letter").all_inner_texts() == ["Answer A", "Answer B", "Answer B", "Answer C"]
    assert (
        "Answer A: no agreement. Answer B: jail and warrant. Answer C: task force."
        in page.locator(".encounter-answers").inner_text()
    )


def test_the_two_questions_of_the_page_are_answered_on_the_first_screen(encounter):
    page = encounter()
    assert (
        sentence(page)
        == "Step 1 of 5: The stop. Same answer in all 4 columns shown. Law settled in every column shown. "
        "In this situation the columns shown first differ at step 2, A question about status."
    )
    box(page, "columns", "jail").uncheck()
    box(page, "columns", "task_force").uncheck()
    assert sentence(page).endswith("In this situation the columns shown do not differ.")
    assert "a warrant agreement adds nothing" in page.locator(".encounter-warrant .encounter-may").inner_text()


# --- every control, by mouse and by keyboard ---


def test_columns_can_be_left_out(encounter):
    page = encounter()
    box(page, "columns", "jail").uncheck()
    assert shown_columns(page) == ["none", "warrant", "task_force"]
    page.locator(".encounter-step").nth(1).click()
    assert page.locator(".encounter-letter").all_inner_texts() == ["Answer A", "Answer A", "Answer B"]
    box(page, "columns", "none").focus()
    page.keyboard.press("Space")
    box(page, "columns", "warrant").uncheck()
    assert shown_columns(page) == ["task_force"]
    assert "Only one column is shown" in sentence(page) and page.locator(".encounter-mark").count() == 0
    box(page, "columns", "task_force").uncheck()
    assert sentence(page) == "Choose at least one column." == page.locator(".explorer-content").inner_text()
    page.get_by_role("tab", name="Table").click()
    assert csv_rows(page)[1] == [WORDS["csv_columns"]]
    page.get_by_role("button", name="Reset").click()
    assert shown_columns(page) == list(widget.COLUMNS)


def test_a_new_situation_starts_at_its_first_step(encounter):
    page = encounter()
    page.get_by_role("button", name="Next step").click()
    page.get_by_role("button", name="Next step").click()
    assert heading(page).startswith("Step 3 of 5")
    page.get_by_role("button", name="Previous step").click()
    assert heading(page).startswith("Step 2 of 5")
    control(page, "situation").select_option("lpr")
    assert heading(page) == "Step 1 of 4: Contact"


def test_steps_by_keyboard(encounter):
    page = encounter()
    page.locator(".encounter-step").first.focus()
    for key, step in (
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", 5),
        ("ArrowRight", 5),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        assert heading(page).startswith(f"Step {step} of 5")
        assert page.evaluate("document.activeElement.dataset.focus") == f"step-{step}"
    page.get_by_role("button", name="Next step").focus()
    for step in (2, 3, 4, 5, 5):
        page.keyboard.press("Enter")
        assert heading(page).startswith(f"Step {step} of 5")
        assert page.evaluate("document.activeElement.textContent") == "Next step"
    page.keyboard.press("ArrowLeft")
    assert heading(page).startswith("Step 4") and page.evaluate("document.activeElement.textContent") == "Next step"


def test_all_controls_by_keyboard_alone(encounter):
    page = encounter()
    control(page, "situation").focus()
    seen = []
    for _ in range(15):
        seen.append(
            page.evaluate(
                "document.activeElement.dataset.trait ?? document.activeElement.dataset.focus ??"
                " document.activeElement.textContent"
            )
        )
        page.keyboard.press("Tab")
    assert seen[:14] == [
        "situation", "show", *["columns"] * 4, "Steps", "step-1", "step-2", "step-3", "step-4", "step-5", "previous",
        "next",
    ]  # fmt: skip
    control(page, "situation").focus()
    page.keyboard.type("Arrest")
    assert heading(page) == "Step 1 of 6: Arrest at the roadside"
    control(page, "show").focus()
    page.keyboard.type("All")
    assert page.locator(".encounter-one").count() == 6
    page.get_by_role("tab", name="Steps").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer-live table").is_visible()


def test_references_lead_to_the_other_situation_and_keep_the_columns(encounter):
    page = encounter()
    box(page, "columns", "jail").uncheck()
    control(page, "situation").select_option("charges_dropped")
    page.locator(".encounter-step").nth(2).click()
    link = page.locator(".encounter-question a")
    assert link.inner_text() == "situation “Arrest for drunk driving, then booking”, step 5"
    link.focus()
    page.keyboard.press("Enter")
    assert heading(page) == "Step 5 of 6: Bail is posted" and shown_columns(page) == ["none", "warrant", "task_force"]
    assert page.evaluate("document.activeElement.dataset.focus") == "step-5"
    control(page, "show").select_option("all")
    control(page, "situation").select_option("tail_light")
    page.locator(".encounter-task_force a[data-focus]").first.click()
    assert heading(page) == "Step 1 of 4: Grounds for suspicion"


# --- files, link, reset ---


def test_csv_is_the_situation(encounter):
    page = encounter()
    control(page, "situation").select_option("citizen")
    box(page, "columns", "none").uncheck()
    name, (header, *rows) = csv_rows(page)
    wanted = TABLE[(TABLE["scenario_id"] == "citizen") & (TABLE["model"] != "none")]
    assert (
        name == f"287g-encounter-citizen-as-of-{tables.last_checked(TABLE):%Y-%m-%d}.csv"
        and header == WORDS["csv_columns"]
    )
    for place, column in (
        (4, "model"),
        (6, "what_may_happen"),
        (7, "basis"),
        (8, "settled"),
        (9, "open_question"),
        (10, "source_keys"),
    ):
        assert [row[place] for row in rows] == wanted[column].tolist()
    assert all("https://" in row[11] or "http://" in row[11] for row in rows)


def test_link_restores_the_view_and_reset_goes_back(encounter):
    page = encounter(permissions=["clipboard-read", "clipboard-write"])
    control(page, "situation").select_option("lpr")
    box(page, "columns", "warrant").uncheck()
    page.locator(".encounter-step").nth(2).click()
    said = sentence(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = encounter(f"#{link.split('#')[1]}")
    assert sentence(other) == said and shown_columns(other) == ["none", "jail", "task_force"]
    assert page.get_by_role("button", name="Save picture").count() == 0
    other.get_by_role("button", name="Reset").click()
    assert heading(other) == "Step 1 of 5: The stop" and shown_columns(other) == list(widget.COLUMNS)


def test_wrong_links_do_no_harm(encounter):
    page = encounter("#explorer-encounter?situation=lpr&step=9&columns=jail,%3Cimg%3E&show=perhaps&nothing=1")
    assert heading(page) == "Step 1 of 4: Contact" and shown_columns(page) == ["jail"]
    page.evaluate("location.hash = 'explorer-encounter?situation=dui&step=6'")
    expect(page.locator(".encounter-one h4")).to_have_text("Step 6 of 6: If ICE does not come")
    assert page.console_errors == []


def test_hostile_values_are_shown_as_text(altered):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        step = values["data"]["situations"][0]["steps"][0]
        step["label"] = step["cells"][0][0] = step["cells"][0][1] = hostile
        step["cells"][0][2:4] = ["contested", hostile]
        values["data"]["sources"] = {key: [hostile, "javascript:alert(1)"] for key in values["data"]["sources"]}

    page = altered("encounter", alter)
    assert page.locator(".encounter-none .encounter-may").inner_text() == hostile
    assert hostile in heading(page) and hostile in page.locator(".encounter-question").inner_text()
    assert page.locator(".encounter-sources a").count() == 0
    page.get_by_role("tab", name="Table").click()
    assert page.locator(".explorer-live img").count() == 0 and page.title() == "An explorer"


# --- other ways of reading ---


def test_works_from_disk(open_page, site):
    page = open_page((site / "encounter.html").as_uri())
    control(page, "situation").select_option("witness")
    assert heading(page) == "Step 1 of 4: The call" and page.console_errors == []


def test_without_scripts_the_whole_situation_stands_as_a_table(open_page, site_base):
    page = open_page(f"{site_base}/encounter.html", javascript=False)
    rows = page.locator(".explorer-still tbody tr")
    assert rows.count() == 25 and rows.last.is_visible()  # five headings of steps, twenty cells
    assert "Task force agreement" in rows.last.inner_text()
    assert (
        "The other situations: Arrest for drunk driving, then booking;" in page.locator(".explorer-more").inner_text()
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper(open_page, site_base, javascript):
    page = open_page(f"{site_base}/encounter.html", javascript=javascript)
    if javascript:
        page.wait_for_selector("section.explorer[data-ready]")
        control(page, "situation").select_option("dui")
    page.set_viewport_size({"width": 700, "height": 990})  # A4 without its margins
    page.emulate_media(media="print")
    assert page.locator(".explorer-still tbody tr").last.is_visible()
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()
    assert page.locator(".explorer-still table").evaluate(
        "table => table.scrollWidth <= table.parentElement.clientWidth"
    )


@pytest.mark.parametrize("show", ["one", "all"])
def test_narrow_screen_stacks_the_columns(encounter, show):
    page = encounter(f"#explorer-encounter?situation=dui&step=5&show={show}", width=320, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    lefts = page.locator(".encounter-cell").evaluate_all(
        "cells => cells.map(cell => Math.round(cell.getBoundingClientRect().left))"
    )
    tops = page.locator(".encounter-cell").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert len(set(lefts)) == 1 and tops == sorted(tops)
    page.get_by_role("tab", name="Table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_wide_screen_puts_the_columns_side_by_side(encounter):
    page = encounter()
    tops = page.locator(".encounter-cell").evaluate_all(
        "cells => cells.map(cell => Math.round(cell.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(encounter, axe_violations, theme, width):
    page = encounter("#explorer-encounter?situation=dui&step=5", width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    control(page, "show").select_option("all")
    assert axe_violations(page, ".explorer") == []
    for column in ("none", "jail", "warrant"):
        box(page, "columns", column).uncheck()
    assert axe_violations(page, ".explorer") == []
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []


def test_models_are_told_apart_without_colour(encounter):
    page = encounter(forced_colors="active")
    markers = page.locator(".encounter-cell h5 svg").evaluate_all(
        "marks => marks.map(mark => mark.innerHTML.replace(/\\s+/g, ''))"
    )
    assert len(set(markers)) == 4
    assert [
        re.sub(r"\s*Answer [A-D]", "", text) for text in page.locator(".encounter-cell h5").all_inner_texts()
    ] == list(NAMES.values())
