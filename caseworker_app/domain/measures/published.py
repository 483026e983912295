"""What a return publishes: every count by name, and how they hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from caseworker_app.domain.measures.board import BoardReturn, Result, Table
from caseworker_app.domain.measures.catalogue import OF_THE_PERIOD
from caseworker_app.domain.measures.relations import (
    BOUNDED,
    DENOMINATOR,
    INNER,
    NESTED,
    NUMERATOR,
    OF,
    TOTAL,
    WITHIN,
    adding_up,
)
from caseworker_app.domain.measures.suppression import LAST, Cell, Counts, Sum

LIVE: Cell = ("live",)

_HEADLINE, _FIGURE, _INNER = 4.0, 2.0, 100.0
"""How dear it is to hide a measure's count, a figure of a table, an inner denominator."""

_Cases = tuple[str, ...]


def is_published(table: Table) -> bool:
    """Whether a table goes beyond the council."""
    return not table.managers


def published(board: BoardReturn, without: Collection[str] = ()) -> Counts:
    """Every count of a return that is published, and what ties them together.

    A table is protected by being one of the return's: its lines, their total, what does not count
    of what might, and whatever else on the return counts the same cases.

    Args:
        board: with small numbers and the cases behind each count.
        without: the keys of tables that are left out though they could go out.
    """
    gathered = _Gathered()
    tables = [one for one in board.tables if is_published(one)]
    if board.live is not None:
        everyone = next((one for one in tables if one.kind == "partition" and _is_live(one)), None)
        gathered.add(LIVE, board.live, _all_cases(everyone) if everyone else (), LAST)
    for result in board.measures:
        gathered.result(result)
    for table in tables:
        if table.key in without:
            gathered.total(table)
        else:
            gathered.table(table)
    gathered.tie(tables, without)
    for inner, outer in NESTED:
        gathered.nest(inner, outer)
    for several, outer in BOUNDED:
        gathered.bound(several, outer)
    for small, large in WITHIN:
        gathered.within(small, large)
    for one in adding_up(board.period):
        gathered.sum(one.total, one.parts)
    return gathered.found


def _is_live(table: Table) -> bool:
    return table.key == "primary_need"


def _all_cases(table: Table) -> _Cases:
    return tuple(sorted({reference for line in table.lines for reference in line.cases}))


class _Gathered:
    """Counts as they are gathered. Those of the same cases are one: who reads one knows both."""

    def __init__(self) -> None:
        self.found = Counts()
        self._behind: dict[tuple[int, _Cases], Cell] = {}
        self._cases: dict[Cell, frozenset[str]] = {}

    def add(self, cell: Cell, count: int, cases: _Cases, dear: float) -> None:
        """Add a count that is printed."""
        found = self.found
        found.counts[cell] = count
        if cell in INNER:
            dear = _INNER
        found.dear[cell] = dear
        if cases:
            self._cases[cell] = frozenset(cases)
            same = self._behind.setdefault((count, cases), cell)
            if same != cell:
                found.sums.append(Sum(same, (cell,), sure=False))

    def result(self, result: Result) -> None:
        """Add a measure, and those that do not count."""
        if result.numerator is None or result.by_hand:
            return
        numerator, denominator = (result.ref, NUMERATOR), (result.ref, DENOMINATOR)
        if result.over not in ("", OF_THE_PERIOD):
            self.found.of_the_day |= {numerator, denominator}
        self.add(numerator, result.numerator, result.cases, _HEADLINE)
        if result.denominator is None:
            return
        self.add(denominator, result.denominator, result.of_cases, LAST)
        if set(result.cases) <= set(result.of_cases):
            self.nest(numerator, denominator)

    def total(self, table: Table) -> None:
        """Add the total of a partition."""
        if table.total is not None:
            # The tables of a group are parts of one whole, whose total stands.
            dear = _INNER if table.group else LAST
            self.add((table.key, TOTAL), table.total, _all_cases(table), dear)

    def table(self, table: Table) -> None:
        """Add the lines of a table."""
        parts: list[Cell] = []
        partition = table.kind == "partition"
        for line in table.lines:
            if line.count is None:
                continue
            cell = (table.key, line.key)
            parts.append(cell)
            self.add(cell, line.count, line.cases, 1.0 if partition else _FIGURE)
            if table.by_size:
                # It would not be named if there were none.
                self.found.least[cell] = 1
            if not partition and line.of is not None:
                of = (table.key, line.key, OF)
                self.add(of, line.of, line.of_cases, LAST)
                self.nest(cell, of)
        if partition:
            self.total(table)
            self.sum((table.key, TOTAL), parts)

    def tie(self, tables: Iterable[Table], without: Collection[str]) -> None:
        """Tie each count to the lines of a partition that hold the same cases together.

        Of what was found, largest first, only where all of it lies inside the lines of another
        table, as schools do in kinds of school: any few names would make up any few cases.
        """
        partitions = [one for one in tables if one.kind == "partition" and one.key not in without]
        for table in partitions:
            lines = self._lines(table)
            around = {one.key for one in partitions if self._holds(one, table)}
            for cell, cases in self._cases.items():
                if cell[0] == table.key or cell[-1] == TOTAL:
                    continue
                if table.by_size and not (cell[0] in around and len(cell) == 2):
                    continue
                parts = [one for one, some in lines.items() if some <= cases]
                least = 1 if table.by_size else 2
                if (
                    len(parts) >= least
                    and frozenset().union(*map(lines.__getitem__, parts)) == cases
                ):
                    self.sum(cell, parts, sure=table.by_size)

    def _lines(self, table: Table) -> dict[Cell, frozenset[str]]:
        cells = ((table.key, line.key) for line in table.lines)
        return {cell: self._cases[cell] for cell in cells if cell in self._cases}

    def _holds(self, outer: Table, inner: Table) -> bool:
        """Whether each line of a table lies inside one line of another."""
        around = self._lines(outer).values()
        return not outer.by_size and all(
            any(some <= cases for cases in around) for some in self._lines(inner).values()
        )

    def nest(self, inner: Cell, outer: Cell) -> None:
        """Say that one count lies in another; the rest follows by subtraction."""
        self._rest((inner,), outer, self.found.follows)

    def bound(self, several: tuple[Cell, ...], outer: Cell) -> None:
        """Say that counts are at most another."""
        self._rest(several, outer, self.found.loose)

    def _rest(self, several: tuple[Cell, ...], outer: Cell, among: set[Cell]) -> None:
        counts = self.found.counts
        if outer not in counts or any(one not in counts for one in several):
            return
        left = counts[outer] - sum(map(counts.__getitem__, several))
        if left >= 0:
            rest = (*several[0], "rest of", *outer)
            counts[rest] = left
            among.add(rest)
            self.found.sums.append(Sum(outer, (*several, rest)))

    def within(self, inner: str, outer: str) -> None:
        """Nest each line of a table in that of another."""
        lines = [cell for cell in self.found.counts if len(cell) == 2 and cell[0] == inner]
        for cell in lines:
            self.nest(cell, (outer, cell[1]))

    def sum(self, total: Cell, parts: Iterable[Cell], *, sure: bool = True) -> None:
        """Tie a total to its parts, where they are there and the numbers do add up."""
        counts = self.found.counts
        there = tuple(part for part in parts if part in counts)
        if total in counts and there and counts[total] == sum(map(counts.__getitem__, there)):
            self.found.sums.append(Sum(total, there, sure))
