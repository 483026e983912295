"""A record of any declared kind, drawn from its declaration alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.kinds import FACT, FieldSpec, Kind
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

PATTERNS = {
    r"\d{3}": "211",
    r"\d{6}": "100001",
    r"[a-z0-9_]{1,40}": "drawn",
    r"[A-K](?:[ ,]*[A-K])*": "B, F",
    r"-?\d+(?:\.\d+)?": "58.7",
    r"(?:Autumn|Spring|Summer) \d{4}": "Autumn 2025",
    r"[^@\s]+@[^@\s]+\.[^@\s]+": "name@example.org",
    r"(?i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})": "E1 4NS",
}
"""A text each that looks as a field's pattern wants it; one without an entry fails here."""

LEFT_OUT = frozenset({"child", "choice", "cover", "snooze", "saved_view", "alert_threshold"})
"""Kinds whose values hang on one another in ways that no field says; each has tests of its own."""


def kinds() -> tuple[Kind, ...]:
    """The kinds that can be drawn: records that people add, and no rule."""
    return tuple(
        one
        for one in every_kind()
        if one.name not in LEFT_OUT
        and not one.binds
        and all(spec.by_hand for spec in one.fields if spec.needed)
    )


class Drawing:
    """Draws records into a store and remembers each kind's last."""

    def __init__(self, session: Session, random: Random) -> None:
        self.session, self.random = session, random
        self.child = add_child(session, reference="NB1")
        self._sibling = add_child(session, "Patel", reference="NB2")
        # Whoever signs in first is an administrator, and one has to stay.
        first = {"name": "First", "sign_in": "first", "roles": frozenset({"administrator"})}
        done(session, do.AddRecord("caseworker", first))
        self.made: dict[str, str] = {"child": self.child}
        self._days = date(2024, 1, 1)

    def values(self, kind: Kind, token: str) -> dict[str, Any]:
        """Every field that a person types; `token` stands in each text that may say anything."""
        while True:
            drawn = {one.name: self._value(kind, one, token) for one in kind.typed_by_hand()}
            if hasattr(kind.of, "FACTS"):
                # The event that `_link` gives is that of the first of the kinds.
                drawn["kind"] = next(iter(kind.of.FACTS))
            found = self._held_together(
                kind, {name: value for name, value in drawn.items() if value is not None}
            )
            if found is not None:
                return found

    def add(self, kind: Kind, token: str) -> dict[str, Any]:
        """Add a record, and say of what values."""
        values = self.values(kind, token)
        done(self.session, do.AddRecord(kind.name, values))
        with self.session.store.reading() as reading:
            self.made[kind.name] = max(reading.all_of(kind), key=int)
        return values

    def _value(self, kind: Kind, spec: FieldSpec, token: str) -> Any:
        ways = {
            "text": lambda: PATTERNS[spec.pattern] if spec.pattern else f"{token} {spec.name}",
            "day": self._next_day,
            "number": lambda: self.random.randint(spec.least or 0, min(spec.most or 99, 2026)),
            "money": lambda: self.random.randrange(1, 99_999),
            "choice": lambda: self.random.choice(list(spec.choices)),
            "yes or no": lambda: self.random.random() < 0.5,
            "link": lambda: self._link(kind, spec),
        }
        way = ways.get(spec.type)
        return way() if way is not None else None

    def _link(self, kind: Kind, spec: FieldSpec) -> str | None:
        if spec.to == "child" and spec.name != kind.owner:
            return self._sibling
        if spec.to != FACT:
            return self.made.get(spec.to)
        if hasattr(kind.of, "event"):
            # What its other fields say it is has tests of its own.
            return None
        of = spec.facts[0] if spec.facts else "review_meeting_held"
        choices = {key.name: next(iter(key.choices), "") for key in KINDS[of].keys if key.required}
        day = self._next_day()
        record(self.session, self.child, of, day, **choices)
        facts = self.session.case(self.child).facts
        return next(one.id for one in facts if one.kind == of and one.on == day)

    def _next_day(self) -> date:
        self._days += timedelta(days=1)
        return self._days

    def _held_together(self, kind: Kind, found: dict[str, Any]) -> dict[str, Any] | None:
        """Without what the kind's own rules say may not be together; None where all is needed."""
        names = [one.name for one in fields(kind.of)]
        while wrong := [
            name
            for name, _ in kind.faults(
                kind.of(**{name: found[name] for name in names if name in found})
            )
        ]:
            spare = [name for name in found if not kind.field(name).needed]
            if not spare:
                return None
            # A fault that names a needed field is mended by leaving out what is beside it.
            del found[wrong[0] if wrong[0] in spare else spare[-1]]
        return found
