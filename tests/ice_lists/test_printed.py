"""Keeping the rows as printed: whatever lists went in come out again, row for row."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section287g import tables
from section287g.ice_lists import Archive, as_csv, derive, printed
from section287g.ice_lists.read import CELLS

cell = st.one_of(
    st.sampled_from(["", "TEXAS ", "\u00a0", "=1+1", "-2", "+x", "@a", "\tb", "a\nb", 'say "no", twice']),
    st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=6),
)
row = st.tuples(*[cell] * len(CELLS)).map(lambda cells: tuple(map(tables.as_printed, cells)))
lists = st.lists(row, min_size=1, max_size=6).flatmap(
    lambda rows: st.lists(st.lists(st.sampled_from(rows), max_size=8), min_size=1, max_size=6)
)


@given(lists)
def test_every_list_comes_back_in_its_own_order(lists):
    packed = {f"2025-01-0{number}": rows for number, rows in enumerate(lists, start=1)}
    text = printed.to_csv(packed)
    assert printed.from_csv(io.StringIO(text, newline=""), list(packed)) == packed
    assert printed.to_csv(printed.from_csv(io.StringIO(text, newline=""), list(packed))) == text


@given(st.permutations(range(12)), st.integers(0, 12))
def test_a_row_that_keeps_its_place_keeps_its_line(order, kept):
    """Of a list whose rows moved about, only as many lines are new as rows had to move."""
    row = [(str(number), *[""] * (len(CELLS) - 1)) for number in range(12)]
    before, after = (
        [row[number] for number in range(12)],
        [row[number] for number in [*sorted(order[:kept]), *order[kept:]]],
    )
    lines = printed.pack({"2025-01-01": before, "2025-01-02": after, "2025-01-03": before})
    assert len(lines) <= 24 - kept
    assert (
        sum(places == [0, 2] or places == [0, 1, 2] for _, places in lines) == 12
    )  # what comes back needs no new line


def test_a_row_printed_twice_has_two_lines():
    row = ("TEXAS", *[""] * (len(CELLS) - 1))
    assert printed.pack({"2025-01-01": [row, row], "2025-01-02": [row]}) == [(row, [0, 1]), (row, [0])]


def test_a_list_that_is_not_known_is_named():
    text = ",".join(printed.COLUMNS) + "\n" + "," * len(CELLS) + "2025-01-01..2025-02-30\n"
    with pytest.raises(tables.TableError, match="row 2, column lists: '2025-02-30' is no list"):
        printed.from_csv(io.StringIO(text), ["2025-01-01"])


def test_the_tables_in_data_are_what_follows_from_the_lists():
    archive = Archive.load()
    for name, text in derive(archive).files(archive).items():
        assert (tables.DATA / name).read_text(encoding="utf-8") == text, f"{name}: run `python -m section287g derive`"


def test_a_list_is_given_back_with_its_own_columns_and_all_its_rows():
    given = tables.load("lists").set_index("list")
    for label in ("2021-01-13", "2025-03-27", "2026-07-20", given.index[-1]):
        header, *rows = as_csv(label).splitlines()
        assert len(rows) == given.loc[label, "rows"]
        assert [name for name in header.split(",") if not name.endswith("LINK")] == given.loc[label, "columns"].split(
            "; "
        )
