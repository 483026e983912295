"""What binds everyone who works with a store, together: the rule pack in force and own rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from caseworker_app.domain.alerts import BirthdayThreshold, Threshold, Thresholds
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.own_rules import AlertThreshold, ClosedDay, PackInForce
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kind_values import all_values
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.levels import Level

PACK = kind_of(PackInForce)
BINDING = tuple(kind for kind in every_kind() if kind.binds)
"""Every kind that binds."""

OWN = tuple(kind for kind in BINDING if kind is not PACK)
"""The kinds of the council's own rules."""

_LEVELS = {one.words: one for one in Level}


@dataclass(frozen=True, eq=False)
class Binding:
    """What a store holds of what binds.

    Attributes:
        pack: the rule pack in force; None in a store that has accepted none yet.
        records: the council's own, by kind, in the order in which they were made.
    """

    pack: PackInForce | None = None
    records: Mapping[Kind, tuple[Any, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, all_of: Callable[[Kind], Iterable[Any]]) -> Binding:
        """What binds, by what gives the records of a kind.

        Raises:
            Refused: they cannot stand beside each other.
        """
        packs = list(all_of(PACK))
        if len(packs) > 1:
            raise Refused("One rule pack is in force already.")
        records = {kind: tuple(all_of(kind)) for kind in OWN}
        days = [one.on for one in records[kind_of(ClosedDay)]]
        twice = [one for place, one in enumerate(days) if one in days[:place]]
        if twice:
            raise Refused(f"{day_words(twice[0])} is there already.", "on")
        return cls(packs[0] if packs else None, records)

    def own(self, of: type[Any]) -> tuple[Any, ...]:
        """The council's own records of a class."""
        return self.records.get(kind_of(of), ())

    @property
    def has_own(self) -> bool:
        """Whether the council has anything of its own."""
        return any(self.records.values())

    @cached_property
    def digest(self) -> str:
        """Of everything that the council has of its own; "" for nothing."""
        return _digest(self.records) if self.has_own else ""

    @cached_property
    def dates_digest(self) -> str:
        """The same of what dates follow from."""
        moving = {kind: some for kind, some in self.records.items() if kind not in _STILL}
        return _digest(moving) if any(moving.values()) else ""

    @property
    def thresholds(self) -> Thresholds | None:
        """The council's own thresholds for alerts; None where it has none."""
        return thresholds_of(self.own(AlertThreshold)) if self.own(AlertThreshold) else None


_STILL = frozenset({kind_of(AlertThreshold)})
"""The kinds that move no date."""

NOTHING = Binding()
"""No rules of the council's own: the rule pack that came with the application, as it is."""


def thresholds_of(rows: Iterable[AlertThreshold]) -> Thresholds:
    """Thresholds as they are weighed."""
    deadlines, birthdays = [], []
    for one in rows:
        level = _LEVELS[one.level]
        if one.age is not None:
            birthdays.append(BirthdayThreshold(one.age, level, one.months or 0))
        else:
            days, within = one.days or 0, one.within or 0
            deadlines.append(
                Threshold(one.rules, level, one.said, days, one.months, one.unless, within)
            )
    return Thresholds(tuple(deadlines), tuple(birthdays))


def threshold_fields(of: Threshold | BirthdayThreshold) -> dict[str, Any]:
    """The fields of a threshold as a record has them."""
    if isinstance(of, BirthdayThreshold):
        return {"level": of.level.words, "age": of.age, "months": of.months}
    return {
        "level": of.level.words,
        "rules": of.rules,
        "days": of.days if of.months is None else None,
        "months": of.months,
        "unless": of.unless,
        "within": of.within if of.unless else None,
        "said": of.words,
    }


def _digest(records: Mapping[Kind, Iterable[Any]]) -> str:
    held = {kind.name: [all_values(one) for one in some] for kind, some in records.items()}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
