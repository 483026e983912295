"""Whether a total that a return hides could have stood: proved by hiding everything else.

A total may give way where an earlier return hid a small one that it would tell, or grew by so few
that nothing hides among them. Then no choice of other numbers helps: with every number hidden that
is no total, one that is to be hidden would still be narrowed as soon as the total is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from caseworker_app.domain.measures import hiding
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.measures.programme import Programme
from caseworker_app.domain.measures.suppression import LAST, WIDTH, Cell, Counts, is_small

_HIGHEST = 1e6


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
        self._beside: dict[Cell, set[Cell]] = defaultdict(set)
        rows = []
        for *parts, total in sums:
            row: dict[int, int] = defaultdict(int)
            row[self._at[total]] -= 1
            for part in parts:
                row[self._at[part]] += 1
            rows.append({place: factor for place, factor in row.items() if factor})
            for one in (*parts, total):
                self._beside[one].update((*parts, total))
        mine = edition.counts.counts
        shown = {
            cell
            for cell in counts
            if cell in given.out
            or (cell in mine and given.dear.get(cell) == LAST and cell not in hidden)
        }
        ends = [
            (count, count) if cell in shown else (given.least.get(cell, 0), _HIGHEST)
            for cell, count in counts.items()
        ]
        self._ends = ends
        self._programme = Programme(rows, [low for low, _ in ends], [high for _, high in ends])
        self._wanted = {
            cell
            for cell, count in counts.items()
            if cell not in given.loose
            and cell not in given.out
            and (cell in given.kept or is_small(count))
        }

    def lets_stand(self, total: Cell) -> bool:
        """Whether each number that is to be hidden stays so beside a total."""
        place, count = self._at[total], self._counts[total]
        for cell in self._near(total):
            self._programme.bound(place, count, count)
            narrow = not self._is_wide(cell)
            self._programme.bound(place, *self._ends[place])
            if narrow and self._is_wide(cell):
                return False
        return True

    def _near(self, total: Cell) -> Iterator[Cell]:
        """What is to be hidden and hangs together with a total, the nearest first."""
        seen = {total}
        edge = [total]
        while edge:
            yield from (cell for cell in edge if cell in self._wanted)
            edge = sorted({one for cell in edge for one in self._beside[cell]} - seen)
            seen.update(edge)

    def _is_wide(self, cell: Cell) -> bool:
        place = self._at[cell]
        ends = []
        for sign in (1.0, -1.0):
            self._programme.cost({place: sign})
            point = self._programme.least_whole()
            # What is counted is so, and satisfies all of it.
            assert point is not None
            ends.append(point[place])
        return round(ends[1]) - round(ends[0]) >= WIDTH
