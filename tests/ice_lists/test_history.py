"""Following agreements: one agreement stays one, through every way in which the lists have re-dated, re-spelt,
re-labelled or moved it."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section287g.ice_lists import follow
from section287g.ice_lists.history import same_agency
from section287g.ice_lists.normalise import agency_key

DAY = dt.date(2025, 6, 1)


def listing(*rows: dict) -> pd.DataFrame:
    """A cleaned list; each row says only what differs from one task force agreement of Clay County, Florida."""
    plain = {"state": "FL", "agency": "Clay County Sheriff's Office", "agency_kind": "county", "county": "Clay County"}
    plain |= {"model": "task_force", "signed": "2025-02-26", "document_url": ""}
    table = pd.DataFrame([plain | row for row in rows], columns=list(plain))
    return table.assign(
        row=range(2, len(table) + 2), agency_key=table["agency"].map(agency_key), signed=pd.to_datetime(table["signed"])
    )


def follow_all(*lists: pd.DataFrame, days: int = 7):
    """Follow lists published every ``days`` days; returns the agreements and the changes of each list."""
    known, changes = [], []
    for number, rows in enumerate(lists):
        known, change = follow(known, rows, DAY + dt.timedelta(days=days * number))
        changes.append([one.what for one in change])
    return known, changes


def named(*names, **same):
    """Rows of one agreement under one name after the other."""
    return [{"agency": name, **same} for name in names]


CORRECTED = {
    "date by a day": ([{}, {"signed": "2025-02-25"}], "re-dated"),
    "year wrong while not posted": ([{"signed": "2016-03-09"}, {"signed": "2026-03-09"}], "re-dated"),
    "typing error": (named("Macro Island Police Department", "Marco Island Police Department"), "renamed"),
    "new label": (named("Gulf County Sheriff's Office", "Gulf County Board of County Commissioners"), "renamed"),
    "city of": (named("City of Miami Springs Police Department", "Miami Springs PD"), "renamed"),
    "state's name added": (named("Department of Corrections", "Alaska Department of Corrections"), "renamed"),
    "same document": (named("Constable Four", "Polk Constable", document_url="https://x/a.pdf"), "renamed"),
    "another county": ([{}, {"county": "Clayton County"}], "corrected"),
    "another document": ([{"document_url": f"https://x/{name}.pdf"} for name in "ab"], "corrected"),
    "wrong state": ([{"state": state, "agency": "Cass County Sheriff's Office"} for state in ("MT", "MN")], "moved"),
}


@pytest.mark.parametrize("case", CORRECTED)
def test_a_corrected_row_is_the_same_agreement(case):
    (before, after), what = CORRECTED[case]
    known, changes = follow_all(listing(before), listing(after))
    assert len(known) == 1 and known[0].status == "listed"
    assert (known[0].first_listed, known[0].last_listed) == (DAY, DAY + dt.timedelta(days=7))
    assert what in changes[1] and "new" not in changes[1] and "left" not in changes[1]


def test_the_last_correction_stands_and_the_identifier_stays():
    known, _ = follow_all(listing({"agency": "Macro Island PD"}), listing({"agency": "Marco Island PD"}))
    assert known[0].agency == "Marco Island PD"
    assert known[0].agreement_id == "fl-macro-island-police-department-task-force-2025-02-26"


def test_a_brief_absence_is_not_an_ending():
    known, changes = follow_all(
        listing({}, {"county": "B", "model": "jail"}),
        listing({"county": "B", "model": "jail"}),
        listing({}, {"county": "B", "model": "jail"}),
    )
    assert len(known) == 2 and all(agreement.status == "listed" for agreement in known)
    assert changes[1:] == [["left"], ["returned"]]


OLD, OTHER = ({"document_url": f"https://x/{name}.pdf"} for name in ("old", "new"))
JAIL = {"model": "jail"}
SIGNED_AGAIN = {
    "later, another document": ([[OLD | {"signed": "2017-06-15"}], [OTHER | {"signed": "2026-06-08"}]], []),
    "after the row was taken off": ([[{}, JAIL], [JAIL], [JAIL, {"signed": "2025-06-10"}]], [("jail", "listed")]),
    "before the oldest list": ([[OLD | {"signed": "2017-06-15"}], [OTHER | {"signed": "2020-06-08"}]], []),
}


@pytest.mark.parametrize("case", SIGNED_AGAIN)
def test_another_signature_is_a_new_agreement(case):
    lists, others = SIGNED_AGAIN[case]
    known, changes = follow_all(*(listing(*rows) for rows in lists))
    found = sorted((agreement.model, agreement.status) for agreement in known)
    assert found == [*others, ("task_force", "left"), ("task_force", "listed")] and "new" in changes[-1]


def test_two_spellings_that_change_together_stay_one_agreement():
    city = {"agency": "City of St. Cloud PD", "signed": "2025-04-15"}
    plain = {"agency": "St. Cloud PD", "signed": "2025-04-14"}
    known, _ = follow_all(
        listing(city), listing(city, plain), listing(plain | {"signed": "2025-04-15"}, plain), listing(plain)
    )
    assert len(known) == 1 and known[0].signed == dt.date(2025, 4, 14)


@pytest.mark.parametrize(
    ("one", "other"),
    [({"agency": "Lee County Sheriff"}, {"agency": "Levy County Jail"}), ({"agency": "Constable Precinct 1"},
     {"agency": "Constable Precinct 4"}), ({}, {"model": "jail"}), ({}, {"state": "TX"}),
     ({"agency": "Palm Beach Police Department"}, {"agency": "Palm Beach Gardens Police Department"}),
     ({"agency": "Lake County Sheriff's Office"}, {"agency": "Lake City Police Department"})],
)  # fmt: skip
def test_neighbours_on_one_list_stay_apart(one, other):
    known, _ = follow_all(listing(one, other), listing(one, other))
    assert len(known) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"agency": "Zephyrhills Police Department"}, {"agency": "City of Zephyrhills Police Department"}),
        ({}, {"signed": "2025-02-25"}),
    ],
    ids=["exact double", "two spellings", "two dates"],
)
def test_an_agreement_listed_twice_is_counted_once(one, other):
    for lists in ([listing(one, other), listing(one)], [listing(one), listing(one, other), listing(other)]):
        known, _ = follow_all(*lists)
        assert len(known) == 1 and known[0].status == "listed"


def test_a_document_linked_by_mistake_does_not_join_two_bodies():
    shared = "https://x/environment.pdf"
    wildlife, replaced = named("Wildlife Commission", "Environment Department", document_url=shared)
    both = listing(wildlife, environment := replaced | {"signed": "2025-04-24"})
    known, _ = follow_all(both, listing(replaced, environment), both)
    assert sorted(agreement.agency for agreement in known) == ["Environment Department", "Wildlife Commission"]
    assert {agreement.first_listed for agreement in known} == {DAY}


def test_a_cell_missing_from_a_later_list_does_not_undo_an_earlier_one():
    known, _ = follow_all(
        listing({"document_url": "https://x/a.pdf"}), listing({"county": "", "agency_kind": "", "signed": None})
    )
    kept = (known[0].county, known[0].agency_kind, known[0].document_url, known[0].signed)
    assert kept == ("Clay County", "county", "https://x/a.pdf", dt.date(2025, 2, 26))


def test_same_agency_knows_the_archives_neighbours():
    assert same_agency("somervill county sheriffs office", "somerville county sheriffs office")
    for one, other in [
        ("lee county sheriffs office", "lake county sheriffs office"),
        ("marion county sheriffs office", "madison county sheriffs office"),
        ("precinct 1 constable", "precinct 4 constable"),
    ]:
        assert not same_agency(one, other)


row = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["FL", "TX"]),
        "agency": st.sampled_from(["Clay County Sheriff", "Clay County Jail", "Lee PD", "City of Lee PD", "Levy PD"]),
        "model": st.sampled_from(["jail", "task_force"]),
        "signed": st.sampled_from(["2025-02-26", "2025-02-27", "2020-06-09", None]),
        "document_url": st.sampled_from(["", "https://x/a.pdf", "https://x/b.pdf"]),
    }
)


@given(st.lists(st.lists(row, min_size=1, max_size=6), min_size=1, max_size=5))
def test_following_loses_nothing_and_counts_nothing_twice(lists):
    known = []
    for number, rows in enumerate(lists):
        date, table = DAY + dt.timedelta(days=number), listing(*rows)
        before = {agreement.agreement_id for agreement in known}
        known, changes = follow(known, table, date)
        listed = [agreement for agreement in known if agreement.status == "listed"]
        assert 1 <= len(listed) <= len(table.drop_duplicates(["state", "agency_key", "model", "signed"]))
        assert before <= {agreement.agreement_id for agreement in known}
        assert len({agreement.agreement_id for agreement in known}) == len(known)
        assert all(agreement.last_listed == date for agreement in listed)
        assert {(agreement.state, agreement.model) for agreement in listed} == set(zip(table["state"], table["model"]))
        assert len(known) - len(before) == sum(change.what == "new" for change in changes)


@given(st.lists(row, min_size=1, max_size=8), st.randoms())
def test_the_same_list_again_changes_nothing_whatever_its_order(rows, random):
    table = listing(*rows)
    known, _ = follow([], table, DAY)
    again, changes = follow(
        known, table.sample(frac=1, random_state=random.randrange(2**32)), DAY + dt.timedelta(days=1)
    )
    assert {agreement.agreement_id for agreement in again} == {agreement.agreement_id for agreement in known}
    assert not {change.what for change in changes} & {"new", "left", "returned", "moved"}
