"""Calendars as RFC 5545 has them: folded, escaped, an event a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.calendar_dates import CalendarDate
from caseworker_app.domain.errors import Refused
from caseworker_app.reports.calendar_file import as_text, write

AT = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
DAY = date(2026, 11, 30)
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"))


def plain(escaped: re.Match[str]) -> str:
    return "\n" if escaped.group(1) == "n" else escaped.group(1)


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar, their values as they were before they were escaped."""
    found: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = re.sub(r"\\(.)", plain, value)
    return found


@given(LETTERS, LETTERS)
def test_what_is_said_comes_back_and_no_line_is_too_long(summary: str, notes: str) -> None:
    text = as_text("Dates", [CalendarDate("u@caseworker", DAY, summary, notes)], AT)
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = read(text)
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (summary, notes)


def test_an_event_is_a_whole_day_and_one_done_with_is_cancelled() -> None:
    dates = [CalendarDate("a", DAY, "A", ""), CalendarDate("b", DAY, "B", "", gone=True)]
    first, second = read(as_text("Dates", dates, AT))
    assert first["DTSTART;VALUE=DATE"] == "20261130"
    assert first["DTEND;VALUE=DATE"] == "20261201"
    assert (first["STATUS"], second["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert first["DTSTAMP"] == "20261128T200000Z"


def test_a_file_has_the_ending_of_a_calendar(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.ics"):
        write("Dates", [], tmp_path / "dates.txt", AT)
    write("Dates", [], tmp_path / "dates.ics", AT)
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
