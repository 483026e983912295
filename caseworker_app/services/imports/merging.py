"""One child as a file has it, put together with the child as the store has it.

What the store does not know is filled in. Where both know and differ, a value that a person typed
is kept; a value that only ever came from files follows the newest file. Both are reported, so that
nothing changes unseen. A fact is never doubled and never taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from caseworker_app.domain.clock.episodes import PLAN_BEGINS
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.incoming import Conflict, IncomingCase
from caseworker_app.domain.known_person import was_given
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Child
from caseworker_app.domain.primitives import add_months
from caseworker_app.domain.records import Record
from caseworker_app.services.imports.merging_facts import (
    conflict,
    details_filled,
    new_facts,
    without_doubles,
    without_emptied,
)

_PROPOSED = frozenset({"surname", "forename", "born"})
"""Where a file has another one, it is proposed to a person and never taken."""

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
_OF_REVIEW = frozenset(
    {"review_meeting_fixed", "review_meeting_held", "review_report_received"}
    | {"review_decision_sent", "amendment_notice_sent", "amended_plan_sent", "no_amendment_sent"}
)


class Days(NamedTuple):
    """The days that an import goes by.

    Attributes:
        today: of the import.
        as_of: up to which the file knows; no figure of a child may depend on when it was imported.
    """

    today: date
    as_of: date


class Merged:
    """What became of one child.

    Attributes:
        record: as the child is to be; the facts that are new have no id.
        facts_added: how many of the file's facts were new.
        conflicts: what both knew and said differently.
    """

    __slots__ = ("conflicts", "facts_added", "record")

    def __init__(self, record: Record, facts_added: int, conflicts: list[Conflict]) -> None:
        self.record = record
        self.facts_added = facts_added
        self.conflicts = conflicts


def made(case: IncomingCase, reference: str, people: Mapping[str, Any], days: Days) -> Merged:
    """A child whom the store does not know. `people` are the setting and caseworker."""
    facts = without_doubles(case.facts)
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
        actual_year_on=None if case.actual_year is None else days.today,
        history_from=recorded_from(facts, days.as_of) if case.one_cycle else None,
        comment=case.comment,
        sen2=dict(case.sen2),
    )
    return Merged(Record(child, facts), len(facts), [])


def merged(
    record: Record,
    case: IncomingCase,
    people: Mapping[str, Any],
    days: Days,
    names: Mapping[str, Mapping[str, str]],
) -> Merged:
    """A child whom the store knows, with what the file adds.

    Args:
        record: the child as the store has it.
        case: the child as the file has it.
        people: the setting and caseworker by the file, as attributes of `Child`.
        days: those that the import goes by.
        names: for those two attributes, key to name, to tell conflicts by.
    """
    conflicts: list[Conflict] = []
    child = record.child
    case = without_emptied(case, child)
    given = {name: getattr(case, name) for name in _FIELDS} | dict(people)
    values = _fields(child, given, case, conflicts, names)
    if "actual_year" in values:
        values["actual_year_on"] = days.today
    if case.reference and case.reference != child.reference:
        values |= _reference(child, case, conflicts)
    sen2 = {**child.sen2, **case.sen2}
    if sen2 != dict(child.sen2):
        values["sen2"] = sen2
    added = new_facts(record, case, conflicts)
    facts, filled = details_filled(record, case, conflicts)
    had_plan = any(fact.kind in PLAN_BEGINS for fact in record.facts)
    unknown = child.history_from is None and "history_from" not in child.typed
    if case.one_cycle and unknown and not had_plan:
        values["history_from"] = recorded_from(in_order((*facts, *added)), days.as_of)
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
            if name in _PROPOSED:
                continue
            keep = name in child.typed
            known = names.get(name, {})
            told = [known.get(one, one) for one in ((now, value) if keep else (value, now))]
            conflicts.append(conflict(case, child, name.removesuffix("_id"), *told))
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
    key = reference_key(case.reference)
    if reference_key(child.reference) == key or key in child.further_references:
        return {}
    if was_given(child.reference) and "reference" not in child.typed:
        old = reference_key(child.reference)
        return {
            "reference": case.reference,
            "further_references": child.further_references | {old},
        }
    conflicts.append(conflict(case, child, "reference", child.reference, case.reference))
    return {}


def recorded_from(facts: tuple[Fact, ...], as_of: date) -> date | None:
    """From when on a file of one review cycle knows reviews; None where that is all of them.

    The review it holds is taken to be the one due nearest to it, so what was due more than half a
    year before it belongs to a review that is not recorded. Where it holds none, the twelve months
    up to the file's own day are taken as known: a review due in them and not recorded is missing.
    """
    plan = min((fact.on for fact in facts if fact.kind in PLAN_BEGINS), default=None)
    if plan is None:
        return None
    first = min((fact.on for fact in facts if fact.kind in _OF_REVIEW), default=None)
    held = first is not None and first <= as_of
    known_from = add_months(first, -6) if first is not None and held else add_months(as_of, -12)
    return known_from if plan < known_from else None
