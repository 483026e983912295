"""The facts that date a record: where a day is typed instead of an event, it is found or recorded.

So a consultation is sent, or a version of a plan entered, in one action and with one undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.domain.order import ties
from caseworker_app.domain.records import Record
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fact
from caseworker_app.services.wording import day_in_words, fact_in_words

_WHICH = "choose an event; a day does not say which."


def dated(
    kind: Kind, values: Mapping[str, Any], work: UnitOfWork, today: date, old: object = None
) -> dict[str, Any]:
    """Fields of a record with the events that its days are of.

    A day is of the child's event of that kind, or of a new one. Where the record was dated by
    another, that event takes the day.

    Args:
        kind: the kind of record.
        values: its fields, in some of which a day stands for an event.
        work: the action; nothing is staged where it is refused.
        today: no event is dated after it.
        old: the record before, or None for a new one.

    Raises:
        Refused: there cannot be such an event, or there are two.
    """
    given = dict(values)
    days = [spec for spec in kind.fact_links() if isinstance(given.get(spec.name), date)]
    if not days:
        return given
    said = {one.name: getattr(old, one.name) for one in kind.fields} if old else {}
    child_id = str(given.get(kind.owner) or said[kind.owner])
    record = work.child(child_id)
    words = []
    for spec in days:
        day: date = given[spec.name]
        found = _only_one(kind, spec, record, day)
        if found is not None:
            given[spec.name] = found
            continue
        wanted = _wanted(kind, spec, {**said, **given}, work, day)
        found = found_on(spec, record, wanted)
        if found is None:
            record, fact = _with(record, checked_fact(wanted, today), said.get(spec.name), work)
            words.append(f"{fact_in_words(fact)} recorded")
            found = fact.id
        given[spec.name] = found
    if words:
        work.put_child(record, "; ".join(words))
    return given


def known(
    kind: Kind, values: Mapping[str, Any], record: Record, work: UnitOfWork
) -> dict[str, Any]:
    """The same fields, with those events only that are recorded already; other days stay days.

    A file may name an event by its kind and day: such a one must be there. Raises `Refused`.
    """
    given = dict(values)
    for spec in kind.fact_links():
        day = given.get(spec.name)
        if isinstance(day, Fact):
            given[spec.name] = _named(spec, record, day)
        if not isinstance(day, date):
            continue
        found = _only_one(kind, spec, record, day)
        if found is None:
            found = found_on(spec, record, _wanted(kind, spec, given, work, day))
        given[spec.name] = found or day
    return given


def _only_one(kind: Kind, spec: FieldSpec, record: Record, day: date) -> str | None:
    """Where nothing tells which kind of event a day is of: the one event of it, or None."""
    if len(spec.facts) == 1 or hasattr(kind.of, "event") or hasattr(kind.of, "FACTS"):
        return None
    on_day = [one for one in record.facts if one.on == day]
    fit = [one.id for one in on_day if not spec.facts or one.kind in spec.facts]
    return fit[0] if len(fit) == 1 else None


def _named(spec: FieldSpec, record: Record, told: Fact) -> str:
    """The event that a file names by its kind and day. Raises `Refused`."""
    same = [one for one in record.facts if (one.kind, one.on) == (told.kind, told.on)]
    if len(same) != 1:
        there = f"{len(same)} such events are" if same else "no such event is"
        label, on = KINDS[told.kind].label, day_in_words(told.on)
        raise Refused(f"{spec.label}: {there} on record: {label} {on}.", spec.name)
    return same[0].id


def found_on(spec: FieldSpec, record: Record, wanted: Fact) -> str | None:
    """The child's event of a day that a field is dated by, or None. Raises `Refused` for two."""
    setting = wanted.text("setting")
    same = [
        one
        for one in record.facts
        if (one.kind, one.on) == (wanted.kind, wanted.on)
        and (setting is None or folded(one.text("setting") or setting) == folded(setting))
    ]
    if len(same) > 1:
        label, on = KINDS[wanted.kind].label, day_in_words(wanted.on)
        raise Refused(f"There are {len(same)} events “{label}” on {on}.", spec.name)
    if same and (told := wanted.text("outcome")) not in (None, same[0].text("outcome")):
        label, on = KINDS[wanted.kind].label, day_in_words(wanted.on)
        words = next(key.choices[told or ""] for key in KINDS[wanted.kind].keys if key.choices)
        raise Refused(f"“{label}” on {on} has another outcome than “{words}”.", spec.name)
    return same[0].id if same else None


def _wanted(
    kind: Kind, spec: FieldSpec, values: Mapping[str, Any], work: UnitOfWork, day: date
) -> Fact:
    """The event that a day stands for."""
    of = spec.facts
    if hasattr(kind.of, "event"):
        event = kind.of.event(values)
        if event is None:
            raise Refused(f"{spec.label}: {_WHICH}", spec.name)
        return Fact(event[0], day, event[1])
    if len(of) > 1:
        # Such as a plan: a draft is served, a final sent.
        tell = getattr(kind.of, "FACTS", {})
        of = tuple(filter(None, (tell.get(values.get("kind", "")),)))
    if len(of) != 1:
        raise Refused(f"{spec.label}: {_WHICH}", spec.name)
    detail = {}
    for key in KINDS[of[0]].keys:
        pointed = values.get(f"{key.name}_id")
        if pointed and key.type == "text":
            to = kind_named(kind.field(f"{key.name}_id").to)
            detail[key.name] = to.title(work.one_of(to, pointed))
    return Fact(of[0], day, detail)


def _outcome(fact: Fact) -> dict[str, str]:
    told = fact.text("outcome")
    return {} if told is None else {"outcome": told}


def _with(record: Record, fact: Fact, was: str | None, work: UnitOfWork) -> tuple[Record, Fact]:
    """A child with the event, in the place of that which dated the record until now."""
    before = next((one for one in record.facts if one.id == was), None)
    if before is not None and before.kind == fact.kind:
        fact = replace(before, on=fact.on, detail={**before.detail, **_outcome(fact)})
        return Record(record.child, ties.changed(record.facts, before, fact)), fact
    fact = replace(fact, id=work.unit.allot("fact", 1)[0])
    return Record(record.child, ties.recorded(record.facts, fact)), fact
