"""Write the Department's files: CSV files in a folder, or a workbook with a sheet for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.department.layout import HIDDEN, NOT_APPLICABLE, Value
from caseworker_app.domain.department.published_values import HEAD
from caseworker_app.domain.department.sheets import DepartmentReturn, Sheet
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.board import narrowed_words
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.pages import Column, Kind, Page, Row
from caseworker_app.reports.pages import Sheet as PageSheet
from caseworker_app.reports.record_list import harmless
from caseworker_app.reports.sheet import write_page
from caseworker_app.reports.target import Progress

ABOUT = "about"
"""The name of the file, and of the sheet, that says how the others are made."""

_SHEET_LETTERS, _FOOT_LETTERS = 31, 80
_SPLIT = len(HEAD)
_ROWS_ARE = "K:L"
"""The columns that say what a row is of."""

_PAGE_LETTERS = 170
"""So many letters stand beside each other on a printed page and are still read."""


def write(made: DepartmentReturn, target: Path, progress: Progress | None = None) -> int:
    """Write a workbook where the target ends in .xlsx, else CSV files into a folder.

    The value is how many files were written. A folder that is not there is made, where the folder
    it is to stand in is.

    Raises:
        Refused: the target cannot be one.
        Unavailable: a file cannot be written.
        Cancelled: `progress` raised it; a workbook is then not there, nor is any CSV file.
    """
    if target.suffix.lower() == ".xlsx":
        _workbook(made, target, progress)
        return 1
    if target.is_file():
        raise Refused(f"{target} is a file; give a folder, or a name that ends in .xlsx.", "out")
    if not target.is_dir() and not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")
    tick = target_file.counter(sum(len(one.rows) for one in made.sheets), progress)
    whole = {f"{ABOUT}.csv": _csv([["about"], *([one] for one in about(made))])}
    for sheet in made.sheets:
        whole[f"{sheet.layout.name}.csv"] = _csv(_lines(made, sheet))
        tick(len(sheet.rows))
    target.mkdir(exist_ok=True)
    for name, data in whole.items():
        with target_file.whole(target / name) as part:
            part.write_bytes(data)
    return len(whole)


def about(made: DepartmentReturn) -> Iterator[str]:
    """What the files are of and how they are read, in sentences."""
    yield (
        f"Files of {made.council or 'the council'} in the shape of those that the Department for "
        f"Education publishes of EHC plans: calendar year {made.year}, survey day "
        f"{day_words(made.survey_day)}, as at {day_words(made.as_at)}."
    )
    if made.suppressed:
        yield (
            f'Small numbers are hidden: "{HIDDEN}" stands for each, and for as few others as it '
            "takes that nobody can work one out. Of the rows of a breakdown only how many each is "
            "of is shown."
        )
    else:
        yield "For the team: every number is shown. It is not to be published."
    yield f'"{NOT_APPLICABLE}" stands for a share of nothing.'
    if made.narrowed:
        yield narrowed_words(made.narrowed)
    yield from made.notes
    yield from made.lacking


def _lines(made: DepartmentReturn, sheet: Sheet) -> Iterator[list[str]]:
    columns = sheet.layout.columns
    yield [*HEAD, *columns]
    for row in sheet.rows:
        figures = (str(row.values[one]) for one in columns)
        yield [*map(harmless, made.head(sheet.layout, row)), *figures]


def _csv(lines: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    # With a mark at the front, so that Excel takes it for UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _workbook(made: DepartmentReturn, target: Path, progress: Progress | None) -> None:
    target_file.check(target, ".xlsx")
    workbook = new_workbook()
    workbook.properties.title = f"EHC plans {made.year} in the Department's shape"
    workbook.properties.creator = "Caseworker"
    pages = [_about_page(made), *(_page(made, one) for one in made.sheets)]
    tick = target_file.counter(sum(page.size for page in pages), progress)
    foot = clean(made.council)[:_FOOT_LETTERS].replace("&", "&&")
    mark = "" if made.suppressed else "For the team: not to be published"
    with target_file.whole(target) as part, target_file.saved(workbook, part):
        for page in pages:
            write_page(workbook, page, (foot, mark), tick)


def _about_page(made: DepartmentReturn) -> Page:
    title = f"EHC plans {made.year} in the Department's shape"
    rows = [(one,) for one in about(made)]
    return Page(
        "About", title, "How the other sheets are made", "", (Column("Note", "wrap", 110),), rows
    )


def _page(made: DepartmentReturn, sheet: Sheet) -> Page:
    layout = sheet.layout
    headings = (
        *(Column(one, "text", 30) for one in HEAD),
        *(
            Column(one, "average" if one in layout.shares else "count", 16)
            for one in layout.columns
        ),
    )
    rows = [
        Row((*made.head(layout, row), *row.values.values()), _codes(row.values.values()))
        for row in sheet.rows
    ]
    width = sum(len(one.heading) + 2 for one in headings)

    def in_pages(on: PageSheet, first: int) -> None:
        """As many pages wide as it takes to be read, each with what its rows are of."""
        del first
        on.page_setup.fitToWidth = max(1, round(width / _PAGE_LETTERS))
        on.print_title_cols = _ROWS_ARE

    about_it = f"Calendar year {made.year}, survey day {day_words(made.survey_day)}"
    return Page(
        layout.name[:_SHEET_LETTERS], layout.title, about_it, "", headings, rows, draw=in_pages
    )


def _codes(values: Iterable[Value]) -> dict[int, Kind]:
    """The look of each code that stands in place of a figure, by its place in the row."""
    return {_SPLIT + at: "hidden" for at, value in enumerate(values) if isinstance(value, str)}
