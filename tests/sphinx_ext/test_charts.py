"""Charts: two pictures of known size, words for listeners, the numbers as a table."""

import types

import pytest
from book_pages import parsed
from bs4 import BeautifulSoup

from section287g.sphinx_ext.charts import _note, cell_text

PANEL = "\n\n```{sources}\n```\n"


@pytest.fixture
def figure(build):
    folder = build({"index": "# Title\n\n```{chart} growth\n:state: TX\n:name: by-state\n\nIn one state.\n```" + PANEL})
    soup = parsed(folder / "index.html")
    return folder, soup.select_one("figure.chart")


def test_light_and_dark_pictures_are_files_of_known_size(figure):
    folder, chart = figure
    light, dark = chart.select("img")
    assert [light["class"], dark["class"]] == [["only-light"], ["only-dark"]]
    assert ">light<" in (folder / light["src"]).read_text()
    assert ">dark<" in (folder / dark["src"]).read_text()
    assert [light["width"], light["height"]] == ["96", "48"]
    assert light["alt"] == "A rising line."


def test_caption_has_finding_text_unit_date_and_source(figure):
    _, chart = figure
    assert chart.select_one(".chart-title").text == "Agreements grew in TX"
    assert "In one state." in chart.text
    note = chart.select_one(".chart-note").text
    assert "Unit: agreements. As of: May 18, 2026. Source: ICE, May 18, 2026." in note
    assert chart["id"] == "by-state"


def test_many_sources_are_counted_and_folded(numbers):
    picture = types.SimpleNamespace(unit="states", as_of="May 18, 2026", source_keys=("ice", "migrant") * 4)
    note = BeautifulSoup(_note(picture), "html.parser")
    assert note.p.text == "Unit: states. As of: May 18, 2026. Sources: 8 documents."
    assert len(note.select("details.chart-sources a")) == 8


def test_table_twin_has_headers_with_scope_and_is_folded(figure):
    _, chart = figure
    fold = chart.select_one("details")
    assert not fold.has_attr("open")
    assert [cell.text for cell in fold.select('th[scope="col"]')] == ["Date", "Agreements"]
    assert [cell.text for cell in fold.select('th[scope="row"]')] == ["January 10, 2025", "May 18, 2026"]
    assert [cell.text for cell in fold.select("td")] == ["4", "1,843"]


@pytest.mark.parametrize(
    "cell, text", [(1234, "1,234"), (12.5, "12.5"), (3.0, "3"), ("a < b", "a < b"), (None, ""), (float("nan"), "")]
)
def test_cells_as_text(cell, text):
    assert cell_text(cell) == text
