"""Write a sheet of short tables, each with its title, its headings and its own filter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableColumn

from caseworker_app.reports.heights import heading_lines, height_of, lines, set_height
from caseworker_app.reports.looks import Looks, band_cell, heading_cell, quiet_cell, title_cell
from caseworker_app.reports.pages import Block, Blocks, Kind, Row, Sheet
from caseworker_app.reports.ready_rows import new_sheet
from caseworker_app.reports.sheet import Tick, set_up_print

_TITLE_ROWS = 3
_PRINTED, _AROUND = 470.0, 80.0
"""Points of rows on a printed page, and those of a block without its lines."""

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def write_blocks(workbook: Workbook, page: Blocks, footer: tuple[str, str], tick: Tick) -> None:
    """Add the sheet to a write-only workbook; `footer` as for `sheet.write_page`."""
    sheet = new_sheet(workbook, page.name)
    set_up_print(sheet, footer)
    sheet.print_title_rows = f"1:{_TITLE_ROWS - 1}"
    sheet.freeze_panes = f"A{_TITLE_ROWS}"
    sheet.sheet_view.showGridLines = False
    for number, width in enumerate(page.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    set_height(sheet, 1, 2)
    sheet.append([title_cell(sheet, page.title)])
    sheet.append([quiet_cell(sheet, page.about)])
    writer = _Writer(sheet, page)
    for block in page.blocks:
        writer.write(block)
        tick(len(block.rows))


class _Writer:
    """Writes block under block and keeps each whole on a printed page where it can."""

    def __init__(self, sheet: Sheet, page: Blocks) -> None:
        self._sheet = sheet
        self._page = page
        self._looks = Looks(sheet)
        self._at = _TITLE_ROWS
        self._used = 0.0

    def write(self, block: Block) -> None:
        """Write a block under those before it, an empty row first."""
        sheet, columns = self._sheet, block.columns
        tall = [self._lines(row) for row in block.rows]
        needed = _AROUND + sum(height_of(count) for count in tall)
        if self._used and self._used + needed > _PRINTED:
            sheet.row_breaks.append(Break(id=self._at - 1))
            self._used = 0.0
        self._used = (self._used + needed) % _PRINTED
        self._add([])
        self._add([band_cell(sheet, block.title)], 1, 6.0)
        if block.note:
            self._add([quiet_cell(sheet, block.note)])
        heading = self._at
        cells = [heading_cell(sheet, column.heading, column.kind) for column in columns]
        self._add(cells, heading_lines(columns, self._page.widths), 5.0)
        kinds = tuple(column.kind for column in columns)
        for row, count in zip(block.rows, tall, strict=True):
            self._add_row(row, kinds, count)
        last = self._at - 1
        if block.rows:
            sheet.tables.add(_filter(self._page, block, heading, last))
            if block.draw is not None:
                block.draw(sheet, heading + 1, last)
        if block.total is not None:
            self._add_row(block.total, kinds, 1)

    def _add_row(self, row: Row, kinds: tuple[Kind, ...], count: int) -> None:
        own = tuple(row.kinds.get(place, kind) for place, kind in enumerate(kinds))
        set_height(self._sheet, self._at, count)
        self._sheet.append_ready(self._looks.row(row.values, own))
        self._at += 1

    def _add(self, cells: Iterable[Any], count: int = 1, spare: float = 2.0) -> None:
        set_height(self._sheet, self._at, count, spare)
        self._sheet.append(cells)
        self._at += 1

    def _lines(self, row: Row) -> int:
        texts = zip(row.values, self._page.widths, strict=False)
        return max(lines(value, width) for value, width in texts if isinstance(value, str))


def _filter(page: Blocks, block: Block, first: int, last: int) -> Table:
    """The range as a table of Excel's own, which gives each its own filter."""
    corner = get_column_letter(len(block.columns))
    where = f"A{first}:{corner}{last}"
    words = _NOT_IN_NAMES.sub("_", f"{page.name}_{first}")
    return Table(
        displayName=f"T_{words}",
        ref=where,
        autoFilter=AutoFilter(ref=where),
        tableColumns=[
            TableColumn(id=number, name=column.heading)
            for number, column in enumerate(block.columns, start=1)
        ],
    )
