"""Explorers: their page holds data and static view, and loads scripts that no other page loads."""

from book_pages import parsed

PANEL = "\n\n```{sources}\n```\n"
PAGE = "# Title\n\n```{explorer} growth\n:state: TX\n```" + PANEL


def test_static_view_with_starting_values_stands_in_the_page(build):
    folder = build({"index": PAGE})
    section = parsed(folder / "index.html").select_one("section.explorer")
    assert section["data-state"] == "TX"
    assert (folder / section.img["src"]).exists()


def test_scripts_in_order_and_styles_only_where_used(build):
    folder = build({"index": PAGE, "other": "# Other\n\nText."})
    addresses = [tag["src"].split("?")[0] for tag in parsed(folder / "index.html").select("script[defer]")]
    assert addresses == ["_static/book-page.js", "_static/explorers/host.js", "_static/explorers/growth.js"]
    assert all((folder / address).exists() for address in addresses)
    styles = [tag["href"].split("?")[0] for tag in parsed(folder / "index.html").select("link[rel=stylesheet]")]
    assert [style for style in styles if "explorers/" in style] == [
        "_static/explorers/explorers.css",
        "_static/explorers/growth.css",
    ]
    assert "explorers/" not in (folder / "other.html").read_text(encoding="utf-8")


def test_sources_of_the_explorer_are_listed(page):
    assert page({"index": PAGE}).select_one("#source-migrant")
