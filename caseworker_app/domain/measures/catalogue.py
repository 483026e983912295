"""What the board asks to be measured: the catalogue's rows, their targets and ratings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_TARGET = re.compile(r"(>=|<=|>|<|)(\d+(?:\.\d+)?)(%?)")

_SIGNS = {">=": "at least", "<=": "at most", ">": "over", "<": "under"}

_CLOSE_SHARE = 0.10
_CLOSE_COUNT = 0.10


class Rating(StrEnum):
    """How a figure stands against its target."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"

    @property
    def words(self) -> str:
        """The rating in words, which stand beside its colour."""
        return _WORDS[self]


_WORDS = {
    Rating.GREEN: "On target",
    Rating.AMBER: "Close to target",
    Rating.RED: "Off target",
    Rating.NONE: "Not rated",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A target that a figure can be held against.

    Attributes:
        sign: `>=`, `<=`, `>` or `<`.
        number: a fraction for a per cent target, else a count.
        share: whether it is a per cent target.
    """

    sign: str
    number: float
    share: bool

    def rating(self, value: float) -> Rating:
        """Green where the target is reached, amber near it, red otherwise.

        Near is within 10 percentage points, and for a count within a tenth of the target. A target
        of 0 has no near.
        """
        if self._reached(value):
            return Rating.GREEN
        near = _CLOSE_SHARE if self.share else _CLOSE_COUNT * self.number
        short_by = abs(value - self.number)
        return Rating.AMBER if short_by <= near + 1e-9 else Rating.RED

    def _reached(self, value: float) -> bool:
        match self.sign:
            case ">=":
                return value >= self.number
            case "<=":
                return value <= self.number
            case ">":
                return value > self.number
            case _:
                return value < self.number


def read_target(text: str) -> Target | None:
    """The target in `>=60%`, `100%`, `<150`, `>100`, `0`, or None for a target in words.

    A bare per cent is a floor, a bare count a ceiling: `100%` of plans, `0` left.
    """
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        return None
    sign, number, per_cent = found.groups()
    if per_cent:
        return Target(sign or ">=", float(number) / 100, share=True)
    return Target(sign or "<=", float(number), share=False)


def target_words(text: str) -> str:
    """The target as people read it: `>=60%` is "at least 60%"; any other text stays as it is."""
    found = _TARGET.fullmatch(text.strip())
    sign = found.group(1) if found else ""
    return f"{_SIGNS[sign]} {text.strip()[len(sign) :]}" if sign else text


@dataclass(frozen=True, slots=True)
class Beside:
    """A further figure beside a measure's own: the strict reading, or what its counts leave out."""

    suffix: str
    statement: str
    definition: str


@dataclass(frozen=True, slots=True)
class HandPart:
    """A figure by hand that belongs to a measure and is entered as `ref-suffix`."""

    suffix: str
    statement: str


OVER: Mapping[str, str] = MappingProxyType(
    {
        "period": "Over the period.",
        "day": "As at the day.",
        "year": "Over a year.",
        "month": "Over a month.",
    }
)
"""What a figure is of, in words."""

OF_THE_PERIOD = "period"
"""The one of `OVER` that another period has another figure of, whatever the day."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the catalogue.

    Attributes:
        ref: as the council's documents number it, `W1.4g`.
        target: as written; `read_target` says whether it can be rated.
        due: year, or year and month, or "".
        definition: how it is counted, in whole sentences.
        numerator, denominator: what counts, and of what; "" for a milestone, and for a count.
        over: a key of `OVER`; "" for a milestone.
        notes: what else is to be known.
        waits_for: what has to be recorded before it can be answered, or "" when it can be.
        beside: further figures, each shown after it as `ref-suffix`.
        baseline: where it stood when the target was set, in words, or "".
        milestone: whether it is something to be done, and no figure.
        by_hand: whether no case can give it.
        unit: of what the figure by hand is; "people" where it counts them.
        hand: what is entered by hand: the figure itself, or what cases lack for it; "" for nothing.
        share: whether that has a numerator and a denominator.
        parts: further figures by hand that belong to it.
    """

    ref: str
    source: str
    workstream: str
    statement: str
    target: str
    due: str
    cycle: str
    lead: str
    definition: str
    waits_for: str = ""
    beside: tuple[Beside, ...] = ()
    baseline: str = ""
    milestone: bool = False
    by_hand: bool = False
    unit: str = "people"
    hand: str = ""
    share: bool = False
    parts: tuple[HandPart, ...] = ()
    over: str = ""
    numerator: str = ""
    denominator: str = ""
    notes: str = ""

    @property
    def direction(self) -> str:
        """Which way is better: "higher", "lower", or "" where the target does not say."""
        aim = read_target(self.target)
        if aim is not None:
            return "higher" if aim.sign in (">=", ">") else "lower"
        if self.target.startswith(("rising", ">=+", "over", "large majority", "at least")):
            return "higher"
        return "lower" if self.target.startswith(("falling", "half", "kept very low")) else ""

    @property
    def counted_over(self) -> str:
        """What the figure is of and which way is better, in sentences; "" for a milestone."""
        better = f" {self.direction.capitalize()} is better." if self.direction else ""
        return f"{OVER[self.over]}{better}" if self.over else ""
