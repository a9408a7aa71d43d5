"""Handouts: each sheet opens, fits its paper, is tagged, says what the tables say, and is the same each time."""

import functools
import io
import re

import pytest
from pypdf import PdfReader
from sheets_of_paper import SMALLEST, smallest_type, squeezed, structure

from section287g import citing, counts, facts, handouts, tables
from section287g.facts import written_day
from section287g.fairness import LEAST_SHARE_OF_WORDS
from section287g.handouts import activities, claims, encounters, models, onepage

SIZES = {"us-letter": (612, 792), "a4": (595.28, 841.89)}  # points


PARTS = [("argument-cards", theme) for theme in tables.load("debate_themes")["theme"]] + [
    ("before-and-after", "knowledge"),
    ("before-and-after", "opinion"),
]


@functools.cache  # many tests look at one sheet
def pdf(name, paper="us-letter"):
    return PdfReader(io.BytesIO(handouts.make(name, paper)))


@functools.cache
def part(name, part, paper="us-letter"):
    content = handouts.content(name, part)
    return PdfReader(io.BytesIO(handouts.document(content["title"], [content], paper)))


def text(name):
    """All text of a sheet, white space made single and words joined across line ends."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf(name).pages))


@pytest.mark.parametrize("paper", handouts.PAPERS)
@pytest.mark.parametrize("name", handouts.sheets())
def test_a_sheet_fits_its_paper_and_is_tagged(name, paper):
    document = pdf(name, paper)
    for page in document.pages:
        assert sorted(map(float, (page.mediabox.width, page.mediabox.height))) == pytest.approx(
            sorted(SIZES[paper]), abs=0.5
        )
    catalog = document.trailer["/Root"]
    assert (
        catalog["/MarkInfo"]["/Marked"]
        and "/StructTreeRoot" in catalog
        and str(catalog["/Lang"]).lower().startswith("en")
    )
    assert document.metadata.title


@pytest.mark.parametrize("name", handouts.sheets())
def test_no_text_leaves_the_page(name):
    for page in pdf(name).pages:
        places = []
        page.extract_text(
            visitor_text=lambda part, _, matrix, *rest, places=places: (
                places.append((matrix[4], matrix[5])) if part.strip() else None
            )
        )
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert places and all(0 <= x <= width and 0 <= y <= height for x, y in places)


@pytest.mark.parametrize("name", handouts.sheets())
def test_every_page_says_as_of_when(name):
    as_of = squeezed(written_day(counts.newest("ice_workbook")["date"]))
    assert all(as_of in squeezed(page.extract_text()) for page in pdf(name).pages)


def test_the_same_data_make_the_same_file():
    sheets = [handouts.content("growth-chart"), handouts.content("argument-cards", "public_safety")]
    assert handouts.document("Two", sheets, "a4") == handouts.document("Two", sheets, "a4")


@pytest.mark.parametrize("name", handouts.sheets())
def test_no_type_is_smaller_than_eleven_points(name):
    assert smallest_type(pdf(name)) >= SMALLEST


@pytest.mark.parametrize("name, of", PARTS)
def test_a_part_of_a_sheet_is_one_page_in_type_that_large(name, of):
    document = part(name, of)
    assert len(document.pages) == len(part(name, of, "a4").pages) == 1
    assert smallest_type(document) >= SMALLEST


@pytest.mark.parametrize("state", ["FL", "GU", "NC", "VT"])  # many agreements, a territory, a long rule, none
def test_the_sheet_of_a_state_is_one_page(state):
    for paper in handouts.PAPERS:
        sheet = PdfReader(io.BytesIO(handouts.document(state, [handouts.of_place(state)], paper)))
        assert len(sheet.pages) == 1 and smallest_type(sheet) >= SMALLEST
    with pytest.raises(KeyError, match="no place 'QQ'; places are AL, "):
        handouts.of_place("QQ")


def test_wrong_names_are_refused():
    with pytest.raises(KeyError, match="no sheet 'posters'; sheets are opening-agreement"):
        handouts.make("posters")
    with pytest.raises(KeyError, match="no paper 'a5'"):
        handouts.make("data-as-of", "a5")


@pytest.mark.parametrize("model", counts.MODELS)
def test_the_sheet_of_a_model_has_every_power(model):
    shown = squeezed(text(f"model-{model.replace('_', '-')}"))
    for power in tables.load("model_powers")["power"]:
        assert squeezed(power) in shown


@pytest.mark.parametrize("paper", handouts.PAPERS)
def test_the_comparison_of_the_models_is_one_page_with_every_power(paper):
    (page,) = pdf("models-compared", paper).pages
    shown = squeezed(page.extract_text())
    said = {"yes": "Yes", "conditional": "Onlyif", "no": "No", "not_stated": "Silent"}
    for row in tables.load("model_powers").itertuples():
        assert squeezed(row.power) + "".join(said[getattr(row, model)] for model in counts.MODELS) in shown


def test_the_chart_has_its_unit_its_date_and_words_for_those_who_do_not_see_it():
    shown = text("growth-chart")
    assert "Unit: agreements" in shown and "May 18, 2026: 1,843 agreements" in shown
    (figure,) = [it for it in structure(pdf("growth-chart")) if it.get("/S") == "/Figure"]
    assert "1,843" in figure["/Alt"]


@pytest.mark.parametrize("paper", handouts.PAPERS)
def test_the_program_fits_on_one_page_and_names_its_sources(paper):
    (page,) = pdf("one-page", paper).pages
    shown = squeezed(page.extract_text())
    for key in onepage.source_keys():
        assert squeezed(citing.short(key)) in shown
    for name in ("agreements_newest", "agreements_copy", "agreements_latest_total", "date_newest", "pay_award_top"):
        assert squeezed(facts.get(name).text) in shown


def test_both_sides_have_the_same_room_on_the_one_page():
    sides = handouts.content("one-page")["sides"]
    words = [len(" ".join(side["arguments"]).split()) for side in sides]
    assert [len(side["arguments"]) for side in sides] == [3, 3]
    assert min(words) >= LEAST_SHARE_OF_WORDS * max(words)


def test_a_condition_speaks_of_its_own_model_only():
    condition = "Draft only. Jail and warrant: at release. Task force: no limit."
    assert models.condition_for("jail", condition) == "Draft only. At release."
    assert models.condition_for("task_force", condition) == "Draft only. No limit."


def test_every_argument_has_a_card():
    shown = squeezed(text("argument-cards"))
    for row in tables.load("arguments").itertuples():
        assert row.argument_id in shown and squeezed(row.argument) in shown and squeezed(row.strongest_reply) in shown


@pytest.mark.parametrize("paper", handouts.PAPERS)
def test_the_cards_of_a_theme_can_be_printed_alone(paper):
    pages = [
        re.findall(r"\b([A-Z]{2})-([SOM])\d\b", page.extract_text()) for page in pdf("argument-cards", paper).pages[1:]
    ]
    assert all(len({theme for theme, _ in cards}) == 1 for cards in pages)
    first = {}
    for cards in pages:
        first.setdefault(cards[0][0], sorted(side for _, side in cards))
    assert set(map(tuple, first.values())) == {("O", "O", "S", "S")}


@pytest.mark.parametrize("theme", tables.load("debate_themes")["theme"])
def test_a_lesson_gets_two_cards_of_each_side_with_equal_boxes(theme):
    sides = handouts.content("argument-cards", theme)["part"]["sides"]
    assert [len(side) for side in sides] == [2, 2]
    said = ("who", "argument", "evidence", "reply")
    lengths = [sum(len(card[name].split()) for card in side for name in said) for side in sides]
    assert min(lengths) >= LEAST_SHARE_OF_WORDS * max(lengths)


def test_the_side_that_stands_first_alternates():
    themes = handouts.content("argument-cards")["themes"]
    first = [theme["sides"][0][0]["side"] for theme in themes]
    assert all(one != next_one for one, next_one in zip(first, first[1:]))
    parts = [handouts.content("argument-cards", theme)["part"] for theme in tables.load("debate_themes")["theme"]]
    assert [it["sides"][0][0]["side"] for it in parts] == first


def test_strips_worksheet_and_key_speak_of_the_same_claims():
    strips, key = claims.strips()["strips"], claims.key()["claims"]
    assert [strip["claim"] for strip in strips] == [claim["claim"] for claim in key]
    assert claims.worksheet()["rows"] == len(strips) == 10
    assert len({claim["verdict"] for claim in key}) >= 4
    assert not any("verdict" in strip for strip in strips)


def test_the_sheet_of_sources_has_what_every_strip_needs_and_no_verdict():
    shown = squeezed(text("claim-sources"))
    rows = tables.load("claims").set_index("claim_id").loc[list(claims.STRIPS)]
    for row in rows[rows["source_key"] != claims.LISTS].itertuples():
        assert squeezed(re.sub(claims.SPEAKER, "", row.primary_says)) in shown
    lists = {row[0]: row[1:] for row in claims.sources()["lists"]}
    assert lists["September 2, 2025"][:2] == ["957", "798"] and lists["December 5, 2025"][-2:] == ["623", "264"]
    assert len(lists) == len(claims.DAYS) + 1
    assert not any(squeezed(verdict) in shown for verdict in claims.worksheet()["verdicts"])


def test_the_key_of_the_claims_writes_its_days_out():
    shown = text("claim-key")
    assert "September 2, 2025 (morning)" in shown and not re.search(r"\d{4}-\d\d-\d\d", shown)


def cells_of(column):
    """What the key of the encounters says under one column, step by step."""
    for step in (step for it in encounters.key()["situations"] for step in it["steps"]):
        wide = [cell["text"] for cell in step["cells"] for _ in range(cell["columns"])]
        yield wide[encounters.COLUMNS.index(column)]


@pytest.mark.parametrize("column", encounters.COLUMNS)
def test_the_key_of_the_encounters_has_every_row(column):
    rows = tables.load("encounters")
    rows = rows[rows["model"] == column]
    said = list(filter(None, cells_of(column)))
    assert len(said) == len(rows)
    assert set(rows.loc[~rows["what_may_happen"].str.contains("scenario "), "what_may_happen"]) <= set(said)


def test_every_open_question_names_the_columns_that_it_is_about():
    steps = [step for it in encounters.key()["situations"] for step in it["steps"]]
    assert all(bool(step["open"]) >= any(cell["settled"] for cell in step["cells"]) for step in steps)
    abouts = {question["about"] for step in steps for question in step["open"]}
    assert {"Open question", "Open question (Task Force Model)"} <= abouts
    asked = {question["question"] for step in steps for question in step["open"]}
    rows = tables.load("encounters")["open_question"].dropna()
    assert set(rows[~rows.str.contains("scenario ")]) <= asked


@pytest.mark.parametrize("paper", handouts.PAPERS)
def test_each_situation_of_the_key_begins_a_page(paper):
    """Pairs get the pages of their card only."""
    pages = [squeezed(page.extract_text()) for page in pdf("encounter-key", paper).pages]
    for situation in (squeezed(it["situation"]) for it in encounters.key()["situations"]):
        assert sum(re.sub(r"^.*?differ\.", "", page).startswith(situation) for page in pages) == 1


def test_the_key_refers_to_other_situations_by_their_titles():
    shown = squeezed(text("encounter-key"))
    names = tables.load("encounters")["scenario_id"].unique()
    assert not [name for name in names if f"scenario{name}" in shown or ("_" in name and name in shown)]
    assert squeezed('see "Arrest for drunk driving, then booking", step 5') in shown


def test_the_contents_of_the_cards_lead_to_the_theme():
    pages = [page.extract_text() for page in pdf("argument-cards").pages]
    listed = dict(re.findall(r"^([^\d\n]+?)[ .]+(\d+)$", pages[0], re.MULTILINE))
    titles = tables.load("debate_themes")["title"]
    assert set(titles) <= set(listed)
    assert all(title in pages[int(listed[title]) - 1] for title in titles)


def test_the_sums_of_the_budget_key():
    rows = {row["cells"][0]: row["cells"][1:] for row in activities.budget_key()["rows"]}
    assert rows["Cover for shifts: 8 × $38,000"] == ["−$304,000", "−$304,000"]
    assert rows["Award: 8 officers × $1,000 × 4 quarters"] == ["$32,000", "$0"]
    assert (
        rows["Costs that nobody repays"]
        == rows["Third year, if the federal money has ended"]
        == ["−$379,000", "−$439,000"]
    )
    assert rows["First year, all in all"] == ["$409,000", "−$339,000"]


def test_the_budget_of_a_task_force_has_no_jail_days():
    """Its form says nothing about holds, unlike the jail and warrant forms."""
    rows = [row[0] for row in activities.budget()["rows"]] + [
        row["cells"][0] for row in activities.budget_key()["rows"]
    ]
    assert "Insurance" in rows and not [row for row in rows if "jail" in row.lower()]


def test_each_memo_can_be_read_aloud_in_two_minutes():
    lengths = [len(" ".join(memo["paragraphs"]).split()) for memo in activities.memos()["memos"]]
    assert len(lengths) == 3 and max(lengths) <= 240 and min(lengths) >= LEAST_SHARE_OF_WORDS * max(lengths)
    assert "{" not in text("budget-memos")


def test_opinions_have_no_key():
    opinion = handouts.sheets()["before-and-after"][1]()["opinion"]
    key = squeezed(text("before-and-after-key"))
    assert opinion and not any(squeezed(item["prompt"]) in key for item in opinion)
