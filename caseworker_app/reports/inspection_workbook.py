"""The inspection list as a workbook: one sheet, headings in its first row, days as DD/MM/YYYY."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter

from caseworker_app.domain.inspection.list_rows import ListLayout, ListRow
from caseworker_app.reports import target as target_file
from caseworker_app.reports.heights import lines, set_height
from caseworker_app.reports.looks import clean, heading_cell, new_workbook
from caseworker_app.reports.pages import Sheet
from caseworker_app.reports.target import Progress

_WIDTH = 20.0
_STEP = 500


def write(
    layout: ListLayout,
    rows: Sequence[ListRow],
    as_at: date,
    target: Path,
    progress: Progress | None = None,
) -> None:
    """Write the list beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".xlsx")
    workbook = new_workbook()
    workbook.properties.title = f"Children with EHC plans, {as_at:%d/%m/%Y}"
    workbook.properties.creator = "Caseworker"
    tick = target_file.counter(len(rows), progress)
    with target_file.whole(target) as part, target_file.saved(workbook, part):
        sheet = workbook.create_sheet(layout.sheet)
        sheet.freeze_panes = "B2"
        sheet.page_setup.orientation = "landscape"
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
        set_height(sheet, 1, max(lines(one, _WIDTH, bold=True) for one in layout.columns), 5.0)
        for number in range(1, len(layout.columns) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        sheet.append([heading_cell(sheet, one) for one in layout.columns])
        for done, row in enumerate(rows, 1):
            sheet.append([_cell(sheet, one) for one in row.cells])
            if done % _STEP == 0:
                tick(_STEP)
        tick(len(rows) % _STEP)


def _cell(sheet: Sheet, value: str | float | date | None) -> Cell | float | None:
    if value is None or value == "":
        return None
    if isinstance(value, int | float):
        return value
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else clean(value)
    cell = WriteOnlyCell(sheet, text)
    # What a person typed is never a formula.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
