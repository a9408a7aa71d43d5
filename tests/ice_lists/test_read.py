"""Reading a list as published: every layout, every row, and one clear sentence for a file that is not a list."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import COLUMNS, PENDING, WEB_TABLE, WITH_ADDENDUM, WITH_COUNTY, WITH_TYPE, agreement, make_list

from section287g.ice_lists import ListError, normalise, read


@pytest.mark.parametrize("columns", [WEB_TABLE, WITH_TYPE, WITH_COUNTY, WITH_ADDENDUM], ids=["web table", "type", "county", "addendum"])
def test_every_layout_gives_the_same_agreements(tmp_path, columns):
    rows = [agreement(), agreement(model="Jail Enforcement Model")]
    printed = read(make_list(tmp_path / "list.xlsx", rows, columns))
    assert list(printed["state"]) == ["TEXAS", "TEXAS"]
    assert list(printed["model"]) == ["Task Force Model", "Jail Enforcement Model"]
    assert list(printed["signed"]) == ["2025-03-04"] * 2


def test_columns_are_found_by_name_not_by_place(tmp_path):
    printed = read(make_list(tmp_path / "list.xlsx", [agreement()], WITH_ADDENDUM[::-1]))
    assert printed.loc[0, "agency"] == "Clay County Sheriff's Office"


def test_hidden_rows_are_agreements(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(county=f"County {n}") for n in range(5)], hidden=(1, 3))
    assert len(read(path)) == 5


def test_blank_rows_are_skipped_but_do_not_end_the_list(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(), None, agreement(), None, None])
    assert list(read(path)["row"]) == [2, 4]


def test_a_stray_word_beside_the_table_is_not_an_agreement(tmp_path):
    stray = {name: "" for name in COLUMNS} | {"COUNTY": "\u00a0"}
    assert len(read(make_list(tmp_path / "list.xlsx", [agreement(), stray]))) == 1


def test_a_title_above_the_header_and_a_helper_sheet_do_no_harm(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement()], title="Participating agencies", helper_sheet=True)
    assert list(read(path)["row"]) == [3]


def test_the_target_of_the_moa_link_is_read(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(), agreement(moa="link")], links={1: "https://www.ice.gov/doclib/a.pdf"})
    assert list(read(path)["moa"]) == ["link pending", "link"]
    assert list(read(path)["document_url"]) == ["", "https://www.ice.gov/doclib/a.pdf"]


def test_a_csv_copy_is_read_like_a_workbook(tmp_path):
    path = tmp_path / "2026-07-20.csv"
    path.write_text("state,agency,county,model,signed\nAlabama,Anniston Police Department,Calhoun County,TFM,2026-07-10\n", encoding="utf-8")
    printed = normalise(read(path), path.name)
    assert printed.loc[0, ["state", "model", "county"]].tolist() == ["AL", "task_force", "Calhoun County"]


def refusal(path) -> str:
    with pytest.raises(ListError) as error:
        read(path)
    message = str(error.value)
    assert "\n" not in message and message.startswith(path.name)
    return message


def test_a_text_file_named_xlsx(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_text("not a workbook")
    assert "not an Excel workbook" in refusal(path)


def test_an_empty_workbook(tmp_path):
    assert "empty" in refusal(make_list(tmp_path / "list.xlsx", [], []))


def test_a_header_without_agreements(tmp_path):
    assert "no agreements" in refusal(make_list(tmp_path / "list.xlsx", []))


def test_another_workbook(tmp_path):
    assert "not ICE's list" in refusal(make_list(tmp_path / "list.xlsx", [], ["NAME", "MARK"]))


def test_a_pending_list(tmp_path):
    assert "pending" in refusal(make_list(tmp_path / "list.xlsx", [agreement()], PENDING))


def test_a_truncated_workbook(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement()] * 50)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "damaged" in refusal(path)


def test_a_missing_file(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.xlsx")


@pytest.mark.parametrize("blank", ["state", "agency", "model"])
def test_half_an_agreement_is_reported_with_its_place(tmp_path, blank):
    message = refusal(make_list(tmp_path / "list.xlsx", [agreement(), agreement(**{blank: " "})]))
    assert "row 3, column" in message and "blank" in message


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a list of eight agreements, one of them with a link."""
    rows = [agreement(county=f"County {number}") for number in range(8)]
    return make_list(tmp_path_factory.mktemp("sound") / "list.xlsx", rows, links={2: "https://www.ice.gov/x.pdf"}).read_bytes()


@given(damage=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_is_read_whole_or_refused_in_one_sentence(tmp_path, sound, damage):
    content = bytearray(sound)
    for _ in range(damage.draw(st.integers(1, 6))):
        content[damage.draw(st.integers(0, len(content) - 1))] = damage.draw(st.integers(0, 255))
    path = tmp_path / "list.xlsx"
    path.write_bytes(content[: damage.draw(st.integers(0, len(content)))] if damage.draw(st.booleans()) else content)
    try:
        printed = read(path)
    except ListError as error:
        assert "\n" not in str(error)
    else:
        assert len(printed) == 8


def shown(value) -> str:
    """What a reader sees of a cell."""
    return "" if value is None else "".join(str(value).split())


cell = st.one_of(st.none(), st.text(max_size=30), st.integers(-10, 10**6), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.sampled_from(["TEXAS", "Task Force Model", "=1+1", "#N/A", "\u202e"]))


@given(rows=st.lists(st.fixed_dictionaries({name: cell for name in COLUMNS}), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cells_are_read_whole_or_refused_in_one_sentence(tmp_path, rows):
    path = tmp_path / "list.xlsx"
    try:
        make_list(path, [agreement(), *rows])
    except Exception:  # openpyxl refuses some control characters; then there is no workbook to read
        return
    required = ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE")
    filled = [row for row in rows if any(shown(row[name]) for name in required)]
    try:
        table = normalise(read(path), path.name)
    except ListError as error:
        assert "\n" not in str(error)
    else:
        assert len(table) == 1 + len(filled)
