"""Workbooks in the forms of .xlsb and .ods, and what stands far out in any workbook."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports import reading
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Sheet, Shown
from tests.imports.made import binary_books, open_books
from tests.imports.made.books import TODAY
from tests.imports.made.flavours import Drawn, Error, Flavour, Month, Never, Value, workbook

ROWS: list[list[Value]] = [
    ["Ref", "Surname", "Forename", "DOB", "AR meeting held", "Final plan", "Days"],
    ["S1", "Ash", "Ida", date(2014, 9, 1), date(2026, 3, 30), Error("#N/A"), 1.25],
    ["S2", "Elm & Co", "Jo  Ann", date(2012, 12, 31), Month(date(2026, 6, 2)), None, -3],
    ["S3", "Oak", "Kai", date(2013, 2, 28), date(2026, 4, 1), None, 70_000_000_000],
]
READ = [
    ROWS[0],
    ["S1", "Ash", "Ida", date(2014, 9, 1), date(2026, 3, 30), "#N/A", 1.25],
    ["S2", "Elm & Co", "Jo  Ann", date(2012, 12, 31), date(2026, 6, 2), "", -3],
    ["S3", "Oak", "Kai", date(2013, 2, 28), date(2026, 4, 1), "", 70_000_000_000],
]


def _sheet(folder: Path, name: str, data: bytes) -> Sheet:
    path = folder / name
    path.write_bytes(data)
    return opening.sheets(path)[0]


def _shown(sheet: Sheet) -> list[list[object]]:
    return [[cell.text if isinstance(cell, Shown) else cell for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_binary_workbook_is_read_with_all_that_it_tells(from_1904: bool, tmp_path: Path) -> None:
    data = binary_books.book(
        ROWS, hidden=frozenset({1}), struck=frozenset({3}), from_1904=from_1904
    )
    sheet = _sheet(tmp_path, "tracker.xlsb", data)
    assert _shown(sheet) == READ
    assert (sheet.hidden_rows, sheet.struck_rows) == ({1}, {3})
    assert sheet.month_only == {(2, 4)}
    assert sheet.days_from_1904 == from_1904
    assert [one.value for one in sheet.doubts] == ["row 2, 4"]


def test_another_reader_reads_the_same_of_a_binary_workbook() -> None:
    # Calamine takes a day kept in four bytes for a plain number, so it is given eight.
    book = CalamineWorkbook.from_filelike(io.BytesIO(binary_books.book(ROWS, packed=False)))
    rows = book.get_sheet_by_name("Tracker").to_python()
    assert rows == [["" if cell == "#N/A" else cell for cell in row] for row in READ]


def test_a_binary_workbook_with_formulas_says_what_it_cannot_tell(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, "tracker.xlsb", binary_books.book(ROWS, formula=True))
    assert ["never calculated" in one.why for one in sheet.doubts] == [True]


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_binary_workbook_broken_off_is_one_sentence(cut: int, tmp_path: Path) -> None:
    whole = binary_books.book(ROWS)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, body[:-cut] if "sheet1" in name else body)
    with pytest.raises(Unreadable, match=r"^tracker\.xlsb is not a workbook"):
        _sheet(tmp_path, "tracker.xlsb", out.getvalue())


@pytest.mark.parametrize("from_1904", [False, True])
def test_an_open_spreadsheet_is_read_with_all_that_it_tells(
    from_1904: bool, tmp_path: Path
) -> None:
    rows = [*ROWS, ["S4", "Fir", "Lea", date(2011, 1, 1), Never("[.E2]+14"), None, 1]]
    data = open_books.book(
        rows,
        hidden=frozenset({1}),
        filtered=frozenset({2}),
        struck=frozenset({3}),
        from_1904=from_1904,
    )
    sheet = _sheet(tmp_path, "tracker.ods", data)
    never = ["S4", "Fir", "Lea", date(2011, 1, 1), "=[.E2]+14", "", 1]
    assert _shown(sheet) == [*READ, never]
    assert (sheet.hidden_rows, sheet.struck_rows) == ({1, 2}, {3})
    assert sheet.month_only == {(2, 4)}
    assert sheet.days_from_1904 == from_1904


def test_rows_that_a_spreadsheet_holds_once_for_several_count_each(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, "t.ods", open_books.book(ROWS, repeated=[(2, 3)], sheet_hidden=True))
    assert [row[0] for row in sheet.rows] == ["Ref", "S1", "S2", "S2", "S2", "S3"]
    assert sheet.hidden
    assert sheet.month_only == {(2, 4), (3, 4), (4, 4)}


_FILLED = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'table:number-columns-repeated="{columns}" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row>"
)
_BLANK = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell/></table:table-row>'
)


def test_a_spreadsheet_that_repeats_a_row_a_million_times_is_one_sentence(tmp_path: Path) -> None:
    for rows, columns in ((1_000_000, 3), (1_000_000, 16_384), (200, 16_384)):
        data = open_books.book(ROWS, after=_FILLED.format(rows=rows, columns=columns))
        assert len(data) < 1_500
        with pytest.raises(Unreadable, match=r"^t\.ods holds more than a tracker can\.$"):
            _sheet(tmp_path, "t.ods", data)


def test_blank_rows_to_the_end_of_a_spreadsheet_cost_nothing(tmp_path: Path) -> None:
    after = _BLANK.format(rows=1_048_571) + _FILLED.format(rows=1, columns=1)
    sheet = _sheet(tmp_path, "t.ods", open_books.book(ROWS, after=after))
    assert len(sheet.rows) == len(ROWS)
    assert [one.value for one in sheet.doubts] == ["A1048576"]


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD2", "BZZ9"])
def test_a_far_cell_is_told_and_costs_nothing(
    place: str, quote: str, prefix: str, tmp_path: Path
) -> None:
    plain = workbook(Drawn(ROWS), Flavour(quote=quote, prefix=prefix))
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    at, to = f"r={quote}{row}{quote}", f"r={quote}{place}{quote}"
    cell = f"<{prefix}c {to}><{prefix}v>1</{prefix}v></{prefix}c>"
    far = f"<{prefix}row {at}>{cell}</{prefix}row>"
    data = _changed(plain, f"</{prefix}sheetData>", f"{far}</{prefix}sheetData>")
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(data)
    got = reading.read([path], today=TODAY)
    assert [case.reference for case in got.cases] == ["S1", "S2", "S3"]
    assert [one.value for one in got.doubts if "far from all others" in one.why] == [place]


def test_sixty_thousand_far_cells_are_told_as_one(tmp_path: Path) -> None:
    rows = "".join(f'<row><c r="XFD{at}"><v>1</v></c></row>' for at in range(5, 60_005))
    data = _changed(workbook(Drawn(ROWS), Flavour()), "</sheetData>", f"{rows}</sheetData>")
    sheet = _sheet(tmp_path, "tracker.xlsx", data)
    assert len(sheet.rows) == len(ROWS)
    assert ["60,000 cells stand far" in one.why for one in sheet.doubts] == [True]


@pytest.mark.parametrize(
    "more",
    [
        "".join(f'<row><c r="ALK{at}"><v>1</v></c></row>' for at in range(5, 20_005)),
        '<row r="9">' + "<c/>" * 20_000 + "</row>",
        '<row r="9"><c r="A1048577"><v>1</v></c></row><row r="1048577"><c><v>1</v></c></row>',
        '<row r="9"><c r="XFE9"><v>1</v></c></row>',
        '<row r="9"><c r="AAAA9"><v>1</v></c></row>',
        '<row r="9"><c r="9"><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="9"><c t="s"><v>7</v></c></row>',
        "<row>" + "<b>" * 300,
        "".join(f"<n{at}/>" for at in range(12_000)),
        f'<row><c t="inlineStr"><is><t>{"a" * 120_000}</t></is></c></row>',
        f'<row x="{"a" * 5_000_000}"/>',
        "&unknown;",
    ],
    ids=range(13),
)
def test_what_no_workbook_has_is_one_sentence(more: str, tmp_path: Path) -> None:
    data = _changed(workbook(Drawn(ROWS), Flavour()), "</sheetData>", f"{more}</sheetData>")
    with pytest.raises(Unreadable, match=r"^tracker\.xlsx (is not a workbook|holds more than)"):
        _sheet(tmp_path, "tracker.xlsx", data)


def _changed(data: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if "worksheets/" in name:
                assert old.encode() in body
                body = body.replace(old.encode(), new.encode())
            target.writestr(name, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
