"""The periods a return is asked for, as days. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

Days = tuple[date, date]
_TERM_MONTHS = (9, 4, 1)
"""The months terms begin in, latest first; a school year has no gaps here."""


def this_term(today: date) -> Days:
    """From the first day of the term up to today."""
    return _term_start(today), today


def last_term(today: date) -> Days:
    """The whole term before this one."""
    end = _term_start(today) - timedelta(days=1)
    return _term_start(end), end


def last_two_months(today: date) -> Days:
    """The two whole months before this one, as boards that meet every two months ask."""
    first = today.replace(day=1)
    return first - relativedelta(months=2), first - timedelta(days=1)


def this_school_year(today: date) -> Days:
    """From 1 September up to today."""
    return date(_school_year(today), 9, 1), today


def last_school_year(today: date) -> Days:
    """The whole school year before this one."""
    year = _school_year(today)
    return date(year - 1, 9, 1), date(year, 8, 31)


def last_calendar_year(today: date) -> Days:
    """The whole calendar year before this one, as SEN2 counts."""
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


PERIODS: Mapping[str, tuple[str, Callable[[date], Days]]] = MappingProxyType(
    {
        "term": ("This term", this_term),
        "last_term": ("Last term", last_term),
        "two_months": ("Last two months", last_two_months),
        "year": ("This school year", this_school_year),
        "last_year": ("Last school year", last_school_year),
        "calendar": ("Last calendar year", last_calendar_year),
    }
)
"""Key to words and days; the first one is offered."""


def _term_start(day: date) -> date:
    month = next(month for month in _TERM_MONTHS if day.month >= month)
    return date(day.year, month, 1)


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
