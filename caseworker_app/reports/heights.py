"""How high a row has to be for words that wrap: a workbook written row by row must say."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.reports.pages import Column, Sheet

_LINE = 13.0
_LETTERS_PER_WIDTH = 1.08
"""Letters of the workbook's font in one unit of column width, with some room to spare."""


def lines(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines the words take in a column of that width in characters."""
    room = max(1, int(width * _LETTERS_PER_WIDTH * (0.95 if bold else 1)))
    taken, used = 1, 0
    for word in text.split():
        need = len(word) if not used else used + 1 + len(word)
        if need <= room:
            used = need
            continue
        taken += bool(used)
        taken += (len(word) - 1) // room
        used = (len(word) - 1) % room + 1
    return taken


def height_of(count: int, spare: float = 2.0) -> float:
    """The height of a row of so many lines, in points."""
    return count * _LINE + spare


def set_height(sheet: Sheet, row: int, count: int, spare: float = 2.0) -> None:
    """Make a row, not written yet, high enough for so many lines."""
    sheet.row_dimensions[row].height = height_of(count, spare)


def heading_lines(columns: Iterable[Column], widths: Iterable[float]) -> int:
    """How many lines a row of headings takes. The arrow of the filter takes some of the room."""
    wide = zip(columns, widths, strict=False)
    return max(lines(column.heading, width - 2.5, bold=True) for column, width in wide)
