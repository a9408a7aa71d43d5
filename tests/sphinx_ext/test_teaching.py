"""Plans and activities on a page: summed minutes, and links to what they need."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

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


@pytest.fixture
def plans(numbers):
    numbers["lesson_plans"] = PLANS
    return numbers


def built(build, text):
    folder = build({"index": f"# Title\n\n{text}\n", "other": "# Another page\n\nText.\n"})
    return BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_a_plan_shows_running_minutes_their_sum_and_links(build, plans):
    soup = built(build, "```{plan} short 1\n```")
    assert soup.select_one(".plan-total").text == "15 minutes, 5 when the steps marked so are left out."
    assert [cell.find(string=True) for cell in soup.select("tbody th")] == ["0–5", "5–15"]
    link = soup.select_one("tbody a")
    assert link.text == "Another page" and link["href"] == "other.html"
    assert "Read <b>aloud</b>." in soup.select_one("tbody td").text


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


def test_activities_to_choose_from_show_their_minutes(build, numbers):
    columns = [
        "activity_id",
        "title",
        "question",
        "group",
        "materials",
        "quiet_option",
        "online",
        "goes_wrong",
        "if_hot",
    ]
    numbers["activities"] = pd.DataFrame(
        [(name, name.title(), f"Why {name}?", "Pairs", None, *"abcd") for name in ("walk", "talk")], columns=columns
    )
    steps = [("walk", 1, 10, "no", "Go."), ("walk", 2, 5, "yes", "Go on."), ("talk", 1, 7, "no", "Say.")]
    numbers["activity_steps"] = pd.DataFrame(steps, columns=["activity_id", "step", "minutes", "may_skip", "what"])
    soup = built(build, "```{activities}\n```\n\n```{activity} walk\n```\n\n```{activity} talk\n```")
    rows = soup.select("table")[0].select("tbody tr")
    assert [[cell.text for cell in row.select("th, td")] for row in rows] == [
        ["Walk", "10 to 15", "Why walk?"],
        ["Talk", "7", "Why talk?"],
    ]
    assert all(soup.find(id=row.a["href"].partition("#")[2]) for row in rows)
