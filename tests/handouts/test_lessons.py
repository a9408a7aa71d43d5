"""The print of a lesson: its cover counts right, every sheet is in it, and copies are copies."""

import functools
import io
import re

import pytest
from pypdf import PdfReader
from sheets_of_paper import SMALLEST, smallest_type, squeezed, structure

from section287g import handouts, tables, teaching
from section287g.handouts import lessons

LESSONS = teaching.lessons()
COPIES = tables.load("copies")
MOST_FOR_ONE_PERIOD = 40  # sheets of paper for 26 learners


@functools.cache
def pdf(lesson, learners=26, paper="us-letter"):
    return PdfReader(io.BytesIO(lessons.prints(lesson, paper)[learners]))


def cover(lesson, learners=26, paper="us-letter"):
    return pdf(lesson, learners, paper).pages[0].extract_text()


def rows_of(text):
    """Rows of a cover's table as (pages, copies, sheets of paper, first place, last place)."""
    found = re.findall(r"(\d+)\s+(\d+)\s+(\d+)\s+(\d+)(?:–(\d+))?\s*$", text, re.MULTILINE)
    return [tuple(int(cell or row[3]) for cell in row) for row in found]


@pytest.mark.parametrize("paper", handouts.PAPERS)
@pytest.mark.parametrize("learners", lessons.SIZES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_cover_counts_what_is_in_the_file(lesson, learners, paper):
    text = cover(lesson, learners, paper)
    assert f"For {learners} learners." in text
    rows = rows_of(text)
    assert len(rows) == len(teaching.copies(lesson)) + 1  # the cover and the plan stand in the first
    assert all(pages * copies == sheets == last - first + 1 for pages, copies, sheets, first, last in rows)
    assert [first for *_, first, _ in rows[1:]] == [last + 1 for *_, last in rows[:-1]]
    total = int(re.search(r"Sheets of paper in all\s+(\d+)", text)[1])
    assert total == rows[-1][-1] == len(pdf(lesson, learners, paper).pages)


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_place_on_the_cover_holds_its_sheet(lesson):
    numbered = [squeezed(page.extract_text()) for page in pdf(lesson).pages]
    assert all(text.endswith(str(place)) for place, text in enumerate(numbered, 1))
    pages = [text.removesuffix(str(place)) for place, text in enumerate(numbered, 1)]
    for (count, _, _, first, last), (entry, expected) in zip(
        rows_of(cover(lesson))[1:], lessons.contents(lesson), strict=True
    ):
        assert count == expected
        shown = pages[first - 1 : last]
        assert squeezed(entry.title) in shown[0]
        assert shown == shown[:count] * entry.copies[26]


@pytest.mark.parametrize("paper", handouts.PAPERS)
def test_one_class_period_takes_few_sheets(paper):
    assert len(pdf("class-45", paper=paper).pages) <= MOST_FOR_ONE_PERIOD


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_the_steps_need_is_in_the_file_and_nothing_else(lesson):
    cells = [*teaching.steps_of(lesson).get("materials", []), teaching.lesson(lesson).get("materials", float("nan"))]
    cells += [
        teaching.activity(material.name)["materials"]
        for cell in list(cells)
        for material in teaching.materials(cell)
        if material.kind == "activity"
    ]
    needed = {material.name for cell in cells for material in teaching.materials(cell) if material.kind == "sheet"}
    assert set(teaching.copies(lesson)["sheet"]) == needed


@pytest.mark.parametrize("lesson", LESSONS)
def test_cover_and_plan_are_in_large_type_and_say_what_a_teacher_needs(lesson):
    document = pdf(lesson)
    pages = document.pages[: rows_of(cover(lesson))[0][-1]]
    document_of_teacher = type("Some", (), {"pages": pages})
    assert smallest_type(document_of_teacher) >= SMALLEST
    shown = squeezed(" ".join(page.extract_text() for page in pages))
    for part in ("Say this first", "Bring too", "Quiet way", "If the room gets hot"):
        assert squeezed(part) in shown
    for what in teaching.steps_of(lesson)["what"]:
        assert squeezed(what) in shown


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_screen_reader_reads_each_sheet_once(lesson):
    document = pdf(lesson)
    pages = {page.indirect_reference.idnum for page in document.pages}
    elements = list(structure(document))
    assert {it.raw_get("/Pg").idnum for it in elements if "/Pg" in it} <= pages
    titles = [it for it in elements if it.get("/S") == "/H1"]
    assert (
        len(titles) == len(teaching.copies(lesson)) + 2 == len([it for it in document.outline if isinstance(it, dict)])
    )
    tagged = [page for page in document.pages if "/StructParents" in page]
    assert len(tagged) == rows_of(cover(lesson))[0][2] + sum(pages for _, pages in lessons.contents(lesson))
    for page in document.pages:
        marks = page.get_contents().get_data().count(b"MCID")
        assert bool(marks) == ("/StructParents" in page)


def test_a_state_adds_its_page():
    without, files = lessons.prints("three-options"), lessons.prints("three-options", state="TX")
    for learners in lessons.SIZES:
        document = PdfReader(io.BytesIO(files[learners]))
        assert len(document.pages) == handouts.pages(without[learners]) + 1
        assert document.pages[-1].extract_text().startswith("Texas")


def test_all_are_written_for_both_papers(tmp_path):
    paths = lessons.write_all(tmp_path)
    names = [*handouts.sheets(), *(f"{lesson}-for-{size}" for lesson in LESSONS for size in lessons.SIZES)]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in paths) == sorted(
        f"{paper}/{name}.pdf" for paper in handouts.PAPERS for name in names
    )
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)


def test_unknown_lessons_are_refused():
    with pytest.raises(KeyError, match="no lesson 'class-30'; there are class-45, "):
        teaching.lesson("class-30")


@pytest.mark.parametrize(
    "people, copies, shared_by, learners, expected",
    [
        (None, 3, 1, 26, 3),  # the room
        (1, 1, 1, 26, 26),
        (2, 1, 1, 26, 13),
        (2, 1, 2, 26, 7),  # two pairs share one
        (2, 1, 8, 26, 2),
        (4, 1, 1, 26, 6),  # two groups of five
        (5, 2, 1, 26, 10),
        (2, 1, 1, 27, 13),  # a group of three
    ],
)
def test_copies_for_a_class(people, copies, shared_by, learners, expected):
    row = type("Row", (), {"people": people, "copies": copies, "shared_by": shared_by})
    assert teaching.number_of_copies(row, learners) == expected


def test_every_lesson_has_its_copies_in_order_with_known_parts():
    assert set(COPIES["lesson"]) == set(LESSONS)
    for _, rows in COPIES.groupby("lesson"):
        assert sorted(rows["order"]) == list(range(1, len(rows) + 1))
        who = rows.sort_values("order")["for_whom"].eq("teacher")
        assert who.is_monotonic_decreasing  # the teacher's pages first
    known = {
        "argument-cards": set(tables.load("debate_themes")["theme"]),
        "before-and-after": {"knowledge", "opinion"},
        "encounter-cards": set(tables.load("encounters")["scenario_id"]),
    }
    known["encounter-key"] = known["encounter-cards"]
    for row in COPIES.dropna(subset=["part"]).itertuples():
        assert set(row.part.split("; ")) <= known[row.sheet]


def test_the_cards_of_an_encounter_have_their_key():
    parts = COPIES[COPIES["sheet"].isin(["encounter-cards", "encounter-key"])].groupby("lesson")["part"]
    assert all(of_lesson.nunique() == 1 and len(of_lesson) == 2 for _, of_lesson in parts)


def test_a_lesson_takes_the_themes_of_its_slides():
    for lesson in teaching.decks():
        shown = set(teaching.slides(lesson)["slide"])
        for slide, theme in (("sides-safety", "public_safety"), ("sides-trust", "community_trust")):
            if slide in shown:
                assert theme in set(teaching.copies(lesson)["part"])
