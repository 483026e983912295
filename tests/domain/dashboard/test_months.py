"""The months that charts go over."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.dashboard.months import months_to


def test_thirteen_months_end_with_the_one_that_runs() -> None:
    found = months_to(date(2026, 11, 22))
    assert (len(found.firsts), found.firsts[0]) == (13, date(2025, 11, 1))
    assert found.words[0] == "November 2025"
    assert found.words[-1] == "November 2026, so far"
    assert found.short[:4] == ("Nov 2025", "Dec", "Jan 2026", "Feb")


def test_a_month_that_has_ended_is_whole() -> None:
    assert months_to(date(2026, 2, 28)).words[-1] == "February 2026"


@given(st.dates(), st.lists(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1))))
def test_each_day_stands_in_its_own_month_or_in_none(as_at: date, days: list[date]) -> None:
    months = months_to(as_at)
    found = months.sorted_out(days, lambda day: day)
    placed = sorted(day for some in found for day in some)
    assert placed == sorted(day for day in days if months.firsts[0] <= day <= as_at)
    for first, some in zip(months.firsts, found, strict=True):
        assert all((day.year, day.month) == (first.year, first.month) for day in some)
