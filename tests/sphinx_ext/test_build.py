"""Builds: the same twice, fresh after a change of data, no inline scripts or styles, only what a page needs."""

import os
from pathlib import Path

import pytest
from book_pages import PANEL

from section287g.sphinx_ext import policy, wide_tables

TEXT = "# Title\n\n{fact}`agreements_newest`\n\n```{chart} growth\n```\n\n```{explorer} growth\n```" + PANEL


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_in_different_folders_are_identical(build, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = contents(build({"index": TEXT}, folder="first"))
    second = contents(build({"index": TEXT}, folder="second"))
    del first[".buildinfo"], second[".buildinfo"]  # the test's settings hold absolute paths; the book's do not
    assert first == second


def test_build_leaves_what_labs_ask_for_alone(build):
    build({"index": "# Title"})
    assert "SECTION287G_BOOK" not in os.environ, "a notebook opened later by the same program would have no controls"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<script>alert(1)</script>", True), ('<script type="module">1</script>', True), ("<style>p {}</style>", True),
        ('<p style="color: red">', True), ('<p onclick="run()">', True),
        ('<script type="application/json" id="data">{"style": 1}</script>', False),
        ('<p class="style=">one = "two"</p>', False),
    ],
)  # fmt: skip
def test_inline_script_and_style_are_found_and_data_and_text_pass(body, found):
    assert bool(policy.violation(body)) == found


def test_styles_of_docutils_and_pandas_are_cleaned_away():
    body = '<colgroup><col style="width: 50%"></colgroup><div><style scoped>td {}</style><table></table></div>'
    assert policy.clean(body) == "<div><table></table></div>"


def test_page_with_inline_style_stops_the_build(build):
    with pytest.raises(policy.PolicyError, match="index: inline"):
        build({"index": '# Title\n\n<p style="color: red">Red</p>\n'})


def test_plain_page_loads_only_the_books_own_files(build):
    html = (build({"index": "# Title\n\nText."}) / "index.html").read_text(encoding="utf-8")
    assert html.count("<script") == 2 and html.count('rel="stylesheet"') == 2


def test_table_gets_a_box_that_scrolls_and_takes_the_keyboard():
    assert wide_tables.boxed("<p></p><table class='x'><td></td></table>").count('tabindex="0"') == 1


@pytest.mark.parametrize("box", ['<div tabindex="0">', '<div tabindex="0" aria-label="Rows">\n'])
def test_table_in_a_box_stays_as_it_is(box):
    inside = f"{box}<table></table></div>"
    assert wide_tables.boxed(inside) == inside
