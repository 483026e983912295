"""Dates as people in Britain write them: day first, always; ISO stays ISO; nothing is guessed.

`parse` reads a whole date and depends on nothing but the text. `typed` adds the short forms that
make sense only on a day: "today", "22/11".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

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
_WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS = {*_WEEKDAY_NAMES, *(name[:3] for name in _WEEKDAY_NAMES), "tues", "weds", "thurs"}

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2044\u2215", "/")
    | dict.fromkeys("\u2018\u2019", "'")
)

_SEP = r"\s*[-/.,\\_\s]\s*"
_TIME = re.compile(
    r"(?:[t,]|\bat\b|\s)\s*(?P<h>\d{1,2})(?:[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:z|gmt|bst|utc|[+-]\d\d:?\d\d))?$"
)
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
_NEAR_WORDS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}


def parse(text: str) -> date | None:
    """The date that a text is, or None when it is not wholly one date.

    Takes 2026-11-22, 22/11/2026, 22.11.26, 22 Nov 2026, 22nd November '26, Sunday 22 November
    2026, November 22, 2026 and 22112026, each also with a time after it, which is dropped.
    """
    plain = _plain(text)
    if not plain or not plain[-1].isalnum() or len(plain) > 60:
        return None
    return _whole(plain) or _before_time(plain)


def typed(text: str, today: date) -> date | None:
    """The date that somebody typed on a day, or None.

    Beyond `parse` it takes today, yesterday, tomorrow, and a day and month without a year, which
    mean the latest such day that is not after `today`.
    """
    plain = _plain(text)
    if plain in _NEAR_WORDS:
        return today + timedelta(days=_NEAR_WORDS[plain])
    found = parse(text)
    if found is not None:
        return found
    short = _SHORT.fullmatch(plain)
    if short is None:
        return None
    day = short["d"] or short["d2"] or short["d3"]
    month = _month(short["m"] or short["m2"] or short["m3"])
    # Eight years back always hold a 29 February.
    years = range(today.year, today.year - 9, -1)
    days = (_date(year, month, int(day)) for year in years)
    return next((one for one in days if one is not None and one <= today), None)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    plain = _INVISIBLE.sub("", plain).translate(_DASHES)
    plain = " ".join(plain.lower().split()).strip(".,; ")
    first, _, rest = plain.partition(" ")
    return rest if rest and first.rstrip(".,") in _WEEKDAYS else plain


def _whole(plain: str) -> date | None:
    for pattern in (_NUMBERS, _ISO, _DAY_WORD, _WORD_DAY):
        match = pattern.fullmatch(plain)
        if match is not None:
            return _date(_year(match["y"]), _month(match["m"]), int(match["d"]))
    if _COMPACT.fullmatch(plain):
        # A year from 1900 on cannot stand at both ends, so one reading at most is a date.
        day_first = _date(int(plain[4:]), int(plain[2:4]), int(plain[:2]))
        return day_first or _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    return None


def _before_time(plain: str) -> date | None:
    """A date with a time behind it; a bare number counts as a time only with a.m. or p.m."""
    for match in _TIME.finditer(plain):
        hour, minute, second = (int(match[part] or 0) for part in ("h", "m", "s"))
        if match["m"] is None and match["half"] is None:
            continue
        if hour < (13 if match["half"] else 24) and minute < 60 and second < 60:
            found = _whole(plain[: match.start()].rstrip(" ,"))
            if found is not None:
                return found
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < PIVOT else 1900)
    return year


def _month(text: str) -> int:
    """The month's number, or 0 when the text is no month."""
    return int(text) if text.isdigit() else _MONTHS.get(text, 0)


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
