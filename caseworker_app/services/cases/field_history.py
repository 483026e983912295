"""What an audit entry changed, field by field, as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kind_values import in_words, loader
from caseworker_app.domain.kinds import Kind, is_kind, kind_named
from caseworker_app.domain.records import Entry
from caseworker_app.domain.rows import Changed
from caseworker_app.services import changes
from caseworker_app.services.ports import Reading
from caseworker_app.services.record_lists import titles
from caseworker_app.services.wording import capital, fact_in_words

Named = Callable[[str, str], str]
_NO_MORE = "no longer in the store"


def names_from(reading: Reading, read: Mapping[tuple[str, str], str] | None = None) -> Named:
    """What gives the words of what is pointed at, by kind and id; each is read once.

    Args:
        reading: the store.
        read: what is read already.
    """
    known = dict(read or {})

    def named(to: str, key: str) -> str:
        if (to, key) not in known:
            found = titles(reading, kind_named(to), (key,)) if is_kind(to) else {}
            known[to, key] = found.get(key, _NO_MORE)
        return known[to, key]

    return named


def changed_by(entry: Entry, named: Named) -> tuple[Changed, ...]:
    """What an entry changed; nothing of a child who was disposed of, or where nothing changed."""
    if entry.gone or not is_kind(entry.table):
        return ()
    kind = kind_named(entry.table)
    before, after = changes.from_json(entry.before), changes.from_json(entry.after)
    found = list(_fields(kind, before, after, named))
    if kind.name == "child":
        return (*found, *_facts(before.get("facts", {}), after.get("facts", {})))
    what = capital(kind.one)
    return tuple(
        Changed(what, _labelled(one, one.before), _labelled(one, one.after)) for one in found
    )


def _fields(
    kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any], named: Named
) -> Iterator[Changed]:
    for spec in kind.fields:
        if (
            not spec.by_hand
            or spec.name == kind.owner
            or not (spec.name in before or spec.name in after)
        ):
            continue
        load = loader(spec)
        was, now = (
            in_words(spec, load(side[spec.name]), named) if side.get(spec.name) is not None else ""
            for side in (before, after)
        )
        if was != now:
            yield Changed(spec.label, was, now)


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    for key in sorted({*before, *after}, key=int):
        was, now = (
            None if side.get(key) is None else changes.to_fact(key, side[key])
            for side in (before, after)
        )
        some = was or now
        if some is not None:
            yield Changed(capital(KINDS[some.kind].label), _said(was), _said(now))


def _said(fact: Fact | None) -> str:
    """A fact without what it is, `20 Nov 2026 (amend)`."""
    if fact is None:
        return ""
    return fact_in_words(fact).removeprefix(KINDS[fact.kind].label).strip()


def _labelled(one: Changed, words: str) -> str:
    return f"{one.field}: {words}" if words else ""
