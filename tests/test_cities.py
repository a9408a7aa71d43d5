"""Cities and their counties: known ones, names that occur several times, and how they were placed."""

import json

import pytest

from section287g import cities, counts, tables

CITIES = tables.load("cities")


@pytest.mark.parametrize(
    ("city", "state", "county"),
    [
        ("Plano", "TX", "Collin County"), ("Houston", "TX", "Harris County"), ("Kansas City", "MO", "Jackson County"),
        ("New York", "NY", "New York County"), ("San Juan", "PR", "San Juan"), ("Valdez", "AK", "Chugach Census Area"),
        ("Fairfax", "VA", "Fairfax city"), ("Knoxville", "TN", "Knox County"),
    ],
)  # fmt: skip
def test_a_known_city_lies_in_its_county(city, state, county):
    rows = CITIES[(CITIES["city"] == city) & (CITIES["state"] == state)]
    assert rows.sort_values("population")["county"].iloc[-1] == county


def test_counties_are_those_of_the_census_and_lie_in_the_state():
    names = tables.load("county_population").set_index("fips")["county"]
    states = tables.load("states").set_index("state")["fips"]
    known = CITIES["fips"].isin(names.index)
    assert (CITIES.loc[known, "fips"].map(names) == CITIES.loc[known, "county"]).all()
    assert set(CITIES.loc[~known, "state"]) <= {"AS", "GU", "MP", "PR", "VI"}
    assert (CITIES["fips"].str[:2] == CITIES["state"].map(states)).all()


def test_a_name_that_occurs_several_times_keeps_all_its_counties():
    assert len(cities.by_name()["GA", counts.plain("Oakwood")]) == 2
    assert len(set(CITIES.loc[CITIES["city"] == "Houston", "state"])) > 3


def test_points_are_placed_by_lines_and_dropped_outside_of_their_state(tmp_path):
    square = [[0, 0], [0, 10], [10, 0], [0, -10], [-10, 0]]  # each point after the first is a step from the last
    hole = [[4, 4], [0, 2], [2, 0], [0, -2], [-2, 0]]
    texas = {"type": "Polygon", "arcs": [[0], [1]], "id": "48085", "properties": {"name": "Collin"}}
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"counties": {"geometries": [texas]}}, "arcs": [square, hole],
    }  # fmt: skip
    points = {"Inside": (2, 2, "TX"), "In the hole": (5, 5, "TX"), "Elsewhere": (20, 2, "TX"), "Other": (3, 3, "OK")}
    same = {"countrycode": "US", "population": 1}
    places = {
        str(number): {"geonameid": number, "name": name, "longitude": x, "latitude": y, "admin1code": state, **same}
        for number, (name, (x, y, state)) in enumerate(points.items(), 1)
    }
    for name, content in (("places", places), ("lines", topology)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    made = cities.made(tmp_path / "places.json", tmp_path / "lines.json")
    assert made[["city", "county"]].to_numpy().tolist() == [["Inside", "Collin County"]]
