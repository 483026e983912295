"""How a day is written wherever a person reads it: `13 Nov 2026`, always with its year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = "Europe/London"


class Spanning(Protocol):
    """What has a first and a last day."""

    @property
    def start(self) -> date:
        """The first day."""
        ...

    @property
    def end(self) -> date:
        """The last day."""
        ...


_LONG = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Written out: the computer's own names of months are another language's on some computers."""


def day_words(day: date) -> str:
    """`13 Nov 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """A moment by London's clock, `13 Nov 2026 10:42 GMT`.

    The zone tells the two half past ones of the last Sunday in October apart.
    """
    there = moment.astimezone(ZoneInfo(LONDON))
    return f"{day_words(there.date())} {there:%H:%M %Z}"


def month_words(text: str) -> str:
    """`2022-09` as `September 2022`; a year, or anything else, as it stands."""
    year, _, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= len(_LONG)):
        return text
    return f"{_LONG[int(month) - 1]} {year}"


def period_words(period: Spanning) -> str:
    """A period: `September 2026`, `June to August 2026`, `1 Sep to 22 Nov 2026`."""
    start, end = period.start, period.end
    same = start.year == end.year
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        first, last = _LONG[start.month - 1], f"{_LONG[end.month - 1]} {end.year}"
        if same and start.month == end.month:
            return last
        return f"{first} to {last}" if same else f"{first} {start.year} to {last}"
    first = f"{start.day} {_MONTHS[start.month - 1]}" if same else day_words(start)
    return f"{first} to {day_words(end)}"


def short_month(day: date) -> str:
    """The month of a day where room is short: `Nov 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
