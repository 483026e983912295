"""Whole numbers bound together by sums: how small and how great each can be, by linear programmes.

Solved by HiGHS, which is loaded when a programme is first made and never by the window's start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Point = Sequence[float]
"""A value for each number."""

_NEARLY = 1e-6
_SECONDS = 20.0


class Programme:
    """Numbers within bounds, of which some sums are nought.

    Args:
        rows: sums, each as the number's place to its factor.
        lower, upper: the bounds of each number.
    """

    def __init__(
        self, rows: Sequence[Mapping[int, int]], lower: Sequence[float], upper: Sequence[float]
    ) -> None:
        import highspy
        import numpy

        make: Any = highspy.Highs
        self._arrays: Any = numpy
        self._count = len(lower)
        self._failed = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        self._whole_number: Any = highspy.HighsVarType.kInteger
        self._any_number: Any = highspy.HighsVarType.kContinuous
        self._solver = solver = make()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 7)):
            solver.setOptionValue(name, value)
        solver.setOptionValue("time_limit", _SECONDS)
        solver.addVars(self._count, self._numbers(lower), self._numbers(upper))
        starts: list[int] = []
        places: list[int] = []
        factors: list[float] = []
        for row in rows:
            starts.append(len(places))
            places += row.keys()
            factors += row.values()
        nought = numpy.zeros(len(rows))
        solver.addRows(
            len(rows),
            nought,
            nought,
            len(places),
            numpy.array(starts, dtype=numpy.int32),
            numpy.array(places, dtype=numpy.int32),
            self._numbers(factors),
        )
        self._costs: dict[int, float] = {}

    def bound(self, place: int, lower: float, upper: float) -> None:
        """Give a number other bounds."""
        self._solver.changeColBounds(place, lower, upper)

    def cost(self, costs: Mapping[int, float]) -> None:
        """Say what is to be made as little as can be: a sum of numbers, each by its factor."""
        wanted = {**dict.fromkeys(self._costs, 0.0), **costs}
        self._solver.changeColsCost(
            len(wanted),
            self._arrays.array(list(wanted), dtype=self._arrays.int32),
            self._numbers(list(wanted.values())),
        )
        self._costs = dict(costs)

    def least(self) -> Point | None:
        """The numbers at their least cost; None where nothing keeps all bounds and sums."""
        self._solver.run()
        if self._solver.getModelStatus() in self._failed:
            return None
        point: Point = self._solver.getSolution().col_value
        return point if len(point) == self._count else None

    def least_whole(self) -> Point | None:
        """As `least`, of whole numbers alone."""
        point = self.least()
        if point is None or is_whole(point):
            return point
        self._be(self._whole_number)
        try:
            return self.least()
        finally:
            self._be(self._any_number)

    def _be(self, kind: Any) -> None:  # noqa: ANN401  (HiGHS has no types)
        every = self._arrays.arange(self._count, dtype=self._arrays.int32)
        self._solver.changeColsIntegrality(
            self._count, every, self._arrays.array([kind] * self._count)
        )

    def _numbers(self, values: Sequence[float]) -> Any:  # noqa: ANN401  (an array)
        return self._arrays.array(values, dtype=self._arrays.double)


def is_whole(point: Point) -> bool:
    """Whether each number of a point is a whole one."""
    return all(abs(value - round(value)) < _NEARLY for value in point)
