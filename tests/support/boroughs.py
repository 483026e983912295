"""Boroughs simulated by known rates, to hold a forecast of plans against what then came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from caseworker_app.domain.place_planning.assumptions import Assumptions
from caseworker_app.domain.place_planning.back_test import LARGE, compared
from caseworker_app.domain.place_planning.history import OUT, Move, PlacesHistory, Teaches

_SETTINGS = {
    "nursery": (-2, -1),
    "primary": (0, 6),
    "secondary": (7, 11),
    "special": (0, 13),
    "unit": (0, 11),
    "college": (12, 15),
}
_NEEDS = ("ASD", "SEMH", "SLCN", "MLD")
_FIRST, _LAST, _BEGINS = -3, 15, 2000


@dataclass(frozen=True, slots=True)
class Borough:
    """A borough's own rates.

    Attributes:
        leaves: how likely a plan ceases, by year group.
        by_need: by how much likelier with a need.
        moves: how likely somebody moves who need not, by year group.
        joins: how many of those who live here join a year, by year group.
        mix: how likely each need is among them.
        to_special: how likely special is among settings to go to.
    """

    leaves: dict[int, float]
    by_need: dict[str, float]
    moves: dict[int, float]
    joins: dict[int, float]
    mix: list[float]
    to_special: float


def drawn(draw: Random, size: float = 1.0) -> Borough:
    """A borough; `size` 1 is one of about two thousand plans."""
    groups = range(_FIRST, _LAST + 1)
    ends = {11: 0.25, 12: 0.15, 13: 0.3, 14: 0.5, 15: 1.0}
    usual = draw.uniform(0.01, 0.05)
    return Borough(
        {one: min(1.0, ends.get(one, usual) * draw.uniform(0.8, 1.2)) for one in groups},
        {one: draw.uniform(0.7, 1.4) for one in _NEEDS},
        {one: draw.uniform(0.01, 0.08) for one in groups},
        {one: size * draw.uniform(0.5, 1.5) * (0.004 if one < 8 else 0.001) for one in groups},
        [draw.uniform(0.1, 0.5) for _ in _NEEDS],
        draw.uniform(0.1, 0.4),
    )


def lived(borough: Borough, draw: Random, years: int) -> PlacesHistory:
    """The last years of a borough that has long lived by its rates."""
    people = {
        (year, one): 5000 * (1.01 ** (year - _BEGINS)) * (1.3 if one > 3 else 1.0)
        for year in range(_BEGINS, _BEGINS + 40)
        for one in range(_FIRST, _LAST + 1)
    }
    onward = frozenset(_SETTINGS)
    teaches = {one: Teaches(*span, frozenset(_NEEDS), onward) for one, span in _SETTINGS.items()}
    plans: list[tuple[str, str, int]] = []
    moves: list[Move] = []
    long = 16 + years
    for year in range(_BEGINS, _BEGINS + long):
        rows = [*_year(borough, draw, plans, year), *_joining(borough, draw, people, year)]
        plans = [(one.to_setting, one.to_need, one.to_taught) for one in rows if not one.leaves]
        moves += rows if year >= _BEGINS + long - years else ()
    return PlacesHistory(moves, people, teaches)


def _year(
    borough: Borough, draw: Random, plans: list[tuple[str, str, int]], year: int
) -> Iterator[Move]:
    for setting, need, taught in plans:
        if draw.random() < borough.leaves[taught] * borough.by_need[need] or taught >= _LAST:
            yield Move(year, setting, need, taught, OUT, OUT, taught + 1)
            continue
        least, most = _SETTINGS[setting]
        to = setting
        if not least <= taught + 1 <= most or draw.random() < borough.moves[taught]:
            to = _goes(borough, draw, taught + 1, setting)
        yield Move(year, setting, need, taught, to, need, taught + 1)


def _joining(
    borough: Borough, draw: Random, people: dict[tuple[int, int], float], year: int
) -> Iterator[Move]:
    for taught in range(_FIRST, _LAST):
        # A Poisson number, by counting how often an exponential wait fits.
        waits, expected = 0.0, borough.joins[taught] * people[year, taught]
        while (waits := waits + draw.expovariate(1.0)) < expected:
            need = draw.choices(_NEEDS, borough.mix)[0]
            to = _goes(borough, draw, taught + 1, "")
            yield Move(year, OUT, OUT, taught, to, need, taught + 1)


def _goes(borough: Borough, draw: Random, taught: int, leaving: str) -> str:
    can = [
        one
        for one, (least, most) in _SETTINGS.items()
        if least <= taught <= most and one != leaving
    ]
    weights = [
        borough.to_special if one == "special" else 0.05 if one == "unit" else 1 for one in can
    ]
    return draw.choices(can, weights)[0] if can else leaving


def tried(count: int, seed: int, simulations: int = 300) -> tuple[int, int]:
    """How often the band of 80 % held what came, and how often it was asked.

    Asked are the total, and settings and needs of `LARGE` plans or more, one to three years on.
    """
    from caseworker_app.services.places.simulating import forecast

    held = asked = 0
    for at in range(count):
        draw = Random(f"{seed}:{at}")
        known, ahead = draw.randint(3, 6), draw.randint(1, 3)
        history = lived(drawn(draw, draw.uniform(0.5, 1.5)), draw, known + ahead)
        before = history.until(history.starts - ahead)
        assumed = Assumptions(
            rates_from=known, ahead=ahead, simulations=simulations, seed=draw.randrange(10**6)
        )
        for one in compared(forecast(before, assumed), history).compared:
            if one.part != "years_taught" and (one.part == "total" or one.truth >= LARGE):
                asked += 1
                held += one.held
    return held, asked
