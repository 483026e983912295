"""Why this date: everything a person may ask of one deadline, in words, from the deadline alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.deadlines import OPEN, Deadline, State
from caseworker_app.domain.roles import Role

_FORCE = {
    "must": "must, by Act or Regulations",
    "should": "should, by the Code of Practice",
    "local": "the council's own target",
}
_STATES = {
    State.DUE: "still to come",
    State.OVERDUE: "overdue",
    State.MET: "met in time",
    State.MET_LATE: "met late",
    State.EXCEPTION_CLAIMED: "late, exception claimed",
    State.SUPERSEDED: "replaced",
    State.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One deadline explained, as it stands on a day. Every attribute is words, "" where silent.

    Attributes:
        rule: the duty in one sentence.
        source, address: where it stands, and a link.
        version: the version of the rule in force, how strong it is, and when it was checked.
        started_from: the facts it started from.
        steps: each step of the arithmetic.
        lands_on: the weekday, what is closed on it, and the working target.
        state: how it stands.
        to_meet: what would make it met.
        ended: what met or replaced it.
        replaced: the deadlines that the same facts put an end to.
        exception: what was claimed and what it changes.
        others_count: how most people, or the Department, would count.
        notes: what else the rule pack says.
    """

    rule: str
    source: str
    address: str
    version: str
    started_from: tuple[str, ...]
    steps: tuple[str, ...]
    lands_on: str
    state: str
    to_meet: str
    ended: str
    replaced: tuple[str, ...]
    exception: str
    others_count: tuple[str, ...]
    notes: str


Explain = Callable[[Deadline, date, Sequence[Deadline]], Explanation]
"""Explains a deadline as it stands on a day, beside the child's others."""


def explain(
    deadline: Deadline, today: date, calendars: Calendars, all_deadlines: Sequence[Deadline] = ()
) -> Explanation:
    """Explain a deadline as it stands on a day.

    Args:
        deadline: the deadline.
        today: the day.
        calendars: for the day it lands on.
        all_deadlines: the child's other deadlines, to say which of them it stands in place of.
    """
    version = deadline.version
    state = deadline.state(today)
    steps = tuple(step for step in deadline.steps if isinstance(step, str))
    facts = tuple(
        f"{step[0]}: {long_day(step[1])}" for step in deadline.steps if not isinstance(step, str)
    )
    return Explanation(
        rule=version.what,
        source=version.source,
        address=version.address,
        version=_version(deadline),
        started_from=facts,
        steps=(*steps, f"so the last day in time is {long_day(deadline.due)}"),
        lands_on=_lands_on(deadline, calendars),
        state=_state(deadline, state, today),
        to_meet=_to_meet(deadline, state),
        ended=_ended(deadline, state),
        replaced=tuple(_replaced(deadline, all_deadlines)),
        exception=_exception(deadline, state, today),
        others_count=tuple(_others_count(deadline, state, today)),
        notes=version.notes,
    )


def long_day(day: date) -> str:
    """A day as people write it: Friday 18 December 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _version(deadline: Deadline) -> str:
    version = deadline.version
    until = "" if version.until is None else f" until {long_day(version.until)}"
    doubt = "; part of it not yet held against the source" if version.from_memory else ""
    in_force = f"in force since {long_day(version.since)}{until}"
    checked = f"checked {long_day(version.checked_on)}{doubt}"
    return f"{version.rule}, {_FORCE[version.force]}, {in_force}, {checked}"


def _lands_on(deadline: Deadline, calendars: Calendars) -> str:
    if deadline.target == deadline.due:
        return f"{deadline.due:%A}, a working day: work to that day."
    bank = calendars.england.is_closed_weekday(deadline.due)
    closed = "a bank holiday" if bank else "not a working day"
    return (
        f"{deadline.due:%A}, {closed}. The legal date does not move; "
        f"work to {long_day(deadline.target)}."
    )


def _state(deadline: Deadline, state: State, today: date) -> str:
    days = (deadline.due - today).days
    if state is State.DUE:
        return "due today" if days == 0 else f"due in {_days(days)}"
    if state in {State.OVERDUE, State.EXCEPTION_CLAIMED}:
        return f"{_STATES[state]}, {_days(-days)} after the date"
    if state is State.MET_LATE and deadline.met_on is not None:
        return f"met {_days((deadline.met_on - deadline.due).days)} late"
    return _STATES[state]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _to_meet(deadline: Deadline, state: State) -> str:
    if state not in OPEN or not deadline.version.met_words:
        return ""
    late = "" if state is State.DUE else " It will then show as met late."
    words = deadline.version.met_words
    return f"{words[0].upper()}{words[1:]}.{late}"


def _ended(deadline: Deadline, state: State) -> str:
    if state in {State.MET, State.MET_LATE} and deadline.met_on is not None:
        return f"Met on {long_day(deadline.met_on)}."
    if state is State.SUPERSEDED:
        return f"Replaced: {deadline.superseded_why}."
    return ""


def _replaced(deadline: Deadline, others: Sequence[Deadline]) -> list[str]:
    """Deadlines of the same matter that ended on the day this one started."""
    starts = {step[1] for step in deadline.steps if not isinstance(step, str)}
    return [
        f"{one.rule}, {one.version.title.lower()}, due {long_day(one.due)}"
        for one in others
        if one.version.scope == deadline.version.scope
        and one.version.rule != deadline.version.rule
        and one.superseded_on in starts
        and one.superseded_on is not None
    ]


def _exception(deadline: Deadline, state: State, today: date) -> str:
    claimed = deadline.exception_on
    if deadline.exception is None or claimed is None or claimed > today:
        return ""
    words = f"{deadline.exception} was claimed on {long_day(claimed)}."
    if state is State.EXCEPTION_CLAIMED:
        return f"{words} It excuses the delay and moves no date: act as soon as practicable."
    return f"{words} It would excuse a delay; it moves no date."


def _others_count(deadline: Deadline, state: State, today: date) -> list[str]:
    found = []
    common = deadline.common_state(today)
    if deadline.common_due is not None and common is not None:
        reading = deadline.version.common
        found.append(f"{reading} By that it is {long_day(deadline.common_due)}: {_STATES[common]}.")
    role = deadline.version.role
    if role == Role.DECISION and state is State.MET_LATE:
        found.append("The Department counts this review's decision as over 4 weeks.")
    elif role == Role.DECISION and state is State.OVERDUE:
        found.append(
            "The Department counts it as outstanding while there is no decision, outside its share "
            "of decisions in 4 weeks; the council's own share counts it as late."
        )
    elif role == Role.DECISION and state is State.DUE:
        found.append(
            "Without a decision by then the Department will count it as outstanding, and the "
            "council's own share as late."
        )
    elif role == Role.PLAN and deadline.exception is not None:
        found.append(
            "The Department counts it among all plans, and leaves it out of the count without "
            "exceptions."
        )
    return found
