"""The SEN2 return as the Department's submission template: nine tables on one sheet.

A table's title stands alone in the first column, its headings in the next row, its rows under
them, and two empty rows before the next title. Dates are text, ccyy-mm-dd; numbers join the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from caseworker_app.domain.sen2.layout import HEADER, Item, Module
from caseworker_app.domain.sen2.rows import Return, Row
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import clean, heading_cell, new_workbook, title_cell
from caseworker_app.reports.pages import Sheet
from caseworker_app.reports.target import Progress

SHEET = "Data Entry Template"
_SPACERS = 2
_MOMENT = "yyyy-mm-ddThh:mm:ss"
_FIGURES = frozenset({"YesNo", "PlacementRank", "SENtypeRank", "CeaseReason", "RequestSource"})
"""Sets of codes that are figures, and stand in their cells as such."""

Ids = tuple[int, int]
"""The made-up numbers of a person and of a request; 0 for none."""


def write(return_: Return, target: Path, progress: Progress | None = None) -> None:
    """Write a return beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".xlsx")
    workbook = new_workbook()
    workbook.properties.title = f"SEN2 {return_.layout.year}"
    workbook.properties.creator = "Caseworker"
    rows = list(_rows(return_))
    tick = target_file.counter(len(rows), progress)
    with target_file.whole(target) as part, target_file.saved(workbook, part):
        sheet = _sheet(workbook)
        for module in return_.layout.modules:
            _write_table(sheet, return_, module, rows)
            tick(sum(row.module == module.key for row, _ in rows))


def _sheet(workbook: Workbook) -> Sheet:
    sheet = workbook.create_sheet(SHEET)
    for letter in "ABCDEFGHIJKLMNOP":
        sheet.column_dimensions[letter].width = 22.0
    return sheet


def _rows(return_: Return) -> Iterator[tuple[Row, Ids]]:
    """Every row with the numbers of whose it is."""
    yield return_.header, (0, 0)
    persons, requests = count(1), count(1)
    for person in return_.persons:
        mine = next(persons)
        yield person.row, (mine, 0)
        for request in person.requests:
            number = next(requests)
            for row in request.every():
                yield row, (mine, number)


def _write_table(
    sheet: Sheet, return_: Return, module: Module, rows: list[tuple[Row, Ids]]
) -> None:
    sheet.append([title_cell(sheet, module.title, 11)])
    headings = (*module.leading, *(one.heading for one in module.items))
    sheet.append([heading_cell(sheet, one) for one in headings])
    for row, ids in rows:
        if row.module == module.key:
            leading = [_leading(one, return_, module, ids) for one in module.leading]
            values = [_cell(sheet, one, row.text(one.name)) for one in module.items]
            sheet.append([*leading, *values])
    for _ in range(_SPACERS):
        sheet.append([])


def _leading(heading: str, return_: Return, module: Module, ids: Ids) -> str | int:
    if heading == "Record Type":
        return module.xml if module.key != HEADER else "Header"
    if heading.startswith("LA"):
        return return_.council
    return ids[0] if heading == "Person ID" else ids[1]


def _cell(sheet: Sheet, item: Item, said: str) -> Cell | int | None:
    if not said:
        return None
    if item.type == "moment":
        cell = WriteOnlyCell(sheet, datetime.fromisoformat(said))
        cell.number_format = _MOMENT
        return cell
    figures = item.type == "integer" or item.codes in _FIGURES
    if figures and said.isdecimal():
        return int(said)
    cell = WriteOnlyCell(sheet, clean(said))
    # What a person typed is never a formula.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
