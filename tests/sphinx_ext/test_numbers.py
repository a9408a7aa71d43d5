"""The page that lists every number of the book."""

from book_pages import parsed

PANEL = "\n\n```{sources}\n```\n"
PAGES = {
    "index": "# Start\n\n{fact}`agreements_newest`" + PANEL,
    "other": "# Other\n\n{fact}`agreements_newest` {fact}`officer_payment`" + PANEL,
    "numbers": "# Numbers\n\n```{numbers}\n```" + PANEL,
}


def rows(folder):
    soup = parsed(folder / "numbers.html")
    return [[cell.text for cell in row.select("th, td")] for row in soup.select("tbody tr")]


def test_every_used_number_with_date_source_and_pages(build):
    first, second = rows(build(PAGES))
    assert (first[0], first[2], first[4]) == ("1,843", "May 18, 2026", "Start, Other")
    assert (second[0], second[2], second[4]) == ("$7,500", "October 1, 2025", "Other")


def test_sources_of_all_numbers_are_listed(build):
    soup = parsed(build(PAGES) / "numbers.html")
    assert {item["id"] for item in soup.select(".sources li")} == {"source-ice", "source-dhs2025thousand"}


def test_table_follows_a_change_on_another_page(build):
    build(PAGES)
    assert len(rows(build({**PAGES, "other": "# Other\n\nNothing."}))) == 1
