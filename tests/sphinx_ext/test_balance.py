"""The tables that show how even the debate is."""

import pandas as pd
from bs4 import BeautifulSoup

ARGUMENTS = pd.DataFrame(
    [
        ("A-S1", "trust", "supports", "three words here", "one", "no", "ice", "migrant"),
        ("A-O1", "trust", "opposes", "one", "two words", "four words in all", "migrant", "ice; dhs2025thousand"),
        ("A-M1", "trust", "mixed", "not counted", "nor this", "nor that", "migrant", "migrant"),
    ],
    columns="argument_id theme side argument best_evidence strongest_reply source_keys reply_source_keys".split(),
)
THEMES = pd.DataFrame([("trust", "Trust <b>")], columns=["theme", "title"])


def test_each_side_is_counted_by_theme_and_kind_of_document(build, numbers):
    numbers.update(arguments=ARGUMENTS, debate_themes=THEMES)
    soup = BeautifulSoup(
        (build({"index": "# Start\n\n```{debate-balance}\n```\n"}) / "index.html").read_text(encoding="utf-8"),
        "html.parser",
    )
    themes, documents = (
        [[cell.text for cell in row.select("th, td")] for row in table.select("tr")]
        for table in soup.select("article table")
    )
    assert themes[1:] == [["Trust <b>", "1 / 1", "8 / 4", "2 / 1"]]
    assert documents[0] == ["Kind", "Supporters", "Critics"]
    assert documents[1:] == [
        ["Primary", "2", "0"],
        ["Secondary", "0", "1"],
        ["Advocacy", "0", "0"],
        ["Not verified", "0", "0"],
        ["All", "2", "1"],
    ]
