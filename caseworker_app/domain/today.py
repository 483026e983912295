"""The sections of Today: which line stands where, and which of them press.

Overdue and coming duties of the council come first, with what others are late with, since chasing
them is the council's. What others still have time for waits in a section of its own. What a family
may do, and by when, is no duty of anybody here and is counted nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.lateness import days_words, when_words
from caseworker_app.domain.local_target import sharpened
from caseworker_app.domain.roles import Role
from caseworker_app.domain.rows import AlertRow

WEEK, FOUR_WEEKS = 7, 28
"""Days ahead: today and the six days after it, and up to and with the twenty-eighth."""


class Section(IntEnum):
    """A section of Today, in the order shown."""

    UNDECIDED = 0
    OVERDUE = 1
    WEEK = 2
    MONTH = 3
    LATER = 4
    WAITING = 5
    CLAIMED = 6
    RIGHTS = 7

    @property
    def words(self) -> str:
        """Its heading."""
        return _HEADINGS[self]


_HEADINGS = {
    Section.UNDECIDED: "Meeting held, no decision sent: overdue",
    Section.OVERDUE: "Overdue",
    Section.WEEK: "Next 7 days",
    Section.MONTH: "Next four weeks",
    Section.LATER: "Later",
    Section.WAITING: "Waiting on others",
    Section.CLAIMED: "Exception claimed",
    Section.RIGHTS: "Families' rights: theirs to use, not counted",
}

LATE = frozenset({Section.UNDECIDED, Section.OVERDUE})
"""The sections of what is past its legal date."""

PRESSING = LATE | {Section.WEEK}
"""The sections that the badge counts: overdue, or due in the next 7 days."""

FOLDED_AT_FIRST = frozenset({Section.RIGHTS})


def is_target(row: AlertRow) -> bool:
    """Whether a line is of a target of the council's own, which is no law."""
    return bool(sharpened(row.rule))


def section_of(row: AlertRow) -> Section:
    """The section that a line stands in."""
    if row.who == "family":
        return Section.RIGHTS
    if row.state == State.EXCEPTION_CLAIMED:
        return Section.CLAIMED
    if row.days < 0 and not is_target(row):
        return Section.UNDECIDED if row.role == Role.DECISION else Section.OVERDUE
    if row.who != "authority":
        return Section.WAITING
    if row.days < WEEK:
        return Section.WEEK
    return Section.MONTH if row.days <= FOUR_WEEKS else Section.LATER


def when(row: AlertRow) -> str:
    """`9 days late`, `today`, `5 days`; of a target of the council's own `3 days past target`."""
    if row.days < 0 and is_target(row):
        return f"{days_words(-row.days)} past target"
    return when_words(row.days)


def counted(rows: Iterable[AlertRow]) -> Counter[Section]:
    """How many lines stand in each section."""
    return Counter(map(section_of, rows))


def pressing(rows: Iterable[AlertRow]) -> int:
    """How many lines are overdue or due in the next 7 days: the badge and the title of Today."""
    return sum(section_of(row) in PRESSING for row in rows)
