"""Evidence in a page: polls with question, answers and source, how even the debate is, and the words of state rules."""

import csv
import io

import pandas as pd
from book_pages import parsed
from bs4 import BeautifulSoup

from section287g import blocks, stances, tables
from section287g.explorers import assets

TABLE = """poll_id|about|pollster|dates|question_wording|wording_seen|results|confidence|note|source_key|checked
PL01|local_help|Some <Pollster>|May 2025|"Should they sign?"|exact|50% yes|primary||ice|2026-11-21
PL02|local_help|Another|2024|about helping ICE|no|a majority|unverified|old|migrant|2026-11-20
PL03|ice|A third|2026-01|about views of "ICE"|part|9% more|secondary||ice|2026-11-29
"""
PAGE = "# Polls\n\n```{polls}\n```\n\n## Sources\n\n```{sources}\n```\n"


def test_polls_stand_below_their_subject_and_say_how_much_of_the_question_was_seen(numbers, build):
    numbers["polls"] = pd.read_csv(io.StringIO(TABLE), sep="|", quoting=csv.QUOTE_NONE, parse_dates=["checked"])
    page = parsed(build({"index": PAGE}) / "index.html")
    boxes = [box for box in page.select("details.fold") if box.select(".polls")]
    assert {box.summary.text: len(box.select(".polls > li")) for box in boxes} == {
        "What state and local governments should do (2 polls)": 2,
        "ICE and its officers (1 poll)": 1,
    }
    assert "Last checked: November 20, 2026." in page.get_text()
    lines = {
        poll: [" ".join(line.get_text().split()) for line in page.find(id=f"poll-{poll}").select("p")]
        for poll in ("pl01", "pl02", "pl03")
    }
    own = ["Some <Pollster>, May 2025", 'The question: "Should they sign?"', "50% yes."]
    assert lines["pl01"] == [*own, "Primary source: ICE, May 18, 2026"]
    unseen = "People were asked about helping ICE. We did not see the exact wording."
    assert lines["pl02"][1:] == [unseen, "A majority.", "Old. Not verified: MigrantUSA, July 20, 2026"]
    part = "Of the exact wording, we saw only the words in quotation marks."
    assert lines["pl03"][1] == f'People were asked about views of "ICE". {part}'
    assert page.find(id="poll-pl02").a["href"] == "#source-migrant"
    assert page.find(id="source-ice") is not None and page.find(id="source-migrant") is not None


def test_every_poll_of_the_book_is_listed_with_its_source():
    table = tables.load("polls")
    page = BeautifulSoup(blocks.render("polls", None), "html.parser")
    assert len(page.select(".polls > li")) == len(table)
    for row in table.itertuples():
        text = page.find(id=f"poll-{row.poll_id.lower()}").get_text()
        assert row.question_wording in text and row.dates in text and row.pollster in text
        assert ("We did not see the exact wording." in text) == (row.wording_seen == "no")
        assert page.find(id=f"poll-{row.poll_id.lower()}").a["href"] == f"#source-{row.source_key}"


ARGUMENTS = pd.DataFrame(
    [
        ("A-S1", "trust", "supports", "three words here", "one", "no", "ice", "migrant"),
        ("A-O1", "trust", "opposes", "one", "two words", "four words in all", "migrant", "ice; dhs2025thousand"),
        ("A-M1", "trust", "mixed", "not counted", "nor this", "nor that", "migrant", "migrant"),
    ],
    columns="argument_id theme side argument best_evidence strongest_reply source_keys reply_source_keys".split(),
)
THEMES = pd.DataFrame([("trust", "Trust <b>")], columns=["theme", "title"])


def test_each_side_is_counted_by_theme_and_kind_of_document(build, numbers):
    numbers.update(arguments=ARGUMENTS, debate_themes=THEMES)
    soup = parsed(build({"index": "# Start\n\n```{debate-balance}\n```\n"}) / "index.html")
    themes, documents = (
        [[cell.text for cell in row.select("th, td")] for row in table.select("tr")]
        for table in soup.select("article table")
    )
    assert themes[1:] == [["Trust <b>", "1 / 1", "8 / 4", "2 / 1"]]
    assert documents[0] == ["Kind", "Supporters", "Critics"]
    kinds = ("Primary", "2", "0"), ("Secondary", "0", "1"), ("Advocacy", "0", "0"), ("Not verified", "0", "0")
    assert documents[1:] == [*map(list, kinds), ["All", "2", "1"]]


WORDS = assets.words("states")


def test_every_word_has_its_meaning_and_count():
    page = BeautifulSoup(blocks.render("state-rules", page=None), "html.parser")
    words, between = ([item.get_text() for item in part.select("li")] for part in page.select(".state-rules"))
    found = stances.by_state()["stance"].value_counts()
    for line, (stance, label) in zip(words, stances.LABELS.items(), strict=True):
        assert line.lower() == f"{label} ({found[stance]}): {WORDS['meanings'][stance]}.".lower()
    assert between == [f"{rule}." for rule in WORDS["decides"]]
