"""Dates as people write them, read by day first and held against a plain list of ways to write."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.british_dates import in_london, parse, time_of, typed

days = st.dates(date(1970, 1, 1), date(2069, 12, 31))

SUFFIX = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}

WAYS = {
    "iso": lambda d: d.isoformat(),
    "iso with time": lambda d: f"{d.isoformat()} 00:00:00",
    "iso with zone": lambda d: f"{d.isoformat()}T12:59:59.999+01:00",
    "year first, slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "no zeros": lambda d: f"{d.day}/{d.month}/{d.year}",
    "short year": lambda d: f"{d.day}.{d.month}.{d:%y}",
    "dashes": lambda d: f" {d:%d-%b-%y} ",
    "spaces": lambda d: f"{d.day} {d.month} {d.year}",
    "en dashes": lambda d: f"{d.day}\u2013{d.month}\u2013{d.year}",
    "words": lambda d: f"{d.day} {d:%B %Y}",
    "capitals": lambda d: f"{d.day} {d:%b %Y}".upper(),
    "no gaps": lambda d: f"{d.day}{d:%b%y}",
    "ordinal": lambda d: f"{d.day}{SUFFIX.get(d.day, 'th')} of {d:%B %Y}",
    "weekday": lambda d: f"{d:%A} {d.day} {d:%B %Y}",
    "short weekday": lambda d: f"{d:%a}, {d:%d/%m/%y}",
    "month first": lambda d: f"{d:%B} {d.day}, {d.year}",
    "apostrophe": lambda d: f"{d.day} {d:%b} '{d:%y}",
    "curly apostrophe": lambda d: f"{d.day}/{d.month}/\u2019{d:%y}",
    "with time": lambda d: f"{d:%d/%m/%Y} 10:30",
    "with a.m.": lambda d: f"{d:%d/%m/%y} at 9.15am",
    "no-break": lambda d: f"\u00a0{d.day}\u00a0{d:%b}\u200b {d.year}\ufeff",
    "eight figures": lambda d: f"{d:%d%m%Y}",
    "eight figures, year first": lambda d: f"{d:%Y%m%d}",
    "export of the return": lambda d: f"{d:%Y-%b-%d} 00:00:00",
}


@pytest.mark.parametrize("way", WAYS)
@given(day=days)
def test_every_way_of_writing_a_day_reads_as_that_day(way: str, day: date) -> None:
    assert parse(WAYS[way](day)) == day
    assert typed(WAYS[way](day), date(2026, 11, 22)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/04/2026", date(2026, 4, 3)),
        ("07/08/99", date(1999, 8, 7)),
        ("1/1/69", date(2069, 1, 1)),
        ("1/1/70", date(1970, 1, 1)),
        ("9.7.26", date(2026, 7, 9)),
        ("26-04-03", date(2003, 4, 26)),
        ("3-Sept-2026.", date(2026, 9, 3)),
        ("29/02/2024", date(2024, 2, 29)),
        ("20112026", date(2026, 11, 20)),
    ],
)
def test_day_first_and_the_turn_of_the_century(text: str, day: date) -> None:
    assert parse(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "n/a", "TBC", "?", "see email", "yes", "May", "Monday"),
        *("31/06/2026", "13/13/2026", "04/13/2026", "29/02/2025", "2026-13-01", "00/01/2026"),
        *("22/11", "Nov 2026", "2026", "46276", "221126", "1/2/3", "1/2/203", "22/11/20266"),
        *("22/11/2026?", "w/c 22/11/2026", "22/11/2026 - moved", "22/11/26 & 24/11/26"),
        *("22/11/2026 25:00", "22/11/2026 10:61", "22/11/2026 13pm", "22/11/2026 10"),
        *("01/01/0026", "01/01/2226", "3 Marchember 2026", "12 May 26 3", "9" * 100),
    ],
)
def test_what_is_not_wholly_a_date_is_not_guessed(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=80))
def test_any_text_gives_a_date_or_nothing(text: str) -> None:
    assert parse(text) is None or 1900 <= parse(text).year <= 2100


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        (" Yesterday", TODAY - timedelta(days=1)),
        ("TOMORROW", TODAY + timedelta(days=1)),
        ("22/11", TODAY),
        ("23/11", date(2025, 11, 23)),
        ("5 Nov", date(2026, 11, 5)),
        ("Dec 5th", date(2025, 12, 5)),
        ("29.2", date(2024, 2, 29)),
    ],
)
def test_a_screen_takes_short_forms_as_the_nearest_past_day(text: str, day: date) -> None:
    assert typed(text, TODAY) == day


@pytest.mark.parametrize("text", ["31/6", "22", "5th", "Nov", "soon", "", "30 Feb"])
def test_a_screen_does_not_guess_either(text: str) -> None:
    assert typed(text, TODAY) is None


def test_a_leap_day_is_found_across_the_century_without_one() -> None:
    assert typed("29/2", date(1904, 2, 28)) is None
    assert typed("29/2", date(1911, 6, 1)) == date(1908, 2, 29)


ZONED = {
    "Z": lambda m: f"{m:%Y-%m-%dT%H:%M:%S}Z",
    "without signs": lambda m: f"{m:%Y%m%dT%H%M%S}Z",
    "without signs, to the minute": lambda m: f"{m:%Y%m%dT%H%M}Z",
    "milliseconds": lambda m: f"{m:%Y-%m-%dT%H:%M:%S}.000Z",
    "minutes": lambda m: f"{m:%Y-%m-%dT%H:%M}Z",
    "with a space": lambda m: f"{m:%Y-%m-%d %H:%M:%S}+00:00",
    "without a colon": lambda m: f"{m:%Y-%m-%d %H:%M:%S.%f} +0000",
    "hours alone": lambda m: f"{m:%Y-%m-%d %H:%M:%S}+00",
    "in words": lambda m: f"{m:%d/%m/%Y %H:%M:%S} UTC",
    "Greenwich": lambda m: f"{m:%d %b %Y %H:%M} GMT",
    "after noon": lambda m: f"{m:%d/%m/%Y %I:%M %p} gmt",
}


@pytest.mark.parametrize("way", ZONED)
@given(day=days)
def test_midnight_in_london_written_in_utc_is_the_day_in_london(way: str, day: date) -> None:
    midnight = datetime.combine(day, time(), ZoneInfo("Europe/London"))
    assert parse(ZONED[way](midnight.astimezone(UTC))) == day
    assert in_london(midnight.astimezone(UTC)) == day


@given(
    day=days,
    hour=st.integers(0, 23),
    ahead=st.integers(-48, 56).map(lambda quarters: timedelta(minutes=15 * quarters)),
)
def test_a_time_with_any_zone_is_the_day_in_london(day: date, hour: int, ahead: timedelta) -> None:
    moment = datetime.combine(day, time(hour), timezone(ahead))
    assert parse(moment.isoformat()) == moment.astimezone(ZoneInfo("Europe/London")).date()
    assert parse(moment.isoformat(" ")) == moment.astimezone(ZoneInfo("Europe/London")).date()
    assert time_of(moment.isoformat()) is None


@given(day=days, hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_without_a_zone_leaves_the_day_as_it_is_written(
    day: date, hour: int, minute: int
) -> None:
    for text in (f"{day:%d/%m/%Y} {hour}:{minute:02}", f"{day}T{hour:02}:{minute:02}:00.000"):
        assert parse(text) == day
        assert time_of(text) == time(hour, minute)


def test_a_meeting_from_one_hour_to_another_has_no_zone() -> None:
    assert parse("12/05/2026 11:00-13:00") == date(2026, 5, 12)
    assert parse("2026-05-12 11:00-13:00") == date(2026, 5, 12)
    assert time_of("12/05/2026") is None


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("22/11/2026 9.15pm", date(2026, 11, 22), None),
        ("22/11/2026 9:15 pm", date(2026, 11, 22), time(21, 15)),
        ("22/11/2026 12:05 am", date(2026, 11, 22), time(0, 5)),
        ("2015-08-31T23:00:00Z", date(2015, 9, 1), None),
        ("20150831T2300Z", date(2015, 9, 1), None),
        ("31/08/2015 23:30 BST", date(2015, 8, 31), None),
        ("2026-01-01T01:00:00+05:30", date(2025, 12, 31), None),
        ("2026-01-01T22:00:00-03:00", date(2026, 1, 2), None),
        ("22112026", date(2026, 11, 22), None),
        ("22/11/2026 10:61", None, None),
    ],
)
def test_a_time_behind_a_day(text: str, day: date | None, at: time | None) -> None:
    assert (parse(text), time_of(text)) == (day, at)


def test_a_moment_without_a_zone_is_in_utc() -> None:
    assert in_london(datetime(2026, 7, 1, 23, 30)) == date(2026, 7, 2)  # noqa: DTZ001
