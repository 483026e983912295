"""The months that charts go over: the month of a day, and the twelve before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.day_words import month_words, short_month
from caseworker_app.domain.measures.board import Period

T = TypeVar("T")
MONTHS_BACK = 12
"""Thirteen columns: this month, and the same month last year to hold it against."""


@dataclass(frozen=True, slots=True)
class Months:
    """Months in order, the last of which holds the day.

    Attributes:
        firsts: the first day of each.
    """

    as_at: date
    firsts: tuple[date, ...]

    @property
    def period(self) -> Period:
        """From the first day of all to the day."""
        return Period(self.firsts[0], self.as_at)

    @property
    def words(self) -> tuple[str, ...]:
        """Each as a person reads it: `November 2026`; one that still runs says so."""
        ends = (self.as_at + timedelta(days=1)).day == 1
        *before, last = (month_words(first.isoformat()[:7]) for first in self.firsts)
        return (*before, last if ends else f"{last}, so far")

    @property
    def short(self) -> tuple[str, ...]:
        """The month alone, and the year where one begins."""
        names = [short_month(first).split() for first in self.firsts]
        return tuple(
            f"{name} {year}" if not at or name == "Jan" else name
            for at, (name, year) in enumerate(names)
        )

    def sorted_out(
        self, things: Iterable[T], day: Callable[[T], date | None]
    ) -> Sequence[Sequence[T]]:
        """The things of each month; those of no day, or of another month, are left out."""
        found: list[list[T]] = [[] for _ in self.firsts]
        places = {(first.year, first.month): at for at, first in enumerate(self.firsts)}
        for one in things:
            on = day(one)
            if on is not None and on <= self.as_at:
                at = places.get((on.year, on.month))
                if at is not None:
                    found[at].append(one)
        return found


def months_to(as_at: date) -> Months:
    """The month of a day and the twelve before it."""
    first = as_at.replace(day=1)
    back = min(MONTHS_BACK, 12 * (first.year - 1) + first.month - 1)
    return Months(
        as_at, tuple(first - relativedelta(months=before) for before in range(back, -1, -1))
    )
