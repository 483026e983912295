"""The two working-day calendars: England's, and the tribunal's narrower one.

The definition of a working day is the one the predecessor regulations had: not a Saturday, a
Sunday, Christmas Day, Good Friday or a bank holiday in England. For special educational needs
cases the tribunal also leaves out 25 December to 1 January and the whole of August.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain import primitives

ClosedDays = Callable[[int], frozenset[date]]
"""Gives the closed days of a year, weekends apart. Must be the same each time it is asked."""

_SATURDAY = 5


class WorkingDays:
    """A calendar of working days over explicit sets of closed days, a year at a time.

    It keeps what it has worked out, which changes no answer.
    """

    def __init__(self, closed: ClosedDays) -> None:
        self._closed = closed
        self._years: dict[int, frozenset[date]] = {}
        self.targets: dict[date, date] = {}
        """The answers of `on_or_before` so far."""
        self._after: dict[date, date] = {}

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return day.weekday() < _SATURDAY and day not in self._of(day.year)

    def is_closed_weekday(self, day: date) -> bool:
        """Whether `day` is a Monday to Friday that does not count, such as a bank holiday."""
        return day.weekday() < _SATURDAY and day in self._of(day.year)

    def on_or_before(self, day: date) -> date:
        """The last working day on or before `day`."""
        found = self.targets.get(day)
        if found is None:
            found = self.targets[day] = primitives.prev_wd(day, self)
        return found

    def on_or_after(self, day: date) -> date:
        """The first working day on or after `day`."""
        found = self._after.get(day)
        if found is None:
            found = self._after[day] = primitives.next_wd(day, self)
        return found

    def _of(self, year: int) -> frozenset[date]:
        days = self._years.get(year)
        if days is None:
            days = self._years[year] = self._closed(year)
        return days


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars the clock counts by.

    Attributes:
        england: for authorities, schools, health bodies and mediation.
        tribunal: for the tribunal's own time limits.
    """

    england: WorkingDays
    tribunal: WorkingDays

    @classmethod
    def over(cls, closed: ClosedDays) -> Calendars:
        """Both calendars over one source of England's closed days."""
        return cls(WorkingDays(closed), WorkingDays(lambda year: _tribunal(year, closed)))

    @classmethod
    def of_days(cls, closed: Iterable[date]) -> Calendars:
        """Both calendars over a fixed set of closed days, whatever their years."""
        years: dict[int, set[date]] = {}
        for day in closed:
            years.setdefault(day.year, set()).add(day)
        fixed = {year: frozenset(days) for year, days in years.items()}
        return cls.over(lambda year: fixed.get(year, frozenset()))


def _tribunal(year: int, closed: ClosedDays) -> frozenset[date]:
    august = {date(year, 8, day) for day in range(1, 32)}
    christmas = {date(year, 1, 1)} | {date(year, 12, day) for day in range(25, 32)}
    return closed(year) | august | christmas
