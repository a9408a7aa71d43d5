"""What the benchmark weighs and counts, on a tiny site. How fast things are is not tested."""

import gzip

import pytest

from section287g.bench import pages

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tiny</title></head><body><h1>Tiny</h1>
<img src="dot.svg" alt=""><img src="https://example.org/far.png" alt="">{more}</body></html>"""
EXPLORER = """<section class="explorer" data-explorer="growth" data-ready>
<select><option>Texas</option><option>Ohio</option><option>Utah</option></select>
<label><input type="checkbox">Events</label><input type="range" min="1" max="9"><p>All</p></section>
<script src="explorer.js"></script>"""
SCRIPT = """
const section = document.querySelector("section");
section.addEventListener("change", () => { section.querySelector("p").textContent += "."; });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "book/places").mkdir(parents=True)
    files = {"index.html": PAGE.format(more=""), "growth.html": PAGE.format(more=EXPLORER), "explorer.js": SCRIPT}
    files |= {"slides.html": PAGE.format(more=EXPLORER).replace("<body>", '<body class="deck">')}
    dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    files |= {"plain.html": "<p>no explorer</p>", "dot.svg": dot}
    files |= {"places/short.html": "<p>a place</p>", "places/long.html": "<p>a place with more to say</p>"}
    for name, text in files.items():
        (folder / "book" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1, 100), (0, 1), (0.001, 1), (0.951, 96)])
def test_percentile_is_the_nearest_rank(share, expected):
    assert pages.percentile(reversed(range(1, 101)), share) == expected
    assert pages.percentile([7.5], share) == 7.5
    with pytest.raises(ValueError, match="no values"):
        pages.percentile([], 0.5)


def test_text_is_weighed_compressed_and_pictures_as_they_are():
    text, picture = b"agreement " * 500, bytes(range(256))
    raw, packed = pages.weigh([("text/html; charset=utf-8", text), ("image/png", picture), ("image/svg+xml", text)])
    assert raw == 2 * len(text) + len(picture)
    assert packed == 2 * len(gzip.compress(text, 6, mtime=0)) + len(picture)


def test_start_page_longest_place_and_pages_with_an_explorer_are_measured(site):
    assert pages.pages_to_measure(site) == ["book/growth.html", "book/index.html", "book/places/long.html"]


def test_a_page_is_weighed_with_all_it_loads(site, browser, monkeypatch):
    monkeypatch.setattr(pages, "LOADS", 1)
    with pages.serve(site) as base:
        page = pages.measure_page(browser, base, "book/index.html")
    bodies = [(site / "book" / name).read_bytes() for name in ("index.html", "dot.svg")]
    assert page["raw_bytes"] == sum(map(len, bodies))
    assert page["gzip_bytes"] == sum(len(gzip.compress(body, 6)) for body in bodies)
    assert (page["requests"], page["outside"]) == (2, 1)
    assert page["first_paint_s"] > 0
    assert page["ready_s"] is None and "changes" not in page


def test_an_explorer_is_operated(site, browser, monkeypatch):
    monkeypatch.setattr(pages, "LOADS", 1)
    monkeypatch.setattr(pages, "CHANGES", 10)
    with pages.serve(site) as base:
        page = pages.measure_page(browser, base, "book/growth.html")
    assert page["ready_s"] > 0
    assert page["changes"] == 10
    assert 0 <= page["work_ms_p50"] <= page["work_ms_p95"]
    assert page["work_ms_p50"] < page["frame_ms_p50"] <= page["frame_ms_p95"]


LATE = """
const explorer = document.querySelector("section");
explorer.addEventListener("change", () => {
  explorer.querySelector("p").textContent += ".";
  setTimeout(() => { explorer.querySelector("b").textContent += "."; }, 150);
});
"""


def test_a_change_of_the_picture_is_waited_for(site, browser, monkeypatch):
    monkeypatch.setattr(pages, "CHANGES", 3)
    (site / "book/late.js").write_text(LATE, encoding="utf-8")
    late = EXPLORER.replace("explorer.js", "late.js").replace("<p>", "<b>1</b><p>")
    (site / "book/late.html").write_text(PAGE.format(more=late), encoding="utf-8")
    with pages.serve(site) as base:
        first = pages.measure_changes(browser, base, "book/late.html")
        picture = pages.measure_changes(browser, base, "book/late.html", image="b")
    assert picture["frame_ms_p50"] >= 150 > first["frame_ms_p50"]


def test_an_explorer_without_such_controls_has_no_times(site, browser):
    drawn = PAGE.format(more='<section class="explorer" data-ready>A line to draw</section>')
    (site / "book/drawn.html").write_text(drawn, encoding="utf-8")
    with pages.serve(site) as base:
        assert pages.measure_changes(browser, base, "book/drawn.html") == {}
