"""Each way to count, held against a slower one that steps through the days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain import primitives as p
from tests.support.clock import day, pack

ENGLAND = pack()[1].england
TRIBUNAL = pack()[1].tribunal
DAYS = st.dates(date(1990, 1, 1), date(2070, 12, 31))
ONE = timedelta(days=1)


def after(first: date) -> Iterator[date]:
    """The days after a day, one by one."""
    while True:
        first += ONE
        yield first


def nth(days: Iterator[date], number: int) -> date:
    for _ in range(number - 1):
        next(days)
    return next(days)


def same_day_on(first: date, months: int) -> date:
    """Walk from month to month; then down from day 31 to one the month has."""
    year, month = first.year, first.month
    step = 1 if months >= 0 else -1
    for _ in range(abs(months)):
        month += step
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    number = first.day
    while number > monthrange(year, month)[1]:
        number -= 1
    return date(year, month, number)


@given(DAYS, st.integers(1, 60))
def test_weeks_after_is_the_last_of_so_many_sevens(first: date, weeks: int) -> None:
    found = p.weeks_after(first, weeks)
    assert found == nth(after(first), 7 * weeks)
    assert found.weekday() == first.weekday()
    assert p.weeks_before(found, weeks) == first


@given(DAYS, st.integers(1, 200))
def test_days_after_leaves_the_day_out_and_days_from_counts_it(first: date, days: int) -> None:
    assert p.days_after(first, days) == nth(after(first), days)
    assert p.days_from(first, days) == nth(after(first - ONE), days)


@given(DAYS, st.integers(0, 40))
def test_months_end_on_the_same_day_number_or_the_last(first: date, months: int) -> None:
    assert p.months_after(first, months) == same_day_on(first, months)
    assert p.months_before(first, months) == same_day_on(first, -months)


@given(DAYS, st.integers(1, 40))
def test_a_period_of_months_ends_before_the_next_one_begins(first: date, months: int) -> None:
    end = p.months_from(first, months)
    corresponding = same_day_on(first, months)
    if corresponding.day == first.day:
        assert end + ONE == corresponding
    else:
        assert end == corresponding
        assert (end + ONE).day == 1


@given(DAYS, st.integers(1, 45))
def test_working_days_from_counts_the_first_working_day_as_one(first: date, days: int) -> None:
    counted, today = 0, first - ONE
    while counted < days:
        today += ONE
        if today.weekday() < 5 and today not in bank_holidays(today.year):
            counted += 1
    assert p.wdays_from(first, days, ENGLAND) == today


@given(DAYS, st.integers(1, 45))
def test_working_days_after_starts_with_the_day_after(first: date, days: int) -> None:
    assert p.wdays_after(first, days, ENGLAND) == p.wdays_from(first + ONE, days, ENGLAND)


@given(DAYS)
def test_the_target_is_the_last_working_day_up_to_the_date(due: date) -> None:
    target = p.prev_wd(due, ENGLAND)
    assert target == ENGLAND.on_or_before(due)
    assert ENGLAND.is_working(target)
    assert not any(
        ENGLAND.is_working(target + timedelta(days=n)) for n in range(1, (due - target).days + 1)
    )


@given(DAYS)
def test_the_tribunal_works_on_no_day_that_england_does_not(today: date) -> None:
    if TRIBUNAL.is_working(today):
        assert ENGLAND.is_working(today)
        assert today.month != 8
        assert (today.month, today.day) not in {(12, n) for n in range(25, 32)} | {(1, 1)}
    assert TRIBUNAL.is_working(TRIBUNAL.on_or_after(today))
    assert TRIBUNAL.on_or_after(today) >= today


@given(st.dates(), st.integers(0, 10_000))
def test_no_count_falls_off_the_calendar(first: date, number: int) -> None:
    for count in (p.weeks_after, p.days_after, p.months_after, p.months_from):
        assert count(first, number) <= date.max
    for count in (p.weeks_before, p.months_before):
        assert count(first, number) >= date.min


@pytest.mark.parametrize("edge", [date.min, date.max])
def test_working_days_stop_at_the_edges(edge: date) -> None:
    assert p.wdays_from(edge, 30, ENGLAND) <= date.max
    assert p.wdays_after(edge, 30, TRIBUNAL) <= date.max
    assert p.prev_wd(edge, ENGLAND) <= edge
    assert p.next_wd(edge, TRIBUNAL) >= edge


def bank_holidays(year: int) -> set[date]:
    """England's bank holidays from their rules, for the years since 1990, one-off days included."""
    easter = easter_sunday(year)
    days = {easter - timedelta(days=2), easter + ONE}
    days.add(first_monday(year, 5) if year not in {1995, 2020} else date(year, 5, 8))
    days.add(last_monday(year, 5) if year not in {2002, 2012, 2022} else SPRING_MOVED[year])
    days.add(last_monday(year, 8))
    days |= {substitute(date(year, 1, 1))}
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    days |= {christmas, boxing}
    if christmas.weekday() == 5:
        days |= {date(year, 12, 27), date(year, 12, 28)}
    elif christmas.weekday() == 6:
        days.add(date(year, 12, 27))
    elif boxing.weekday() == 5:
        days.add(date(year, 12, 28))
    return days | {one for one in ONE_OFF if one.year == year}


SPRING_MOVED = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
ONE_OFF = {
    day(text)
    for text in (
        "1999-12-31",
        "2002-06-03",
        "2011-04-29",
        "2012-06-05",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
    )
}


def substitute(first: date) -> date:
    while first.weekday() > 4:
        first += ONE
    return first


def first_monday(year: int, month: int) -> date:
    return next(d for n in range(1, 8) if (d := date(year, month, n)).weekday() == 0)


def last_monday(year: int, month: int) -> date:
    return next(d for n in range(31, 24, -1) if (d := date(year, month, n)).weekday() == 0)


def easter_sunday(year: int) -> date:
    """Gauss's rule in the form of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, less = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, less + 1)


@pytest.mark.parametrize("year", range(1990, 2070))
def test_the_calendar_has_englands_bank_holidays_and_no_others(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    closed = {one for one in days if ENGLAND.is_closed_weekday(one)}
    assert closed == {one for one in bank_holidays(year) if one.weekday() < 5 and one in days}
