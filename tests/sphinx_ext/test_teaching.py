"""Plans and activities on a page: summed minutes, and links to what they need."""

import io

import pandas as pd
import pikepdf
import pytest
from book_pages import cells, parsed

from section287g.handouts import lessons
from section287g.sphinx_ext.errors import PageError

PLANS = pd.DataFrame(
    [
        ("short", 1, 1, 5, "Open", "Read <b>aloud</b>.", "page:other", "no", "It is rushed."),
        ("short", 1, 2, 10, "Look", "Look at it.", None, "yes", "It is skipped."),
        ("short", 2, 1, 7, "Again", "Do it again.", None, "no", "It is late."),
        ("lost", 1, 1, 7, "Again", "Do it again.", "page:nowhere", "no", "It is late."),
        ("sheetless", 1, 1, 7, "Again", "Do it again.", "sheet:nothing", "no", "It is late."),
    ],
    columns="plan_id session step minutes title what materials may_skip goes_wrong".split(),
)


NOTES = "group prepare bring quiet_option if_hot without_projector online".split()
LESSONS = pd.DataFrame(
    [
        (f"{plan}-{session}", plan, session, f"{plan.title()} {session}", *NOTES, None)
        for plan, session in PLANS[["plan_id", "session"]].drop_duplicates().itertuples(index=False)
    ],
    columns=["lesson", "plan_id", "session", "title", *NOTES, "activities"],
)


@pytest.fixture
def plans(numbers, monkeypatch):
    numbers["lesson_plans"], numbers["lessons"] = PLANS, LESSONS
    numbers["slides"] = pd.DataFrame(columns=["lesson"])  # no decks
    monkeypatch.setattr(lessons, "prints", prints)
    return numbers


def prints(lesson, paper):
    """Files of as many pages as learners, without a typesetter."""
    return {learners: _pages(learners) for learners in lessons.SIZES}


def _pages(count):
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def built(build, text):
    folder = build({"index": f"# Title\n\n{text}\n", "other": "# Another page\n\nText.\n"})
    return parsed(folder / "index.html")


def test_a_plan_shows_running_minutes_links_its_files_and_what_to_know(build, plans):
    soup = built(build, "```{plan} short 1\n```")
    assert soup.select_one(".plan-total").text == "15 minutes, 5 without the steps that may be left out."
    files, steps = soup.select("table")
    assert [cell.find(string=True) for cell in steps.select("tbody th")] == ["0–5", "5–15"]
    link = steps.select_one("tbody a")
    assert link.text == "Another page" and link["href"] == "other.html"
    assert "Read <b>aloud</b>." in steps.select_one("tbody td").text
    assert cells(files) == [
        ["For 12 learners", "PDF, 12 sheets", ""],
        ["For 26 learners", *["PDF, 26 sheets"] * 2],
        ["For 32 learners", *["PDF, 32 sheets"] * 2],
    ]
    assert [link["href"] for link in files.select("tbody tr")[1].select("a")] == [
        f"_downloads/handouts/{paper}/short-1-for-26.pdf" for paper in ("us-letter", "a4")
    ]
    said = {name.text: name.find_next("dd").text for name in soup.select("dl.activity dt")}
    assert said["Before it begins"] == "prepare" and said["If the room gets hot"] == "if_hot"


def test_a_session_stands_alone(build, plans):
    assert built(build, "```{plan} short 2\n```").select_one(".plan-total").text == "7 minutes."


@pytest.mark.parametrize(
    "directive, problem",
    [
        ("plan} none", "no plan 'none'; there are short, lost"),
        ("plan} short 3", "plan 'short' has no session 3"),
        ("plan} lost", "no page 'nowhere'"),
        ("plan} sheetless", "no handout 'nothing'"),
    ],
)
def test_what_does_not_exist_stops_the_build(build, plans, directive, problem):
    with pytest.raises(PageError, match=problem):
        built(build, f"```{{{directive}\n```")


def test_activities_to_choose_from_show_their_minutes(build, plans):
    notes = "bring tell_first quiet_option online goes_wrong if_hot".split()
    plans["activities"] = pd.DataFrame(
        [(name, name.title(), f"Why {name}?", "Pairs", None, *notes) for name in ("walk", "talk")],
        columns=["activity_id", "title", "question", "group", "materials", *notes],
    )
    steps = [
        ("walk", 1, 10, "no", "Out", "Go."),
        ("walk", 2, 5, "yes", "On", "Go on."),
        ("talk", 1, 7, "no", "In", "Say."),
    ]
    plans["activity_steps"] = pd.DataFrame(steps, columns="activity_id step minutes may_skip title what".split())
    soup = built(build, "```{activities}\n```\n\n```{activity} walk\n```\n\n```{activity} talk\n```")
    rows = soup.select("table")[0].select("tbody tr")
    assert cells(soup.select("table")[0]) == [["Walk", "10 to 15", "Why walk?"], ["Talk", "7", "Why talk?"]]
    assert all(soup.find(id=row.a["href"].partition("#")[2]) for row in rows)
