"""The consultations of children, from their records and from the facts that no record tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from caseworker_app.domain.consulting import Asked, in_order, told_by_facts
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import is_kind, kind_named
from caseworker_app.services.ports import Reading

Of = Callable[[str, Sequence[Fact]], tuple[Asked, ...]]
"""Gives the consultations of a child, by id and facts."""


def consultations(reading: Reading, ids: Collection[str]) -> Of:
    """What was asked about some children.

    Args:
        reading: a moment of the store.
        ids: the children.

    Returns:
        A function of a child and their facts.
    """
    kept = _records(reading, ids)
    names = {one.id: one.name for one in reading.settings()}

    def of(child_id: str, facts: Sequence[Fact]) -> tuple[Asked, ...]:
        days = {fact.id: fact.on for fact in facts}
        own = kept.get(child_id, [])
        told = [
            Asked(
                setting=names.get(one.setting_id, ""),
                sent=days.get(one.sent_id),
                received=days.get(one.received_id or ""),
                replied=days.get(one.replied_id or ""),
                answer=one.answer,
                reasons=one.reasons,
                preference=one.preference,
                id=one.id,
                version=one.version,
            )
            for one in own
        ]
        known = {key for one in own for key in (one.sent_id, one.received_id, one.replied_id)}
        return in_order((*told, *told_by_facts(facts, known - {None})))

    return of


def _records(reading: Reading, ids: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    wanted = tuple(ids)
    if not (wanted and is_kind("consultation")):
        return found
    kind = kind_named("consultation")
    keys = reading.pointing(kind, "child_id", wanted)
    for one in reading.all_of(kind, keys).values() if keys else ():
        found[one.child_id].append(one)
    return found
