"""Rows whose looks are known, written as text: an element for each cell takes most of a return.

openpyxl's write-only sheet makes a cell, an element and a string of each value. Of long lists only
the string is made here; everything else of the sheet stays openpyxl's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from caseworker_app.reports.pages import Sheet, Value

ReadyCell = tuple[int, Value]
"""The number of a cell's style in the workbook, 0 for none, and what stands in it."""

_letters = cache(get_column_letter)
_excel_days: Any = to_excel


class ReadySheet(WriteOnlyWorksheet):
    """A write-only sheet that takes rows of cells, as ever, and rows that are ready."""

    def append_ready(self, cells: Iterable[ReadyCell]) -> None:
        """Write a row under those before it. Text stays text whatever it starts with."""
        # Begun by openpyxl's own `append`, which takes lists and generators alone.
        self.append(_Ready(cells))

    def _write_rows(self: Any) -> Iterator[Any]:
        """What `append` sends rows to; see the class it is of."""
        writer = self._writer
        stream = writer.xf.send(True)  # noqa: FBT003  (it asks for the open stream)
        with stream.element("sheetData"):
            number = 0
            try:
                while True:
                    row: Any = yield
                    number += 1
                    if isinstance(row, _Ready):
                        attributes = {"r": str(number), **dict(self.row_dimensions.get(number, {}))}
                        # There is no public way to write what is XML already.
                        stream._file(_row(number, attributes, row))  # noqa: SLF001
                    else:
                        writer.write_row(stream, self._values_to_row(row, number), number)
            except GeneratorExit:
                pass
        writer.xf.send(None)


class _Ready(list[ReadyCell]):
    """A row that is ready."""


def new_sheet(workbook: Workbook, name: str) -> Sheet:
    """A new sheet at the end of a write-only workbook."""
    sheet = ReadySheet(parent=workbook, title=name)
    # As `create_sheet` does, which knows only sheets of its own kind.
    held: Any = workbook
    held._add_sheet(sheet)  # noqa: SLF001
    return sheet


def _row(number: int, attributes: dict[str, str], cells: Iterable[ReadyCell]) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    parts = [f"<row{told}>"]
    for place, (style, value) in enumerate(cells, start=1):
        if value is None and not style:
            continue
        where = f'r="{_letters(place)}{number}"' + (f' s="{style}"' if style else "")
        if value is None:
            parts.append(f"<c {where}/>")
        elif isinstance(value, str):
            kept = ' xml:space="preserve"' if value != value.strip() else ""
            parts.append(f'<c {where} t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>')
        else:
            parts.append(f"<c {where}><v>{_number(value)}</v></c>")
    parts.append("</row>")
    return "".join(parts)


def _number(value: float | date) -> str:
    """A number as a workbook holds it: days since its first where it is a date."""
    number: float = _excel_days(value) if isinstance(value, date | datetime) else value
    # Every digit, so that what is read back is the same number.
    return str(number) if isinstance(number, int) else repr(float(number))
