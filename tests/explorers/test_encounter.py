"""The encounter explorer from Python: its data against the table, its settings, and what it writes into a page."""

import gzip
import re
from html.parser import HTMLParser

import pytest
import traitlets

from section287g import explorers, tables
from section287g.explorers import Encounter, assets
from section287g.explorers.encounter import widget

TABLE = tables.load("encounters").drop(columns="checked").fillna("")
SOURCES = tables.load("sources").set_index("source_key")
SAME_AS_NONE = re.compile(
    r"(?:Same|As)(?: checks| limit)?(?: as)?(?: with)? no agreement|The rule is the same as with no agreement"
)


def page(**options):
    return explorers.static_html("encounter", image=lambda svg, file: file, **options)


def embedded_rows():
    """Rows of the table as they travel to the browser."""
    data = widget.data()
    for situation in data["situations"]:
        for number, step in enumerate(situation["steps"], 1):
            for model, (may_happen, basis, settled, question, keys) in zip(data["columns"], step["cells"], strict=True):
                yield (
                    situation["id"],
                    situation["title"],
                    number,
                    step["label"],
                    model,
                    may_happen,
                    basis,
                    settled,
                    question,
                    "; ".join(keys),
                )


def test_every_cell_of_the_table_is_embedded_unchanged():
    assert list(TABLE.columns) == [
        "scenario_id", "scenario", "step", "step_label", "model", "what_may_happen", "basis", "settled",
        "open_question", "source_keys",
    ]  # fmt: skip
    assert sorted(embedded_rows()) == sorted(TABLE.itertuples(index=False, name=None))


def test_every_source_of_a_cell_has_a_publisher_a_title_and_an_address():
    sources = widget.data()["sources"]
    assert (
        set(sources)
        == {key for keys in TABLE["source_keys"] for key in keys.split("; ")}
        == set(explorers.source_keys("encounter"))
    )
    for key, (text, url) in sources.items():
        row = SOURCES.loc[key]
        publisher = assets.words("encounter")["publishers"].get(row["publisher"], row["publisher"])
        assert text.startswith(f"{publisher}, ") and url == row["url"] and re.match("https?://", url)
        assert row["title"][:20] in text
        assert {"secondary": "secondary source", "advocacy": "advocacy", "unverified": "not verified", "primary": ""}[
            row["kind"]
        ] in text


# --- which columns give the same answer ---


def grouped():
    for name, answers in widget.ANSWERS.items():
        for number, (letters, (_, step)) in enumerate(
            zip(answers, TABLE[TABLE["scenario_id"] == name].groupby("step"), strict=True), 1
        ):
            texts = step.set_index("model")["what_may_happen"]
            yield name, number, dict(zip(widget.COLUMNS, letters, strict=True)), texts


def test_answers_cover_the_table_and_start_with_a():
    assert list(widget.ANSWERS) == list(dict.fromkeys(TABLE["scenario_id"]))
    for _, _, letters, _ in grouped():
        order = list(dict.fromkeys(letters.values()))
        assert order == list("ABCD"[: len(order)])


def test_columns_with_the_same_words_have_the_same_answer():
    for name, number, letters, texts in grouped():
        for first in widget.COLUMNS:
            for second in widget.COLUMNS:
                if texts[first] == texts[second]:
                    assert letters[first] == letters[second], (name, number, first, second)


def test_columns_that_the_table_calls_the_same_as_no_agreement_have_its_answer():
    found = [
        (name, number, column, letters)
        for name, number, letters, texts in grouped()
        for column in widget.COLUMNS[1:]
        if SAME_AS_NONE.search(texts[column])
    ]
    assert len(found) > 15
    assert [
        (name, number, column) for name, number, column, letters in found if letters[column] != letters["none"]
    ] == []


def test_a_column_that_is_settled_where_another_is_contested_is_not_hidden():
    """The law of a column is shown cell by cell: the letters say nothing about it."""
    mixed = [step for _, step in TABLE.groupby(["scenario_id", "step"]) if step["settled"].nunique() > 1]
    assert mixed and all((step["open_question"] != "").eq(step["settled"] == "contested").all() for step in mixed)


# --- settings ---


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("situation", "DUI", "did you mean 'dui'"),
        ("columns", "jail,none", "'none', 'jail', 'warrant', 'task_force'"),
        ("columns", "sheriff", "columns must be one of"),
        ("show", "every", "'one', 'all'"),
        ("step", 2, "step must be one of '1'"),
        ("step", "7", "'6'"),
        ("view", "chart", "'picture', 'table'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_allowed_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError, match=f"{setting} must be one of") as error:
        Encounter(**{setting: value})
    assert expected in str(error.value)


def test_widget_takes_its_settings():
    live = Encounter(situation="dui", columns="jail,warrant", show="all", step="3")
    assert (live.situation, live.columns, live.show, live.step) == ("dui", "jail,warrant", "all", "3")
    live.columns = ""


# --- words ---


def test_words_promise_no_outcome_and_no_advice():
    own = (assets.FOLDER / "encounter" / "strings.json").read_text(encoding="utf-8").lower()
    assert "not legal advice" in own and "your state may differ" in own
    assert not re.search(
        r"\b(?:will be (?:deported|arrested|held)|you should|be careful|danger|scared|afraid|fear)\b", own
    )


# --- the page ---


class Cells(HTMLParser):
    """Text of table rows and addresses of links."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(dict(attributes))

    def handle_data(self, text):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += text


@pytest.mark.parametrize("situation", widget.ANSWERS)
def test_page_shows_the_whole_situation_as_a_table_without_scripts(situation):
    html = page(situation=situation).split("<script")[0]
    still = Cells(html)
    rows = [row for row in still.rows[1:] if len(row) > 1]
    wanted = TABLE[TABLE["scenario_id"] == situation]
    assert len(rows) == len(wanted)
    for row, cell in zip(rows, wanted.itertuples(), strict=True):
        assert row[0] == assets.words("encounter")["column_names"][cell.model]
        assert row[1] == widget._with_titles(cell.what_may_happen, assets.words("encounter")) and row[2] == cell.basis
        assert row[3].startswith(cell.settled)
        assert all(widget.data()["sources"][key][0] in row[4] for key in cell.source_keys.split("; "))
    assert all(link["rel"] == "noreferrer" and link["href"].startswith("http") for link in still.links)
    assert "<details" not in html and "<img" not in html


def test_page_says_where_the_other_situations_are():
    text = page().split("<script")[0]
    for title in TABLE["scenario"].unique()[1:]:
        assert title in text
    assert (
        "#explorer-encounter?situation=dui" in text
        and "data/encounters.csv" in text
        and "Your state may differ." in text
    )


def test_internal_names_of_situations_do_not_reach_readers():
    assert not re.search(r"scenario \w", " ".join(page(situation=name).split("<script")[0] for name in widget.ANSWERS))
    referred = [
        match
        for text in [*TABLE["what_may_happen"], *TABLE["open_question"]]
        for match in widget.REFERENCE.findall(text)
    ]
    assert referred and all(
        name in widget.ANSWERS and (not step or int(step) <= len(widget.ANSWERS[name])) for name, step in referred
    )


def test_page_starts_with_its_options_and_refuses_others():
    assert "Arrest for drunk driving, then booking: 6 steps." in page(situation="dui", columns="jail,warrant")
    with pytest.raises(ValueError, match="situation must be one of"):
        page(situation="parade")


def test_explorer_is_light():
    parts = [page(), *explorers.scripts("encounter").values()]
    weight = sum(len(gzip.compress(part.encode(), 6)) for part in parts)
    print(f"encounter explorer with its data: {weight / 1000:.1f} kB compressed")
    assert weight < 32_000
