"""How plans went from one January to the next: who joined, stayed, moved, or left.

A place is a kind of setting, a need and a year group. The method is the field's own: a model of
transitions as that of witan.send, which a council had made to plan its special school places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

OUT = "NONSEND"
"""Stands for setting and need on the side where somebody has no plan."""


class Move(NamedTuple):
    """One child from the January of a calendar year to the next.

    Attributes:
        year: the calendar year it begins in.
        setting, need, taught: before; setting and need are `OUT` for one who joins.
        to_setting, to_need, to_taught: after; `OUT` for one who leaves.
    """

    year: int
    setting: str
    need: str
    taught: int
    to_setting: str
    to_need: str
    to_taught: int

    @property
    def joins(self) -> bool:
        """Whether there was no plan before."""
        return self.setting == OUT

    @property
    def leaves(self) -> bool:
        """Whether there is none after."""
        return self.to_setting == OUT


@dataclass(frozen=True, slots=True)
class Teaches:
    """What a kind of setting teaches.

    Attributes:
        least, most: the year groups.
        needs: which needs.
        onward: to which settings one can move from it.
    """

    least: int
    most: int
    needs: frozenset[str]
    onward: frozenset[str]

    def takes(self, taught: int, need: str) -> bool:
        """Whether somebody of a year group and need can be there."""
        return self.least <= taught <= self.most and need in self.needs


@dataclass(frozen=True, slots=True)
class PlacesHistory:
    """Everything that a forecast is made from.

    Attributes:
        moves: of every year known.
        population: everybody by calendar year and year group.
        teaches: by setting.
        costs: a year's cost of a plan by need and setting; empty where none is known.
        names: words for settings and needs, by code; a code without any stands for itself.
        doubts: what is to be told of the data, a sentence each.
        special: the settings that are special schools.
    """

    moves: Sequence[Move]
    population: Mapping[tuple[int, int], float]
    teaches: Mapping[str, Teaches]
    costs: Mapping[tuple[str, str], float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    doubts: Sequence[str] = ()
    special: frozenset[str] = frozenset()

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years in which moves begin, in order."""
        return tuple(sorted({one.year for one in self.moves}))

    @property
    def starts(self) -> int:
        """The January that a forecast starts from: that to which the latest moves lead."""
        return self.years[-1] + 1

    def until(self, year: int) -> PlacesHistory:
        """What was known in the January of a year: moves that began before it."""
        moves = tuple(one for one in self.moves if one.year < year)
        return PlacesHistory(
            *(moves, self.population, self.teaches, self.costs, self.names),
            special=self.special,
        )

    def stock(self, year: int) -> dict[tuple[str, str, int], int]:
        """How many plans there were in a January, by setting, need and year group."""
        found: dict[tuple[str, str, int], int] = {}
        for one in self.moves:
            if one.year == year - 1 and not one.leaves:
                at = (one.to_setting, one.to_need, one.to_taught)
                found[at] = found.get(at, 0) + 1
        return found

    def people(self, year: int, taught: int) -> float:
        """How many live here of a year group; of the nearest year known where that one is not.

        Of a year group of which no number is known it is 1 in every year, as no growth is known.
        """
        held = self.population.get((year, taught))
        if held is not None:
            return held
        years = [one for one, group in self.population if group == taught]
        if not years:
            return 1.0
        return self.population[min(years, key=lambda one: (abs(one - year), one)), taught]

    def words(self, code: str) -> str:
        """A setting or a need in words."""
        return self.names.get(code, code)
