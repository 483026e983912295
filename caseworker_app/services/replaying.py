"""The trail replayed: rows as their entries left them, by the end of it or by any moment before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Entry
from caseworker_app.services import changes
from caseworker_app.services.changes import Values
from caseworker_app.services.ports import Progress
from caseworker_app.services.storage import COUNCIL, Reading
from caseworker_app.services.wording import counted, day_in_words, fields_in_words

_LISTS = ("typed", "told_apart", "further_references", "proposals")
"""What a child's entries keep as what came and what went."""
_STEP = 500
_TOLD = 5
_TELL = "in the store is not what the audit trail leaves"
_BLANK = changes.child_values(Child("", "", "", None))
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
        elif not entry.before or entry.table != "child":
            rows[entry.row] = after
        else:
            rows[entry.row] = _changed(rows.get(entry.row, {}), before, after)
    for key in gone:
        rows.pop(key, None)
    return Replayed(rows, frozenset(gone))


def _changed(was: Values, before: Values, after: Values) -> Values:
    """A child's values after an entry that holds only what changed."""
    now = dict(was)
    for name, value in after.items():
        if name == "facts":
            facts = {**was.get("facts", {}), **value}
            now["facts"] = {key: fact for key, fact in facts.items() if fact is not None}
        elif name in _LISTS:
            lost = before.get(name, [])
            now[name] = [one for one in was.get(name, []) if one not in lost]
            now[name] += [one for one in value if one not in now[name]]
        else:
            now[name] = value
    return now


def differences(reading: Reading, progress: Progress) -> list[str]:
    """Where the live rows are not what the trail leaves, a sentence each; at most a few.

    Raises `Cancelled` where the progress says so.
    """
    found: list[str] = []
    try:
        found.extend(_all(reading, progress))
    except Unreadable as error:
        found.append(error.sentence)
    if len(found) > _TOLD:
        more = counted(len(found) - _TOLD, "more difference", "more differences")
        found[_TOLD:] = [f"And {more} between the store and its audit trail."]
    return found


def _all(reading: Reading, progress: Progress) -> Iterator[str]:
    yield from _council(reading)
    yield from _people(
        reading,
        "setting",
        {one.id: changes.setting_values(one) for one in reading.settings()},
    )
    yield from _people(
        reading,
        "caseworker",
        {one.id: changes.caseworker_values(one) for one in reading.caseworkers()},
    )
    known = {one.id for one in reading.summaries()}
    ids = sorted(known.union(reading.trail_rows("child")), key=int)
    for start in range(0, len(ids), _STEP):
        progress(start, len(ids), _WORDS)
        yield from _children(reading, ids[start : start + _STEP])
    progress(len(ids), len(ids), _WORDS)


def _council(reading: Reading) -> Iterator[str]:
    entries = reading.entries_of(COUNCIL, ("",))
    left = replayed(entries).rows.get("", {}).get("name", "")
    # Before the trail kept it, a council's name was given without an entry.
    if entries and reading.meta().get(COUNCIL, "") != left:
        yield f"The council's name {_TELL}."


def _people(reading: Reading, table: str, live: dict[str, Values]) -> Iterator[str]:
    ids = live.keys() | set(reading.trail_rows(table))
    kept = replayed(reading.entries_of(table, ids)).rows
    for key in sorted(ids, key=int):
        now, left = live.get(key), kept.get(key)
        if now is None or left is None:
            yield from _one_sided(table, key, now, left, "name")
            continue
        for name in sorted(now.keys() | left.keys()):
            if now.get(name) != left.get(name):
                yield f"The {_label(name)} of {table} {now['name']} {_TELL}."


def _children(reading: Reading, ids: Sequence[str]) -> Iterator[str]:
    kept = replayed(reading.entries_of("child", ids)).rows
    live = {key: changes.record_values(one) for key, one in reading.records(ids).items()}
    for key in ids:
        now, left = live.get(key), kept.get(key)
        if now is None or left is None:
            yield from _one_sided("case", key, now, left, "reference")
            continue
        yield from _differing(now, left)


def _one_sided(
    table: str, key: str, now: Values | None, left: Values | None, name: str
) -> Iterator[str]:
    if now is not None:
        yield f"The {table} {now[name]} stands in the store, but not in the audit trail."
    elif left is not None:
        words = left.get(name) or f"number {key}"
        yield f"The {table} {words} stands in the audit trail, but not in the store."


def _differing(now: Values, left: Values) -> Iterator[str]:
    case = f"case {now['reference']}"
    for name in sorted((now.keys() | left.keys()) - {"facts"}):
        if _comparable(name, now) != _comparable(name, left):
            yield f"The {_label(name)} of {case} {_TELL}."
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


def _comparable(name: str, values: Values) -> object:
    found = values.get(name, _BLANK.get(name))
    return sorted(found or [], key=str) if name in _LISTS else found


def _label(name: str) -> str:
    return _OTHERS.get(name) or fields_in_words([name]) or name.replace("_", " ")


_OTHERS = {
    "urn": "URN",
    "last_year": "last year group",
    "typed": "list of what was typed by hand",
    "told_apart": "list of those who are told apart",
    "further_references": "list of further references",
}
