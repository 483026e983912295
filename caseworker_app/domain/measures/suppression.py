"""Hide small counts so that nothing shown narrows one down to fewer values than the threshold.

A count of 1 to 4 is small. Hiding it alone is not enough where a total or another figure gives it
away, so further counts are hidden, as few as it takes: what is shown and all sums leave each hidden
count a least and a greatest value that lie as far apart as the threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from caseworker_app.domain.measures.programme import Point, Programme

SMALLEST, LARGEST = 1, 4
"""The counts that are hidden, both in. Zero identifies nobody and is shown."""

WIDTH = LARGEST + 1
"""So far apart are the least and the greatest value that a hidden count could have."""

Cell = tuple[str, ...]
"""The name of a count: table, line, which of its figures."""

USUAL, LAST = 1.0, 10_000.0
"""How dear it is to hide a count beside the small ones: any other; what stands if anything can."""

_ZERO = 20.0
_FAR = 60
"""How far from its true value a count is followed: further never matters."""
_NEARLY = 1e-6
_MANY, _FEW = 1000, 20


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it. Two counts that are one have a single part.

    Attributes:
        sure: whether it must be so, or may be by chance: these are the same cases today.
    """

    total: Cell
    parts: tuple[Cell, ...]
    sure: bool = True

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Parts first, the total last."""
        return (*self.parts, self.total)


@dataclass(slots=True)
class Counts:
    """Counts, how they hang together, and what of them is shown.

    Attributes:
        counts: every count, by name.
        sums: each cell named is in `counts`, and the numbers do add up.
        follows: counts nobody prints but which follow by subtraction, the late beside the ones in
            time. A small one is protected like any other; a large one is free to follow.
        loose: counts that nobody prints and that are no count of anybody: the rest of a bound.
        dear: how dear it is to hide a count, where that is not `USUAL`.
        least: the least a count is known to be, where that is not 0.
        out: counts that have been published: nothing hides them any more.
        kept: counts that were hidden when others were published, and are still to be protected.
        past: every count of what was published before.
        of_the_day: those of measures that are not over the period, in this return or others.
    """

    counts: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    follows: set[Cell] = field(default_factory=set)
    loose: set[Cell] = field(default_factory=set)
    dear: dict[Cell, float] = field(default_factory=dict)
    least: dict[Cell, int] = field(default_factory=dict)
    out: set[Cell] = field(default_factory=set)
    kept: set[Cell] = field(default_factory=set)
    past: set[Cell] = field(default_factory=set)
    of_the_day: set[Cell] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is to be hidden.

    Attributes:
        cells: the counts to hide, the small ones and those beside them.
        narrow: those that are narrowed all the same, whatever else would be hidden.
        known: those of `narrow` that can have but one value.
        lost: those that should stand, but that nothing else could take the place of.
        sums: those that were kept to.
    """

    cells: frozenset[Cell]
    narrow: frozenset[Cell] = frozenset()
    known: frozenset[Cell] = frozenset()
    lost: frozenset[Cell] = frozenset()
    sums: tuple[Sum, ...] = ()


def is_small(count: int) -> bool:
    """Whether the count is to be hidden by itself."""
    return SMALLEST <= count <= LARGEST


def hidden_cells(
    counts: Mapping[Cell, int], sums: Iterable[Sum], unpublished: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """The counts to hide, of tables whose totals stand.

    Args:
        counts: every count, the unpublished ones included.
        sums: how they hang together; each cell named is in `counts`.
        unpublished: as `Counts.follows`.
    """
    every = list(sums)
    dear = {one.total: LAST for one in every if len(one.parts) > 1}
    return hidden(Counts(dict(counts), every, set(unpublished), dear=dear)).cells


def hidden(given: Counts) -> Hidden:
    """The counts to hide, the unpublished small ones among them.

    Counts that hang together are looked at together. Where several choices hide as few, the same
    one is taken each time. Sums that may be chance are let go where they would hide what stands if
    anything can, or leave a hidden count narrow: nobody who reads the figures can rely on them.
    """
    found = _hidden(given)
    for dropping in (_touching, _together):
        while wrong := found.lost | found.narrow:
            by_chance = dropping(wrong, given)
            if not by_chance:
                break
            sums = [one for one in given.sums if id(one) not in by_chance]
            given = replace(given, sums=sums)
            found = _hidden(given)
    return replace(found, sums=tuple(given.sums))


def _touching(wrong: frozenset[Cell], given: Counts) -> set[int]:
    """The sums that may be chance and that these counts stand in."""
    return {id(one) for one in given.sums if not one.sure and not wrong.isdisjoint(one.cells)}


def _together(wrong: frozenset[Cell], given: Counts) -> set[int]:
    """The sums that may be chance among all that hangs together with these counts."""
    return {
        id(one)
        for cells, sums in _apart(given)
        if not wrong.isdisjoint(cells)
        for one in sums
        if not one.sure
    }


def _stands(cell: Cell, given: Counts) -> bool:
    return given.dear.get(cell) == LAST and not _is_to_hide(cell, given)


def _hidden(given: Counts) -> Hidden:
    found: set[Cell] = set()
    narrow: set[Cell] = set()
    known: set[Cell] = set()
    for cells, sums in _apart(given):
        if not any(_is_to_hide(cell, given) for cell in cells) or given.past.issuperset(cells):
            continue
        part = _Together(given, cells, sums)
        part.protect()
        found |= part.hidden
        narrow |= part.narrow
        known |= part.known
    lost = frozenset(cell for cell in found if _stands(cell, given))
    return Hidden(frozenset(found), frozenset(narrow), frozenset(known), lost)


def _is_to_hide(cell: Cell, given: Counts) -> bool:
    if cell in given.loose or cell in given.out:
        return False
    return cell in given.kept or is_small(given.counts[cell])


def _apart(given: Counts) -> Iterator[tuple[list[Cell], list[Sum]]]:
    """The counts that sums hold together, group by group, with these sums."""
    head: dict[Cell, Cell] = {}

    def top(cell: Cell) -> Cell:
        while (above := head.setdefault(cell, cell)) != cell:
            head[cell] = head[above]
            cell = above
        return cell

    for one in given.sums:
        for part in one.parts:
            head[top(part)] = top(one.total)
    cells: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in sorted(given.counts):
        cells[top(cell)].append(cell)
    sums: dict[Cell, list[Sum]] = defaultdict(list)
    for one in given.sums:
        sums[top(one.total)].append(one)
    return ((some, sums[which]) for which, some in cells.items())


class _Together:
    """Counts that hang together, while more and more of them are hidden."""

    def __init__(self, given: Counts, cells: list[Cell], sums: list[Sum]) -> None:
        self._given = given
        self._cells = cells
        self._true = [given.counts[cell] for cell in cells]
        at = {cell: place for place, cell in enumerate(cells)}
        self._rows = list(_rows(sums, at))
        self._first = {at[cell] for cell in cells if _is_to_hide(cell, given)}
        self._hidden = set(self._first)
        self._free = {at[cell] for cell in cells if cell in given.loose or cell in given.follows}
        self._fixed = {at[cell] for cell in cells if cell in given.out}
        self._stuck: set[int] = set()
        self._programme = Programme(
            self._rows,
            [self._bounds(place)[0] for place in range(len(cells))],
            [self._bounds(place)[1] for place in range(len(cells))],
        )
        self._chooser: Programme | None = None
        # Points with the least and the greatest value seen of a count, and these values.
        self._low: dict[int, Point] = {}
        self._high: dict[int, Point] = {}
        self._lows = self._programme.numbers(self._true)
        self._highs = self._programme.numbers(self._true)
        self._ties: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for place in row:
                self._ties[place].append(number)

    @property
    def hidden(self) -> set[Cell]:
        """What is hidden."""
        return {self._cells[place] for place in self._hidden}

    @property
    def narrow(self) -> set[Cell]:
        """What is hidden and narrowed all the same."""
        return {self._cells[place] for place in self._stuck}

    @property
    def known(self) -> set[Cell]:
        """What is hidden and has but one value."""
        return {self._cells[place] for place in self._stuck if self._span(place) == 0}

    def protect(self) -> None:
        """Hide as many as it takes, then show again what need not be hidden after all."""
        self._look_wide()
        while (place := self._exposed()) is not None:
            beside = self._beside(place)
            if not beside:
                self._stuck.add(place)
                continue
            for one in beside:
                self._hidden.add(one)
                self._programme.bound(one, *self._bounds(one))
            self._look_wide()
        self._look_again()
        for place in sorted(self._hidden - self._first, key=self._dearest):
            self._show_again(place)
        self._look_again()

    def _look_again(self) -> None:
        """What was narrow need not be any more, beside all that was hidden after it."""
        self._stuck = {place for place in self._stuck if not self._reaches(place)}

    def _bounds(self, place: int) -> tuple[float, float]:
        true = self._true[place]
        if place not in self._hidden and place not in self._free:
            return true, true
        return max(self._least(place), true - _FAR), true + _FAR

    def _least(self, place: int) -> int:
        return self._given.least.get(self._cells[place], 0)

    def _dear(self, place: int) -> float:
        true = self._true[place]
        dear = self._given.dear.get(self._cells[place], USUAL) if true else _ZERO
        # Of counts that are as dear the smallest.
        return dear * (1 + min(true, _MANY) / (_FEW * _MANY))

    def _dearest(self, place: int) -> tuple[float, int, int]:
        return -self._dear(place), -self._true[place], place

    def _span(self, place: int) -> int:
        return round(float(self._highs[place])) - round(float(self._lows[place]))

    def _take(self, point: Point) -> None:
        """Remember what a possible point says of each hidden count."""
        hidden = list(self._hidden)
        for kept, ends, sign in ((self._low, self._lows, -1), (self._high, self._highs, 1)):
            further = sign * (point[hidden] - ends[hidden]) > _NEARLY
            for place, goes in zip(hidden, further, strict=True):
                if goes:
                    kept[place] = point
                    ends[place] = point[place]

    def _look_wide(self) -> None:
        """Two points that say much of many counts at once."""
        for sign in (1.0, -1.0):
            self._programme.cost(dict.fromkeys(self._hidden, sign))
            point = self._programme.least_whole()
            if point is not None:
                self._take(point)

    def _exposed(self) -> int | None:
        """The smallest hidden count that is not protected yet."""
        for place in sorted(self._hidden - self._stuck, key=lambda one: (self._true[one], one)):
            if not self._reaches(place):
                return place
        return None

    def _reaches(self, place: int) -> bool:
        """Whether a hidden count could have values as far apart as it takes."""
        for sign in (-1.0, 1.0):
            if self._span(place) >= WIDTH:
                return True
            self._programme.cost({place: sign})
            point = self._programme.least_whole()
            if point is not None:
                self._take(point)
        return self._span(place) >= WIDTH

    def _beside(self, place: int) -> set[int]:
        """The cheapest counts to hide so that one is protected; none where nothing does."""
        missing = WIDTH - round(self._span(place))
        high, low = float(self._highs[place]), float(self._lows[place])
        deepest = min(missing, round(low) - self._least(place))
        up = self._moved(place, round(high) + missing)
        down = self._moved(place, round(low) - missing) if deepest == missing else None
        if not up and not down:
            # Neither alone goes so far; a little of each may.
            return self._both_ways(place, round(low), round(high), missing, deepest)
        return min((way for way in (up, down) if way), key=self._cheapest)

    def _both_ways(self, place: int, low: int, high: int, missing: int, deepest: int) -> set[int]:
        ways = []
        for less in range(1, min(deepest, missing - 1) + 1):
            down = self._moved(place, low - less)
            up = self._moved(place, high + missing - less)
            if down is not None and up is not None:
                ways.append(down | up)
        return min((way for way in ways if way), key=self._cheapest, default=set())

    def _cheapest(self, way: set[int]) -> tuple[float, list[int]]:
        return sum(map(self._dear, way)), sorted(way)

    def _moved(self, place: int, value: float) -> set[int] | None:
        """The counts that must give way for one to have another value; None where it never has."""
        count = len(self._cells)
        chooser = self._chooser
        if chooser is None:
            rows = [
                {**row, **{count + place: -factor for place, factor in row.items()}}
                for row in self._rows
            ]
            up = [0.0 if one in self._fixed else float(_FAR) for one in range(count)]
            down = [
                0.0 if one in self._fixed else float(min(_FAR, true - self._least(one)))
                for one, true in enumerate(self._true)
            ]
            chooser = self._chooser = Programme(rows, [0.0] * (2 * count), [*up, *down])
        costs = [self._price(one) for one in range(count)]
        chooser.cost(dict(enumerate([*costs, *costs])))
        moved = value - self._true[place]
        sides = (place, count + place)
        before = (_FAR, min(_FAR, self._true[place] - self._least(place)))
        for side, amount in zip(sides, (max(moved, 0.0), max(-moved, 0.0)), strict=True):
            chooser.bound(side, amount, amount)
        point = chooser.least()
        for side, most in zip(sides, before, strict=True):
            chooser.bound(side, 0.0, float(most))
        if point is None:
            return None
        gives = {one for one in range(count) if point[one] + point[count + one] > _NEARLY}
        return gives - self._hidden - self._free

    def _price(self, place: int) -> float:
        if place in self._hidden or place in self._free:
            return 0.0
        return self._dear(place)

    def _show_again(self, place: int) -> None:
        """Show a count again where all that is hidden stays protected without it."""
        true = self._true[place]
        before = self._low, self._high, self._lows, self._highs, set(self._hidden)
        self._hidden.discard(place)
        self._programme.bound(place, true, true)
        points = {id(one): one for one in (*self._low.values(), *self._high.values())}
        self._low, self._high = {}, {}
        self._lows, self._highs = (self._programme.numbers(self._true) for _ in range(2))
        for point in points.values():
            if abs(point[place] - true) < _NEARLY:
                self._take(point)
        protected = self._hidden - self._stuck
        # What hangs together with it closely is the first to be narrowed, if anything is.
        if all(self._reaches(one) for one in self._near(place) if one in protected):
            return
        self._low, self._high, self._lows, self._highs, self._hidden = before
        self._programme.bound(place, *self._bounds(place))

    def _near(self, place: int) -> Iterator[int]:
        """The other counts, the nearest by the sums between them first."""
        seen, edge = {place}, [place]
        while edge:
            ties = {number for one in edge for number in self._ties[one]}
            edge = sorted({one for number in ties for one in self._rows[number]} - seen)
            seen.update(edge)
            yield from edge


def _rows(sums: Collection[Sum], at: Mapping[Cell, int]) -> Iterator[dict[int, int]]:
    for one in sums:
        row: dict[int, int] = {at[one.total]: -1}
        for part in one.parts:
            row[at[part]] = row.get(at[part], 0) + 1
        if any(row.values()):
            yield {place: factor for place, factor in row.items() if factor}
