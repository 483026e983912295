"""A sheet as it was read: rows of cells, counted as Excel counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from caseworker_app.domain.incoming import Doubt


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell without a value to read: an Excel error, or a formula that was never calculated.

    Attributes:
        text: what the cell shows, `#N/A` or the formula.
        why: a few words for the list of problems.
    """

    text: str
    why: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Shown
Row = Sequence[Cell]

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or one delimited file.

    Attributes:
        file: the file's name, without its folder.
        rows: `rows[0]` is Excel's row 1; a blank cell is "".
        hidden: whether Excel hides it.
        merges: merged cells; only the first of them has a value.
        days_from_1904: a plain number counts days from 1904, not from 1900.
        month_only: (row, column), counted from 0, of dates that the cell shows as a month and year.
        hidden_rows, struck_rows: rows, counted from 0, that Excel hides, and rows whose every
            filled cell is struck through.
        unsure_rows: rows, counted from 0, whose cells may stand under a neighbour's heading, and
            why, in a few words: such a row is parked.
        doubts: what the reader itself could not be sure of, for the list of doubts.
    """

    file: str
    name: str
    rows: Sequence[Row]
    hidden: bool = False
    merges: Sequence[Merge] = field(default=())
    days_from_1904: bool = False
    month_only: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    unsure_rows: Mapping[int, str] = field(default_factory=dict)
    doubts: Sequence[Doubt] = ()


def column_letters(index: int) -> str:
    """The letters above a column, from its index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_shown(cell: Cell) -> str:
    """A cell's value as a person sees it, dates day first, without white space at the ends."""
    if isinstance(cell, str):
        return cell.strip().strip("\u200b\ufeff").strip()
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)
