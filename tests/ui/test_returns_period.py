from datetime import date

import pytest

from caseworker_app.ui.screens import returns_period as period


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 22), (date(2026, 9, 1), date(2026, 11, 22))),
        (date(2026, 9, 1), (date(2026, 9, 1), date(2026, 9, 1))),
        (date(2027, 3, 31), (date(2027, 1, 1), date(2027, 3, 31))),
        (date(2027, 8, 31), (date(2027, 4, 1), date(2027, 8, 31))),
    ],
)
def test_this_term_ends_today(today: date, days: tuple[date, date]) -> None:
    assert period.this_term(today) == days


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 22), (date(2026, 4, 1), date(2026, 8, 31))),
        (date(2027, 1, 1), (date(2026, 9, 1), date(2026, 12, 31))),
        (date(2027, 4, 1), (date(2027, 1, 1), date(2027, 3, 31))),
    ],
)
def test_last_term_is_whole(today: date, days: tuple[date, date]) -> None:
    assert period.last_term(today) == days


def test_two_months_are_whole_months_over_the_year_end() -> None:
    assert period.last_two_months(date(2027, 1, 31)) == (date(2026, 11, 1), date(2026, 12, 31))
    assert period.last_two_months(date(2026, 5, 1)) == (date(2026, 3, 1), date(2026, 4, 30))


def test_school_and_calendar_years() -> None:
    today = date(2026, 8, 31)
    assert period.this_school_year(today) == (date(2025, 9, 1), today)
    assert period.last_school_year(today) == (date(2024, 9, 1), date(2025, 8, 31))
    assert period.last_calendar_year(today) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("key", list(period.PERIODS))
@pytest.mark.parametrize("month", range(1, 13))
def test_every_period_starts_before_it_ends(key: str, month: int) -> None:
    since, until = period.PERIODS[key][1](date(2028, month, 1))
    assert since <= until
