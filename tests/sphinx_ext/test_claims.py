"""Claims in pages: the table of one text, the link of one claim into the explorer."""

import io

import pandas as pd
import pytest
from book_pages import parsed

from section287g.sphinx_ext.errors import PageError

COLUMNS = """claim_id text_id claim verdict primary_says recomputed_value recomputed_definition list_date explanation
source_key""".split()
TABLE = """C000-01|000|Up <b>9%</b>|accurate_when_dated|it says 9 on 2025-09-02|8.9|rows|2025-09-02|nearly right|ice
C000-02|000|A hope|opinion_not_checkable|||||a forecast|
C001-01|001|Another text|accurate|so||||right|migrant
"""
LIST = "# List\n\n```{claims} 000\n```\n\n## Sources\n\n```{sources}\n```\n"
EXPLORER = (
    "# Explorer\n\n```{explorer} claims\n```\n\nSee {claim}`C000-01` and {view}`up 9"
    " <claims?mode=growth&unit=agencies>`.\n\n## Sources\n\n```{sources}\n```\n"
)


@pytest.fixture
def checked(numbers, build, monkeypatch):
    """A function that builds a book with three invented claims; the invented explorer stands in for the real one."""
    import section287g.explorers as explorers  # the fixture `pictures` has put an invented module here

    numbers["claims"] = pd.read_csv(io.StringIO(TABLE), sep="|", dtype=str, names=COLUMNS)
    monkeypatch.setattr(explorers, "source_keys", lambda name: ["ice"])
    return lambda pages: {name: parsed(build(pages) / f"{name}.html") for name in pages}


def test_table_of_one_text(checked):
    page = checked({"index": LIST})["index"]
    box = page.select_one("details.claims-table")
    assert box.summary.text == "Claims of text 000, 2 claims: 1 accurate when dated; 1 opinion or forecast"
    records = "It says 9 on September 2, 2025. ( ICE, May 18, 2026 ) The lists: 8.9. Counted: rows; September 2, 2025."
    assert [" ".join(cell.get_text(" ").split()) for cell in box.select("tbody :is(th, td)")] == [
        *("C000-01 Up <b>9%</b>", "Accurate when dated. Nearly right.", records),
        *("C000-02 A hope", "Opinion or forecast. A forecast.", ""),
    ]
    assert page.find(id="source-ice") is not None
    assert "9%" not in [bold.text for bold in box.select("b")] and box.select_one("td a")["href"] == "#source-ice"


def test_claims_link_into_the_explorer_wherever_it_stands(checked):
    pages = checked({"index": LIST, "checking": EXPLORER})
    assert pages["index"].select_one("tbody th a")["href"] == "checking.html#explorer-claims?claim=C000-01"
    assert pages["checking"].find("a", string="C000-01")["href"] == "#explorer-claims?claim=C000-01"
    assert pages["checking"].find("a", string="up 9")["href"] == "#explorer-claims?mode=growth&unit=agencies"


def test_without_the_explorer_a_claim_is_plain_text(checked):
    page = checked({"index": "# Lone\n\nSee {claim}`C000-01`.\n"})["index"]
    assert "See C000-01." in page.text and page.find("a", string="C000-01") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```{claims} 007\n```", r"index\.md:3: no text '007'; texts are 000, 001"),
        ("See {view}`9 percent`.", r"index\.md:3: a view is written WORDS <NAME\?SETTING=VALUE>, found '9 percent'"),
        ("See {claim}`C000-09`.", r"index\.md:3: no claim 'C000-09'; did you mean C000-0"),
    ],
)
def test_unknown_names_stop_the_build(checked, text, message):
    with pytest.raises(PageError, match=message):
        checked({"index": f"# Wrong\n\n{text}\n"})
