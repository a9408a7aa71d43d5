"""Boxes that a click opens."""

from book_pages import parsed

from section287g.sphinx_ext.folds import TEACHERS

CASES = {
    "```{fold} What it *says*\nText.\n```": ("What it says", ["fold"], None),
    "```{fold} For teachers\n:class: teacher\nText.\n```": ("For teachers", ["fold", "teacher"], TEACHERS),
    "```{admonition} Who is counted\n:class: scope\nText.\n```": ("Who is counted", ["fold", "scope"], None),
}


def test_only_the_title_of_a_fold_is_seen_and_other_boxes_stay_open(build):
    question = "```{admonition} The question\n:class: question\nHow many?\n```"
    folder = build({"index": "\n\n".join(["# Title", *CASES, question, ""])})
    boxes = parsed(folder / "index.html").select("main details")
    assert [(box.summary.text, box["class"], box.get("id")) for box in boxes] == list(CASES.values())
    assert all(not box.has_attr("open") and box.p.text == "Text." for box in boxes)
