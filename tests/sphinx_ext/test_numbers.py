"""The page that lists every number of the book."""

from book_pages import PANEL, cells, parsed

PAGES = {
    "index": "# Start\n\n{fact}`agreements_newest`" + PANEL,
    "other": "# Other\n\n{fact}`agreements_newest` {fact}`officer_payment`" + PANEL,
    "numbers": "# Numbers\n\n```{numbers}\n```" + PANEL,
}


def test_every_used_number_with_date_source_and_pages_also_after_a_change_elsewhere(build):
    soup = parsed(build(PAGES) / "numbers.html")
    shown = [(row[0], row[2], row[4]) for row in cells(soup)]
    assert shown == [("1,843", "May 18, 2026", "Start, Other"), ("$7,500", "October 1, 2025", "Other")]
    assert {item["id"] for item in soup.select(".sources li")} == {"source-ice", "source-dhs2025thousand"}
    assert len(cells(parsed(build({**PAGES, "other": "# Other\n\nNothing."}) / "numbers.html"))) == 1
