"""A date as a person types it into a field or a cell: whole or short, always said back in words.

Beyond what `british_dates` reads: t, y, -3, +2w, mon, next fri, 15, 3 weeks ago, in 2 weeks,
w/c 12 oct, end of march. Where a text leaves the day open, the field's leaning decides and the echo
shows what was decided; a text that goes badly with itself is a doubt. For files `british_dates`
alone is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.british_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    NEAR_WORDS,
    WEEKDAYS,
    Lean,
    in_words,
    leaning,
    month_name,
    month_number,
    parse,
    parts,
    squeezed,
    weekday_before,
    weekday_number,
    without_year,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is as a date.

    Attributes:
        day: the date, or None when it is none.
        problem: one sentence why it is none; "" where it is, or where nothing is typed.
        doubt: a question to the person about the day read; it stands all the same.
    """

    day: date | None = None
    problem: str = ""
    doubt: str = ""


_NEAR = NEAR_WORDS | {"t": 0, "tod": 0, "y": -1, "yest": -1, "tom": 1, "tmrw": 1}
_FEW = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FEW |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_UNIT = r"(?P<unit>d|w|m|y|days?|wks?|weeks?|fortnights?|months?|years?|yrs?)"
_OFFSET = re.compile(rf"(?P<sign>[+-])\s*(?P<n>\d{{1,6}})\s*{_UNIT}?")
_AGO = re.compile(
    rf"(?P<before>in\s+)?(?P<n>\d{{1,6}}|{'|'.join(_FEW)})\s*{_UNIT}'?s?'?"
    r"(?:\s+(?P<after>ago|back|earlier|time|from\s+(?:now|today)|hence|ahead))?(?:\s+today)?"
)
_BACK = frozenset({"ago", "back", "earlier"})
_WEEKDAY = re.compile(
    r"(?:on\s+)?(?:(?P<which>last|next|this|coming)\s+)?(?P<day>[a-z]+)(?P<week>\s+week)?"
)
_BARE = re.compile(r"(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?")
_WEEK_OF = re.compile(
    r"(?:w\s?/\s?[cb]\.?|w\.?[cb]\.?|week\s+(?:commencing|beginning|starting|of))\s*:?\s+(?P<rest>.+)"
)
_EDGE = re.compile(
    r"(?:the\s+)?(?P<edge>end|last\s+day|start|beginning|first\s+day)\s+(?:of\s+)?"
    r"(?:(?:(?P<which>the|this|last|next)\s+)?month|(?P<month>[a-z]+)(?:\s+(?P<year>\d{4}))?)"
)
_MONTH_ALONE = re.compile(r"(?P<month>[a-z]+)[\s,]*(?P<year>\d{4})?")
_ODD_YEAR = re.compile(r"\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[a-z]+)\s*[-/. ]\s*(?P<year>\d+)")
_LONGEST = 60
_NOT_THERE = Reading(problem=f"That day is not between {FIRST_YEAR} and {LAST_YEAR}.")


def read(text: str, today: date, lean: Lean = "past") -> Reading:
    """What a person typed, on a day, as a date.

    Args:
        text: as typed.
        today: the day it was typed on.
        lean: which day is meant where the text leaves it open.
    """
    return _read(squeezed(text), text.strip(), today, lean)


def echo(day: date, today: date) -> str:
    """A day in words and how far away it is, "Thursday 15 October 2026, 6 weeks ago"."""
    return f"{in_words(day)}, {_away(day, today)}"


def _read(plain: str, text: str, today: date, lean: Lean) -> Reading:
    if not plain:
        return Reading(problem=_no_date(text)) if text else Reading()
    if len(plain) > _LONGEST:
        return Reading(problem=_no_date(text))
    for way in _WAYS:
        found = way(plain, today, lean)
        if found is not None:
            return found
    weekday, rest = weekday_before(plain)
    if weekday is not None:
        return _said_to_be(weekday, _read(rest, text, today, lean))
    return _as_written(plain, text, today, lean)


def _said_to_be(weekday: int, found: Reading) -> Reading:
    """A date that was typed with its weekday."""
    if found.day is None or found.day.weekday() == weekday:
        return found
    said = WEEKDAYS[weekday].capitalize()
    return replace(found, doubt=f"That day is a {_weekday(found.day)}, not a {said}.")


def _near_word(plain: str, today: date, lean: Lean) -> Reading | None:
    del lean
    return _ahead(today, _NEAR[plain], "d") if plain in _NEAR else None


def _offset(plain: str, today: date, lean: Lean) -> Reading | None:
    del lean
    match = _OFFSET.fullmatch(plain)
    if match is None:
        return None
    count = int(match["n"]) * (-1 if match["sign"] == "-" else 1)
    return _ahead(today, count, match["unit"] or "d")


def _ago(plain: str, today: date, lean: Lean) -> Reading | None:
    del lean
    match = _AGO.fullmatch(plain)
    if match is None or (len(match["unit"]) == 1 and not (match["before"] or match["after"])):
        return None
    back = match["after"] in _BACK
    if not match["after"] and not match["before"]:
        return Reading(problem=f'Ago, or ahead? Type "{plain} ago" or "in {plain}".')
    if back and match["before"]:
        return None
    count = _FEW.get(match["n"]) or int(match["n"])
    return _ahead(today, -count if back else count, match["unit"])


def _ahead(today: date, count: int, unit: str) -> Reading:
    """So many days, weeks, months or years from today."""
    weeks = {"w": 1, "f": 2}.get(unit[0])
    try:
        if unit[0] == "d" or weeks is not None:
            day = today + timedelta(days=count * 7 * weeks if weeks else count)
        else:
            day = today + relativedelta(
                months=count if unit[0] == "m" else 0, years=count if unit[0] == "y" else 0
            )
    except (OverflowError, ValueError):
        return _NOT_THERE
    return Reading(day) if FIRST_YEAR <= day.year <= LAST_YEAR else _NOT_THERE


def _by_weekday(plain: str, today: date, lean: Lean) -> Reading | None:
    match = _WEEKDAY.fullmatch(plain)
    weekday = None if match is None else weekday_number(match["day"])
    if match is None or weekday is None:
        return None
    back, on = -((today.weekday() - weekday) % 7), (weekday - today.weekday()) % 7
    if match["week"]:
        return None if match["which"] == "last" else Reading(today + timedelta(days=on + 7))
    if match["which"] == "last":
        return Reading(today + timedelta(days=back or -7))
    if match["which"] == "next":
        return _next(today, on or 7)
    if match["which"] == "this":
        return Reading(today + timedelta(days=weekday - today.weekday()))
    if match["which"] == "coming":
        return Reading(today + timedelta(days=on or 7))
    if lean == "near":
        return Reading(today + timedelta(days=on if on < -back else back))
    return Reading(today + timedelta(days=on if lean == "coming" else back))


def _next(today: date, ahead: int) -> Reading:
    """The first such weekday after today; some mean the one of the week after."""
    day = today + timedelta(days=ahead)
    if today.weekday() + ahead > 6:
        return Reading(day)
    later = day + timedelta(days=7)
    return Reading(day, doubt=f"Or the week after, {in_words(later)}?")


def _day_of_this_month(plain: str, today: date, lean: Lean) -> Reading | None:
    match = _BARE.fullmatch(plain)
    if match is None:
        return None
    number = int(match["d"])
    if not 1 <= number <= _days_in(today.year, today.month):
        return Reading(problem=_no_such_day(number, str(today.month), today.year))
    day = today.replace(day=number)
    if lean == "past" and day > today:
        return Reading(day, doubt=f"That is still to come: with a month, as in {_other(day, -1)}?")
    if lean == "coming" and day < today:
        return Reading(day, doubt=f"That is past: with a month, as in {_other(day, 1)}?")
    return Reading(day)


def _other(day: date, months: int) -> str:
    """The same day of the month before or after, as one would type it."""
    other = day + relativedelta(months=months)
    return f"{other.day}/{other.month}"


def _week(plain: str, today: date, lean: Lean) -> Reading | None:
    match = _WEEK_OF.fullmatch(plain)
    if match is None:
        return None
    found = _read(match["rest"], match["rest"], today, lean)
    if found.day is None or found.doubt or found.day.weekday() == 0:
        return found
    monday = found.day - timedelta(days=found.day.weekday())
    doubt = f"That is a {_weekday(found.day)}: the week begins on {in_words(monday)}."
    return replace(found, doubt=doubt)


def _edge(plain: str, today: date, lean: Lean) -> Reading | None:
    match = _EDGE.fullmatch(plain)
    if match is None:
        return None
    end = match["edge"] in {"end", "last day"} or match["edge"].startswith("last")
    if not match["month"]:
        months = {"last": -1, "next": 1}.get(match["which"], 0)
        first = today.replace(day=1) + relativedelta(months=months)
        return Reading(_last_of(first) if end else first)
    month = month_number(match["month"])
    if not month:
        return None
    if match["year"]:
        return _edge_of(int(match["year"]), month, end=end)
    days = [_edge_of(today.year + step, month, end=end) for step in (-1, 0, 1)]
    found = [one.day for one in days if one.day is not None]
    return Reading(_leaning(found, today, lean)) if found else _NOT_THERE


def _edge_of(year: int, month: int, *, end: bool) -> Reading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _NOT_THERE
    first = date(year, month, 1)
    return Reading(_last_of(first) if end else first)


def _leaning(days: list[date], today: date, lean: Lean) -> date:
    if lean == "near":
        return min(days, key=lambda day: abs(day - today))
    if lean == "coming":
        return min((day for day in days if day >= today), default=max(days))
    return max((day for day in days if day <= today), default=min(days))


_WAYS: tuple[Callable[[str, date, Lean], Reading | None], ...] = (
    _near_word,
    _offset,
    _ago,
    _by_weekday,
    _day_of_this_month,
    _week,
    _edge,
)


def _as_written(plain: str, text: str, today: date, lean: Lean) -> Reading:
    """A whole date, or one without its year; or why it is none."""
    day = parse(plain)
    if day is not None:
        return Reading(day)
    whole = parts(plain)
    if whole is not None:
        return Reading(problem=_why_not(*whole))
    short = without_year(plain)
    if short is not None:
        day = leaning(short[0], month_number(short[1]), today, lean)
        return Reading(day) if day is not None else Reading(problem=_why_not(*short))
    alone, odd = _MONTH_ALONE.fullmatch(plain), _ODD_YEAR.fullmatch(plain)
    if alone is not None and month_number(alone["month"]):
        month = month_name(month_number(alone["month"]))
        example = f"{month} {alone['year']}" if alone["year"] else month
        return Reading(problem=f"Which day of {example}? Type it as in 15 {example}.")
    if odd is not None:
        return Reading(problem=f'"{odd["year"]}" is not a year: type two figures or four.')
    return Reading(problem=_no_date(text))


def _why_not(day: int, month: str, year: int | None = None) -> str:
    """One sentence why a day, month and year are no date."""
    number = month_number(month)
    if number > 12 and 1 <= day <= 12:
        return f"There is no month {number}: the day comes first, as in {number}/{day}."
    if not 1 <= number <= 12:
        return f"There is no month {number}." if month.isdigit() else f'"{month}" is not a month.'
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"The year {year} is not between {FIRST_YEAR} and {LAST_YEAR}."
    return _no_such_day(day, month, year)


def _no_such_day(day: int, month: str, year: int | None) -> str:
    number = month_number(month)
    if day == 0:
        return "There is no day 0."
    if year is None:
        extra = ", or 29 in a leap year" if number == 2 else ""
        return f"{month_name(number)} has {_days_in(2026, number)} days{extra}."
    return f"{month_name(number)} {year} has {_days_in(year, number)} days."


def _no_date(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f'"{shown}" is not a date: type it as in 15/10/2026, 15 oct, -3 or mon.'


def _last_of(first: date) -> date:
    return first.replace(day=_days_in(first.year, first.month))


def _days_in(year: int, month: int) -> int:
    return (date(year, month, 1) + relativedelta(months=1) - timedelta(days=1)).day


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()].capitalize()


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    how_long = _how_long(day, today)
    return f"{how_long} ago" if days < 0 else f"in {how_long}"


def _how_long(day: date, today: date) -> str:
    days = abs((day - today).days)
    if days < 14:
        return _many(days, "day")
    if days < 7 * 13:
        weeks, rest = divmod(days, 7)
        return _many(weeks, "week") + (f" and {_many(rest, 'day')}" if rest else "")
    apart = relativedelta(max(day, today), min(day, today))
    count = _many(apart.years, "year") if apart.years else _many(apart.months, "month")
    exact = not apart.days and not (apart.years and apart.months)
    return count if exact else f"over {count}"


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
