"""The audit chain: every entry holds the hash of the one before. Entries are only ever added.

Whoever writes holds the store's one write lock, so that the chain never forks. The chain shows
tampering by anybody without the key; each backup's manifest carries the head of its day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Select, and_, case, func, select

from caseworker_app.domain.records import Action, Entry
from caseworker_app.store.bulk import chunks, insert_rows
from caseworker_app.store.mappers import Row
from caseworker_app.store.tables import AuditRow, MetaRow

_AUDIT = AuditRow.table()
_META = MetaRow.table()
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_HEAD = "audit_head"
_START = "0" * 64
_AT_ONCE = 2000


def append(connection: Connection, entries: Sequence[Entry], at: str, who: str) -> str:
    """Add one action's entries to the chain; the value is the action's group."""
    seq, link = _head(connection)
    group = seq + 1
    rows: list[Row] = []
    for entry in entries:
        seq += 1
        row = _row(replace(entry, seq=seq, group=str(group), at=at, who=who))
        previous, link = link, link_of(link, row)
        rows.append((*row, previous, link))
    insert_rows(connection, _AUDIT, rows)
    _keep_head(connection, f"{seq}:{link}")
    return str(group)


def link_of(previous: str, row: Row) -> str:
    """The hash of an entry, given the hash of the one before."""
    return hashlib.sha256(_ENCODER.encode([previous, *row]).encode()).hexdigest()


def latest(connection: Connection, limit: int, of: tuple[str, str] | None = None) -> list[Entry]:
    """The newest entries, newest first: of one (table, id), or of the whole store."""
    query = select(_AUDIT).order_by(_AUDIT.c.seq.desc()).limit(limit)
    if of is not None:
        table, row = of
        query = query.where(and_(_AUDIT.c.table_name == table, _AUDIT.c.row_id == int(row)))
    return [_entry(tuple(row)) for row in connection.execute(query)]


def group(connection: Connection, name: str) -> list[Entry]:
    """One action's entries in order."""
    query = select(_AUDIT).where(_AUDIT.c.grp == int(name)).order_by(_AUDIT.c.seq)
    return [_entry(tuple(row)) for row in connection.execute(query)]


def turn(connection: Connection, name: str) -> Entry | None:
    """The first entry of the newest undo or redo of a change, or None where there was none."""
    query = (
        select(_AUDIT)
        .where(_AUDIT.c.undoes == int(name), _AUDIT.c.seq == _AUDIT.c.grp)
        .order_by(_AUDIT.c.seq.desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    return _entry(tuple(found)) if found else None


def standing(connection: Connection, who: str) -> str:
    """The newest change that a person made or brought back, and that stands; "" for none."""
    change = case((_AUDIT.c.kind == "redo", _AUDIT.c.undoes), else_=_AUDIT.c.grp)
    query = (
        select(change)
        .where(
            _AUDIT.c.who == who,
            _AUDIT.c.kind.in_(("change", "redo")),
            _AUDIT.c.seq == _AUDIT.c.grp,
            change.not_in(_undone()),
        )
        .order_by(_AUDIT.c.seq.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar() or "")


def undone(connection: Connection, who: str) -> str:
    """The change that a person undid last, is undone, and after which they made none; or "".

    An undo that somebody else redid or undid anew is no longer theirs to take back.
    """
    newest = select(func.max(_AUDIT.c.seq)).where(_AUDIT.c.who == who, _AUDIT.c.kind == "change")
    query = (
        select(_AUDIT.c.undoes)
        .where(
            _AUDIT.c.who == who,
            _AUDIT.c.kind == "undo",
            _AUDIT.c.seq > (connection.execute(newest).scalar() or 0),
            _AUDIT.c.seq.in_(_turns()),
        )
        .order_by(_AUDIT.c.seq.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar() or "")


def undone_among(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of some changes that are undone now."""
    found: set[str] = set()
    for some in chunks(sorted({int(name) for name in names})):
        query = select(_AUDIT.c.undoes).where(
            _AUDIT.c.kind == "undo", _AUDIT.c.seq.in_(_turns(some))
        )
        found |= {str(row.undoes) for row in connection.execute(query)}
    return found


def actions(connection: Connection, limit: int) -> list[Action]:
    """The newest actions of the whole store, newest first: one an action, whatever it touched."""
    newest = (
        select(_AUDIT)
        .where(_AUDIT.c.seq == _AUDIT.c.grp)
        .order_by(_AUDIT.c.seq.desc())
        .limit(limit)
    )
    first = [_entry(tuple(row)) for row in connection.execute(newest)]
    cases: dict[str, tuple[int, str]] = {}
    for some in chunks([int(one.group) for one in first]):
        query = (
            select(_AUDIT.c.grp, func.count(_AUDIT.c.row_id), func.max(_AUDIT.c.row_id))
            .where(_AUDIT.c.grp.in_(some), _AUDIT.c.table_name == "child")
            .group_by(_AUDIT.c.grp)
        )
        for name, how_many, child in connection.execute(query):
            cases[str(name)] = (how_many, str(child))
    return [Action(one, *cases.get(one.group, (0, ""))) for one in first]


def head(connection: Connection) -> str:
    """The chain's head, `number:hash`, for a backup's manifest; "" while it is empty."""
    found = connection.execute(select(_META.c.value).where(_META.c.name == _HEAD)).first()
    return str(found.value) if found else ""


def faults(connection: Connection, tick: Callable[[int], None]) -> list[str]:
    """Walk the whole chain; a sentence for each kind of break.

    `tick` is told the number of entries seen.
    """
    expected, link = 1, _START
    query = select(_AUDIT).order_by(_AUDIT.c.seq)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        for found in rows:
            row = tuple(found)
            if row[0] != expected:
                return [f"Audit entry {expected} is missing."]
            if row[-2] != link or row[-1] != link_of(link, row[:-2]):
                return [f"Audit entry {expected} has been altered: its hash does not fit."]
            link = row[-1]
            expected += 1
            if expected % _AT_ONCE == 0:
                tick(expected)
    known = head(connection)
    if known and known != f"{expected - 1}:{link}":
        return [f"The audit chain ends at entry {expected - 1}, but more was written after it."]
    return []


def _turns(changes: Sequence[int] = ()) -> Select[tuple[int | None]]:
    """The newest undo or redo of each change, or of some changes, by its first entry."""
    wanted = _AUDIT.c.undoes.in_(changes) if changes else _AUDIT.c.undoes > 0
    # An action's entries are numbered from its group on, so the newest group is the newest turn.
    return select(func.max(_AUDIT.c.grp)).where(wanted).group_by(_AUDIT.c.undoes)


def _undone() -> Select[tuple[int]]:
    return select(_AUDIT.c.undoes).where(_AUDIT.c.kind == "undo", _AUDIT.c.seq.in_(_turns()))


def _head(connection: Connection) -> tuple[int, str]:
    query = select(_AUDIT.c.seq, _AUDIT.c.hash).order_by(_AUDIT.c.seq.desc()).limit(1)
    found = connection.execute(query).first()
    return (found.seq, found.hash) if found else (0, _START)


def _keep_head(connection: Connection, value: str) -> None:
    changed = connection.execute(_META.update().where(_META.c.name == _HEAD).values(value=value))
    if changed.rowcount == 0:
        connection.execute(_META.insert().values(name=_HEAD, value=value))


def _row(entry: Entry) -> Row:
    return (
        entry.seq,
        int(entry.group),
        entry.at,
        entry.who,
        entry.kind,
        entry.table,
        int(entry.row or 0),
        entry.what,
        entry.before,
        entry.after,
        entry.why,
        int(entry.undoes or 0),
    )


def _entry(row: Row) -> Entry:
    seq, grp, at, who, kind, table, key, what, before, after, why, undoes, *_ = row
    return Entry(
        table=table,
        row=str(key) if key else "",
        what=what,
        before=before,
        after=after,
        why=why,
        seq=seq,
        group=str(grp),
        at=at,
        who=who,
        kind=kind,
        undoes=str(undoes) if undoes else "",
    )
