"""Undo and redo: put back what one action changed, unless something later rests on it.

All of it is read from the audit: a change stands or is undone by the newest undo or redo that names
it, and each of these is carried out by turning the entries of the one before it around.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.domain import kind_values
from caseworker_app.domain.errors import Refused, Unsure
from caseworker_app.domain.kinds import Kind, is_kind, kind_named, kind_of
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.records import Entry, Record
from caseworker_app.services import actions, changes
from caseworker_app.services.commands import Redo, Undo
from caseworker_app.services.ports import COUNCIL
from caseworker_app.services.staging import CHILD
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import capital, with_article

_LATER_OF_ROW = 50


def undo(command: Undo, work: UnitOfWork) -> str:
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


def redo(command: Redo, work: UnitOfWork) -> str:
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


def _entries(group: str, work: UnitOfWork, nothing: str) -> list[Entry]:
    entries = work.unit.group(group) if actions.is_group(group) else []
    if not entries:
        raise Refused(nothing)
    if entries[0].kind != "change":
        raise Refused(f"{capital(entries[0].what)}: this cannot be undone.")
    if any(entry.gone for entry in entries):
        raise Refused("A child whom this touched has been disposed of since: it stands as it is.")
    return entries


def _turn_round(
    entries: Sequence[Entry], work: UnitOfWork, words: str, done: str, beside: str
) -> None:
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

    def __init__(self, entries: Sequence[Entry], work: UnitOfWork, done: str) -> None:
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
        owned, others = self._records()
        for kind, entry in owned:
            self._record(kind, entry)
        here = work.unit.records({entry.row for entry in children})
        work.preload(here.values())
        for done, entry in enumerate(reversed(children)):
            work.tell(done, len(children), "Putting back what was there before")
            self._child(entry, here=entry.row in here)
        for kind, entry in others:
            self._record(kind, entry)
        for entry in reversed(self._entries):
            if entry.table == COUNCIL:
                self._council(entry)
        self._check_links()
        self._check_names()
        self._check_references()

    def _records(self) -> tuple[list[tuple[Kind, Entry]], list[tuple[Kind, Entry]]]:
        """The entries of other kinds, last first: of what belongs to a child, and the others."""
        found = [
            (kind_named(entry.table), entry)
            for entry in reversed(self._entries)
            if entry.table != CHILD.name and is_kind(entry.table)
        ]
        return [one for one in found if one[0].owner], [one for one in found if not one[0].owner]

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
            for kind, _ in work.owned(entry.row):
                raise _Rests(f"{with_article(kind.one)} for {record.child.name} was added since")
            for kind, _, _ in work.naming(entry.row):
                raise _Rests(f"{with_article(kind.one)} points at {record.child.name} by now")
            work.remove_child(entry.row, words, entry.named)
            return
        if not changes.holds(record, after):
            raise self._later(entry, record.child.name)
        work.put_child(changes.put_back(record, before, after), words, named=entry.named)

    def _record(self, kind: Kind, entry: Entry) -> None:
        work, words = self._work, self._words(entry)
        now = work.found(kind, entry.row)
        before, after = changes.from_json(entry.before), changes.from_json(entry.after)
        if not entry.after:
            if now is not None:
                raise _Rests(f"{kind.title(now)} is back already")
            version = work.unit.latest_entries(1)[0].seq
            work.add(kind_values.made_of(kind, entry.row, version, before), words)
        elif now is None:
            raise _Rests(f"{with_article(kind.one)} is no longer in the store")
        elif not entry.before:
            if not kind_values.as_made(now, after):
                raise self._later(entry, kind.title(now))
            work.remove(kind, entry.row, words)
        elif not kind_values.holds(now, after):
            raise self._later(entry, kind.title(now))
        else:
            work.put(kind_values.put_back(now, before, after), words)

    def _council(self, entry: Entry) -> None:
        now = self._work.unit.meta().get(COUNCIL, "")
        if now != changes.from_json(entry.after).get("name", ""):
            raise self._later(entry, "the council's name")
        back = changes.from_json(entry.before).get("name", "")
        self._work.put_council(now, back, self._words(entry))

    def _later(self, entry: Entry, name: str) -> _Rests:
        """What was done to the same thing since, and by whom when it was somebody else."""
        touched = changes.touched(entry)
        for later in self._work.unit.latest_entries(_LATER_OF_ROW, (entry.table, entry.row)):
            if later.seq <= entry.seq:
                break
            if not touched or changes.touched(later) & touched:
                by = f" by {later.who}" if later.who != self._work.who else ""
                return _Rests(f"{name} was changed again since{by} ({later.what})")
        return _Rests(f"{name} was changed again since")

    def _check_links(self) -> None:
        """Nothing may point at what is not there afterwards."""
        work = self._work
        for value, spec in work.broken_links():
            whose = kind_of(value).title(value)
            raise _Rests(f"the {spec.words} of {whose} is no longer in the store")
        for kind, value in work.dated_by_gone():
            raise _Rests(f"{kind.title(value)} is dated by it")
        for kind, spec, _ in work.crossed():
            article = with_article(kind.one)
            raise _Rests(f"{article} would point at what is another child's, by its {spec.words}")
        for value in work.in_use():
            raise _Rests(f"{kind_of(value).title(value)} is in use by now")

    def _check_names(self) -> None:
        """No name may be given twice."""
        for kind in {kind_named(one.table) for one in self._entries if is_kind(one.table)}:
            for spec in (one for one in kind.fields if one.unique):
                seen: dict[str, str] = {}
                for key, value in self._work.all_of(kind).items():
                    name = getattr(value, spec.name)
                    if name and seen.setdefault(folded(name), key) != key:
                        raise _Rests(f"there is another {name} by now")

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
