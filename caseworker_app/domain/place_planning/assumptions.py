"""What a forecast of plans assumes, as it is typed, kept as text, and told in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from caseworker_app.domain.errors import Refused

RATES_FROM = 3
"""How many of the latest years give the rates, unless somebody says otherwise."""

_BOUNDS: Mapping[str, tuple[float, float, str]] = {
    "growth": (-50, 100, "Growth of new plans a year"),
    "ceasing": (0, 300, "Ceasing"),
    "special": (0, 300, "Share to special"),
    "rates_from": (1, 20, "Years that give the rates"),
    "ahead": (1, 10, "Years ahead"),
    "simulations": (50, 5000, "Simulations"),
    "seed": (0, 999_999_999, "Seed"),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a forecast assumes beyond its history.

    Attributes:
        growth: by how many per cent a year the rate of new plans grows, beyond the population.
        ceasing: how often plans cease, as a per cent of how often they did.
        special: how often somebody who joins or moves goes to special, as a per cent of before.
        rates_from: how many of the latest years give the rates.
        trend: whether a clear rise or fall of the rates goes on, by half as much each year.
        ahead: how many years.
        simulations, seed: how it is drawn.
    """

    growth: float = 0.0
    ceasing: float = 100.0
    special: float = 100.0
    rates_from: int = RATES_FROM
    trend: bool = True
    ahead: int = 5
    simulations: int = 1000
    seed: int = 7

    def __post_init__(self) -> None:
        """Raises `Refused` with the field where a figure is out of bounds."""
        for name, (least, most, words) in _BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                said = f"{words} goes from {least:,g} to {most:,g}; {value:,g} is outside."
                raise Refused(said, name)

    @property
    def text(self) -> str:
        """As a scenario keeps it."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def words(self) -> str:
        """In a sentence."""
        trend = "clear trends carried on, halving" if self.trend else "no trend carried on"
        return (
            f"New plans {self.growth:+g} % a year beyond the population · ceasing at "
            f"{self.ceasing:g} % and moves to special at {self.special:g} % of what they were · "
            f"rates of the last {self.rates_from} years · {trend} · {self.simulations:,} "
            f"simulations, seed {self.seed}"
        )


def read_assumptions(text: str) -> Assumptions:
    """Assumptions as a scenario keeps them.

    Raises:
        Refused: the text is none, or a figure is out of bounds.
    """
    try:
        found: Any = json.loads(text)
        usual = asdict(Assumptions())
        return Assumptions(**{key: type(usual[key])(value) for key, value in found.items()})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("What this scenario assumes cannot be read.", "assumptions") from error
