"""Write a sheet of short tables, each with its title, its headings and its own filter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from caseworker_app.reports.heights import heading_lines, height_of, lines, set_height
from caseworker_app.reports.looks import (
    Looks,
    band_cell,
    clean,
    heading_cell,
    plain_cell,
    quiet_cell,
    small_cell,
    title_cell,
)
from caseworker_app.reports.pages import Block, Blocks, Kind, Row, Sheet
from caseworker_app.reports.ready_rows import new_sheet
from caseworker_app.reports.sheet import Tick, named_table, set_up_print

_TITLE_ROWS = 3
_PRINTED, _AROUND = 470.0, 80.0
"""Points of rows on a printed page, and those of a block without its lines."""


def write_blocks(workbook: Workbook, page: Blocks, footer: tuple[str, str], tick: Tick) -> None:
    """Add the sheet to a write-only workbook; `footer` as for `sheet.write_page`."""
    sheet = new_sheet(workbook, page.name)
    set_up_print(sheet, footer, one_page=page.one_page)
    sheet.print_title_rows = f"1:{_TITLE_ROWS - 1}"
    sheet.freeze_panes = f"A{_TITLE_ROWS}"
    sheet.sheet_view.showGridLines = False
    for number, width in enumerate(page.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if any(block.labels for block in page.blocks):
        sheet.column_dimensions[get_column_letter(len(page.widths) + 1)].hidden = True
    set_height(sheet, 1, 2)
    sheet.append([title_cell(sheet, page.title)])
    sheet.append([quiet_cell(sheet, page.about)])
    writer = _Writer(sheet, page)
    for block in page.blocks:
        writer.write(block)
        tick(len(block.rows))
    if page.small:
        sheet.append([])
        sheet.append([small_cell(sheet, page.small)])


class _Writer:
    """Writes block under block and keeps each whole on a printed page where it can.

    No block is longer than a page: a longer table has a sheet of its own, where its headings are
    repeated.
    """

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
        tall_lines = [1] * len(block.lines)
        needed = _AROUND + sum(map(height_of, (*tall, *tall_lines)))
        if not self._page.one_page and self._used and self._used + needed > _PRINTED:
            sheet.row_breaks.append(Break(id=self._at - 1))
            self._used = 0.0
        self._used = (self._used + needed) % _PRINTED
        self._add([])
        self._add([band_cell(sheet, block.title)], 1, 6.0)
        if block.note:
            self._add([quiet_cell(sheet, block.note)])
        for words in block.lines:
            self._add([plain_cell(sheet, words)])
        if not columns:
            return
        heading = self._at
        cells = [heading_cell(sheet, column.heading, column.kind) for column in columns]
        self._add(cells, heading_lines(columns, self._page.widths), 5.0)
        kinds = tuple(column.kind for column in columns)
        labels = block.labels or ("",) * len(block.rows)
        for row, count, label in zip(block.rows, tall, labels, strict=True):
            self._add_row(row, kinds, count, label)
        last = self._at - 1
        if block.rows:
            where = f"A{heading}:{get_column_letter(len(columns))}{last}"
            sheet.tables.add(named_table(block.key, where, (one.heading for one in columns)))
            if block.draw is not None:
                block.draw(sheet, heading + 1, last)
        if block.total is not None:
            self._add_row(block.total, kinds, 1)

    def _add_row(self, row: Row, kinds: tuple[Kind, ...], count: int, label: str = "") -> None:
        own = tuple(row.kinds.get(place, kind) for place, kind in enumerate(kinds))
        set_height(self._sheet, self._at, count)
        cells = list(self._looks.row(row.values, own))
        if label:
            cells += [(0, None)] * (len(self._page.widths) - len(cells))
            cells.append((0, clean(label)))
        self._sheet.append_ready(cells)
        self._at += 1

    def _add(self, cells: Iterable[Any], count: int = 1, spare: float = 2.0) -> None:
        set_height(self._sheet, self._at, count, spare)
        self._sheet.append(cells)
        self._at += 1

    def _lines(self, row: Row) -> int:
        texts = zip(row.values, self._page.widths, strict=False)
        return max(lines(value, width) for value, width in texts if isinstance(value, str))
