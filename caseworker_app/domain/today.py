"""The sections of Today: which line stands where, and which of them press.

Overdue and coming duties of the council come first, with what others are late with, since chasing
them is the council's. What others still have time for waits in a section of its own. What a family
may do, and by when, is no duty of anybody here and is counted nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, Protocol

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.lateness import days_words, when_words
from caseworker_app.domain.roles import Role
from caseworker_app.domain.target_ids import OWN

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
    SNOOZED = 7
    DONE = 8
    RIGHTS = 9

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
    Section.SNOOZED: "Snoozed",
    Section.DONE: "Done today",
    Section.RIGHTS: "Families' rights: theirs to use, not counted",
}

LATE = frozenset({Section.UNDECIDED, Section.OVERDUE})
"""The sections of what is past its legal date."""

PRESSING = LATE | {Section.WEEK}
"""The sections that the badge counts: overdue, or due in the next 7 days."""

FOLDED_AT_FIRST = frozenset({Section.SNOOZED, Section.DONE, Section.RIGHTS})

UNCOUNTED = frozenset({Section.DONE, Section.RIGHTS})
"""What nobody here has to do: the families' rights, and what is done."""


def is_target(row: AlertRow) -> bool:
    """Whether a line is of a target of the council's own, which is no law."""
    return row.rule.startswith(OWN)


def is_done(row: AlertRow) -> bool:
    """Whether a line says what was done today, and asks for nothing."""
    return row.state is State.MET


def section_of(row: AlertRow) -> Section:
    """The section that a line stands in."""
    if is_done(row):
        return Section.DONE
    if row.who == "family" and not row.record:
        return Section.RIGHTS
    if row.snoozed_until is not None:
        return Section.SNOOZED
    return _by_date(row)


def _by_date(row: AlertRow) -> Section:
    days = row.days
    if days < 0:
        if row.state is State.EXCEPTION_CLAIMED:
            return Section.CLAIMED
        if not is_target(row):
            return Section.UNDECIDED if row.role == Role.DECISION else Section.OVERDUE
    if row.who != "authority":
        return Section.WAITING
    if days < WEEK:
        return Section.WEEK
    return Section.MONTH if days <= FOUR_WEEKS else Section.LATER


def when(row: AlertRow) -> str:
    """`9 days late`, `today`, `5 days`; of a target of the council's own `3 days past target`.

    What is done says so.
    """
    if is_done(row):
        return "done"
    if row.days < 0 and is_target(row):
        return f"{days_words(-row.days)} past target"
    return when_words(row.days)


class PutOff(Protocol):
    """What is asked of a record that puts a line off Today."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def child_id(self) -> str: ...  # noqa: D102
    @property
    def rule(self) -> str: ...  # noqa: D102
    @property
    def episode(self) -> str: ...  # noqa: D102
    @property
    def promise_id(self) -> str | None: ...  # noqa: D102
    @property
    def until(self) -> date: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


def put_off(rows: Iterable[AlertRow], snoozes: Iterable[PutOff]) -> list[AlertRow]:
    """The lines, each that is put off saying until when and why; the longest counts.

    Args:
        rows: the lines.
        snoozes: the records that hold today: what has come to its day puts nothing off.
    """
    longest: dict[tuple[str, str, str], PutOff] = {}
    for one in snoozes:
        key = one.child_id, one.rule, one.episode
        if one.promise_id:
            key = one.child_id, "", f"promise/{one.promise_id}"
        known = longest.get(key)
        if known is None or one.until > known.until:
            longest[key] = one
    return [_put_off(row, longest) for row in rows]


def _put_off(row: AlertRow, longest: Mapping[tuple[str, str, str], PutOff]) -> AlertRow:
    holds = longest.get((row.child_id, row.rule, row.record or row.episode))
    if holds is None:
        return row
    return row._replace(snooze=holds.id, snoozed_until=holds.until, snoozed_why=holds.why)


ON_TODAY = frozenset({"promise", "panel", "panel_item", "dispute", "audit_action", "snooze"})
"""The kinds of record that stand on Today, or say what does."""


def children_of(records: Mapping[str, Sequence[Any]]) -> list[str]:
    """The children whose lines on Today some rows of records change, by id; see `RecordRow`."""
    owned = ON_TODAY - {"panel"}
    return [row.record.child_id for kind in owned for row in records.get(kind, ())]


def counted(rows: Iterable[AlertRow]) -> Counter[Section]:
    """How many lines stand in each section."""
    return Counter(map(section_of, rows))


def is_overdue(row: AlertRow) -> bool:
    """Whether a line is past its legal date, put off Today or not: what a manager counts."""
    return row.days < 0 and section_of(row) not in UNCOUNTED and _by_date(row) in LATE


def pressing(rows: Iterable[AlertRow]) -> int:
    """How many lines are overdue or due in the next 7 days: the badge and the title of Today."""
    return sum(section_of(row) in PRESSING for row in rows)
