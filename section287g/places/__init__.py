"""What the book can say of each state, the District of Columbia and each territory, counted from the tables.

Two dated lists are told apart everywhere: ICE's own newest one, and a newer copy by others, if there is one. Agreements
are rows of a list and agencies are bodies that hold them; neither says anything of officers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import pandas as pd

from section287g import cities, counts, stances, tables
from section287g.counts import MODELS

# When the line begins, and the day on which the count before the growth is taken.
SURGE, INAUGURATION = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-20")
# A town's police in whose name the town can be read; townships and boroughs often share a name with another place.
_TOWN = re.compile(r"^(?:City of |Town of )?(?P<town>.+?) (?:Police Department|Police|Department of Public Safety)$")


@dataclass(frozen=True)
class Lists:
    """The lists that the pages compare, as rows of the table ``lists``: the first, the one that stood on
    INAUGURATION, ICE's newest own, and a newer copy (None if there is none)."""

    first: pd.Series
    before: pd.Series
    own: pd.Series
    copy: pd.Series | None

    @property
    def last(self) -> pd.Series:
        """The newest of them."""
        return self.own if self.copy is None else self.copy


@cache
def lists() -> Lists:
    table = tables.load("lists")
    own, newest = counts.newest("ice_workbook"), counts.newest()
    return Lists(
        first=table.iloc[0],
        before=table[table["date"] <= INAUGURATION].iloc[-1],
        own=own,
        copy=newest if newest["date"] > own["date"] else None,
    )


@cache
def names() -> dict[str, str]:
    """USPS code -> name of each of the 56 places, by name."""
    table = tables.load("states").sort_values("name")
    return dict(zip(table["state"], table["name"], strict=True))


@cache
def _english() -> dict[str, str]:
    """USPS code -> English name, which addresses have in every language."""
    return tables.source("states").set_index("state")["name"].to_dict()


def slug(name: str) -> str:
    """A name as part of an address: Doña Ana County becomes ``dona-ana-county``, St. Clair County
    ``st-clair-county``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[.']", "", plain)).strip("-")


def page(state: str) -> str:
    """Name of the page of a state: ``book/places/texas``. Raises KeyError for an unknown code."""
    return f"book/places/{slug(_english()[state])}"


def address(fips: str) -> str:
    """Address of a county's line below the built book: ``book/places/texas.html#collin-county``. Raises KeyError for a
    code that the table ``county_population`` lacks."""
    county = _census().loc[fips]
    return f"{page(county['state'])}.html#{anchor(county['state'], county['county'])}"


def anchor(state: str, county: str) -> str:
    """The address of a county's line on the page of its state; the District of Columbia is both, and the page's title
    has its name."""
    name = slug(county)
    return f"{name}-line" if name == slug(_english()[state]) else name


def page_source(state: str) -> str:
    """What the source file of a page holds: its title and the directive that fills it."""
    return f"# {_english()[state]}\n\n```{{place}} {state}\n```\n"


@cache
def _census() -> pd.DataFrame:
    return tables.load("county_population").set_index("fips")


@cache
def agreements() -> pd.DataFrame:
    """The table ``agreements`` with what the pages say of each one: those in force first, then by the agency's name.

    ``agency`` is as meant. ``fips`` is the county, missing where it is not known; ``by_town`` is True where only the
    town's name says which one, by the table ``cities``. ``on_own`` and ``on_copy``: whether it is on that list.
    """
    table, compared = tables.load("agreements"), lists()
    table["agency"] = counts.as_meant(table)["agency_meant"].fillna(table["agency"])
    table["fips"] = counts.counties(table)
    by_town = pd.Series(
        [_town_county(*cells) for cells in table[["state", "agency", "county"]].itertuples(index=False)],
        index=table.index,
        dtype="string",
    )
    table["by_town"] = table["fips"].isna() & by_town.notna()
    table["fips"] = table["fips"].fillna(by_town)
    table["on_own"] = table.index.isin(counts.on_list(table, compared.own["date"]).index)
    table["on_copy"] = compared.copy is not None and table.index.isin(
        counts.on_list(table, compared.copy["date"]).index
    )
    model = pd.Categorical(table["model"], MODELS)
    order = table.assign(model=model, agency=table["agency"].str.lower(), left=~(table["on_own"] | table["on_copy"]))
    return table.loc[order.sort_values(["left", "agency", "model", "signed"]).index]


def _town_county(state: str, agency: str, county: str | float) -> str | None:
    """The county of a town's police by the town's name: where no county is printed and only one place of the state has
    this name."""
    found = _TOWN.match(agency)
    if not pd.isna(county) or not found:
        return None
    there = cities.by_name().get((state, counts.plain(found["town"])), [])
    return there[0] if len(there) == 1 else None


@cache
def _by_state() -> dict[str, list]:
    found: dict[str, list] = {state: [] for state in names()}
    for row in agreements().itertuples():
        found[row.state].append(row)
    return found


def of(state: str) -> list:
    """The rows of ``agreements`` of one place, as named tuples."""
    return _by_state()[state]


@cache
def counted(state: str) -> dict[str, pd.Series]:
    """The counts of one place on the lists that are compared (keys of ``Lists``; "copy" only if there is one).

    Each has date, jail, warrant, task_force and agreements (rows) and agencies, as ``counts.over_time``.
    """
    line, compared = over_time(state), lists()
    named = {name: getattr(compared, name) for name in ("first", "before", "own", "copy")}
    return {name: line.loc[row["list"]] for name, row in named.items() if row is not None}


@cache
def over_time(state: str) -> pd.DataFrame:
    """``counts.over_time`` for a place, zero on every list if no list has ever named it."""
    if not of(state):
        counted = _everywhere().columns.difference(["date", "unchanged_until", "kind"])
        return _everywhere().assign(**dict.fromkeys(counted, 0))
    return counts.over_time(state)


@cache
def _everywhere() -> pd.DataFrame:
    return counts.over_time()


@cache
def _on_own() -> pd.DataFrame:
    return counts.by_state(lists().own["list"])


@cache
def line(state: str) -> pd.DataFrame:
    """The counts of a place since SURGE: the list that stood then, the last own list of each later day, and the copy.

    Columns of ``over_time``; the index is the list.
    """
    found, copy = over_time(state), lists().copy
    found = found[(found["kind"] != "transcript") | (found.index == ("" if copy is None else copy["list"]))]
    found = found[~found["date"].duplicated(keep="last")]
    stood = found[found["date"] <= SURGE].index[-1]
    return found.loc[stood:]


@cache
def compared(state: str) -> dict[str, dict]:
    """How a place compares on ICE's newest own list, on the one that stood on INAUGURATION and on the copy.

    By name of the count: ``here``, ``all`` (states and territories together; for ``per_million`` and
    ``sheriff_counties`` the states and the District of Columbia), and, for states and the District of Columbia on ICE's
    newest own list, ``rank`` among them (1 has most) and ``shared`` (how many have this rank). None: not counted.
    """
    now, known = _on_own(), tables.load("states").set_index("state")
    states, residents = now[known["kind"] != "territory"], known["population_2024"]
    found = {
        "agreements": _ranked(now["agreements"], states["agreements"], state),
        "agencies": _ranked(now["agencies"], states["agencies"], state),
        "per_million": {
            **_ranked(now["per_million"], states["per_million"], state),
            "all": 1e6 * float(states["agreements"].sum()) / float(residents[states.index].sum()),
        },
        "sheriff_counties": {
            "here": _or_none(now.loc[state, "covered_counties"]),
            "of": _or_none(now.loc[state, "counties"]),
            "all": int(states["covered_counties"].sum()),
            "all_of": int(states["counties"].sum()),
        },
    }
    for name in ("before", "copy"):
        if name in counted(state):
            here = counted(state)[name]
            found[name] = {
                "here": int(here["agreements"]),
                "all": int(_everywhere().loc[here.name, "agreements"]),
            }
    return found


def _ranked(everywhere: pd.Series, states: pd.Series, state: str) -> dict:
    here = _or_none(everywhere[state])
    ranked = {"here": here, "all": int(everywhere.sum()), "rank": None, "shared": None, "of": len(states)}
    if state in states.index:
        ranked |= {"rank": 1 + int((states > states[state]).sum()), "shared": int((states == states[state]).sum())}
    return ranked


def _or_none(value) -> int | float | None:
    return None if pd.isna(value) else int(value) if float(value).is_integer() else float(value)


@dataclass(frozen=True)
class County:
    """A county and what the lists have in it: ``rows`` of ``agreements``, none where no list ever had one."""

    name: str
    anchor: str
    rows: list


@cache
def counties(state: str) -> list[County]:
    """Every county of a state by name, as the Census Bureau names them; none for a territory."""
    census = _census()[_census()["state"] == state].sort_values("county")
    inside: dict[str, list] = {fips: [] for fips in census.index}
    for row in of(state):
        if not pd.isna(row.fips):
            inside[row.fips].append(row)
    return [County(name, anchor(state, name), inside[fips]) for fips, name in census["county"].items()]


def elsewhere(state: str) -> list:
    """The rows of ``agreements`` of a place that are not placed in one county."""
    return [row for row in of(state) if pd.isna(row.fips)]


@cache
def _rules() -> dict[str, dict]:
    return {row["state"]: row for row in stances.by_state().to_dict("records")}


def rule(state: str) -> dict | None:
    """The row of ``stances.by_state`` of a place, None if there is none."""
    return _rules().get(state)


@cache
def _earlier() -> list[dict]:
    return tables.load("agreements_2002_2018").sort_values("signed").to_dict("records")


def earlier(state: str) -> list[dict]:
    """Agencies of a place with an agreement before the lists of this book begin, by date (``agreements_2002_2018``)."""
    return [row for row in _earlier() if row["state"] == state]


@cache
def source_keys(state: str) -> list[str]:
    """Keys of the sources of everything that the page of a place shows, once each."""
    shown = ["lists", "states"]
    if counties(state):
        shown.append("county_population")
    if any(row.by_town for row in of(state)):
        shown.append("cities")
    cells = [row["source_keys"] for row in [*filter(None, [rule(state)]), *earlier(state)]]
    keys = [key for name in shown for key in _cited(name)] + [key for cell in cells for key in cell.split("; ")]
    return list(dict.fromkeys(keys))


@cache
def _cited(name: str) -> list[str]:
    """Sources of a table; of lists, those that the lines and counts show."""
    table = tables.load(name)
    if name == "lists":
        table = table[(table["date"] >= lists().before["date"]) | (table["list"] == lists().first["list"])]
    return tables.cited(table)
