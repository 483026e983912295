"""What was true of children from a day to a day, read from the records that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from caseworker_app.domain import plan_history
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.kinds import Kind, kind_named, kind_of, owners
from caseworker_app.domain.over_time import (
    KINDS_TOLD,
    TOLD,
    Spell,
    Told,
    blank,
    current,
    made_of,
    of_child,
    of_record,
    overlap,
    says_something,
    told_by,
)
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.ports import Reading
from caseworker_app.services.record_lists import Names, rows_of

At = Mapping[str, Mapping[str, Setting] | Mapping[str, Caseworker]]
"""For the fields that point at somebody or somewhere, whom or where by id."""


def spells(
    reading: Reading, at: At, ids: Collection[str] | None = None
) -> dict[str, tuple[Spell, ...]]:
    """The spells of children, by id: of those named, or of all who have any."""
    found: list[Any] = []
    for name in KINDS_TOLD:
        kind = kind_named(name)
        keys = None if ids is None else reading.pointing(kind, kind.owner, ids)
        if keys is None or keys:
            found += reading.all_of(kind, keys).values()
    over_time = spells_of(found, at)
    versions = _versions(reading, ids)
    facts = reading.facts_named([one.fact_id for some in versions.values() for one in some])
    days = {key: fact.on for key, (_, fact) in facts.items()}
    return with_templates(over_time, versions, lambda _: days)


def with_templates(
    over_time: Mapping[str, tuple[Spell, ...]],
    versions: Mapping[str, Sequence[PlanVersion]],
    days: Callable[[str], Mapping[str, date]],
) -> dict[str, tuple[Spell, ...]]:
    """Spells of children with those of their plans' templates; `days` has those of their facts."""
    told = {key: plan_history.spells(some, days(key)) for key, some in versions.items()}
    return {
        key: (*over_time.get(key, ()), *told.get(key, ()))
        for key in dict.fromkeys((*over_time, *told))
        if over_time.get(key) or told.get(key)
    }


def _versions(reading: Reading, ids: Collection[str] | None) -> dict[str, list[PlanVersion]]:
    kind = kind_of(PlanVersion)
    keys = None if ids is None else reading.pointing(kind, kind.owner, ids)
    found: dict[str, list[PlanVersion]] = defaultdict(list)
    if keys is None or keys:
        for one in reading.all_of(kind, keys).values():
            found[one.child_id].append(one)
    return found


def over_time(reading: Reading, child_id: str) -> Iterator[tuple[Kind, RecordRow]]:
    """What is known of a child from a day to a day, as a list shows it, kind by kind.

    Where only the child says it, a row without an id says so too. Raises nothing for an unknown
    child: nothing is known of them.
    """
    record = reading.records((child_id,)).get(child_id)
    kinds = every_kind()
    names = Names(reading)
    pointing = reading.pointing_at(owners(kinds), child_id)
    for kind in sorted((one for one in kinds if one.owner and one.ranged), key=_place):
        keys = pointing.get((kind, kind.owner), ())
        kept = list(reading.all_of(kind, keys).values()) if keys else []
        known = {told_by(one) for one in kept}
        said = [
            made_of(told, child_id, of_child(told, record.child))
            for told in TOLD
            if record is not None
            and told.kind == kind.name
            and told not in known
            and says_something(told, of_child(told, record.child))
        ]
        kept.sort(key=lambda one: (getattr(one, "rank", ""), one.since or date.min))
        yield from ((kind, row) for row in rows_of(reading, kind, [*said, *kept], names))


def _place(kind: Kind) -> tuple[int, str]:
    """Where a kind stands in the list: what tells fields of a child first, in that order."""
    told = KINDS_TOLD.index(kind.name) if kind.name in KINDS_TOLD else len(KINDS_TOLD)
    return told, kind.name


def spells_of(records: Iterable[Any], at: At) -> dict[str, tuple[Spell, ...]]:
    """The spells that some records tell, by the child they are of."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for record in records:
        told = told_by(record)
        if told is not None:
            fields = of_record(told, record)
            pointed = at.get(told.name, {}).get(fields[told.name] or "")
            one = Spell(told.name, fields, record.since, record.until, pointed)
            found[record.child_id].append(one)
    return {key: tuple(some) for key, some in found.items()}


def disagreeing(reading: Reading) -> Iterator[str]:
    """Where the records of a child do not say what the child says, or two hold at once."""
    for told in TOLD:
        by_child: dict[str, list[Any]] = defaultdict(list)
        for record in reading.all_of(kind_named(told.kind)).values():
            if told_by(record) == told:
                by_child[record.child_id].append(record)
        children = reading.records(by_child) if by_child else {}
        for key, records in by_child.items():
            if key in children:
                yield from _disagreeing(told, children[key].child, records)
    versions = _versions(reading, None)
    for key, record in reading.records(versions).items() if versions else ():
        said = plan_history.told(versions[key], {one.id: one.on for one in record.facts})
        if said and said[-1].template != record.child.template:
            child = record.child
            yield f"The plan template of case {child.reference} is not what its versions say."


def _disagreeing(told: Told, child: Child, records: list[Any]) -> Iterator[str]:
    kind = kind_named(told.kind)
    held = current(records)
    says = blank(told) if held is None else of_record(told, held)
    if says != of_child(told, child):
        words = kind_named("child").field(told.name).words
        yield f"The {words} of case {child.reference} is not what its {kind.many} say."
    in_order = sorted(records, key=lambda one: (str(one.since or ""), int(one.id)))
    if any(overlap(one, other) for one, other in pairwise(in_order)):
        yield f"Two {kind.many} of case {child.reference} hold on the same day."
