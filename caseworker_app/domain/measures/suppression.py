"""Hide small counts so that no sum or difference of what is shown brings them back.

A count of 1 to 4 is small. Hiding it alone is not enough where a total or another figure gives it
away, so further counts are hidden until no shown figures determine a hidden one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

SMALLEST, LARGEST = 1, 4
"""The counts that are hidden, both in. Zero identifies nobody and is shown."""

Cell = tuple[str, ...]
"""The name of a count: table, line, which of its figures."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it. Two counts that are one have a single part."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Parts first, the total last."""
        return (*self.parts, self.total)


def is_small(count: int) -> bool:
    """Whether the count is to be hidden by itself."""
    return SMALLEST <= count <= LARGEST


def hidden_cells(
    counts: Mapping[Cell, int], sums: Iterable[Sum], unpublished: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """The counts to hide.

    Args:
        counts: every count, the unpublished ones included.
        sums: how they hang together; each cell named is in `counts`.
        unpublished: counts nobody prints but which follow by subtraction, the late beside the
            ones in time. A small one is protected like any other; a large one is free to follow.

    Returns:
        The small ones, and as many others as it takes. Hiding everything is the last resort.
    """
    related = tuple(sums)
    never_shown = frozenset(unpublished)
    hidden = {cell for cell, count in counts.items() if is_small(count)}
    while True:
        exposed = _exposed(counts, related, hidden, never_shown)
        if exposed is None:
            return frozenset(hidden)
        hidden.add(exposed)


def _exposed(
    counts: Mapping[Cell, int],
    sums: tuple[Sum, ...],
    hidden: set[Cell],
    never_shown: frozenset[Cell],
) -> Cell | None:
    """The next count to hide, or None when nothing hidden can be worked out."""
    unknown = hidden | never_shown
    solved = _determined(sums, unknown) & hidden
    for cell in sorted(solved):
        partner = _partner(cell, counts, sums, unknown)
        if partner is not None:
            return partner
    if solved:
        anywhere = tuple(cell for related in sums for cell in related.cells)
        return _smallest_shown(anywhere, counts, unknown)
    for related in sums:
        if _pinned_by_range(related, counts, hidden, never_shown):
            partner = _smallest_shown(related.cells, counts, unknown)
            if partner is not None:
                return partner
    return None


def _determined(sums: tuple[Sum, ...], unknown: set[Cell] | frozenset[Cell]) -> set[Cell]:
    """The unknown cells that the sums fix: those alone in a row of the reduced equations."""
    rows: dict[Cell, dict[Cell, Fraction]] = {}
    for related in sums:
        row: dict[Cell, Fraction] = {}
        for cell in related.parts:
            if cell in unknown:
                row[cell] = row.get(cell, Fraction(0)) + 1
        if related.total in unknown:
            row[related.total] = row.get(related.total, Fraction(0)) - 1
        _reduce_into(rows, {cell: factor for cell, factor in row.items() if factor})
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _reduce_into(rows: dict[Cell, dict[Cell, Fraction]], row: dict[Cell, Fraction]) -> None:
    """Add an equation to a set kept in reduced row echelon form, by pivot."""
    for pivot in [cell for cell in row if cell in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = min(row)
    scale = row[pivot]
    row = {cell: factor / scale for cell, factor in row.items()}
    for other in rows.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: dict[Cell, Fraction], other: dict[Cell, Fraction], times: Fraction) -> None:
    for cell, factor in other.items():
        left = row.get(cell, Fraction(0)) - times * factor
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _partner(
    cell: Cell,
    counts: Mapping[Cell, int],
    sums: tuple[Sum, ...],
    unknown: set[Cell],
) -> Cell | None:
    """A shown count whose hiding helps `cell`: the smallest part beside it, else a total."""
    near = [related for related in sums if cell in related.cells]
    for related in near:
        part = _smallest_shown(related.parts, counts, unknown)
        if part is not None:
            return part
    for related in near:
        if related.total not in unknown:
            return related.total
    return None


def _smallest_shown(
    cells: tuple[Cell, ...], counts: Mapping[Cell, int], unknown: set[Cell]
) -> Cell | None:
    shown = [cell for cell in cells if cell not in unknown and counts[cell] > 0]
    return min(shown, key=lambda cell: (counts[cell], cell), default=None)


def _pinned_by_range(
    related: Sum,
    counts: Mapping[Cell, int],
    hidden: set[Cell],
    never_shown: frozenset[Cell],
) -> bool:
    """Whether the parts hidden are known all the same, each being 1 to 4.

    Two hidden parts that make 2 are 1 and 1; that make 8 are 4 and 4.
    """
    if related.total in hidden or related.total in never_shown:
        return False
    parts = [cell for cell in related.parts if cell in hidden]
    if any(cell in never_shown and cell not in hidden for cell in related.parts):
        return False
    if not parts or not all(is_small(counts[cell]) for cell in parts):
        return False
    left = sum(counts[cell] for cell in parts)
    return left in (SMALLEST * len(parts), LARGEST * len(parts))
