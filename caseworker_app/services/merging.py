"""One child as a file has her, put together with the child as the store has her.

What the store does not know is filled in. Where both know and differ, a value that a person typed
is kept; a value that only ever came from files follows the newest file. Both are reported, so that
nothing changes unseen. A fact is never doubled and never taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.facts import KINDS, Detail, Fact, in_order
from caseworker_app.domain.incoming import Conflict, IncomingCase
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record
from caseworker_app.services.naming import was_given

SAME_REVIEW = timedelta(weeks=12)
"""Two dates of one kind nearer than this are one event, dated twice."""

TAKEN_BACK = "-{}:{}"
"""In a child's `typed`: a fact of this kind and day that a person took back or re-dated."""

_FIELDS = (
    "surname",
    "forename",
    "born",
    "upn",
    "uln",
    "sex",
    "need",
    "secondary_need",
    "template",
    "actual_year",
    "comment",
)
_NAMES = frozenset({"surname", "forename", "template", "comment"})
_MAY_REPEAT = frozenset(
    {"review_meeting_fixed", "exception", "decision_notice_sent"}
    | {"consultation_received", "consultation_replied", "direct_payment_started"}
)
_PLAN_BEGINS = frozenset({"plan_sent", "plan_transferred_in"})
_OF_REVIEW = frozenset(
    {"review_meeting_fixed", "review_meeting_held", "review_report_received"}
    | {"review_decision_sent", "amendment_notice_sent", "amended_plan_sent", "no_amendment_sent"}
)


class Merged:
    """What became of one child.

    Attributes:
        record: as she is to be; the facts that are new have no id.
        facts_added: how many of the file's facts were new.
        conflicts: what both knew and said differently.
    """

    __slots__ = ("conflicts", "facts_added", "record")

    def __init__(self, record: Record, facts_added: int, conflicts: list[Conflict]) -> None:
        self.record = record
        self.facts_added = facts_added
        self.conflicts = conflicts


def made(case: IncomingCase, reference: str, people: Mapping[str, Any], today: date) -> Merged:
    """A child whom the store does not know. `people` are her setting and caseworker."""
    facts = _without_doubles(case.facts)
    child = Child(
        reference=reference,
        surname=case.surname,
        forename=case.forename,
        born=case.born,
        upn=case.upn,
        uln=case.uln,
        sex=case.sex,
        need=case.need,
        secondary_need=case.secondary_need,
        setting_id=people.get("setting_id"),
        caseworker_id=people.get("caseworker_id"),
        template=case.template,
        actual_year=case.actual_year,
        actual_year_on=None if case.actual_year is None else today,
        history_from=_history_from(facts, today) if case.one_cycle else None,
        comment=case.comment,
        sen2=dict(case.sen2),
    )
    return Merged(Record(child, facts), len(facts), [])


def merged(
    record: Record,
    case: IncomingCase,
    people: Mapping[str, Any],
    today: date,
    names: Mapping[str, Mapping[str, str]],
) -> Merged:
    """A child whom the store knows, with what the file adds.

    Args:
        record: the child as the store has her.
        case: the child as the file has her.
        people: her setting and caseworker by the file, as attributes of `Child`.
        today: the day of the import.
        names: for those two attributes, key to name, to tell conflicts by.
    """
    conflicts: list[Conflict] = []
    child = record.child
    given = {name: getattr(case, name) for name in _FIELDS} | dict(people)
    values = _fields(child, given, case, conflicts, names)
    if "actual_year" in values:
        values["actual_year_on"] = today
    if case.reference and case.reference != child.reference:
        values |= _reference(child, case, conflicts)
    sen2 = {**child.sen2, **case.sen2}
    if sen2 != dict(child.sen2):
        values["sen2"] = sen2
    added = _new_facts(record, case, conflicts)
    facts, filled = _details_filled(record.facts, case, conflicts)
    had_plan = any(fact.kind in _PLAN_BEGINS for fact in record.facts)
    if case.one_cycle and child.history_from is None and not had_plan:
        values["history_from"] = _history_from(in_order((*facts, *added)), today)
    if not values and not added and not filled:
        return Merged(record, 0, conflicts)
    new = replace(child, **values) if values else child
    return Merged(Record(new, (*facts, *added)), len(added), conflicts)


def _fields(
    child: Child,
    given: Mapping[str, Any],
    case: IncomingCase,
    conflicts: list[Conflict],
    names: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in given.items():
        now = getattr(child, name)
        if value in ("", None) or _same(name, now, value):
            continue
        if now not in ("", None):
            keep = name in child.typed
            known = names.get(name, {})
            told = [known.get(one, one) for one in ((now, value) if keep else (value, now))]
            conflicts.append(_conflict(case, child, name.removesuffix("_id"), *told))
            if keep:
                continue
        elif name in child.typed:
            # A person emptied it.
            continue
        values[name] = value
    return values


def _same(name: str, now: Any, value: Any) -> bool:  # noqa: ANN401
    if now == value:
        return True
    return name in _NAMES and now is not None and folded(now) == folded(value)


def _reference(child: Child, case: IncomingCase, conflicts: list[Conflict]) -> dict[str, Any]:
    if folded(child.reference) == folded(case.reference):
        return {}
    if was_given(child.reference) and "reference" not in child.typed:
        return {"reference": case.reference}
    conflicts.append(_conflict(case, child, "reference", child.reference, case.reference))
    return {}


def _new_facts(record: Record, case: IncomingCase, conflicts: list[Conflict]) -> tuple[Fact, ...]:
    """The file's facts that the store does not have, their episodes made to fit."""
    known = {_identity(fact) for fact in record.facts}
    incoming = _without_doubles(case.facts)
    said = {_identity(fact) for fact in incoming}
    unsaid = [fact for fact in record.facts if _identity(fact) not in said]
    fresh = []
    for fact in incoming:
        if _identity(fact) in known:
            continue
        label = KINDS[fact.kind].label
        if TAKEN_BACK.format(fact.kind, fact.on.isoformat()) in record.child.typed:
            conflicts.append(_conflict(case, record.child, label, "", fact.on))
            continue
        twin = dated_twice(fact, unsaid)
        if twin is not None:
            conflicts.append(_conflict(case, record.child, label, twin.on, fact.on))
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
    stored = {_identity(fact): fact.episode for fact in kept}
    used = {fact.episode for fact in kept if fact.episode}
    names: dict[str, str | None] = {}
    for fact in incoming:
        if fact.episode is None:
            continue
        if _identity(fact) in stored:
            names[fact.episode] = stored[_identity(fact)]
        elif fact.episode not in names:
            name = fact.episode
            names[name] = f"{name}/{fact.on.isoformat()}" if name in used else name
    return tuple(
        replace(fact, episode=names[fact.episode]) if fact.episode is not None else fact
        for fact in fresh
    )


def _details_filled(
    facts: tuple[Fact, ...], case: IncomingCase, conflicts: list[Conflict]
) -> tuple[tuple[Fact, ...], bool]:
    said = {_identity(fact): fact for fact in case.facts if fact.detail}
    if not said:
        return facts, False
    filled = []
    for fact in facts:
        other = said.get(_identity(fact))
        filled.append(fact if other is None else _detail_filled(fact, other, case, conflicts))
    return tuple(filled), tuple(filled) != facts


def _detail_filled(fact: Fact, other: Fact, case: IncomingCase, conflicts: list[Conflict]) -> Fact:
    detail: dict[str, Detail] = dict(fact.detail)
    for key, value in other.detail.items():
        if key not in detail:
            detail[key] = value
        elif detail[key] != value:
            label = f"{KINDS[fact.kind].label}: {key}"
            conflicts.append(
                Conflict(case.place, case.reference, label, str(detail[key]), str(value))
            )
    return replace(fact, detail=detail) if detail != dict(fact.detail) else fact


def _history_from(facts: tuple[Fact, ...], today: date) -> date | None:
    """From when on a file of one review cycle knows reviews; None where that is all of them.

    The review it holds is taken to be the one due nearest to it, so what was due more than half a
    year before it belongs to a review that is not recorded. Where it holds none, the last twelve
    months are taken as known: a review due in them and not recorded is missing.
    """
    plan = min((fact.on for fact in facts if fact.kind in _PLAN_BEGINS), default=None)
    if plan is None:
        return None
    first = min((fact.on for fact in facts if fact.kind in _OF_REVIEW), default=None)
    held = first is not None and first <= today
    known_from: date = (
        first - relativedelta(months=6)
        if first is not None and held
        else today - relativedelta(months=12)
    )
    return known_from if plan < known_from else None


def _without_doubles(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    if len({_identity(fact) for fact in facts}) == len(facts):
        return facts
    return tuple({_identity(fact): fact for fact in reversed(facts)}.values())[::-1]


def _identity(fact: Fact) -> tuple[str, date, Detail | None]:
    return fact.kind, fact.on, fact.detail.get("source")


def _conflict(case: IncomingCase, child: Child, name: str, kept: object, other: object) -> Conflict:
    return Conflict(case.place, child.reference, name, str(kept), str(other))
