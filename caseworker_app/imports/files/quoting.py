"""Lines of delimited text as records of cells, where quotes may be wrong.

A quote that never closes would swallow every row to the end of the file, or to the next quote. So a
quoted cell may go on into the next line only while that line is not a whole record of its own, and
a record of several lines has to come out as wide as the headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from caseworker_app.imports.files.archive import TooBig

MOST_LINES_OF_A_CELL = 200
"""Lines that one quoted cell may hold; the longest comment seen in a tracker has 40."""

MOST_RUNAWAYS = 500
"""Rows with a quote that never closes; beyond it the file is not what it says."""

_DAY = re.compile(r"\s*\d{1,4}[-/. ]\w{1,9}[-/., ]+\d{2,4}(?:[T ].*)?")
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_050


@dataclass(slots=True)
class Record:
    """One row.

    Attributes:
        why: what is wrong with it, or "".
        whole: its cells stand where they were meant to all the same.
    """

    cells: list[str]
    why: str = ""
    whole: bool = True


def like_a_day(cell: str) -> bool:
    """Whether a cell looks like a date, in any of the usual ways."""
    if _DAY.fullmatch(cell):
        return True
    text = cell.strip()
    return text.isascii() and text.isdigit() and _FIRST_SERIAL <= int(text[:9]) <= _LAST_SERIAL


def cells_of(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line by itself, None where a quote in it does not close."""
    if '"' not in line:
        return line.split(delimiter)
    record = _Reading([line], 0, delimiter)
    return record.cells if record.read() else None


def records(lines: Sequence[str], delimiter: str, width: int) -> Iterator[Record]:
    """Every row of a file whose headings are `width` cells wide.

    Raises:
        TooBig: so many quotes never close that the file is something else.
    """
    at = runaways = 0
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            yield Record(line.split(delimiter) if line else [])
            at += 1
            continue
        reading = _Reading(lines, at, delimiter)
        closed = reading.read(lambda other: _is_record(other, delimiter, width))
        if closed and (reading.used == 1 or _as_wide(reading.cells, width)):
            yield Record(reading.cells)
            at += reading.used
            continue
        runaways += 1
        if runaways > MOST_RUNAWAYS:
            raise TooBig
        yield _runaway(lines[at], delimiter, width)
        at += 1


def _runaway(line: str, delimiter: str, width: int) -> Record:
    """A line with a quote that never closes: what stands before the quote is sure."""
    reading = _Reading([line], 0, delimiter)
    reading.read()
    sure, rest = reading.cells, reading.rest
    if len(sure) == width - 1:
        # The quote opens the last cell, so nothing can stand under another heading.
        return Record(
            [*sure, rest],
            "a quote in it never closes; its last cell is read to the end of the line",
        )
    return Record(sure, "a quote in it never closes", whole=False)


def _is_record(line: str, delimiter: str, width: int) -> bool:
    """Whether a line inside a quoted cell is a row of its own that the quote has swallowed."""
    cells = cells_of(line, delimiter)
    if cells is None:
        reading = _Reading([line], 0, delimiter)
        reading.read()
        return len(reading.cells) >= min(3, width - 1) and any(map(like_a_day, reading.cells))
    days = sum(map(like_a_day, cells))
    if len(cells) == width or (len(cells) > width and _as_wide(cells, width)):
        return width > 3 or days > 0
    return len(cells) * 2 >= width and len(cells) > 2 and days > 1


def _as_wide(cells: Sequence[str], width: int) -> bool:
    return len(cells) >= width and not any(cells[width:])


class _Reading:
    """One record being read, over as many lines as its quotes ask for."""

    def __init__(self, lines: Sequence[str], at: int, delimiter: str) -> None:
        self.cells: list[str] = []
        self.rest = ""
        self.used = 1
        self._lines, self._at, self._delimiter = lines, at, delimiter
        self._text = lines[at]

    def read(self, is_record: Callable[[str], bool] | None = None) -> bool:
        """Read it; whether every quote in it closes.

        Args:
            is_record: whether a line that a quoted cell would go on into is a row of its own;
                without it no cell goes on.
        """
        place = 0
        while True:
            opens = self._opens(place)
            if opens < 0:
                end = self._text.find(self._delimiter, place)
                self.cells.append(self._text[place:] if end < 0 else self._text[place:end])
            else:
                closes = self._closes(opens, is_record)
                if closes < 0:
                    self.rest = self._text[opens:].partition("\n")[0]
                    return False
                self.cells.append(self._text[opens:closes].replace('""', '"'))
                end = self._text.find(self._delimiter, closes + 1)
            if end < 0:
                return True
            place = end + 1

    def _opens(self, place: int) -> int:
        """Where the text of a quoted cell begins, -1 where the cell is not quoted.

        `="0016"` is how some systems keep Excel from reading a number; it is a quoted text too.
        """
        text = self._text
        while text.startswith(" ", place):
            place += 1
        if text.startswith('"', place):
            return place + 1
        return place + 2 if text.startswith('="', place) else -1

    def _closes(self, start: int, is_record: Callable[[str], bool] | None) -> int:
        """Where the quote ends that the cell's text began after, -1 where it never does."""
        found = self._quote(start)
        while found < 0:
            after = self._at + self.used
            if (
                is_record is None
                or after >= len(self._lines)
                or self.used >= MOST_LINES_OF_A_CELL
                or is_record(self._lines[after])
            ):
                return -1
            start = len(self._text) + 1
            self._text = f"{self._text}\n{self._lines[after]}"
            self.used += 1
            found = self._quote(start)
        return found

    def _quote(self, start: int) -> int:
        """The first quote from a place on that ends a cell: the delimiter or the end follows.

        Two quotes are one of the text, and so is one with a letter after it.
        """
        text = self._text
        while (at := text.find('"', start)) >= 0:
            if text.startswith('"', at + 1):
                start = at + 2
                continue
            after = at + 1
            while text.startswith(" ", after):
                after += 1
            if after >= len(text) or text.startswith(self._delimiter, after):
                return at
            start = at + 1
        return -1
