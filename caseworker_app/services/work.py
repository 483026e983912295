"""A unit of work: what one action changes, gathered, then written with audit and deadlines.

Nothing is written before `finish`; the store commits when the block around it ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.errors import Refused, Stale
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.named import FEW, named_in
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.records import Entry, Record
from caseworker_app.domain.standing import standing
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import changes
from caseworker_app.services.actions import mark
from caseworker_app.services.clock import stamp, time_in_words
from caseworker_app.services.ports import Progress
from caseworker_app.services.storage import COUNCIL, RulePack, Writing

Kept = TypeVar("Kept", Setting, Caseworker)

_STEP = 200
_GONE = "This child is no longer in the store."


@dataclass(slots=True)
class _Kept:
    """One aggregate under change: as it was loaded, as it is to be, and the words for it."""

    before: Record | None
    after: Record | None
    what: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a unit of work came to.

    Attributes:
        group: the audit group, or "" when nothing changed.
        child_ids: the children whose rows may look different now, removed ones included.
        people: whether settings or caseworkers changed.
    """

    group: str
    child_ids: tuple[str, ...]
    people: bool = False


class Work:
    """One action on the store.

    Attributes:
        unit: the store's transaction.
        who: the person at the keyboard.
        kind, undoes: what the audit entries are; see `Entry`.
        title: words for all of it, when it touches several things.
        act: one of `actions.WHOLESALE` when it is never to be taken back with one key, or "".
    """

    def __init__(
        self,
        unit: Writing,
        rules: RulePack,
        now: datetime,
        who: str,
        progress: Progress | None = None,
    ) -> None:
        self.unit = unit
        self.kind = "change"
        self.undoes = ""
        self.title = ""
        self.act = ""
        self._rules = rules
        self._now = now
        self.who = who
        self._progress = progress
        self._children: dict[str, _Kept] = {}
        self._settings: dict[str, tuple[Setting | None, Setting | None]] = {}
        self._caseworkers: dict[str, tuple[Caseworker | None, Caseworker | None]] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._council: tuple[str, str, str] | None = None

    def child(self, child_id: str, seen: int | None = None) -> Record:
        """A child as it stands, this action's own changes included.

        Raises:
            Refused: there is no such child.
            Stale: somebody changed it since version `seen`.
        """
        kept = self._children.get(child_id)
        if kept is None:
            found = self.unit.records((child_id,)).get(child_id) if is_row_id(child_id) else None
            if found is None:
                raise Refused(_GONE)
            kept = self._children[child_id] = _Kept(found, found)
        if kept.after is None:
            raise Refused(_GONE)
        if seen is not None and kept.before is not None and kept.before.child.version != seen:
            raise Stale(self._changed_by("child", child_id))
        return kept.after

    def refuse_stale(self, table: str, row: str, version: int, seen: int) -> None:
        """Refuse a change to what somebody changed meanwhile. Raises `Stale`."""
        if version != seen:
            raise Stale(self._changed_by(table, row))

    def preload(self, records: Iterable[Record]) -> None:
        """Take records that were read in this transaction, to spare reading them again."""
        for record in records:
            self._children.setdefault(record.child.id, _Kept(record, record))

    def put_child(
        self, record: Record, what: str, why: str = "", named: Iterable[str] = ()
    ) -> None:
        """Keep a child as it is to be. New facts have no id yet.

        `named` are the ids of other children whom the words name.
        """
        kept = self._children[record.child.id]
        kept.after = record
        kept.what.append(what)
        kept.named.update(named)
        if why:
            kept.why.append(why)

    def add_child(self, record: Record, what: str, named: Iterable[str] = ()) -> None:
        """Add a child whose id has been allotted."""
        self._children[record.child.id] = _Kept(None, record, [what], named=set(named))

    def remove_child(self, child_id: str, what: str, named: Iterable[str] = ()) -> None:
        """Take a child out, with all facts."""
        self.child(child_id)
        kept = self._children[child_id]
        kept.after = None
        kept.what.append(what)
        kept.named.update(named)

    def children_after(self) -> dict[str, Record | None]:
        """Every child that was looked at, as they are to be; None for those taken out."""
        return {key: kept.after for key, kept in self._children.items()}

    def put_setting(self, before: Setting | None, after: Setting | None, what: str) -> None:
        """Add, replace or (with no `after`) remove a setting."""
        key = (after or before or Setting("")).id
        first = self._settings.get(key, (before, None))[0]
        self._settings[key] = (first, after)
        self._words["setting", key] = what

    def put_caseworker(
        self, before: Caseworker | None, after: Caseworker | None, what: str
    ) -> None:
        """Add, replace or (with no `after`) remove a caseworker."""
        key = (after or before or Caseworker("")).id
        first = self._caseworkers.get(key, (before, None))[0]
        self._caseworkers[key] = (first, after)
        self._words["caseworker", key] = what

    def put_council(self, before: str, after: str, what: str) -> None:
        """Give the council another name; "" for none."""
        self._council = before, after, what

    def finish(self) -> Finished:
        """Write everything: rows, deadlines and audit entries."""
        self._number_facts()
        entries = [*self._write_council(), *self._write_people(), *self._write_children()]
        settings = {one.id: one for one in self.unit.settings()}
        moved = [key for key, (before, after) in self._settings.items() if before and after]
        touched = {key for key, kept in self._children.items() if kept.before != kept.after}
        neighbours = {child for key in moved for child in self.unit.children_at(key)}
        self._write_deadlines(settings, touched, neighbours - touched)
        self._drop_people()
        if not entries:
            return Finished("", ())
        if self.title and (self.act or len(entries) > 1):
            children = self._names()
            said = named_in(self.title, children)
            # Each case of an import has the file's name too, which may be a child's.
            entries = [_also_named(entry, said) for entry in entries] if said else entries
            named = said if len(children) > FEW else tuple(key for key, _ in children)
            entries.insert(0, Entry("store", "", self.title, "", mark(self.act), named=named))
        signed = entries
        if self.kind != "change" or self.undoes:
            signed = [replace(entry, kind=self.kind, undoes=self.undoes) for entry in entries]
        group = self.unit.append(signed, stamp(self._now), self.who)
        people = bool(self._settings or self._caseworkers)
        return Finished(group, tuple(sorted(touched | neighbours, key=int)), people)

    def _names(self) -> list[tuple[str, list[str]]]:
        """By what each changed child may be named, as they were and as they are."""
        found = []
        for key, kept in self._children.items():
            if kept.before != kept.after:
                sides = [one.child for one in (kept.before, kept.after) if one is not None]
                names = [(one.surname, one.forename, one.reference) for one in sides]
                found.append((key, [name for some in names for name in some]))
        return found

    def _number_facts(self) -> None:
        new = [
            (kept, index)
            for kept in self._children.values()
            if kept.after is not None and kept.after is not kept.before
            for index, fact in enumerate(kept.after.facts)
            if not fact.id
        ]
        keys = iter(self.unit.allot("fact", len(new)) if new else ())
        for kept in {id(kept): kept for kept, _ in new}.values():
            assert kept.after is not None
            facts = tuple(
                one if one.id else Fact(one.kind, one.on, one.detail, one.episode, next(keys))
                for one in kept.after.facts
            )
            kept.after = Record(kept.after.child, facts)

    def _write_council(self) -> list[Entry]:
        if self._council is None:
            return []
        *names, what = self._council
        old, new = (changes.as_json({"name": name} if name else {}) for name in names)
        self.unit.set_meta({COUNCIL: names[1]})
        return [Entry(COUNCIL, "", what, old, new)]

    def _write_people(self) -> list[Entry]:
        entries = []
        for key, (before, after) in self._settings.items():
            old = changes.as_json(changes.setting_values(before)) if before else ""
            new = changes.as_json(changes.setting_values(after)) if after else ""
            entries.append(Entry("setting", key, self._words["setting", key], old, new))
        for key, (was, now) in self._caseworkers.items():
            old = changes.as_json(changes.caseworker_values(was)) if was else ""
            new = changes.as_json(changes.caseworker_values(now)) if now else ""
            entries.append(Entry("caseworker", key, self._words["caseworker", key], old, new))
        made, kept = _split(self._settings.values())
        self.unit.put_settings(made, kept)
        joined, stayed = _split(self._caseworkers.values())
        self.unit.put_caseworkers(joined, stayed)
        return entries

    def _write_children(self) -> list[Entry]:
        entries: list[Entry] = []
        new, changed, removed = [], [], []
        facts_new, facts_changed, facts_removed = [], [], []
        for key, kept in self._children.items():
            before, after = kept.before, kept.after
            if before == after:
                continue
            entries.append(_entry(key, kept))
            if after is None:
                removed.append(key)
                continue
            version = before.child.version + 1 if before else max(1, after.child.version)
            after = kept.after = Record(replace(after.child, version=version), after.facts)
            row = (after.child, standing(after.facts))
            old = {fact.id: fact for fact in before.facts} if before else {}
            if before is None:
                new.append(row)
            else:
                changed.append(row)
            for fact in after.facts:
                was = old.pop(fact.id, None)
                if was is None:
                    facts_new.append((key, fact))
                elif was != fact:
                    facts_changed.append((key, fact))
            facts_removed += list(old)
        self.unit.remove_children(removed)
        self.unit.put_children(new, changed)
        self.unit.put_facts(facts_new, facts_changed, facts_removed)
        return entries

    def _write_deadlines(
        self, settings: dict[str, Setting], touched: Collection[str], neighbours: Collection[str]
    ) -> None:
        fresh: dict[str, Record] = {}
        again = dict(self.unit.records(neighbours)) if neighbours else {}
        # In the order of their keys, so that the store adds at the end of what it holds.
        for key in sorted(touched, key=int):
            kept = self._children[key]
            if kept.after is not None:
                (again if kept.before else fresh)[key] = kept.after
        total = len(fresh) + len(again)
        for some, is_fresh in ((fresh, True), (again, False)):
            made: dict[str, tuple[Deadline, ...]] = {}
            for done, (key, record) in enumerate(some.items()):
                if done % _STEP == 0:
                    if self._progress is not None:
                        self._progress(done, total, "Counting dates")
                    # So many at a time: those of a whole council would fill the memory.
                    self.unit.put_deadlines(made, fresh=is_fresh)
                    made = {}
                setting = settings.get(record.child.setting_id or "")
                made[key] = self._rules.deadlines(record.child, setting, record.facts)
            self.unit.put_deadlines(made, fresh=is_fresh)

    def _drop_people(self) -> None:
        self.unit.remove_settings(
            [key for key, (_, after) in self._settings.items() if after is None]
        )
        self.unit.remove_caseworkers(
            [key for key, (_, after) in self._caseworkers.items() if after is None]
        )

    def _changed_by(self, table: str, row: str) -> str:
        newest = self.unit.latest_entries(1, (table, row))
        if not newest:
            return "This was changed meanwhile."
        at = time_in_words(newest[0].at, self._now.date())
        return f"This was changed by {newest[0].who} at {at}."


def _entry(key: str, kept: _Kept) -> Entry:
    if kept.before is None and kept.after is not None:
        old, new = {}, changes.record_values(kept.after)
    elif kept.after is None and kept.before is not None:
        old, new = changes.record_values(kept.before), {}
    else:
        assert kept.before is not None
        assert kept.after is not None
        old, new = changes.record_difference(kept.before, kept.after)
    words = "; ".join(dict.fromkeys(kept.what))
    why = "; ".join(dict.fromkeys(kept.why))
    named = tuple(sorted(kept.named - {key}, key=int))
    return Entry("child", key, words, changes.as_json(old), changes.as_json(new), why, named=named)


def _also_named(entry: Entry, said: tuple[str, ...]) -> Entry:
    if entry.table != "child":
        return entry
    named = {*entry.named, *said} - {entry.row}
    return replace(entry, named=tuple(sorted(named, key=int)))


def _split(pairs: Iterable[tuple[Kept | None, Kept | None]]) -> tuple[list[Kept], list[Kept]]:
    made, kept = [], []
    for before, after in pairs:
        if after is not None and before is None:
            made.append(replace(after, version=max(1, after.version)))
        elif after is not None and before is not None:
            kept.append(replace(after, version=before.version + 1))
    return made, kept
