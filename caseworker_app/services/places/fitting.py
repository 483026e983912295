"""What happened from January to January, counted for a forecast: how often who left, moved, joined.

Whether a year differs from the others, or rates rise or fall, counts only where chance would hardly
make it so; then it is told, and the band grows by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.place_planning.history import Move, PlacesHistory
from caseworker_app.services.places.shrinking import Floats, Ints

_PHASES = (0, 6, 11, 14)
"""The year groups in which the next phase begins: Reception, Year 6's end, post-16, beyond."""

_CLEAR = 3.0
"""Standard errors from nought at which a trend is called clear: chance makes 1 in 400 so."""

_DIFFER = 2.33
"""As far as chance takes the differences between years 1 time in 100."""

_ENOUGH = 3
"""With fewer years nobody can tell whether one is like another."""

_UNSURE = 0.25
"""So much higher or lower the rates of the years ahead may then lie, as one standard error."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Settings, needs and year groups by their place in arrays."""

    settings: tuple[str, ...]
    needs: tuple[str, ...]
    first: int
    last: int

    @property
    def groups(self) -> range:
        """The year groups."""
        return range(self.first, self.last + 1)

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many year groups, settings and needs."""
        return len(self.groups), len(self.settings), len(self.needs)


@dataclass(frozen=True, slots=True)
class Drift:
    """How a rate moved over the years, in logarithms.

    Attributes:
        slope, error: a year's rise and its standard error; nought where none is clear.
        lead: how many years the last one lies after the middle of those that give the rates.
        spread: how much single years differ beyond chance.
        unsure: how far all years ahead may differ from the few that are known.
    """

    slope: float = 0.0
    error: float = 0.0
    lead: float = 0.0
    spread: float = 0.0
    unsure: float = 0.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What the latest years come to; arrays are by year group, setting and need.

    Attributes:
        phase: of each year group.
        stock: the plans of the January that a forecast starts from.
        here, left: plans at a year's start, and those of them that ceased.
        stayed, moved: of those that went on, by year group and setting.
        onward: where who moved went, by year group, setting and new setting.
        joined: who joined, by the year group they came from, setting and need.
        exposed: how many lived here of a year group, over all years.
        changed: by need, how many plans went on with each need.
        takes: whether a setting takes a year group and need.
        may_move: from which setting to which.
        may_join: whether anybody can join from a year group.
        ceasing, joining: how these rates drifted.
    """

    codes: Codes
    phase: Ints
    stock: Ints
    here: Floats
    left: Floats
    stayed: Floats
    moved: Floats
    onward: Floats
    joined: Floats
    exposed: Floats
    changed: Floats
    takes: Floats
    may_move: Floats
    may_join: Floats
    ceasing: Drift
    joining: Drift


def count(history: PlacesHistory, rates_from: int, *, trend: bool) -> Counted:
    """Count the latest years of a history.

    Args:
        history: what is known.
        rates_from: how many of the latest years give the rates.
        trend: whether a clear trend is looked for.

    Raises:
        Refused: it has no year from one January to the next.
    """
    if not history.moves:
        raise Refused("There is no year of history to take rates from.")
    codes = codes_of(history)
    years = history.years[-rates_from:]
    moves = [one for one in history.moves if one.year in years]
    takes = _takes(history, codes)
    counts = _Counts(codes, years)
    for one in moves:
        counts.add(one)
    may_join = np.zeros(codes.shape[0])
    may_join[:-1] = takes[1:].any(axis=(1, 2))
    people = np.array([[history.people(year, a) for a in codes.groups] for year in years])
    people *= may_join
    by_group = counts.left.sum(axis=(2, 3)), counts.here.sum(axis=(2, 3))
    joined = counts.joined.sum(axis=(2, 3))
    return Counted(
        codes,
        np.array([sum(a >= one for one in _PHASES) for a in codes.groups]),
        _stock(history, codes),
        counts.here.sum(axis=0),
        counts.left.sum(axis=0),
        counts.stayed,
        counts.onward.sum(axis=2),
        counts.onward,
        counts.joined.sum(axis=0),
        people.sum(axis=0),
        counts.changed,
        takes,
        _may_move(history, codes),
        may_join,
        _drift(*by_group, trend=trend, shares=True),
        _drift(joined, people, trend=trend, shares=False),
    )


def codes_of(history: PlacesHistory) -> Codes:
    """Every setting, need and year group that occurs."""
    needs = {one for each in history.teaches.values() for one in each.needs}
    groups = {one.taught for one in history.moves} | {one.to_taught for one in history.moves}
    last = max(*groups, *(one.most for one in history.teaches.values()))
    first = min(*groups, *(one.least - 1 for one in history.teaches.values()))
    return Codes(tuple(sorted(history.teaches)), tuple(sorted(needs)), first, last)


class _Counts:
    """Tallies by year, year group, setting and need."""

    def __init__(self, codes: Codes, years: Sequence[int]) -> None:
        groups, settings, needs = codes.shape
        self._setting = {one: at for at, one in enumerate(codes.settings)}
        self._need = {one: at for at, one in enumerate(codes.needs)}
        self._year = {one: at for at, one in enumerate(years)}
        self._first = codes.first
        whole = (len(years), groups, settings, needs)
        self.here, self.left, self.joined = np.zeros(whole), np.zeros(whole), np.zeros(whole)
        self.stayed = np.zeros((groups, settings))
        self.onward = np.zeros((groups, settings, settings))
        self.changed = np.zeros((needs, needs))

    def add(self, one: Move) -> None:
        """Count one child's year."""
        year, group = self._year[one.year], one.taught - self._first
        if one.joins:
            at = (year, group, self._setting[one.to_setting], self._need[one.to_need])
            self.joined[at] += 1
            return
        setting, need = self._setting[one.setting], self._need[one.need]
        self.here[year, group, setting, need] += 1
        if one.leaves:
            self.left[year, group, setting, need] += 1
            return
        self.changed[need, self._need[one.to_need]] += 1
        if one.to_setting == one.setting:
            self.stayed[group, setting] += 1
        else:
            self.onward[group, setting, self._setting[one.to_setting]] += 1


def _stock(history: PlacesHistory, codes: Codes) -> Ints:
    found = np.zeros(codes.shape, dtype=np.int64)
    for (setting, need, taught), many in history.stock(history.starts).items():
        at = (taught - codes.first, codes.settings.index(setting), codes.needs.index(need))
        found[at] = many
    return found


def _takes(history: PlacesHistory, codes: Codes) -> Floats:
    found = np.zeros(codes.shape)
    for at, setting in enumerate(codes.settings):
        teaches = history.teaches[setting]
        for need_at, need in enumerate(codes.needs):
            for group_at, group in enumerate(codes.groups):
                found[group_at, at, need_at] = teaches.takes(group, need)
    return found


def _may_move(history: PlacesHistory, codes: Codes) -> Floats:
    return np.array(
        [
            [float(to != one and to in history.teaches[one].onward) for to in codes.settings]
            for one in codes.settings
        ]
    )


def _drift(events: Floats, among: Floats, *, trend: bool, shares: bool) -> Drift:
    """How a rate moved over the years, given events and among how many, by year and year group."""
    years = events.shape[0]
    whole = among.sum(axis=0)
    rate = np.divide(events.sum(axis=0), whole, out=np.zeros_like(whole), where=whole > 0)
    expected = (among * rate).sum(axis=1)
    varies = (among * rate * (1 - rate if shares else 1)).sum(axis=1)
    seen = events.sum(axis=1)
    unsure = 0.0 if years >= _ENOUGH else _UNSURE
    if years < 2 or not (varies > 0).all():
        return Drift(unsure=unsure)
    at = np.arange(years, dtype=float)
    at -= float((at * varies).sum() / varies.sum())
    weight = float((at * at * varies).sum())
    slope = float((at * (seen - expected)).sum()) / weight
    error = weight**-0.5
    clear = trend and abs(slope) >= _CLEAR * error
    expected = expected * np.exp(slope * at) if clear else expected
    free = years - 1 - clear
    spread = 0.0
    if free > 0 and _too_much(float(((seen - expected) ** 2 / varies).sum()), free):
        beyond = ((seen - expected) / expected) ** 2 - varies / expected**2
        spread = float(np.sqrt(max(0.0, float(beyond.sum()) / free)))
    if not clear:
        return Drift(spread=spread, unsure=unsure)
    return Drift(slope, error, float(at[-1]), spread, unsure)


def _too_much(chi: float, free: int) -> bool:
    """Whether years differ more than chance would have it (Wilson and Hilferty's approximation)."""
    spread = 2 / (9 * free)
    return float(((chi / free) ** (1 / 3) - (1 - spread)) / spread**0.5) > _DIFFER
