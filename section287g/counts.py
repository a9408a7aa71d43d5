"""Counting agreements, agencies, states and territories. Nothing is counted anywhere else.

Five counts must never be confused: agreements (rows of a list), agencies (bodies that hold one to three agreements),
officers, jurisdictions and arrests. The lists hold only the first two.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from section287g import tables
from section287g.words import _

MODELS = ("jail", "warrant", "task_force")
MODEL_LABELS = {
    "jail": _("Jail Enforcement Model"),
    "warrant": _("Warrant Service Officer model"),
    "task_force": _("Task Force Model"),
}


def listing(rows: pd.DataFrame) -> dict:
    """The counts of one list, from its cleaned rows (``ice_lists.normalise``): those of ``lists_totals``, and rows by
    model and by state."""
    totals = lists_totals(rows.assign(list=0)).loc[0]
    counted = {name: int(totals[name]) for name in ("rows", "agreements", "agencies", "states", "territories")}
    by_state = rows.groupby("state").size()
    return counted | {
        "by_model": {model: int(totals[model]) for model in MODELS},
        "by_state": {state: int(number) for state, number in by_state.items()},
    }


def lists_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """The counts of lists, from the cleaned rows of all of them; the column ``list`` says of which one each is. Index:
    list.

    ``rows`` counts every agreement row, as ICE does; ``agreements`` leaves out exact double listings; ``agencies`` are
    distinct agencies inside their state; ``jail``, ``warrant`` and ``task_force`` count rows. States (with D.C.) and
    territories are apart.
    """
    kinds = tables.load("states").set_index("state")["kind"]
    named = rows.drop_duplicates(["list", "state"])
    is_territory = named["state"].astype(str).map(kinds) == "territory"
    counted = {
        "rows": rows,
        "agreements": rows.drop_duplicates(["list", "state", "agency_key", "model", "signed"]),
        "agencies": rows.drop_duplicates(["list", "state", "agency_key"]),
        "states": named[~is_territory],
        "territories": named[is_territory],
        **{model: rows[rows["model"] == model] for model in MODELS},
    }
    return pd.DataFrame({name: part.groupby("list").size() for name, part in counted.items()}).fillna(0).astype(int)


def lists_by_state(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each state of each list: list, state, rows per model, agencies, and agencies per model (columns of
    ``list_counts``).

    ``rows`` are the cleaned rows of several lists; the column ``list`` says of which one each is.
    """
    place = ["list", "state"]
    agencies = rows.drop_duplicates([*place, "agency_key"]).groupby(place, observed=True).size().rename("agencies")
    holders = _by_model(rows.drop_duplicates([*place, "agency_key", "model"]), place).add_suffix("_agencies")
    return _by_model(rows, place).join(agencies).join(holders).reset_index().astype({"state": str})


def lists_by_signing(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of each list by year of signing and kind of agency, per model (columns of ``list_signed``); blank where the
    list does not say."""
    parts = rows.assign(
        signed_year=rows["signed"].dt.year.astype("Int64"),
        agency_kind=rows["agency_kind"].astype(object).replace("", None),
    )
    return _by_model(parts, ["list", "signed_year", "agency_kind"]).reset_index()


def _by_model(rows: pd.DataFrame, place: list[str]) -> pd.DataFrame:
    """How many of ``rows`` there are under each model, for each value of the columns ``place``."""
    counted = rows.groupby([*place, "model"], observed=True, dropna=False).size().unstack("model")
    counted.columns = counted.columns.astype(str)
    return counted.reindex(columns=MODELS).fillna(0).astype(int).rename_axis(columns=None)


def newest(kind: str | None = None) -> pd.Series:
    """The row of ``lists`` for the newest list, of one kind (``ice_workbook``, ``web_table_copy``, ``transcript``) or
    of any."""
    lists = tables.load("lists")
    return (lists if kind is None else lists[lists["kind"] == kind]).iloc[-1]


def archive_by_month() -> pd.DataFrame:
    """How complete the archive is. Index: month (Period), every one with a list. Columns: lists (in the data), missing
    (in the data, but known to be kept elsewhere, without those that may be a list of the data), days and elsewhere: the
    days of the month with a list in the data, and the further days with a missing one (lists of whole numbers).
    """
    lists, known = tables.load("lists"), tables.load("known_lists")
    missing = known[~known["list"].isin(lists["list"]) & known["may_be"].isna()]

    def number(table: pd.DataFrame) -> pd.Series:
        return table.groupby(table["date"].dt.to_period("M")).size()

    def days(table: pd.DataFrame) -> pd.Series:
        dates = table["date"].drop_duplicates().sort_values()
        return dates.dt.day.groupby(dates.dt.to_period("M")).agg(list)

    found = {
        "lists": number(lists),
        "missing": number(missing),
        "days": days(lists),
        "elsewhere": days(missing[~missing["date"].isin(lists["date"])]),
    }
    months = pd.DataFrame(found).sort_index()
    months[["lists", "missing"]] = months[["lists", "missing"]].fillna(0).astype(int)
    for column in ("days", "elsewhere"):
        months[column] = [cell if isinstance(cell, list) else [] for cell in months[column]]
    return months


def over_time(state: str | None = None) -> pd.DataFrame:
    """Counts on every list, in time order, for one state (USPS code) or, with None, for all states and territories
    together.

    Index: list. Columns: date, unchanged_until, kind, jail, warrant, task_force and agreements (rows, as ICE counts),
    agencies, jail_agencies, warrant_agencies, task_force_agencies. Zero on lists that do not name the state. Raises
    KeyError for a code that no list has ever named.
    """
    lists, by_state = tables.load("lists").set_index("list"), tables.load("list_counts")
    if state is not None:
        named = by_state["state"]
        by_state = by_state[named == state]
        if by_state.empty:
            raise KeyError(f"no list names the state {state!r}; lists name {', '.join(sorted(named.unique()))}")
    counted = by_state.drop(columns="state").groupby("list").sum().reindex(lists.index, fill_value=0)
    counted["agreements"] = counted[list(MODELS)].sum(axis=1)
    return lists[["date", "unchanged_until", "kind"]].join(counted)


def on(list_key: str, state: str | None = None) -> pd.Series:
    """The row of ``over_time(state)`` for one list. Raises KeyError for an unknown list."""
    return over_time(state).loc[list_key]


# Single agreements, followed from list to list (table ``agreements``). Dates are those of lists.


def on_list(agreements: pd.DataFrame, date: pd.Timestamp) -> pd.DataFrame:
    """Those rows of ``agreements`` that were on the list of ``date``: listed by then and not gone yet."""
    return agreements[(agreements["first_listed"] <= date) & (agreements["last_listed"] >= date)]


def listed_on(date: pd.Timestamp) -> pd.DataFrame:
    """The rows of ``agreements`` that stood on the list of this date, as followed: a brief absence does not count as
    one."""
    return on_list(tables.load("agreements"), date)


def listed_until(date: pd.Timestamp) -> pd.DataFrame:
    """The rows of ``agreements`` that were on any list up to this date, each once however often it was re-dated or
    spelt anew."""
    agreements = tables.load("agreements")
    return agreements[agreements["first_listed"] <= date]


def gone(date: pd.Timestamp, since: pd.Timestamp | None = None) -> int:
    """Agreements on an earlier list (with ``since``: on the list of that date or a later one) that are not on the list
    of ``date``."""
    earlier = listed_until(date)
    if since is not None:
        earlier = earlier[earlier["last_listed"] >= since]
    return int((earlier["last_listed"] < date).sum())


def came(date: pd.Timestamp, since: pd.Timestamp) -> int:
    """Agreements first listed after ``since`` and up to ``date``, also those that have left again."""
    return int((listed_until(date)["first_listed"] > since).sum())


def came_and_left_by_month(since: pd.Timestamp) -> pd.DataFrame:
    """Agreements that came to ICE's own lists and left them, from the list that stood on ``since`` to ICE's newest.

    Index: month (period). Columns: came, left. A change is dated by ICE's first list that shows it, also where a copy
    showed it before.
    """
    lists = tables.load("lists")
    dates = lists.loc[lists["kind"] != "transcript", "date"].drop_duplicates()
    before, newest = dates[dates <= since].iloc[-1], dates.iloc[-1]
    agreements = listed_until(newest)
    came = _list_after(agreements["first_listed"], dates, side="left")
    came = came[came > before]
    seen_last = agreements["last_listed"]
    left = _list_after(seen_last[(seen_last >= before) & (seen_last < newest)], dates, side="right")
    months = pd.period_range(min(came.min(), left.min()), newest, freq="M")
    by_month = {
        name: days.dt.to_period("M").value_counts().reindex(months, fill_value=0)
        for name, days in (("came", came), ("left", left))
    }
    return pd.DataFrame(by_month)


def _list_after(days: pd.Series, dates: pd.Series, side: str) -> pd.Series:
    """The first of ``dates`` on (side left) or after (side right) each day."""
    return dates.iloc[dates.searchsorted(days, side=side)]


def on_both(one: pd.Timestamp, other: pd.Timestamp) -> int:
    """Agreements on both of two lists."""
    return len(on_list(listed_on(one), other))


def on_first_only(one: pd.Timestamp, other: pd.Timestamp) -> int:
    """Agreements on the list of ``one`` that are not on the list of ``other``, which may be the older or the newer of
    the two."""
    return len(listed_on(one)) - on_both(one, other)


def agencies_by_models_held(date: pd.Timestamp) -> pd.Series:
    """Agencies on the list of this date by the number of models they hold an agreement under: index 1, 2, 3."""
    held = listed_on(date).groupby(["state", "agency"])["model"].nunique()
    return held.value_counts().reindex([1, 2, 3], fill_value=0)


def agencies_of(agreements: pd.DataFrame) -> int:
    """Different agencies in rows of the table ``agreements``; an agency is keyed inside its state."""
    return len(agreements.drop_duplicates(["state", "agency"]))


def agencies_with_a_departure() -> pd.Series:
    """Agencies of which an agreement has left the newest list: True where another of theirs is still on it. Index:
    state, agency."""
    standing = tables.load("agreements").groupby(["state", "agency"])["status"].agg(set)
    return standing[standing.map(lambda found: "left" in found)].map(lambda found: "listed" in found)


def signed_in(year: int, date: pd.Timestamp) -> int:
    """Agreements on the list of this date that were signed in this year."""
    return int((listed_on(date)["signed"].dt.year == year).sum())


def days_to_listing(since: pd.Timestamp, date: pd.Timestamp) -> float:
    """Median days from signing to the first list with the agreement, over agreements first listed after ``since`` and
    up to ``date``."""
    agreements = listed_until(date)
    agreements = agreements[agreements["first_listed"] > since]
    return float((agreements["first_listed"] - agreements["signed"]).dt.days.median())


# Coverage: how much of the country lies in a county whose sheriff holds an agreement.


@cache
def _fixes(table: str) -> dict[tuple, str]:
    """(State, as printed, the agency if only one is concerned) -> what is meant, from the table `county_fixes` or
    `agency_fixes`."""
    fixes = tables.load(table).reindex(columns=["state", "printed", "agency", "meant"])
    return {
        (state, printed, "" if pd.isna(agency) else agency): meant
        for state, printed, agency, meant in fixes.itertuples(index=False)
    }


def as_meant(agreements: pd.DataFrame) -> pd.DataFrame:
    """What is meant where ICE's lists print a name that is not one, or a county in which the agency does not lie:
    columns agency_meant and county_meant, missing where what is printed stands."""
    fixed = {
        f"{column}_meant": [
            fixes.get((state, printed, "")) or fixes.get((state, printed, agency))
            for state, printed, agency in zip(
                agreements["state"], agreements[column], agreements["agency"], strict=True
            )
        ]
        for column, fixes in (("agency", _fixes("agency_fixes")), ("county", _fixes("county_fixes")))
    }
    return pd.DataFrame(fixed, index=agreements.index, dtype=object)


@cache
def _codes() -> dict[tuple[str, str], str]:
    census = tables.load("county_population")
    return {
        (state, plain(county)): code
        for state, county, code in zip(census["state"], census["county"], census["fips"], strict=True)
    }


def counties(agreements: pd.DataFrame) -> pd.Series:
    """The county (FIPS code) of each row of `agreements`, missing where it is not known: that of a sheriff by the
    office's name, and else what the column `county` means. On ICE's lists that column is the less reliable of the
    two."""
    names = (
        as_meant(agreements)
        .rename(columns=lambda name: name.removesuffix("_meant"))
        .fillna(agreements[["agency", "county"]])
        .fillna("")
    )
    found = []
    for state, agency, county in zip(agreements["state"], names["agency"], names["county"], strict=True):
        office, is_sheriff, _ = agency.partition("Sheriff")
        by_name = _codes().get((state, plain(office))) if is_sheriff else None
        found.append(by_name or _codes().get((state, plain(county))))
    return pd.Series(found, index=agreements.index, dtype="string")


def sheriffs_counties(agreements: pd.DataFrame) -> pd.Series:
    """The county (FIPS code) of each row of `agreements` that a sheriff's office holds; other rows are left out, an
    unknown county is missing.

    A row counts as a sheriff's by the word in the agency's name.
    """
    return counties(agreements[agreements["agency"].str.contains("Sheriff")])


def plain(county: str) -> str:
    """A county's name without capitals, blanks and points: DeKalb and Dekalb, Saint and St. are the same."""
    return re.sub("[^a-z]", "", re.sub(r"\bsaint\b", "st", county.lower()))


@cache
def _sheriffs_agreements() -> pd.DataFrame:
    """All agreements of sheriffs whose county is known: columns fips, first_listed, last_listed."""
    agreements = tables.load("agreements")
    counties = sheriffs_counties(agreements).dropna().rename("fips")
    return agreements.loc[counties.index, ["first_listed", "last_listed"]].join(counties)


def coverage(date: pd.Timestamp) -> pd.DataFrame:
    """Counties (and their residents) whose sheriff held an agreement on the list of `date`, for each state and the
    District of Columbia.

    Index: state. Columns: counties, residents (of all counties; estimate for 2020), covered_counties,
    covered_residents. Only agreements of sheriffs count: statewide and municipal agencies also reach residents, and a
    sheriff's agreement may be for the jail alone.
    """
    census = tables.load("county_population")
    covered = census["fips"].isin(on_list(_sheriffs_agreements(), date)["fips"])
    numbers = {
        "counties": 1,
        "residents": census["population"],
        "covered_counties": covered.astype(int),
        "covered_residents": census["population"].where(covered, 0),
    }
    return census[["state"]].assign(**numbers).groupby("state").sum().astype(int)


def by_state(list_key: str) -> pd.DataFrame:
    """One list, state by state, with what its counts can be compared to. Raises KeyError for an unknown list.

    Index: state, for every state, the District of Columbia and every territory. Columns: jail, warrant, task_force and
    agreements (rows), agencies, per_million (agreements per million residents of 2024), and those of ``coverage``;
    missing where the Census Bureau gives no residents.
    """
    listed = tables.load("lists").set_index("list").loc[list_key]
    table = tables.load("list_counts")
    states = tables.load("states").set_index("state")
    counted = (
        table[table["list"] == list_key]
        .set_index("state")[[*MODELS, "agencies"]]
        .reindex(states.index, fill_value=0)
        .astype(int)
    )
    counted.insert(len(MODELS), "agreements", counted[list(MODELS)].sum(axis=1))
    counted["per_million"] = 1e6 * counted["agreements"] / states["population_2024"].astype("Float64")
    return counted.join(coverage(listed["date"]).astype("Int64"))
