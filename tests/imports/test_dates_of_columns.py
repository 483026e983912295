"""Columns of dates by every machine: no wrong day comes in without a line that tells of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports import reading as imports
from tests.imports.made.books import TODAY, read, write
from tests.imports.made.machines import MACHINES, Machine, columns, midnight

HEAD = ["Ref", "Surname", "Forename", "DOB", "AR meeting held"]
BIRTHS = columns(date(2004, 1, 1), date(2019, 12, 31))
SURNAMES = ("Pike", "Hale", "Vane", "Stone", "Tarn", "Reeve", "Quill", "Upton", "Crow", "Lamb")


def rows_of(cells: Sequence[Any], events: Sequence[Any] = ()) -> list[list[Any]]:
    held = [*events, *[""] * (len(cells) - len(events))]
    return [
        [f"A{at:03}", SURNAMES[at % 10], f"Al{'abcdefghij'[at // 10]}", cell, held[at]]
        for at, cell in enumerate(cells)
    ]


def delimited(folder: Path, rows: Sequence[Sequence[Any]], **options: Any) -> Incoming:
    path = folder / "tracker.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return imports.read([path], today=TODAY, **options)


def untold(got: Incoming, days: Sequence[date]) -> list[str]:
    """Children whose birthday is neither the day meant nor told of, and rows not accounted for."""
    came = {case.reference: case.born for case in got.cases}
    told = {one.place.row for one in (*got.doubts, *got.problems, *got.parked)}
    wrong = []
    for at, day in enumerate(days):
        reference, row = f"A{at:03}", at + 2
        if reference in came and came[reference] != day:
            wrong.append(f"{reference}: {came[reference]} for {day}")
        if reference not in came and row not in told:
            wrong.append(f"{reference} is gone")
    if got.rows_read != len(got.cases) + got.further_rows + len(got.parked):
        wrong.append("rows do not add up")
    return wrong


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
@settings(max_examples=8)
@given(days=BIRTHS)
def test_no_wrong_birthday_comes_in_untold(machine: Machine, days: list[date]) -> None:
    cells = machine.write(days)
    with TemporaryDirectory() as folder:
        rows = rows_of(cells)
        if machine.text:
            assert untold(delimited(Path(folder), rows), days) == []
        assert untold(read(Path(folder), [HEAD, *rows]), days) == []


@settings(max_examples=8)
@given(days=BIRTHS)
def test_times_in_utc_that_say_so_all_come_in(days: list[date]) -> None:
    with TemporaryDirectory() as folder:
        rows = rows_of([f"{midnight(day).isoformat()}Z" for day in days])
        got = delimited(Path(folder), rows)
    assert [case.born for case in got.cases] == days
    assert (got.doubts, got.problems, got.parked) == ((), (), ())


def test_times_at_eleven_in_summer_alone_make_the_column_doubtful(tmp_path: Path) -> None:
    days = [date(2014, 6, 12), date(2013, 1, 12), date(2015, 9, 1)]
    got = read(tmp_path, [HEAD, *rows_of([midnight(day) for day in days])])
    assert [case.born for case in got.cases] == [days[1]]
    assert [(one.place.row, one.column, one.value, one.case) for one in got.doubts] == [
        (0, "DOB", "2 cells", ""),
        (2, "DOB", "11/06/2014 23:00", "Pike, Ala (A000)"),
        (4, "DOB", "31/08/2015 23:00", "Vane, Ala (A002)"),
    ]
    assert "12/06/2014 by London time" in got.doubts[1].why
    assert [(row.place.row, row.case) for row in got.parked] == [
        (2, "Pike, Ala (A000)"),
        (4, "Vane, Ala (A002)"),
    ]
    assert all("doubtful" in row.why for row in got.parked)


@pytest.mark.parametrize(
    "times",
    [
        [time(), time(), time()],
        [time(23), time(9, 30), time()],
        [time(23), time(23), time()],
    ],
)
def test_other_times_are_plain_days(times: list[time], tmp_path: Path) -> None:
    """None at 23:00; others besides; one of 23:00 in winter."""
    days = [date(2014, 6, 11), date(2013, 1, 12), date(2015, 8, 31)]
    cells = [datetime.combine(day, at) for day, at in zip(days, times, strict=True)]
    for got in (
        read(tmp_path, [HEAD, *rows_of(cells)]),
        delimited(tmp_path, rows_of([cell.isoformat() for cell in cells])),
    ):
        assert [case.born for case in got.cases] == days
        assert got.doubts == ()


AMERICAN = ["25/03/2015", datetime(2014, 5, 11), "30/08/2013", datetime(2012, 7, 4)]  # noqa: DTZ001


def test_the_work_of_an_american_machine_is_told_cell_by_cell(tmp_path: Path) -> None:
    got = read(tmp_path, [HEAD, *rows_of(AMERICAN)])
    assert [case.born for case in got.cases] == [date(2015, 3, 25), date(2013, 8, 30)]
    assert [(one.place.row, one.value) for one in got.doubts] == [
        (0, "2 cells"),
        (3, "11/05/2014"),
        (5, "04/07/2012"),
    ]
    assert "05/11/2014 if turned round" in got.doubts[1].why


def test_a_column_of_real_dates_follows_the_others_of_its_sheet(tmp_path: Path) -> None:
    """Its own days show nothing, but the machine that turned its neighbour turned it too."""
    held = [datetime(2026, 3, 2), "", datetime(2026, 5, 6), ""]  # noqa: DTZ001
    got = read(tmp_path, [HEAD, *rows_of(AMERICAN, held)])
    assert [fact for case in got.cases for fact in case.facts] == []
    assert ("AR meeting held", "2 cells") in [(one.column, one.value) for one in got.doubts]


@pytest.mark.parametrize(
    "cells",
    [
        ["25/03/2015", datetime(2014, 5, 11), "05/08/2013"],  # noqa: DTZ001
        ["25/03/2015", datetime(2014, 5, 21), datetime(2013, 8, 5)],  # noqa: DTZ001
        [datetime(2014, 5, 1), datetime(2013, 8, 5), datetime(2012, 7, 4)],  # noqa: DTZ001
        ["25/03/2015", "30/08/2013", "19/12/2016"],
    ],
)
def test_dates_that_no_american_machine_would_leave_stand(cells: list[Any], tmp_path: Path) -> None:
    got = read(tmp_path, [HEAD, *rows_of(cells)])
    assert len(got.cases) == 3
    assert got.doubts == ()


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["040911", "281110", "010712"], [(2011, 9, 4), (2010, 11, 28), (2012, 7, 1)]),
        (["40911", "281110", "10712"], [(2011, 9, 4), (2010, 11, 28), (2012, 7, 1)]),
        (["41064", "39775", "40000"], [(2012, 6, 4), (2008, 11, 23), (2009, 7, 6)]),
        (["04092011", "23112010", "20120701"], [(2011, 9, 4), (2010, 11, 23), (2012, 7, 1)]),
    ],
)
def test_figures_alone_are_read_by_their_column(
    cells: list[str], days: list[tuple[int, int, int]], tmp_path: Path
) -> None:
    got = delimited(tmp_path, rows_of(cells))
    assert [case.born for case in got.cases] == [date(*day) for day in days]


@pytest.mark.parametrize("cells", [["40911"], ["40911", "10712"], ["40911", "42370"]])
def test_figures_that_may_be_two_days_are_doubted(cells: list[str], tmp_path: Path) -> None:
    got = delimited(tmp_path, rows_of(cells))
    assert "A000" not in {case.reference for case in got.cases}
    assert ("DOB", "40911") in {(one.column, one.value) for one in got.doubts}


@pytest.mark.parametrize(
    ("cells", "taken"),
    [
        (["110904", "120701", "091203"], 0),
        (["110904", "120701", "281203"], 3),
        (["110904", "120701", "311203"], 3),
        (["110904", "120701", "110931"], 0),
    ],
)
def test_six_figures_that_may_begin_with_day_or_year_are_doubted(
    cells: list[str], taken: int, tmp_path: Path
) -> None:
    got = read(tmp_path, [HEAD, *rows_of(cells)])
    assert len(got.cases) == taken
    assert len(got.parked) == len(cells) - taken
    assert ("yymmdd" in str(got.doubts)) is not bool(taken)


@given(day=st.dates(date(2004, 1, 1), date(2019, 12, 31)))
def test_a_text_that_begins_with_nought_is_never_a_day_number(day: date) -> None:
    with TemporaryDirectory() as folder:
        text = f"0{(day - date(1899, 12, 30)).days}"
        got = delimited(Path(folder), rows_of([text]))
    counted = {case.born for case in got.cases}
    assert day not in counted or f"{day:%d%m%y}" == text


MONTHS = ("Mar 2026", "03/2026", "March-26", "2026-03", "Mar '26", "march 2026")


@pytest.mark.parametrize("text", MONTHS)
def test_a_month_without_a_day_is_doubted(text: str, tmp_path: Path) -> None:
    got = delimited(tmp_path, rows_of(["1/2/2015"], [text]))
    assert got.cases[0].facts == ()
    assert [(one.column, one.value, one.case) for one in got.doubts] == [
        ("AR meeting held", text, "Pike, Ala (A000)")
    ]
    got = delimited(tmp_path, rows_of([text]))
    assert [(row.place.row, row.case) for row in got.parked] == [(2, "Pike, Ala (A000)")]


def mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


SAID: tuple[tuple[str, list[Any], list[date]], ...] = (
    (
        "day and month swapped",
        AMERICAN,
        [date(2015, 3, 25), date(2014, 11, 5), date(2013, 8, 30), date(2012, 4, 7)],
    ),
    (
        "as shown",
        AMERICAN,
        [date(2015, 3, 25), date(2014, 5, 11), date(2013, 8, 30), date(2012, 7, 4)],
    ),
    (
        "UTC",
        [datetime(2014, 6, 11, 23), datetime(2013, 1, 12)],  # noqa: DTZ001
        [date(2014, 6, 12), date(2013, 1, 12)],
    ),
    (
        "As  Shown",
        [datetime(2014, 6, 11, 23), datetime(2013, 1, 12)],  # noqa: DTZ001
        [date(2014, 6, 11), date(2013, 1, 12)],
    ),
    ("ddmmyy", ["40911", "10712"], [date(2011, 9, 4), date(2012, 7, 1)]),
    ("yymmdd", ["110904", "120701"], [date(2011, 9, 4), date(2012, 7, 1)]),
    ("ddmmyy", ["110904", "120701"], [date(2004, 9, 11), date(2001, 7, 12)]),
    ("day numbers", ["40911", "40000"], [date(2012, 1, 3), date(2009, 7, 6)]),
    ("day and month swapped", ["12/25/2014", "5/6/2013"], [date(2014, 12, 25), date(2013, 5, 6)]),
    ("as shown", ["Mar 2015"], [date(2015, 3, 1)]),
)


@pytest.mark.parametrize(("said", "cells", "days"), SAID)
def test_a_person_says_how_a_column_is_meant(
    said: str, cells: list[Any], days: list[date], tmp_path: Path
) -> None:
    wanted = mapping(tmp_path, f'[dates]\n"dob" = "{said}"\n')
    got = read(tmp_path, [HEAD, *rows_of(cells)], mapping=wanted)
    assert [case.born for case in got.cases] == days
    assert got.doubts == ()
    assert not any("not taken" in one.why for one in got.answered)
    assert [one.said.lower() for one in got.answered] in ([], [" ".join(said.lower().split())])


@pytest.mark.parametrize("heading", ["DOB", "AR meeting held"])
def test_cells_a_person_leaves_out_are_told_one_by_one(heading: str, tmp_path: Path) -> None:
    wanted = mapping(tmp_path, f'[dates]\n"{heading}" = "left out"\n')
    certain = ["13/01/2010", "14/01/2010", "15/01/2010", "16/01/2010"]
    cells = (AMERICAN, ()) if heading == "DOB" else (certain, AMERICAN)
    got = read(tmp_path, [HEAD, *rows_of(*cells)], mapping=wanted)
    assert [(one.column, one.place.row) for one in got.problems] == [(heading, 3), (heading, 5)]
    assert (got.doubts, len(got.answered)) == ((), 1)
    assert [one.place.row for one in got.parked] == ([3, 5] if heading == "DOB" else [])
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)


def test_what_is_said_of_one_sheet_holds_for_that_sheet(tmp_path: Path) -> None:
    wanted = mapping(tmp_path, '[dates."Old"]\nDOB = "as shown"\n')
    # Two files' worth of the same children would be one; these have surnames of their own.
    other = [[f"B{row[0]}", f"Mc{row[1]}", *row[2:]] for row in rows_of(AMERICAN)]
    book = {"Old": [HEAD, *rows_of(AMERICAN)], "New": [HEAD, *other]}
    got = imports.read([write(tmp_path / "tracker.xlsx", book)], today=TODAY, mapping=wanted)
    assert len(got.cases) == 6
    assert {one.place.sheet for one in got.doubts} == {"New"}


def test_columns_of_a_list_of_staff_are_not_asked_about(tmp_path: Path) -> None:
    started = [datetime(2014, 6, 11, 23), datetime(2013, 1, 12)]  # noqa: DTZ001
    staff = [["Name", "Start date"], ["Jo Smith", started[0]], ["Al Fry", started[1]]]
    book = {"Children": [HEAD, *rows_of(["1/2/2015", "2/2/2015"])], "Staff": staff}
    got = imports.read([write(tmp_path / "tracker.xlsx", book)], today=TODAY)
    assert len(got.cases) == 2
    assert got.doubts == ()
