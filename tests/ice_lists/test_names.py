"""The date of a list from its file name."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section287g.ice_lists import ListError, ListName, list_name
from section287g.ice_lists.names import PARTS


@pytest.mark.parametrize(
    ("file", "key"),
    [("2025-04-28-am.xlsx", "2025-04-28-am"), ("2025-03-27-r2.xlsx", "2025-03-27-r2"),
     ("2026-04-23.xlsx", "2026-04-23"), ("participatingAgencies04302025pm.xlsx", "2025-04-30-pm"),
     ("participatingAgencies05122025amB.xlsx", "2025-05-12-amb"),
     ("participatingAgencies12042025pm2.xlsx", "2025-12-04-pm2"),
     ("participatingAgencies-20250221214937.xlsx", "2025-02-21"),
     ("participatingAgencies090022025am.xlsx", "2025-09-02-am"),
     ("participatingAgencies060920263pm.xlsx", "2026-06-09-pm"),
     ("287gParticipatingAgencies091526pm.xlsx", "2026-09-15-pm"),
     ("ParticipatingAgency091826am.xlsx", "2026-09-18-am"), ("participatingAgencies10092026.xlsx", "2026-10-09"),
     ("participatingAgencies08012026am (1).xlsx", "2026-08-01-am"), ("2026-05-18-am(2).xlsx", "2026-05-18-am"),
     ("participatingAgencies08012026pm - Copy (3).xlsx", "2026-08-01-pm")],
)  # fmt: skip
def test_names_seen_in_the_archive_and_on_ices_page(file, key):
    assert str(list_name(file)) == key


@pytest.mark.parametrize(
    "file",
    ["list.xlsx", "participatingAgencies11114025am.xlsx", "2025-02-30.xlsx", "list13452025.xlsx", "1999-01-01.xlsx"],
)
def test_a_name_without_a_date_is_refused_in_one_sentence(file):
    with pytest.raises(ListError, match="does not say the date") as error:
        list_name(file)
    assert "\n" not in str(error.value) and file in str(error.value)


names = st.builds(
    ListName, st.dates(dt.date(2002, 1, 1), dt.date(2099, 12, 31)), st.integers(0, len(PARTS) - 1), st.integers(1, 9)
)


@given(names)
def test_a_key_is_a_file_name_that_gives_the_same_list(name):
    assert list_name(f"{name}.xlsx") == name


def test_lists_sort_in_time_order():
    ordered = (
        "2025-03-27 2025-03-27-r2 2025-05-12-am 2025-05-12-amb 2025-05-12 2025-05-12-mid 2025-09-08-am 2025-09-08-pm"
        " 2025-12-04-pm 2025-12-04-pm2"
    ).split()
    assert sorted(sorted(ordered), key=list_name) == ordered
