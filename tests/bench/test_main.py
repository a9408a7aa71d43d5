"""The benchmark's command: its report names everything measured, and it says in one sentence why it cannot measure."""

from section287g.bench import __main__ as command
from section287g.bench.peers import OURS, PAGE


def test_a_folder_without_workbooks_is_refused_in_one_sentence(tmp_path, capsys):
    assert command.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: no .xlsx workbook to read\n"


def test_the_report_names_everything_measured():
    page = {"page": PAGE, "raw_bytes": 300_000, "gzip_bytes": 60_000, "requests": 9, "outside": 0}
    page |= {"first_paint_s": 0.3, "ready_s": 0.4, "layout_shift": 0.001, "changes": 100}
    page |= {"frame_ms_p50": 8.0, "frame_ms_p95": 17.1, "work_ms_p50": 1.0, "work_ms_p95": 6.5}
    slow = page | {"gzip_bytes": 300_000, "frame_ms_p50": 160.0, "frame_ms_p95": 171.0, "first_paint_s": 0.6}
    peers = {
        "page": {"Default": slow}, "alone": {OURS: page, "Other": slow}, "live": {OURS: page, "Kernel": slow},
        "missing": ["Third: not measured"],
    }  # fmt: skip
    reading = {"workbooks": 159, "rows": 120_000, "seconds": 9.5, "rows_per_second": 12_600, "compared_workbooks": 10}
    reading |= {"openpyxl_seconds": 8, "ratio": 12.3}
    build = {"cold_s": 21.4, "cold_one_s": 15.8, "text_change_s": 13.1, "up_to_date_s": 0.04}
    measured = {"peers": peers, "build": build, "reading": reading}
    measured["pages"] = [page | {"page": name} for name in (PAGE, "book/index.html", "book/places/texas.html")]
    measured |= {"imports": {"python": 0.02, "tables": 0.61}, "following": {"lists": 160, "rows": 9, "seconds": 3.1}}
    text = command.report(measured)
    work = f"milliseconds of own work for a change of a control, 95 of 100: at most 5, largest 6.5 ({PAGE})"
    for part in (
        "21.4 s from nothing (one language 15.8 s), 13.1 s after a change of text, 0.04 s", "tables 0.61 s",
        "12.3 times as fast", "120,000 rows", "Default: 5.0 (300 to 60) kB compressed",
        "20.0 (160 to 8) ms to the frame, p50", "Kernel: 20.0", "Third: not measured",
        "kept  bytes of a page's first load", f"OVER  {work}",
    ):  # fmt: skip
        assert part in text
