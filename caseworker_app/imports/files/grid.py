"""Cells as they come, at whatever coordinates, laid out as rows that cost what is filled.

A workbook of 2 KB may have a cell in its last corner, an honest one too: a stray key is enough. So
nothing here is ever as wide or as long as the farthest cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files.archive import Damaged, TooBig
from caseworker_app.imports.files.sheets import Cell, Merge, Row, Sheet, column_letters
from caseworker_app.imports.pulse import PULSE

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
"""The farthest row and column that Excel has, counted from 0; there is no cell beyond."""

WIDEST = 1_000
"""Columns that are laid out. Trackers have up to two hundred; what stands farther out is told."""

WIDEST_GAP = 20_000
"""Blank rows in a row. What stands below more of them is no part of a list, and is told."""

MOST_FILLED = 3_000_000
"""Filled cells of one sheet: 50,000 rows of 60 columns."""

MOST_PLACES = 12_000_000
"""Cells of one sheet, the blank ones before a filled one too: eight bytes each."""

MOST_FILLED_ROWS = 250_000
"""Rows with anything in them. The largest county keeps some 20,000 plans."""

MOST_MERGES = 100_000
"""Merged cells of one sheet; a tracker that merges each school's rows has some hundreds."""

_BLANK: Row = ()


@dataclass(slots=True)
class Grid:
    """The rows of one sheet while they are read, and what of them a person should hear of.

    Attributes:
        hidden_columns: (first, last) from 0.
    """

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    month_only: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    _far: int = 0
    _first_far: str = ""
    _filled: int = 0
    _filled_rows: int = 0
    _places: int = 0

    def add(
        self,
        at: int,
        cells: Sequence[tuple[int, Cell]],
        *,
        hidden: bool = False,
        struck: bool = False,
        repeated: int = 1,
    ) -> None:
        """Lay out the filled cells of a row, each with its column; they need not be in order.

        Raises:
            Damaged: a cell stands where no workbook has one.
            TooBig: there is more than a tracker can hold.
        """
        if not cells:
            return
        if not 0 <= at <= at + repeated - 1 <= LAST_ROW:
            raise Damaged
        if at - len(self.rows) > WIDEST_GAP:
            self._note_far(at, cells[0][0], len(cells))
            return
        row = self._row(at, cells)
        if not row:
            return
        while len(self.rows) < at:
            self.rows.append(_BLANK)
        if at < len(self.rows):
            row = _over(self.rows[at], row)
            self.rows[at] = row
        else:
            self.rows.extend([row] * repeated)
        self._count(len(cells) * repeated, len(row) * repeated, repeated)
        if hidden:
            self.hidden_rows.update(range(at, at + repeated))
        if struck:
            self.struck_rows.update(range(at, at + repeated))

    def _row(self, at: int, cells: Sequence[tuple[int, Cell]]) -> list[Cell]:
        row: list[Cell] = []
        for column, value in cells:
            gap = column - len(row)
            if gap == 0:
                row.append(value)
            elif gap > 0 and column < WIDEST:
                row.extend([""] * gap)
                row.append(value)
            elif 0 <= column < WIDEST:
                row[column] = value
            else:
                self._note_far(at, column, 1)
        return row

    def _note_far(self, at: int, column: int, cells: int) -> None:
        if not 0 <= column <= LAST_COLUMN:
            raise Damaged
        self._far += cells
        self._first_far = self._first_far or f"{column_letters(column)}{at + 1}"

    def _count(self, filled: int, places: int, rows: int) -> None:
        self._filled += filled
        self._places += places
        self._filled_rows += rows
        PULSE.rows_read(1)
        if (
            self._filled > MOST_FILLED
            or self._places > MOST_PLACES
            or self._filled_rows > MOST_FILLED_ROWS
        ):
            raise TooBig

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns, from the first to the last."""
        if len(self.hidden_columns) < WIDEST:
            self.hidden_columns.append((first, last))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note merged cells."""
        if len(self.merges) >= MOST_MERGES:
            raise TooBig
        if 0 <= top <= bottom and 0 <= left <= right:
            self.merges.append((top, left, bottom, right))

    def sheet(self, file: str, name: str, *, hidden: bool, from_1904: bool) -> Sheet:
        """The sheet as read, with a doubt for whatever a person would not see on it."""
        place = Place(file, name)
        told = [*self._not_shown(hidden=hidden), *self._not_laid_out()] if self.rows else []
        return Sheet(
            file=file,
            name=name,
            rows=self.rows,
            hidden=hidden,
            merges=self.merges,
            days_from_1904=from_1904,
            month_only=frozenset(self.month_only),
            hidden_rows=frozenset(self.hidden_rows),
            struck_rows=frozenset(self.struck_rows),
            doubts=[Doubt(place, "", value, why) for value, why in told],
        )

    def _not_shown(self, *, hidden: bool) -> list[tuple[str, str]]:
        told = []
        if hidden:
            told.append(("", "the sheet is hidden; its rows come in like those of the others"))
        parts = [
            f"{_count_of(len(rows), 'row')} {'is' if len(rows) == 1 else 'are'} {words}"
            for rows, words in ((self.hidden_rows, "hidden"), (self.struck_rows, "struck through"))
            if rows
        ]
        if parts:
            both = sorted(self.hidden_rows | self.struck_rows)
            which = ", ".join(str(at + 1) for at in both[:12]) + (" …" if len(both) > 12 else "")
            come = "it comes in like the others" if len(both) == 1 else "they come in like the rest"
            told.append((f"row {which}", f"{' and '.join(parts)}; {come}"))
        columns = self._filled_hidden_columns()
        if columns:
            are = "is" if len(columns) == 1 else "are"
            come = "it is" if len(columns) == 1 else "they are"
            letters = ", ".join(map(column_letters, columns[:12]))
            count = _count_of(len(columns), "column")
            told.append((f"column {letters}", f"{count} {are} hidden; {come} read like the rest"))
        return told

    def _filled_hidden_columns(self) -> list[int]:
        wanted = {
            column
            for first, last in self.hidden_columns
            for column in range(max(first, 0), min(last, WIDEST - 1) + 1)
        }
        if not wanted:
            return []
        filled = {at for at in wanted if any(len(row) > at and row[at] != "" for row in self.rows)}
        return sorted(filled)

    def _not_laid_out(self) -> list[tuple[str, str]]:
        if not self._far:
            return []
        stand = "cell stands" if self._far == 1 else "cells stand"
        why = f"{self._far:,} {stand} far from all others, where no tracker goes; not read"
        return [(self._first_far, why)]


def _over(first: Row, second: list[Cell]) -> list[Cell]:
    """Two parts of one row as one; the later part counts where both have a cell."""
    row = list(first)
    row.extend([""] * (len(second) - len(row)))
    for at, cell in enumerate(second):
        if cell != "":
            row[at] = cell
    return row


def _count_of(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"
