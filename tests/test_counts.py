"""Counting: agreements, agencies, states and territories, of one list and through time."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section287g import counts, tables

row = st.tuples(
    st.sampled_from(["TX", "FL", "GU", "DC"]),
    st.sampled_from("abcd"),
    st.sampled_from(counts.MODELS),
    st.sampled_from(["2025-02-26", None]),
)


@given(st.lists(row, min_size=1, max_size=30))
def test_the_counts_of_a_list_hang_together(rows):
    table = pd.DataFrame(rows, columns=["state", "agency_key", "model", "signed"])
    counted = counts.listing(table)
    assert counted["rows"] == len(rows) == sum(counted["by_model"].values()) == sum(counted["by_state"].values())
    assert counted["agreements"] == len(set(rows))
    assert counted["agencies"] == len({(state, agency) for state, agency, *_ in rows})
    assert counted["states"] == len({state for state, *_ in rows} - {"GU"})
    assert counted["territories"] == any(state == "GU" for state, *_ in rows)
    by_state = counts.lists_by_state(table.assign(list=0))
    assert by_state["agencies"].sum() == counted["agencies"]
    assert {model: by_state[model].sum() for model in counts.MODELS} == counted["by_model"]
    assert (by_state["jail_agencies"] <= by_state[["jail", "agencies"]].min(axis=1)).all()


def test_states_add_up_to_every_list():
    lists, national = tables.load("lists").set_index("list"), counts.over_time()
    assert list(national.index) == list(lists.index)
    assert (national["agreements"] == lists["rows"]).all() and (national["agencies"] == lists["agencies"]).all()
    for model in counts.MODELS:
        assert (national[model] == lists[model]).all()
    states = sorted(set(tables.load("list_counts")["state"]))
    assert (sum(counts.over_time(state)["agreements"] for state in states) == national["agreements"]).all()


COUNTED = "rows agencies states territories jail warrant task_force".split()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-01-13", (150, 147, 26, 0, 74, 76, 0)),
        ("2025-09-02-am", (956, 796, 40, None, None, None, 473)),
        ("2025-09-02-pm", (957, None, None, None, None, None, None)),
        ("2025-09-09-pm", (1000, 831, None, None, None, None, None)),
        ("2025-12-05-pm", (1199, 998, 39, 1, None, None, 623)),
        ("2026-05-18-am", (1843, 1551, 38, 2, 182, 499, 1162)),
        ("2026-07-20", (2179, 1848, 38, 2, 179, 533, 1467)),
    ],
)
def test_lists_counted_before_by_hand_or_by_others(name, expected):
    counted = tables.load("lists").set_index("list").loc[name, COUNTED]
    assert all(number in (None, found) for number, found in zip(expected, counted, strict=True))


def test_lists_equal_the_totals_that_ice_stated_with_all_models():
    stated = tables.load("published_totals").set_index("date").loc["2025-05-29"]
    columns = ["agreements", "jail", "warrant", "task_force"]
    assert counts.on("2025-05-29-am")[columns].tolist() == stated[columns].tolist()


def test_agreements_ever_listed_fit_the_lists():
    agreements, newest = tables.load("agreements"), counts.newest()
    assert (agreements["status"] == "listed").sum() == newest["agreements"]
    assert set(agreements.loc[agreements["status"] == "listed", "last_listed"]) == {newest["date"]}
    assert (agreements["first_listed"] <= agreements["last_listed"]).all()
    # the newest workbook is counted the same from the agreements followed as from its own rows
    workbook = counts.newest("ice_workbook")
    on_it = (agreements["first_listed"] <= workbook["date"]) & (agreements["last_listed"] >= workbook["date"])
    assert on_it.sum() == workbook["rows"]


def test_a_state_no_list_names_is_refused():
    with pytest.raises(KeyError, match="no list names the state 'VT'"):
        counts.over_time("VT")


DAY = {day: pd.Timestamp(2025, 3, day) for day in (1, 5, 9, 20)}
FOLLOWED = pd.DataFrame(
    [("TX", "Clay", "jail", 1, 1, 9), ("TX", "Clay", "task_force", 1, 5, 20), ("FL", "Clay", "jail", 5, 5, 5),
     ("FL", "Bell", "warrant", 9, 20, 20)],
    columns=["state", "agency", "model", "signed", "first_listed", "last_listed"],
)  # fmt: skip
for dates in ("signed", "first_listed", "last_listed"):
    FOLLOWED[dates] = FOLLOWED[dates].map(DAY)


@pytest.fixture
def followed(monkeypatch):
    """Four agreements on lists of March 1, 5, 9 and 20."""
    monkeypatch.setattr(tables, "load", lambda name: {"agreements": FOLLOWED}[name].copy())


def test_agreements_on_a_list_and_on_any_list_before(followed):
    assert [len(counts.listed_on(day)) for day in DAY.values()] == [1, 3, 2, 2]
    assert [len(counts.listed_until(day)) for day in DAY.values()] == [1, 3, 3, 4]


def test_agreements_that_came_and_that_are_gone(followed):
    assert counts.gone(DAY[20]) == 2 and counts.gone(DAY[20], since=DAY[9]) == 1
    assert counts.came(DAY[20], since=DAY[1]) == 3 and counts.came(DAY[9], since=DAY[5]) == 0


def test_two_lists_compared_either_way(followed):
    assert counts.on_both(DAY[5], DAY[20]) == counts.on_both(DAY[20], DAY[5]) == 1
    assert counts.on_first_only(DAY[5], DAY[20]) == 2 and counts.on_first_only(DAY[20], DAY[5]) == 1


def test_agencies_are_counted_inside_their_state(followed):
    assert counts.agencies_by_models_held(DAY[5]).to_dict() == {1: 1, 2: 1, 3: 0}


def test_agencies_with_a_departure(monkeypatch):
    agreements = FOLLOWED.assign(status=["left", "listed", "left", "listed"])
    monkeypatch.setattr(tables, "load", lambda name: agreements)
    assert counts.agencies_of(agreements) == 3
    assert counts.agencies_with_a_departure().to_dict() == {("FL", "Clay"): False, ("TX", "Clay"): True}


def test_signed_in_a_year_and_days_to_listing(followed):
    assert counts.signed_in(2025, DAY[9]) == 2 and counts.signed_in(2024, DAY[9]) == 0
    assert counts.days_to_listing(since=DAY[1], date=DAY[20]) == 4  # 4, 0 and 11 days


def test_what_came_less_what_left_is_the_change():
    before, newest = pd.Timestamp(2024, 12, 18), counts.newest("ice_workbook")["date"]
    change = len(counts.listed_on(newest)) - len(counts.listed_on(before))
    assert counts.came(newest, since=before) - counts.gone(newest, since=before) == change


# --- coverage ---

NEWEST = counts.newest("ice_workbook")


def sheriff(agency, state="TX", county=None):
    return pd.DataFrame({"state": [state], "agency": [agency], "county": [county]})


@pytest.mark.parametrize(
    ("state", "agency", "county", "found"),
    [
        ("TX", "Travis County Sheriff's Office", "Travis County", "Travis County"),
        ("TX", "Travis County Sheriff's Office", "Harris County", "Travis County"),  # the agency's name is surer
        ("LA", "St. Bernard Parish Sheriff's Office", "Chalmette Parish", "St. Bernard Parish"),
        ("MO", "Saint Francois County Sheriff's Office", None, "St. Francois County"),
        ("TN", "Dekalb County Sheriff's Office", None, "DeKalb County"),
        ("FL", "Jacksonville Sheriff's Office", "Duval County", "Duval County"),
        ("MI", "Berrian County Sheriff's Office", "Berrian County", "Berrien County"),
        ("VA", "Hopewell County Sheriff's Office", "Hopewell County", "Hopewell city"),
    ],
)
def test_county_of_a_sheriff(state, agency, county, found):
    census = tables.load("county_population").set_index("fips")
    code = counts.sheriffs_counties(sheriff(agency, state, county)).iloc[0]
    assert (census.loc[code, "state"], census.loc[code, "county"]) == (state, found)


def test_other_agencies_and_unknown_counties_are_not_given_a_county():
    assert counts.sheriffs_counties(sheriff("Travis County Constable Precinct 2", county="Travis County")).empty
    assert counts.sheriffs_counties(sheriff("Nowhere County Sheriff's Office", county="Nowhere County")).isna().all()


@pytest.mark.parametrize(
    ("state", "agency", "county"),
    [
        ("LA", "Morse Police Department", "Acadia Parish"),
        ("FL", "Bunnell Police Department", "Flagler County"),
        ("AR", "Texarkana Police Department", "Miller County"),
    ],
)
def test_a_county_that_is_misspelt_is_counted_as_what_it_means(state, agency, county):
    census = tables.load("county_population").set_index("fips")["county"]
    agreements = tables.load("agreements")
    rows = agreements[(agreements["state"] == state) & (agreements["agency"] == agency)]
    assert set(counts.counties(rows).map(census)) == {county} != set(rows["county"])


# Counties on the lists that are none, and for which it cannot be shown which one is meant.
UNDECIDED = {
    ("GU", "Kattan District"), ("NC", "Albemarle County"), ("TX", "Overton County"), ("WV", "Washington County"),
}  # fmt: skip


def test_every_county_that_is_listed_is_one_or_means_one():
    census = tables.load("county_population")
    named = tables.load("agreements").dropna(subset=["county"])
    meant = counts.as_meant(named)["county_meant"].fillna(named["county"])
    unknown = set(zip(named["state"], meant, strict=True)) - set(zip(census["state"], census["county"], strict=True))
    assert unknown == UNDECIDED


def test_every_fix_means_a_county_and_mends_something():
    census, fixes = tables.load("county_population"), tables.load("county_fixes")
    real = set(zip(census["state"], census["county"], strict=True))
    assert all(pair in real for pair in zip(fixes["state"], fixes["meant"], strict=True))
    for_all = fixes[fixes["agency"].isna()]
    assert not any(pair in real for pair in zip(for_all["state"], for_all["printed"], strict=True))
    agreements = tables.load("agreements")
    rows = fixes.dropna(subset="agency").merge(agreements, on=["state", "agency"])
    assert len(rows) == fixes["agency"].notna().sum() and (rows["printed"] == rows["county"]).all()


def test_the_archive_by_month_is_all_lists_and_what_is_missing():
    months, lists, known = counts.archive_by_month(), tables.load("lists"), tables.load("known_lists")
    assert months["lists"].sum() == len(lists) and months["days"].map(len).sum() == lists["date"].nunique()
    missing = known[~known["list"].isin(lists["list"]) & known["may_be"].isna()]
    assert months["missing"].sum() == len(missing)
    assert months["elsewhere"].map(len).sum() == missing.loc[~missing["date"].isin(lists["date"]), "date"].nunique()
    assert months.loc["2026-07", "days"] == [20] and 20 not in months.loc["2026-07", "elsewhere"]


def test_every_sheriff_ever_listed_has_a_county():
    assert counts.sheriffs_counties(tables.load("agreements")).notna().all()


@pytest.mark.parametrize("date", tables.load("lists")["date"].drop_duplicates().iloc[::20].tolist())
def test_coverage_keeps_its_bounds(date):
    covered = counts.coverage(date)
    assert len(covered) == 51 and covered["counties"].sum() == len(tables.load("county_population"))
    assert ((covered["covered_counties"] >= 0) & (covered["covered_counties"] <= covered["counties"])).all()
    assert ((covered["covered_residents"] >= 0) & (covered["covered_residents"] <= covered["residents"])).all()
    assert ((covered["covered_counties"] == 0) == (covered["covered_residents"] == 0)).all()
    sheriffs = counts.sheriffs_counties(counts.listed_on(date))
    assert covered["covered_counties"].sum() == sheriffs.nunique() <= len(sheriffs)


def test_one_more_sheriff_covers_one_more_county_and_its_residents(monkeypatch):
    date = NEWEST["date"]
    before, census = counts.coverage(date), tables.load("county_population")
    known = counts._sheriffs_agreements()
    free = census[~census["fips"].isin(counts.on_list(known, date)["fips"])].iloc[0]
    added = pd.DataFrame({"first_listed": [date], "last_listed": [date], "fips": [free["fips"]]})
    twice = pd.concat([known, added, added])  # a county counts once
    monkeypatch.setattr(counts, "_sheriffs_agreements", lambda: twice)
    change = (counts.coverage(date) - before).sum()
    assert change["covered_counties"] == 1 and change["covered_residents"] == free["population"]


def test_all_sheriffs_of_florida_hold_an_agreement():
    florida = counts.coverage(NEWEST["date"]).loc["FL"]
    assert florida["covered_counties"] == florida["counties"] == 67


def test_residents_of_counties_add_up_to_the_census_bureaus_totals():
    census = tables.load("county_population")
    assert census["population"].sum() == 329_484_123  # SCPRC-EST2020, United States
    by_state = census.groupby("state")["population"].sum()
    stated = {"AL": 4_921_532, "CA": 39_368_078, "CT": 3_557_006, "FL": 21_733_312, "HI": 1_407_006}
    assert by_state[list(stated)].to_dict() == stated


# --- state by state ---


@pytest.mark.parametrize("key", tables.load("lists")["list"].iloc[::40].tolist())
def test_by_state_adds_up_to_the_list(key):
    listed, by_state = tables.load("lists").set_index("list").loc[key], counts.by_state(key)
    assert len(by_state) == len(tables.load("states"))
    assert by_state["agreements"].sum() == listed["rows"] and by_state["agencies"].sum() == listed["agencies"]
    assert [by_state[model].sum() for model in counts.MODELS] == [listed[model] for model in counts.MODELS]


def test_by_state_rate_and_what_has_none():
    by_state, states = counts.by_state(NEWEST["list"]), tables.load("states").set_index("state")
    texas = by_state.loc["TX"]
    assert texas["per_million"] == pytest.approx(1e6 * texas["agreements"] / states.loc["TX", "population_2024"])
    assert by_state.loc["GU", ["per_million", "counties"]].isna().all()
    with pytest.raises(KeyError):
        counts.by_state("2020-01-01")


def test_rows_of_a_list_by_year_of_signing_and_kind():
    rows = pd.DataFrame(
        {
            "signed": pd.to_datetime(["2025-03-05", "2025-04-01", "2020-06-09", None]),
            "agency_kind": ["county", "county", "", "municipality"],
            "model": ["jail", "task_force", "jail", "warrant"],
        }
    )
    found = counts.lists_by_signing(rows.assign(list=0)).drop(columns="list").astype(object)
    assert sorted(found.where(found.notna(), None).to_numpy().tolist(), key=str) == [
        [2020, None, 1, 0, 0],
        [2025, "county", 1, 0, 1],
        [None, "municipality", 0, 1, 0],
    ]
