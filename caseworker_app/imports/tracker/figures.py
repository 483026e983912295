"""What figures alone mean as dates: ddmmyy, a number that Excel counts days by, or a question.

`040911` is 4 September 2011 and `40911` is that without its leading zero, or else day 40,911 of
Excel's count, 3 January 2012. A cell alone cannot tell; the whole column mostly can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from caseworker_app.domain import british_dates
from caseworker_app.imports.files.sheets import Cell
from caseworker_app.imports.tracker.words import squeeze

FIRST_SERIAL, LAST_SERIAL = 25_569, 73_050
"""Day numbers that may be dates: from 1970 to 2099."""

Taken = Literal["ddmmyy", "yymmdd", "days", "doubt", ""]

_LONGEST = 16
_SHORT_WORD = 5
_FIGURES = re.compile(r"\d{5,8}")
_LONGEST_AGO, _AHEAD = 60, 2
_PLAIN_AGO, _PLAIN_AHEAD = 26, 1
"""Years back and ahead where nearly all days of a tracker lie: nobody with a plan is older."""
_SURE = 6
"""So many day numbers that can be nothing else show that a column of text counts days."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How the figures of a column are taken.

    Attributes:
        six, five: figures of that length; "" where they are no dates.
        five_numbers: numbers, not text, of five figures.
        seen: whether there are cells of five or six figures.
    """

    epoch: date
    six: Taken = "ddmmyy"
    five: Taken = "doubt"
    five_numbers: Taken = "days"
    seen: bool = False

    def days_of(self, cell: Cell) -> tuple[Taken, date | None]:
        """How a cell of figures is taken, and its likeliest day; ("", None) for no day."""
        text = figures_of(cell)
        if len(text) == 8:
            return "ddmmyy", british_dates.parse(text)
        if len(text) == 6:
            return self.six, yymmdd(text) if self.six == "yymmdd" else ddmmyy(text)
        if len(text) != 5 or text.startswith("0"):
            return "", None
        taken = self.five if isinstance(cell, str) else self.five_numbers
        serial = day_number(text, self.epoch)
        short = ddmmyy(f"0{text}")
        if taken == "days":
            return ("days", serial) if serial else ("", None)
        if taken == "ddmmyy":
            return ("ddmmyy", short) if short else ("doubt", serial)
        if short is None and not self.six:
            return ("days", serial) if serial else ("", None)
        return ("doubt", serial or short) if serial or short else ("", None)


def figures_of(cell: Cell) -> str:
    """The figures of a cell that holds five to eight of them and nothing else, or ""."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST or cell.isalpha():
            return ""
        text = cell if cell.isalnum() else squeeze(cell)
        return text if text.isascii() and _FIGURES.fullmatch(text) else ""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell // 1:
        return ""
    text = str(int(cell))
    return text if _FIGURES.fullmatch(text) else ""


def ddmmyy(text: str) -> date | None:
    """The day that six figures are as ddmmyy."""
    return british_dates.parse(f"{text[:2]}/{text[2:4]}/{text[4:]}")


def yymmdd(text: str) -> date | None:
    """The day that six figures are as yymmdd."""
    return ddmmyy(text[4:] + text[2:4] + text[:2])


def day_number(text: str, epoch: date) -> date | None:
    """The day that five figures are in Excel's count; never with a leading zero."""
    likely = not text.startswith("0") and FIRST_SERIAL <= int(text) <= LAST_SERIAL
    return epoch + timedelta(days=int(text)) if likely else None


def look_over(
    cells: Iterable[Cell], epoch: date, today: date, others: Iterable[Cell] = ()
) -> Figures:
    """How the figures of a column are to be taken, from all its cells.

    Args:
        cells: the column.
        others: the same column on other sheets, asked where this one shows nothing either way.
        epoch: the day that Excel's count begins with.
        today: dates long before and well after it are unlikely.
    """
    count = _Count(epoch, today)
    count.add_all(cells)
    if count.seen and not count.tells:
        count.add_all(others)
    return count.figures()


@dataclass(slots=True)
class _Count:
    """What a column's cells may be, counted.

    Attributes:
        six, as_ddmmyy, as_yymmdd, as_yyyymm: cells of six figures, and what they may be.
        plain_ddmmyy, plain_yymmdd: those of them that are near enough to today to be plain.
        days, short, both: text of five figures that can only be a day number, only ddmmyy without
            its leading zero, or both; the same of numbers under `number_...`.
        real: real dates, and text that is more than figures.
    """

    epoch: date
    today: date
    six: int = 0
    as_ddmmyy: int = 0
    as_yymmdd: int = 0
    as_yyyymm: int = 0
    plain_ddmmyy: int = 0
    plain_yymmdd: int = 0
    days: int = 0
    short: int = 0
    both: int = 0
    number_days: int = 0
    number_short: int = 0
    number_both: int = 0
    real: int = 0
    seen: bool = False

    def add_all(self, cells: Iterable[Cell]) -> None:
        """Count some cells."""
        real = 0
        for cell in cells:
            # Every cell of a file comes by, and most are blank or a real date.
            if type(cell) is date:
                real += 1
            elif isinstance(cell, str) and cell.isalpha():
                real += len(cell) > _SHORT_WORD
            elif cell != "":
                self._add(cell)
        self.real += real

    def _add(self, cell: Cell) -> None:
        if isinstance(cell, date):
            self.real += 1
            return
        text = figures_of(cell)
        if not text:
            self.real += isinstance(cell, str) and len(cell) > _SHORT_WORD
            return
        self.seen = self.seen or len(text) in (5, 6)
        if len(text) == 6:
            self._add_six(text)
        elif len(text) == 5:
            self._add_five(text, is_text=isinstance(cell, str))

    def _add_six(self, text: str) -> None:
        self.six += 1
        day_first, year_first = ddmmyy(text), yymmdd(text)
        self.as_ddmmyy += self._likely(day_first)
        self.as_yymmdd += self._likely(year_first)
        self.plain_ddmmyy += self._is_plain(day_first)
        self.plain_yymmdd += self._is_plain(year_first)
        self.as_yyyymm += self._likely(british_dates.parse(f"1/{text[4:]}/{text[:4]}"))

    def _add_five(self, text: str, *, is_text: bool) -> None:
        serial = self._likely(day_number(text, self.epoch))
        short = self._likely(ddmmyy(f"0{text}"))
        if is_text:
            self.days += serial and not short
            self.short += short and not serial
            self.both += serial and short
        else:
            self.number_days += serial and not short
            self.number_short += short and not serial
            self.number_both += serial and short

    def _likely(self, day: date | None) -> bool:
        years = day.year - self.today.year if day is not None else _AHEAD + 1
        return -_LONGEST_AGO <= years <= _AHEAD

    def _is_plain(self, day: date | None) -> bool:
        years = day.year - self.today.year if day is not None else _PLAIN_AHEAD + 1
        return -_PLAIN_AGO <= years <= _PLAIN_AHEAD

    @property
    def tells(self) -> bool:
        """Whether anything shows how figures are meant."""
        return bool(self.real or self.six or self.days or self.short or self._number_tells)

    @property
    def _number_tells(self) -> int:
        return self.number_days + self.number_short

    def figures(self) -> Figures:
        """What the counts come to."""
        six = self._six()
        return Figures(
            epoch=self.epoch,
            six=six,
            five=self._five(six, self.days, self.short, self.both),
            five_numbers=self._numbers(six),
            seen=self.seen,
        )

    def _six(self) -> Taken:
        most = max(self.as_ddmmyy, self.as_yymmdd, self.as_yyyymm)
        if not most or most * 2 < self.six:
            return ""
        others = max(self.as_yymmdd, self.as_yyyymm)
        if self.as_ddmmyy * 10 < self.six * 9 or self.as_ddmmyy < others:
            return "doubt"
        # 200506 is 20 May 2006 or May 2005, and 110904 is 11 September 2004 or 4 September 2011;
        # a column of nothing else does not tell.
        if self.as_ddmmyy in (self.as_yyyymm, self.as_yymmdd):
            told = self.as_ddmmyy > self.as_yyyymm and self.plain_ddmmyy > self.plain_yymmdd
            return "ddmmyy" if told else "doubt"
        return "doubt" if self.plain_ddmmyy < self.plain_yymmdd else "ddmmyy"

    def _five(self, six: Taken, days: int, short: int, both: int) -> Taken:
        if six:
            of_ddmmyy = six == "ddmmyy" and (self.six + short + both) > 9 * days
            return "ddmmyy" if of_ddmmyy else "doubt"
        evident = not short and days and (not both or (days >= _SURE and days >= 3 * both))
        return "days" if evident else "doubt"

    def _numbers(self, six: Taken) -> Taken:
        """Numbers of five figures, which in a workbook mostly are dates that lost their look."""
        if six or self.number_short:
            return self._five(six, self.number_days, self.number_short, self.number_both)
        return "days" if self.number_days or self.real else "doubt"
