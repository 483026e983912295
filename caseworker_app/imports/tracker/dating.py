"""Who wrote the dates of a column: what all its cells together say that each alone does not.

Two machines spoil days without a trace in the cell. One that is set to American dates, given
`05/06/2015` from a British file, makes a real date of 6 May of it, and leaves `25/06/2015`, which
it cannot understand, as text: so where every text date has a day over 12 and every real date one
up to 12, the real ones may be turned round. And one that keeps midnight in London as a time in UTC
writes 23:00 of the day before, in summer alone. Either is told and left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, get_args

from caseworker_app.domain import british_dates
from caseworker_app.imports.files.sheets import Cell
from caseworker_app.imports.tracker import figures as alone
from caseworker_app.imports.tracker.days import Day, DayReader, Doubtful, day_reader
from caseworker_app.imports.tracker.figures import Figures

Word = Literal[
    "", "as shown", "day and month swapped", "UTC", "ddmmyy", "yymmdd", "day numbers", "left out"
]
"""What a person says of a column; "" for nothing. "left out" leaves its doubtful cells out."""

WORDS: tuple[Word, ...] = get_args(Word)[1:]

_SLASHED = re.compile(r"\s*(\d{1,2})\s?[-/]\s?(\d{1,2})\s?[-/]\s?(\d{4}|\d\d)(?=\s|\Z)")
_DOTTED = re.compile(r"\s*\d{1,4}\s?\.")
_ELEVEN, _MIDNIGHT = time(23), time()
_EPOCH_TIME = time()
_LOW = 12
_REAL_LOW, _TEXT_HIGH = 12 / 30.44, 1 - 12 / 30.44
"""How often a day is up to 12, and over it, where nothing has happened to the dates."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the dates of some cells show, counted.

    Attributes:
        day_first, month_first, either: dates in text, by what they can only be; one written in
            words or year first counts by its day as well.
        real_low, real_high: real dates with a day up to 12, and over it.
        eleven, eleven_winter: times of 23:00, and those of them in winter.
        other_times: times that are neither that nor 00:00.
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    real_low: int = 0
    real_high: int = 0
    eleven: int = 0
    eleven_winter: int = 0
    other_times: int = 0

    def __add__(self, other: Signs) -> Signs:
        pairs = zip(self._counts(), other._counts(), strict=True)
        return Signs(*(one + two for one, two in pairs))

    def _counts(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    @property
    def mixed(self) -> bool:
        """Whether there are both dates in text and real ones."""
        return bool(self.day_first + self.month_first + self.either) and bool(
            self.real_low + self.real_high
        )

    @property
    def month_first_alone(self) -> bool:
        """Whether some text dates can only be month first, and no date can only be day first."""
        return bool(self.month_first) and not (self.day_first or self.real_high)

    @property
    def american(self) -> bool:
        """Whether every text date has a day over 12, and every real one a day up to 12."""
        kept = self.day_first and self.real_low
        return bool(kept) and not (self.month_first or self.either or self.real_high)

    @property
    def could_be_turned(self) -> bool:
        """Whether there are real dates, and no date that contradicts an American machine."""
        return bool(self.real_low) and not (self.month_first or self.either or self.real_high)

    @property
    def chance(self) -> float:
        """How often dates that nothing has happened to would look so."""
        return _REAL_LOW**self.real_low * _TEXT_HIGH**self.day_first

    @property
    def late(self) -> bool:
        """Whether some dates stand at 23:00, only in summer time, and all others at 00:00."""
        return bool(self.eleven) and not (self.eleven_winter or self.other_times)


def signs_of(cells: Iterable[Cell], epoch: date) -> Signs:
    """What the cells of a column show."""
    count = dict.fromkeys(Signs.__slots__, 0)
    low = high = 0
    for cell in cells:
        if type(cell) is date:
            # Without a time there is nothing else to be seen of it, and most cells are so.
            low += cell.day <= _LOW
            high += cell.day > _LOW
            continue
        if isinstance(cell, str):
            if name := _of_text(cell):
                count[name] += 1
        elif (day := _real(cell, epoch)) is not None:
            count["real_low" if day.day <= _LOW else "real_high"] += 1
        moment = written(cell, epoch)
        if moment is not None:
            for name in _of_time(moment):
                count[name] += 1
    count["real_low"] += low
    count["real_high"] += high
    return Signs(**count)


@lru_cache(maxsize=1 << 14)
def _of_text(text: str) -> str:
    """What a text shows: "" where it is no date, or one with points, which no machine touches."""
    slashed = _SLASHED.match(text)
    if slashed is not None:
        first, second = int(slashed[1]), int(slashed[2])
        if first > _LOW:
            return "day_first" if second <= _LOW else ""
        return "month_first" if second > _LOW else "either"
    day = british_dates.parse(text) if not _DOTTED.match(text) else None
    if day is None or alone.figures_of(text):
        return ""
    return "day_first" if day.day > _LOW else "either"


def _real(cell: Cell, epoch: date) -> date | None:
    """A real date, also one that has lost its look and is a number now."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    likely = alone.FIRST_SERIAL <= cell <= alone.LAST_SERIAL
    return epoch + timedelta(days=int(cell)) if likely else None


def _of_time(moment: datetime) -> tuple[str, ...]:
    at = moment.time()
    if at == _MIDNIGHT:
        return ()
    if at != _ELEVEN:
        return ("other_times",)
    return ("eleven",) if _in_summer(moment) else ("eleven", "eleven_winter")


def written(cell: Cell, epoch: date) -> datetime | None:
    """The day and time of a cell, without a zone, to the nearest second; None without a time."""
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=None)
    elif isinstance(cell, str):
        at = british_dates.time_of(cell) if ":" in cell else None
        day = british_dates.parse(cell) if at is not None else None
        return datetime.combine(day, at.replace(microsecond=0)) if day and at else None
    elif isinstance(cell, float) and cell % 1 and alone.FIRST_SERIAL <= cell <= alone.LAST_SERIAL:
        moment = datetime.combine(epoch, _EPOCH_TIME) + timedelta(days=cell)
    else:
        return None
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _in_summer(moment: datetime) -> bool:
    from zoneinfo import ZoneInfo

    london = moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
    return bool(london.dst())


@dataclass(frozen=True, slots=True)
class Hand:
    """How one column of one sheet was written, and so how its cells are read.

    Attributes:
        turned: its real dates may have day and month turned round.
        month_first: its text dates are written month first.
        late: what stands at 23:00 may be midnight of the next day.
        word: what a person says of it.
    """

    figures: Figures
    turned: bool = False
    month_first: bool = False
    late: bool = False
    word: Word = ""

    def reader(self) -> DayReader:
        """A reader of the column's cells."""
        plain = day_reader(self._figures())
        if self.word == "day and month swapped":
            return lambda cell: _swapped(cell, plain)
        if self.word == "UTC":
            return lambda cell: self._in_utc(cell, plain)
        if self.word and self.word != "left out":
            return lambda cell: _as_shown(plain(cell))
        if not (self.turned or self.month_first or self.late):
            return plain
        return lambda cell: self._doubting(cell, plain)

    def _figures(self) -> Figures:
        if self.word in ("ddmmyy", "as shown"):
            return replace(self.figures, six="ddmmyy", five="ddmmyy", five_numbers="ddmmyy")
        if self.word == "yymmdd":
            return replace(self.figures, six="yymmdd")
        if self.word == "day numbers":
            return replace(self.figures, five="days", five_numbers="days")
        return self.figures

    def _doubting(self, cell: Cell, plain: DayReader) -> Day:
        day = plain(cell)
        if not isinstance(day, date):
            return day
        moment = written(cell, self.figures.epoch) if self.late else None
        if moment is not None and moment.time() == _ELEVEN:
            after = day + timedelta(days=1)
            why = f"{day:%d/%m/%Y}, or {after:%d/%m/%Y} by London time; not taken"
            return Doubtful(why, likely=day, shown=f"{moment:%d/%m/%Y %H:%M}")
        real = self.turned and isinstance(cell, date)
        text = self.month_first and isinstance(cell, str) and _SLASHED.match(cell) is not None
        other = turned(day)
        if (real or text) and other not in (None, day):
            return Doubtful(f"{day:%d/%m/%Y}, or {other:%d/%m/%Y} if turned round; not taken", day)
        return day

    def _in_utc(self, cell: Cell, plain: DayReader) -> Day:
        day = plain(cell)
        moment = written(cell, self.figures.epoch)
        if moment is None or not isinstance(day, date):
            return _as_shown(day)
        return british_dates.in_london(moment)


def turned(day: date) -> date | None:
    """A day with day and month the other way round, or None where there is no such day."""
    return british_dates.parse(f"{day.month}/{day.day}/{day.year}")


def _as_shown(day: Day) -> Day:
    """A doubtful day taken after all, because a person says so."""
    return day.likely if isinstance(day, Doubtful) else day


def _swapped(cell: Cell, plain: DayReader) -> Day:
    """A real date, or one in text, with day and month the other way round where that is a day."""
    if isinstance(cell, str):
        slashed = _SLASHED.match(cell)
        if slashed is None:
            return plain(cell)
        found = british_dates.parse(f"{slashed[2]}/{slashed[1]}/{slashed[3]}")
        return found or plain(cell)
    day = plain(cell)
    if isinstance(cell, date) and isinstance(day, date):
        return turned(day) or day
    return day
