"""Numbers in sentences."""

import pandas as pd
import pytest
from book_pages import PANEL, parsed

from section287g.sphinx_ext.roles import StaleNumber


def test_number_stands_in_the_sentence_with_its_note(build):
    text = "There were {fact}`agreements_newest` agreements, for {fact}`officer_payment`; {fact}`agreements_newest`."
    folder = build({"index": f"# Title\n\n{text}" + PANEL, "other": "# Other\n\nText."})
    soup = parsed(folder / "index.html")
    button, paid, again = soup.select("button.noted-text")
    assert button.text == "1,843" and button["aria-label"].startswith("1,843")
    note = soup.find(id=button["popovertarget"])
    assert "As of May 18, 2026." in note.text and "every row counted" in note.text
    assert note.select_one('a[href="#source-ice"]').text == "ICE, May 18, 2026"
    assert paid.text == "$7,500" and again["popovertarget"] != button["popovertarget"]
    assert soup.select('script[src*="book-notes.js"]')
    assert not parsed(folder / "other.html").select('script[src*="book-notes.js"]')


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
