"""The workbook is written and read back: what stands where, and what cannot happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import ASKED
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.people import Setting
from caseworker_app.reports.board_workbook import write
from caseworker_app.reports.names import measure_name
from caseworker_app.services.returns.board_return import as_json
from tests.domain.measures.making import board, case, fact
from tests.reports.making import PLAN, read, some
from tests.support.invented import files_of

FILES = [
    *(case(f"A{number}", PLAN) for number in range(12)),
    case("B", PLAN, fact("review_meeting_held", "2026-09-10")),
    case("C", PLAN, fact("plan_ceased", "2026-10-01")),
]

FIRST = ["Summary", "Contents", "Exception report", "Measures"]
TABLES = [
    "Annual reviews",
    "Assessments and twenty weeks",
    "Phase transfers",
    "Caseload",
    "Overdue and to mend counted",
]
WORDS = ["Definitions"]
LATE = ["Overdue now", "Data to mend"]
CASES = [
    "Reviews by case",
    "Assessments by case",
    "Transfers by case",
    "Caseload by case",
    "Cases behind measures",
]
IN_BLOCKS = (
    "Summary",
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
    made = some(suppress=True)
    streams = list(dict.fromkeys(one.workstream for one in made.measures if one.answered))
    first = [*FIRST, *streams, "Not recorded", *TABLES]
    write(made, target)
    assert read(target).sheetnames == [*first, *WORDS]
    write(some(), target)
    assert read(target).sheetnames == [*first, *LATE, *WORDS, *CASES]


def test_no_two_sheets_have_one_name(target: Path) -> None:
    made = some()
    named = ["Measures", "measures", "a/b:c", "x" * 40, "x" * 41, "", "Summary"]
    measures = [
        replace(one, workstream=named[place % len(named)])
        for place, one in enumerate(one for one in made.measures if one.answered)
    ]
    write(replace(made, measures=tuple(measures)), target)
    names = read(target).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert {"Measures 2", "measures 3", "a b c", "Other measures", "Summary 2"} <= set(names)


def test_the_contents_say_whose_when_and_what_is_hidden(target: Path) -> None:
    files = [case(f"A{number}", PLAN) for number in range(17)]
    write(board(files, suppress=True), target)
    sheet = read(target)["Contents"]
    said = {row[0].value: row[1] for row in sheet.iter_rows(min_row=4, max_row=9)}
    assert said["Council"].value == "Invented Borough"
    assert said["As at"].value == datetime(2026, 11, 22)  # noqa: DTZ001
    assert said["As at"].number_format == "[$-809]d mmm yyyy"
    assert said["Live plans on that day"].value == 17
    assert said["Small numbers hidden"].value.startswith("Yes.")
    cells = [cell for (cell, *_) in sheet.iter_rows(min_row=11) if cell.hyperlink]
    others = [name for name in read(target).sheetnames if name != "Contents"]
    assert [cell.value for cell in cells] == others
    assert [cell.hyperlink.location for cell in cells] == [f"'{name}'!A1" for name in others]
    last = sheet.cell(sheet.max_row, 1)
    assert (last.value, last.font.sz) == ("Made by Caseworker 1, 22 Nov 2026 09:30 GMT.", 8)


def test_the_first_page_is_one_page_and_says_what_is_red_changed_and_asked(target: Path) -> None:
    said = {"W1.4g": "Staff have left. " * 20}
    made = board(FILES, before=True, commentary={**said, ASKED: "Agree the new posts."})
    write(made, target)
    sheet = read(target)["Summary"]
    assert sheet.page_setup.fitToHeight == 1
    red = blocks(sheet)
    (off,) = (title for title in red if title.startswith("Off target: "))
    (row,) = (row for row in red[off] if row[0] == "W1.4g")
    assert row[2:5] == ["0.0%", "at least 60%", "nothing to count"]
    assert row[5].startswith("Head of SEN: Staff have left.")
    assert row[5].endswith(" …")
    (moved,) = (title for title in red if title.startswith("Changed since "))
    assert moved.startswith("Changed since June to August 2026: ")
    words = [str(cell.value) for cell in sheet["A"] if cell.value]
    asked = words[words.index("Asked of the Board") + 1 :]
    assert asked[0] == "1. Agree the new posts."
    assert "13 live plans." in words[1]
    assert asked[-1].startswith("Made by ")


def test_the_exception_report_has_every_red_with_what_its_owner_says(target: Path) -> None:
    made = board(FILES, before=True, commentary={"W1.4g": "=Staff have left."})
    write(made, target)
    rows = {row[0]: row for row in read(target)["Exception report"].iter_rows(values_only=True)}
    red = {one.ref for one in made.measures if one.rating is Rating.RED}
    assert {ref for ref in rows if ref in red} == {ref for ref in red if "-" not in ref}
    assert rows["W1.4g"][8] == "=Staff have left."
    assert {rows[ref][8] for ref in red - {"W1.4g"} if ref in rows} == {"Nothing is written yet."}


def test_measures_without_a_figure_stand_on_a_sheet_of_their_own(target: Path) -> None:
    made = some()
    write(made, target)
    book = read(target)
    waiting = [one.ref for one in made.measures if not one.answered]
    assert [value for value in column(book["Not recorded"], 1) if value] == waiting
    assert not set(waiting) & set(column(book["Measures"], 1))
    months = {row[0].value: row[5].value for row in book["Not recorded"].iter_rows(min_row=5)}
    assert months["W1.1a"] == "January 2022"


def test_every_measure_stands_on_the_sheet_of_its_workstream(target: Path) -> None:
    made = some()
    write(made, target)
    book = read(target)
    for one in made.measures:
        if one.answered:
            assert one.ref in column(book[one.workstream], 1)


def test_figures_and_tables_are_found_by_name(target: Path) -> None:
    made = some()
    write(made, target)
    book = read(target)
    for one in made.measures:
        if not one.answered:
            assert measure_name(one.ref) not in book.defined_names
            continue
        for end, figure in (("", one.value), ("_count", one.numerator), ("_of", one.denominator)):
            ((sheet, cell),) = book.defined_names[measure_name(one.ref, end)].destinations
            assert book[sheet][cell].value == figure
    named = {name for sheet in book for name in sheet.tables}
    assert {f"table_{one.key}" for one in made.tables if one.kind == "partition"} - named <= {
        f"table_{one.key}" for one in made.transfers
    }


def test_managers_have_a_sheet_by_caseworker(target: Path) -> None:
    made = board(FILES, audience=Audience.MANAGERS)
    write(made, target)
    sheet = read(target)["By caseworker"]
    assert headings(sheet)[:3] == ["Caseworker", "Live plans", "Reviews overdue"]
    rows = list(sheet.iter_rows(min_row=5, max_col=3, values_only=True))
    assert rows == [("Rosa Okafor", 13, 13), ("All", 13, 13)]
    assert "managers' edition" in str(read(target)["Contents"]["B9"].value)


def test_new_and_net_stand_under_the_plans_begun_and_ended(target: Path) -> None:
    write(board(FILES), target)
    rows = blocks(read(target)["Caseload"])["New and net in the period"]
    assert rows[1:] == [["Plans begun", 0], ["Plans ended", 1], ["Net: begun less ended", -1]]
    write(board(FILES, suppress=True), target)
    rows = blocks(read(target)["Caseload"])["New and net in the period"]
    assert [row[1] for row in rows[1:]] == [0, "hidden", "hidden"]


def test_the_properties_of_the_document_are_filled(target: Path) -> None:
    write(some(suppress=True), target)
    told = read(target).properties
    assert told.title == "SEND board return, 1 Sep to 22 Nov 2026"
    assert told.subject == "As at 22 Nov 2026. Board: small numbers hidden."
    assert (told.creator, told.category, told.language) == ("Invented Borough", "OFFICIAL", "en-GB")
    assert told.description == "Made by Caseworker 1, 22 Nov 2026 09:30 GMT."
    assert told.created == told.modified == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001


def test_a_part_of_a_period_says_so_far(target: Path) -> None:
    write(board(FILES, end="2026-11-30", as_at="2026-11-22"), target)
    book = read(target)
    for name in ("Measures", "Annual reviews", "Exception report"):
        assert "September to November 2026, so far, as at 22 Nov 2026" in book[name]["A2"].value


def test_a_chart_says_where_a_number_is_hidden(target: Path) -> None:
    needs = {"ASD": 30, "SLCN": 3, "SEMH": 9}
    files = [case(f"{n}{x}", PLAN, need=n) for n, count in needs.items() for x in range(count)]
    write(board(files, suppress=True), target)
    sheet = read(target)["Caseload"]
    chart = sheet._charts[0]
    series = chart.series[0]
    lines = blocks(sheet)["Live plans by primary need"][1:]
    hidden = {place for place, row in enumerate(lines) if row[1] == "hidden"}
    assert {label.idx for label in series.dLbls.dLbl} == hidden != set()
    assert {label.numFmt for label in series.dLbls.dLbl} == {'"hidden"'}
    (where,) = (sheet[series.cat.numRef.f.split("!")[1].replace("$", "")],)
    labels = [cell.value for (cell,) in where]
    assert [label.endswith(": hidden") for label in labels] == [
        place in hidden for place in range(len(lines))
    ]
    assert sheet.column_dimensions[where[0][0].column_letter].hidden
    assert not chart.visible_cells_only


def test_a_long_table_has_a_sheet_whose_headings_are_printed_on_each_page(target: Path) -> None:
    files = [case(f"A{n:02}", PLAN, setting=Setting(f"School {n:02}")) for n in range(40)]
    write(board(files), target)
    sheet = read(target)["Live plans by setting"]
    assert sheet.print_title_rows == "$4:$4"
    assert len(sheet.tables["table_setting"].ref) > 2
    assert [cell.value for cell in sheet[sheet.max_row]] == ["All", 40, 1]


@pytest.mark.parametrize("suppress", [True, False])
def test_every_sheet_keeps_its_headings_filters_and_prints_on_a4(
    suppress: bool, target: Path
) -> None:
    write(some(suppress, council="Fen & Weald"), target)
    for sheet in read(target):
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        pages = int(sheet.title in ("Summary", "Contents"))
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages)
        assert sheet.oddFooter.left.text == "Fen && Weald, as at 22 Nov 2026"
        personal = "OFFICIAL-SENSITIVE: PERSONAL DATA"
        assert sheet.oddFooter.center.text == ("OFFICIAL" if suppress else personal)
        assert sheet.oddFooter.right.text == "&A, page &P of &N"
        if sheet.title == "Contents":
            continue
        if sheet.title in IN_BLOCKS:
            assert sheet.freeze_panes == "A3"
            assert sheet.print_title_rows == "$1:$2"
            assert sheet.tables or sheet.title == "Summary"
            continue
        assert sheet.freeze_panes == "B5"
        (table,) = sheet.tables.values()
        assert table.autoFilter.ref.startswith("A4:")
        assert sheet.print_title_rows == "$4:$4"
        for place in range(1, sheet.max_column + 1):
            assert sheet.column_dimensions[sheet.cell(4, place).column_letter].width >= 9


def test_a_measure_has_count_denominator_value_target_and_rating_in_words_and_colour(
    target: Path,
) -> None:
    write(some(), target)
    sheet = read(target)["Measures"]
    assert headings(sheet)[:9] == [
        "Ref",
        "Measure",
        "Count",
        "Out of",
        "Value",
        "Target",
        "Rating",
        "Period before",
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
    assert "W1.2e" not in rows


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
    for name in IN_BLOCKS[1:]:
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
    assert (first[4].number_format, first[4].is_date) == ("[$-809]d mmm yyyy", True)
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
    hidden = book["Contents"]
    assert hidden.row_dimensions[9].height > 1.5 * hidden.row_dimensions[8].height


def test_no_sheet_of_figures_prints_smaller_than_three_fifths(target: Path) -> None:
    write(some(), target)
    a4_landscape = 10.9 * 96
    for sheet in read(target):
        widths = [sheet.column_dimensions[letter].width for letter in sheet.column_dimensions]
        assert sum(width * 7 + 5 for width in widths) * 0.6 <= a4_landscape, sheet.title


@pytest.mark.parametrize("suppress", [True, False])
def test_the_workbook_says_what_the_json_says(suppress: bool, target: Path) -> None:
    made = board(files_of(date(2026, 11, 22), 70, 8), suppress=suppress)
    write(made, target)
    book, told = read(target), as_json(made)

    def figure(shown: Any) -> Any:
        return None if shown == "hidden" else shown

    for one in told["measures"]:
        if not one["hidden"] and one["value"] is None and one["numerator"] is None:
            assert measure_name(one["ref"]) not in book.defined_names
            continue
        for end, key in (("", "value"), ("_count", "numerator"), ("_of", "denominator")):
            ((sheet, cell),) = book.defined_names[measure_name(one["ref"], end)].destinations
            assert figure(book[sheet][cell].value) == one[key], (one["ref"], key)
    ranges = {name: sheet[where] for sheet in book for name, where in sheet.tables.items()}
    seen = 0
    for table in made.tables:
        rows = ranges.get(f"table_{table.key}")
        if table.kind != "partition" or rows is None:
            continue
        labels = {line.label: line.key for line in table.lines}
        found = {labels[row[0].value]: figure(row[1].value) for row in rows[1:]}
        assert found == told["tables"][table.key], table.key
        seen += 1
    assert seen > 12
