"""Explorers: their page holds data and static view, and loads scripts that no other page loads."""

from book_pages import PANEL, parsed

PAGE = "# Title\n\n```{explorer} growth\n:state: TX\n```" + PANEL


def test_static_view_stands_in_the_page_with_its_sources_and_scripts_and_styles_only_there(build):
    folder = build({"index": PAGE, "other": "# Other\n\nText."})
    page = parsed(folder / "index.html")
    section = page.select_one("section.explorer")
    assert section["data-state"] == "TX" and (folder / section.img["src"]).exists()
    addresses = [tag["src"].split("?")[0] for tag in page.select("script[defer]")]
    assert addresses == ["_static/book-page.js", "_static/explorers/host.js", "_static/explorers/growth.js"]
    assert all((folder / address).exists() for address in addresses)
    styles = [tag["href"].split("?")[0] for tag in page.select("link[rel=stylesheet]")]
    own = [style for style in styles if "/explorers/" in style]
    assert own == ["_static/explorers/explorers.css", "_static/explorers/growth.css"]
    assert page.select_one("#source-migrant")
    assert "explorers/" not in (folder / "other.html").read_text(encoding="utf-8")
