"""How loud an open deadline is on a day: the council's own thresholds, which are no law.

A deadline past its date is red whatever the thresholds say, and a family's window or an age is
never an alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.levels import OVERDUE, Level
from caseworker_app.domain.primitives import add_days, add_months
from caseworker_app.domain.yeargroup import birthday

if TYPE_CHECKING:
    from caseworker_app.domain.facts import Fact

LONGEST = 366
"""The furthest from its date that a threshold may lie, in days or months."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From when on a deadline is at least so loud.

    Attributes:
        rules: the rules it is for.
        level: how loud.
        days: so many days before the legal date, below zero for after it.
        months: so many months before the end of the period, or None where `days` counts.
        unless: kinds of fact that keep it quiet.
        within: how many days before the legal date such a fact must be.
        words: what is missing.
    """

    rules: frozenset[str]
    level: Level
    words: str
    days: int = 0
    months: int | None = None
    unless: frozenset[str] = frozenset()
    within: int = 0

    def starts(self, due: date) -> date:
        """The first day it holds for a deadline."""
        if self.months is not None:
            return add_months(add_days(due, 1), -self.months)
        return add_days(due, -self.days)


@dataclass(frozen=True, slots=True)
class BirthdayThreshold:
    """From how many months before a birthday on it is at least so loud."""

    age: int
    level: Level
    months: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All thresholds of a council."""

    deadlines: tuple[Threshold, ...] = ()
    birthdays: tuple[BirthdayThreshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """How loud a deadline or a birthday is, and why in a few words."""

    level: Level
    words: str


QUIET = Alert(Level.QUIET, "")


def alert(
    deadline: Deadline, today: date, thresholds: Thresholds, facts: Sequence[Fact] = ()
) -> Alert:
    """How loud a deadline is on a day.

    Args:
        deadline: of one child.
        today: the day.
        thresholds: the council's.
        facts: the child's, for the thresholds that a fact keeps quiet.
    """
    if deadline.state(today) not in OPEN or deadline.version.lapses:
        return QUIET
    return loudness(deadline.rule, deadline.due, today, thresholds, facts)


def loudness(
    rule: str, due: date, today: date, thresholds: Thresholds, facts: Sequence[Fact] = ()
) -> Alert:
    """How loud an open deadline of a rule is on a day; see `alert`."""
    found = Alert(Level.RED, OVERDUE) if due < today else QUIET
    for threshold in thresholds.deadlines:
        if (
            rule in threshold.rules
            and threshold.level >= found.level
            and threshold.starts(due) <= today
            and not _is_kept_quiet(threshold, due, today, facts)
        ):
            found = Alert(threshold.level, threshold.words)
    return found


def next_rise(
    rule: str, due: date, today: date, thresholds: Thresholds, facts: Sequence[Fact] = ()
) -> tuple[date, Alert] | None:
    """The day a threshold makes an open deadline louder if nothing is recorded, and how loud."""
    now = loudness(rule, due, today, thresholds, facts).level
    days = {one.starts(due) for one in thresholds.deadlines if rule in one.rules}
    for day in sorted(day for day in days if day > today):
        then = loudness(rule, due, day, thresholds, facts)
        if then.level > now:
            return day, then
    return None


def birthday_alert(born: date, today: date, thresholds: Thresholds) -> Alert:
    """How loud the next birthday is that the thresholds name."""
    found = QUIET
    for threshold in thresholds.birthdays:
        turns = birthday(born, threshold.age)
        if turns is None or turns < today:
            continue
        if add_months(turns, -threshold.months) <= today and threshold.level > found.level:
            found = Alert(threshold.level, f"turns {threshold.age} on {_words(turns)}")
    return found


def _words(day: date) -> str:
    return day_words(day)


def _is_kept_quiet(threshold: Threshold, due: date, today: date, facts: Iterable[Fact]) -> bool:
    if not threshold.unless:
        return False
    first = due - timedelta(days=min(threshold.within, (due - date.min).days))
    return any(fact.kind in threshold.unless and first <= fact.on <= today for fact in facts)
