"""Year groups and ages from dates of birth, held against counting by school year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain import yeargroup as y
from tests.support.clock import day

BIRTHS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(BIRTHS, st.integers(0, 20))
def test_a_child_is_in_reception_in_the_school_year_it_turns_five(born: date, years: int) -> None:
    fifth = date(born.year + 5, born.month, min(born.day, 28))
    september = date(fifth.year if fifth.month >= 9 else fifth.year - 1, 9, 1)
    on = date(september.year + years, 9, 1)
    assert y.nc_year(born, on) == years
    assert y.nc_year(born, on - timedelta(days=1)) == years - 1
    assert y.starts(born, years) == on.year


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("2016-08-31", "2026-11-22", 6),
        ("2016-09-01", "2026-11-22", 5),
        ("2015-09-01", "2026-11-22", 6),
        ("2023-08-31", "2026-11-22", -1),
        ("2019-09-01", "2027-08-31", 2),
        ("2010-09-01", "2026-09-01", 11),
    ],
)
def test_the_cut_off_is_the_end_of_august(born: str, on: str, expected: int) -> None:
    assert y.nc_year(day(born), day(on)) == expected


def test_a_recorded_year_group_is_carried_into_later_years() -> None:
    born, recorded = day("2016-08-31"), day("2026-11-22")
    assert y.nc_year(born, recorded, 5, recorded) == 5
    assert y.nc_year(born, day("2028-09-01"), 5, recorded) == 7
    assert y.starts(born, y.YEAR_7, y.shift(born, 5, recorded)) == 2028


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2020-12-31", "2025-12-31"),
        ("2021-01-01", "2026-03-31"),
        ("2021-03-31", "2026-03-31"),
        ("2021-04-01", "2026-08-31"),
        ("2023-08-31", "2028-08-31"),
        ("2021-09-01", "2026-12-31"),
        ("2020-02-29", "2025-03-31"),
    ],
)
def test_school_age_starts_on_a_prescribed_day(born: str, expected: str) -> None:
    assert y.school_age_starts(day(born)) == day(expected)


@given(BIRTHS)
def test_school_age_ends_on_the_last_friday_in_june_of_year_11(born: date) -> None:
    end = y.school_age_ends(born)
    assert end is not None
    assert (end.month, end.weekday()) == (6, 4)
    assert (end + timedelta(days=7)).month == 7
    assert y.nc_year(born, end) == 11


@pytest.mark.parametrize(
    ("born", "birthday", "july"),
    [
        ("2001-07-31", "2026-07-31", "2026-07-31"),
        ("2001-08-01", "2026-08-01", "2027-07-31"),
        ("2004-02-29", "2029-03-01", "2029-07-31"),
    ],
)
def test_turning_25(born: str, birthday: str, july: str) -> None:
    assert y.birthday(day(born), 25) == day(birthday)
    assert y.college_year_ends(day(born)) == day(july)


@given(st.dates())
def test_no_birth_breaks_the_count(born: date) -> None:
    for found in (y.school_age_starts(born), y.school_age_ends(born), y.college_year_ends(born)):
        assert found is None or found > born


@pytest.mark.parametrize(
    ("year", "words", "letters"),
    [
        (-2, "below nursery", "<N"),
        (-1, "Nursery", "N"),
        (0, "Reception", "R"),
        (1, "Year 1", "Y1"),
        (14, "Year 14", "Y14"),
    ],
)
def test_a_year_group_is_said_in_words_and_in_letters(year: int, words: str, letters: str) -> None:
    assert (y.year_words(year), y.year_letters(year)) == (words, letters)
