"""Figures given by hand: the latest as at a day, its trend, and how it stands to its target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.brought_in import AutismReferral
from caseworker_app.domain.declarations.promised import HandValue
from caseworker_app.domain.measures.autism_path import Path
from caseworker_app.domain.measures.board import Figure
from caseworker_app.domain.measures.catalogue import Measure, Rating, Target, read_target
from caseworker_app.domain.primitives import add_months

_GROWTH = re.compile(r">=\+(\d+(?:\.\d+)?)% a (year|month)")
_DAYS = MappingProxyType({"year": 365.25, "month": 30.4375})
_MEANT = MappingProxyType(
    {
        "balanced": Target(">=", 0, share=False),
        "at least equal": Target(">=", 0, share=False),
        "bi-monthly": Target(">=", 1.0, share=True),
    }
)
"""Targets in words that say a number all the same."""

CYCLES = MappingProxyType(
    {"monthly": 1, "every two months": 2, "quarterly": 3, "termly": 4, "yearly": 12}
)
"""How many months lie between two figures of a measure."""

_SMALL = range(1, 5)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a milestone stands by the improvement plan: the latest status, its day and words."""

    done: bool
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What people told the store that no case can give.

    Attributes:
        values: every figure by hand.
        referrals: the autism referrals, where the council keeps a list.
        path: what is planned of the autism path, or None.
        standings: how the milestones stand, by the ref of the catalogue.
        places: places commissioned in the school year, by kind: "special", "fe".
        pupils: the population of school age, with where it comes from; None where nobody told.
    """

    values: tuple[HandValue, ...] = ()
    referrals: tuple[AutismReferral, ...] = ()
    path: Path | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    pupils: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure to enter by hand: the ref that it is entered as, and what is asked."""

    ref: str
    measure: Measure
    asks: str
    share: bool


def entries(catalogue: Iterable[Measure]) -> tuple[Entry, ...]:
    """Every figure that is entered by hand, in the catalogue's order."""
    found = []
    for one in catalogue:
        if one.hand or one.by_hand:
            asks = one.hand or "1 once it is done, 0 until then"
            found.append(Entry(one.ref, one, asks, one.share))
        found += [
            Entry(f"{one.ref}-{part.suffix}", one, part.statement, share=False)
            for part in one.parts
        ]
    return tuple(found)


def series(
    values: Iterable[HandValue], ref: str, as_at: date, *, share: bool = False
) -> tuple[Figure, ...]:
    """The figures of a ref up to a day, oldest first.

    Args:
        values: of any measure.
        ref: as entered, in any case of letters.
        as_at: figures of a later day are left out.
        share: whether a plain value is in per cent.
    """
    found = (
        _figure(one, share)
        for one in values
        if one.measure.strip().casefold() == ref.casefold() and one.on <= as_at
    )
    return tuple(sorted(found, key=lambda one: (one.on, one.since or date.min)))


def _figure(one: HandValue, share: bool) -> Figure:
    if one.denominator:
        part, whole = float(one.numerator), float(one.denominator)
        return Figure(one.since, one.on, part / whole, part, whole, one.source, one.by)
    value = float(one.value) / 100 if share else float(one.value)
    return Figure(one.since, one.on, value, None, None, one.source, one.by)


def trend_words(figures: Sequence[Figure], *, share: bool) -> str:
    """How the latest figure stands to the one before: "up from 12 on 31 Mar 2026"; "" with one."""
    if len(figures) < 2:
        return ""
    before, now = figures[-2], figures[-1]
    if now.value == before.value:
        return f"the same as on {day_words(before.on)}"
    way = "up" if now.value > before.value else "down"
    return f"{way} from {value_words(before.value, share=share)} on {day_words(before.on)}"


def value_words(value: float, *, share: bool) -> str:
    """A figure as people read it: per cent of a share, no needless decimals of any other."""
    if share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def rating_of(measure: Measure, figures: Sequence[Figure]) -> Rating:
    """How the latest of some figures stands against the measure's target.

    A target to rise or fall is held against the figure before, one of growth against the latest
    that is at least its year or month older. A target in other words is not rated.
    """
    if not figures:
        return Rating.NONE
    aim = read_target(measure.target) or _MEANT.get(measure.target)
    if aim is not None:
        # The share of a count, or a count with no denominator, cannot be held against the other.
        return aim.rating(figures[-1].value) if aim.share == measure.share else Rating.NONE
    if growth := _GROWTH.fullmatch(measure.target):
        return _grown(figures, float(growth.group(1)) / 100, growth.group(2))
    if measure.target in ("rising", "falling") and len(figures) > 1:
        return _moved(figures, rises=measure.target == "rising")
    return Rating.NONE


def _grown(figures: Sequence[Figure], by: float, every: str) -> Rating:
    now = figures[-1]
    least = add_months(now.on, -12 if every == "year" else -1)
    earlier = [one for one in figures if one.on <= least]
    if not earlier or earlier[-1].value <= 0:
        return Rating.NONE
    spans = (now.on - earlier[-1].on).days / _DAYS[every]
    wanted = round(earlier[-1].value * (1 + by) ** round(spans), 6)
    return Target(">=", wanted, share=False).rating(now.value)


def _moved(figures: Sequence[Figure], *, rises: bool) -> Rating:
    before, now = figures[-2].value, figures[-1].value
    if now == before:
        return Rating.AMBER
    return Rating.GREEN if (now > before) == rises else Rating.RED


def is_small(measure: Measure, figure: Figure) -> bool:
    """Whether a figure tells of so few people that a public return may not show it."""
    if measure.unit != "people":
        return False
    if figure.numerator is None or figure.denominator is None:
        return not measure.share and figure.value in _SMALL
    rest = figure.denominator - figure.numerator
    return any(one in _SMALL for one in (figure.numerator, figure.denominator, rest))


def is_due(cycle: str, last: date | None, today: date) -> bool:
    """Whether a figure of a cycle is to be entered anew: none yet, or its time has gone by.

    A month is given after the period ends, for figures take that long to come.
    """
    months = CYCLES.get(cycle)
    if months is None:
        return last is None
    return last is None or add_months(last, months + 1) < today
