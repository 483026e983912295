"""The old binary workbooks (.xls) as sheets, by xlrd, which lays out no more than is filled."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import xlrd
import xlrd.compdoc
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Sheet as OldSheet

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files.archive import Damaged
from caseworker_app.imports.files.days import Days
from caseworker_app.imports.files.grid import Grid
from caseworker_app.imports.files.number_formats import BUILT_IN, Kind, look, shown_with_zeros
from caseworker_app.imports.files.sheets import Cell, Sheet, Shown
from caseworker_app.imports.files.xlsx_styles import Style

_TRIPS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    xlrd.compdoc.CompDocError,
)
"""What altered bytes make xlrd raise besides its own error."""

_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
FORMULAS_UNTOLD = (
    "a workbook of this kind does not say which formulas were never calculated; "
    "save it as .xlsx to be sure of cells that are worked out"
)


class Locked(Exception):
    """The workbook asks for a password."""


def read(data: bytes, file: str) -> list[Sheet]:
    """Every worksheet, in the workbook's order.

    Raises:
        Locked: it is protected with a password.
        Damaged: the bytes are no old workbook, or cells stand where none can.
        TooBig: there is more in it than a tracker holds.
    """
    book = _open(data)
    try:
        return _read(book, file)
    finally:
        book.release_resources()


def _open(data: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
    except xlrd.XLRDError as error:
        raise (Locked if "encrypted" in str(error).lower() else Damaged) from error
    except _TRIPS as error:
        raise Damaged from error


def _read(book: Book, file: str) -> list[Sheet]:
    from_1904 = book.datemode == 1
    days = Days(from_1904=from_1904)
    found: list[Sheet] = []
    try:
        styles = [_style(book, xf) for xf in book.xf_list]
        formulas = _has_formulas(bytes(book.mem[book.base : book.base + book.stream_len]))
        for at in range(book.nsheets):
            sheet = book.sheet_by_index(at)
            hidden = sheet.visibility != 0
            grid = _grid(sheet, styles, days)
            found.append(grid.sheet(file, sheet.name, hidden=hidden, from_1904=from_1904))
            book.unload_sheet(at)
    except (xlrd.XLRDError, *_TRIPS) as error:
        raise Damaged from error
    if formulas and found:
        doubt = Doubt(Place(file, ""), "", "", FORMULAS_UNTOLD)
        found[0] = replace(found[0], doubts=[*found[0].doubts, doubt])
    return found


def _style(book: Book, xf: XF) -> Style:
    formats, fonts = book.format_map, book.font_list
    code = formats[xf.format_key].format_str if xf.format_key in formats else ""
    struck = xf.font_index < len(fonts) and bool(fonts[xf.font_index].struck_out)
    return Style(BUILT_IN.get(xf.format_key) or look(code), struck)


def _grid(sheet: OldSheet, styles: Sequence[Style], days: Days) -> Grid:
    grid = Grid()
    for row in range(sheet.nrows):
        cells: list[tuple[int, Cell]] = []
        struck = True
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind in _EMPTY or value == "":
                continue
            at = sheet.cell_xf_index(row, column)
            style = styles[at] if at < len(styles) else Style()
            cell = _value(kind, value, style, days)
            cells.append((column, cell))
            struck = struck and style.struck
            if style.look.month_only and isinstance(cell, date):
                grid.month_only.add((row, column))
        about = sheet.rowinfo_map.get(row)
        hidden = about is not None and bool(about.hidden or about.height == 0)
        grid.add(row, cells, hidden=hidden, struck=struck)
    for column, told in sheet.colinfo_map.items():
        if told.hidden or told.width == 0:
            grid.hide_columns(column, column)
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge(top, left, bottom - 1, right - 1)
    return grid


def _value(kind: int, value: str | float, style: Style, days: Days) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Shown(error_text_from_code.get(value, "#ERR"), "an Excel error")
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    number = float(value)
    if not math.isfinite(number):
        return str(value)
    if style.look.kind is Kind.NUMBER:
        whole = int(number) if number.is_integer() and abs(number) < 1e15 else number
        return shown_with_zeros(whole, style.look)
    return days.of(number, style.look.kind)


def _has_formulas(stream: bytes) -> bool:
    """Whether any record of the workbook's stream is a formula (MS-XLS 2.1.4)."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in _FORMULAS:
            return True
        at += 4 + length
    return False
