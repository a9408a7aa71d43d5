"""Pictures of places: what tiles and small charts show equals the counts."""

import pandas as pd
import pytest

from section287g import counts, figures, tables
from section287g.counts import MODELS
from section287g.figures import places
from section287g.tiles import TILES

NEWEST = counts.newest("ice_workbook")
NAMES = tables.load("states").set_index("state")["name"]


@pytest.mark.parametrize("measure", places.LIMITS)
def test_map_draws_the_value_of_every_place(measure):
    picture = figures.draw("map", measure=measure)
    values = places.measured(measure, NEWEST["list"], places.before_surge())
    texts = [text.get_text() for text in picture.figure.axes[0].texts]
    assert texts[: 2 * len(TILES)] == [text for code in TILES for text in (code, places.written(values[code], measure))]
    assert dict(picture.table.to_numpy()) == {
        NAMES[code]: places.written(value, measure) for code, value in values.items()
    }
    assert picture.unit == places.UNITS[measure]


def test_map_title_is_the_finding():
    counted = counts.by_state(NEWEST["list"])["agreements"]
    top = counted.nlargest(3)
    title = figures.draw("map").title
    assert all(NAMES[code] in title for code in top.index)
    assert f"{round(100 * top.sum() / counted.sum())} percent of the {NEWEST['rows']:,} agreements" in title


def test_map_of_a_list_without_any_says_so():
    title = figures.draw("map", measure="task_force", on="2021-01-13").title
    assert title.startswith("No state or territory has any on January 13, 2021")


def test_map_refuses_an_unknown_measure():
    with pytest.raises(ValueError, match="measure 'arrests': expected agreements"):
        figures.draw("map", measure="arrests")


def test_fewer_is_hatched_not_only_shaded():
    values = places.measured("change", NEWEST["list"], places.before_surge())
    hatched = [patch for patch in figures.draw("map", measure="change").figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == (values < 0).sum() > 0


@pytest.mark.parametrize(
    ("value", "measure", "expected"),
    [
        (pd.NA, "counties", "–"), (0, "agreements", "0"), (1843, "agreements", "1,843"), (0.03, "per_million", "<0.1"),
        (0, "per_million", "0"),
        (12.34, "per_million", "12.3"), (-3, "change", "−3"), (361, "change", "+361"), (0, "change", "0"),
        (0.4, "counties", "<1"), (12.5, "counties", "13"),
    ],
)  # fmt: skip
def test_values_as_written(value, measure, expected):
    assert places.written(value, measure) == expected


def test_levels_rise_with_the_value():
    levels = {0: 0, 1: 1, 9: 1, 10: 2, 25: 3, 99: 3, 100: 4, 250: 5, 999: 5}
    assert {value: places.level(value, "agreements") for value in levels} == levels
    assert [places.level(value, "counties") for value in (0, 0.4, 10, 25, 50, 75, 100)] == [0, 1, 2, 3, 4, 5, 5]
    assert places.level(-3, "change") == 1


def test_shades_in_words():
    assert places.ranges("agreements") == ["1–9", "10–24", "25–99", "100–249", "250+"]
    assert places.ranges("per_million") == ["under 2", "2 to <5", "5 to <10", "10 to <20", "20+"]


def test_largest_states_share_one_scale_and_equal_the_counts():
    picture = figures.draw("largest_states")
    counted = counts.by_state(NEWEST["list"])
    largest = counted["agreements"].sort_values(ascending=False, kind="stable").index[:10]
    panels = picture.figure.axes
    assert len({panel.get_ylim() for panel in panels}) == 1
    assert [panel.get_title(loc="left") for panel in panels] == [
        f"{NAMES[code]}: {counted.loc[code, 'agreements']:,}" for code in largest
    ]
    for code, panel in zip(largest, panels, strict=True):
        drawn = {round(line.get_ydata()[-1]) for line in panel.get_lines()[::2]}  # every second is the copy's marker
        assert drawn == {counted.loc[code, model] for model in MODELS}
        monthly = picture.table[picture.table["State"] == NAMES[code]].set_index("Last list of the month")
        assert monthly.index.to_period("M").is_unique
        assert monthly.loc[NEWEST["date"], "All agreements"] == counted.loc[code, "agreements"]
    share = counted.loc[largest, "agreements"].sum() / counted["agreements"].sum()
    assert f"{round(100 * share)} percent" in picture.title
