"""How a day is written wherever a person reads it: `13 Nov 2026`, always with its year."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Written out: the computer's own names of months are another language's on some computers."""


def day_words(day: date) -> str:
    """`13 Nov 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
