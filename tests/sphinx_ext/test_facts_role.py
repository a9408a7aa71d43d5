"""Numbers in sentences."""

import pandas as pd
import pytest
from book_pages import parsed

from section287g.sphinx_ext.roles import StaleNumber

PANEL = "\n\n```{sources}\n```\n"


def test_number_stands_in_the_sentence_with_its_note(page):
    soup = page({"index": "# Title\n\nThere were {fact}`agreements_newest` agreements." + PANEL})
    button = soup.select_one("button.noted-text")
    assert button.text == "1,843"
    assert button["aria-label"].startswith("1,843")
    note = soup.find(id=button["popovertarget"])
    assert "As of May 18, 2026." in note.text
    assert "every row counted" in note.text
    assert note.select_one('a[href="#source-ice"]').text == "ICE, May 18, 2026"


def test_documented_number(page):
    soup = page({"index": "# Title\n\nIt pays {fact}`officer_payment` a year." + PANEL})
    assert soup.select_one("button.noted-text").text == "$7,500"


def test_stale_number_stops_the_build_with_one_sentence(build, numbers):
    numbers["facts"].loc[0, "check_by"] = pd.Timestamp(2026, 7, 19)
    with pytest.raises(StaleNumber) as error:
        build({"index": "# Title\n\nText."})
    assert str(error.value).startswith(
        "the number 'officer_payment' has to be looked at again: it was good for lists up to 2026-07-19"
    )
    assert str(error.value).count("\n") == 0


def test_number_in_a_heading_is_plain_text(page):
    soup = page({"index": "# Title\n\n## About {fact}`agreements_newest` agreements\n\nText." + PANEL})
    assert soup.h2.find("button") is None
    assert soup.h2.text.startswith("About 1,843 agreements")


def test_two_uses_have_different_ids(page):
    soup = page({"index": "# Title\n\n{fact}`agencies_newest` and {fact}`agencies_newest`." + PANEL})
    first, second = (button["popovertarget"] for button in soup.select("button.noted-text"))
    assert first != second


def test_script_of_notes_is_loaded_only_where_needed(build):
    folder = build({"index": "# Title\n\n{fact}`agencies_newest`." + PANEL, "other": "# Other\n\nText."})
    assert parsed(folder / "index.html").select('script[src*="book-notes.js"]')
    assert not parsed(folder / "other.html").select('script[src*="book-notes.js"]')
