"""Undo and redo: put back what one action changed, unless something later rests on it.

All of it is read from the audit: a change stands or is undone by the newest undo or redo that names
it, and each of these is carried out by turning the entries of the one before it around.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from caseworker_app.domain.errors import Refused, Unsure
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.records import Entry, Record
from caseworker_app.services import actions, changes
from caseworker_app.services.commands import Redo, Undo
from caseworker_app.services.storage import COUNCIL
from caseworker_app.services.wording import capital
from caseworker_app.services.work import Work

_DIGITS = 9
_LATER_OF_ROW = 50


def undo(command: Undo, work: Work) -> str:
    """Take a change back; the value is a sentence for the message bar.

    With no group named it is the person's own newest change that stands, and never an older one
    because that cannot be undone.

    Raises:
        Refused: there is no such change, it is undone already, or something later rests on it.
        Unsure: it is somebody else's or too much for one key, and the person has not said yes.
    """
    group = command.group or work.unit.standing(work.who)
    entries = _entries(group, work, "There is nothing to undo.")
    turn = work.unit.turn(group)
    if turn is not None and turn.kind == "undo":
        by = f" by {turn.who}" if turn.who != work.who else ""
        raise Refused(f"This is undone already{by}.")
    own = work.who in (entries[0].who, turn.who if turn else "")
    if not command.sure and (not own or actions.must_ask(entries)):
        asked = actions.question(work.unit, entries, work.who, back=True)
        raise Unsure(asked, group, actions.touched(entries))
    words = actions.in_few_words(work.unit, entries)
    work.kind, work.undoes, work.title = "undo", group, f"undone: {entries[0].what}"
    older = "" if command.group else " An older change can be taken back from the history."
    _turn_round(work.unit.group(turn.group) if turn else entries, work, words, "undone", older)
    return f"Undone: {words}."


def redo(command: Redo, work: Work) -> str:
    """Bring again what was undone; the value is a sentence for the message bar.

    With no group named it is what the person undid last, as long as they made no change since.

    Raises:
        Refused: nothing is undone, or something later rests on its being undone.
        Unsure: it is too much for one key, and the person has not said yes.
    """
    group = command.group or work.unit.undone(work.who)
    entries = _entries(group, work, "There is nothing to redo.")
    turn = work.unit.turn(group)
    if turn is None or turn.kind != "undo":
        raise Refused("There is nothing to redo.")
    if not command.sure and actions.must_ask(entries):
        asked = actions.question(work.unit, entries, work.who, back=False)
        raise Unsure(asked, group, actions.touched(entries))
    words = actions.in_few_words(work.unit, entries)
    work.kind, work.undoes, work.title = "redo", group, f"redone: {entries[0].what}"
    _turn_round(work.unit.group(turn.group), work, words, "redone", "")
    return f"Redone: {words}."


def _entries(group: str, work: Work, nothing: str) -> list[Entry]:
    is_number = group.isascii() and group.isdecimal() and len(group) <= _DIGITS
    entries = work.unit.group(group) if is_number else []
    if not entries:
        raise Refused(nothing)
    if entries[0].kind != "change":
        raise Refused(f"{capital(entries[0].what)}: this cannot be undone.")
    if any(entry.gone for entry in entries):
        raise Refused("A child whom this touched has been disposed of since: it stands as it is.")
    return entries


def _turn_round(entries: Sequence[Entry], work: Work, words: str, done: str, beside: str) -> None:
    """Put back what was before each of some entries, whatever else changed since.

    Args:
        entries: one action, whole.
        work: the action that puts it back.
        words: what the change did.
        done: "undone" or "redone".
        beside: what a person can do instead, for the sentence that refuses.
    """
    turning = _Turning(entries, work, done)
    try:
        turning.go()
    except _Rests as rests:
        raise Refused(f"“{capital(words)}” cannot be {done}: {rests}.{beside}") from None


class _Rests(Exception):
    """What something later made of it, for the sentence that refuses."""


class _Turning:
    """One action being put back."""

    def __init__(self, entries: Sequence[Entry], work: Work, done: str) -> None:
        self._entries = entries
        self._work = work
        self._done = done

    def go(self) -> None:
        """Put all of it into the unit of work. Raises `_Rests`."""
        work = self._work
        # One without before and after only put facts of a day in another order.
        children = [
            one for one in self._entries if one.table == "child" and (one.before or one.after)
        ]
        here = work.unit.records({entry.row for entry in children})
        work.preload(here.values())
        for entry in reversed(children):
            self._child(entry, here=entry.row in here)
        settings = {one.id: one for one in work.unit.settings()}
        workers = {one.id: one for one in work.unit.caseworkers()}
        for entry in reversed(self._entries):
            if entry.table == "setting":
                self._setting(entry, settings)
            elif entry.table == "caseworker":
                self._caseworker(entry, workers)
            elif entry.table == COUNCIL:
                self._council(entry)
        self._check_people(settings, workers)
        self._check_references()

    def _words(self, entry: Entry) -> str:
        # An entry that was turned round once says what the change was after the colon.
        what = entry.what
        for prefix in ("undone: ", "redone: "):
            what = what.removeprefix(prefix)
        return f"{self._done}: {what}"

    def _child(self, entry: Entry, *, here: bool) -> None:
        work, words = self._work, self._words(entry)
        before, after = changes.from_json(entry.before), changes.from_json(entry.after)
        if not entry.after:
            record = changes.new_record(entry.row, before)
            if here:
                raise _Rests(f"{record.child.name} is back already")
            # Higher than any version that a screen may still hold.
            child = replace(record.child, version=work.unit.latest_entries(1)[0].seq)
            work.add_child(Record(child, record.facts), words, entry.named)
            return
        if not here:
            name = actions.names_of(work.unit, {entry.row})[entry.row]
            raise _Rests(f"{name} is no longer in the store")
        record = work.child(entry.row)
        if not entry.before:
            if not changes.as_made(record, entry.after):
                raise self._later(entry, record.child.name)
            work.remove_child(entry.row, words, entry.named)
            return
        if not changes.holds(record, after):
            raise self._later(entry, record.child.name)
        work.put_child(changes.put_back(record, before, after), words, named=entry.named)

    def _setting(self, entry: Entry, settings: dict[str, Setting]) -> None:
        now = settings.get(entry.row)
        self._must_be_as_left(
            entry, now, changes.as_json(changes.setting_values(now)) if now else ""
        )
        values = changes.from_json(entry.before)
        if not values:
            settings.pop(entry.row)
            self._work.put_setting(now, None, self._words(entry))
            return
        version = now.version if now else self._work.unit.latest_entries(1)[0].seq
        back = changes.to_setting(entry.row, version, values)
        settings[entry.row] = back
        self._work.put_setting(now, back, self._words(entry))

    def _caseworker(self, entry: Entry, workers: dict[str, Caseworker]) -> None:
        now = workers.get(entry.row)
        kept = changes.as_json(changes.caseworker_values(now)) if now else ""
        self._must_be_as_left(entry, now, kept)
        values = changes.from_json(entry.before)
        if not values:
            workers.pop(entry.row)
            self._work.put_caseworker(now, None, self._words(entry))
            return
        version = now.version if now else self._work.unit.latest_entries(1)[0].seq
        back = changes.to_caseworker(entry.row, version, values)
        workers[entry.row] = back
        self._work.put_caseworker(now, back, self._words(entry))

    def _council(self, entry: Entry) -> None:
        now = self._work.unit.meta().get(COUNCIL, "")
        if now != changes.from_json(entry.after).get("name", ""):
            raise self._later(entry, "the council's name")
        back = changes.from_json(entry.before).get("name", "")
        self._work.put_council(now, back, self._words(entry))

    def _must_be_as_left(self, entry: Entry, now: Setting | Caseworker | None, kept: str) -> None:
        if kept != entry.after:
            raise self._later(entry, now.name if now else f"a {entry.table}")

    def _later(self, entry: Entry, name: str) -> _Rests:
        """What was done to the same thing since, and by whom when it was somebody else."""
        touched = _touched(entry)
        for later in self._work.unit.latest_entries(_LATER_OF_ROW, (entry.table, entry.row)):
            if later.seq <= entry.seq:
                break
            if not touched or _touched(later) & touched:
                by = f" by {later.who}" if later.who != self._work.who else ""
                return _Rests(f"{name} was changed again since{by} ({later.what})")
        return _Rests(f"{name} was changed again since")

    def _check_people(self, settings: dict[str, Setting], workers: dict[str, Caseworker]) -> None:
        """Nobody may attend a setting, or be held by a caseworker, who is not there afterwards."""
        work, children = self._work, self._work.children_after()
        for record in children.values():
            child = record.child if record else None
            if child and child.setting_id and child.setting_id not in settings:
                raise _Rests(f"the setting of {child.name} is no longer in the store")
            if child and child.caseworker_id and child.caseworker_id not in workers:
                raise _Rests(f"the caseworker of {child.name} is no longer in the store")
        of = {"setting": work.unit.children_at, "caseworker": work.unit.children_of}
        for entry in self._entries:
            people: dict[str, Setting] | dict[str, Caseworker]
            people = settings if entry.table == "setting" else workers
            if entry.table not in of:
                continue
            now = people.get(entry.row)
            if now is not None:
                _refuse_same_name(now, people)
            elif set(of[entry.table](entry.row)) - children.keys():
                name = changes.from_json(entry.after or entry.before)["name"]
                raise _Rests(f"{name} is in use by now")

    def _check_references(self) -> None:
        """No reference may be given twice."""
        back = {
            key: record.child
            for key, record in self._work.children_after().items()
            if record is not None
        }
        given = {
            entry.row
            for entry in self._entries
            if entry.table == "child" and "reference" in changes.from_json(entry.before)
        }
        if not given & back.keys():
            return
        taken = {
            reference_key(one.reference)
            for one in self._work.unit.summaries()
            if one.id not in self._work.children_after()
        }
        for key in given & back.keys():
            if reference_key(back[key].reference) in taken:
                raise _Rests(f"the reference {back[key].reference} is another child's by now")


def _touched(entry: Entry) -> set[str]:
    """The attributes and facts that an entry changed; empty where it made or removed a row."""
    if not entry.before or not entry.after or entry.table != "child":
        return set()
    before, after = changes.from_json(entry.before), changes.from_json(entry.after)
    facts = {*before.get("facts", {}), *after.get("facts", {})}
    return (before.keys() | after.keys()) - {"facts", "typed"} | {f"fact {key}" for key in facts}


def _refuse_same_name(
    one: Setting | Caseworker, others: dict[str, Setting] | dict[str, Caseworker]
) -> None:
    same: Collection[Setting | Caseworker] = list(others.values())
    if any(folded(other.name) == folded(one.name) and other.id != one.id for other in same):
        raise _Rests(f"there is another {one.name} by now")
