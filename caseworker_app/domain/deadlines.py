"""Deadlines: what a rule makes of facts. Their state is a deadline seen on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.roles import Role

if TYPE_CHECKING:
    from caseworker_app.domain.rules import RuleVersion

Step = str | tuple[str, date]
"""A step of the arithmetic: words, or the name of a fact and its day, put into words when read."""


_START = "started"


def started_on(day: date | None) -> tuple[Step, ...]:
    """The steps of a deadline of which only the day it started from is known; shared by all."""
    if day is None:
        return ()
    steps = _STARTS.get(day)
    if steps is None:
        steps = _STARTS[day] = ((_START, day),)
    return steps


_STARTS: dict[date, tuple[Step, ...]] = {}


def first_day(steps: Iterable[Step]) -> date | None:
    """The day of the first fact among steps."""
    for step in steps:
        if not isinstance(step, str):
            return step[1]
    return None


class State(StrEnum):
    """How a deadline stands on a day. Only `OVERDUE`, `DUE` and `EXCEPTION_CLAIMED` make alerts."""

    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    EXCEPTION_CLAIMED = "exception_claimed"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


OPEN = frozenset({State.DUE, State.OVERDUE, State.EXCEPTION_CLAIMED})
"""The states of a date that still asks for something."""


class Deadline(NamedTuple):
    """One date that one rule makes of one child's facts. It does not depend on today.

    A named tuple rather than a dataclass: a caseload has a million and a half of them, and they
    are made five times as fast.

    Attributes:
        version: the version of the rule that made it.
        episode: which review, assessment or order it belongs to; stable for the same facts, and
            with `rule` unique for a child.
        due: the last day in time by the strict reading of the law. Never moved.
        target: the last working day on or before `due`.
        common_due: the last day by the common reading, or None where there is one reading.
        met_on: the day of the fact that met it, whatever today is.
        superseded_on: the day from which a later fact replaced it, or None.
        superseded_why: words for that.
        exception: the ground of a claimed exception that may excuse it, or None. A claim that
            fails its test is not here; `steps` say that it was made.
        exception_on: the day from which it excuses.
        steps: the facts it started from and each step of the arithmetic.
        holder: who has to act where the facts tell it apart, else "".
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
    steps: tuple[Step, ...] = ()
    holder: str = ""

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.version.rule

    @property
    def who(self) -> str:
        """Who has to act: a key of `parties.WHO`."""
        return self.holder or self.version.who

    @property
    def because(self) -> tuple[str, ...]:
        """The facts it started from and each step of the arithmetic, in words."""
        return tuple(
            step if isinstance(step, str) else f"{step[0]} {step[1]}" for step in self.steps
        )

    @property
    def why(self) -> str:
        """A short phrase for lists: "8 weeks from the notice of 1 Oct 2026"."""
        start = self.started_on
        if start is None or not self.version.why:
            return self.version.period
        return self.version.why.replace("{day}", day_words(start))

    @property
    def started_on(self) -> date | None:
        """The day of the first fact it started from."""
        return first_day(self.steps)

    def bare(self) -> Deadline:
        """As a store keeps it: with no steps but the day it started, and not why it was replaced.

        Both are counted again when somebody asks.
        """
        version, episode, due, target, common, met, replaced, _, ground, since, _, holder = self
        steps = started_on(self.started_on)
        return Deadline(
            version, episode, due, target, common, met, replaced, "", ground, since, steps, holder
        )

    def state(self, today: date) -> State:
        """How it stands on `today`, by the strict reading.

        Met late stays `MET_LATE` even where an exception was claimed; `exception` says that too.
        """
        return _state(self, self.due, today)

    def common_state(self, today: date) -> State | None:
        """How it stands by the common reading, or None where there is one reading."""
        return None if self.common_due is None else _state(self, self.common_due, today)


def one_a_notice(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The deadlines with one for each amendment notice, for whoever counts what is late.

    A notice has to be followed by the final plan or by word that there will be none: two dates of
    which one alone is ever to be met. The final plan's stands for both.
    """
    every = list(deadlines)
    finals = {(one.episode, one.due) for one in every if one.version.role == Role.FINAL}
    return [
        one
        for one in every
        if one.version.role != Role.NO_AMENDMENT or (one.episode, one.due) not in finals
    ]


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
    if deadline.exception_on is not None and deadline.exception_on <= today:
        return State.EXCEPTION_CLAIMED
    return State.OVERDUE
