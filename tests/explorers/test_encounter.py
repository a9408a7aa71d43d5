"""The encounter explorer from Python: its data against the table, and what it writes into a page."""

import re

import pytest
from explorer_pages import cells, sent, still, words

from section287g import explorers, tables
from section287g.explorers.encounter import widget

TABLE = tables.load("encounters").drop(columns="checked").fillna("")
SOURCES = tables.load("sources").set_index("source_key")
DATA, WORDS = sent("encounter")["data"], sent("encounter")["words"]
SAME_AS_NONE = re.compile(
    r"(?:Same|As)(?: checks| limit)?(?: as)?(?: with)? no agreement|The rule is the same as with no agreement"
)
KINDS = {"secondary": "secondary source", "advocacy": "advocacy", "unverified": "not verified", "primary": ""}


def test_every_source_of_a_cell_has_a_publisher_a_title_and_an_address():
    assert set(DATA["sources"]) == {*tables.cited(TABLE)} == set(explorers.source_keys("encounter"))
    for key, (text, url) in DATA["sources"].items():
        row = SOURCES.loc[key]
        assert text.startswith(f"{WORDS['publishers'].get(row['publisher'], row['publisher'])}, ")
        assert url == row["url"] and re.match("https?://", url)
        assert row["title"][:20] in text and KINDS[row["kind"]] in text


# --- which columns give the same answer ---


def grouped():
    """(situation, step, {column: letter of its answer}, {column: what may happen}) of every step."""
    for name, answers in widget.ANSWERS.items():
        steps = TABLE[TABLE["scenario_id"] == name].groupby("step")
        for number, (letters, (_, step)) in enumerate(zip(answers, steps, strict=True), 1):
            texts = step.set_index("model")["what_may_happen"]
            yield name, number, dict(zip(DATA["columns"], letters, strict=True)), texts


def test_answers_cover_the_table_and_start_with_a():
    assert list(widget.ANSWERS) == list(dict.fromkeys(TABLE["scenario_id"]))
    for _, _, letters, _ in grouped():
        order = list(dict.fromkeys(letters.values()))
        assert order == list("ABCD"[: len(order)])


def test_columns_with_the_same_words_have_the_same_answer():
    for name, number, letters, texts in grouped():
        of_words = {}
        for column, letter in letters.items():
            assert of_words.setdefault(texts[column], letter) == letter, (name, number, column)


def test_columns_that_the_table_calls_the_same_as_no_agreement_have_its_answer():
    found = [
        (name, number, column, letters[column] == letters["none"])
        for name, number, letters, texts in grouped()
        for column in letters
        if column != "none" and SAME_AS_NONE.search(texts[column])
    ]
    assert len(found) > 15 and [place for *place, same in found if not same] == []


def test_a_column_that_is_settled_where_another_is_contested_is_not_hidden():
    """The law of a column is shown cell by cell: the letters say nothing about it."""
    mixed = [step for _, step in TABLE.groupby(["scenario_id", "step"]) if step["settled"].nunique() > 1]
    assert mixed and all((step["open_question"] != "").eq(step["settled"] == "contested").all() for step in mixed)


# --- words and page ---


def test_words_promise_no_outcome_and_no_advice():
    own = str(WORDS).lower()
    assert "not legal advice" in own and "your state may differ" in own
    advice = r"\b(?:will be (?:deported|arrested|held)|you should|be careful|danger|scared|afraid|fear)\b"
    assert not re.search(advice, own)


@pytest.mark.parametrize("situation", widget.ANSWERS)
def test_page_shows_the_whole_situation_as_a_table_without_scripts(situation):
    body = still("encounter", situation=situation)
    wanted = TABLE[TABLE["scenario_id"] == situation]
    for row, cell in zip(cells(body), wanted.itertuples(), strict=True):
        assert row[0] == WORDS["column_names"][cell.model] and row[2] == cell.basis and row[3].startswith(cell.settled)
        assert row[1] == widget._with_titles(cell.what_may_happen, WORDS)
        assert all(DATA["sources"][key][0] in row[4] for key in cell.source_keys.split("; "))
    assert not body.select("details, img") and not re.search(r"scenario \w", words(body))


def test_page_says_where_the_other_situations_are():
    text = words(still("encounter"))
    assert all(title in text for title in TABLE["scenario"].unique()[1:])
    assert "#explorer-encounter?situation=dui" in text


def test_references_lead_to_steps_that_exist():
    texts = [*TABLE["what_may_happen"], *TABLE["open_question"]]
    referred = [match for text in texts for match in widget.REFERENCE.findall(text)]
    assert referred
    for name, step in referred:
        assert name in widget.ANSWERS and (not step or int(step) <= len(widget.ANSWERS[name]))
