"""The page of all sources."""

from book_pages import PANEL, cells, parsed

from section287g import bibliography

SOURCES = "# All\n\n```{source-counts}\n```\n\n```{source-list} primary\n```\n\n```{source-list} secondary\n```\n"


def test_entry_says_what_it_is_how_it_was_seen_and_what_uses_it(page):
    soup = page({"index": "# Start\n\nSo {source}`migrant`." + PANEL, "all": SOURCES}, "all")
    entry = soup.find(id="source-migrant")
    said = "MigrantUSA. Copy of the list <b>. July 20, 2026. Read in a copy. Names are garbled."
    assert entry.text == f"{said} Used in: lists, published_totals, glossary, Start."
    assert entry.a["href"] == "index.html"
    assert soup.find(id="source-ice").a["rel"] == ["noreferrer"]


def test_entry_with_an_address_leads_to_archived_copies_of_it(page):
    soup = page({"index": SOURCES})
    entry = soup.find(id="source-ice")
    (copies,) = entry.find_all("a", string="Archived copies")
    assert copies["href"] == f"https://web.archive.org/web/*/{entry.a['href']}"
    assert not soup.find(id="source-migrant").find_all("a", string="Archived copies")


def test_sources_are_grouped_and_counted_by_kind_and_side(page):
    soup = page({"index": SOURCES})
    headings = [heading.text for heading in soup.select("h3")]
    assert headings == ["Supports the program (1)", *["No part in the debate (1)"] * 2]
    by_side, by_seen = map(cells, soup.select("table"))
    assert by_side[0] == ["Primary", "1", "0", "0", "1", "2"] and by_side[-1] == ["All", "1", "0", "0", "2", "3"]
    assert by_seen[0] == ["Primary", "1", "0", "1", "2"] and by_seen[-1] == ["All", "1", "1", "1", "3"]
    assert soup.find(id=soup.select_one("table a")["href"].lstrip("#")).name == "h3"


def test_panels_of_other_pages_lead_here(page):
    soup = page({"index": "# Start\n\nSo {source}`ice`." + PANEL, "all": SOURCES})
    assert soup.select_one(".source-kind a")["href"] == "all.html#source-ice"


def test_list_follows_a_change_on_another_page(build):
    build({"index": "# Start\n\nSo {source}`ice`." + PANEL, "all": SOURCES})
    folder = build({"index": "# Start\n\nNothing.", "all": SOURCES})
    assert "Start" not in parsed(folder / "all.html").find(id="source-ice").text


def test_sources_as_a_file_to_download(build, numbers):
    folder = build({"index": "# All\n\n```{source-file}\n```\n"})
    address = parsed(folder / "index.html").select_one("article p a")["href"]
    assert (folder / address).read_text(encoding="utf-8") == bibliography.bibtex(numbers["sources"])
