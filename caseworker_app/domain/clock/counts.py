"""How to count, by the names the rule pack uses: section 2's primitives and a few of our own.

Each takes the day counted from, the number, the calendars, and the second day for the few that
weigh two. The set is closed: a rule pack cannot bring code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain import primitives
from caseworker_app.domain.calendars import Calendars

Count = Callable[[date, int, Calendars, date | None], date]


def _same_day(day: date, _number: int, _calendars: Calendars, _other: date | None) -> date:
    return day


def _weeks_after(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.weeks_after(day, number)


def _weeks_before(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.weeks_before(day, number)


def _days_after(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.days_after(day, number)


def _days_from(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.days_from(day, number)


def _months_after(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.months_after(day, number)


def _months_from(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.months_from(day, number)


def _months_before(day: date, number: int, _calendars: Calendars, _other: date | None) -> date:
    return primitives.months_before(day, number)


def _wdays_from(day: date, number: int, calendars: Calendars, _other: date | None) -> date:
    return primitives.wdays_from(day, number, calendars.england)


def _wdays_after(day: date, number: int, calendars: Calendars, _other: date | None) -> date:
    return primitives.wdays_after(day, number, calendars.england)


def _appeal_window(day: date, number: int, calendars: Calendars, other: date | None) -> date:
    """Months after the notice, or 1 month after the certificate if later, then rule 12's roll."""
    end = primitives.months_after(day, number)
    if other is not None:
        end = max(end, primitives.months_after(other, 1))
    return calendars.tribunal.on_or_after(end)


def _tribunal_response(day: date, number: int, calendars: Calendars, other: date | None) -> date:
    """The date in the directions, or so many of the tribunal's working days after the papers."""
    if other is not None:
        return other
    return primitives.wdays_after(day, number, calendars.tribunal)


def _move_day(day: date, number: int, calendars: Calendars, other: date | None) -> date:
    """The day of the move, or the end of the working days beginning with awareness, if later."""
    end = primitives.wdays_from(day, number, calendars.england)
    return end if other is None else max(end, other)


def _later_review(day: date, number: int, _calendars: Calendars, other: date | None) -> date:
    """The later of 12 months from the last review and so many months from the transfer."""
    end = primitives.months_from(day, number)
    return end if other is None else max(end, primitives.months_from(other, 12))


COUNTS: Mapping[str, Count] = MappingProxyType(
    {
        "same_day": _same_day,
        "weeks_after": _weeks_after,
        "weeks_before": _weeks_before,
        "days_after": _days_after,
        "days_from": _days_from,
        "months_after": _months_after,
        "months_from": _months_from,
        "months_before": _months_before,
        "wdays_from": _wdays_from,
        "wdays_after": _wdays_after,
        "appeal_window": _appeal_window,
        "tribunal_response": _tribunal_response,
        "move_day": _move_day,
        "later_review": _later_review,
    }
)
"""Ways to count from a fact."""

FIXED: Mapping[str, str] = MappingProxyType(
    {
        "phase_transfer": "number is month and day, 0214: that day of the year of the transfer",
        "school_age_starts": "the prescribed day on or after the 5th birthday",
        "school_age_ends": "the last Friday in June of the school year of the 16th birthday",
        "turns_25": "the 25th birthday; at a college the 31 July on or after it",
    }
)
"""Ways to count from a child's date of birth and setting, once a plan is in force."""

_DAYS_ADDED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "same_day": (0, 0),
        "weeks_after": (7, 0),
        "weeks_before": (-7, 0),
        "days_after": (1, 0),
        "days_from": (1, -1),
    }
)


def days_added(primitive: str, number: int) -> timedelta | None:
    """What a way to count adds to the day, or None where that depends on the day."""
    found = _DAYS_ADDED.get(primitive)
    return None if found is None else timedelta(days=found[0] * number + found[1])


_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "same_day": "the day itself",
        "weeks_after": "+ {days} days",
        "weeks_before": "- {days} days",
        "days_after": "+ {number} days",
        "days_from": "+ {less} days, the day itself being day 1",
        "months_after": "the same day {number} months on, or that month's last day",
        "months_from": "the day before the same day {number} months on, or a shorter month's end",
        "months_before": "the same day {number} months before, or that month's last day",
        "wdays_from": "working day {number}, the first on or after the day being day 1",
        "wdays_after": "working day {number}, the day after being the first to count",
        "appeal_window": (
            "{number} months after the notice, or 1 month after the certificate if that is later, "
            "then on to the tribunal's next working day"
        ),
        "tribunal_response": "the date in the directions, or else {number} tribunal working days",
        "move_day": "the day of the move, or working day {number} from awareness if that is later",
        "later_review": (
            "the later of 12 months from the last review and {number} months from the transfer"
        ),
    }
)


def arithmetic(period: str, primitive: str, number: int | None) -> str:
    """The step of the arithmetic in words: "within 6 weeks: + 42 days"."""
    count = number or 0
    words = _WORDS.get(primitive, "").format(number=count, days=7 * count, less=count - 1)
    return f"{period}: {words}" if words and period else period or words
