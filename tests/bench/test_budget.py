"""The limits the book sets itself: of the pages that a limit is about, the largest value measured is compared."""

import pytest

from section287g.bench import budget

BUILD = {limit.measure: limit.most for limit in budget.limits() if limit.of == "build"}
AT_ITS_LIMIT = {limit.measure: limit.most for limit in budget.limits() if limit.of == "page"}
START = {"page": "book/index.html", "gzip_bytes": budget.most("gzip_bytes", "start")}
PLACE = {"page": "book/places/texas.html", "gzip_bytes": budget.most("gzip_bytes", "place")}
CHAPTER = {"page": "a.html", **AT_ITS_LIMIT}


def verdicts(pages, build=BUILD):
    return {(it.limit.of, it.limit.measure): (it.kept, it.where) for it in budget.compare(pages, build)}


def test_a_limit_itself_is_kept():
    assert all(kept for kept, _ in verdicts([START, PLACE, CHAPTER]).values())


@pytest.mark.parametrize(
    ("of", "page"),
    [("start", START), ("place", PLACE), ("page", CHAPTER)],
)
def test_the_largest_value_of_its_pages_counts(of, page):
    light = {"page": page["page"], "gzip_bytes": 1}
    heavy = {"page": page["page"], "gzip_bytes": page["gzip_bytes"] + 1}
    found = verdicts([START, PLACE, CHAPTER, heavy, light])
    assert found[of, "gzip_bytes"] == (False, page["page"])
    assert [key for key, (kept, _) in found.items() if not kept] == [(of, "gzip_bytes")]


def test_a_slow_build_is_named():
    found = verdicts([START, PLACE, CHAPTER], BUILD | {"text_change_s": BUILD["text_change_s"] + 0.1})
    assert found["build", "text_change_s"] == (False, "")


def test_a_limit_is_known_by_its_measure():
    assert budget.most("outside") == 0
    with pytest.raises(KeyError):
        budget.most("colour")
