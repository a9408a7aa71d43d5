"""Decks in a tiny book: slides from their files, notes from the plan, and what stops a build."""

import pandas as pd
import pytest
from book_pages import parsed

from section287g.sphinx_ext.errors import PageError

PLANS = pd.DataFrame(
    [
        ("short", 1, 1, 5, "Open", "Read <b>aloud</b>.", "page:other; slides:short", "no", "It is rushed."),
        ("short", 1, 2, 4, "Look", "Look at it.", None, "yes", "It is skipped."),
    ],
    columns="plan_id session step minutes title what materials may_skip goes_wrong".split(),
)
SLIDES = pd.DataFrame(
    [("short", 1, "hello", 3), ("short", 1, "more", 2), ("short", 2, "numbers", 4)],
    columns="lesson step slide minutes".split(),
)
LESSONS = pd.DataFrame([("short", "short", 1, "Short")], columns=["lesson", "plan_id", "session", "title"])
SCRIPT = ":::{say}\nThis takes a little while to say, does it not, and no more.\n:::\n:::{room}\nEveryone looks.\n:::\n"
LONGER = ":::{say} 3\nThere is time for one more sentence that is said.\n:::\n:::{room}\nAgain.\n:::\n"
NOTES = f"\n::::{{notes}}\n{SCRIPT}{LONGER}\nSay it slowly.\n::::\n"
PARTS = {
    "parts/hello": f"# Hello *all*\n\n- One line.\n{NOTES}",
    "parts/more": f"# More\n\nText.\n{NOTES}",
    "parts/numbers": f"# Numbers\n\nThere are {{fact}}`agreements_newest`.\n\n```{{chart}} growth\n```\n{NOTES}",
}


@pytest.fixture
def plans(numbers):
    numbers |= {"lesson_plans": PLANS, "lessons": LESSONS, "slides": SLIDES}
    return numbers


def built(build, deck="short", parts=PARTS):
    pages = {
        "index": "# Book\n\nText.",
        "other": "# Another page\n\nText.\n",
        "deck": f"# A deck\n\n```{{deck}} {deck}\n```\n",
    }
    folder = build(
        pages | parts, myst_enable_extensions=["colon_fence"], exclude_patterns=["parts"], warnings_are_errors=False
    )
    return parsed(folder / "deck.html")


@pytest.fixture
def written(tmp_path, monkeypatch, build):
    """``build`` writes pages below its own folder only: make the folder of parts first."""
    (tmp_path / "book" / "parts").mkdir(parents=True)
    return build


def test_slides_stand_in_order_with_their_times_notes_and_sources(written, plans):
    soup = built(written)
    slides = soup.select(".slide")
    assert [slide.h2 and slide.h2.text for slide in slides] == [None, "Hello all", "More", "Numbers", "Sources"]
    assert [(slide["data-starts"], slide["data-minutes"]) for slide in slides] == [*zip("00350", "03240")]
    assert slides[3].select_one(".slide-step").text == "Look · step 2 of 2"
    assert soup.body["class"] == ["deck"] and soup.select_one("nav.deck-bar")
    first, second, third = soup.select(".slide-notes")
    assert all(part in first.text for part in ("Say it slowly.", "Read <b>aloud</b>.", "It is rushed."))
    assert first.a["href"] == "other.html" and "slides" not in first.text
    assert second.select("dl") == [] and second.summary.text == "Notes: 2 minutes"
    assert "It may be left out when time is short." in third.text
    chart, number = [line.text for line in slides[3].select(".slide-sources")]
    assert chart.startswith("Unit: agreements. As of: May 18, 2026. Source: ")
    assert number.startswith("Numbers as of: May 18, 2026. Source: ")
    assert slides[3].select(".chart-table") == []  # the table stands in the book


def test_a_script_takes_the_minutes_of_its_slide(written, plans):
    first, second, _third = built(written).select(".slide-notes")
    assert [cue.text for cue in first.select(".cue-time")] == [
        "0:00 Say",
        "0:10 In the room",
        "1:32 Say",
        "1:37 In the room",
    ]
    # Shorter: without the sentence for three minutes or more.
    assert [cue.text for cue in second.select(".cue-time")] == ["0:00 Say", "0:10 In the room", "1:05 In the room"]


@pytest.mark.parametrize(
    "deck, part, problem",
    [
        ("none", {}, "no lesson 'none'"),
        ("short", {"parts/hello": "# Hello\n\nText.\n\n:::{notes}\nLook.\n:::\n"}, "a script of 0 s for 3 min"),
        ("short", {"parts/more": f"# More\n\n::::{{notes}}\n:::{{say}}\n{'word ' * 300}\n:::\n::::\n"}, "for 2 min"),
        ("short", {"parts/more": "# More\n\nText.\n"}, "slide 'more' needs one {notes} and has 0"),
        ("short", {"parts/more": None}, "no slide 'more'"),
    ],
)
def test_what_does_not_fit_stops_the_build(written, plans, deck, part, problem):
    parts = {name: text for name, text in (PARTS | part).items() if text}
    with pytest.raises(PageError, match=problem):
        built(written, deck, parts)
