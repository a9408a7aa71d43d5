"""Reading made workbooks beside openpyxl: every row is there, and only a sample is compared."""

import pytest

from section287g.bench import reading


def test_every_row_of_the_made_workbook_is_read(tmp_path):
    reading.make_workbook(tmp_path / "made.xlsx", 40)
    measured = reading.measure_reading(tmp_path)
    assert (measured["workbooks"], measured["rows"], measured["compared_workbooks"]) == (1, 40, 1)
    assert measured["rows_per_second"] > 0 and measured["ratio"] > 0


def test_of_many_workbooks_a_sample_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "SAMPLE", 2)
    for name in "abc":
        reading.make_workbook(tmp_path / f"{name}.xlsx", 3)
    measured = reading.measure_reading(tmp_path)
    assert (measured["rows"], measured["compared_workbooks"]) == (9, 2)


def test_a_folder_without_workbooks_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no .xlsx workbook to read"):
        reading.measure_reading(tmp_path)
