"""What can be written, in one transaction that holds the store's one write lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from caseworker_app.domain.access import Access
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.disposal_notes import WENT
from caseworker_app.domain.disposed import names_child, words_of
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kind_values import Values, all_values, difference
from caseworker_app.domain.kinds import FACT as FACT_LINK
from caseworker_app.domain.kinds import FieldSpec, Kind, ties, without_links
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Entry
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.store import audit
from caseworker_app.store.bulk import (
    chunks,
    delete_from,
    delete_where,
    insert_rows,
    mark,
    update_rows,
)
from caseworker_app.store.days import held
from caseworker_app.store.kept import Kept
from caseworker_app.store.mappers import (
    deadline_rows,
    fact_row,
    standing_text,
    version_row,
)
from caseworker_app.store.reading import Reading, Standing
from caseworker_app.store.record_rows import Row, to_row
from caseworker_app.store.tables import (
    ACCESS,
    ACCESS_CHILD,
    CHILD,
    COUNTER,
    DEADLINE,
    DRAFT,
    FACT,
    KEPT_BODY,
    META,
    METADATA,
    OPEN_FIGURE,
    RULE_VERSION,
    table_of,
)
from caseworker_app.store.today import Roles

if TYPE_CHECKING:
    from caseworker_app.domain.signed_heads import SignedHead
    from caseworker_app.store.signing import Signer

_CHILD = table_of(CHILD)


_AT_ONCE = 5000


class Writing(Reading):
    """A transaction that may write. It commits when its block ends without an error.

    Attributes:
        heads: of the audit trail, before the first and after the last action added; None for none.
        changed: the kinds of which records were put or removed.
        other_versions: whether versions of rules were kept or forgotten.
        looked: whether it was kept that somebody looked.
        was_signed: whether the end of the trail was signed, after all else.
    """

    def __init__(
        self,
        connection: Connection,
        roles: Callable[[], Roles] = dict,
        kept: Kept | None = None,
    ) -> None:
        super().__init__(connection, roles, kept)
        self.other_versions = False
        self.looked = self.was_signed = False
        self.heads: tuple[str, str] | None = None
        self.changed: set[Kind] = set()
        self._reserved: dict[str, list[str]] = {}

    def allot(self, name: str, how_many: int) -> list[str]:
        """Keys for new rows of a table. A key is never given twice."""
        kept = self._reserved.get(name, [])
        if len(kept) >= how_many:
            given, self._reserved[name] = kept[:how_many], kept[how_many:]
            return given
        sign = mark(self._connection)
        counted = f"UPDATE counter SET next = next + {sign} WHERE name = {sign} RETURNING next"  # noqa: S608
        found = self._connection.exec_driver_sql(counted, (how_many, name)).first()
        first = found[0] - how_many if found else 1
        if not found:
            self._connection.execute(COUNTER.insert().values(name=name, next=first + how_many))
        return [str(first + index) for index in range(how_many)]

    def reserve(self, name: str, how_many: int) -> None:
        """Take keys that are known to be wanted in one go: `allot` gives these first."""
        kept = self._reserved.pop(name, [])
        self._reserved[name] = [*kept, *self.allot(name, how_many)]

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Keep facts about the store itself."""
        for name, value in values.items():
            self._connection.execute(META.delete().where(META.c.name == name))
            self._connection.execute(META.insert().values(name=name, value=value))

    def put_draft(self, person: str, form: str, child_id: str, at: str, typed: str) -> None:
        """Keep what a person typed into a form, in the place of what they had; "" drops it."""
        key = {"person": person, "form": form, "child_id": int(child_id or 0)}
        here = [DRAFT.c[name] == value for name, value in key.items()]
        self._connection.execute(DRAFT.delete().where(*here))
        if typed:
            self._connection.execute(DRAFT.insert().values(**key, at=at, typed=typed))

    def keep_body(self, digest: str, body: bytes) -> None:
        """Keep bytes under their digest, once."""
        if self.body(digest) is None:
            self._connection.execute(KEPT_BODY.insert().values(digest=digest, body=body))

    def drop_body(self, digest: str) -> None:
        """Let go of what is kept under a digest."""
        self._connection.execute(KEPT_BODY.delete().where(KEPT_BODY.c.digest == digest))

    def put_open_data(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put these rows in the place of those of the view of what was published last."""
        self._connection.execute(OPEN_FIGURE.delete())
        numbered = [{"position": place, **row} for place, row in enumerate(rows, 1)]
        if numbered:
            self._connection.execute(OPEN_FIGURE.insert(), numbered)

    def put_access(self, access: Access, whose: Collection[str]) -> None:
        """Keep that somebody looked at the cases of some children, or of everybody with none."""
        self.looked, self.was_signed = True, False
        (key,) = self.allot("access", 1)
        row = (int(key), access.at, access.who, access.act, access.what, access.how_many)
        insert_rows(self._connection, ACCESS, [row])
        insert_rows(self._connection, ACCESS_CHILD, [(int(key), int(child)) for child in whose])

    def sign(self, signer: Signer, act: str, at: str, who: str, of: str = "") -> SignedHead | None:
        """Sign where the trail ends; see `signatures.sign`."""
        from caseworker_app.store.signatures import sign

        made = sign(self._connection, signer, act, at, who, of)
        self.was_signed = True
        return made

    def put(self, kind: Kind, new: Iterable[Any], changed: Iterable[Any]) -> None:
        """Add and replace records of a kind; children have `put_children`."""
        rows, others = [to_row(one) for one in new], [to_row(one) for one in changed]
        if rows or others:
            self._forget(kind)
            self._put(table_of(kind), rows, others)

    def remove(self, kind: Kind, ids: Collection[str]) -> None:
        """Remove records of a kind at which nothing points; children have `remove_children`."""
        self._forget(kind)
        delete_where(self._connection, table_of(kind).c.id, [int(key) for key in ids])

    def put_children(
        self,
        new: Iterable[tuple[Child, Standing]],
        changed: Iterable[tuple[Child, Standing]],
    ) -> None:
        """Add and replace children, each with how they stand from which day on."""
        # Changed ones first: a new child may take the reference that another gave up.
        self._put(_CHILD, (), [to_row(one, standing_text(standing)) for one, standing in changed])
        self._put(_CHILD, [to_row(one, standing_text(standing)) for one, standing in new], ())

    def put_facts(
        self,
        new: Iterable[tuple[str, Fact]],
        changed: Iterable[tuple[str, Fact]],
        removed: Collection[str],
    ) -> None:
        """Add, replace and remove facts; each comes with its child's id."""
        delete_where(self._connection, FACT.c.id, [int(key) for key in removed])
        for some in chunks(list(new), _AT_ONCE):
            self._put(FACT, [fact_row(child_id, fact) for child_id, fact in some], ())
        self._put(FACT, (), [fact_row(child_id, fact) for child_id, fact in changed])

    def put_deadlines(
        self, deadlines: Mapping[str, Sequence[Deadline]], *, fresh: bool = False
    ) -> None:
        """Replace the kept deadlines of children, by id; rows that stay the same are let be.

        `fresh` says that none of them has any yet.
        """
        if not deadlines:
            return
        # By what they are in memory: a caseload has a million dates and some fifty versions.
        met = {id(one[0]): one[0] for made in deadlines.values() for one in made}
        versions = {(one.rule, one.since): one for one in met.values()}
        known = {(one.rule, one.since): (key, one) for key, one in self._versions_by_id().items()}
        if all(key in known and known[key][1] == one for key, one in versions.items()):
            keys = {key: known[key][0] for key in versions}
        else:
            keys = self.keep_versions(versions.values())
        days = held(self._connection.dialect.name)
        before = {} if fresh else self._kept_rows(deadlines)
        new: list[Row] = []
        changed: list[Row] = []
        ends: list[Row] = []
        for child_id, made in deadlines.items():
            key = int(child_id)
            rows, kept = deadline_rows(key, made, keys, days), before.get(key, [])
            changed += [row for row, was in zip(rows, kept, strict=False) if row != was]
            new += rows[len(kept) :]
            if len(kept) > len(rows):
                ends.append((key, len(rows)))
        update_rows(self._connection, DEADLINE, changed)
        insert_rows(self._connection, DEADLINE, new)
        delete_from(self._connection, DEADLINE, ends)

    def drop_unused_versions(self) -> None:
        """Forget versions of rules that no kept deadline came from."""
        used = select(DEADLINE.c.version_id).distinct()
        self._connection.execute(RULE_VERSION.delete().where(RULE_VERSION.c.id.not_in(used)))
        self._other_versions()

    def remove_children(self, ids: Collection[str]) -> None:
        """Remove children with their facts and deadlines."""
        keys = [int(key) for key in ids]
        delete_where(self._connection, DEADLINE.c.child_id, keys)
        delete_where(self._connection, FACT.c.child_id, keys)
        delete_where(self._connection, _CHILD.c.id, keys)

    def append(self, entries: Sequence[Entry], at: str, who: str) -> str:
        """Add one action's audit entries; the value is the action's group."""
        return self._chained(lambda: audit.append(self._connection, entries, at, who))

    def forget_children(self, ids: Collection[str], at: str, who: str, why: str = "") -> str:
        """Remove children and destroy the keys of their entries; the value is the action's group.

        A case that was merged into another is a case of its own here: whoever disposes of a child
        names it too. Copies and backups made before keep the keys they have.
        """
        self._drop_drafts(ids)
        taken = self._let_go(ids, at, who)
        kinds = {table_of(kind).name: kind for kind in every_kind()}
        # What points at another record of the child goes before it.
        for table in reversed(METADATA.sorted_tables):
            kind = kinds.get(table.name)
            if kind is not None and taken.get(kind):
                self.remove(kind, taken[kind])
            if kind is not None and kind.owner:
                column = table.c[kind.owner]
                delete_where(self._connection, column, [int(key) for key in ids])
        self.remove_children(ids)
        return self._chained(lambda: audit.forget(self._connection, ids, at, who, why))

    def say_disposed(self, ids: Collection[str], at: str, who: str, why: str) -> str:
        """Say of children whose keys are destroyed already that they are disposed of."""
        some = sorted(ids, key=int)
        return self._chained(lambda: audit.say_disposed(self._connection, some, at, who, why))

    def _chained(self, add: Callable[[], tuple[str, str]]) -> str:
        """Add to the chain, and remember where it ends; the value is the group of what came."""
        before = self.heads[0] if self.heads else audit.head(self._connection)
        group, head = add()
        if head:
            self.heads, self.was_signed = (before, head), False
        return group

    def _drop_drafts(self, ids: Collection[str]) -> None:
        """Drop what was typed of children, and what names one of them in a form of another."""
        delete_where(self._connection, DRAFT.c.child_id, [int(key) for key in ids])
        names = [(one.surname, one.forename, one.reference, one.upn) for one in self.summaries(ids)]
        for person, form, child, typed in self.every_draft() if names else ():
            if any(names_child(words_of(typed), *one) for one in names):
                self.put_draft(person, form, child, "", "")

    def _let_go(self, ids: Collection[str], at: str, who: str) -> dict[Kind, list[str]]:
        """Let go of what points at some children or at what goes with them, and tell of it.

        A link that a record can do without is emptied.

        Returns:
            By kind, what says nothing without that and is to go: a brother, the judgement of an
            outcome.
        """
        gone = self._going(ids)
        entries: list[Entry] = []
        bare: list[tuple[Kind, list[Any]]] = []
        out: dict[Kind, list[str]] = {}
        # What is pointed at is declared first: what goes here takes along what needs it.
        for kind in every_kind():
            links = [spec for of, spec in ties(every_kind()) if of is kind]
            without, taken = self._without(kind, links, gone)
            entries += [
                Entry(
                    kind.name,
                    one.id,
                    f"{kind.one} taken out",
                    _json(all_values(one)),
                    "",
                    WENT,
                    child=getattr(one, kind.owner) if kind.owner else "",
                )
                for one in taken
            ]
            for one, new in without:
                old, now = difference(one, new)
                words = ", ".join(kind.field(name).words for name in old)
                entries.append(
                    Entry(
                        kind.name,
                        one.id,
                        f"{kind.one} changed: {words} taken out",
                        _json(old),
                        _json(now),
                        WENT,
                        child=getattr(one, kind.owner) if kind.owner else "",
                    )
                )
            bare.append((kind, [replace(new, version=one.version + 1) for one, new in without]))
            out[kind] = [one.id for one in taken]
            gone.setdefault(kind.name, set()).update(one.id for one in taken)
        for kind, some in bare:
            self.put(kind, (), some)
        if entries:
            self.append([replace(one, kind="note") for one in entries], at, who)
        return out

    def _going(self, ids: Collection[str]) -> dict[str, set[str]]:
        """By the name of what they are, the ids of what goes with some children."""
        records = self.records(ids).values()
        found = {
            kind.name: set(self.pointing(kind, kind.owner, ids))
            for kind in every_kind()
            if kind.owner
        }
        facts = {fact.id for record in records for fact in record.facts}
        return {"child": set(ids), FACT_LINK: facts, **found}

    def _without(
        self, kind: Kind, links: Sequence[FieldSpec], gone: Mapping[str, set[str]]
    ) -> tuple[list[tuple[Any, Any]], list[Any]]:
        """What stays of a kind and points at what goes.

        Returns:
            Those that say something without it, as they are and as they are to be; and the others.
        """
        keys = {
            key
            for spec in links
            if gone.get(spec.to)
            for key in self.pointing(kind, spec.name, gone[spec.to])
        }
        keys -= gone.get(kind.name, set())
        without: list[tuple[Any, Any]] = []
        taken: list[Any] = []
        for one in self.all_of(kind, keys).values() if keys else ():
            lost = [
                spec
                for spec in links
                if spec.to in gone and getattr(one, spec.name) in gone[spec.to]
            ]
            new = without_links(kind, one, lost)
            if new is None:
                taken.append(one)
            else:
                without.append((one, new))
        return without, taken

    def _forget(self, kind: Kind) -> None:
        """What was read of a kind is not true any more."""
        self._true_now().forget(kind)
        self.changed.add(kind)

    def _true_now(self) -> Kept:
        if self._now is None:
            self._now = super()._true_now().apart()
        return self._now

    def _put(self, table: Table, new: Sequence[Row], changed: Sequence[Row]) -> None:
        insert_rows(self._connection, table, new)
        update_rows(self._connection, table, changed)

    def keep_versions(self, wanted: Iterable[RuleVersion]) -> dict[tuple[str, date], int]:
        """Keep versions of rules as they are worded now; the value is their keys."""
        versions = {(one.rule, one.since): one for one in wanted}
        query = select(
            RULE_VERSION.c.id, RULE_VERSION.c.rule, RULE_VERSION.c.since, RULE_VERSION.c.body
        )
        kept = {(row.rule, row.since): row for row in self._connection.execute(query)}
        missing = [key for key in versions if key not in kept]
        keys = {key: row.id for key, row in kept.items()}
        if missing:
            allotted = self.allot("rule_version", len(missing))
            keys |= dict(zip(missing, map(int, allotted), strict=True))
        rows = {key: version_row(keys[key], version) for key, version in versions.items()}
        insert_rows(self._connection, RULE_VERSION, [rows[key] for key in missing])
        stale = [key for key in versions if key in kept and kept[key].body != rows[key][-1]]
        update_rows(self._connection, RULE_VERSION, [rows[key] for key in stale])
        if missing or stale:
            self._other_versions()
        return keys

    def _other_versions(self) -> None:
        self._true_now().versions = None
        self.other_versions = True


def _json(values: Values) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"))
