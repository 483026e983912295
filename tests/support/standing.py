"""Whether a total that a return hides could have stood: proved by hiding everything else.

A total may give way where an earlier return hid a small one that it would tell, or grew by so few
that nothing hides among them. Then no choice of other numbers helps: with every number hidden that
is no total, one that is to be hidden would still be narrowed as soon as the total is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from caseworker_app.domain.measures import hiding
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.measures.suppression import LAST, WIDTH, Cell, Counts, is_small
from tests.support.ends import HIGHEST, Tied


def lost(edition: Edition) -> list[Cell]:
    """The totals and denominators of five or more that a return hides, as `protect` gave it."""
    counts = edition.counts
    return [
        cell
        for cell in edition.hidden
        if counts.dear.get(cell) == LAST and not is_small(counts.counts[cell])
    ]


def might_stand(board: BoardReturn, edition: Edition, earlier: Sequence[Edition]) -> list[Cell]:
    """The totals that a return hides and need not.

    Args:
        board: the return with nothing hidden.
        edition: what was hidden of it.
        earlier: the returns that it was protected beside.
    """
    cells = lost(edition)
    if not cells:
        return []
    _, beside, found = hiding._found(board, edition.left_out, earlier)
    everything = _Everything(beside, [one.cells for one in found.sums], edition, found.cells)
    return [cell for cell in cells if everything.lets_stand(cell)]


class _Everything:
    """All returns together, of the last only the totals shown that stand."""

    def __init__(
        self,
        given: Counts,
        sums: Iterable[tuple[Cell, ...]],
        edition: Edition,
        hidden: frozenset[Cell],
    ) -> None:
        self._counts = counts = given.counts
        self._at = {cell: place for place, cell in enumerate(counts)}
        self._rows: list[dict[int, float]] = []
        for *parts, total in sums:
            row: dict[int, float] = defaultdict(float)
            row[self._at[total]] -= 1
            for part in parts:
                row[self._at[part]] += 1
            self._rows.append(row)
        mine = edition.counts.counts
        shown = {
            cell
            for cell in counts
            if cell in given.out
            or (cell in mine and given.dear.get(cell) == LAST and cell not in hidden)
        }
        self._ends = [
            (float(count), float(count)) if cell in shown else (given.least.get(cell, 0), HIGHEST)
            for cell, count in counts.items()
        ]
        self._wanted = {
            place
            for place, (cell, count) in enumerate(counts.items())
            if cell not in given.loose
            and cell not in given.out
            and (cell in given.kept or is_small(count))
        }
        self._narrow = self._narrow_beside(None)

    def lets_stand(self, total: Cell) -> bool:
        """Whether each number that is to be hidden stays so beside a total."""
        return self._narrow_beside(total) <= self._narrow

    def _narrow_beside(self, total: Cell | None) -> set[int]:
        """What is to be hidden and is narrowed, with a total shown or without."""
        tied = Tied()
        for cell, (low, high) in zip(self._counts, self._ends, strict=True):
            count = float(self._counts[cell])
            tied.number(*((count, count) if cell == total else (low, high)))
        for row in self._rows:
            tied.row(row, 0.0, 0.0)
        ends = tied.ends(self._wanted, WIDTH, dict(enumerate(self._counts.values())))
        return {place for place, (low, high) in ends.items() if high - low < WIDTH}
