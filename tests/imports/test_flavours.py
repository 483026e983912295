"""The same table reads the same whatever program wrote the workbook, and its doubts are seen."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.imports import reading
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Cell, Sheet, Shown
from tests.imports.made.books import TODAY, events
from tests.imports.made.flavours import (
    EXCEL,
    FLAVOURS,
    Drawn,
    Error,
    Flavour,
    Month,
    Never,
    Value,
    Zeros,
    midnight,
    workbook,
)

_TEXT = st.text('abcXYZ09 <>"/\u00e9\u0142\u015f\u65e5\U0001f600', min_size=1, max_size=12)
_DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
_TIMES = st.builds(
    lambda day, seconds: midnight(day) + timedelta(seconds=seconds),
    _DAYS,
    st.integers(1, 86_399),
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    _TEXT.map(lambda text: f"a{text}"),
    st.integers(-(10**9), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).filter(lambda one: not one.is_integer()),
    st.booleans(),
    _DAYS,
    _TIMES,
    _DAYS.map(Month),
    st.sampled_from(["#N/A", "#REF!", "#DIV/0!", "#VALUE!"]).map(Error),
    st.sampled_from(["B2+14", 'IF(A1<>"","x & y",B1)', "EDATE(D2,12)"]).map(Never),
    st.builds(Zeros, st.integers(1, 9999), st.integers(2, 8)),
)
FLAVOUR = st.builds(
    Flavour,
    strict=st.booleans(),
    prefix=st.sampled_from(["", "x:", "ss:"]),
    quote=st.sampled_from(['"', "'"]),
    addresses=st.sampled_from(["both", "rows", "none"]),
    strings=st.sampled_from(["inline", "shared", "rich", "formula"]),
    iso_days=st.booleans(),
    from_1904=st.booleans(),
    targets=st.sampled_from(["relative", "absolute", "odd"]),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    spaced=st.booleans(),
    month=st.sampled_from([17, "mmm-yy", "mmmm yyyy", "mm/yyyy", "[$-809]mmm\\ yyyy;@", "yyyy"]),
)


def _shown(value: Value) -> Cell:
    if value is None:
        return ""
    if isinstance(value, Error):
        return Shown(value.text, "an Excel error")
    if isinstance(value, Never):
        return Shown(f"={value.formula}", "a formula that was never calculated")
    if isinstance(value, Month):
        return value.on
    if isinstance(value, Zeros):
        text = str(value.number)
        return text.zfill(value.digits) if len(text) < value.digits else value.number
    return value


def _read(data: bytes, folder: Path) -> Sheet:
    path = folder / "tracker.xlsx"
    path.write_bytes(data)
    return opening.sheets(path)[0]


def _cells(sheet: Sheet, rows: int, columns: int) -> list[list[Cell]]:
    laid = [[*row, *[""] * (columns - len(row))] for row in sheet.rows]
    return laid + [[""] * columns for _ in range(rows - len(laid))]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(VALUES, min_size=5, max_size=5), min_size=1, max_size=6),
    flavour=FLAVOUR,
    data=st.data(),
)
def test_every_flavour_of_a_drawn_table_reads_the_same(
    tmp_path: Path, rows: list[list[Value]], flavour: Flavour, data: st.DataObject
) -> None:
    rows = [["head", *row] for row in rows]
    at = st.integers(0, len(rows) - 1)
    table = Drawn(rows, data.draw(st.frozensets(at)))
    sheet = _read(workbook(table, flavour), tmp_path)
    assert _cells(sheet, len(rows), 6) == [[_shown(value) for value in row] for row in rows]
    assert sheet.days_from_1904 == flavour.from_1904
    assert sheet.hidden_rows == table.hidden
    assert sheet.month_only == {
        (at, column)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if isinstance(value, Month)
    }


def test_what_is_written_as_by_excel_another_reader_reads_too() -> None:
    rows: list[list[Value]] = [["a", 1, 2.5, date(2024, 5, 6)], [None, "b & c", True, None]]
    book = openpyxl.load_workbook(io.BytesIO(workbook(Drawn(rows), EXCEL)))
    found = [[cell.value for cell in row] for row in book["Tracker"].iter_rows()]
    assert found == [["a", 1, 2.5, midnight(date(2024, 5, 6))], [None, "b & c", True, None]]


TRACKER = Drawn(
    rows=[
        ["Ref", "Surname", "Forename", "DOB", "AR meeting held", "Final plan"],
        ["S1", "Ash", "Ida", date(2014, 9, 1), date(2026, 3, 30), Error("#N/A")],
        ["S2", "Elm", "Jon", date(2012, 12, 31), date(2026, 6, 2), Never("E3+14")],
        [Zeros(43, 6), "Oak", "Kai", date(2013, 2, 28), Month(date(2026, 4, 1)), None],
    ],
    hidden=frozenset({1, 2}),
    struck=frozenset({2}),
    hidden_columns=frozenset({4}),
)


@pytest.mark.parametrize("flavour", FLAVOURS.values(), ids=list(FLAVOURS))
def test_a_tracker_of_every_program_comes_in_the_same(flavour: Flavour, tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(workbook(TRACKER, flavour))
    got = reading.read([path], today=TODAY)
    assert [(case.reference, case.surname, case.born) for case in got.cases] == [
        ("S1", "Ash", date(2014, 9, 1)),
        ("S2", "Elm", date(2012, 12, 31)),
        ("000043", "Oak", date(2013, 2, 28)),
    ]
    assert events(got.cases[0]) == [("review_meeting_held", "2026-03-30", "")]
    assert events(got.cases[1]) == [("review_meeting_held", "2026-06-02", "")]
    assert [(one.place.row, one.value) for one in got.problems[:2]] == [(2, "#N/A"), (3, "=E3+14")]
    told = {(one.value, one.why) for one in got.doubts}
    hidden = "2 rows are hidden and 1 row is struck through; they come in like the rest"
    assert ("row 2, 3", hidden) in told
    assert ("column E", "1 column is hidden; it is read like the rest") in told


@pytest.mark.parametrize("flavour", FLAVOURS.values(), ids=list(FLAVOURS))
def test_a_row_is_struck_through_only_where_every_cell_of_it_is(
    flavour: Flavour, tmp_path: Path
) -> None:
    sheet = _read(workbook(TRACKER, flavour), tmp_path)
    assert sheet.struck_rows == {2}
    assert sheet.hidden_rows == {1, 2}


def test_a_document_type_in_a_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
    plain = workbook(TRACKER, Flavour())
    path.write_bytes(_with_sheet(plain, lambda xml: xml.replace(b"?>\n", b"?>\n" + bomb.encode())))
    with pytest.raises(opening.Unreadable, match=r"^tracker\.xlsx is not a workbook"):
        opening.sheets(path)


def test_a_kept_zero_of_a_workbook_that_wants_calculating_is_no_value(tmp_path: Path) -> None:
    plain = workbook(Drawn([["Name", Never("B1+1")]]), Flavour())

    def calculated(xml: bytes) -> bytes:
        return xml.replace(b"</f>", b"</f><v>0</v>")

    book = _with_part(
        _with_sheet(plain, calculated),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"</sheets>", b'</sheets><calcPr fullCalcOnLoad="1"/>'),
    )
    cell = _read(book, tmp_path).rows[0][1]
    assert cell == Shown("=B1+1", "a formula that was never calculated")


def _with_sheet(data: bytes, change: object) -> bytes:
    return _with_part(data, "xl/worksheets/sheet1.xml", change)


def _with_part(data: bytes, name: str, change: object) -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            body = source.read(one)
            if one == name:
                assert callable(change)
                changed = change(body)
                assert changed != body
                body = changed
            target.writestr(one, body)
    return out.getvalue()
