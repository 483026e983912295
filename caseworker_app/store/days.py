"""Days as a store file holds them where it has very many: the number of days since 1 January 1970.

SQLite's own `date(due * 86400, 'unixepoch')` shows such a number as a date.
"""

from __future__ import annotations

from datetime import date
from typing import Any

_FIRST = date(1970, 1, 1).toordinal()


class _Numbers(dict[date | None, int | None]):
    """The number of a day, worked out once."""

    def __missing__(self, day: date) -> int:
        number = self[day] = day.toordinal() - _FIRST
        return number


class _Days(dict[Any, Any]):
    """The day that a driver gave, as a number, as a date or as ISO text; one object for each."""

    def __missing__(self, given: int | date | str) -> date:
        if isinstance(given, date):
            day = given
        elif isinstance(given, str):
            day = date.fromisoformat(given)
        else:
            day = date.fromordinal(given + _FIRST)
        self[given] = day
        return day


class _AsTheyAre(dict[date | None, date | None]):
    """Days as PostgreSQL takes them."""

    def __missing__(self, day: date) -> date:
        return day


NUMBER = _Numbers({None: None})
"""A day, or None, as a store file holds it."""

DAY = _Days({None: None})
"""What either database gave for a day, or None, as a day."""

_SAME = _AsTheyAre({None: None})


def held(dialect: str) -> _Numbers | _AsTheyAre:
    """How a database holds days, by the name of its dialect."""
    return NUMBER if dialect == "sqlite" else _SAME
