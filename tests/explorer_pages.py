"""An explorer in a page as a reader operates it: what the tests of all explorers share."""

import csv
import io


def control(page, setting):
    """The control of a setting."""
    return page.locator(f".explorer-live [data-trait={setting}]")


def box(page, setting, value):
    """One of the checkboxes of a setting that takes several values."""
    return page.locator(f".explorer-live [data-trait={setting}][value={value}]")


def sentence(page):
    """What the explorer says is seen."""
    return page.locator(".explorer-live .explorer-sentence").inner_text()


def table(page):
    """Cells of the table as text, row by row, without headings of groups."""
    return page.locator(".explorer-live tbody tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def csv_rows(page):
    """(file name, rows) of the data that the explorer gives for download."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download data").click()
    text = download.value.path().read_text(encoding="utf-8")
    return download.value.suggested_filename, list(csv.reader(io.StringIO(text)))
