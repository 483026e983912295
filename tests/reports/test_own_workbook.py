"""A council's own workbook: what it names is filled, and every other part goes over as it came."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports.own_workbook import fill
from tests.domain.measures.making import board, case, fact

PLAN = fact("plan_sent", "2025-01-15")
NEEDS = {"ASD": 12, "SLCN": 7, "SEMH": 2}


GROWS_INTO = (
    "table_setting_kind was left as it was: 12 lines do not fit, for cells below hold something."
)


def made(*, suppress: bool = False) -> BoardReturn:
    files = [
        case(f"{need}{place}", PLAN, need=need)
        for need, count in NEEDS.items()
        for place in range(count)
    ]
    return board(files, suppress=suppress)


def template(
    names: Mapping[str, str] | None = None,
    tables: Mapping[str, tuple[str, list[list[Any]]]] | None = None,
    cells: Mapping[str, Any] | None = None,
) -> bytes:
    """A workbook with a sheet "Page one": named cells, tables from a corner, other cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Page one"
    for where, value in (cells or {}).items():
        sheet[where] = value
    for name, where in (names or {}).items():
        book.defined_names[name] = DefinedName(name, attr_text=where)
    for name, (corner, rows) in (tables or {}).items():
        first = sheet[corner]
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                sheet.cell(first.row + down, first.column + right, value)
        end = sheet.cell(first.row + len(rows) - 1, first.column + len(rows[0]) - 1)
        sheet.add_table(Table(displayName=name, ref=f"{corner}:{end.coordinate}"))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def filled(data: bytes, of: BoardReturn | None = None) -> tuple[Any, tuple[str, ...]]:
    out, left = fill(data, "ours.xlsx", of or made())
    return load_workbook(io.BytesIO(out))["Page one"], left


def test_a_named_cell_takes_the_figure_that_it_names() -> None:
    at = "'Page one'!$B${}".format
    names = {
        "measure_W1.4e": at(1),
        "measure_W1.4e_count": at(2),
        "W1.4e_of": at(3),
        "W1_4e_rating": at(4),
        "measure_S2.1a_without_exceptions_target": at(5),
        "return_council": at(6),
        "return_live": at(7),
        "Return_As_At": at(8),
        "_C1_name": at(9),
    }
    sheet, left = filled(template(names, cells={"A1": "Dates on record", "C1": 7}))
    words = [sheet.cell(row, 2).value for row in range(1, 10)]
    assert words[:8] == [
        *(1, 21, 21, "✔ On target", "at least 90%"),
        *("Invented Borough", 21, "22 Nov 2026"),
    ]
    assert words[8].startswith("Outcomes reached or on the way")
    assert (sheet["A1"].value, sheet["C1"].value) == ("Dates on record", 7)
    assert left == ()


def test_a_day_is_a_day_where_the_cell_shows_days() -> None:
    data = template({"return_as_at": "'Page one'!$B$2"}, cells={"B2": date(2020, 1, 1)})
    sheet, _ = filled(data)
    assert sheet["B2"].value == datetime(2026, 11, 22)  # noqa: DTZ001


def test_a_named_table_takes_its_lines_and_grows_downwards() -> None:
    rows = [["Primary need", "Ours", "Count", "Per cent"], ["", "keep", "", ""]]
    sheet, left = filled(template(tables={"primary_need": ("B3", rows)}))
    table = sheet.tables["primary_need"]
    last = int(table.ref.split("E")[1])
    found = {sheet.cell(row, 2).value: sheet.cell(row, 4).value for row in range(4, last + 1)}
    assert found["Autistic spectrum disorder"] == 12
    assert found["Speech, language and communication needs"] == 7
    assert sum(found.values()) == 21
    assert table.autoFilter is None or table.autoFilter.ref == table.ref
    assert (sheet["C4"].value, sheet["E4"].value) == ("keep", pytest.approx(12 / 21))
    assert left == ()


def test_a_table_that_names_its_lines_keeps_them() -> None:
    rows = [["Line", "Count"], ["SLCN", 0], ["Our own total", 0], ["ASD", 0]]
    sheet, left = filled(template(tables={"table_primary_need": ("A1", rows)}))
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == [7, 0, 12]
    (sentence,) = left
    assert sentence.startswith("The line “Our own total” of table_primary_need was left as it was")


def test_a_table_of_measures_takes_the_columns_it_heads() -> None:
    rows = [["Ref", "Value", "Workstream", "What the owner says"], ["W1.4e", "", "", ""]]
    of = replace(made(), commentary={"W1.4e": "=In hand."})
    sheet, _ = filled(template(tables={"table_measures": ("A1", rows)}), of)
    assert [cell.value for cell in sheet[2]] == ["W1.4e", 1, "Plans and reviews", "=In hand."]
    assert sheet["D2"].data_type == "s"


def test_rows_that_are_left_over_are_emptied() -> None:
    rows = [["Sex", "Count"], *([["old", 9]] * 6)]
    sheet, _ = filled(template(tables={"sex": ("A1", rows)}))
    assert [sheet.cell(row, 1).value for row in range(2, 8)] == [
        *("Female", "Male", "Not recorded"),
        *(None, None, None),
    ]


def test_a_formula_in_a_line_of_a_table_stays_and_is_said() -> None:
    rows = [["Sex", "Count"], ["", "=1+1"], *([["", 9]] * 2)]
    sheet, left = filled(template(tables={"sex": ("A1", rows)}))
    assert [sheet["A2"].value, sheet["B2"].value, sheet["A3"].value] == ["Female", "=1+1", "Male"]
    assert left == ("B2 of sex was left as it was: a formula stands in it.",)


def test_what_cannot_be_filled_is_said_and_left() -> None:
    names = {
        "measure_W9.9z": "'Page one'!$A$1",
        "measure_W1.4e": "'Page one'!$A$2",
        "measure_W1.4e_of": "'Page one'!$A$3:$B$4",
        "measure_W1.4e_count": "Gone!$A$1",
        "return_live": "'Page one'!$A$6",
        "OurOwnRange": "'Page one'!$A$1:$C$9",
    }
    rows = [["Setting", "Count"], ["", ""]]
    data = template(
        names,
        {"table_setting_kind": ("E1", rows), "table_of_ours": ("H1", rows)},
        {"A2": "=1+1", "E5": "in the way", "A1": "stays"},
    )
    sheet, left = filled(data)
    assert sheet["A1"].value == "stays"
    assert sheet["A2"].value == "=1+1"
    assert sheet["E2"].value is None
    assert sheet["A6"].value == 21
    assert set(left) == {
        "measure_W9.9z was left as it was: no figure of this return has that name.",
        "measure_W1.4e was left as it was: a formula stands in it.",
        "measure_W1.4e_of was left as it was: it names more than one cell.",
        "measure_W1.4e_count was left as it was: it is the name of no cell of this workbook.",
        GROWS_INTO,
        "table_of_ours was left as it was: no table of this return has that name.",
    }


def test_hidden_numbers_stay_hidden_and_what_is_not_recorded_says_so() -> None:
    rows = [["Key", "Count", "Per cent"], ["SEMH", 1, 1], ["ASD", 1, 1]]
    names = {"W1.2e": "'Page one'!$F$1", "W1.2e_note": "'Page one'!$F$2"}
    sheet, _ = filled(template(names, {"primary_need": ("A1", rows)}), made(suppress=True))
    assert [sheet["B2"].value, sheet["C2"].value] == ["hidden", "hidden"]
    assert sheet["F1"].value == "not recorded"
    assert sheet["F2"].value.startswith("Not recorded yet")


def rich() -> bytes:
    """A template with much that no program of ours writes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Page one"
    sheet["A1"], sheet["A2"] = "Ours", "=B1*2"
    sheet.merge_cells("D1:F2")
    other = book.create_sheet("Ours alone")
    other["A1"] = "=SUM('Page one'!B1:B9)"
    chart = BarChart()
    chart.add_data(Reference(other, min_col=1, min_row=1, max_row=3))
    other.add_chart(chart, "C3")
    for name, where in (("measure_W1.4e_count", "$B$1"), ("measure_W1.4e_of", "$D$1:$F$2")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'Page one'!{where}")
    held, again = io.BytesIO(), io.BytesIO()
    book.save(held)
    # What openpyxl would lose: a part it does not know, with words in the sheet that point to it.
    with ZipFile(held) as parts, ZipFile(again, "w", ZIP_DEFLATED) as out:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                extra = b'<extLst><ext uri="{78C0D931}"><x:y xmlns:x="urn:x">1</x:y></ext></extLst>'
                data = data.replace(b"</worksheet>", extra + b"</worksheet>")
            out.writestr(name, data)
        out.writestr("xl/slicers/slicer1.xml", b"<slicers>kept</slicers>")
        out.writestr("xl/media/image1.png", bytes(range(256)))
    return again.getvalue()


def test_everything_else_goes_over_byte_for_byte() -> None:
    data = rich()
    out, left = fill(data, "ours.xlsx", made())
    assert left == ()
    changed = {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    with ZipFile(io.BytesIO(data)) as before, ZipFile(io.BytesIO(out)) as after:
        assert after.namelist() == before.namelist()
        for name in before.namelist():
            assert name in changed or after.read(name) == before.read(name), name
        sheet = after.read("xl/worksheets/sheet1.xml")
        assert b"{78C0D931}" in sheet
        assert b'fullCalcOnLoad="1"' in after.read("xl/workbook.xml")
    with pytest.warns(UserWarning, match="extension is not supported"):
        book = load_workbook(io.BytesIO(out))
    page = book["Page one"]
    assert [page[one].value for one in ("A1", "A2", "B1", "D1")] == ["Ours", "=B1*2", 21, 21]
    assert book["Ours alone"]["A1"].value == "=SUM('Page one'!B1:B9)"
    assert len(book["Ours alone"]._charts) == 1


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"ours\.xlsx is not an Excel workbook"):
        fill(data, "ours.xlsx", made())


def test_a_workbook_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="asks for a figure"):
        fill(template({"Budget": "'Page one'!$A$1"}), "ours.xlsx", made())


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as parts:
        for number in range(4):
            parts.writestr(f"xl/{number}.bin", b"\0" * 90_000_000)
    with pytest.raises(Unreadable, match="too large"):
        fill(held.getvalue(), "ours.xlsx", made())
