"""Write one page: title, headings that stay, filter, widths, print set-up, rows, chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn

from caseworker_app.reports.heights import heading_lines, lines, set_height
from caseworker_app.reports.looks import Looks, heading_cell, quiet_cell, title_cell
from caseworker_app.reports.pages import (
    NUMBERS,
    WRAPPED,
    WRAPS,
    Column,
    Kind,
    Page,
    Row,
    Sheet,
    Value,
)
from caseworker_app.reports.ready_rows import new_sheet

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1

_NARROWEST = 9
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]+")
_A4 = 9

Tick = Callable[[int], None]
"""Told how many rows are written; raises `Cancelled` to stop."""


def write_page(workbook: Workbook, page: Page, footer: tuple[str, str], tick: Tick) -> None:
    """Add the page to a write-only workbook.

    `footer` is the text at the left and in the middle; the page number stands at the right.
    """
    sheet = new_sheet(workbook, page.name)
    set_up_print(sheet, footer)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.freeze_panes = f"B{FIRST_ROW}"
    longest = _longest(page)
    widths = [_width(*one) for one in zip(page.columns, longest, strict=True)]
    page = replace(page, columns=_whole(page.columns, widths, longest))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    last_column = get_column_letter(len(page.columns))
    last_row = HEADING_ROW + max(1, len(page.rows))
    where = f"A{HEADING_ROW}:{last_column}{last_row}"
    if page.key:
        sheet.tables.add(named_table(page.key, where, (one.heading for one in page.columns)))
    else:
        sheet.auto_filter.ref = where
    set_height(sheet, 1, 2)
    set_height(sheet, HEADING_ROW, heading_lines(page.columns, widths), 5.0)
    sheet.append([title_cell(sheet, page.title)])
    sheet.append([quiet_cell(sheet, page.about)])
    sheet.append([])
    sheet.append([heading_cell(sheet, column.heading, column.kind) for column in page.columns])
    _write_rows(sheet, page, widths, tick)
    if page.total is not None:
        kinds = tuple(page.total.kinds.get(place, "strong") for place in range(len(page.columns)))
        sheet.append_ready(Looks(sheet).row(page.total.values, kinds))
    if page.draw is not None:
        page.draw(sheet, FIRST_ROW)


def named_table(key: str, where: str, headings: Iterable[str]) -> Table:
    """A range as a table of Excel's own, with its own filter, named `table_` and the key."""
    return Table(
        displayName=f"table_{_NOT_IN_NAMES.sub('_', key)}",
        ref=where,
        autoFilter=AutoFilter(ref=where),
        tableColumns=[
            TableColumn(id=number, name=heading) for number, heading in enumerate(headings, start=1)
        ],
    )


def set_up_print(sheet: Sheet, footer: tuple[str, str], *, one_page: bool = False) -> None:
    """A4 landscape, as wide as the page, or all on one, with a footer."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = int(one_page)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    # Nearer to the edge than usual, or the letters of the footer lose their tops.
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    left, middle = footer
    sheet.oddFooter.left.text = left
    sheet.oddFooter.center.text = middle
    sheet.oddFooter.right.text = "&A, page &P of &N"


def _write_rows(sheet: Sheet, page: Page, widths: list[float], tick: Tick) -> None:
    wrapped = [place for place, column in enumerate(page.columns) if column.kind in WRAPPED]
    looks = Looks(sheet, tall=bool(wrapped))
    kinds: tuple[Kind, ...] = tuple(column.kind for column in page.columns)
    if not page.rows:
        sheet.append([quiet_cell(sheet, page.empty)])
    for done, row in enumerate(page.rows, start=1):
        if wrapped:
            values = row.values if isinstance(row, Row) else row
            tall = max(lines(str(values[place] or ""), widths[place]) for place in wrapped)
            set_height(sheet, HEADING_ROW + done, tall, 5.0)
        if isinstance(row, Row):
            own = tuple(row.kinds.get(place, kind) for place, kind in enumerate(kinds))
            sheet.append_ready(looks.row(row.values, own))
        else:
            sheet.append_ready(looks.row(row, kinds))
        if done % 500 == 0:
            tick(500)
    tick(len(page.rows) % 500)


def _longest(page: Page) -> list[int]:
    """How long the longest text of each column is, with a little room."""
    rows = [row.values if isinstance(row, Row) else row for row in page.rows]
    return [
        max((_length(row[place]) for row in rows), default=0) + 2
        for place in range(len(page.columns))
    ]


def _width(column: Column, longest: int) -> float:
    """As wide as the longest text, within bounds."""
    # The arrow of the filter stands over the end of a heading, which numbers have at the right.
    beside = 6 if column.kind in NUMBERS else 4
    word = max((len(word) for word in column.heading.split()), default=0) + beside
    two_lines = len(column.heading) // 2 + 5
    return float(min(max(word, two_lines, longest, _NARROWEST), max(column.widest, word)))


def _whole(
    columns: Sequence[Column], widths: Sequence[float], longest: Sequence[int]
) -> tuple[Column, ...]:
    """The columns, of which text wraps where it has no room; other text then stands beside it."""
    narrow = [
        column.kind in WRAPS and long > wide
        for column, wide, long in zip(columns, widths, longest, strict=True)
    ]
    if not any(narrow):
        return tuple(columns)
    beside: dict[Kind, Kind] = {"text": "top"}
    return tuple(
        replace(one, kind=WRAPS[one.kind] if cut else beside.get(one.kind, one.kind))
        for one, cut in zip(columns, narrow, strict=True)
    )


def _length(value: Value) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, date):
        return 11
    return 7 if value is None or abs(value) < 1 else len(f"{value:,.0f}") + 2
