"""The date arithmetic of the statutory timetable: one small function for each way of counting.

All take and give calendar days. A result outside the calendar (year 1 to 9999) stops at its edge,
so that a slip of the pen in a date never breaks the count of the rest.

Sources: "within n weeks of" and "after" leave the day itself out, "beginning with" counts it, and
months end on the corresponding day or on the last day of a shorter month.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import Protocol

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_IN_EVERY_MONTH = 28
_FIRST_YEAR, _LAST_YEAR = date.min.year, date.max.year
_ONE_DAY = timedelta(days=1)


class WorkingDayCalendar(Protocol):
    """What the working-day primitives ask of a calendar."""

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        ...


def add_days(day: date, days: int) -> date:
    """`day` moved by so many days, stopped at the edge of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day number so many months on (or back), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > _LAST_YEAR:
        return date.max
    if year < _FIRST_YEAR:
        return date.min
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    last = _LENGTHS[month] + (month == 1 and isleap(year))
    return date(year, month + 1, min(day.day, last))


def weeks_after(day: date, weeks: int) -> date:
    """The last day "within n weeks of" `day`, which is itself not counted."""
    return add_days(day, 7 * weeks)


def days_after(day: date, days: int) -> date:
    """The last day "within n days of" `day`, which is itself not counted."""
    return add_days(day, days)


def days_from(day: date, days: int) -> date:
    """The last of "n days beginning with" `day`, which is day 1."""
    return add_days(day, days - 1)


def months_after(day: date, months: int) -> date:
    """The last day "within n months after" `day`: the corresponding date, or the month's end."""
    return add_months(day, months)


def months_from(day: date, months: int) -> date:
    """The last day of "the period of n months beginning with" `day`, which is day 1.

    The day before the corresponding date. Where the last month is too short to have one, the
    period runs to that month's end.
    """
    corresponding = add_months(day, months)
    if corresponding.day != day.day or corresponding == date.min:
        return corresponding
    return corresponding - _ONE_DAY


def months_before(day: date, months: int) -> date:
    """The last day that is "at least n months before" `day`."""
    return add_months(day, -months)


def weeks_before(day: date, weeks: int) -> date:
    """The last day that is "at least n weeks before" `day`."""
    return add_days(day, -7 * weeks)


def wdays_from(day: date, days: int, calendar: WorkingDayCalendar) -> date:
    """The last of "n working days beginning with" `day`: day 1 is the first on or after it."""
    return _nth_working_day(day, days, calendar)


def wdays_after(day: date, days: int, calendar: WorkingDayCalendar) -> date:
    """The last day "within n working days" of `day`, which is itself not counted."""
    return _nth_working_day(add_days(day, 1), days, calendar)


def prev_wd(day: date, calendar: WorkingDayCalendar) -> date:
    """The last working day on or before `day`: the target to work to, never the legal date."""
    while day > date.min and not calendar.is_working(day):
        day = add_days(day, -1)
    return day


def next_wd(day: date, calendar: WorkingDayCalendar) -> date:
    """The first working day on or after `day`, as the tribunal's rule 12 rolls a period's end."""
    while day < date.max and not calendar.is_working(day):
        day = add_days(day, 1)
    return day


def _nth_working_day(first: date, days: int, calendar: WorkingDayCalendar) -> date:
    day = next_wd(first, calendar)
    for _ in range(days - 1):
        day = next_wd(add_days(day, 1), calendar)
    return day
