"""Columns of dates as one machine or another writes them, beside the days that were meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

LONDON = ZoneInfo("Europe/London")
EPOCH = date(1899, 12, 30)


def midnight(day: date) -> datetime:
    """Midnight in London as a moment in UTC, without its zone."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Machine:
    """One way to write a column.

    Attributes:
        write: the cells for the days, as a workbook holds them, or text for delimited files.
        text: whether it writes text, so that delimited files may hold it too.
    """

    name: str
    write: Callable[[Sequence[date]], list[Any]]
    text: bool = False


def _american(days: Sequence[date]) -> list[Any]:
    """As Excel set to American dates opens British text."""
    cells: list[Any] = []
    for day in days:
        if day.day > 12:
            cells.append(f"{day:%d/%m/%Y}")
        else:
            cells.append(datetime(day.year, day.day, day.month))  # noqa: DTZ001
    return cells


def _british(days: Sequence[date]) -> list[Any]:
    """As Excel set to British dates opens American text."""
    return [
        datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day:%m/%d/%Y}"  # noqa: DTZ001
        for day in days
    ]


def _each(write: Callable[[date], Any]) -> Callable[[Sequence[date]], list[Any]]:
    return lambda days: [write(day) for day in days]


_WORKBOOKS: dict[str, Callable[[Sequence[date]], list[Any]]] = {
    "real dates": _each(lambda day: datetime.combine(day, time())),
    "UTC without a zone": _each(midnight),
    "American machine": _american,
    "British machine, American file": _british,
    "ddmmyy as numbers": _each(lambda day: int(f"{day:%d%m%y}")),
    "day numbers": _each(lambda day: (day - EPOCH).days),
}

_TEXTS: dict[str, Callable[[date], str]] = {
    "UTC in text without a zone": lambda day: f"{midnight(day):%d/%m/%Y %H:%M}",
    "UTC, ISO without a zone": lambda day: midnight(day).isoformat(),
    "UTC with Z": lambda day: f"{midnight(day).isoformat()}Z",
    "UTC, milliseconds": lambda day: f"{midnight(day).isoformat()}.000Z",
    "UTC, database": lambda day: f"{midnight(day)}+00",
    "London time": lambda day: datetime.combine(day, time(), LONDON).isoformat(),
    "American text": lambda day: f"{day.month}/{day.day}/{day.year}",
    "ddmmyy": lambda day: f"{day:%d%m%y}",
    "ddmmyy without noughts": lambda day: f"{day:%d%m%y}".lstrip("0"),
    "yymmdd": lambda day: f"{day:%y%m%d}",
    "ddmmyyyy": lambda day: f"{day:%d%m%Y}",
    "yyyymmdd": lambda day: f"{day:%Y%m%d}",
    "day numbers in text": lambda day: str((day - EPOCH).days),
    "months in text": lambda day: f"{day:%b %Y}",
    "months in figures": lambda day: f"{day:%m/%Y}",
    "yyyymm": lambda day: f"{day:%Y%m}",
    "British text": lambda day: f"{day:%d/%m/%y}",
}

MACHINES = (
    *(Machine(name, write) for name, write in _WORKBOOKS.items()),
    *(Machine(name, _each(write), text=True) for name, write in _TEXTS.items()),
)


def columns(first: date, last: date) -> st.SearchStrategy[list[date]]:
    """Some days of a column; one at least is over 12, or no column could show what it is."""
    days = st.dates(first, last)
    shown = days.filter(lambda day: day.day > 12)
    drawn = st.tuples(st.lists(days, min_size=2, max_size=40), shown, st.randoms())

    def mixed(parts: tuple[list[date], date, Random]) -> list[date]:
        column = [*parts[0], parts[1]]
        parts[2].shuffle(column)
        return column

    return drawn.map(mixed)
