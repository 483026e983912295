"""Facts: what happened to a child, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from caseworker_app.domain.fact_kinds import KINDS, ExtraKey, KindSpec

__all__ = ["KINDS", "Detail", "ExtraKey", "Fact", "KindSpec", "in_order"]

Detail = str | date


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on a day.

    Attributes:
        kind: a key of `KINDS`.
        on: the day.
        detail: the kind's extra keys; dates as dates, the rest as text.
        episode: ties facts of one review or assessment together where order would not tell.
        id: the store's key; "" before it is stored.
    """

    kind: str
    on: date
    detail: Mapping[str, Detail] = field(default_factory=dict)
    episode: str | None = None
    id: str = ""

    def text(self, key: str) -> str | None:
        """The extra key as text, or None when it is absent or a date."""
        value = self.detail.get(key)
        return value if isinstance(value, str) else None

    def day(self, key: str) -> date | None:
        """The extra key as a date, or None when it is absent or text."""
        value = self.detail.get(key)
        return value if isinstance(value, date) else None


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts by day, and within a day in the order of `KINDS`; ties broken by content."""
    given = tuple(facts)
    ranks = [fact.on.toordinal() * _KINDS + _ORDER[fact.kind] for fact in given]
    # Most facts come as they are kept, and few children have two of one kind on one day.
    alone = len(set(ranks)) == len(ranks)
    if ranks == sorted(ranks) and (alone or _twins_in_order(given, ranks)):
        return given
    return tuple(sorted(given, key=_position))


def _twins_in_order(facts: Sequence[Fact], ranks: Sequence[int]) -> bool:
    """Whether those of one rank, among facts ordered by rank, come by their content."""
    return all(
        _position(facts[at]) <= _position(facts[at + 1])
        for at, (rank, following) in enumerate(pairwise(ranks))
        if rank == following
    )


_ORDER = {name: kind.order for name, kind in KINDS.items()}
_KINDS = max(_ORDER.values()) + 1
"""More than any order of a kind, so that a day and an order make one number."""


def _position(fact: Fact) -> tuple[date, int, str, str]:
    detail = fact.detail
    words = ";".join(f"{key}={detail[key]}" for key in sorted(detail)) if detail else ""
    return fact.on, KINDS[fact.kind].order, words, fact.episode or ""
