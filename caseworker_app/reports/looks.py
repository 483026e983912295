"""How cells look, and what may stand in them.

One cell of each look is made per sheet and used again for each value: openpyxl writes a cell the
moment it is handed over, and making a styled cell anew costs several times the writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import get_args

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from caseworker_app.reports.pages import NUMBERS, Kind, Sheet, Value

INK, PAPER = "FF1F3044", "FFFFFFFF"
HEADING = "FF24476B"
RULE = "FFD0D7DE"
_GREY = "FF5F6B76"

_COLOURS = {
    "green": ("FFDDF0E1", "FF14532D"),
    "amber": ("FFFDEFC8", "FF6B4700"),
    "red": ("FFF9DCDC", "FF7F1D1D"),
    "none": ("FFECEFF2", "FF45505A"),
}
_FORMATS = {
    "text": "@",
    "count": "#,##0",
    "strong_count": "#,##0",
    "share": "0.0%",
    "strong_share": "0.0%",
    "average": "0.0",
    "date": "dd/mm/yyyy",
}
DATE_FORMAT = _FORMATS["date"]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_DAY_ZERO = date(1899, 12, 30).toordinal()


def clean(text: str) -> str:
    """The text without what a workbook cannot hold: control characters, and over 32,767 letters."""
    if _NOT_IN_XML.search(text):
        text = _NOT_IN_XML.sub("", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Looks:
    """The cells of one sheet, one for each look."""

    def __init__(self, sheet: Sheet) -> None:
        self._cells = {kind: _cell(sheet, kind) for kind in get_args(Kind)}

    def row(self, values: Iterable[Value], kinds: Iterable[Kind]) -> Iterator[Cell | str | None]:
        """The cells of a row, each to be written before the next is asked for.

        Text stays text whatever it starts with: no name becomes a formula. A text value in a
        column of counts, "hidden", is drawn as text.
        """
        for value, kind in zip(values, kinds, strict=True):
            if value is None or value == "":
                yield None
            elif isinstance(value, str):
                yield self._text(value, kind)
            else:
                yield self._number(value, kind)

    def _text(self, value: str, kind: Kind) -> Cell | str:
        text = clean(value)
        if kind == "text" and text[:1] not in ("=", "#"):
            return text
        # Every cell handed over has a style: openpyxl goes on writing into one that has none.
        cell = self._cells[kind]
        cell.value = text
        cell.data_type = "s"
        return cell

    def _number(self, value: float | date, kind: Kind) -> Cell:
        cell = self._cells[kind]
        if isinstance(value, datetime):
            cell.value = value
        elif isinstance(value, date):
            cell.value = value.toordinal() - _DAY_ZERO
        else:
            cell.value = value
        return cell


def _cell(sheet: Sheet, kind: Kind) -> Cell:
    cell = WriteOnlyCell(sheet)
    if kind in _COLOURS:
        fill, ink = _COLOURS[kind]
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.font = Font(bold=True, color=ink)
        cell.alignment = Alignment(vertical="top")
    elif kind == "hidden":
        cell.font = Font(italic=True, color=_GREY)
        cell.alignment = Alignment(horizontal="right", vertical="top")
    elif kind.startswith("strong"):
        cell.font = Font(bold=True)
        cell.border = Border(top=Side("thin", color=RULE))
    elif kind == "first":
        cell.font = Font(bold=True, color=INK)
        cell.border = Border(top=Side("thin", color=RULE))
    elif kind == "again":
        cell.font = Font(color=_GREY)
    elif kind == "wrap":
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif kind == "date":
        cell.alignment = Alignment(horizontal="center", vertical="top")
    elif kind == "after_number":
        cell.alignment = Alignment(indent=1, vertical="top")
    elif kind != "text":
        cell.alignment = Alignment(vertical="top")
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]
    return cell


def heading_cell(sheet: Sheet, words: str, kind: Kind = "text") -> Cell:
    """A column's heading: white on dark, wrapped, on the side where its cells stand."""
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True, color=PAPER)
    cell.fill = PatternFill("solid", fgColor=HEADING)
    side = {"date": "center", "after_number": "left"}.get(kind)
    side = side or ("right" if kind in NUMBERS else "left")
    indent = 1 if kind == "after_number" else 0
    cell.alignment = Alignment(side, "center", wrap_text=True, indent=indent)
    return cell


def title_cell(sheet: Sheet, words: str, size: int = 16) -> Cell:
    """The sheet's title."""
    cell = _plain(sheet, words)
    cell.font = Font(bold=True, size=size, color=INK)
    return cell


def quiet_cell(sheet: Sheet, words: str) -> Cell:
    """Words under a title."""
    cell = _plain(sheet, words)
    cell.font = Font(color=_GREY)
    return cell


def _plain(sheet: Sheet, words: str) -> Cell:
    cell = WriteOnlyCell(sheet, clean(words))
    cell.data_type = "s"
    return cell
