"""The workbook is written and read back: what stands where, and what cannot happen."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from caseworker_app.reports.board_workbook import write
from tests.domain.measures.making import board, case
from tests.reports.making import PLAN, read, some

SHEETS = [
    "Cover",
    "Measures",
    "Annual reviews",
    "Assessments and twenty weeks",
    "Phase transfers",
    "Caseload",
    "Overdue and to mend counted",
    "Definitions",
]
LATE = ["Overdue now", "Data to mend"]
CASES = [
    "Reviews by case",
    "Assessments by case",
    "Transfers by case",
    "Caseload by case",
    "Cases behind measures",
]
IN_BLOCKS = (
    "Annual reviews",
    "Assessments and twenty weeks",
    "Caseload",
    "Overdue and to mend counted",
)
"""Sheets of several short tables."""


def column(sheet: Any, number: int) -> list[Any]:
    return [row[number - 1].value for row in sheet.iter_rows(min_row=5)]


def headings(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[4]]


def test_the_sheets_stand_in_their_order_with_lists_of_cases_in_the_teams_copy(
    target: Path,
) -> None:
    write(some(suppress=True), target)
    assert read(target).sheetnames == SHEETS
    write(some(), target)
    assert read(target).sheetnames == [*SHEETS[:-1], *LATE, SHEETS[-1], *CASES]


def test_the_cover_says_whose_when_and_what_is_hidden(target: Path) -> None:
    files = [case(f"A{number}", PLAN) for number in range(17)]
    write(board(files, suppress=True), target)
    sheet = read(target)["Cover"]
    said = {row[0].value: row[1] for row in sheet.iter_rows(min_row=4, max_row=11)}
    assert said["Council"].value == "Invented Borough"
    assert said["As at"].value == datetime(2026, 11, 22)  # noqa: DTZ001
    assert said["As at"].number_format == "dd/mm/yyyy"
    assert said["Made"].value == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001
    assert said["Live plans on that day"].value == 17
    assert said["Small numbers hidden"].value.startswith("Yes.")
    links = {cell.value: cell.hyperlink.location for (cell,) in sheet["A14:A20"]}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


@pytest.mark.parametrize("suppress", [True, False])
def test_every_sheet_keeps_its_headings_filters_and_prints_on_a4(
    suppress: bool, target: Path
) -> None:
    write(some(suppress, council="Fen & Weald"), target)
    for sheet in read(target):
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.left.text == "Fen && Weald, as at 22 Nov 2026"
        personal = "OFFICIAL-SENSITIVE: PERSONAL DATA"
        assert sheet.oddFooter.center.text == ("OFFICIAL" if suppress else personal)
        assert sheet.oddFooter.right.text == "&A, page &P of &N"
        if sheet.title == "Cover":
            continue
        if sheet.title in IN_BLOCKS:
            assert sheet.freeze_panes == "A3"
            assert sheet.print_title_rows == "$1:$2"
            assert sheet.tables
            continue
        assert sheet.freeze_panes == "B5"
        assert sheet.auto_filter.ref.startswith("A4:")
        assert sheet.print_title_rows == "$4:$4"
        for place in range(1, sheet.max_column + 1):
            assert sheet.column_dimensions[sheet.cell(4, place).column_letter].width >= 9


def test_a_measure_has_count_denominator_value_target_and_rating_in_words_and_colour(
    target: Path,
) -> None:
    write(some(), target)
    sheet = read(target)["Measures"]
    assert headings(sheet)[:8] == [
        "Ref",
        "Measure",
        "Count",
        "Out of",
        "Value",
        "Target",
        "Rating",
        "Note",
    ]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    dates = rows["W1.4e"]
    assert [cell.value for cell in dates[2:7]] == [17, 17, 1, "100%", "✔ On target"]
    assert dates[4].number_format == "0.0%"
    late = rows["W1.4g"]
    assert [cell.value for cell in late[2:7]] == [0, 1, 0, "at least 60%", "✖ Off target"]
    assert dates[6].fill.fgColor.rgb != late[6].fill.fgColor.rgb
    assert rows["S2.4"][4].number_format == "#,##0"
    waiting = rows["W1.2e"]
    assert [cell.value for cell in waiting[2:5]] == [None, None, None]
    assert (waiting[6].value, waiting[7].value) == (
        "• Not recorded yet",
        "Not recorded yet: audits of plans.",
    )


def test_hidden_counts_say_so_and_no_small_number_is_printed(target: Path) -> None:
    write(some(suppress=True), target)
    book = read(target)
    measures = {row[0].value: row for row in book["Measures"].iter_rows(min_row=5)}
    assert [cell.value for cell in measures["W1.4g"][2:7]] == [
        0,
        "hidden",
        "hidden",
        "at least 60%",
        "• Hidden",
    ]
    for name in IN_BLOCKS:
        assert not set(column(book[name], 2)) & {1, 2, 3, 4}
    for row in book["Phase transfers"].iter_rows(min_row=5, max_col=7, values_only=True):
        assert not set(row) & {1, 2, 3, 4}


def test_overdue_rows_are_dates_and_numbers_and_a_reference(target: Path) -> None:
    write(some(), target)
    sheet = read(target)["Overdue now"]
    assert headings(sheet) == [
        "Case",
        "Rule",
        "Duty",
        "Days late",
        "Legal date",
        "Working target",
        "Who acts",
        "Rests on",
        "Caseworker",
        "Setting",
    ]
    first = next(sheet.iter_rows(min_row=5))
    assert first[0].value == "A"
    assert first[4].value == datetime(2026, 1, 14)  # noqa: DTZ001
    assert (first[4].number_format, first[4].is_date) == ("dd/mm/yyyy", True)
    assert first[3].value == 312


def test_the_teams_copy_opens_each_measure_to_its_cases(target: Path) -> None:
    write(some(), target)
    sheet = read(target)["Cases behind measures"]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0] == "W1.4g"]
    assert [(*row[:3], row[3].date(), row[4]) for row in rows] == [
        ("W1.4g", "A", "No", date(2026, 9, 10), "no decision on record")
    ]


def test_no_child_is_named_in_either_copy(target: Path) -> None:
    for suppress in (True, False):
        write(some(suppress), target)
        with ZipFile(target) as parts:
            text = b"".join(parts.read(name) for name in parts.namelist())
        assert b"Surname" not in text
        assert b"Forename" not in text


def blocks(sheet: Any) -> dict[str, list[list[Any]]]:
    """The tables of a sheet by the title over each: headings, then lines."""
    found = {}
    for table in sheet.tables.values():
        rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        above = sheet[table.ref][0][0].row - 1
        title = sheet.cell(above, 1)
        while not (title.font.b and title.font.sz == 11):
            above -= 1
            title = sheet.cell(above, 1)
        found[str(title.value)] = rows
    return found


def test_each_table_of_a_sheet_has_its_title_its_headings_and_a_filter(target: Path) -> None:
    write(some(), target)
    sheet = read(target)["Caseload"]
    needs = blocks(sheet)["Live plans by primary need"]
    assert needs[0] == ["Primary need", "Count", "Per cent"]
    assert [row[1] for row in needs[1:3]] == [10, 7]
    assert [sum(row[1] for row in needs[1:])] == [17]
    for table in sheet.tables.values():
        headings = [cell.value for cell in sheet[table.ref][0]]
        assert [column.name for column in table.tableColumns] == headings
        assert table.autoFilter.ref == table.ref
        assert all(headings)
        assert len(set(headings)) == len(headings)


def test_the_names_of_the_tables_are_the_workbooks_own(target: Path) -> None:
    write(some(), target)
    names = [table.displayName for sheet in read(target) for table in sheet.tables.values()]
    assert len(names) > 10
    assert len(set(names)) == len(names)


def test_a_total_stands_under_the_lines_it_adds_up(target: Path) -> None:
    write(some(), target)
    sheet = read(target)["Caseload"]
    first = next(iter(sheet.tables.values()))
    under = int(first.ref.split("C")[-1]) + 1
    assert [cell.value for cell in sheet[under][:3]] == ["All", 17, 1]


def test_averages_stand_by_themselves_with_their_unit(target: Path) -> None:
    write(some(), target)
    averages = blocks(read(target)["Annual reviews"])[
        "Steps of the review in time: averages in days"
    ]
    assert averages[0] == ["Average", "Days", "Over"]
    assert averages[1] == ["Median from meeting to decision", None, 0]


def test_charts_stand_on_the_sheets_they_belong_to(target: Path) -> None:
    write(some(), target)
    book = read(target)
    charted = {sheet.title: len(sheet._charts) for sheet in book if sheet._charts}
    assert charted == {
        "Annual reviews": 2,
        "Assessments and twenty weeks": 2,
        "Caseload": 3,
        "Overdue and to mend counted": 1,
    }
    caseload = book["Caseload"]
    needs = next(iter(caseload.tables.values())).ref
    first, last = (int(corner[1:]) for corner in needs.split(":"))
    series = caseload._charts[0].series[0]
    assert series.val.numRef.f == f"'Caseload'!$B${first + 1}:$B${last}"
    assert series.cat.numRef.f == f"'Caseload'!$A${first + 1}:$A${last}"


def test_the_bars_of_what_is_late_are_drawn_in_another_colour(target: Path) -> None:
    write(some(), target)
    stock = read(target)["Annual reviews"]._charts[0].series[0]
    red = {point.idx for point in stock.data_points}
    lines = blocks(read(target)["Annual reviews"])["Live plans by when their review is due"]
    late = {
        place
        for place, row in enumerate(lines[1:])
        if row[0].startswith(("Overdue", "No review date"))
    }
    assert red == late != set()


def test_every_cell_has_the_one_font(target: Path) -> None:
    write(some(), target)
    fonts = {
        cell.font.name
        for sheet in read(target)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert fonts == {"Arial"}


def test_rows_are_high_enough_for_words_that_wrap(target: Path) -> None:
    write(some(), target)
    book = read(target)
    for name, place in (("Measures", 2), ("Definitions", 3)):
        sheet = book[name]
        width = sheet.column_dimensions[sheet.cell(4, place).column_letter].width
        for row in range(5, sheet.max_row + 1):
            text = sheet.cell(row, place).value or ""
            assert sheet.row_dimensions[row].height >= 12.5 * (len(text) / (1.2 * width))
    hidden = book["Cover"]
    assert hidden.row_dimensions[9].height > 2 * hidden.row_dimensions[8].height


def test_no_sheet_of_figures_prints_smaller_than_three_fifths(target: Path) -> None:
    write(some(), target)
    a4_landscape = 10.9 * 96
    for sheet in read(target):
        widths = [sheet.column_dimensions[letter].width for letter in sheet.column_dimensions]
        assert sum(width * 7 + 5 for width in widths) * 0.6 <= a4_landscape, sheet.title
