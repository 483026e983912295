"""What changed, as the audit keeps it: JSON of before and after, and the way back from it.

A child's entry holds only the attributes and facts that changed. Making a child has no before,
removing one has no after.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from caseworker_app.domain.facts import KINDS, Detail, Fact
from caseworker_app.domain.people import Caseworker, Child, Closure, Proposal, Setting, Transfer
from caseworker_app.domain.records import Record

Values = dict[str, Any]
"""Attributes as JSON holds them."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_CHILD = tuple(field.name for field in fields(Child) if field.name not in ("id", "version"))
_CHILD_DATES = frozenset({"born", "history_from", "actual_year_on"})
_SETS = ("typed", "told_apart", "further_references")
"""Kept in the audit as what came and what went, so that two changes do not bar each other's undo.

`proposals` are kept in that way too; they are in an order besides.
"""
_SETTING = ("name", "kind", "last_year", "urn", "closures")
_CASEWORKER = ("name", "email", "active")
_BLANK = Child("", "", "", None)
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


def child_values(child: Child) -> Values:
    """Every attribute of a child as JSON holds it, without the facts."""
    return {name: _plain(getattr(child, name)) for name in _CHILD}


def record_values(record: Record) -> Values:
    """A whole child with all facts. Attributes that say nothing are left out."""
    values = {
        name: _plain(value)
        for name in _CHILD
        if (value := getattr(record.child, name)) != getattr(_BLANK, name)
    }
    values["facts"] = {fact.id: fact_values(fact) for fact in record.facts}
    return values


def record_difference(before: Record, after: Record) -> tuple[Values, Values]:
    """The attributes and facts that differ, as they were and as they are; both empty when none."""
    old: Values = {}
    new: Values = {}
    for name in _CHILD:
        was, now = getattr(before.child, name), getattr(after.child, name)
        if was != now:
            old[name], new[name] = _plain(was), _plain(now)
    for name in _SETS:
        if name in old:
            had, has = getattr(before.child, name), getattr(after.child, name)
            old[name], new[name] = sorted(had - has), sorted(has - had)
    if "proposals" in old:
        had, has = before.child.proposals, after.child.proposals
        old["proposals"] = _plain(tuple(one for one in had if one not in has))
        new["proposals"] = _plain(tuple(one for one in has if one not in had))
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
    rest = {name: child_value(name, value) for name, value in before.items() if name != "facts"}
    for name in _SETS:
        if name in rest:
            rest[name] |= getattr(record.child, name) - frozenset(after[name])
    if "proposals" in rest:
        rest["proposals"] = _proposals_back(record.child, rest["proposals"], after["proposals"])
    facts = {fact.id: fact for fact in record.facts}
    for key, found in before.get("facts", {}).items():
        if found is None:
            facts.pop(key, None)
        else:
            facts[key] = to_fact(key, found)
    return Record(replace(record.child, **rest), tuple(facts.values()))


def holds(record: Record, after: Values) -> bool:
    """Whether a record still has all the attributes and facts that a change left it with."""
    facts = {fact.id: fact for fact in record.facts}
    for key, found in after.get("facts", {}).items():
        if _fact_or_none(facts.get(key)) != found:
            return False
    if not record.child.typed >= frozenset(after.get("typed", ())):
        return False
    return all(
        _plain(getattr(record.child, name)) == value
        for name, value in after.items()
        if name not in ("facts", "proposals", *_SETS)
    )


def as_made(record: Record, after: str) -> bool:
    """Whether a record is as the entry left it that made it.

    What a person has since said of a doubt (a proposal refused, a child told apart) is no work that
    rests on it.
    """
    made, now = from_json(after), record_values(record)
    for name in ("proposals", "told_apart", "further_references"):
        made.pop(name, None)
        now.pop(name, None)
    return made == now


def _proposals_back(child: Child, lost: tuple[Proposal, ...], gained: Any) -> tuple[Proposal, ...]:  # noqa: ANN401
    """The proposals without those that a change brought, and with those that it took away."""
    came = _to_proposals(gained)
    keys = {one.key for one in (*came, *lost)}
    return (*lost, *(one for one in child.proposals if one.key not in keys))


def new_record(child_id: str, values: Values) -> Record:
    """A child made anew from the entry that removed it."""
    rest = {name: child_value(name, value) for name, value in values.items() if name != "facts"}
    facts = [to_fact(key, found) for key, found in values.get("facts", {}).items()]
    return Record(replace(_BLANK, id=child_id, **rest), tuple(facts))


def fact_values(fact: Fact) -> Values:
    """A fact as JSON holds it."""
    values: Values = {"kind": fact.kind, "on": fact.on.isoformat()}
    if fact.detail:
        values["detail"] = {key: _plain(value) for key, value in fact.detail.items()}
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


def child_value(name: str, value: Any) -> Any:  # noqa: ANN401  (any attribute of `Child`)
    """An attribute of a child from JSON."""
    if value is None:
        return None
    if name in _CHILD_DATES:
        return date.fromisoformat(value)
    if name == "transfer":
        return Transfer(value[0], date.fromisoformat(value[1]))
    if name == "proposals":
        return _to_proposals(value)
    return frozenset(value) if name in _SETS else value


def setting_values(setting: Setting) -> Values:
    """A setting as JSON holds it."""
    values = {name: _plain(getattr(setting, name)) for name in _SETTING}
    values["closures"] = [
        [spell.first.isoformat(), spell.reopens.isoformat()] for spell in setting.closures
    ]
    return values


def to_setting(key: str, version: int, values: Values) -> Setting:
    """A setting from JSON."""
    closures = tuple(
        Closure(date.fromisoformat(first), date.fromisoformat(reopens))
        for first, reopens in values["closures"]
    )
    return Setting(**{**values, "closures": closures}, id=key, version=version)


def caseworker_values(worker: Caseworker) -> Values:
    """A caseworker as JSON holds them."""
    return {name: getattr(worker, name) for name in _CASEWORKER}


def to_caseworker(key: str, version: int, values: Values) -> Caseworker:
    """A caseworker from JSON."""
    return Caseworker(**values, id=key, version=version)


def _to_proposals(values: Any) -> tuple[Proposal, ...]:  # noqa: ANN401
    return tuple(Proposal(*value) for value in values)


def _fact_or_none(fact: Fact | None) -> Values | None:
    return None if fact is None else fact_values(fact)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Transfer):
        return [value.kind, value.on.isoformat()]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple) and all(isinstance(one, Proposal) for one in value):
        return [[one.field, one.value, one.source, one.refused] for one in value]
    return dict(value) if isinstance(value, Mapping) else value
