"""Whole numbers bound together by sums: how small and how great each can be, by linear programmes.

Solved by HiGHS, which is loaded when a programme is first made and never by the window's start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Point = Any
"""A value for each number, an array."""

_NEARLY = 1e-6
_SECONDS = 60.0
_NODES = 5_000
"""So many branches of whole numbers are looked at: the same on every machine, as no time is."""


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
        self._solved = highspy.HighsModelStatus.kOptimal
        self._feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        self._whole_number: Any = highspy.HighsVarType.kInteger
        self._any_number: Any = highspy.HighsVarType.kContinuous
        self._solver = solver = make()
        for name, value in (
            *(("output_flag", False), ("threads", 1), ("random_seed", 7)),
            ("mip_max_nodes", _NODES),
        ):
            solver.setOptionValue(name, value)
        solver.addVars(self._count, self.numbers(lower), self.numbers(upper))
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
            self.numbers(factors),
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
            self.numbers(list(wanted.values())),
        )
        self._costs = dict(costs)

    def least(self) -> Point | None:
        """The numbers at their least cost; None where nothing is known to keep bounds and sums.

        Where the solver gives up, the numbers may cost more than they need. They do keep all.
        """
        solver = self._solver
        # The clock goes on from one run to the next.
        solver.setOptionValue("time_limit", solver.getRunTime() + _SECONDS)
        solver.run()
        if (
            solver.getModelStatus() != self._solved
            and solver.getInfo().primal_solution_status != self._feasible
        ):
            return None
        point = self.numbers(solver.getSolution().col_value)
        return point if len(point) == self._count else None

    def least_whole(self) -> Point | None:
        """As `least`, of whole numbers alone."""
        point = self.least()
        if point is None or self._is_whole(point):
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

    def numbers(self, values: Sequence[float]) -> Point:
        """Values as an array."""
        return self._arrays.array(values, dtype=self._arrays.double)

    def _is_whole(self, point: Point) -> bool:
        """Whether each number of a point is a whole one."""
        return bool((self._arrays.abs(point - self._arrays.rint(point)) < _NEARLY).all())
