"""Workbooks of every kind Excel and LibreOffice write, as sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time, timedelta

import openpyxl
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from caseworker_app.imports.files import biff, ooxml
from caseworker_app.imports.files.quiet import no_standard_error
from caseworker_app.imports.files.sheets import Cell, Merge, Sheet


class Locked(Exception):
    """The workbook asks for a password."""


class Broken(Exception):
    """The bytes are no workbook that can be read."""


def read(data: bytes, file: str) -> list[Sheet]:
    """Every worksheet, visible ones first, each in the workbook's order.

    Raises:
        Locked: it is protected with a password.
        Broken: it is no workbook, or damaged.
        ooxml.TooBig: it unpacks to more than a workbook should.
    """
    extras = ooxml.Extras()
    if data[:2] == b"PK":
        try:
            members = ooxml.check_archive(data)
        except ooxml.Damaged as error:
            raise Broken from error
        if "xl/workbook.xml" in members:
            extras = ooxml.extras(data)
    elif b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k" in data:
        raise Locked
    elif data.startswith(biff.MAGIC):
        try:
            biff.check(data)
        except biff.Damaged as error:
            raise Broken from error
    try:
        with no_standard_error():
            sheets = list(_sheets(data, file, extras))
    except PasswordError as error:
        raise Locked from error
    except (CalamineError, OSError, ValueError, OverflowError, KeyError) as error:
        raise Broken from error
    except BaseException as error:
        # Altered bytes can trip an assertion inside the reader, which arrives as PanicException.
        if type(error).__name__ != "PanicException":
            raise
        raise Broken from error
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def _sheets(data: bytes, file: str, extras: ooxml.Extras) -> Iterator[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            extra = extras.sheets.get(about.name, ooxml.Extra())
            merges: list[Merge] = []
            if extra.far:
                rows = _scattered(data, about.name)
            else:
                sheet = book.get_sheet_by_name(about.name)
                rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
                merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            _show(rows, extra)
            yield Sheet(
                file=file,
                name=about.name,
                rows=rows,
                hidden=about.visible != SheetVisibleEnum.Visible,
                merges=merges,
                days_from_1904=extras.days_from_1904,
            )


def _show(rows: list[list[Cell]], extra: ooxml.Extra) -> None:
    for (row, column), shown in extra.shown.items():
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        if cells[column] == "":
            cells[column] = shown


def _scattered(data: bytes, name: str) -> list[list[Cell]]:
    """A sheet with a cell far out, read row by row so that the emptiness costs nothing."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        rows: list[list[Cell]] = []
        for cells in sheet.iter_rows(values_only=True):
            filled = max((at for at, cell in enumerate(cells, 1) if cell is not None), default=0)
            rows.append([_plain(cell) for cell in cells[:filled]])
    finally:
        book.close()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _plain(cell: object) -> Cell:
    if isinstance(cell, str | int | float | date | time | timedelta):
        return cell
    return "" if cell is None else str(cell)
