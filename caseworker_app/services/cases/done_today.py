"""What one person did today and did not undo: facts, promises, actions, as lines of Today."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.records import Entry
from caseworker_app.services.changes import from_json
from caseworker_app.services.clock import after, time_in_words
from caseworker_app.services.ports import Reading
from caseworker_app.services.wording import capital, fact_in_words

_CHILD = "child"
_KEPT = {
    "promise": ("kept_on", "promise kept: ", "what"),
    "audit_action": ("done_on", "action of an audit done: ", "words"),
}
"""Kinds of record that are done on a day: that field, and how it is said."""


def rows(
    reading: Reading, who: str, today: date, ids: Collection[str] | None = None
) -> tuple[AlertRow, ...]:
    """A line for each fact that a person recorded today, each promise kept and each action done.

    What was undone or taken out since is not among them; what was changed since reads as it is now.

    Args:
        reading: a moment of the store.
        who: the person, as the trail names them.
        today: the day.
        ids: of these children, or None for all.
    """
    since = after(today - timedelta(days=1))
    entries = reading.written_since(who, since, (_CHILD, *_KEPT), ids)
    done = [*_facts(reading, entries), *_kept(reading, entries)]
    children = {one.id: one for one in reading.summaries({child for child, *_ in done})}
    settings = {one.id: one.name for one in reading.settings()} if done else {}
    workers = {one.id: one.name for one in reading.caseworkers()} if done else {}
    found = []
    for child_id, record, what, at in done:
        child = children[child_id]
        found.append(
            AlertRow(
                child_id=child_id,
                reference=child.reference,
                surname=child.surname,
                forename=child.forename,
                setting=settings.get(child.setting_id or "", ""),
                caseworker=workers.get(child.caseworker_id or "", ""),
                rule="",
                episode="",
                what=capital(what),
                due=today,
                target=today,
                common_due=None,
                state=State.MET,
                days=0,
                who="authority",
                why=f"recorded {time_in_words(at, today)}",
                caseworker_id=child.caseworker_id or "",
                record=f"done/{record}",
            )
        )
    return tuple(found)


def _facts(reading: Reading, entries: list[Entry]) -> Iterator[tuple[str, str, str, str]]:
    """The facts recorded that are there: child, record, what and when."""
    at: dict[str, str] = {}
    for entry in entries:
        if entry.table == _CHILD:
            before, now = (from_json(one).get("facts", {}) for one in (entry.before, entry.after))
            at |= {key: entry.at for key, fact in now.items() if fact and not before.get(key)}
    there = reading.facts_named(at) if at else {}
    for key, moment in at.items():
        if key in there:
            child_id, fact = there[key]
            yield child_id, f"fact/{key}", fact_in_words(fact), moment


def _kept(reading: Reading, entries: list[Entry]) -> Iterator[tuple[str, str, str, str]]:
    """The same of promises kept and actions done."""
    for name, (field, said, what) in _KEPT.items():
        at = {
            entry.row: entry.at
            for entry in entries
            if entry.table == name and from_json(entry.after).get(field)
        }
        there = reading.all_of(kind_named(name), set(at)) if at else {}
        for key, one in there.items():
            if getattr(one, field) is not None:
                yield one.child_id, f"{name}/{key}", f"{said}{getattr(one, what)}", at[key]
