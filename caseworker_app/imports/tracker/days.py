"""One cell read as a day: the day, None for a blank, why it is none, or which days it may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caseworker_app.domain import british_dates
from caseworker_app.imports.files.sheets import Cell, Shown
from caseworker_app.imports.tracker.figures import (
    FIRST_SERIAL,
    LAST_SERIAL,
    Figures,
    day_number,
    ddmmyy,
    figures_of,
    yymmdd,
)
from caseworker_app.imports.tracker.words import squeeze, words


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read as what its column holds."""

    why: str


@dataclass(frozen=True, slots=True)
class Doubtful(Bad):
    """A cell that may well be a date, but which day it is a person has to say.

    Attributes:
        likely: the likeliest day, to tell what its column holds; never taken.
        shown: the cell as the list of doubts shows it, or "" for as it is.
    """

    likely: date | None = None
    shown: str = ""


Day = date | Bad | None
DayReader = Callable[[Cell], Day]

_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LONGEST_TO_REMEMBER = 60
_DATE_SHAPE = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/., ]+\d{2,4}")
_MONTH_ALONE = re.compile(
    r"(?P<m>[a-z]{3,9})\.?[-/., ]*'?(?P<y>\d{4}|\d\d)|(?P<m2>\d{1,2}) ?[-/.] ?(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})[-/. ](?P<m3>\d{1,2}|[a-z]{3,9})"
)


def epoch_of(*, days_from_1904: bool) -> date:
    """The day that a workbook counts its days from."""
    return _EPOCH_1904 if days_from_1904 else _EPOCH_1900


def day_reader(figures: Figures) -> DayReader:
    """A reader of days for a column whose figures are taken in such a way."""
    remembered: dict[str, Day] = {}

    def day(cell: Cell) -> Day:
        if isinstance(cell, str):
            found = remembered.get(cell)
            if found is None and cell not in remembered:
                found = _day_of_text(cell, figures)
                if len(cell) <= _LONGEST_TO_REMEMBER:
                    remembered[cell] = found
            return found
        return _day(cell, figures)

    return day


def likely(day: DayReader) -> DayReader:
    """A reader that takes a doubtful day for the likeliest, to see what a column holds."""

    def reader(cell: Cell) -> Day:
        found = day(cell)
        return found.likely if isinstance(found, Doubtful) else found

    return reader


def is_blank(text: str) -> bool:
    """Whether a cell's text says that there is nothing."""
    low = text.lower()
    return low in words().blank or low in words().blank_elsewhere


def _day(cell: Cell, figures: Figures) -> Day:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        sane = british_dates.FIRST_YEAR < cell.year <= british_dates.LAST_YEAR
        return cell if sane else Bad("not a likely date")
    if isinstance(cell, Shown):
        return Bad(cell.why)
    if isinstance(cell, bool | time | timedelta | str):
        return Bad("not a date")
    if isinstance(cell, float) and FIRST_SERIAL <= cell <= LAST_SERIAL and cell % 1:
        return figures.epoch + timedelta(days=int(cell))
    return _of_figures(cell, figures) or Bad("not a date")


def _day_of_text(cell: str, figures: Figures) -> Day:
    text = squeeze(cell)
    if is_blank(text):
        return None
    found = british_dates.parse(text)
    if found is not None:
        return found
    month = month_alone(text)
    if month is not None:
        return Doubtful("a month and a year without a day; not taken", likely=month)
    short = "no such day" if _DATE_SHAPE.fullmatch(text) else "not a date"
    return _of_figures(text, figures) or Bad(short)


def month_alone(text: str) -> date | None:
    """The first day of the month that a text names with its year and without a day, or None."""
    match = _MONTH_ALONE.fullmatch(text.lower().replace("\u2013", "-"))
    if match is None:
        return None
    month, year = match["m"] or match["m2"] or match["m3"], match["y"] or match["y2"] or match["y3"]
    return british_dates.parse(f"1/{month}/{year}") or british_dates.parse(f"1 {month} {year}")


def _of_figures(cell: Cell, figures: Figures) -> Day:
    """The day that figures are, None where they are none."""
    taken, day = figures.days_of(cell)
    if day is None:
        return Bad("no such day") if taken == "ddmmyy" and len(figures_of(cell)) == 6 else None
    return Doubtful(_which(cell, figures), likely=day) if taken == "doubt" else day


def _which(cell: Cell, figures: Figures) -> str:
    """Which days a cell of figures may be, in words."""
    text = figures_of(cell)
    short = ddmmyy(text.zfill(6))
    days = [f"{short:%d/%m/%Y} as ddmmyy"] if short else []
    serial = day_number(text, figures.epoch) if len(text) == 5 else None
    days += [f"{serial:%d/%m/%Y} as a day number of Excel's"] if serial else []
    turned = yymmdd(text) if len(text) == 6 else None
    days += [f"{turned:%d/%m/%Y} as yymmdd"] if turned and turned != short else []
    return f"may be {' or '.join(days)}; not taken"
