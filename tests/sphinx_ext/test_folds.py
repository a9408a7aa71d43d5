"""Boxes that a click opens."""

import pytest
from book_pages import parsed

from section287g.sphinx_ext.folds import TEACHERS

CASES = {
    "```{fold} What it *says*\nText.\n```": ("What it says", ["fold"], None),
    "```{fold} For teachers\n:class: teacher\nText.\n```": ("For teachers", ["fold", "teacher"], TEACHERS),
    "```{admonition} Who is counted\n:class: scope\nText.\n```": ("Who is counted", ["fold", "scope"], None),
}


@pytest.mark.parametrize("text", CASES)
def test_only_the_title_of_a_fold_is_seen(build, text):
    folder = build({"index": f"# Title\n\n{text}\n"})
    box = parsed(folder / "index.html").select_one("main details")
    assert (box.summary.text, box["class"], box.get("id")) == CASES[text]
    assert not box.has_attr("open") and box.p.text == "Text."


def test_other_boxes_stay_open(build):
    folder = build({"index": "# Title\n\n```{admonition} The question\n:class: question\nHow many?\n```\n"})
    assert parsed(folder / "index.html").select("main details") == []
