"""The page of changes: what was changed and what was checked, apart."""

import pytest
from book_pages import parsed

from section287g import tables
from section287g.sphinx_ext import changes

LOG = """# Changes to the data

Words.

<!-- newest first, below this line -->

## List of 2026-12-01

- Changed: added `a.xlsx`, 10 rows.

## November 21, 2026

- Checked: every row
  of it.
- Changed: one value.
"""


def test_changed_and_checked_stand_apart_under_each_heading(build, tmp_path, monkeypatch):
    (tmp_path / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)
    soup = parsed(build({"index": "# Changes\n\n```{changes}\n```\n"}) / "index.html")
    newest, first = soup.select("section section")
    assert newest.h2.text.startswith("List of December 1, 2026")
    assert [item.text.strip() for item in newest.select("li")] == ["Added a.xlsx, 10 rows."]
    assert newest.code.text == "a.xlsx"
    assert [kind.text.partition(":")[0] for kind in first.select("strong")] == ["Changed", "Checked"]
    assert [item.text.strip() for item in first.select("li")] == ["One value.", "Every row of it."]
    assert [link.text for link in soup.select(".on-page ul ul a")] == ["List of December 1, 2026", "November 21, 2026"]


def test_line_of_another_kind_is_refused():
    said = "2026: expected a line that begins with - Changed: or - Checked:, found 'updated"
    with pytest.raises(changes.LogError, match=said):
        changes.entries("## 2026\n\n- updated everything\n")


def test_log_of_the_book_can_be_read():
    found = changes.entries((tables.DATA / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert found and all(items for _, items in found)
