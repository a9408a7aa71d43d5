"""The models explorer operated by a reader: rows, models, groups, forms, table and file."""

from explorer_pages import box, choose, control, csv_rows, focused, links, open_tab, sent, sentence, table

from section287g import tables
from section287g.counts import MODELS

POWERS = tables.load("model_powers").drop(columns="checked")
FORMS = tables.load("form_changes").drop(columns="checked")
DATA, WORDS = sent("models")["data"], sent("models")["words"]
SHORT = WORDS["model_short"]


def shown(page):
    """Ids of the powers in the rows, from top to bottom."""
    rows = page.locator(".explorer-live [data-power]")
    return rows.evaluate_all("rows => rows.map(row => row.dataset.power)")


def answers(page, power):
    """Model -> answer of a row, in the words of the page."""
    pairs = page.locator(f".explorer-live [data-power={power}] dl > div").evaluate_all(
        "cells => cells.map(cell => [cell.querySelector('dt').textContent,"
        " cell.querySelector('.models-word').textContent])"
    )
    return dict(pairs)


def differing(*models):
    return POWERS[POWERS[list(models)].nunique(axis=1) > 1]


def test_every_power_has_its_answers_in_words_and_symbols(alive):
    page = alive("models")
    assert shown(page) == POWERS["power_id"].tolist()
    for row in POWERS.itertuples():
        assert answers(page, row.power_id) == {SHORT[it]: WORDS["answers"][getattr(row, it)] for it in MODELS}
    assert page.locator(".models-group").all_inner_texts() == POWERS["group"].unique().tolist()
    lines = page.locator(".explorer-legend li")
    assert lines.all_inner_texts() == [WORDS["answer_meanings"][answer] for answer in DATA["answers"]]
    symbols = lines.locator("svg").evaluate_all("marks => marks.map(mark => mark.innerHTML)")
    assert len(set(symbols)) == len(DATA["answers"])
    colours = "words => [...new Set(words.map(word => getComputedStyle(word).color))]"
    assert len(page.locator(".models-word").evaluate_all(colours)) == 1


def test_rows_open_with_condition_clause_and_sources(alive):
    page = alive("models")
    choose(page, details=True)
    for row in POWERS.itertuples():
        detail = page.locator(f"[data-power={row.power_id}] .models-detail")
        assert row.condition in detail.text_content() and row.moa_section in detail.text_content()
        expected = [[*DATA["documents"][key], "noreferrer"] for key in row.source_keys.split("; ")]
        assert links(detail) == expected


def test_one_row_opens_by_mouse_and_by_keyboard(alive):
    page = alive("models")
    details = page.locator(".models-detail")
    button = page.locator(".explorer-live [data-power=ask_status] button")
    button.click()
    row = POWERS.set_index("power_id").loc["ask_status"]
    assert details.count() == 1 and button.get_attribute("aria-expanded") == "true"
    assert sentence(page).startswith(f"{row['power']}: ")
    assert all(WORDS["answers"][row[model]].lower() in sentence(page) for model in MODELS)
    page.keyboard.press("Tab")  # the first source, inside the row
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.locator("[data-power=transport] button").focus()
    page.keyboard.press("Enter")
    assert details.count() == 1 and focused(page) == "transport"
    page.keyboard.press("Space")
    assert details.count() == 0


def test_models_differences_and_groups(alive):
    page = alive("models")
    for kept in (["jail"], ["jail", "warrant"], ["warrant", "task_force"]):
        choose(page, models=",".join(kept))
        assert list(answers(page, "ask_status")) == [SHORT[model] for model in kept]
        assert (f"In {len(differing(*kept))} of them" in sentence(page)) == (len(kept) > 1)
        open_tab(page, 1)
        heads = page.locator(".explorer-live thead th").all_inner_texts()
        assert heads[1 : 1 + len(kept)] == [SHORT[model] for model in kept]
        open_tab(page, 0)
    choose(page, models=",".join(MODELS), differences=True)
    assert shown(page) == differing(*MODELS)["power_id"].tolist()
    choose(page, models="jail,warrant")
    assert shown(page) == differing("jail", "warrant")["power_id"].tolist()
    choose(page, group="money_and_liability")
    assert shown(page) == [] and page.get_by_text(WORDS["none_left"]).is_visible()
    choose(page, group="all", models="warrant")
    assert control(page, "differences").is_disabled() and len(shown(page)) == len(POWERS)
    assert page.get_by_text(WORDS["differences_need_two"]).is_visible()
    for group, name in dict(DATA["groups"]).items():
        choose(page, group=group)
        assert shown(page) == POWERS.loc[POWERS["group"] == name, "power_id"].tolist()
    choose(page, models="")
    assert sentence(page) == WORDS["none_chosen"] and shown(page) == []
    open_tab(page, 1)
    assert WORDS["none_chosen"] in page.locator(".explorer-live table").inner_text() and page.console_errors == []


def test_forms(alive, axe_violations):
    page = alive("models", width=320, height=700)
    choose(page, show="forms")
    of_powers = [control(page, setting).first for setting in ("group", "differences", "details", "models")]
    assert [one for one in of_powers if one.is_visible()] == []
    for form in FORMS.itertuples(index=False):
        row = page.locator(f"[data-aspect={form.aspect_id}]")
        assert row.locator("dd").all_text_contents() == list(form[2:-1])
        assert row.locator("a").count() == len(form.source_keys.split("; "))
    assert axe_violations(page, ".explorer") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_tab(page, 1)
    assert [row[:-1] for row in table(page)] == [list(form[1:-1]) for form in FORMS.itertuples(index=False)]
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-agreement-forms-2009-to-2025.csv"
    assert [row[:-1] for row in rows] == FORMS[header[:-1]].values.tolist()
    choose(page, show="powers")
    open_tab(page, 0)
    assert box(page, "models", "jail").is_visible()
    clipped = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert page.locator(".models-answers > div").evaluate_all(clipped) == []


def test_table_and_csv_equal_the_table(alive):
    page = alive("models", "#explorer-models?view=table")
    said = POWERS[list(MODELS)].map(WORDS["answers"].get)
    expected = POWERS.assign(**said)[["power", *MODELS, "condition", "moa_section"]]
    assert [row[:6] for row in table(page)] == expected.values.tolist()
    assert page.locator(".explorer-live .explorer-group").all_inner_texts() == POWERS["group"].unique().tolist()
    assert len(links(page.locator(".explorer-live tbody"))) == POWERS["source_keys"].str.split("; ").str.len().sum()
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-model-powers-forms-of-2025.csv"
    assert header == ["power_id", "group", "power", "plain_words", *MODELS, "condition", "moa_section", "sources"]
    assert [row[:-1] for row in rows] == POWERS[header[:-1]].values.tolist()
    assert all(row[-1].startswith("http") for row in rows)
    choose(page, models="warrant,task_force", group="paperwork")
    _, (header, *rows) = csv_rows(page)
    assert header[4:6] == ["warrant", "task_force"] and {row[1] for row in rows} == {"Paperwork"}
