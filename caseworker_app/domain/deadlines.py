"""Deadlines: what a rule makes of facts. Their state is a deadline seen on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.domain.rules import RuleVersion


class State(StrEnum):
    """How a deadline stands on a day. Only `OVERDUE`, `DUE` and `EXCEPTION_CLAIMED` make alerts."""

    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    EXCEPTION_CLAIMED = "exception_claimed"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date that one rule makes of one child's facts. It does not depend on today.

    Attributes:
        version: the version of the rule that made it.
        episode: which review, assessment or order it belongs to; stable for the same facts.
        due: the last day in time by the strict reading of the law. Never moved.
        target: the last working day on or before `due`.
        common_due: the last day by the common reading, or None where there is one reading.
        met_on: the day of the fact that met it, whatever today is.
        superseded_on: the day from which a later fact replaced it, or None.
        superseded_why: words for that.
        exception: the ground of a claimed exception that may excuse it, or None.
        exception_on: the day it was claimed.
        because: the facts it started from and each step of the arithmetic, in words.
    """

    version: RuleVersion
    episode: str
    due: date
    target: date
    common_due: date | None = None
    met_on: date | None = None
    superseded_on: date | None = None
    superseded_why: str = ""
    exception: str | None = None
    exception_on: date | None = None
    because: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.version.rule

    def state(self, today: date) -> State:
        """How it stands on `today`, by the strict reading."""
        return _state(self, self.due, today)

    def common_state(self, today: date) -> State | None:
        """How it stands by the common reading, or None where there is one reading."""
        return None if self.common_due is None else _state(self, self.common_due, today)


def _state(deadline: Deadline, due: date, today: date) -> State:
    met, replaced = deadline.met_on, deadline.superseded_on
    if met is not None and met <= today and (replaced is None or met <= replaced):
        return State.MET if met <= due else State.MET_LATE
    if replaced is not None and replaced <= today:
        return State.SUPERSEDED
    if today <= due:
        return State.DUE
    if deadline.version.lapses:
        return State.CLOSED
    if deadline.exception is not None:
        return State.EXCEPTION_CLAIMED
    return State.OVERDUE
