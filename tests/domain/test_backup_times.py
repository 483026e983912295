"""Thinning: the newest always, every day and week for as long as is said, and nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.backup_times import (
    ALL_FOR,
    DAILY_FOR,
    WEEKLY_FOR,
    superseded,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_AGES = st.lists(st.integers(0, 500 * 24 * 60), unique=True, max_size=60)


def _moments(ages: list[int]) -> list[datetime]:
    return [NOW - timedelta(minutes=age) for age in ages]


@given(_AGES)
def test_every_day_and_week_keeps_its_latest(ages: list[int]) -> None:
    made = _moments(ages)
    gone = superseded(made, NOW)
    kept = set(made) - gone
    assert not made or max(made) in kept
    for one in made:
        age = NOW - one
        day = [other for other in made if other.date() == one.date() and other >= one]
        week = [other for other in made if other.isocalendar()[:2] == one.isocalendar()[:2]]
        if age <= ALL_FOR or (age <= DAILY_FOR and day == [one]):
            assert one in kept
        if age <= WEEKLY_FOR and max(week) == one:
            assert one in kept
        if age > WEEKLY_FOR and one != max(made):
            assert one in gone


@given(_AGES, st.integers(1, 2000))
def test_thinning_every_hour_leaves_what_thinning_once_does(ages: list[int], hours: int) -> None:
    made = set(_moments(ages))
    later = NOW + timedelta(hours=hours)
    once = made - superseded(made, later)
    hourly = made - superseded(made, NOW)
    assert hourly - superseded(hourly, later) == once
