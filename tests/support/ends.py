"""How small and how great each of several whole numbers can be that rows tie together.

Every answer is certain. That a number can have values so far apart is shown by two points, each of
whole numbers and each held against every row; that it cannot, by its least and its greatest value,
solved for alone with nothing else restricted.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

HIGHEST = 1e6
"""No number is more."""

_NEARLY = 1e-6
_TRIES = 12
"""So many points at most are looked for that say much of many numbers at once."""

Row = tuple[dict[int, float], float, float]
"""Factors by place, and the least and the most that they make."""


@dataclass
class Tied:
    """Whole numbers within bounds and the rows that tie them, as they are gathered."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def number(self, low: float, high: float = HIGHEST) -> int:
        """Add a number; its place."""
        self.lows.append(low)
        self.highs.append(high)
        return len(self.lows) - 1

    def row(self, factors: Mapping[int, float], low: float, high: float) -> None:
        """Add a row; an end is infinite where there is none."""
        self.rows.append((dict(factors), low, high))

    def ends(
        self, wanted: Iterable[int], apart: int, point: Mapping[int, float]
    ) -> dict[int, tuple[int, int]]:
        """The least and the greatest value of numbers.

        Args:
            wanted: their places.
            apart: values so far apart are enough: such a number is not looked at further, so that
                its ends may lie further apart than told. The ends of any other are exact.
            point: values that may be possible, to begin with; they are held against the rows.
        """
        found: dict[int, tuple[int, int]] = {}
        among = set(wanted)
        for places, rows in self._groups():
            some = sorted(among.intersection(places))
            if some:
                bounds = [(self.lows[place], self.highs[place]) for place in places]
                found |= _Group(places, bounds, rows, some, apart).ends(point)
        for place in among - found.keys():
            assert self.lows[place] == self.highs[place]
            found[place] = round(self.lows[place]), round(self.highs[place])
        return found

    def _groups(self) -> list[tuple[list[int], list[Row]]]:
        """The numbers that are open, by what ties them together; each row once."""
        free = [place for place, low in enumerate(self.lows) if low != self.highs[place]]
        head = {place: place for place in free}

        def top(place: int) -> int:
            while head[place] != place:
                head[place] = head[head[place]]
                place = head[place]
            return place

        rows: dict[tuple[object, ...], Row] = {}
        for factors, low, high in self.rows:
            left = {place: factor for place, factor in factors.items() if place in head and factor}
            known = sum(
                factor * self.lows[place] for place, factor in factors.items() if place not in head
            )
            if not left:
                # What is published is true, so some numbers do satisfy all of it.
                assert low - _NEARLY <= known <= high + _NEARLY
                continue
            row = left, low - known, high - known
            rows.setdefault((*sorted(left.items()), *row[1:]), row)
            first, *others = left
            for place in others:
                head[top(place)] = top(first)
        members: dict[int, list[int]] = defaultdict(list)
        for place in free:
            members[top(place)].append(place)
        theirs: dict[int, list[Row]] = defaultdict(list)
        for row in rows.values():
            theirs[top(next(iter(row[0])))].append(row)
        return [(places, theirs[which]) for which, places in members.items()]


class _Group:
    """Numbers that are tied together, as one programme."""

    def __init__(
        self,
        places: Sequence[int],
        bounds: Sequence[tuple[float, float]],
        rows: Sequence[Row],
        wanted: Sequence[int],
        apart: int,
    ) -> None:
        self._places = places
        self._at = {place: column for column, place in enumerate(places)}
        self._wanted = wanted
        self._apart = apart
        self._low = np.array([low for low, _ in bounds], dtype=np.double)
        self._high = np.array([high for _, high in bounds], dtype=np.double)
        self._rows = rows
        self._starts = np.zeros(len(rows), dtype=np.int32)
        columns: list[int] = []
        factors: list[float] = []
        which: list[int] = []
        for number, (row, _, _) in enumerate(rows):
            self._starts[number] = len(columns)
            columns += (self._at[place] for place in row)
            factors += row.values()
            which += [number] * len(row)
        self._columns = np.array(columns, dtype=np.int32)
        self._factors = np.array(factors, dtype=np.double)
        self._which = np.array(which, dtype=np.int32)
        self._least = np.array([low for _, low, _ in rows], dtype=np.double)
        self._most = np.array([high for _, _, high in rows], dtype=np.double)
        self._every = np.arange(len(places), dtype=np.int32)
        self._box = self._low, self._high
        self._models: dict[highspy.HighsVarType, highspy.Highs] = {}
        # The least and the greatest value that a point was seen to have of each.
        self._seen_low = np.full(len(places), math.inf)
        self._seen_high = np.full(len(places), -math.inf)

    def ends(self, point: Mapping[int, float]) -> dict[int, tuple[int, int]]:
        """The ends of the wanted numbers, by place."""
        start = [point.get(place, math.nan) for place in self._places]
        if not any(map(math.isnan, start)) and self._take(start):
            self._look_wide(np.array(start))
        found = {}
        for place in self._wanted:
            column = self._at[place]
            ends = []
            for sign in (1, -1):
                if self._is_wide(column):
                    break
                ends.append(self._end(column, sign))
            if len(ends) < 2:
                ends = [round(self._seen_low[column]), round(self._seen_high[column])]
            found[place] = ends[0], ends[1]
        return found

    def _end(self, column: int, sign: int) -> int:
        point = self._best([column], [float(sign)])
        self._take(point)
        value = point[column]
        return math.ceil(value - _NEARLY) if sign > 0 else math.floor(value + _NEARLY)

    def _best(self, columns: Sequence[int], costs: Sequence[float]) -> Sequence[float]:
        """The point of whole numbers of the least cost."""
        which = np.array(columns, dtype=np.int32)
        point: Sequence[float] = ()
        for kind in (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger):
            model = self._model(kind)
            model.changeColsBounds(len(self._every), self._every, *self._box)
            model.changeColsCost(len(which), which, np.array(costs, dtype=np.double))
            model.run()
            status = model.getModelStatus()
            # What is published is true, so some numbers do satisfy all of it.
            assert status == highspy.HighsModelStatus.kOptimal, status
            point = model.getSolution().col_value
            model.changeColsCost(len(which), which, np.zeros(len(which)))
            if np.abs(np.rint(point) - point).max() <= _NEARLY:
                break
        return point

    def _model(self, kind: highspy.HighsVarType) -> highspy.Highs:
        """The programme of any numbers, which begins where it ended, or that of whole ones."""
        if kind in self._models:
            return self._models[kind]
        model = self._models[kind] = highspy.Highs()
        model.silent()
        for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("random_seed", 7)):
            model.setOptionValue(name, value)
        model.addVars(len(self._places), self._low, self._high)
        model.addRows(
            len(self._rows),
            self._least,
            self._most,
            len(self._columns),
            self._starts,
            self._columns,
            self._factors,
        )
        model.changeColsIntegrality(
            len(self._every), self._every, np.array([kind] * len(self._every))
        )
        return model

    def _is_wide(self, column: int) -> bool:
        return bool(self._seen_high[column] - self._seen_low[column] >= self._apart)

    def _take(self, point: Sequence[float]) -> bool:
        """Remember a point, if it is of whole numbers and keeps every bound and every row."""
        values = np.rint(np.array(point, dtype=np.double))
        if np.abs(values - point).max() > _NEARLY:
            return False
        made = np.bincount(
            self._which, self._factors * values[self._columns], minlength=len(self._rows)
        )
        for kept, low, high in ((values, self._low, self._high), (made, self._least, self._most)):
            if (kept < low - _NEARLY).any() or (kept > high + _NEARLY).any():
                return False
        np.minimum(self._seen_low, values, out=self._seen_low)
        np.maximum(self._seen_high, values, out=self._seen_high)
        return True

    def _look_wide(self, start: np.ndarray) -> None:
        """Points that say much of many numbers at once: none may go far, so that many move."""
        draw = random.Random(7)
        far = 2 * self._apart
        self._box = np.maximum(self._low, start - far), np.minimum(self._high, start + far)
        for number in range(_TRIES):
            left = [self._at[one] for one in self._wanted if not self._is_wide(self._at[one])]
            if len(left) < 2:
                break
            signs = [draw.choice((1.0, -1.0)) if number > 1 else 1.0 - 2 * number for _ in left]
            self._take(self._best(left, signs))
        self._box = self._low, self._high
