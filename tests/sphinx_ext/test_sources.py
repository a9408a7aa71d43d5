"""Sources cited in sentences and listed at the end of a page."""

from book_pages import PANEL, parsed


def test_citation_leads_to_its_line_in_the_panel(page):
    soup = page({"index": "# Title\n\nSo it is {source}`ice, dhs2025thousand`." + PANEL})
    citation = soup.select_one(".citation")
    assert citation.text == "(ICE, May 18, 2026; DHS, September 17, 2025)"
    entry = soup.find(id=citation.a["href"].lstrip("#"))
    assert entry.a["href"] == "https://example.org/ice"
    assert "May 18, 2026" in entry.text and "primary source, read first-hand" in entry.text
    assert "supports the program" in soup.find(id="source-dhs2025thousand").text


def test_cited_sources_have_the_first_numbers_and_keep_them(page):
    text = "# Title\n\n{fact}`agreements_copy` {source}`dhs2025thousand, ice` {source}`ice`"
    soup = page({"index": text + PANEL})
    assert [link["data-n"] for link in soup.select("a.cited")] == ["1", "2", "2"]
    lines = [item["id"] for item in soup.select(".sources li")]
    assert lines == ["source-dhs2025thousand", "source-ice", "source-migrant"]


def test_panel_lists_sources_and_numbers_of_this_page_only(build):
    folder = build({
        "index": "# Title\n\n{fact}`agreements_copy` {fact}`agreements_copy`" + PANEL,
        "other": "# Other\n\n{source}`ice`" + PANEL,
    })  # fmt: skip
    assert [item["id"] for item in parsed(folder / "index.html").select(".sources li")] == ["source-migrant"]
    assert [cell.text for cell in parsed(folder / "index.html").select(".numbers-used tbody th")] == ["2,000"]
    assert [item["id"] for item in parsed(folder / "other.html").select(".sources li")] == ["source-ice"]
    assert parsed(folder / "other.html").select(".numbers-used") == []


def test_words_of_a_source_are_text_not_markup(page):
    soup = page({"index": "# Title\n\n{source}`migrant`" + PANEL})
    assert soup.select_one(".sources").find("b") is None
