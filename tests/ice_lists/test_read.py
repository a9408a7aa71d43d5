"""Reading a list as published: every layout, every row, and one clear sentence for a file that is not a list."""

import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from workbooks import COLUMNS, PENDING, WEB_TABLE, WITH_ADDENDUM, WITH_COUNTY, WITH_TYPE, agreement, make_list

from section287g.ice_lists import ListError, examine, files, normalise, read


@pytest.mark.parametrize(
    "columns", [WEB_TABLE, WITH_TYPE, WITH_COUNTY, WITH_ADDENDUM], ids=["web table", "type", "county", "addendum"]
)
def test_every_layout_gives_the_same_agreements(tmp_path, columns):
    rows = [agreement(), agreement(model="Jail Enforcement Model")]
    printed = read(make_list(tmp_path / "list.xlsx", rows, columns))
    assert list(printed["state"]) == ["TEXAS", "TEXAS"]
    assert list(printed["model"]) == ["Task Force Model", "Jail Enforcement Model"]
    assert list(printed["signed"]) == ["2025-03-04"] * 2


STRAY = dict.fromkeys(COLUMNS, "") | {"COUNTY": "\u00a0"}
WHOLE = {
    "columns in another place": ([agreement()], {"columns": WITH_ADDENDUM[::-1]}, [2]),
    "hidden rows": ([agreement(county=f"County {n}") for n in range(5)], {"hidden": (1, 3)}, [2, 3, 4, 5, 6]),
    "blank rows, which do not end the list": ([agreement(), None, agreement(), None, None], {}, [2, 4]),
    "a stray word beside the table": ([agreement(), STRAY], {}, [2]),
    "a title above the header, a helper sheet": ([agreement()], {"title": "Agencies", "helper_sheet": True}, [3]),
}


@pytest.mark.parametrize("case", WHOLE)
def test_every_agreement_is_read_and_nothing_else(tmp_path, case):
    rows, options, read_rows = WHOLE[case]
    printed = read(make_list(tmp_path / "list.xlsx", rows, **options))
    assert list(printed["row"]) == read_rows and set(printed["agency"]) == {"Clay County Sheriff's Office"}


def test_the_target_of_the_moa_link_is_read(tmp_path):
    path = make_list(
        tmp_path / "list.xlsx", [agreement(), agreement(moa="link")], links={1: "https://www.ice.gov/doclib/a.pdf"}
    )
    assert list(read(path)["moa"]) == ["link pending", "link"]
    assert list(read(path)["document_url"]) == ["", "https://www.ice.gov/doclib/a.pdf"]


def test_a_csv_copy_is_read_like_a_workbook(tmp_path):
    path = tmp_path / "2026-07-20.csv"
    path.write_text(
        "state,agency,county,model,signed\nAlabama,Anniston Police Department,Calhoun County,TFM,2026-07-10\n",
        encoding="utf-8",
    )
    printed = normalise(read(path), path.name)
    assert printed.loc[0, ["state", "model", "county"]].tolist() == ["AL", "task_force", "Calhoun County"]


def refusal(path) -> str:
    with pytest.raises(ListError) as error:
        read(path)
    message = str(error.value)
    assert "\n" not in message and message.startswith(path.name)
    return message


REFUSED = {
    "empty": ([], [], "empty"),
    "a header alone": ([], WITH_ADDENDUM, "no agreements"),
    "another workbook": ([], ["NAME", "MARK"], "not ICE's list"),
    "a pending list": ([agreement()], PENDING, "pending"),
    **{
        f"half an agreement, no {cell}": (
            [agreement(), agreement(**{cell: " "})], WITH_ADDENDUM, "row 3, column .* blank",
        )
        for cell in ("state", "agency", "model")
    },
    "a row of errors, not a blank one": (
        [agreement(), agreement(state="#REF!", agency="#REF!", model="#REF!")], WITH_ADDENDUM,
        "row 3, column .* the error #REF!",
    ),
    "an error": (
        [agreement(), agreement(agency="#VALUE!")], WITH_ADDENDUM, "row 3, column .* the error #VALUE!",
    ),
    "formulas that no program computed": (
        [agreement(signed="=DATE(2025,3,4)"), agreement(signed="=DATE(2025,3,5)")], WITH_ADDENDUM,
        "row 2, column SIGNED.*2 such cells.*save it",
    ),
    "dates under another name": (
        [agreement() | {"Executed": dt.datetime(2025, 3, 4)}],
        ["Executed" if name == "SIGNED" else name for name in WITH_ADDENDUM], "'Executed' holds dates",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_workbook_that_is_no_whole_list_is_refused_with_the_place(tmp_path, case):
    rows, columns, said = REFUSED[case]
    assert re.search(said, refusal(make_list(tmp_path / "list.xlsx", rows, columns)))


def test_a_missing_and_a_truncated_workbook(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.xlsx")
    path = make_list(tmp_path / "list.xlsx", [agreement()] * 50)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "damaged" in refusal(path)


# Files of other kinds are called by their kind, whatever their name


def old_office(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"".join(name.encode("utf-16-le") for name in names)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "advice"),
    [
        (b"", "empty", "download"),
        (b"%PDF-1.7 ...", "a PDF", ".xlsx"),
        (old_office("Workbook"), "old Excel form (.xls)", "save it as"),
        (old_office("EncryptedPackage"), "locked with a password", "save it without one"),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=b"<x/>"),
            "OpenDocument file (.ods)",
            "save it as",
        ),
        (zipped(word__document_dot_xml=b"<x/>"), "a Word document", ".xlsx"),
        (zipped(xl__workbook_dot_bin=b"x"), "(.xlsb)", "save it as"),
        (zipped(list_dot_txt=b"x"), "a zip archive", "unpack it"),
        (b"\n<!DOCTYPE html><html><body>Page not found", "a web page", "save the file"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML file", "save it as"),
        (b'{"message": "Not Found"}', "a JSON file", ".xlsx"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "a Git LFS pointer", "git lfs pull"),
        (b"STATE,SIGNED\nTEXAS,1", "a text file, not an Excel workbook", ".csv"),
        (b"\x1f\x8b\x08...", "gzip", "unpack it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_another_kind_is_called_so_and_what_to_do(tmp_path, content, kind, advice):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    message = refusal(path)
    assert kind in message and advice in message


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_csv_file_with_other_separators_is_called_so(tmp_path, mark, name):
    path = tmp_path / "list.csv"
    path.write_text(mark.join(["STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED"]) + "\n", encoding="utf-8")
    assert name in refusal(path)


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement()])
    assert len(read(path.rename(tmp_path / "list.xls"))) == 1


# More than one list, or none


def with_sheets(path, sheets: dict[str, list[list]], hidden=()):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    book.save(path)
    return path


def rows_under(columns, *rows):
    return [columns, *([row.get(name) for name in columns] for row in rows)]


@pytest.mark.parametrize("hidden", [(), ("Old",)])
def test_two_sheets_with_a_list_are_refused_by_name(tmp_path, hidden):
    path = with_sheets(
        tmp_path / "list.xlsx",
        {"Old": rows_under(WITH_ADDENDUM, agreement()), "New": rows_under(WITH_ADDENDUM, agreement(), agreement())},
        hidden,
    )
    message = refusal(path)
    assert "'Old'" in message and "'New'" in message


def test_a_pending_sheet_beside_the_list_is_passed_over(tmp_path):
    path = with_sheets(
        tmp_path / "list.xlsx",
        {"Pending": rows_under(PENDING, agreement(), agreement()), "Signed": rows_under(WITH_ADDENDUM, agreement())},
    )
    assert len(read(path)) == 1
    assert any("'Pending'" in note for note in examine(path).notes)


# Cells that are broken, and sheets made to fill the memory


def changed(path, change, part="xl/worksheets/sheet1.xml"):
    """Change one part of a workbook as text."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_an_error_in_another_cell_is_kept_as_printed(tmp_path):
    printed = read(make_list(tmp_path / "list.xlsx", [agreement(county="#N/A", signed="#REF!")]))
    assert printed.loc[0, ["county", "signed"]].tolist() == ["#N/A", "#REF!"]


def test_a_computed_formula_is_read(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(county="=UPPER(1)")])
    changed(path, lambda xml: re.sub(r"(<f>UPPER\(1\)</f>)<v(></v>| />)", r"\1<v>7</v>", xml))
    assert read(path).loc[0, "county"] == "7"


@pytest.mark.parametrize("cell", ["XFD1048576", "H1048576", "ZZ99999"])
def test_a_stray_cell_far_away_is_named(tmp_path, cell):
    path = make_list(tmp_path / "list.xlsx", [agreement()])
    row = "".join(filter(str.isdigit, cell))
    changed(
        path, lambda xml: xml.replace("</sheetData>", f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>')
    )
    assert cell in refusal(path)


def test_a_workbook_that_unpacks_to_very_much_is_not_opened(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement()])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/spaces.bin", bytes(files.MOST_UNPACKED))
    assert path.stat().st_size < 10**6 and "million bytes" in refusal(path)


def test_days_since_1904_and_cells_without_a_date_format(tmp_path):
    path = make_list(tmp_path / "list.xlsx", [agreement(), agreement(signed=45720)])
    assert [f"{date:%Y-%m-%d}" for date in normalise(read(path), path.name)["signed"]] == ["2025-03-04", "2025-03-04"]
    changed(path, lambda xml: re.sub(r"<workbookPr\b", '<workbookPr date1904="1"', xml), "xl/workbook.xml")
    assert [f"{date:%Y-%m-%d}" for date in normalise(read(path), path.name)["signed"]] == ["2029-03-05", "2029-03-05"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a list of eight agreements, one of them with a link."""
    rows = [agreement(county=f"County {number}") for number in range(8)]
    return make_list(
        tmp_path_factory.mktemp("sound") / "list.xlsx", rows, links={2: "https://www.ice.gov/x.pdf"}
    ).read_bytes()


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


cell = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-10, 10**6),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    st.sampled_from(["TEXAS", "Task Force Model", "=1+1", "#N/A", "\u202e"]),
)


@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cell)), min_size=1, max_size=6))
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
