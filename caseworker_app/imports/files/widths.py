"""Which rows of delimited text have a cell too many or too few, and so may have slipped.

A comma in the name of a school that nobody quoted moves every cell after it one heading on. Where
it happened cannot be known, so nothing of such a row is taken; a writer that leaves out the blank
cells at a row's end is told apart by what its other rows have in each column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from caseworker_app.imports.files.quoting import like_a_day

_SAMPLE = 2_000
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_FEWEST_SHORT = 3


@dataclass(slots=True)
class Widths:
    """What is wrong with the widths of a file's rows.

    Attributes:
        slipped: rows, from 0, and why nothing of them can be taken.
        alone: rows of one cell among wider ones, which may be the rest of the row before.
        shorter: rows whose blank cells at the end are left out, as this file's writer does.
    """

    slipped: dict[int, str] = field(default_factory=dict)
    alone: dict[int, str] = field(default_factory=dict)
    shorter: list[int] = field(default_factory=list)


def usual_width(widths: Sequence[int]) -> int:
    """The width that most rows of a file have, rows of one cell apart; 0 where there are none."""
    counts = Counter(width for width in widths if width > 1)
    return max(counts, key=lambda width: (counts[width] * width, width), default=0)


def judge(rows: Sequence[Sequence[str]], delimiter: str) -> Widths:
    """See how wide each row is beside the headings above it."""
    found = Widths()
    for first, end in _tables(rows):
        _Table(rows, first, end, delimiter).judge(found)
    return found


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Each row of headings and the end of the rows under it; the first stands for all above it."""
    width = usual_width([len(row) for row in rows[:_SAMPLE]])
    starts = [
        at
        for at, row in enumerate(rows)
        if row and _like_headings(row, width) and (at + 1 < len(rows) or not at)
    ]
    # Headings that come again, as on each printed page, begin no other table.
    starts = [
        at for n, at in enumerate(starts) if n == 0 or len(rows[at]) != len(rows[starts[0]])
    ] or [0]
    yield from zip(starts, [*starts[1:], len(rows)], strict=True)


def _like_headings(row: Sequence[str], width: int) -> bool:
    """Whether a row is all texts of its own, as headings are, and not far from the usual width."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return (
        len(filled) > 2
        and len(filled) * 5 >= width * 3
        and len(set(filled)) * 5 >= len(filled) * 4
        and not any(like_a_day(cell) or cell.isdigit() for cell in filled)
        and not any(sum(map(str.isdigit, cell)) * 2 > len(cell) for cell in filled)
    )


class _Table:
    """A row of headings and the rows under it."""

    def __init__(self, rows: Sequence[Sequence[str]], first: int, end: int, delimiter: str) -> None:
        self._rows = rows
        self._range = range(first + 1, end)
        self._delimiter = delimiter
        self._wanted = len(rows[first]) if rows else 0
        widths = [len(rows[at]) for at in self._range if any(rows[at])]
        self._usual = usual_width(widths) or self._wanted
        good = [at for at in self._range if any(rows[at]) and self._is_usual(rows[at])]
        self._columns = _Columns([rows[at] for at in good[:_SAMPLE]])

    def _is_usual(self, row: Sequence[str]) -> bool:
        return len(row) == self._wanted or (
            len(row) == self._usual > self._wanted and not any(row[self._wanted :])
        )

    def judge(self, found: Widths) -> None:
        """Note each row that may have slipped."""
        short: list[int] = []
        for at in self._range:
            row = self._rows[at]
            if not row or self._is_usual(row) or not any(cell.strip() for cell in row):
                continue
            if len(row) > self._wanted:
                self._see_wide(at, row, found)
            elif sum(1 for cell in row if cell.strip()) == 1:
                self._see_alone(at, row, found)
            else:
                short.append(at)
        leaves_out = len(short) >= max(_FEWEST_SHORT, len(self._range) // 10)
        for at in short:
            if leaves_out and self._columns.fit(self._rows[at]):
                found.shorter.append(at)
            else:
                found.slipped[at] = self._why(len(self._rows[at]))

    def _see_wide(self, at: int, row: Sequence[str], found: Widths) -> None:
        if any(row[self._wanted :]) or not self._columns.fit(row[: self._wanted]):
            found.slipped[at] = self._why(len(row))

    def _see_alone(self, at: int, row: Sequence[str], found: Widths) -> None:
        text = next(cell for cell in row if cell.strip())
        for other, name in _DELIMITERS.items():
            if other != self._delimiter and text.count(other) * 2 >= self._wanted > 2:
                own = _DELIMITERS.get(self._delimiter, "another mark")
                found.slipped[at] = f"it is parted by {name}, the headings by {own}"
                return
        if len(row) < self._wanted:
            found.alone[at] = self._why(len(row))

    def _why(self, width: int) -> str:
        cells = "1 cell" if width == 1 else f"{width} cells"
        return f"it has {cells} where the headings have {self._wanted}"


class _Columns:
    """What the rows of the right width have in each column."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        width = max((len(row) for row in rows), default=0)
        self._values: list[Counter[str]] = [Counter() for _ in range(width)]
        self._filled, self._days = [0] * width, [0] * width
        for row in rows:
            for at, cell in enumerate(row):
                text = cell.strip()
                if text:
                    self._filled[at] += 1
                    self._days[at] += like_a_day(text)
                    self._values[at][text] += 1
        everywhere: Counter[str] = Counter()
        for values in self._values:
            everywhere.update(values)
        self._everywhere = everywhere

    def fit(self, row: Sequence[str]) -> bool:
        """Whether every cell is what its column has elsewhere."""
        return len(row) <= len(self._filled) and all(
            self._fits(at, cell.strip()) for at, cell in enumerate(row) if cell.strip()
        )

    def _fits(self, at: int, text: str) -> bool:
        filled, days = self._filled[at], self._days[at]
        if filled < 2:
            return False
        if like_a_day(text):
            return days * 5 >= filled
        if days * 5 >= filled * 4:
            return False
        return text in self._values[at] or self._everywhere[text] < 2
