"""The only place that reads the day and the time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from caseworker_app.domain.day_words import LONDON, moment_words


class SystemClock:
    """The computer's clock. The day is London's, wherever the computer thinks it is."""

    def today(self) -> date:
        """The day in London."""
        return datetime.now(ZoneInfo(LONDON)).date()

    def now(self) -> datetime:
        """The moment, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock(NamedTuple):
    """A day that stands in for the clock: it is always noon of that day.

    Attributes:
        day: the day it is.
    """

    day: date

    def today(self) -> date:
        """The day it was given."""
        return self.day

    def now(self) -> datetime:
        """Noon of that day, in UTC."""
        return datetime.combine(self.day, time(12), UTC)


def stamp(moment: datetime) -> str:
    """A moment as the audit keeps it, `2026-11-22T10:42:07Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def after(day: date) -> str:
    """The moment when a day is over in London, as the audit keeps moments."""
    if day == date.max:
        return "9999-12-31T24"
    return stamp(datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(LONDON)))


def compact(moment: datetime) -> str:
    """A moment as names of files carry it, `20261122T104207Z`."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def read_stamp(text: str) -> datetime:
    """A moment from the audit, in London's time."""
    return datetime.fromisoformat(text).astimezone(ZoneInfo(LONDON))


def in_words(text: str) -> str:
    """A moment from the audit as a person reads it, `22 Nov 2026 10:42 GMT`."""
    return moment_words(read_stamp(text))


def time_in_words(text: str, today: date) -> str:
    """A moment from the audit, without the day when it was today."""
    moment = read_stamp(text)
    return f"{moment:%H:%M %Z}" if moment.date() == today else in_words(text)
