"""The benchmark: what it weighs and counts, on a tiny site and a made workbook. How fast things are is not tested."""
import gzip

import pytest

from section287g import bench

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
    (folder / "book").mkdir()
    files = {"index.html": PAGE.format(more=""), "growth.html": PAGE.format(more=EXPLORER), "explorer.js": SCRIPT}
    files |= {"plain.html": "<p>no explorer</p>", "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}
    for name, text in files.items():
        (folder / "book" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (1, 100), (0, 1), (0.001, 1), (0.951, 96)]
)
def test_percentile_is_the_nearest_rank(share, expected):
    assert bench.percentile(reversed(range(1, 101)), share) == expected


def test_percentile_of_one_value_is_that_value():
    assert bench.percentile([7.5], 0.95) == 7.5


def test_percentile_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="no values"):
        bench.percentile([], 0.5)


def test_text_is_weighed_compressed_and_pictures_as_they_are():
    text, picture = b"agreement " * 500, bytes(range(256))
    raw, packed = bench.weigh([("text/html; charset=utf-8", text), ("image/png", picture), ("image/svg+xml", text)])
    assert raw == 2 * len(text) + len(picture)
    assert packed == 2 * len(gzip.compress(text, 6, mtime=0)) + len(picture)


def test_start_page_and_pages_with_an_explorer_are_measured(site):
    assert bench.pages_to_measure(site) == ["book/growth.html", "book/index.html"]


def test_a_page_is_weighed_with_all_it_loads(site, browser, monkeypatch):
    monkeypatch.setattr(bench, "LOADS", 1)
    with bench.serve(site) as base:
        page = bench.measure_page(browser, base, "book/index.html")
    bodies = [(site / "book" / name).read_bytes() for name in ("index.html", "dot.svg")]
    assert page["raw_bytes"] == sum(map(len, bodies))
    assert page["gzip_bytes"] == sum(len(gzip.compress(body, 6)) for body in bodies)
    assert (page["requests"], page["outside"]) == (2, 1)
    assert page["first_paint_s"] > 0
    assert page["ready_s"] is None and "changes" not in page


def test_an_explorer_is_operated(site, browser, monkeypatch):
    monkeypatch.setattr(bench, "LOADS", 1)
    monkeypatch.setattr(bench, "CHANGES", 10)
    with bench.serve(site) as base:
        page = bench.measure_page(browser, base, "book/growth.html")
    assert page["ready_s"] > 0
    assert page["changes"] == 10
    assert 0 <= page["work_ms_p50"] <= page["work_ms_p95"]
    assert page["work_ms_p50"] < page["frame_ms_p50"] <= page["frame_ms_p95"]


def test_every_row_of_the_made_workbook_is_read(tmp_path):
    bench.make_workbook(tmp_path / "made.xlsx", 40)
    reading = bench.measure_reading(tmp_path)
    assert (reading["workbooks"], reading["rows"], reading["compared_workbooks"]) == (1, 40, 1)
    assert reading["rows_per_second"] > 0 and reading["ratio"] > 0


def test_of_many_workbooks_a_sample_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "SAMPLE", 2)
    for name in "abc":
        bench.make_workbook(tmp_path / f"{name}.xlsx", 3)
    reading = bench.measure_reading(tmp_path)
    assert (reading["rows"], reading["compared_workbooks"]) == (9, 2)


def test_a_folder_without_workbooks_is_refused_in_one_sentence(tmp_path, capsys):
    assert bench.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: no .xlsx workbook to read\n"


def test_the_report_names_everything_measured():
    page = {"page": "book/index.html", "raw_bytes": 300_000, "gzip_bytes": 60_000, "requests": 9, "outside": 0}
    page |= {"first_paint_s": 0.3, "ready_s": 0.4, "layout_shift": 0.001, "changes": 100}
    page |= {"frame_ms_p50": 8.0, "frame_ms_p95": 17.1, "work_ms_p50": 1.0, "work_ms_p95": 2.0}
    reading = {"workbooks": 159, "rows": 120_000, "seconds": 9.5, "rows_per_second": 12_600, "compared_workbooks": 10}
    reading |= {"openpyxl_seconds": 8, "ratio": 12.3}
    text = bench.report({"pages": [page], "build": {"cold_s": 21.4, "unchanged_s": 3.1, "up_to_date_s": 0.04}, "reading": reading})
    for part in ("60", "8.0 / 17.1", "21.4 s from nothing, 3.1 s when nothing changed; 0.04 s", "12.3 times as fast", "120,000 rows"):
        assert part in text
