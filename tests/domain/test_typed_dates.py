"""Dates as people type them: short forms, the echo, and a sentence for what is no date."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.british_dates import in_words
from caseworker_app.domain.typed_dates import echo, read

TODAY = date(2026, 11, 28)
"""A Saturday."""

days = st.dates(date(1970, 1, 1), date(2069, 12, 31))
leans = st.sampled_from(["past", "coming", "near"])


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("t", TODAY, TODAY),
        (" Y ", date(2026, 11, 27), date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 29), date(2026, 11, 29)),
        ("-3", date(2026, 11, 25), date(2026, 11, 25)),
        ("+2w", date(2026, 12, 12), date(2026, 12, 12)),
        ("mon", date(2026, 11, 23), date(2026, 11, 30)),
        ("Saturday", TODAY, TODAY),
        ("last sat", date(2026, 11, 21), date(2026, 11, 21)),
        ("next wed", date(2026, 12, 2), date(2026, 12, 2)),
        ("mon week", date(2026, 12, 7), date(2026, 12, 7)),
        ("15", date(2026, 11, 15), date(2026, 11, 15)),
        ("the 15th", date(2026, 11, 15), date(2026, 11, 15)),
        ("15/10", date(2026, 10, 15), date(2027, 10, 15)),
        ("15 oct", date(2026, 10, 15), date(2027, 10, 15)),
        ("29/2", date(2024, 2, 29), date(2028, 2, 29)),
        ("15/10/26", date(2026, 10, 15), date(2026, 10, 15)),
        ("3 weeks ago", date(2026, 11, 7), date(2026, 11, 7)),
        ("a fortnight ago", date(2026, 11, 14), date(2026, 11, 14)),
        ("in two months", date(2027, 1, 28), date(2027, 1, 28)),
        ("2 weeks' time", date(2026, 12, 12), date(2026, 12, 12)),
        ("w/c 12 oct", date(2026, 10, 12), date(2027, 10, 12)),
        ("week commencing 12 October 2026", date(2026, 10, 12), date(2026, 10, 12)),
        ("end of march", date(2026, 3, 31), date(2027, 3, 31)),
        ("end of month", date(2026, 11, 30), date(2026, 11, 30)),
        ("start of next month", date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_short_forms(text: str, past: date, coming: date) -> None:
    assert (read(text, TODAY).day, read(text, TODAY, "coming").day) == (past, coming)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/2/2026", "February 2026 has 28 days."),
        ("29 feb 2025", "February 2025 has 28 days."),
        ("31/11", "November has 30 days."),
        ("30/2", "February has 28 days, or 29 in a leap year."),
        ("31", "November 2026 has 30 days."),
        ("10/15/2026", "There is no month 15: the day comes first, as in 15/10."),
        ("45/13/26", "There is no month 13."),
        ("0/5/2026", "There is no day 0."),
        ("15 foo 2026", '"foo" is not a month.'),
        ("March 2027", "Which day of March 2027? Type it as in 15 March 2027."),
        ("15/10/206", '"206" is not a year: type two figures or four.'),
        ("1/1/2150", "The year 2150 is not between 1900 and 2100."),
        ("+999999", "That day is not between 1900 and 2100."),
        ("2 weeks", 'Ago, or ahead? Type "2 weeks ago" or "in 2 weeks".'),
        ("soon", '"soon" is not a date: type it as in 15/10/2026, 15 oct, -3 or mon.'),
    ],
)
def test_what_is_no_date_gets_a_sentence(text: str, sentence: str) -> None:
    found = read(text, TODAY)
    assert (found.day, found.problem) == (None, sentence)


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("fri 15/10/2026", date(2026, 10, 15), "That day is a Thursday, not a Friday."),
        (
            "w/c 13 oct",
            date(2026, 10, 13),
            "That is a Tuesday: the week begins on Monday 12 October 2026.",
        ),
        ("next sun", date(2026, 11, 29), "Or the week after, Sunday 6 December 2026?"),
        ("30", date(2026, 11, 30), "That is still to come: with a month, as in 30/10?"),
    ],
)
def test_a_doubt_is_shown_and_the_day_stands(text: str, day: date, doubt: str) -> None:
    found = read(text, TODAY)
    assert (found.day, found.doubt) == (day, doubt)
    assert not read(in_words(day), TODAY).doubt


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "Saturday 28 November 2026, today"),
        (date(2026, 10, 17), "Saturday 17 October 2026, 6 weeks ago"),
        (date(2026, 12, 7), "Monday 7 December 2026, in 9 days"),
        (date(2026, 12, 13), "Sunday 13 December 2026, in 2 weeks and 1 day"),
        (date(2026, 3, 31), "Tuesday 31 March 2026, over 7 months ago"),
        (date(2014, 11, 28), "Friday 28 November 2014, 12 years ago"),
    ],
)
def test_the_echo_says_day_year_and_how_far(day: date, said: str) -> None:
    assert echo(day, TODAY) == said


@given(day=days, today=days, lean=leans)
def test_a_whole_date_is_that_day_whenever_and_however_it_leans(
    day: date, today: date, lean: str
) -> None:
    for text in (f"{day:%d/%m/%Y}", f"w/c {day.day} {day:%b} {day:%y}", in_words(day)):
        assert read(text, today, lean).day == day


@given(day=days, today=days)
def test_a_day_and_month_alone_lean_as_they_are_told(day: date, today: date) -> None:
    text = f"{day.day}/{day.month}"
    past, coming = read(text, today).day, read(text, today, "coming").day
    assert past is not None
    assert coming is not None
    assert past <= today <= coming
    assert {past.timetuple()[1:3], coming.timetuple()[1:3]} == {(day.month, day.day)}
    assert read(text, today, "near").day in {past, coming}


@given(today=days, count=st.integers(-5000, 5000))
def test_so_many_days_on_or_back(today: date, count: int) -> None:
    assert read(f"{count:+}", today).day == today + timedelta(days=count)
    ago = f"{count} days ago" if count >= 0 else f"in {-count} days"
    assert read(ago, today).day == today - timedelta(days=count)


@given(today=days, weekday=st.integers(0, 6))
def test_a_weekday_is_within_the_week_on_either_side(today: date, weekday: int) -> None:
    name = calendar.day_abbr[weekday]
    past, coming = read(name, today).day, read(name, today, "coming").day
    assert past is not None
    assert coming is not None
    assert past.weekday() == coming.weekday() == weekday
    assert 0 <= (today - past).days < 7
    assert 0 <= (coming - today).days < 7


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 31))
def test_a_day_that_a_month_has_not_is_told_with_how_many_it_has(
    year: int, month: int, number: int
) -> None:
    found = read(f"{number}/{month}/{year}", TODAY)
    last = calendar.monthrange(year, month)[1]
    if number <= last:
        assert found.day == date(year, month, number)
    else:
        assert found.problem == f"{calendar.month_name[month]} {year} has {last} days."


_PIECES = (
    "w/c ",
    "next ",
    "mon ",
    "15",
    "/",
    "10",
    "-",
    "+",
    "3 ",
    "weeks ",
    "ago",
    "oct ",
    "end ",
)
texts = st.text(max_size=70) | st.lists(st.sampled_from(_PIECES), max_size=7).map("".join)


@given(text=texts, today=days, lean=leans)
def test_any_text_is_a_day_or_gets_one_sentence(text: str, today: date, lean: str) -> None:
    found = read(text, today, lean)
    assert (found.day is None) == bool(found.problem or not text.strip())
    if found.day is not None:
        assert 1900 <= found.day.year <= 2100
        assert str(found.day.year) in echo(found.day, today)
