"""Charts: two pictures of known size, words for listeners, the numbers as a table."""

import types

import pytest
from book_pages import PANEL, parsed
from bs4 import BeautifulSoup

from section287g.sphinx_ext.charts import _note, cell_text


def test_a_chart_is_two_pictures_a_caption_and_a_folded_table(build):
    folder = build({"index": "# Title\n\n```{chart} growth\n:state: TX\n:name: by-state\n\nIn one state.\n```" + PANEL})
    chart = parsed(folder / "index.html").select_one("figure.chart")
    for picture, theme in zip(chart.select("img"), ("light", "dark"), strict=True):
        assert picture["class"] == [f"only-{theme}"] and f">{theme}<" in (folder / picture["src"]).read_text()
        assert (picture["width"], picture["height"], picture["alt"]) == ("96", "48", "A rising line.")
    assert chart["id"] == "by-state" and chart.select_one(".chart-title").text == "Agreements grew in TX"
    assert "In one state." in chart.text
    note = chart.select_one(".chart-note").text
    assert "Unit: agreements. As of: May 18, 2026. Source: ICE, May 18, 2026." in note
    fold = chart.select_one("details")
    assert not fold.has_attr("open")
    assert [cell.text for cell in fold.select('th[scope="col"]')] == ["Date", "Agreements"]
    assert [cell.text for cell in fold.select('th[scope="row"]')] == ["January 10, 2025", "May 18, 2026"]
    assert [cell.text for cell in fold.select("td")] == ["4", "1,843"]


def test_many_sources_are_counted_and_folded(numbers):
    picture = types.SimpleNamespace(unit="states", as_of="May 18, 2026", source_keys=("ice", "migrant") * 4)
    note = BeautifulSoup(_note(picture), "html.parser")
    assert note.p.text == "Unit: states. As of: May 18, 2026. Sources: 8 documents."
    assert len(note.select("details.chart-sources a")) == 8


@pytest.mark.parametrize(
    "cell, text", [(1234, "1,234"), (12.5, "12.5"), (3.0, "3"), ("a < b", "a < b"), (None, ""), (float("nan"), "")]
)
def test_cells_as_text(cell, text):
    assert cell_text(cell) == text
