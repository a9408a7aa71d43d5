"""The limits the book sets itself: the largest value measured is the one that is compared."""

import pytest

from section287g.bench import budget

QUICK = {"cold_s": 41.0, "text_change_s": 9.9}


def page(name, **measures):
    return {"page": name, "gzip_bytes": 90_000, "outside": 0, "layout_shift": 0.001, **measures}


def verdicts(pages, build):
    return {compared.limit.measure: (compared.kept, compared.where) for compared in budget.compare(pages, build)}


def test_the_largest_value_counts():
    pages = [
        page("a.html", work_ms_p95=2, frame_ms_p95=17),
        page("b.html", gzip_bytes=budget.most("gzip_bytes") + 1),
        page("c.html", work_ms_p95=6, frame_ms_p95=16),
    ]
    found = verdicts(pages, QUICK)
    assert found["gzip_bytes"] == (False, "b.html")
    assert found["work_ms_p95"] == (False, "c.html")
    assert found["frame_ms_p95"] == (True, "a.html")
    assert found["text_change_s"] == (True, "")


def test_a_limit_itself_is_kept():
    build = {limit.measure: limit.most for limit in budget.limits() if limit.of == "build"}
    whole = page("a.html", **{limit.measure: limit.most for limit in budget.limits() if limit.of == "page"})
    assert all(kept for kept, _ in verdicts([whole], build).values())


def test_a_limit_is_known_by_its_measure():
    assert budget.most("outside") == 0
    with pytest.raises(KeyError):
        budget.most("colour")
