"""A unit of work: what one action changes, gathered, then written with audit and deadlines.

Nothing is written before `finish`; the store commits when the block around it ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import Kind, kind_named, kind_of
from caseworker_app.domain.named import FEW, named_in
from caseworker_app.domain.people import Setting
from caseworker_app.domain.records import Entry, Record
from caseworker_app.domain.signing_in import refuse_none_left, signing_in
from caseworker_app.domain.standing import standing
from caseworker_app.services import changes
from caseworker_app.services.actions import leading, mark
from caseworker_app.services.clock import read_stamp, stamp
from caseworker_app.services.following import follow
from caseworker_app.services.following_plans import follow_templates
from caseworker_app.services.ports import COUNCIL, RulePack, Writing
from caseworker_app.services.progress import Progress
from caseworker_app.services.staging import CHILD, Staged, Staging

_STEP = 200


@dataclass(frozen=True, slots=True)
class Finished:
    """What a unit of work came to.

    Attributes:
        group: the audit group, or "" when nothing changed.
        child_ids: the children whose rows may look different now, removed ones included.
        records: by kind, the records of other kinds as they are now, by id; None where removed.
        recounted: how many dates of how many further children other rules moved; None where the
            rules stayed as they were.
        rules: those that bind now, where they changed.
    """

    group: str
    child_ids: tuple[str, ...]
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    recounted: tuple[int, int] | None = None
    rules: RulePack | None = None

    @property
    def kept(self) -> dict[str, tuple[str, ...]]:
        """By kind, the ids of the records that were made or changed."""
        return self._ids(gone=False)

    @property
    def gone(self) -> dict[str, tuple[str, ...]]:
        """By kind, the ids of the records that were taken out."""
        return self._ids(gone=True)

    def _ids(self, *, gone: bool) -> dict[str, tuple[str, ...]]:
        found = {
            name: tuple(key for key, one in some.items() if (one is None) is gone)
            for name, some in self.records.items()
        }
        return {name: ids for name, ids in found.items() if ids}

    @property
    def is_named_in_lists(self) -> bool:
        """Whether lists of children name what was changed: a setting, or who holds a case."""
        shown = {one.to for one in CHILD.links()}
        return any(some for name, some in self.records.items() if name in shown)


class UnitOfWork(Staging):
    """One action on the store.

    Attributes:
        unit: the store's transaction.
        who: the person at the keyboard.
        kind, undoes: what the audit entries are; see `Entry`.
        title: words for all of it, when it touches several things.
        offered: the rules of this application, which may be put in force.
        act: one of `actions.WHOLESALE` when it is never to be taken back with one key, or "".
        left_out: of several commands, the number of each that was refused alone, and why.
    """

    def __init__(
        self,
        unit: Writing,
        rules: RulePack,
        now: datetime,
        who: str,
        progress: Progress | None = None,
        offered: RulePack | None = None,
    ) -> None:
        super().__init__(unit, now)
        self.offered = offered or rules
        self.kind = "change"
        self.undoes = ""
        self.title = ""
        self.act = ""
        self.left_out: list[tuple[int, str]] = []
        self._rules = rules
        self.who = who
        self._progress = progress
        self._council: tuple[str, str, str] | None = None
        self._notes: list[Entry] = []

    def tell(self, done: int, total: int, words: str) -> None:
        """Tell how far something is that may take long. Raises `Cancelled` once it is stopped."""
        if self._progress is not None and done % _STEP == 0:
            self._progress(done, total, words)

    def put_council(self, before: str, after: str, what: str) -> None:
        """Give the council another name; "" for none."""
        self._council = before, after, what

    def note(self, entry: Entry) -> None:
        """Say something in the trail of a child that changes nothing and cannot be undone."""
        self.kind = "note"
        self._notes.append(entry)

    def finish(self) -> Finished:
        """Write everything: rows, deadlines and audit entries.

        Raises:
            Refused: the rules that are to bind would not hold together, or nobody would be left who
                lets people sign in.
        """
        follow(self, self._day(), turning=bool(self.undoes))
        self._refuse_no_administrator()
        rules = self.rules_after()
        before, self._rules = self._rules, rules or self._rules
        self._number_facts()
        if not self.undoes:
            follow_templates(self)
        for kind, _ in self.dated_by_gone():
            raise Refused(f"A {kind.one} is dated by an event that would go: see to that first.")
        for kind, spec, _ in self.crossed():
            words = f"A {kind.one} would point at what is another child's, by its {spec.words}"
            raise Refused(f"{words}: see to that first.", spec.name)
        before_children, after_children = _around_child()
        entries = self._write_council()
        self._drop(reversed(after_children))
        for kind in before_children:
            entries += self._write(kind)
        entries += self._write_children()
        for kind in after_children:
            entries += self._write(kind)
        touched = {key for key, kept in self._children.items() if kept.before != kept.after}
        neighbours = self._neighbours() - touched
        self._write_deadlines(touched, neighbours)
        self._drop(reversed(before_children))
        entries += self._notes
        touched |= {one.child for one in self._notes}
        if not entries:
            return Finished("", ())
        if self.title and (self.act or len(leading(entries)) > 1):
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
        recounted = self._recount(before, rules) if rules is not None else None
        records = {
            kind.name: {key: kept.after for key, kept in some.items() if kept.before != kept.after}
            for kind, some in self._others.items()
        }
        seen = tuple(sorted(touched | neighbours, key=int))
        return Finished(group, seen, records, recounted, rules)

    def _refuse_no_administrator(self) -> None:
        """Let somebody stay who lets people sign in, where anybody does. Raises `Refused`."""
        kind = kind_named("caseworker")
        if any(map(_is_changed, self._others.get(kind, {}).values())):
            before, after = self.unit.all_of(kind), self.all_of(kind)
            refuse_none_left(signing_in(before.values()), signing_in(after.values()), self._day())

    def rules_after(self) -> RulePack | None:
        """The rules that are to bind; None where this action leaves them as they are.

        Raises:
            Refused: they would not hold together.
        """
        staged = {
            kind for kind, some in self._others.items() if any(map(_is_changed, some.values()))
        }
        if not staged:
            return None
        from caseworker_app.domain.binding import BINDING
        from caseworker_app.services.rules.in_force import rules_after

        if staged.isdisjoint(BINDING):
            return None
        return rules_after(self._rules, lambda kind: self.all_of(kind).values())

    def _recount(self, before: RulePack, rules: RulePack) -> tuple[int, int]:
        """Count every date by the rules that are to bind; how many moved, and of how many."""
        from caseworker_app.domain.binding import PACK
        from caseworker_app.services.rules.counting_anew import recount
        from caseworker_app.services.rules.in_force import APPLICATION_KEPT, RULES_KEPT, notes_of

        moved, notes = (0, 0), self.unit.meta()
        if before.of_dates != rules.of_dates or self._others.get(PACK):
            counted_by = notes.get(RULES_KEPT), notes.get(APPLICATION_KEPT)
            same = counted_by == (before.fingerprint, before.application)
            moved = recount(self.unit, rules, self._progress, before if same else None)
        (pack,) = self.all_of(PACK).values()
        self.unit.set_meta(notes_of(rules, pack.identity))
        return moved

    def _day(self) -> date:
        """The day on which what this action does is done: what is redone, is done when it was."""
        first = self.unit.group(self.undoes, 1) if self.undoes else []
        return read_stamp(first[0].at if first else stamp(self._now)).date()

    def _neighbours(self) -> set[str]:
        """The children whose dates follow from a record of another kind that changed."""
        found: set[str] = set()
        for kind, some in self._others.items():
            if not kind.counted:
                continue
            changed = [kept for kept in some.values() if kept.before != kept.after]
            if kind.owner:
                values = [one for kept in changed for one in (kept.before, kept.after) if one]
                found |= {getattr(one, kind.owner) for one in values}
            keys = [kept.after.id for kept in changed if kept.before and kept.after]
            for spec in CHILD.links():
                if spec.to == kind.name and keys:
                    found |= set(self.unit.pointing(CHILD, spec.name, keys))
        return {key for key in found if key not in self._children or self._children[key].after}

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
        some = [
            (kept, kept.after)
            for kept in self._children.values()
            if kept.after is not None and kept.after is not kept.before
        ]
        some = [(kept, after) for kept, after in some if not all(one.id for one in after.facts)]
        new = sum([not one.id for _, after in some for one in after.facts])
        keys = iter(self.unit.allot("fact", new) if new else ())
        for kept, after in some:
            facts = [
                one if one.id else Fact(one.kind, one.on, one.detail, one.episode, next(keys))
                for one in after.facts
            ]
            kept.after = Record(after.child, tuple(facts))

    def _write_council(self) -> list[Entry]:
        if self._council is None:
            return []
        *names, what = self._council
        old, new = (changes.as_json({"name": name} if name else {}) for name in names)
        self.unit.set_meta({COUNCIL: names[1]})
        return [Entry(COUNCIL, "", what, old, new)]

    def _write(self, kind: Kind) -> list[Entry]:
        """Write the new and changed records of a kind; the audit entries of all."""
        entries: list[Entry] = []
        new: list[Any] = []
        changed: list[Any] = []
        for key, kept in self._others.get(kind, {}).items():
            before, after = kept.before, kept.after
            if before == after:
                continue
            old, now = changes.in_entry(before, after)
            what, why = _said(kept)
            whose = getattr(after or before, kind.owner) if kind.owner else ""
            entries.append(Entry(kind.name, key, what, old, now, why, child=whose))
            if after is None:
                continue
            version = before.version + 1 if before is not None else max(1, after.version)
            kept.after = replace(after, version=version)
            (new if before is None else changed).append(kept.after)
        self.unit.put(kind, new, changed)
        return entries

    def _drop(self, kinds: Iterable[Kind]) -> None:
        """Take rows out, those that point before those pointed at."""
        for kind in kinds:
            some = self._others.get(kind, {})
            gone = [key for key, kept in some.items() if kept.before and kept.after is None]
            if gone:
                self._point_away(kind, gone)
                self.unit.remove(kind, gone)

    def _point_away(self, to: Kind, gone: Collection[str]) -> None:
        """Empty the links at rows that go where they are to point elsewhere, or at nothing.

        A needed link may wait for that until the end of the transaction; others are held at once.
        """
        for kind in every_kind():
            for spec in (one for one in kind.links() if one.to == to.name and not one.needed):
                some = [
                    replace(kept.before, **{spec.name: spec.blank})
                    for kept in self._others.get(kind, {}).values()
                    if kept.before and kept.after and getattr(kept.before, spec.name) in gone
                ]
                self.unit.put(kind, (), some)

    def _write_children(self) -> list[Entry]:
        entries: list[Entry] = []
        new, changed, removed = [], [], []
        facts_new, facts_changed, facts_removed = [], [], []
        for done, (key, kept) in enumerate(self._children.items()):
            self.tell(done, len(self._children), "Writing")
            before, after = kept.before, kept.after
            if before == after:
                continue
            entries.append(_entry(key, kept))
            if after is None:
                removed.append(key)
                continue
            version = before.child.version + 1 if before else max(1, after.child.version)
            if version != after.child.version:
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

    def _write_deadlines(self, touched: Collection[str], neighbours: Collection[str]) -> None:
        fresh: dict[str, Record] = {}
        again = dict(self.unit.records(neighbours)) if neighbours else {}
        # In the order of their keys, so that the store adds at the end of what it holds.
        for key in sorted(touched, key=int):
            kept = self._children[key]
            if kept.after is not None:
                (again if kept.before else fresh)[key] = kept.after
        both = (*fresh.values(), *again.values())
        named = {one.child.setting_id for one in both if one.child.setting_id is not None}
        settings = self.unit.all_of(kind_of(Setting), named)
        total = len(both)
        for some, is_fresh in ((fresh, True), (again, False)):
            made: dict[str, tuple[Deadline, ...]] = {}
            for done, (key, record) in enumerate(some.items()):
                self.tell(done, total, "Counting dates")
                if done % _STEP == 0:
                    # So many at a time: those of a whole council would fill the memory.
                    self.unit.put_deadlines(made, fresh=is_fresh)
                    made = {}
                setting = settings.get(record.child.setting_id or "")
                made[key] = self._rules.deadlines(record.child, setting, record.facts)
            self.unit.put_deadlines(made, fresh=is_fresh)


def _is_changed(kept: Staged) -> bool:
    return bool(kept.before != kept.after)


def _entry(key: str, kept: Staged) -> Entry:
    if kept.before is None and kept.after is not None:
        old, new = {}, changes.record_values(kept.after)
    elif kept.after is None and kept.before is not None:
        old, new = changes.record_values(kept.before), {}
    else:
        assert kept.before is not None
        assert kept.after is not None
        old, new = changes.record_difference(kept.before, kept.after)
    words, why = _said(kept)
    named = tuple(sorted(kept.named - {key}, key=int)) if kept.named else ()
    return Entry("child", key, words, changes.as_json(old), changes.as_json(new), why, named=named)


def _also_named(entry: Entry, said: tuple[str, ...]) -> Entry:
    if entry.table != "child":
        return entry
    named = {*entry.named, *said} - {entry.row}
    return replace(entry, named=tuple(sorted(named, key=int)))


def _said(kept: Staged) -> tuple[str, str]:
    """What was done to a record, and why, in words."""
    what, why = (
        some[0] if len(some) == 1 else "; ".join(dict.fromkeys(some))
        for some in (kept.what, kept.why)
    )
    return what, why


def _around_child() -> tuple[list[Kind], list[Kind]]:
    """The kinds a child may point at, and those that may point at a child, in their order."""
    kinds = list(every_kind())
    place = kinds.index(CHILD)
    return kinds[:place], kinds[place + 1 :]
