"""Days, months and periods as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.day_words import day_words, month_words, period_words
from caseworker_app.domain.measures.board import Period


def test_a_day_has_its_year() -> None:
    assert day_words(date(2026, 11, 3)) == "3 Nov 2026"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-09", "September 2022"),
        ("2023", "2023"),
        ("", ""),
        ("2022-13", "2022-13"),
        ("by hand", "by hand"),
    ],
)
def test_a_month_is_written_out(text: str, words: str) -> None:
    assert month_words(text) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), "September 2026"),
        (date(2026, 7, 1), date(2026, 8, 31), "July to August 2026"),
        (date(2025, 12, 1), date(2026, 2, 28), "December 2025 to February 2026"),
        (date(2026, 9, 1), date(2026, 11, 22), "1 Sep to 22 Nov 2026"),
        (date(2025, 9, 2), date(2026, 8, 31), "2 Sep 2025 to 31 Aug 2026"),
    ],
)
def test_a_period_is_as_short_as_it_can_be(start: date, end: date, words: str) -> None:
    assert period_words(Period(start, end)) == words
