"""Dates as people in Britain write them: day first, always; ISO stays ISO; nothing is guessed.

`parse` reads a whole date and depends on nothing but the text. `typed` adds what makes sense only
on a day: "today", "22/11". What a person types into a field may be shorter still: `typed_dates`.
A time with its zone is the day that it was in London.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

Lean = Literal["past", "coming", "near"]
"""Which of several days is meant where the text leaves it open: the latest up to today, the first
from today on, or the nearest."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a date may lie in; anything else is a slip of the hand."""

PIVOT = 70
"""Two-digit years below it are 20xx, the others 19xx: nobody with a plan was born before 1970."""

_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: at for name, at in _MONTHS.items()}
_MONTHS |= {"sept": 9, "febuary": 2, "feburary": 2, "janurary": 1, "setember": 9, "novemeber": 11}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name: at for at, name in enumerate(WEEKDAYS)}
_WEEKDAYS |= {name[:3]: at for name, at in _WEEKDAYS.items()}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2044\u2215", "/")
    | dict.fromkeys("\u2018\u2019", "'")
)

_SEP = r"\s*[-/.,\\_\s]\s*"
_TIME = re.compile(
    r"(?:[t,]|\bat\b|\s)\s*(?P<h>\d{1,2})(?:[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*(?:(?P<zone>z|bst|gmt|utc)|(?:gmt|utc)?(?P<sign>[+-])(?P<oh>\d\d)(?::?(?P<om>\d\d))?))?$"
)
_FARTHEST = 14
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(z|[+-]\d\d(?::?\d\d)?)")
"""ISO 8601 without its signs, taken where it says its zone: 20150831T230000Z."""

_ISO = re.compile(rf"(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}|[a-z]+){_SEP}(?P<d>\d{{1,2}})")
_NUMBERS = re.compile(rf"(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}'?(?P<y>\d{{4}}|\d\d)")
_DAY_WORD = re.compile(
    r"(?:the\s+)?(?P<d>\d{1,2})(?:\s*(?:st|nd|rd|th))?(?:\s+of)?[-/.,\s]*(?P<m>[a-z]+)"
    r"[-/.,\s]*'?(?P<y>\d{4}|\d\d)"
)
_WORD_DAY = re.compile(
    r"(?P<m>[a-z]+)[-/.,\s]*(?P<d>\d{1,2})(?:\s*(?:st|nd|rd|th))?[-/.,\s]+'?(?P<y>\d{4}|\d\d)"
)
_COMPACT = re.compile(r"\d{8}")
_SHORT = re.compile(
    rf"(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}})"
    r"|(?:the\s+)?(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-/.,\s]*(?P<m2>[a-z]+)"
    r"|(?P<m3>[a-z]+)[-/.,\s]*(?P<d3>\d{1,2})(?:st|nd|rd|th)?"
)
NEAR_WORDS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}


def parse(text: str) -> date | None:
    """The date that a text is, or None when it is not wholly one date.

    Takes 2026-11-22, 22/11/2026, 22.11.26, 22 Nov 2026, 22nd November '26, Sunday 22 November
    2026, November 22, 2026 and 22112026, each also with a time after it, which is dropped. A time
    that says its zone gives the day in London: 2015-08-31T23:00:00Z is 1 September.
    """
    plain = _plain(text)
    if not plain or not plain[-1].isalnum() or len(plain) > 60:
        return None
    found = _whole(plain)
    if found is not None:
        return found
    moment = _before_time(plain)
    if moment is None or not FIRST_YEAR <= moment.day.year <= LAST_YEAR:
        return None
    return moment.day


def time_of(text: str) -> time | None:
    """The time that stands behind a date without saying its zone, or None."""
    plain = _plain(text)
    if ":" not in plain or len(plain) > 60 or _whole(plain) is not None:
        return None
    moment = _before_time(plain)
    return None if moment is None else moment.at


def in_london(moment: datetime) -> date:
    """The day in London at a moment; one without a zone is in UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(_london()).date()


@cache
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")


def typed(text: str, today: date, lean: Lean = "past") -> date | None:
    """The date that somebody wrote on a day, or None.

    Beyond `parse` it takes today, yesterday, tomorrow, and a day and month without a year, which
    mean the day that `lean` says.
    """
    plain = _plain(text)
    if plain in NEAR_WORDS:
        return today + timedelta(days=NEAR_WORDS[plain])
    found = parse(text)
    if found is not None:
        return found
    short = without_year(plain)
    return None if short is None else leaning(short[0], month_number(short[1]), today, lean)


def without_year(plain: str) -> tuple[int, str] | None:
    """The day, and the month as it is written, of a text that is nothing but these two."""
    short = _SHORT.fullmatch(plain)
    if short is None:
        return None
    day = short["d"] or short["d2"] or short["d3"]
    return int(day), short["m"] or short["m2"] or short["m3"]


def leaning(day: int, month: int, today: date, lean: Lean) -> date | None:
    """The day of a month that is meant by its day and month alone; None where there is no such."""
    # Eight years on or back always hold a 29 February, but across 1900 and 2100.
    back = (_date(year, month, day) for year in range(today.year, today.year - 9, -1))
    on = (_date(year, month, day) for year in range(today.year, today.year + 9))
    last = next((one for one in back if one is not None and one <= today), None)
    following = next((one for one in on if one is not None and one >= today), None)
    if lean == "near" and last is not None and following is not None:
        return following if following - today < today - last else last
    return following if lean == "coming" else last


def in_words(day: date) -> str:
    """A day in full, "Thursday 15 October 2026"."""
    weekday = WEEKDAYS[day.weekday()].capitalize()
    return f"{weekday} {day.day} {month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """A month's name, "October"."""
    return _MONTH_NAMES[month - 1].capitalize()


def month_number(text: str) -> int:
    """The month's number, or 0 when the text is no month."""
    return int(text) if text.isdigit() else _MONTHS.get(text, 0)


def parts(plain: str) -> tuple[int, str, int] | None:
    """Day, month as it is written and year of a text that has the look of a whole date."""
    for pattern in (_NUMBERS, _ISO, _DAY_WORD, _WORD_DAY):
        match = pattern.fullmatch(plain)
        if match is not None:
            return int(match["d"]), match["m"], _year(match["y"])
    return None


def squeezed(text: str) -> str:
    """A text in small letters with plain signs and single spaces between its words."""
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    plain = _INVISIBLE.sub("", plain).translate(_DASHES)
    return " ".join(plain.lower().split()).strip(".,; ")


def weekday_before(plain: str) -> tuple[int | None, str]:
    """The weekday, Monday 0, that stands before something else in a text, and that."""
    first, _, rest = plain.partition(" ")
    weekday = weekday_number(first.rstrip(".,")) if rest else None
    return weekday, plain if weekday is None else rest


def weekday_number(text: str) -> int | None:
    """The number of a weekday by its name or short name, Monday 0."""
    return _WEEKDAYS.get(text)


def _plain(text: str) -> str:
    return weekday_before(squeezed(text))[1]


def _whole(plain: str) -> date | None:
    found = parts(plain)
    if found is not None:
        return _date(found[2], month_number(found[1]), found[0])
    if _COMPACT.fullmatch(plain):
        # A year from 1900 on cannot stand at both ends, so one reading at most is a date.
        day_first = _date(int(plain[4:]), int(plain[2:4]), int(plain[:2]))
        return day_first or _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    return None


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, in London where the time says its zone, and the time where it does not."""

    day: date
    at: time | None


def _before_time(plain: str) -> _Moment | None:
    """A date with a time behind it; a bare number counts as a time only with a.m. or p.m."""
    basic = _BASIC.fullmatch(plain)
    if basic is not None:
        year, month, day, hours, minutes, seconds, zone = basic.groups("00")
        plain = f"{year}-{month}-{day}t{hours}:{minutes}:{seconds}{zone}"
    for match in _TIME.finditer(plain):
        hour, minute, second = (int(match[part] or 0) for part in ("h", "m", "s"))
        if match["m"] is None and match["half"] is None:
            continue
        if hour < (13 if match["half"] else 24) and minute < 60 and second < 60:
            found = _whole(plain[: match.start()].rstrip(" ,"))
            if found is not None:
                if match["half"]:
                    hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
                return _moment(match, datetime.combine(found, time(hour, minute, second), UTC))
    return None


def _moment(match: re.Match[str], written: datetime) -> _Moment:
    """The moment, with the zone that the match has, if it is one."""
    if match["zone"]:
        ahead = timedelta(hours=match["zone"] == "bst")
    elif match["sign"] and _is_zone(match):
        ahead = timedelta(hours=int(match["oh"]), minutes=int(match["om"] or 0))
        ahead = -ahead if match["sign"] == "-" else ahead
    else:
        return _Moment(written.date(), written.time())
    try:
        return _Moment(in_london(written - ahead), None)
    except OverflowError:
        return _Moment(written.date(), None)


def _is_zone(match: re.Match[str]) -> bool:
    """Whether what follows a time is how far it is ahead of UTC: 10:30-11:30 is a meeting."""
    near = int(match["oh"]) <= _FARTHEST and int(match["om"] or 0) < 60
    exact = match["s"] is not None or match[0].startswith("t") or "utc" in match[0]
    return near and (exact or "gmt" in match[0] or (match["sign"] == "+" and bool(match["om"])))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < PIVOT else 1900)
    return year


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
