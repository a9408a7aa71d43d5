"""The words that a lab shows for codes, and the dates of its pictures."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bracketed import run_in

from section287g import claims, incentives, labs, tables
from section287g.labs.words import LABELS

# The columns of codes that labs show.
SHOWN = {
    "agreements": ["model", "agency_kind", "status"],
    "model_powers": ["jail", "warrant", "task_force"],
    "claims": ["verdict"],
    "studies": ["design", "direction", "how_read"],
    "arguments": ["theme", "side"],
}
DAYS = """
import json
import matplotlib.pyplot as plt, pandas as pd
from section287g import labs
axes = plt.subplots()[1]
axes.plot(pd.to_datetime(["2025-01-01", "2026-05-18"]), [1, 2])
labs.date_axis(axes)
axes.figure.canvas.draw()
print(json.dumps([label.get_text() for label in axes.get_xticklabels()]))
"""


def test_every_code_that_a_lab_shows_has_a_label():
    codes = {
        code for table, columns in SHOWN.items() for column in columns for code in tables.load(table)[column].dropna()
    }
    codes |= set(tables.load("studies")["topic"].str.split("; ").str[0])
    codes |= {claim.unit for claim in claims.all()} | set(incentives.PARTS)
    assert codes - set(LABELS) == set()


def test_a_label_has_spaces_and_what_is_no_code_stays():
    assert labs.label("task_force") == "task force"
    assert labs.label("quarter 1") == "quarter 1"


@pytest.mark.parametrize("start, words", [("2021-01-01", ["2023", "2024"]), ("2026-01-02", ["Mar", "Apr"])])
def test_days_of_a_picture_are_years_or_months(start, words):
    figure, axes = plt.subplots()
    axes.plot(pd.to_datetime([start, "2026-05-18"]), [1, 2])
    labs.date_axis(axes)
    figure.canvas.draw()
    assert set(words) <= {label.get_text() for label in axes.get_xticklabels()}
    plt.close(figure)


def test_months_of_a_picture_are_in_the_book_s_language():
    assert "jul" in run_in("es", DAYS)
