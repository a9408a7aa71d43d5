"""What this book concludes is called its reading by every explorer or picture that shows it."""

import numpy as np
import pytest
from changed_tables import changed

from section287g import explorers, figures, tables

OURS = {
    name: columns
    for name in tables.names()
    if (columns := [field["name"] for field in tables.describe(name)["schema"]["fields"] if field.get("ours")])
}
WORDS = "our reading"
CODED_IN_THE_PICTURE = {
    "money_flows",
    "form_clauses",
    *(name for name in figures.names() if name.startswith("decision")),
}


def shows_a_reading(show):
    """Whether what ``show`` returns changes when every code of ours goes to another row of its table."""

    def recode(name, table):
        for column in OURS.get(name, []):
            table[column] = np.roll(table[column], 1)

    with changed(recode) as loaded:
        try:
            other = show()
        except (KeyError, ValueError):  # codes that do not fit their rows cannot be shown
            return True
    return not loaded.isdisjoint(OURS) and show() != other


def page(name):
    return explorers.static_html(name, image=lambda svg, file: file)


@pytest.mark.parametrize("name", explorers.names())
def test_an_explorer_that_shows_a_reading_says_so(name):
    reads = shows_a_reading(lambda: page(name))
    assert reads if name in ("states", "evidence", "models", "claims") else not reads or name != "map"
    if reads:
        source = page(name).rpartition('class="explorer-source"')[2].partition("</p>")[0]
        assert WORDS in source


@pytest.mark.parametrize("name", figures.names())
def test_a_picture_that_shows_a_reading_says_so(name):
    def show():
        picture = figures.draw(name)
        return picture.title, picture.alt, picture.table.to_csv()

    if name in CODED_IN_THE_PICTURE or shows_a_reading(show):
        picture = figures.draw(name)
        assert WORDS in f"{picture.unit} {picture.as_of}"
