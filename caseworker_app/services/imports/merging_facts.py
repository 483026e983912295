"""The facts of one child as a file has them, brought among those that the store has.

A fact is never doubled and never taken away; what a person took out does not come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from caseworker_app.domain.facts import KINDS, Detail, Fact
from caseworker_app.domain.incoming import Conflict, IncomingCase
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record

SAME_REVIEW = timedelta(weeks=12)
"""Two dates of one kind nearer than this are one event, dated twice."""

TAKEN_BACK = "-{}:{}"
"""In a child's `typed`: a fact of this kind and day that a person took back or re-dated."""

DETAIL_EMPTIED = "~{}:{}:{}"
"""In a child's `typed`: a detail, by kind, day and key, that a person took out of a fact."""

WHICH_PLAN = "first"
"""A detail that a file which does not know it takes from nobody."""

_MAY_REPEAT = frozenset(
    {"review_meeting_fixed", "exception", "decision_notice_sent"}
    | {"consultation_sent", "consultation_received", "consultation_replied"}
    | {"direct_payment_started"}
)


def new_facts(record: Record, case: IncomingCase, conflicts: list[Conflict]) -> tuple[Fact, ...]:
    """The file's facts that the store does not have, their episodes made to fit."""
    known = {identity(fact) for fact in record.facts}
    incoming = without_doubles(case.facts)
    said = {identity(fact) for fact in incoming}
    unsaid = [fact for fact in record.facts if identity(fact) not in said]
    fresh = []
    for fact in incoming:
        if identity(fact) in known:
            continue
        label = KINDS[fact.kind].label
        if TAKEN_BACK.format(fact.kind, fact.on.isoformat()) in record.child.typed:
            conflicts.append(conflict(case, record.child, label, "", fact.on))
            continue
        twin = dated_twice(fact, unsaid)
        if twin is not None:
            conflicts.append(conflict(case, record.child, label, twin.on, fact.on))
            continue
        fresh.append(fact)
    return episodes_fitted(fresh, record.facts, incoming)


def dated_twice(fact: Fact, others: Iterable[Fact]) -> Fact | None:
    """The one among others that is the same event with another date near by, or None."""
    if fact.kind in _MAY_REPEAT:
        return None
    for other in others:
        alike = other.kind == fact.kind and other.text("source") == fact.text("source")
        if alike and abs(other.on - fact.on) < SAME_REVIEW:
            return other
    return None


def episodes_fitted(
    fresh: list[Fact], kept: tuple[Fact, ...], incoming: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """Give the file's episodes names that mean the same in the store, or new ones."""
    stored = {identity(fact): fact.episode for fact in kept}
    used = {fact.episode for fact in kept if fact.episode}
    names: dict[str, str | None] = {}
    for fact in incoming:
        if fact.episode is None:
            continue
        if identity(fact) in stored:
            names[fact.episode] = stored[identity(fact)]
        elif fact.episode not in names:
            name = fact.episode
            names[name] = f"{name}/{fact.on.isoformat()}" if name in used else name
    return tuple(
        replace(fact, episode=names[fact.episode]) if fact.episode is not None else fact
        for fact in fresh
    )


def details_filled(
    record: Record, case: IncomingCase, conflicts: list[Conflict]
) -> tuple[tuple[Fact, ...], bool]:
    """The facts that the store has with details that only the file has; and whether any came."""
    facts = record.facts
    said = {identity(fact): fact for fact in case.facts if fact.detail}
    if not said:
        return facts, False
    filled = []
    for fact in facts:
        other = said.get(identity(fact))
        if other is not None:
            fact = _detail_filled(fact, other, case, conflicts)  # noqa: PLW2901
        filled.append(fact)
    return tuple(filled), tuple(filled) != facts


def without_emptied(case: IncomingCase, child: Child) -> IncomingCase:
    """A file's case without the details that a person took out of this child's facts."""
    if not any(one.startswith("~") for one in child.typed):
        return case
    facts = tuple(
        replace(
            fact,
            detail={
                key: value
                for key, value in fact.detail.items()
                if DETAIL_EMPTIED.format(fact.kind, fact.on.isoformat(), key) not in child.typed
            },
        )
        for fact in case.facts
    )
    return replace(case, facts=facts)


def _detail_filled(fact: Fact, other: Fact, case: IncomingCase, conflicts: list[Conflict]) -> Fact:
    detail: dict[str, Detail] = dict(fact.detail)
    for key, value in other.detail.items():
        if key not in detail:
            # A file that does not know which plan this was takes nothing from who does.
            if key != WHICH_PLAN:
                detail[key] = value
        elif detail[key] != value:
            label = f"{KINDS[fact.kind].label}: {key}"
            conflicts.append(
                Conflict(case.place, case.reference, label, str(detail[key]), str(value))
            )
    return replace(fact, detail=detail) if detail != dict(fact.detail) else fact


def without_doubles(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Each fact once."""
    if len({identity(fact) for fact in facts}) == len(facts):
        return facts
    return tuple({identity(fact): fact for fact in reversed(facts)}.values())[::-1]


def identity(fact: Fact) -> tuple[str, date, Detail | None]:
    """What makes two facts of a child the same event."""
    return fact.kind, fact.on, fact.detail.get("source")


def conflict(case: IncomingCase, child: Child, name: str, kept: object, other: object) -> Conflict:
    """What both know and say differently, and which of the two stands."""
    return Conflict(case.place, child.reference, name, str(kept), str(other))
