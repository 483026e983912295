"""What changed, as the audit keeps it: JSON of before and after, and the way back from it.

An entry holds only the fields and facts that changed. Making a record has no before, removing one
has no after.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from caseworker_app.domain import kind_values
from caseworker_app.domain.facts import KINDS, Detail, Fact
from caseworker_app.domain.kind_values import Values
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.records import Entry, Record

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_DATE_KEYS = frozenset(
    key.name for spec in KINDS.values() for key in spec.keys if key.type == "date"
)


def as_json(values: Values) -> str:
    """Values as the audit keeps them; "" for none."""
    return _ENCODER.encode(values) if values else ""


def from_json(text: str) -> Values:
    """Values from the audit's text."""
    found = json.loads(text) if text else {}
    return dict(found)


def in_entry(before: object | None, after: object | None) -> tuple[str, str]:
    """What an entry keeps of a record before and after; the same twice where nothing changed."""
    if before is None or after is None:
        return _whole(before), _whole(after)
    old, new = kind_values.difference(before, after)
    return as_json(old), as_json(new)


def _whole(value: object | None) -> str:
    # A record that says nothing at all is there all the same.
    return "" if value is None else _ENCODER.encode(kind_values.all_values(value))


def touched(entry: Entry) -> set[str]:
    """What an entry changed: fields, `fact 12`, and `new review_report_sent` for a fact that came.

    Empty where it made or removed a record.
    """
    if not entry.before or not entry.after:
        return set()
    before, after = from_json(entry.before), from_json(entry.after)
    facts = {*before.get("facts", {}), *after.get("facts", {})}
    found = (before.keys() | after.keys()) - {"facts", "typed"} | {f"fact {key}" for key in facts}
    for key, fact in after.get("facts", {}).items():
        if fact is not None and before.get("facts", {}).get(key) is None:
            found.add(f"new {fact['kind']}")
    return found


def record_values(record: Record) -> Values:
    """A whole child with all facts. Attributes that say nothing are left out."""
    values = kind_values.all_values(record.child)
    values["facts"] = {fact.id: fact_values(fact) for fact in record.facts}
    return values


def record_difference(before: Record, after: Record) -> tuple[Values, Values]:
    """The attributes and facts that differ, as they were and as they are; both empty when none."""
    old, new = kind_values.difference(before.child, after.child)
    facts_before = {fact.id: fact for fact in before.facts}
    facts_after = {fact.id: fact for fact in after.facts}
    touched = sorted(
        key
        for key in facts_before.keys() | facts_after.keys()
        if facts_before.get(key) != facts_after.get(key)
    )
    if touched:
        old["facts"] = {key: _fact_or_none(facts_before.get(key)) for key in touched}
        new["facts"] = {key: _fact_or_none(facts_after.get(key)) for key in touched}
    return old, new


def put_back(record: Record, before: Values, after: Values) -> Record:
    """The record as it was before a change, whatever else changed since; see `holds`."""
    facts = {fact.id: fact for fact in record.facts}
    for key, found in before.get("facts", {}).items():
        if found is None:
            facts.pop(key, None)
        else:
            facts[key] = to_fact(key, found)
    child = kind_values.put_back(record.child, before, after)
    return Record(child, tuple(facts.values()))


def holds(record: Record, after: Values) -> bool:
    """Whether a record still has all the attributes and facts that a change left it with."""
    facts = {fact.id: fact for fact in record.facts}
    for key, found in after.get("facts", {}).items():
        if _fact_or_none(facts.get(key)) != found:
            return False
    return kind_values.holds(record.child, after)


def as_made(record: Record, after: str) -> bool:
    """Whether a record is as the entry left it that made it; see `kind_values.holds`."""
    made = from_json(after)
    facts = {fact.id: fact_values(fact) for fact in record.facts}
    return facts == made.get("facts", {}) and kind_values.as_made(record.child, made)


def new_record(child_id: str, values: Values) -> Record:
    """A child made anew from the entry that removed it."""
    child = kind_values.made_of(kind_named("child"), child_id, 0, values)
    facts = [to_fact(key, found) for key, found in values.get("facts", {}).items()]
    return Record(child, tuple(facts))


def fact_values(fact: Fact) -> Values:
    """A fact as JSON holds it."""
    values: Values = {"kind": fact.kind, "on": fact.on.isoformat()}
    if fact.detail:
        values["detail"] = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in fact.detail.items()
        }
    if fact.episode is not None:
        values["episode"] = fact.episode
    return values


def to_fact(key: str, values: Mapping[str, Any]) -> Fact:
    """A fact from JSON."""
    detail: dict[str, Detail] = {
        name: date.fromisoformat(value) if name in _DATE_KEYS else value
        for name, value in values.get("detail", {}).items()
    }
    on = date.fromisoformat(values["on"])
    return Fact(values["kind"], on, detail, values.get("episode"), key)


def _fact_or_none(fact: Fact | None) -> Values | None:
    return None if fact is None else fact_values(fact)
