"""The definitions of state rules in a page: each word with the explorer's own meaning and the number of places it
fits."""

from bs4 import BeautifulSoup

from section287g import blocks, stances
from section287g.explorers import assets

WORDS = assets.words("states")


def test_every_word_has_its_meaning_and_count():
    page = BeautifulSoup(blocks.render("state-rules", page=None), "html.parser")
    words, between = ([item.get_text() for item in part.select("li")] for part in page.select(".state-rules"))
    found = stances.by_state()["stance"].value_counts()
    for line, (stance, label) in zip(words, stances.LABELS.items(), strict=True):
        assert line.lower() == f"{label} ({found[stance]}): {WORDS['meanings'][stance]}.".lower()
    assert between == [f"{rule}." for rule in WORDS["decides"]]
