"""What one action changes, gathered before anything is written: children and other records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused, Stale
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import (
    FACT,
    FieldSpec,
    Kept,
    Kind,
    kind_named,
    kind_of,
    owners,
    siblings,
    ties,
    within,
)
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import changes
from caseworker_app.services.clock import time_in_words
from caseworker_app.services.ports import Writing

CHILD = kind_of(Child)

_GONE = "This child is no longer in the store."


@dataclass(slots=True)
class Staged:
    """One record under change: as it was loaded, as it is to be, and the words for it.

    A child comes with all facts, as a `Record`.
    """

    before: Any
    after: Any
    what: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


class Staging:
    """The records that an action looked at, as they were and as they are to be.

    Attributes:
        unit: the store's transaction.
        settled: (child's id, field) of what records tell over time and this action has seen to.
    """

    def __init__(self, unit: Writing, now: datetime) -> None:
        self.unit = unit
        self.settled: set[tuple[str, str]] = set()
        self._now = now
        self._children: dict[str, Staged] = {}
        self._others: dict[Kind, dict[str, Staged]] = {}
        self._owned: dict[tuple[Kind, str], dict[str, Staged]] = {}
        self._journal: list[tuple[Staged, Any, int, int, set[str]]] | None = None
        self._known: dict[str, set[str]] = {}

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Stage what is done inside, or nothing of it where it is refused or stale."""
        settled, self._journal = set(self.settled), []
        try:
            yield
        except (Refused, Stale):
            for kept, after, what, why, named in reversed(self._journal):
                kept.after, kept.named = after, named
                del kept.what[what:], kept.why[why:]
            self.settled = settled
            raise
        finally:
            self._journal = None

    def child(
        self, child_id: str, seen: int | None = None, touching: Collection[str] | None = None
    ) -> Record:
        """A child as it stands, this action's own changes included.

        Args:
            child_id: the child.
            seen: the version that the person saw; None where that is no matter.
            touching: what is to be changed, as `changes.touched` names it; None is everything.

        Raises:
            Refused: there is no such child.
            Stale: somebody changed the same since version `seen`.
        """
        kept = self._children.get(child_id)
        if kept is None:
            found = self.unit.records((child_id,)).get(child_id) if is_row_id(child_id) else None
            if found is None:
                raise Refused(_GONE)
            kept = self._children[child_id] = Staged(found, found)
        if kept.after is None:
            raise Refused(_GONE)
        if seen is not None and kept.before is not None:
            self._refuse_stale("child", child_id, kept.before.child.version - seen, touching)
        after: Record = kept.after
        return after

    def one_of(
        self, kind: Kind, key: str, seen: int | None = None, touching: Collection[str] | None = None
    ) -> Any:  # noqa: ANN401  (a record of any kind)
        """A record of another kind than a child; arguments and what is raised as for `child`."""
        value = self.found(kind, key)
        if value is None:
            raise Refused(f"This {kind.one} is no longer in the store.")
        before = self._others[kind][key].before
        if seen is not None and before is not None:
            self._refuse_stale(kind.name, key, before.version - seen, touching)
        return value

    def found(self, kind: Kind, key: str) -> Any:  # noqa: ANN401
        """The same, or None where there is none."""
        kept = self._others.setdefault(kind, {}).get(key)
        if kept is None:
            found = self.unit.all_of(kind, (key,)).get(key) if is_row_id(key) else None
            if found is None:
                return None
            kept = self._others[kind][key] = Staged(found, found)
            self._file(kind, kept)
        return kept.after

    def all_of(self, kind: Kind) -> dict[str, Any]:
        """Every record of a kind by id, this action's own changes included."""
        here = {key: kept.after for key, kept in self._others.get(kind, {}).items()}
        both = {**self.unit.all_of(kind), **here}
        return {key: one for key, one in both.items() if one is not None}

    def add(self, value: Any, what: str, why: str = "") -> None:  # noqa: ANN401
        """Add a record of another kind than a child; its id has been allotted."""
        kept = self._others.setdefault(kind_of(value), {}).get(value.id)
        if kept is None:
            kept = self._others[kind_of(value)][value.id] = Staged(None, None)
        self._stage(kept, value, what, why)
        self._file(kind_of(value), kept)

    def put(self, value: Any, what: str, why: str = "") -> None:  # noqa: ANN401
        """Stage the new state of a record that was looked at."""
        kept = self._others[kind_of(value)][value.id]
        self._stage(kept, value, what, why)
        self._file(kind_of(value), kept)

    def remove(self, kind: Kind, key: str, what: str, why: str = "") -> None:
        """Take a record of another kind than a child out."""
        self.one_of(kind, key)
        self._stage(self._others[kind][key], None, what, why)

    def owned(self, child_id: str) -> Iterator[tuple[Kind, Any]]:
        """The records that belong to a child, this action's own changes included."""
        for kind, _, value in self._pointing_at(owners(every_kind()), child_id):
            yield kind, value

    def naming(self, child_id: str) -> Iterator[tuple[Kind, FieldSpec, Any]]:
        """The records of other children that point at a child, with the field that does."""
        for kind, name, value in self._pointing_at(siblings(every_kind()), child_id):
            yield kind, kind.field(name), value

    def _pointing_at(
        self, links: tuple[tuple[Kind, str], ...], child_id: str
    ) -> Iterator[tuple[Kind, str, Any]]:
        """The records that point at a child by some links, this action's own changes included."""
        stored = self.unit.pointing_at(links, child_id)
        for kind, name in links:
            here = self._others.setdefault(kind, {})
            keys = set(stored.get((kind, name), ())) - here.keys()
            for key, value in self.unit.all_of(kind, keys).items() if keys else ():
                here[key] = Staged(value, value)
                self._file(kind, here[key])
            for kept in list(here.values()):
                if kept.after is not None and getattr(kept.after, name) == child_id:
                    yield kind, name, kept.after

    def owned_by(self, kind: Kind, child_ids: Collection[str]) -> dict[str, list[Staged]]:
        """The records of a kind of some children, those taken out included, by child."""
        here = self._others.setdefault(kind, {})
        keys = set(self.unit.pointing(kind, kind.owner, child_ids)) - here.keys()
        for key, value in self.unit.all_of(kind, keys).items() if keys else ():
            here[key] = Staged(value, value)
            self._file(kind, here[key])
        return {key: list(self._owned.get((kind, key), {}).values()) for key in child_ids}

    def _file(self, kind: Kind, kept: Staged) -> None:
        """Know a record by whose it was and whose it is."""
        for value in (kept.before, kept.after) if kind.owner else ():
            if value is not None:
                self._owned.setdefault((kind, getattr(value, kind.owner)), {})[value.id] = kept

    def changed_children(self) -> Iterator[tuple[Child, Child]]:
        """The children whom this action changes, as they were and as they are to be."""
        for kept in self._children.values():
            if kept.before and kept.after and kept.before.child != kept.after.child:
                yield kept.before.child, kept.after.child

    def _stage(
        self,
        kept: Staged,
        value: Any,  # noqa: ANN401  (a record of any kind, a child with facts, or None)
        what: str,
        why: str,
        named: Iterable[str] = (),
    ) -> None:
        if self._journal is not None:
            was = kept.after, len(kept.what), len(kept.why), set(kept.named)
            self._journal.append((kept, *was))
        kept.after = value
        kept.what.append(what)
        kept.named.update(named)
        if why:
            kept.why.append(why)

    def _refuse_stale(
        self, table: str, key: str, since: int, touching: Collection[str] | None
    ) -> None:
        """Refuse a change of what somebody changed in the `since` changes that were not seen."""
        if not since:
            return
        newest = self.unit.latest_entries(since, (table, key)) if since > 0 else []
        if touching is not None and len(newest) == since:
            theirs = {name for entry in newest for name in changes.touched(entry)}
            whole = any(not (entry.before and entry.after) for entry in newest)
            if not whole and theirs.isdisjoint(touching):
                return
        raise Stale(self._changed_by(table, key))

    def preload(self, records: Iterable[Record]) -> None:
        """Take records that were read in this transaction, to spare reading them again."""
        for record in records:
            self._children.setdefault(record.child.id, Staged(record, record))

    def look_ahead(self, wanted: Iterable[tuple[Kind, Mapping[str, Any]]]) -> None:
        """Read in one go what records yet to be added point at, as far as it is there.

        Looked for by each record alone, it is most of what adding a thousand records takes.
        """
        keys: dict[str, set[str]] = {}
        owners: set[str] = set()
        for kind, fields in wanted:
            for spec in kind.links():
                key = fields.get(spec.name)
                if isinstance(key, str) and is_row_id(key):
                    some = owners if spec.name == kind.owner else keys.setdefault(spec.to, set())
                    some.add(key)
        self.preload(self.unit.records(owners - self._children.keys()).values())
        for name, some in keys.items():
            self._there(name, some)

    def put_child(
        self, record: Record, what: str, why: str = "", named: Iterable[str] = ()
    ) -> None:
        """Stage the child's new state. New facts have no id yet.

        `named` are the ids of other children whom the words name.
        """
        self._stage(self._children[record.child.id], record, what, why, named)

    def add_child(self, record: Record, what: str, named: Iterable[str] = ()) -> None:
        """Add a child whose id has been allotted."""
        self._children[record.child.id] = Staged(None, record, [what], named=set(named))

    def remove_child(self, child_id: str, what: str, named: Iterable[str] = ()) -> None:
        """Take a child out, with all facts and whatever belongs to them."""
        self.child(child_id)
        for kind, value in list(self.owned(child_id)):
            self.remove(kind, value.id, what)
        for kind, _, value in list(self.naming(child_id)):
            self.remove(kind, value.id, what)
        self._stage(self._children[child_id], None, what, "", named)

    def children_after(self) -> dict[str, Record | None]:
        """Every child that was looked at, as they are to be; None for those taken out."""
        return {key: kept.after for key, kept in self._children.items()}

    def broken_links(self, only: Kept | None = None) -> Iterator[tuple[Any, FieldSpec]]:
        """Staged records that point at what is not there, each with the field that does.

        `only` is one of them: where many come one by one, the others were looked at before.
        """
        for kind in every_kind() if only is None else (kind_of(only),):
            staged = self._staged(kind) if only is None else (only,)
            for spec in (one for one in kind.fields if one.type == "link"):
                pointing = [(one, getattr(one, spec.name)) for one in staged]
                pointing = [(one, key) for one, key in pointing if key is not None]
                if not pointing:
                    continue
                keys = {key for _, key in pointing}
                if spec.to == FACT:
                    # A fact dates what belongs to the same child, and nothing else.
                    of = self._facts(keys, {getattr(one, kind.owner) for one, _ in pointing})
                    wrong = [
                        (one, key)
                        for one, key in pointing
                        if key not in of or of[key][0] != getattr(one, kind.owner)
                    ]
                else:
                    there = self._there(spec.to, keys)
                    wrong = [(one, key) for one, key in pointing if key not in there]
                yield from ((one, spec) for one, _ in wrong)

    def in_use(self) -> Iterator[Any]:
        """Records to be taken out at which something still points."""
        for to, some in self._others.items():
            gone = [key for key, kept in some.items() if kept.before and kept.after is None]
            if gone and any(self._points(kind, spec, gone) for kind, spec in _pointers(to)):
                yield from (some[key].before for key in gone)

    def dated_by_gone(self) -> Iterator[tuple[Kind, Any]]:
        """Records that are dated by a fact which this action takes away, where they stay."""
        gone = set()
        for kept in self._children.values():
            if kept.before is not None and kept.before is not kept.after:
                left = kept.after.facts if kept.after is not None else ()
                gone |= {one.id for one in kept.before.facts} - {one.id for one in left}
        gone -= self._facts(gone).keys() if gone else set()
        for kind in every_kind() if gone else ():
            for spec in kind.fact_links():
                for key in self.unit.pointing(kind, spec.name, gone):
                    self.found(kind, key)
                for one in self._staged(kind):
                    if getattr(one, spec.name) in gone:
                        yield kind, one

    def pointing(self, to: str, keys: Collection[str]) -> Iterator[tuple[Kind, FieldSpec, Any]]:
        """The records that point at some of a kind, or at facts, each with the field that does.

        They are as this action leaves them, and may be put or removed by whoever asks.
        """
        for kind, spec in ties(every_kind()) if keys else ():
            if spec.to == to:
                for key in self.unit.pointing(kind, spec.name, keys):
                    self.found(kind, key)
                for one in self._staged(kind):
                    if getattr(one, spec.name) in keys:
                        yield kind, spec, one

    def crossed(self) -> Iterator[tuple[Kind, FieldSpec, Any]]:
        """Records that this action lets point at what is another child's, with the field that does.

        What did so before is none of them.
        """
        for name in dict.fromkeys(spec.to for _, spec in within(every_kind())):
            moved = self._moved(name)
            for _ in self.pointing(name, moved):
                pass
            for kind, spec in within(every_kind()):
                if spec.to == name:
                    yield from ((kind, spec, one) for one in self._crossing(kind, spec, moved))

    def _moved(self, name: str) -> set[str]:
        """The records of a kind, or the facts, that this action gives to another child."""
        if name == FACT:
            was = {
                fact.id: key
                for key, kept in self._children.items()
                for fact in (kept.before.facts if kept.before is not None else ())
            }
            return {
                fact.id
                for key, kept in self._children.items()
                for fact in (kept.after.facts if kept.after is not None else ())
                if was.get(fact.id, key) != key
            }
        kind = kind_named(name)
        return {
            key
            for key, kept in self._others.get(kind, {}).items()
            if kept.before is not None
            and kept.after is not None
            and getattr(kept.before, kind.owner) != getattr(kept.after, kind.owner)
        }

    def _crossing(self, kind: Kind, spec: FieldSpec, moved: Collection[str]) -> Iterator[Any]:
        """Those of a kind whose link this action lets point at what is another child's."""
        looked_at = []
        for kept in self._others.get(kind, {}).values():
            was, now = kept.before, kept.after
            at = getattr(now, spec.name, None)
            if at is not None and (at in moved or _said(kind, spec, was) != _said(kind, spec, now)):
                looked_at.append((was, now, at))
        whose = self._whose(spec.to, {at for *_, at in looked_at})
        for was, now, at in looked_at:
            before, after = whose.get(at, ("", ""))
            if _said(kind, spec, was) == (at, getattr(was, kind.owner, "")) and before != getattr(
                was, kind.owner
            ):
                continue
            if after and after != getattr(now, kind.owner):
                yield now

    def _whose(self, name: str, keys: set[str]) -> dict[str, tuple[str, str]]:
        """By the id of a record or a fact, whose it was and whose it is; "" for nobody's."""
        if not keys:
            return {}
        if name == FACT:
            stored = {key: child for key, (child, _) in self.unit.facts_named(keys).items()}
            now = {key: child for key, (child, _) in self._facts(keys).items()}
            return {key: (stored.get(key, ""), now.get(key, "")) for key in keys}
        kind = kind_named(name)
        staged = self._others.get(kind, {})
        found = {
            key: (getattr(one, kind.owner), getattr(one, kind.owner))
            for key, one in self.unit.all_of(kind, keys - staged.keys()).items()
        }
        for key in keys & staged.keys():
            sides = (staged[key].before, staged[key].after)
            before, after = ("" if one is None else getattr(one, kind.owner) for one in sides)
            found[key] = before, after
        return found

    def _facts(
        self, keys: Collection[str], of: Collection[str] | None = None
    ) -> dict[str, tuple[str, Fact]]:
        """Some facts as this action leaves them, each after the id of its child.

        `of` are the children whose facts they may be; None for any.
        """
        here = self._children.keys() if of is None else self._children.keys() & set(of)
        found = {
            fact.id: (child_id, fact)
            for child_id, kept in ((one, self._children[one]) for one in here)
            for fact in (kept.after.facts if kept.after is not None else ())
            if fact.id in keys
        }
        elsewhere = [key for key in keys if key not in found and is_row_id(key)]
        stored = self.unit.facts_named(elsewhere) if elsewhere else {}
        return found | {key: one for key, one in stored.items() if one[0] not in self._children}

    def _staged(self, kind: Kind) -> list[Any]:
        """The records of a kind as this action leaves them."""
        if kind is CHILD:
            return [kept.after.child for kept in self._children.values() if kept.after is not None]
        some = self._others.get(kind, {})
        return [kept.after for kept in some.values() if kept.after is not None]

    def _there(self, name: str, keys: set[str]) -> set[str]:
        """Which of some ids of a kind are there when this action is done."""
        keys = {key for key in keys if is_row_id(key)}
        if name == CHILD.name:
            staged: Mapping[str, Staged] = self._children
        else:
            kind = next(one for one in every_kind() if one.name == name)
            staged = self._others.get(kind, {})
        stored = {key for key in keys - staged.keys() if key}
        # Many records of one act point at the same few: each is looked for once.
        known = self._known.setdefault(name, set())
        unknown = stored - known
        if unknown and name == CHILD.name:
            known |= {one.id for one in self.unit.summaries(unknown)}
        elif unknown:
            known |= set(self.unit.all_of(kind, list(unknown)))
        return (stored & known) | {key for key, kept in staged.items() if kept.after is not None}

    def _points(self, kind: Kind, spec: FieldSpec, gone: Collection[str]) -> bool:
        """Whether a record of a kind still points at one of those that go."""
        staged = self._children if kind is CHILD else self._others.get(kind, {})
        if set(self.unit.pointing(kind, spec.name, gone)) - staged.keys():
            return True
        return any(getattr(one, spec.name) in gone for one in self._staged(kind))

    def _changed_by(self, table: str, row: str) -> str:
        newest = self.unit.latest_entries(1, (table, row))
        if not newest:
            return "This was changed meanwhile."
        at = time_in_words(newest[0].at, self._now.date())
        return f"This was changed by {newest[0].who} at {at}."


def _pointers(to: Kind) -> list[tuple[Kind, FieldSpec]]:
    """Every kind that points at another, with the field that does."""
    return [(kind, one) for kind in every_kind() for one in kind.links() if one.to == to.name]


def _said(kind: Kind, spec: FieldSpec, value: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """What a link points at, and whose the record is; nothing of nobody where there is none."""
    return getattr(value, spec.name, None), getattr(value, kind.owner, None)
