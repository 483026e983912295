"""Facts: what happened to a child, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import lt

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
    first = [(fact.on, _ORDER[fact.kind]) for fact in given]
    # Few children have two facts of one kind on one day, and most facts come as they are kept.
    if len(set(first)) < len(first):
        return tuple(sorted(given, key=_position))
    if all(map(lt, first, first[1:])):
        return given
    return tuple(sorted(given, key=lambda fact: (fact.on, _ORDER[fact.kind])))


_ORDER = {name: kind.order for name, kind in KINDS.items()}


def _position(fact: Fact) -> tuple[date, int, str, str]:
    detail = fact.detail
    words = ";".join(f"{key}={detail[key]}" for key in sorted(detail)) if detail else ""
    return fact.on, KINDS[fact.kind].order, words, fact.episode or ""
