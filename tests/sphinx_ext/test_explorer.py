"""Explorers: their page holds data and static view, and loads scripts that no other page loads."""

import pytest
from bs4 import BeautifulSoup

from section287g.sphinx_ext.errors import PageError

PANEL = "\n\n```{sources}\n```\n"
PAGE = "# Title\n\n```{explorer} growth\n:state: TX\n```" + PANEL


def page(folder, name="index"):
    return BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_static_view_with_starting_values_stands_in_the_page(build):
    folder = build({"index": PAGE})
    section = page(folder).select_one("section.explorer")
    assert section["data-state"] == "TX"
    assert (folder / section.img["src"]).exists()


def test_scripts_in_order_and_styles_only_where_used(build):
    folder = build({"index": PAGE, "other": "# Other\n\nText."})
    addresses = [tag["src"].split("?")[0] for tag in page(folder).select("script[defer]")]
    own = ["_static/book-page.js", "_static/search-box.js"]
    assert addresses == [*own, "_static/explorers/host.js", "_static/explorers/growth.js"]
    assert all((folder / address).exists() for address in addresses)
    assert page(folder).select('link[href*="explorers.css"]')
    assert "explorers/" not in (folder / "other.html").read_text(encoding="utf-8")


def test_sources_of_the_explorer_are_listed(build):
    assert page(build({"index": PAGE})).select_one("#source-migrant")


def test_unknown_explorer_stops_the_build(build):
    with pytest.raises(PageError, match=r"index\.md:3: explorer 'groth'"):
        build({"index": PAGE.replace("growth", "groth")})


def test_wrong_starting_value_stops_the_build(build):
    with pytest.raises(PageError, match=r"index\.md:3: explorer 'growth': no state 'XX'"):
        build({"index": PAGE.replace("TX", "XX")})
