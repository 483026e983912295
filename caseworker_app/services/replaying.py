"""The trail replayed: rows as their entries left them, by the end of it or by any moment before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.kind_values import GATHERS, Values, all_values, dumper
from caseworker_app.domain.kinds import Kind, is_kind, kind_named
from caseworker_app.domain.records import Entry
from caseworker_app.services import changes
from caseworker_app.services.cases.spells import disagreeing
from caseworker_app.services.ports import COUNCIL, Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.staging import CHILD
from caseworker_app.services.wording import counted, day_in_words

_STEP = 500
_NOT_OURS = (KeyError, ValueError, TypeError, AttributeError)
"""What reading a row raises that was changed past Caseworker to what cannot be."""
_TOLD = 5
_TELL = "in the store is not what the audit trail leaves"
_WORDS = "Replaying the audit trail"


@dataclass(frozen=True, slots=True)
class Replayed:
    """Rows of one table as the trail leaves them.

    Attributes:
        rows: the values of each row that stands, by id, as `changes` has them.
        gone: the ids of children who are disposed of, whose entries nobody can read.
    """

    rows: dict[str, Values]
    gone: frozenset[str]


def replayed(entries: Iterable[Entry]) -> Replayed:
    """What entries of one table come to, in their order."""
    rows: dict[str, Values] = {}
    gone: set[str] = set()
    for entry in entries:
        if entry.gone:
            gone.add(entry.row)
            continue
        before, after = changes.from_json(entry.before), changes.from_json(entry.after)
        if not entry.after:
            # One without both only put facts of a day in another order.
            if entry.before:
                rows.pop(entry.row, None)
        elif not entry.before:
            rows[entry.row] = after
        else:
            rows[entry.row] = _changed(entry.table, rows.get(entry.row, {}), before, after)
    for key in gone:
        rows.pop(key, None)
    return Replayed(rows, frozenset(gone))


def _changed(table: str, was: Values, before: Values, after: Values) -> Values:
    """A record's values after an entry that holds only what changed."""
    now, lists = dict(was), _lists(table)
    for name, value in after.items():
        if name == "facts":
            facts = {**was.get("facts", {}), **value}
            now["facts"] = {key: fact for key, fact in facts.items() if fact is not None}
        elif name in lists:
            lost = before.get(name, [])
            now[name] = [one for one in was.get(name, []) if one not in lost]
            now[name] += [one for one in value if one not in now[name]]
        else:
            now[name] = value
    return now


def _lists(table: str) -> set[str]:
    """The fields of which entries keep what came and what went."""
    if not is_kind(table):
        return set()
    return {one.name for one in kind_named(table).fields if one.type in GATHERS}


def differences(reading: Reading, progress: Progress) -> list[str]:
    """Where the live rows are not what the trail leaves, a sentence each; at most a few.

    Raises `Cancelled` where the progress says so.
    """
    found: list[str] = []
    reading.afresh()
    try:
        found.extend(_all(reading, progress))
    except Unreadable as error:
        found.append(error.sentence)
    if len(found) > _TOLD:
        more = counted(len(found) - _TOLD, "more difference", "more differences")
        found[_TOLD:] = [f"And {more} between the store and its audit trail."]
    return found


def unreadable(reading: Reading) -> list[str]:
    """The rows that hold what no Caseworker writes, a sentence each; at most a few."""
    found: list[str] = []
    reading.afresh()
    for kind in every_kind():
        if kind is not CHILD:
            try:
                reading.all_of(kind)
            except _NOT_OURS:
                found.append(f"A {kind.one} holds what Caseworker never writes.")
    for key in sorted(reading.trail_rows("child"), key=int):
        try:
            reading.records((key,))
        except _NOT_OURS:
            found.append(
                f"Case number {key}, or an event of it, holds what Caseworker never writes."
            )
    return found[:_TOLD]


def _all(reading: Reading, progress: Progress) -> Iterator[str]:
    yield from _council(reading)
    told, filled = reading.trail_tables(), reading.filled()
    for kind in every_kind():
        if kind is not CHILD and (kind.name in told or kind in filled):
            yield from _records(reading, kind)
    known = {one.id for one in reading.summaries()}
    ids = sorted(known.union(reading.trail_rows("child")), key=int)
    for start in range(0, len(ids), _STEP):
        progress(start, len(ids), _WORDS)
        yield from _children(reading, ids[start : start + _STEP])
    progress(len(ids), len(ids), _WORDS)
    yield from disagreeing(reading)
    yield from _crossed(reading)


def _crossed(reading: Reading) -> Iterator[str]:
    """Records of one case that point at what is another's, as a split once could leave them."""
    found = reading.crossed(_TOLD + 1)
    ids = {key for *_, whose, other in found for key in (whose, other)}
    cases = {one.id: one.reference for one in reading.summaries(ids)} if ids else {}
    for kind, spec, key, *both in found:
        here, there = (cases.get(one, f"number {one}") for one in both)
        yield (
            f"The {spec.words} of {kind.one} number {key} of case {here} is in case {there}: "
            "take it out and enter it anew, or merge the two."
        )


def _council(reading: Reading) -> Iterator[str]:
    entries = reading.entries_of(COUNCIL, ("",))
    left = replayed(entries).rows.get("", {}).get("name", "")
    # Before the trail kept it, a council's name was given without an entry.
    if entries and reading.meta().get(COUNCIL, "") != left:
        yield f"The council's name {_TELL}."


def _records(reading: Reading, kind: Kind) -> Iterator[str]:
    live = {key: all_values(one) for key, one in reading.all_of(kind).items()}
    ids = live.keys() | set(reading.trail_rows(kind.name))
    left_by = replayed(reading.entries_of(kind.name, ids))
    # What an entry of somebody who is disposed of did to a row, a merge say, nobody can read.
    kept, ids = left_by.rows, ids - left_by.gone
    name = next((one.name for one in kind.fields if one.unique), "")
    for key in sorted(ids, key=int):
        now, left = live.get(key), kept.get(key)
        if now is None or left is None:
            yield from _one_sided(kind, key, now, left, name)
            continue
        for field in _unlike(kind, now, left):
            yield f"The {_label(kind, field)} of {_called(kind, key, now, name)} {_TELL}."


def _unlike(kind: Kind, now: Values, left: Values) -> Iterator[str]:
    """The fields in which a row is not what the trail leaves."""
    blank = {one.name: dumper(one)(one.blank) for one in kind.fields}
    lists = _lists(kind.name)
    for name in sorted((now.keys() | left.keys()) - {"facts"}):
        here, there = (one.get(name, blank.get(name)) for one in (now, left))
        if name in lists:
            here, there = (sorted(some or [], key=str) for some in (here, there))
        if here != there:
            yield name


def _called(kind: Kind, key: str, values: Values, name: str) -> str:
    return f"{kind.one} {values.get(name) or f'number {key}'}"


def _children(reading: Reading, ids: Sequence[str]) -> Iterator[str]:
    kept = replayed(reading.entries_of("child", ids)).rows
    live = {key: changes.record_values(one) for key, one in reading.records(ids).items()}
    for key in ids:
        now, left = live.get(key), kept.get(key)
        if now is None or left is None:
            yield from _one_sided(CHILD, key, now, left, "reference")
            continue
        yield from _differing(now, left)


def _one_sided(
    kind: Kind, key: str, now: Values | None, left: Values | None, name: str
) -> Iterator[str]:
    if now is not None:
        what = _called(kind, key, now, name)
        yield f"The {what} stands in the store, but not in the audit trail."
    elif left is not None:
        what = _called(kind, key, left, name)
        yield f"The {what} stands in the audit trail, but not in the store."


def _differing(now: Values, left: Values) -> Iterator[str]:
    case = f"case {now['reference']}"
    for name in _unlike(CHILD, now, left):
        yield f"The {_label(CHILD, name)} of {case} {_TELL}."
    here, there = now["facts"], left.get("facts", {})
    for key in sorted(here.keys() | there.keys(), key=int):
        if key not in there:
            said = _event(here[key])
            yield f"An event of {case} stands in the store, but not in the audit trail: {said}."
        elif key not in here:
            said = _event(there[key])
            yield f"An event of {case} stands in the audit trail, but not in the store: {said}."
        elif here[key] != there[key]:
            said = _event(here[key])
            yield f"An event of {case} {_TELL}: {said}."


def _event(values: Values) -> str:
    """What an event is and when, without what was written beside it."""
    return f"{KINDS[values['kind']].label} {day_in_words(date.fromisoformat(values['on']))}"


def _label(kind: Kind, name: str) -> str:
    return kind.field(name).words
