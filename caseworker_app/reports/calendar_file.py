"""Dates as an iCalendar file: all-day events that another import brings up to date.

Source: RFC 5545. Days need no time zone, which is most of what a library for it brings along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from caseworker_app.domain.calendar_dates import CalendarDate
from caseworker_app.reports import target as target_file

_LINE = 75
"""A line has so many bytes at most; what is longer goes on after a blank."""

_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n"}


def write(name: str, dates: Sequence[CalendarDate], target: Path, made_at: datetime) -> None:
    """Write a calendar, whole or not at all.

    Args:
        name: what the calendar is called.
        dates: in their order.
        target: the file.
        made_at: when; a later file replaces what an earlier one said.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .ics.
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    target_file.check(target, ".ics")
    with target_file.whole(target) as part:
        part.write_bytes(as_text(name, dates, made_at).encode())


def as_text(name: str, dates: Sequence[CalendarDate], made_at: datetime) -> str:
    """The calendar as the file holds it."""
    return "".join(
        f"{folded}\r\n" for line in _lines(name, dates, made_at) for folded in _fold(line)
    )


def _lines(name: str, dates: Sequence[CalendarDate], made_at: datetime) -> Iterator[str]:
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Caseworker//EN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{_text(name)}"
    for one in dates:
        yield "BEGIN:VEVENT"
        yield f"UID:{one.uid}"
        yield f"DTSTAMP:{stamp}"
        yield f"LAST-MODIFIED:{stamp}"
        yield f"SEQUENCE:{int(made_at.timestamp()) // 60}"
        yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(one.summary)}"
        yield f"DESCRIPTION:{_text(one.notes)}"
        yield f"STATUS:{'CANCELLED' if one.gone else 'CONFIRMED'}"
        yield from ("TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT")
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    """A text as a value: what parts values and lines is escaped, controls are left out."""
    plain = words.translate(_CONTROLS).replace("\\", "\\\\")
    return plain.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _fold(line: str) -> Iterator[str]:
    """A line in pieces of 75 bytes, no letter cut in two."""
    piece, size, blank = "", 0, ""
    for letter in line:
        length = len(letter.encode())
        if size + length > _LINE:
            yield blank + piece
            piece, size, blank = "", 1, " "
        piece, size = piece + letter, size + length
    yield blank + piece
