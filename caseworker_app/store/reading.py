"""What can be asked of the store, as narrow Core selects: never one query a child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from caseworker_app.domain.access import Access
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.disposed import mark_of
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.kinds import FACT as FACT_LINK
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_named, kind_of, within
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.records import Action, CaseSummary, Entry, Record, Trace
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.target_ids import OWN
from caseworker_app.store import audit, narrow
from caseworker_app.store.alike import alike
from caseworker_app.store.bulk import chunks
from caseworker_app.store.days import DAY, held
from caseworker_app.store.kept import Kept
from caseworker_app.store.mappers import (
    Days,
    deadline_rows,
    standing_text,
    to_deadline,
    to_facts,
    to_standing,
    to_version,
)
from caseworker_app.store.own_day import written_since
from caseworker_app.store.prepared import Prepared
from caseworker_app.store.record_rows import Row, to_record
from caseworker_app.store.tables import (
    ACCESS,
    ACCESS_CHILD,
    AUDIT,
    CHILD,
    CHILD_KEY,
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

_CHILD = table_of(CHILD)
_TARGETS_AFTER = 1 << 20
"""More than any child has deadlines: what is put behind the rest by it comes last."""

_CHILD_KEYS = Prepared(select(CHILD_KEY.c.child_id, CHILD_KEY.c.key), CHILD_KEY.c.child_id)
_METAS = Prepared(select(META.c.name, META.c.value))
_CHILDREN = Prepared(select(_CHILD), _CHILD.c.id)
_FACTS = Prepared(select(FACT), FACT.c.id)
_CHILDREN_BY_KEY = Prepared(select(_CHILD).order_by(_CHILD.c.id), _CHILD.c.id)
_VERSIONS = Prepared(select(RULE_VERSION.c.id, RULE_VERSION.c.body))
_SUMMARIES = Prepared(
    select(
        _CHILD.c.id,
        _CHILD.c.version,
        _CHILD.c.reference,
        _CHILD.c.surname,
        _CHILD.c.forename,
        _CHILD.c.born,
        _CHILD.c.actual_year,
        _CHILD.c.actual_year_on,
        _CHILD.c.upn,
        _CHILD.c.setting_id,
        _CHILD.c.need,
        _CHILD.c.caseworker_id,
        _CHILD.c.standing,
    ),
    _CHILD.c.id,
)

Standing = tuple[tuple[date, str], ...]
Dates = tuple[Deadline, ...]
Count = Callable[[Record], tuple[Dates, Standing]]
"""What gives the deadlines of a child, and how they stand from which day on."""
Stale = tuple[Record, Dates, Dates]
"""A child, the deadlines kept and those worked out."""
_IN_A_RUN = 1000
"""Children read in one go: with fewer, counting and reading get in each other's way."""


class Reading:
    """One moment of the store. Every answer is of that moment."""

    def __init__(
        self,
        connection: Connection,
        roles: Callable[[], Roles] = dict,
        kept: Kept | None = None,
    ) -> None:
        """Begin to read.

        Args:
            connection: in a transaction.
            roles: gives those of today's rules, see `SqlStore.roles`.
            kept: what earlier moments of the same store have read; None where it may not serve.
        """
        self._connection = connection
        self._roles = roles
        self._kept = kept
        self._now: Kept | None = None

    def meta(self) -> dict[str, str]:
        """Facts about the store itself, by name."""
        return dict(_METAS.rows(self._connection))

    def settings(self) -> tuple[Setting, ...]:
        """Every setting, by key."""
        return tuple(self.all_of(kind_of(Setting)).values())

    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Every caseworker, by key."""
        return tuple(self.all_of(kind_of(Caseworker)).values())

    def all_of(self, kind: Kind, ids: Collection[str] | None = None) -> dict[str, Any]:
        """The records of a kind by id, in the order of their keys: those named, or all.

        All of a kind that belongs to no child are read once as long as nothing is written: lists
        ask for the settings again and again.
        """
        whole = {} if kind.owner else self._true_now().kinds
        if kind in whole:
            return _of_those(whole[kind], ids)
        rows = _records_of(kind).rows(self._connection, ids)
        found = {str(row[0]): to_record(kind, row) for row in rows}
        if ids is None and not kind.owner:
            whole[kind] = dict(found)
        return found

    def by_words(
        self, kind: Kind, name: str, compared: Callable[[str], str]
    ) -> Mapping[str, Sequence[str]]:
        """The ids of the records of a kind by the words in a field of theirs.

        Read once as long as nothing is written: there may be tens of thousands.

        Args:
            kind: one that belongs to no child.
            name: of the field.
            compared: words as two of them are compared; always the same for a field.
        """
        kept = self._true_now().by_words
        found = kept.get((kind, name))
        if found is None:
            ids: dict[str, list[str]] = defaultdict(list)
            for key, words in self.some_fields(kind, ("id", name)):
                ids[compared(words)].append(str(key))
            found = kept[kind, name] = ids
        return found

    def drafts(self, person: str) -> list[tuple[str, str, str, str]]:
        """What a person typed and has not saved: form, child's id or "", when, and JSON of it."""
        query = select(DRAFT).where(DRAFT.c.person == person).order_by(DRAFT.c.at, DRAFT.c.form)
        return [
            (row.form, str(row.child_id or ""), row.at, row.typed)
            for row in self._connection.execute(query)
        ]

    def last_access(self, who: str, act: str, child_id: str) -> str:
        """When a person last did something with a case, as the audit writes moments; or ""."""
        query = (
            select(func.max(ACCESS.c.at))
            .join(ACCESS_CHILD, ACCESS_CHILD.c.access_id == ACCESS.c.id)
            .where(ACCESS_CHILD.c.child_id == int(child_id))
            .where(ACCESS.c.who == who, ACCESS.c.act == act)
        )
        return str(self._connection.execute(query).scalar() or "")

    def accesses(
        self, child_id: str, limit: int, only: Collection[str] | None = None
    ) -> list[Access]:
        """The newest accesses, newest first: of one case and of everybody, or all with "".

        `only` are the children of whom alone the person may know.
        """
        query = select(ACCESS, func.min(ACCESS_CHILD.c.child_id).label("child"))
        query = query.outerjoin(ACCESS_CHILD, ACCESS_CHILD.c.access_id == ACCESS.c.id)
        if child_id or only is not None:
            ids = [int(child_id)] if child_id else sorted(map(int, only or ()))
            if only is not None and child_id and child_id not in only:
                ids = []
            of_theirs = select(ACCESS_CHILD.c.access_id).where(ACCESS_CHILD.c.child_id.in_(ids))
            theirs = ACCESS.c.id.in_(of_theirs)
            query = query.where(or_(theirs, ACCESS.c.how_many == 0) if ids else theirs)
        query = query.group_by(*ACCESS.c).order_by(ACCESS.c.id.desc()).limit(limit)
        return [
            Access(
                row.at,
                row.who,
                row.act,
                row.what,
                row.how_many,
                str(row.child) if row.how_many == 1 else "",
                row.id,
            )
            for row in self._connection.execute(query)
        ]

    def marks(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """By child, the mark of the key that seals what the trail says of them: of some, or all.

        Those who are disposed of have none. One merged into another, or taken out, has one.
        """
        wanted = None if ids is None else {str(one) for one in ids}
        return {
            str(key): mark_of(bytes(held))
            for key, held in _CHILD_KEYS.rows(self._connection, wanted)
            if held is not None
        }

    def in_no_list(self) -> frozenset[str]:
        """Those of whom the trail can still be read and who are children no more.

        They were merged into another case, or taken out again.
        """
        query = select(CHILD_KEY.c.child_id).where(
            CHILD_KEY.c.key.is_not(None), CHILD_KEY.c.child_id.not_in(select(_CHILD.c.id))
        )
        return frozenset(str(key) for (key,) in self._connection.execute(query))

    def gone_unsaid(self) -> frozenset[str]:
        """Those whose key was destroyed without an entry that says so, as in a rewritten backup."""
        said = select(AUDIT.c.row_id).where(
            AUDIT.c.table_name == "child", AUDIT.c.kind == "note", AUDIT.c.what == audit.DISPOSED
        )
        query = select(CHILD_KEY.c.child_id).where(
            CHILD_KEY.c.key.is_(None), CHILD_KEY.c.child_id.not_in(said)
        )
        return frozenset(str(key) for (key,) in self._connection.execute(query))

    def every_draft(self) -> list[tuple[str, str, str, str]]:
        """Of everybody, what was typed and not saved: person, form, child's id or "", JSON."""
        query = select(DRAFT.c.person, DRAFT.c.form, DRAFT.c.child_id, DRAFT.c.typed)
        return [
            (row.person, row.form, str(row.child_id or ""), row.typed)
            for row in self._connection.execute(query)
        ]

    def crossed(self, limit: int) -> list[tuple[Kind, FieldSpec, str, str, str]]:
        """Records that point at what belongs to another child: so many at most.

        Each with its kind, the field, its id, whose it is and whose the other is.
        """
        found: list[tuple[Kind, FieldSpec, str, str, str]] = []
        for kind, spec in within(every_kind()):
            own = table_of(kind)
            to = FACT if spec.to == FACT_LINK else table_of(kind_named(spec.to))
            theirs = to.c["child_id" if to is FACT else kind_named(spec.to).owner]
            query = (
                select(own.c.id, own.c[kind.owner], theirs)
                .join(to, own.c[spec.name] == to.c.id)
                .where(own.c[kind.owner] != theirs)
                .order_by(own.c.id)
                .limit(limit - len(found))
            )
            if len(found) < limit:
                found += [
                    (kind, spec, str(key), str(whose), str(other))
                    for key, whose, other in self._connection.execute(query)
                ]
        return found

    def afresh(self) -> None:
        """Read from here on what stands in the tables, whatever was read of them before."""
        self._now = Kept()

    def _true_now(self) -> Kept:
        """What was read before and still is as it was read."""
        if self._now is None:
            kept = self._kept
            self._now = Kept() if kept is None else kept.at(audit.head(self._connection))
        return self._now

    def pointing(self, kind: Kind, field: str, ids: Collection[str]) -> tuple[str, ...]:
        """The ids of the records of a kind whose link `field` is one of some ids."""
        return tuple(str(key) for (key,) in _pointing(kind, field).rows(self._connection, ids))

    def pointing_at(
        self, links: tuple[tuple[Kind, str], ...], row: str
    ) -> dict[tuple[Kind, str], tuple[str, ...]]:
        """By link, the ids of the records of its kind that point at one record by it, if any do.

        Dozens of kinds may: asked one by one they would take a hundred times as long.
        """
        found: dict[tuple[Kind, str], list[str]] = defaultdict(list)
        for at, key in self._connection.execute(_pointing_at(links), {"row": int(row)}):
            found[links[at]].append(str(key))
        return {one: tuple(sorted(found[one], key=int)) for one in links if one in found}

    def filled(self) -> frozenset[Kind]:
        """The kinds of which there is any record."""
        kinds = tuple(every_kind())
        return frozenset(kinds[at] for (at,) in self._connection.execute(_filled(kinds)))

    def records(
        self, ids: Collection[str] | None = None, kinds: Collection[str] | None = None
    ) -> dict[str, Record]:
        """Children with their facts by id: those named, or all. Facts are in their order.

        `kinds` leaves other kinds of fact out.
        """
        asked = _facts_of(None if kinds is None else tuple(sorted(kinds)))
        facts = to_facts(asked.rows(self._connection, ids))
        return {
            str(row[0]): Record(to_record(CHILD, row), in_order(facts.get(row[0], ())))
            for row in _CHILDREN.rows(self._connection, ids)
        }

    def facts_of(self, ids: Collection[str], kinds: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        """The facts of some kinds, by child, in their order; whoever has none is not there."""
        facts = to_facts(_facts_of(tuple(sorted(kinds))).rows(self._connection, ids))
        return {str(child): in_order(some) for child, some in facts.items()}

    def facts_named(self, ids: Collection[str]) -> dict[str, tuple[str, Fact]]:
        """Those of some facts that are there, by id, each after the id of its child."""
        facts = to_facts(_FACTS.rows(self._connection, ids))
        return {fact.id: (str(child), fact) for child, some in facts.items() for fact in some}

    def some_fields(
        self, kind: Kind, names: Sequence[str], ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Fields of every record of a kind, or of some children's; see `narrow.some_fields`."""
        return narrow.some_fields(self._connection, kind, names, ids)

    def many(self, kind: Kind) -> int:
        """How many records of a kind there are."""
        return narrow.many(self._connection, kind)

    def first_ids(self, kind: Kind, order: Sequence[str], most: int) -> list[str]:
        """The ids of the first records of a kind in an order; see `narrow.first_ids`."""
        return narrow.first_ids(self._connection, kind, order, most)

    def standing_so(
        self,
        status: str,
        today: date,
        born: tuple[date, date],
        names: Sequence[str],
        ids: Collection[str] | None = None,
    ) -> Iterator[Sequence[Any]]:
        """Fields of the children who stand so on a day; see `narrow.standing_so`."""
        return narrow.standing_so(self._connection, status, today, born, names, ids)

    def longest_so(self, status: str, most: int) -> list[str]:
        """The ids of children who stand so since long ago; see `narrow.longest_so`."""
        return narrow.longest_so(self._connection, status, most)

    def last_of(
        self, kind: str, until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, fact and day of each child's last fact of a kind; see `narrow.last_of`."""
        return narrow.last_of(self._connection, kind, until, ids)

    def bare_facts(
        self, since: Mapping[str, date], until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, kind and day of facts of some kinds; see `narrow.bare_facts`."""
        return narrow.bare_facts(self._connection, since, until, ids)

    def alike(self, child: Child) -> set[str]:
        """The ids of the children who share a birthday, a UPN or a whole name with a child."""
        return alike(self._connection, child)

    def child_ids(self) -> list[str]:
        """Every child's id, in the order of their keys."""
        return [str(key) for key in self._connection.scalars(select(_CHILD.c.id).order_by("id"))]

    def summaries(self, ids: Collection[str] | None = None) -> Iterator[CaseSummary]:
        """What the case list shows of children: those named, or all."""
        for row in _SUMMARIES.rows(self._connection, ids):
            key, version, reference, surname, forename, born, *rest = row
            year, year_on, upn, setting_id, need, caseworker_id, standing = rest
            yield CaseSummary(
                str(key),
                version,
                reference,
                surname,
                forename,
                DAY[born],
                year,
                DAY[year_on],
                upn,
                str(setting_id) if setting_id else None,
                need,
                str(caseworker_id) if caseworker_id else None,
                to_standing(standing),
            )

    def next_deadlines(
        self, today: date, ids: Collection[str] | None = None
    ) -> dict[str, tuple[str, str, date, bool]]:
        """By child: (rule, title, due, excused) of the soonest open deadline.

        A family's right is nobody's next step here, and a council's own target comes only where
        nothing else is open.
        """
        versions = self._versions_by_id()
        rights = tuple(key for key, one in versions.items() if one.who == "family")
        targets = tuple(key for key, one in versions.items() if one.rule.startswith(OWN))
        day = held(self._connection.dialect.name)[today]
        rows = _soonest(day, rights, targets).rows(self._connection, ids)
        names = {key: (one.rule, one.title) for key, one in versions.items()}
        found = {}
        for child_id, version_id, due, since in rows:
            excused = since is not None and DAY[since] <= today
            found[str(child_id)] = (*names[version_id], DAY[due], excused)
        return found

    def deadlines(
        self, ids: Collection[str] | None = None, roles: Collection[str] | None = None
    ) -> dict[str, tuple[Deadline, ...]]:
        """The kept deadlines by child, bare: of those named or all; of rules in roles, or all."""
        versions = self._versions_by_id()
        wanted = None
        if roles is not None:
            wanted = tuple(key for key, one in versions.items() if one.role in roles)
        found: dict[int, list[Deadline]] = defaultdict(list)
        for row in _deadlines_of(wanted).rows(self._connection, ids):
            found[row[0]].append(to_deadline(row, versions[row[2]]))
        return {str(child_id): tuple(deadlines) for child_id, deadlines in found.items()}

    def stale(self, count: Count) -> Iterator[tuple[int, list[Stale]]]:
        """The children of whom something else is kept than what is worked out afresh, run by run.

        The wording of a rule apart; see `rule_versions`. Each comes with the deadlines kept and
        those worked out, after how many children were looked at so far. Of all others nothing is
        held: memory that is let go of at once is used again for the next child, which halves what
        counting takes. What is told of may be written before the next is asked for.

        Args:
            count: gives the deadlines of a child, and how they stand from which day on.
        """
        days = held(self._connection.dialect.name)
        seen = 0
        versions: dict[int, RuleVersion] = {}
        for some in chunks(self.child_ids(), _IN_A_RUN):
            if not versions:
                versions = self._versions_by_id()
                keys = {(one.rule, one.since): key for key, one in versions.items()}
            run = self._connection, int(some[0]), int(some[-1])
            kept: dict[int, list[Row]] = defaultdict(list)
            for row in _deadlines_of(None).run(*run):
                kept[row[0]].append(row)
            facts = to_facts(_facts_of(None).run(*run))
            children = [
                (row[0], row[-1], Record(to_record(CHILD, row), in_order(facts.pop(row[0], ()))))
                for row in _CHILDREN_BY_KEY.run(*run)
            ]
            found: list[Stale] = []
            for key, stands, record in children:
                made, standing = count(record)
                rows = kept.pop(key, [])
                fresh = _as_kept(key, made, keys, days)
                if rows != fresh or stands != standing_text(standing):
                    old = tuple([to_deadline(one, versions[one[2]]) for one in rows])
                    found.append((record, old, made))
            seen += len(some)
            yield seen, found
            if found:
                versions = {}  # Whoever writes these down may keep further versions.

    def _kept_rows(self, ids: Iterable[str]) -> dict[int, list[Row]]:
        """The rows of `deadline` of the children named, by child, as the driver gives them."""
        kept: dict[int, list[Row]] = {int(child_id): [] for child_id in ids}
        for row in _deadlines_of(None).rows(self._connection, [*map(str, kept)]):
            kept[row[0]].append(row)
        return kept

    def rule_versions(self) -> dict[tuple[str, date], RuleVersion]:
        """The versions of rules that the kept deadlines came from, by rule and first day."""
        return {(one.rule, one.since): one for one in self._read_versions().values()}

    def _versions_by_id(self) -> dict[int, RuleVersion]:
        """The same by their keys, read once as long as nothing is written: every list asks."""
        now = self._true_now()
        if now.versions is None:
            now.versions = self._read_versions()
        return now.versions

    def _read_versions(self) -> dict[int, RuleVersion]:
        rows = _VERSIONS.rows(self._connection)
        return {key: to_version(body, self._roles) for key, body in rows}

    def counts(self) -> Mapping[str, int]:
        """How many children and facts there are."""
        tables = {"child": _CHILD, "fact": FACT}
        return {
            name: self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }

    def latest_entries(
        self,
        limit: int,
        of: tuple[str, str] | None = None,
        only: Collection[str] | None = None,
    ) -> list[Entry]:
        """The newest audit entries, newest first: of one (table, id), or of the whole store.

        `only` are the ids of children whose entries alone are asked for.
        """
        if only is not None:
            return audit.latest_of(self._connection, limit, only)
        return audit.latest(self._connection, limit, of)

    def trail_rows(self, table: str, until: audit.Until = "") -> list[str]:
        """The ids of a table that the trail knows; `until` is as in `entries_of`."""
        return audit.rows_of(self._connection, table, until)

    def trail_tables(self) -> frozenset[str]:
        """The tables of which the trail knows a row."""
        return audit.tables(self._connection)

    def head(self) -> str:
        """Where the trail ends, `number:hash`; "" while it is empty."""
        return audit.head(self._connection)

    def children_between(self, after: int, last: int) -> set[str]:
        """The ids of the children of whom the trail says more after one entry, up to another."""
        return audit.children_between(self._connection, after, last)

    def counters_set_back(self) -> list[str]:
        """The tables whose counter would give a key a second time."""
        tables = {one.name: one for one in METADATA.sorted_tables}
        found = []
        for name, following in self._connection.execute(select(COUNTER)).all():
            table = tables.get(name)
            if table is not None and "id" in table.c:
                last = self._connection.execute(select(func.max(table.c.id))).scalar() or 0
                found += [str(name)] if following <= last else []
        return sorted(found)

    def open_figures(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Some columns of what the view of open data is of, in its order."""
        query = select(*(OPEN_FIGURE.c[name] for name in names)).order_by(OPEN_FIGURE.c.position)
        return [tuple(row) for row in self._connection.execute(query)]

    def body(self, digest: str) -> bytes | None:
        """What is kept under a digest, or None."""
        query = select(KEPT_BODY.c.body).where(KEPT_BODY.c.digest == digest)
        found = self._connection.execute(query).first()
        return bytes(found[0]) if found else None

    def entries_of(self, table: str, rows: Collection[str], until: audit.Until = "") -> list[Entry]:
        """Every entry of some rows of a table in order; `until` as the trail has it."""
        return audit.entries_of(self._connection, table, rows, until)

    def group(self, name: str, limit: int | None = None) -> list[Entry]:
        """One action's audit entries in order, or the first of them."""
        return audit.group(self._connection, name, limit)

    def traces(self, after: int, limit: int) -> list[Trace]:
        """Which rows the audit entries after one are of, in order; what they say stays sealed."""
        return audit.traces(self._connection, after, limit)

    def turn(self, name: str) -> Entry | None:
        """The first entry of the newest undo or redo of a change, or None."""
        return audit.turn(self._connection, name)

    def standing(self, who: str) -> str:
        """The newest change that a person made or brought back, and that stands; "" for none."""
        return audit.standing(self._connection, who)

    def undone(self, who: str) -> str:
        """The change that a person undid last and may bring back; "" for none."""
        return audit.undone(self._connection, who)

    def undone_among(self, names: Collection[str]) -> set[str]:
        """Those of some changes that are undone now."""
        return audit.undone_among(self._connection, names)

    def written_since(
        self,
        who: str,
        since: str,
        tables: Collection[str],
        ids: Collection[str] | None = None,
    ) -> list[Entry]:
        """A person's entries about some tables since a moment, in order, of what stands."""
        return written_since(self._connection, who, since, tables, ids)

    def actions(self, limit: int) -> list[Action]:
        """The newest actions of the whole store, newest first."""
        return audit.actions(self._connection, limit)


def _as_kept(
    key: int, made: Dates, versions: Mapping[tuple[str, date], int], days: Days
) -> list[Row] | None:
    """A child's deadlines as they would be kept; None where a version of a rule is a new one."""
    try:
        return deadline_rows(key, made, versions, days)
    except KeyError:
        return None


def _of_those(records: Mapping[str, Any], ids: Collection[str] | None) -> dict[str, Any]:
    """Those of some ids among records in the order of their keys; all with None."""
    if ids is None:
        return dict(records)
    return {key: records[key] for key in sorted(set(ids), key=int) if key in records}


def _key(deadline: Deadline) -> tuple[str, date]:
    return deadline.version.rule, deadline.version.since


# What is asked of the tables, each once for whatever it is asked with.


@cache
def _records_of(kind: Kind) -> Prepared:
    table = table_of(kind)
    return Prepared(select(table).order_by(table.c.id), table.c.id)


@cache
def _pointing(kind: Kind, field: str) -> Prepared:
    table = table_of(kind)
    return Prepared(select(table.c.id).order_by(table.c.id), table.c[field])


@lru_cache(maxsize=64)
def _facts_of(kinds: tuple[str, ...] | None) -> Prepared:
    query = select(FACT)
    if kinds is not None:
        query = query.where(FACT.c.kind.in_(kinds))
    return Prepared(query, FACT.c.child_id)


@lru_cache(maxsize=64)
def _deadlines_of(versions: tuple[int, ...] | None) -> Prepared:
    query = select(DEADLINE).order_by(DEADLINE.c.child_id, DEADLINE.c.position)
    if versions is not None:
        query = query.where(DEADLINE.c.version_id.in_(versions))
    return Prepared(query, DEADLINE.c.child_id)


@lru_cache(maxsize=16)
def _soonest(day: object, rights: tuple[int, ...], targets: tuple[int, ...]) -> Prepared:
    """The soonest open deadline of each child on a day, as the database holds it."""
    # As the database writes it: a value would be taken for one that is still to be brought to it.
    today: ColumnElement[Any] = literal_column(
        f"DATE '{day}'" if isinstance(day, date) else str(day)
    )
    open_now = or_(DEADLINE.c.closed_on.is_(None), DEADLINE.c.closed_on > today)
    # Positions are by due date, so the soonest open one is the lowest.
    place: ColumnElement[int] = DEADLINE.c.position
    if targets:
        place += case((DEADLINE.c.version_id.in_(targets), _TARGETS_AFTER), else_=0)
    lowest = (
        select(DEADLINE.c.child_id, (func.min(place) % _TARGETS_AFTER).label("position"))
        .where(open_now, DEADLINE.c.version_id.not_in(rights))
        .group_by(DEADLINE.c.child_id)
    )
    return Prepared(lowest, DEADLINE.c.child_id, _at_these_places)


def _at_these_places(lowest: Select[Any]) -> Select[Any]:
    """The deadlines whose (child, position) a query gives."""
    found = lowest.subquery()
    columns = (DEADLINE.c.child_id, DEADLINE.c.version_id, DEADLINE.c.due)
    return select(*columns, DEADLINE.c.exception_on).join(
        found,
        and_(DEADLINE.c.child_id == found.c.child_id, DEADLINE.c.position == found.c.position),
    )


@cache
def _pointing_at(links: tuple[tuple[Kind, str], ...]) -> CompoundSelect[Any]:
    """The number of each link, with the ids of the records that point by it at a given one."""
    tables = [(table_of(kind), field) for kind, field in links]
    return union_all(
        *(
            select(literal_column(str(at)), table.c.id).where(table.c[field] == bindparam("row"))
            for at, (table, field) in enumerate(tables)
        )
    )


@cache
def _filled(kinds: tuple[Kind, ...]) -> CompoundSelect[Any]:
    """The number of each kind of which there is a record."""
    return union_all(
        *(
            select(literal_column(str(at))).where(select(table_of(kind).c.id).exists())
            for at, kind in enumerate(kinds)
        )
    )
