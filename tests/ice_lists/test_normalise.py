"""Cleaning a list: the quirks of the archive, and nothing guessed, lost or merged."""

import datetime as dt
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import agreement, make_list

from section287g import tables
from section287g.ice_lists import ListError, normalise, read
from section287g.ice_lists.normalise import (
    agency_key,
    agency_kind,
    county_name,
    known_kind,
    model_name,
    signed_date,
    state_code,
)
from section287g.ice_lists.read import document_url

STATES = tables.load("states")


@pytest.mark.parametrize(
    ("printed", "code"),
    [("TEXAS ", "TX"), ("Georgia", "GA"), ("PENNSLYVANIA", "PA"), ("UTAh", "UT"), ("UTAHJ", "UT"),
     ("WEST VIRIGINIA", "WV"), ("MCHIGAN", "MI"), ("New Hamsphire", "NH"),
     ("NEW\u00a0YORK", "NY"), ("GUAM", "GU"), ("NORTHERN MARIANA ISLANDS", "MP"), ("CNMI", "MP"),
     ("U.S. Virgin Islands", "VI"), ("TX", "TX"),
     # none, or it could be two: not guessed
     *((none, None) for none in ("FOOLAND", "", "AKANSAS", "NOUTH DAKOTA", "OHWA", "TOTAL"))],
)  # fmt: skip
def test_states_as_printed(printed, code):
    assert state_code(printed) == code


@given(st.sampled_from(list(STATES["name"])), st.integers(0, 3))
def test_every_state_name_survives_case_and_spaces(name, spaces):
    code = STATES.set_index("name").loc[name, "state"]
    assert state_code(" " * spaces + name.upper() + "\n") == state_code(name.lower()) == code


@pytest.mark.parametrize(
    ("printed", "model"),
    [("Task Force Model", "task_force"), ("Task Force Officer", "task_force"), ("Jail Enforcement Model ", "jail"),
     ("Warrant Services Officer", "warrant"),
     ("Warrant Service Office", "warrant"), ("TFM", "task_force"), ("Warant Service Officer", "warrant"),
     ("Highway Model", None), ("Jail and Task Force", None), ("", None),
     ("Tribal Task Force Model", None), ("Joint Task Force Officer Program", None),
     ("Task Force Officer Program", "task_force"), ("Task Force Model (TFM)", "task_force"),
     ("TASK  FORCE MODEL", "task_force")],
)  # fmt: skip
def test_models_as_printed(printed, model):
    assert model_name(printed) == model


@pytest.mark.parametrize(
    ("printed", "date"),
    [(dt.date(2025, 3, 4), dt.date(2025, 3, 4)), (dt.datetime(2025, 3, 4, 12), dt.date(2025, 3, 4)),
     ("2020-06-09", dt.date(2020, 6, 9)), ("05/082025", dt.date(2025, 5, 8)),
     ("7/72025", dt.date(2025, 7, 7)), ("8/282025", dt.date(2025, 8, 28)), ("9/5/2025", dt.date(2025, 9, 5)),
     (dt.date(5025, 7, 1), dt.date(2025, 7, 1)), ("45720", dt.date(2025, 3, 4)),
     ("", None), ("unknown", None), ("13/45/2025", None), ("3", None), ("02/30/2025", None),
     ("2025-03-04 12:00:00", dt.date(2025, 3, 4)), ("9/22/25", dt.date(2025, 9, 22)),
     ("September 22, 2025", dt.date(2025, 9, 22)), ("Sept. 22 2025", dt.date(2025, 9, 22)),
     ("22 September 2025", dt.date(2025, 9, 22)), ("22-Sep-25", dt.date(2025, 9, 22)),
     ("Monday, September 22nd, 2025", dt.date(2025, 9, 22)), ("22.09.2025", dt.date(2025, 9, 22)),
     ("05.09.2025", dt.date(2025, 9, 5)), ("2025/09/22", dt.date(2025, 9, 22)),
     ("20250922", dt.date(2025, 9, 22)), ("9-22-2025", dt.date(2025, 9, 22)), ("22/09/2025", dt.date(2025, 9, 22)),
     ("9/22/2025 0:00", dt.date(2025, 9, 22)), ("#REF!", None), ("September 2025", None),
     ("Smarch 3, 2025", None)],
)  # fmt: skip
def test_dates_as_printed(printed, date):
    assert signed_date(printed) == date


@given(
    st.dates(dt.date(2002, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(
        ["{:%m/%d/%Y}", "{:%m/%d%Y}", "{:%Y-%m-%d}", "{:%B %d, %Y}", "{:%d %b %Y}", "{:%d.%m.%Y}", "{:%Y%m%d}"]
    ),
)
def test_a_date_survives_every_way_it_is_written(date, form):
    assert signed_date(form.format(date)) == signed_date(date) == date


@pytest.mark.parametrize(
    ("same", "one", "other"),
    [(True, "Clay County Sheriff's Office", "Clay County Sheriff\u2019s Office "),
     (True, "Ft. Myers PD", "Fort Myers Police Department"), (True, "Fish & Wildlife", "Fish and Wildlife"),
     (True, "St. Cloud Police Dept.", "Saint Cloud Police Department"),
     (True, "Gulf County BOCC", "Gulf County Board of County Commissioners"),
     (True, "Penn Twp. Constable", "Penn Township Constable"),
     (False, "Lee County Sheriff", "Levy County Sheriff"), (False, "Marion County", "Martin County"),
     (False, "Constable Precinct 1", "Constable Precinct 4"),
     (False, "Clay County Sheriff's Office", "Clay County Jail")],
)  # fmt: skip
def test_spellings_of_one_agency_have_one_key_and_neighbours_their_own(same, one, other):
    assert (agency_key(one) == agency_key(other)) == same


@pytest.mark.parametrize(
    ("printed", "county"),
    [*((blank, "") for blank in ("#N/A", "#NA", "N/A", "", "#REF!")), ("\nClay County\u00a0", "Clay County"),
     ("Lake Conty", "Lake County"), ("Custer Countey", "Custer County"), ("Decatur", "Decatur County"),
     ("Winn Parish", "Winn Parish")],
)  # fmt: skip
def test_counties_as_printed(printed, county):
    assert county_name(printed) == county


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("County ", "county"), ("Muncipality", "municipality"), ("State", "state_agency"),
     ("State Agency", "state_agency"), ("#NA", ""), ("", "")],
)  # fmt: skip
def test_agency_kinds_as_printed(printed, kind):
    assert agency_kind(printed) == known_kind(printed) == kind


@pytest.mark.parametrize("printed", ["Tribal", "Federal", "University"])
def test_a_kind_that_is_not_known_is_not_guessed(printed):
    assert known_kind(printed) is None and agency_kind(printed) == ""


PDF = "https://www.ice.gov/doclib/287gMOA/a_TFM.pdf"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [(PDF.replace("https", "http"), PDF), (f"https://web.archive.org/web/20210113002027/{PDF}", PDF),
     (f"https://gcc02.safelinks.protection.outlook.com/?url={quote(PDF, safe='')}&data=05%7C02%7Csomebody%40x.gov&x=0",
      PDF),
     # no address, or one that leads elsewhere than it says
     *((none, "") for none in ("link pending", "javascript:alert(1)", "https://www.ice.gov@evil.example/a.pdf",
       "https://user:word@evil.example/", "https://", "https://[half/a.pdf",
       "chrome-extension://x/https:/www.ice.gov/a.pdf"))],
)  # fmt: skip
def test_links_are_taken_out_of_their_wrapping_or_not_kept(printed, kept):
    assert document_url(printed) == kept


def test_invisible_characters_are_taken_out_of_names(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(agency="Clay\u202e County\u200b Sheriff\u2019s  Office\n")])
    assert normalise(read(path), path.name).loc[0, "agency"] == "Clay County Sheriff's Office"


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"state": "FOOLAND"}, "row 3, column STATE: 'FOOLAND'"),
        ({"model": "Highway Model"}, "row 3, column SUPPORT TYPE: 'Highway Model'"),
    ],
)
def test_an_unknown_state_or_model_is_refused_with_its_place(tmp_path, cells, place):
    path = make_list(tmp_path / "list.xlsx", [agreement(), agreement(**cells)])
    with pytest.raises(ListError, match=place):
        normalise(read(path), path.name)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["TEXAS", "texas ", "PENNSLYVANIA", "GUAM"]),
            st.text(min_size=1, max_size=20),
            st.sampled_from(["Task Force Model", "Jail Enforcement Model ", "Warrant Services Officer"]),
            st.one_of(st.just(""), st.text(max_size=12), st.dates()),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_normalise_keeps_every_row_in_order(rows):
    printed = pd.DataFrame(rows, columns=["state", "agency", "model", "signed"], dtype=object)
    printed = printed.assign(row=range(2, len(rows) + 2), agency_kind="", county="", document_url="")
    table = normalise(printed, "list.xlsx")
    assert list(table["row"]) == list(printed["row"])
    assert table["state"].isin(STATES["state"]).all() and table["model"].isin(["jail", "warrant", "task_force"]).all()
