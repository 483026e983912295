"""Undo: put back what one action changed, from its audit entries, unless later work rests on it."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import reference_key
from caseworker_app.domain.records import Entry, Record
from caseworker_app.services import changes
from caseworker_app.services.wording import capital
from caseworker_app.services.work import Work

_LATER = "This cannot be undone: {} was changed again since."
_TAKEN = "This cannot be undone: the reference {} is another child's by now."
_USED = "This cannot be undone: {} is in use by now."


def undo(group: str, work: Work) -> str:
    """Put back what an action changed; the value is a sentence for the message bar.

    Raises:
        Refused: there is no such action, it is undone already, it cannot be, or something later
            rests on it.
    """
    entries = work.unit.group(group) if group.isdigit() else []
    if not entries:
        raise Refused("There is nothing to undo.")
    if entries[0].kind != "change":
        raise Refused(f"{capital(entries[0].what)}: this cannot be undone.")
    if work.unit.undone(group):
        raise Refused("This is undone already.")
    words = entries[0].what
    work.kind, work.undoes, work.title = "undo", group, f"undone: {words}"
    children = [entry for entry in entries if entry.table == "child"]
    work.preload(work.unit.records({entry.row for entry in children}).values())
    for entry in reversed(children):
        _undo_child(entry, work)
    for entry in reversed(entries):
        if entry.table == "setting":
            _undo_setting(entry, work, {one.row for one in children})
        elif entry.table == "caseworker":
            _undo_caseworker(entry, work, {one.row for one in children})
    return f"Undone: {words}."


def _undo_child(entry: Entry, work: Work) -> None:
    before, after = changes.from_json(entry.before), changes.from_json(entry.after)
    words = f"undone: {entry.what}"
    if not entry.after:
        record = changes.new_record(entry.row, before)
        _refuse_taken(record.child.reference, work)
        # Higher than any version that a screen may still hold.
        child = replace(record.child, version=work.unit.latest_entries(1)[0].seq)
        work.add_child(Record(child, record.facts), words)
        return
    record = work.child(entry.row)
    if not entry.before:
        if not changes.as_made(record, entry.after):
            raise Refused(_LATER.format(record.child.name))
        work.remove_child(entry.row, words)
        return
    if not changes.holds(record, after):
        raise Refused(_LATER.format(record.child.name))
    work.put_child(changes.put_back(record, before, after), words)


def _refuse_taken(reference: str, work: Work) -> None:
    """Refuse to bring a case back whose reference was given to another child since."""
    key = reference_key(reference)
    if any(reference_key(one.reference) == key for one in work.unit.summaries()):
        raise Refused(_TAKEN.format(reference))


def _undo_setting(entry: Entry, work: Work, gone: set[str]) -> None:
    now = next((one for one in work.unit.settings() if one.id == entry.row), None)
    words = f"undone: {entry.what}"
    if not entry.before:
        if now is None or changes.as_json(changes.setting_values(now)) != entry.after:
            raise Refused(_LATER.format(now.name if now else "a setting"))
        if set(work.unit.children_at(entry.row)) - gone:
            raise Refused(_USED.format(now.name))
        work.put_setting(now, None, words)
        return
    if now is None or changes.as_json(changes.setting_values(now)) != entry.after:
        raise Refused(_LATER.format(now.name if now else "a setting"))
    values = changes.from_json(entry.before)
    work.put_setting(now, changes.to_setting(now.id, now.version, values), words)


def _undo_caseworker(entry: Entry, work: Work, gone: set[str]) -> None:
    now = next((one for one in work.unit.caseworkers() if one.id == entry.row), None)
    if now is None or changes.as_json(changes.caseworker_values(now)) != entry.after:
        raise Refused(_LATER.format(now.name if now else "a caseworker"))
    words = f"undone: {entry.what}"
    if not entry.before:
        if set(work.unit.children_of(entry.row)) - gone:
            raise Refused(_USED.format(now.name))
        work.put_caseworker(now, None, words)
        return
    values = changes.from_json(entry.before)
    work.put_caseworker(now, changes.to_caseworker(now.id, now.version, values), words)
