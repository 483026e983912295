"""What a cell's number format makes of a number: a date, a month alone, or leading zeros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Kind(Enum):
    """What a number stands for."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time of day"
    ELAPSED = "length of time"

    # Members are one of each; the hash of their names is worked out anew each time.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Look:
    """How a format shows a number.

    Attributes:
        month_only: a date whose day the cell does not show.
        digits: the least number of figures; "0016" is the number 16 shown with four.
    """

    kind: Kind = Kind.NUMBER
    month_only: bool = False
    digits: int = 0


PLAIN = Look()

BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 22), Look(Kind.DATE)),
    17: Look(Kind.DATE, month_only=True),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), Look(Kind.TIME)),
    46: Look(Kind.ELAPSED),
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), Look(Kind.DATE)),
    **dict.fromkeys(range(32, 36), Look(Kind.TIME)),
}
"""Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30)."""

_SILENT = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_AM_PM = re.compile(r"am/pm|a/p", re.IGNORECASE)
_MINUTES = re.compile(r"(h+[^a-z]*)m+|m+([^a-z]*s)", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,20}")


@lru_cache(maxsize=4096)
def look(code: str) -> Look:
    """What a format code says, from its part for positive numbers."""
    if len(code) > 1000 or code.strip().lower() in ("", "general", "@", "standard"):
        return PLAIN
    shown = _SILENT.sub("", code).split(";")[0].lower().replace("general", "")
    if _ELAPSED.search(shown):
        return Look(Kind.ELAPSED)
    if _ZEROS.fullmatch(shown.strip()):
        return Look(digits=len(shown.strip()))
    without_marks = re.sub(r"s\.0+", "s", shown)
    if any(mark in without_marks for mark in "0#?"):
        return PLAIN
    clock = bool(_AM_PM.search(shown)) or "h" in shown or "s" in shown
    days = _MINUTES.sub(r"\1\2", _AM_PM.sub("", shown))
    if any(mark in days for mark in "dmy"):
        return Look(Kind.DATE, month_only="d" not in days and not clock)
    return Look(Kind.TIME) if clock else PLAIN


def shown_with_zeros(number: float, look: Look) -> str | float:
    """A whole number as text with the zeros before it that its cell shows, or the number."""
    if look.digits and isinstance(number, int) and 0 <= number < 10 ** (look.digits - 1):
        return str(number).zfill(look.digits)
    return number
