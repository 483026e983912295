"""How late a step is, and how that reads: one truth for every list, page and count.

A step is late from the first legal date of it that has passed: a final amended plan is late by the
twelve weeks from its meeting where these end before the eight from its notice. A target of the
council's own is never law, so it is passed and not late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from caseworker_app.domain.roles import YEARLY, Role

_MANY_DAYS, _YEAR = 1000, 365

COMPLETE_BY = YEARLY | {Role.ARRIVAL_REVIEW}
"""The roles of the rules by which a review must be complete."""

FINAL_BY = frozenset({Role.FINAL, Role.FINAL_IN_ALL})
"""The roles of the rules by which an amended plan must be sent."""


def soonest(pending: Mapping[str, date], roles: Iterable[str]) -> date | None:
    """The first legal date of a step: of the open dates by role, the earliest of some roles."""
    return min((pending[role] for role in roles if role in pending), default=None)


def days_words(count: int) -> str:
    """A count of days, "1 day", "1,200 days"."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def distance(days: int) -> str:
    """Days as a narrow column has room for them: "12 d", and from a thousand on "2 y"."""
    return f"{days} d" if days < _MANY_DAYS else f"{days // _YEAR} y"


def when_words(days: int) -> str:
    """How far a legal date lies ahead or back: "9 days late", "today", "5 days"."""
    if days == 0:
        return "today"
    return f"{days_words(-days)} late" if days < 0 else days_words(days)


def short_late(due: date, today: date) -> str:
    """How late something is where there is little room: "12 d late"."""
    return f"{distance((today - due).days)} late"
