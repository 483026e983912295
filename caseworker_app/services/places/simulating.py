"""A forecast of plans: the stock moved on year by year, many times over, by drawn rates.

Each simulation draws its own rates from what the history leaves open, and then what happens to each
plan: it ceases, it goes on where it is, or it moves; and others join, by rate of population. So the
bands say both how little is known and how much is chance. The same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.place_planning.assumptions import Assumptions
from caseworker_app.domain.place_planning.history import PlacesHistory
from caseworker_app.domain.place_planning.projection import QUANTILES, Band, January, Projection
from caseworker_app.services.places.fitting import Counted, Drift, count
from caseworker_app.services.places.shrinking import (
    Floats,
    Ints,
    draw_rates,
    draw_shares,
    rate_strength,
    strength,
)
from caseworker_app.services.progress import Progress

_AT_ONCE = 200
"""Simulations drawn together: more would take more memory."""

_HALVES = 0.5
"""By how much a trend weakens each year."""

_HARDLY = 1e-3
"""How likely a setting without any plan is, beside one with one."""

Picked = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Worth:
    """How strongly each group is drawn towards the larger one; see `shrinking`."""

    leave: tuple[float, float, float]
    by_need: float
    move: tuple[float, float, float]
    onward: tuple[float, float, float]
    join: float
    mix: tuple[float, float]
    need: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Rates of some simulations, the first index; see `Counted` for the others."""

    leaves: Floats
    moves: Floats
    onward: Floats
    joins: Floats
    mix: Floats
    needs: Floats | None


def forecast(
    history: PlacesHistory, assumed: Assumptions, progress: Progress | None = None
) -> Projection:
    """Forecast the plans of each January from the last one known.

    Args:
        history: what is known.
        assumed: what is assumed beyond it.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: there is no year of history to take rates from.
    """
    counted = count(history, assumed.rates_from, trend=assumed.trend)
    if not counted.stock.any():
        raise Refused("There is no plan in the last January known, so there is none to move on.")
    worth = _weigh(counted)
    rng = np.random.Generator(np.random.PCG64(assumed.seed))
    parts: list[list[Ints]] = []
    for begun in range(0, assumed.simulations, _AT_ONCE):
        if progress is not None:
            progress(begun, assumed.simulations, "Simulating")
        many = min(_AT_ONCE, assumed.simulations - begun)
        parts.append(_Run(rng, history, assumed, counted, worth, many).years())
    yearly = [np.concatenate([part[at] for part in parts]) for at in range(assumed.ahead + 1)]
    start = history.starts
    januaries = [_january(start + at, one, counted, history) for at, one in enumerate(yearly)]
    return Projection(tuple(januaries), _notes(history, assumed, counted))


def _weigh(counted: Counted) -> _Worth:
    """The strengths, from what was seen."""
    left, stayed_on = counted.left, counted.here - counted.left
    leave = _chain(counted, np.stack([left.sum(axis=2), stayed_on.sum(axis=2)], axis=-1))
    move = _chain(counted, np.stack([counted.moved, counted.stayed], axis=-1))
    here = counted.here.sum(axis=2, keepdims=True)
    rate = np.divide(left.sum(axis=2, keepdims=True), here, out=np.zeros_like(here), where=here > 0)
    expected = (counted.here * rate).sum(axis=(0, 1))
    joined = counted.joined.sum(axis=(1, 2))
    by_phase = _by_phase(counted, counted.exposed)
    phase_rate = np.divide(
        _by_phase(counted, joined), by_phase, out=np.zeros_like(by_phase), where=by_phase > 0
    )
    mixed = counted.joined.reshape(len(joined), -1)
    phases = _by_phase(counted, mixed)
    off = counted.changed - np.diag(np.diag(counted.changed))
    return _Worth(
        leave,
        rate_strength(left.sum(axis=(0, 1)), expected),
        move,
        _chain(counted, counted.onward),
        rate_strength(joined, counted.exposed * phase_rate[counted.phase]),
        (
            strength(phases, _shares(phases.sum(axis=0, keepdims=True))),
            strength(mixed, _shares(phases)[counted.phase]),
        ),
        strength(_stay_or_change(counted.changed, off), _pooled(counted.changed, off)),
    )


def _chain(counted: Counted, counts: Floats) -> tuple[float, float, float]:
    """The strengths from all to phase, to year group, to setting within it."""
    groups = counts.sum(axis=1)
    phases = _by_phase(counted, groups)
    flat = counts.reshape(-1, counts.shape[-1])
    above = np.repeat(_shares(groups), counts.shape[1], axis=0)
    return (
        strength(phases, _shares(phases.sum(axis=0, keepdims=True))),
        strength(groups, _shares(phases)[counted.phase]),
        strength(flat, above),
    )


def _by_phase(counted: Counted, by_group: Floats) -> Floats:
    found = np.zeros((int(counted.phase.max()) + 1, *by_group.shape[1:]))
    np.add.at(found, counted.phase, by_group)
    return found


def _shares(counts: Floats) -> Floats:
    whole = counts.sum(axis=-1, keepdims=True)
    even = np.full_like(counts, 1 / counts.shape[-1])
    return np.where(whole > 0, counts / np.where(whole > 0, whole, 1), even)


def _stay_or_change(changed: Floats, off: Floats) -> Floats:
    return np.stack([off.sum(axis=1), np.diag(changed)], axis=-1)


def _pooled(changed: Floats, off: Floats) -> Floats:
    both = _stay_or_change(changed, off)
    return np.repeat(_shares(both.sum(axis=0, keepdims=True)), len(both), axis=0)


class _Run:
    """Some simulations, moved on together."""

    def __init__(
        self,
        rng: np.random.Generator,
        history: PlacesHistory,
        assumed: Assumptions,
        counted: Counted,
        worth: _Worth,
        many: int,
    ) -> None:
        self._rng = rng
        self._history = history
        self._assumed = assumed
        self._counted = counted
        self._many = many
        special = np.array([one in history.special for one in counted.codes.settings])
        self._favour = np.where(special, assumed.special / 100, 1.0)
        self._drawn = self._draw(worth)
        self._slopes = [
            rng.normal(one.slope, one.error, many) for one in (counted.ceasing, counted.joining)
        ]
        self._levels = [
            rng.normal(0.0, one.unsure, many) for one in (counted.ceasing, counted.joining)
        ]

    def years(self) -> list[Ints]:
        """The plans of each January, by simulation, year group, setting and need."""
        stock = np.broadcast_to(self._counted.stock, (self._many, *self._counted.stock.shape))
        found = [stock]
        for ahead in range(1, self._assumed.ahead + 1):
            stock = self._next(stock, ahead)
            found.append(stock)
        return found

    def _draw(self, worth: _Worth) -> _Drawn:
        counted, rng = self._counted, self._rng
        left = counted.left.sum(axis=2)
        leave = np.stack([left, counted.here.sum(axis=2) - left], axis=-1)
        share = self._chained(leave, worth.leave)[..., 0]
        with np.errstate(divide="ignore"):
            odds = share / (1 - share)
        by_need = self._by_need(worth.by_need)
        moved = np.stack([counted.moved, counted.stayed], axis=-1)
        joined = counted.joined.reshape(len(counted.joined), -1)
        phases = _by_phase(counted, joined)
        everywhere = self._every(_shares(phases.sum(axis=0, keepdims=True)), len(phases))
        mix = draw_shares(rng, everywhere, phases, worth.mix[0])
        return _Drawn(
            odds[..., None] * by_need[:, None, None, :],
            self._chained(moved, worth.move)[..., 0],
            self._chained(counted.onward, worth.onward),
            self._rates(worth.join),
            draw_shares(rng, mix[:, counted.phase], joined, worth.mix[1]),
            self._needs(worth.need),
        )

    def _every(self, shares: Floats, rows: int) -> Floats:
        return np.broadcast_to(shares, (self._many, rows, shares.shape[-1]))

    def _chained(self, counts: Floats, worth: tuple[float, float, float]) -> Floats:
        """Shares by year group and setting, by way of those of the phase and the year group."""
        counted = self._counted
        groups = counts.sum(axis=1)
        phases = _by_phase(counted, groups)
        every = self._every(_shares(phases.sum(axis=0, keepdims=True)), len(phases))
        of_phase = draw_shares(self._rng, every, phases, worth[0])
        of_group = draw_shares(self._rng, of_phase[:, counted.phase], groups, worth[1])
        above = np.repeat(of_group[:, :, None, :], counts.shape[1], axis=2)
        return draw_shares(self._rng, above, counts, worth[2])

    def _by_need(self, worth: float) -> Floats:
        """By how much plans of a need cease oftener than others."""
        here, left = self._counted.here, self._counted.left
        whole = here.sum(axis=2, keepdims=True)
        rate = np.divide(
            left.sum(axis=2, keepdims=True), whole, out=np.zeros_like(whole), where=whole > 0
        )
        expected = (here * rate).sum(axis=(0, 1))
        ones = np.ones((self._many, here.shape[2]))
        return draw_rates(self._rng, ones, left.sum(axis=(0, 1)), expected, worth)

    def _rates(self, worth: float) -> Floats:
        """How many join a year of those who live here, by year group."""
        counted = self._counted
        joined = counted.joined.sum(axis=(1, 2))
        by_phase = _by_phase(counted, joined)
        people = _by_phase(counted, counted.exposed)
        drawn = self._rng.standard_gamma(by_phase + 0.01, size=(self._many, len(by_phase)))
        of_phase = drawn / np.maximum(people, 1)
        return draw_rates(self._rng, of_phase[:, counted.phase], joined, counted.exposed, worth)

    def _needs(self, worth: float) -> Floats | None:
        """To which need a plan of each need goes on; None where none was ever seen to change."""
        changed = self._counted.changed
        off = changed - np.diag(np.diag(changed))
        if not off.any():
            return None
        every = np.broadcast_to(_pooled(changed, off), (self._many, len(changed), 2))
        goes = draw_shares(self._rng, every, _stay_or_change(changed, off), worth)[..., :1]
        whole = self._every(_shares(off.sum(axis=0, keepdims=True)), len(off))
        to = draw_shares(self._rng, whole, off, 1.0) * (1 - np.eye(len(off)))
        to = to / np.maximum(to.sum(axis=-1, keepdims=True), 1e-12)
        found: Floats = goes * to + (1 - goes) * np.eye(len(off))
        return found

    def _next(self, stock: Ints, ahead: int) -> Ints:
        """The plans a year later."""
        counted, drawn, rng = self._counted, self._drawn, self._rng
        factor = self._shift(0, counted.ceasing, ahead) * self._assumed.ceasing / 100
        odds = drawn.leaves * factor[:, None, None, None]
        with np.errstate(invalid="ignore"):
            leaves = np.where(np.isinf(odds), 1.0, odds / (1 + odds))
        going_on = stock - rng.binomial(stock, leaves)
        moves = np.broadcast_to(drawn.moves[..., None], stock.shape)
        moving = rng.binomial(going_on, np.where(self._can_stay(), moves, 1.0))
        later = np.zeros_like(stock)
        later[:, 1:] = (going_on - moving)[:, :-1]
        self._move(moving, later)
        if drawn.needs is not None:
            later = self._change_needs(later, drawn.needs)
        self._join(later, ahead)
        return later

    def _can_stay(self) -> npt.NDArray[np.bool_]:
        can = np.zeros(self._counted.takes.shape, dtype=bool)
        can[:-1] = self._counted.takes[1:] > 0
        return can

    def _shift(self, which: int, drift: Drift, ahead: int) -> Floats:
        """What a rate is multiplied by in a year ahead, for its trend and what is not known."""
        on = drift.lead + sum(_HALVES**at for at in range(1, ahead + 1))
        unrest = self._rng.normal(0.0, 1.0, self._many) * drift.spread
        return np.exp(self._levels[which] + self._slopes[which] * on + unrest)

    def _move(self, moving: Ints, later: Ints) -> None:
        """Those who move, each to a setting that takes them; who can go nowhere leaves."""
        counted, where = self._counted, np.nonzero(moving)
        run, group, setting, need = (np.repeat(one, moving[where]) for one in where)
        young = group < len(counted.takes) - 1
        run, group, setting, need = (one[young] for one in (run, group, setting, need))
        after = group + 1
        may = counted.may_move[setting] * counted.takes[after, :, need] * self._favour
        weight = self._drawn.onward[run, group, setting] * may
        # Where nobody was seen to go, a setting is as likely as it has plans.
        elsewhere = may * (counted.stock.sum(axis=(0, 2)) + _HARDLY)
        weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, elsewhere)
        to, found = self._pick(weight)
        np.add.at(later, (run[found], after[found], to[found], need[found]), 1)

    def _join(self, later: Ints, ahead: int) -> None:
        """Those who join, by rate of the population."""
        counted, assumed = self._counted, self._assumed
        year = self._history.starts + ahead - 1
        people = np.array([self._history.people(year, one) for one in counted.codes.groups])
        growth = (1 + assumed.growth / 100) ** ahead
        factor = self._shift(1, counted.joining, ahead) * growth
        many = self._rng.poisson(self._drawn.joins * (people * counted.may_join) * factor[:, None])
        where = np.nonzero(many)
        run, group = (np.repeat(one, many[where]) for one in where)
        settings, needs = counted.stock.shape[1:]
        can = counted.takes[group + 1] * self._favour[:, None]
        can = can.reshape(len(can), settings * needs)
        weight = self._drawn.mix[run, group] * can
        weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, can)
        to, found = self._pick(weight)
        setting, need = np.divmod(to, needs)
        np.add.at(later, (run[found], group[found] + 1, setting[found], need[found]), 1)

    def _pick(self, weight: Floats) -> tuple[Picked, npt.NDArray[np.bool_]]:
        """One column of each row, as often as it weighs; and which rows weigh anything."""
        heap = weight.cumsum(axis=1)
        whole = heap[:, -1]
        at = self._rng.random(len(weight)) * whole
        found = whole > 0
        picked = (heap <= at[:, None]).sum(axis=1)
        return np.minimum(picked, weight.shape[1] - 1), found

    def _change_needs(self, stock: Ints, needs: Floats) -> Ints:
        """Plans whose need is another a year later, where the setting takes it."""
        found = np.zeros_like(stock)
        takes = self._counted.takes
        for need in range(stock.shape[3]):
            weight = needs[:, None, None, need, :] * takes
            kept = np.broadcast_to(np.eye(takes.shape[2])[need], weight.shape)
            whole = weight.sum(axis=-1, keepdims=True)
            share = np.where(whole > 0, weight / np.where(whole > 0, whole, 1), kept)
            found += self._rng.multinomial(stock[..., need], share)
        return found


def _january(year: int, stock: Ints, counted: Counted, history: PlacesHistory) -> January:
    codes = counted.codes
    cost = None
    if history.costs:
        each = np.array(
            [
                [history.costs.get((need, one), 0.0) for need in codes.needs]
                for one in codes.settings
            ]
        )
        cost = _band(stock.sum(axis=1).reshape(len(stock), -1) @ each.reshape(-1))
    return January(
        year,
        _band(stock.sum(axis=(1, 2, 3))),
        _bands(codes.settings, stock.sum(axis=(1, 3))),
        _bands(codes.needs, stock.sum(axis=(1, 2))),
        _bands([str(one) for one in codes.groups], stock.sum(axis=(2, 3))),
        cost,
    )


def _bands(codes: Sequence[str], stock: Ints) -> dict[str, Band]:
    return {code: _band(stock[:, at]) for at, code in enumerate(codes)}


def _band(drawn: npt.NDArray[np.int64] | Floats) -> Band:
    found = np.quantile(drawn, list(QUANTILES.values()))
    return Band(round(float(drawn.mean()), 2), *(round(float(one), 1) for one in found))


def _notes(history: PlacesHistory, assumed: Assumptions, counted: Counted) -> tuple[str, ...]:
    years = history.years[-assumed.rates_from :]
    said = [
        f"Rates come from the {len(years)} years from January {years[0]} to January "
        f"{years[-1] + 1}. New plans follow the population of each year group at the rate of "
        "those years" + (f", with {assumed.growth:+g} % a year upon it." if assumed.growth else ".")
    ]
    told: Callable[[str, Drift], list[str]] = _drift_words
    said += told("Ceasing", counted.ceasing) + told("Joining", counted.joining)
    last = max((year for year, _ in history.population), default=0)
    if last < history.starts + assumed.ahead - 1:
        said.append(
            f"The population is known up to {last}; later years are taken to be like the nearest."
            if last
            else "No population is known, so new plans are taken to stay as many as they were."
        )
    return (*said, *history.doubts)


def _drift_words(what: str, drift: Drift) -> list[str]:
    found = []
    if drift.slope:
        way = "fell" if drift.slope < 0 else "rose"
        change = abs(float(np.exp(drift.slope)) - 1)
        found.append(
            f"{what} {way} by {change:.0%} a year, more than chance would; that goes on in the "
            "forecast, by half as much each year."
        )
    if drift.spread:
        found.append(
            f"{what} differed from year to year more than chance would; the band is as much wider."
        )
    if drift.unsure and what == "Ceasing":
        found.append(
            "With fewer than three years nobody can tell whether one is like another, so all rates "
            f"are let lie higher or lower by about {drift.unsure:.0%}."
        )
    return found
