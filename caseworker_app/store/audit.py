"""The audit chain: every entry holds the hash of the one before. Entries are only ever added.

Whoever writes holds the store's one write lock, so that the chain never forks. The chain shows
tampering by anybody without the key; each backup's manifest carries the head of its day. It goes
over the seals as they are, so that it holds when a child is forgotten; see `sealed_entries`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, select

from caseworker_app.domain.records import Action, Entry, Trace
from caseworker_app.store.bulk import chunks, delete_where, insert_rows, mark
from caseworker_app.store.prepared import Prepared
from caseworker_app.store.record_rows import Row
from caseworker_app.store.sealed_entries import (
    Place,
    bare_row,
    keys_for,
    known_keys,
    opened,
    to_row,
)
from caseworker_app.store.tables import AUDIT, CHILD_KEY, META

DISPOSED = "case disposed of"
"""The words of the entry that says so."""

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_HEAD = "audit_head"
_START = "0" * 64
APPEND = "audit_append"
"""The function that adds entries to the trail of a team's database; see `team`."""
_AT_ONCE = 2000
Until = str | int | tuple[str, int]
_KEPT_HEAD = Prepared(select(META.c.value).where(META.c.name == _HEAD))
_LAST = Prepared(select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1))


def append(connection: Connection, entries: Sequence[Entry], at: str, who: str) -> tuple[str, str]:
    """Add one action's entries to the chain; the action's group, and the head as it is now."""
    keys = keys_for(connection, entries)
    return _add(connection, entries, at, who, lambda entry, place: to_row(entry, place, keys))


def forget(
    connection: Connection, ids: Collection[str], at: str, who: str, why: str = ""
) -> tuple[str, str]:
    """Destroy the keys of children, and say in the chain that they are disposed of.

    Nobody can read again what their entries hold. The values are as for `append`, or "" where the
    trail knows none of them. `why` names nobody: it stands there for good.
    """
    known = known_keys(connection, (int(one) for one in ids))
    children = [child for child, key in sorted(known.items()) if key is not None]
    if not children:
        return "", ""
    for some in chunks(children):
        delete_where(connection, CHILD_KEY.c.child_id, some)
    insert_rows(connection, CHILD_KEY, [(child, None) for child in children])
    return say_disposed(connection, map(str, children), at, who, why)


def say_disposed(
    connection: Connection, ids: Iterable[str], at: str, who: str, why: str
) -> tuple[str, str]:
    """Say in the chain that children whose keys are destroyed are disposed of."""
    entries = [Entry("child", one, DISPOSED, "", "", why, kind="note") for one in ids]
    return _add(connection, entries, at, who, bare_row)


def _add(
    connection: Connection,
    entries: Sequence[Entry],
    at: str,
    who: str,
    made: Callable[[Entry, Place], Row],
) -> tuple[str, str]:
    seq, link = _head(connection)
    group = seq + 1
    rows: list[Row] = []
    for entry in entries:
        seq += 1
        row = made(entry, (seq, group, at, who))
        previous, link = link, link_of(link, row)
        rows.append((*row, previous, link))
    head = f"{seq}:{link}"
    if connection.dialect.name == "postgresql" and _grows_by_function(connection):
        _append_by_function(connection, rows)
    else:
        insert_rows(connection, AUDIT, rows)
        _keep_head(connection, head)
    return str(group), head


def _grows_by_function(connection: Connection) -> bool:
    """Whether the database is a team's, where nobody may add entries but by its function."""
    known = connection.info.get(APPEND)
    if known is None:
        query = f"SELECT to_regprocedure('{APPEND}(jsonb)') IS NOT NULL"
        known = connection.info[APPEND] = bool(connection.exec_driver_sql(query).scalar())
    return bool(known)


def _append_by_function(connection: Connection, rows: Sequence[Row]) -> None:
    names = [column.name for column in AUDIT.columns]
    told = [
        {
            name: value.hex() if isinstance(value, bytes) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]
    query = f"SELECT {APPEND}(%s::jsonb)"
    connection.exec_driver_sql(query, (json.dumps(told),))


def link_of(previous: str, row: Row) -> str:
    """The hash of an entry without its links, given the hash of the one before."""
    *plain, words, sealed = row
    lengths = [-1 if part is None else len(part) for part in (words, sealed)]
    found = hashlib.sha256(_ENCODER.encode([previous, *plain, *lengths]).encode())
    found.update(words or b"")
    found.update(sealed or b"")
    return found.hexdigest()


def latest(connection: Connection, limit: int, of: tuple[str, str] | None = None) -> list[Entry]:
    """The newest entries, newest first: of one (table, id), or of the whole store."""
    query = select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(limit)
    if of is not None:
        table, row = of
        query = query.where(and_(AUDIT.c.table_name == table, AUDIT.c.row_id == int(row or 0)))
    return opened(connection, connection.execute(query))


def latest_of(connection: Connection, limit: int, children: Collection[str]) -> list[Entry]:
    """The newest entries of some children and of what belongs to them, newest first."""
    if len(children) == 1:
        return opened(connection, list(islice(_OF_ONE.rows(connection, children), limit)))
    found: list[Any] = []
    for some in chunks(sorted(map(int, children))):
        query = select(AUDIT).where(AUDIT.c.child_id.in_(some))
        found += connection.execute(query.order_by(AUDIT.c.seq.desc()).limit(limit))
    newest = sorted(found, key=lambda row: -row.seq)[:limit]
    return opened(connection, newest)


def rows_of(connection: Connection, table: str, until: Until = "") -> list[str]:
    """The ids of a table that any entry is of, by number; `until` is as in `entries_of`."""
    query = select(AUDIT.c.row_id).where(AUDIT.c.table_name == table).distinct()
    query = _before(query, until)
    return [str(row.row_id or "") for row in connection.execute(query.order_by(AUDIT.c.row_id))]


def tables(connection: Connection) -> frozenset[str]:
    """The tables that any entry is of."""
    return frozenset(connection.scalars(select(AUDIT.c.table_name).distinct()))


def entries_of(
    connection: Connection, table: str, rows: Collection[str], until: Until = ""
) -> list[Entry]:
    """Every entry of some rows of a table in order.

    `until` is the moment before which they were made, or the number of the last that counts, or
    both; "" is all of them.
    """
    found: list[Entry] = []
    for some in chunks(sorted(int(row or 0) for row in rows)):
        query = select(AUDIT).where(AUDIT.c.table_name == table, AUDIT.c.row_id.in_(some))
        query = _before(query, until)
        found += opened(connection, connection.execute(query.order_by(AUDIT.c.seq)))
    return found


def _before(query: Select[Any], until: Until) -> Select[Any]:
    if isinstance(until, tuple):
        moment, last = until
        return _before(_before(query, moment), last)
    if isinstance(until, int):
        return query.where(AUDIT.c.seq <= until)
    return query.where(AUDIT.c.at < until) if until else query


def children_between(connection: Connection, after: int, last: int) -> set[str]:
    """The ids of the children of whom entries stand after one number and up to another."""
    query = select(AUDIT.c.child_id).where(AUDIT.c.seq > after, AUDIT.c.seq <= last).distinct()
    return {str(key) for (key,) in connection.execute(query) if key is not None}


def group(connection: Connection, name: str, limit: int | None = None) -> list[Entry]:
    """One action's entries in order, or the first of them."""
    query = select(AUDIT).where(AUDIT.c.grp == int(name)).order_by(AUDIT.c.seq).limit(limit)
    return opened(connection, connection.execute(query))


def traces(connection: Connection, after: int, limit: int) -> list[Trace]:
    """Which rows the entries after one are of, in order, without opening any seal."""
    told = ("seq", "kind", "table_name", "row_id", "child_id")
    query = (
        select(*(AUDIT.c[name] for name in told))
        .where(AUDIT.c.seq > after)
        .order_by(AUDIT.c.seq)
        .limit(limit)
    )
    return [
        Trace(seq, kind, table, str(row or ""), str(child or ""))
        for seq, kind, table, row, child in connection.execute(query)
    ]


def turn(connection: Connection, name: str) -> Entry | None:
    """The first entry of the newest undo or redo of a change, or None where there was none."""
    query = (
        select(AUDIT)
        .where(AUDIT.c.undoes == int(name), AUDIT.c.seq == AUDIT.c.grp)
        .order_by(AUDIT.c.seq.desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    return opened(connection, [found])[0] if found else None


def standing(connection: Connection, who: str) -> str:
    """The newest change that a person made or brought back, and that stands; "" for none."""
    change = case((AUDIT.c.kind == "redo", AUDIT.c.undoes), else_=AUDIT.c.grp)
    query = (
        select(change)
        .where(
            AUDIT.c.who == who,
            AUDIT.c.kind.in_(("change", "redo")),
            AUDIT.c.seq == AUDIT.c.grp,
            change.not_in(_undone()),
        )
        .order_by(AUDIT.c.seq.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar() or "")


def undone(connection: Connection, who: str) -> str:
    """The change that a person undid last, is undone, and after which they made none; or "".

    An undo that somebody else redid or undid anew is no longer theirs to take back.
    """
    newest = select(func.max(AUDIT.c.seq)).where(AUDIT.c.who == who, AUDIT.c.kind == "change")
    query = (
        select(AUDIT.c.undoes)
        .where(
            AUDIT.c.who == who,
            AUDIT.c.kind == "undo",
            AUDIT.c.seq > (connection.execute(newest).scalar() or 0),
            AUDIT.c.seq.in_(_turns()),
        )
        .order_by(AUDIT.c.seq.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar() or "")


def undone_among(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of some changes that are undone now."""
    return {str(undone) for (undone,) in _UNDONE.rows(connection, set(names))}


def actions(connection: Connection, limit: int) -> list[Action]:
    """The newest actions of the whole store, newest first: one an action, whatever it touched."""
    newest = (
        select(AUDIT).where(AUDIT.c.seq == AUDIT.c.grp).order_by(AUDIT.c.seq.desc()).limit(limit)
    )
    first = opened(connection, connection.execute(newest))
    cases: dict[str, tuple[int, str]] = {}
    for some in chunks([int(one.group) for one in first]):
        query = (
            select(AUDIT.c.grp, func.count(AUDIT.c.row_id), func.max(AUDIT.c.row_id))
            .where(AUDIT.c.grp.in_(some), AUDIT.c.table_name == "child")
            .group_by(AUDIT.c.grp)
        )
        for name, how_many, child in connection.execute(query):
            cases[str(name)] = (how_many, str(child))
    return [Action(one, *cases.get(one.group, (0, ""))) for one in first]


def head(connection: Connection) -> str:
    """The chain's head, `number:hash`, for a backup's manifest; "" while it is empty."""
    found = _KEPT_HEAD.first(connection)
    return str(found[0]) if found else ""


def faults(connection: Connection, tick: Callable[[int], None]) -> list[str]:
    """Walk the whole chain; a sentence for each kind of break.

    `tick` is told the number of entries seen.
    """
    found = _walk(connection, 0, _START, tick)
    return [found] if found else []


def fault_since(connection: Connection, seq: int, link: str) -> str:
    """The first break after an entry whose hash is known, or is as it stands with ""; "" for none.

    The entry itself has to be there with that hash.
    """
    if seq:
        now = connection.execute(select(AUDIT.c.hash).where(AUDIT.c.seq == seq)).scalar()
        if now is None:
            return f"The audit trail ends before entry {seq}."
        if link and now != link:
            return f"Audit entry {seq} was rewritten."
        link = str(now)
    return _walk(connection, seq, link or _START)


def _walk(
    connection: Connection, seq: int, link: str, tick: Callable[[int], None] | None = None
) -> str:
    expected = seq + 1
    query = select(AUDIT).where(AUDIT.c.seq > seq).order_by(AUDIT.c.seq)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        for found in rows:
            row = tuple(found)
            if row[0] != expected:
                return f"Audit entry {expected} is missing."
            if row[-2] != link or row[-1] != link_of(link, row[:-2]):
                return f"Audit entry {expected} has been altered: its hash does not fit."
            link = row[-1]
            expected += 1
            if tick is not None and expected % _AT_ONCE == 0:
                tick(expected)
    known = head(connection)
    if not known and expected > 1:
        return "The audit chain has entries, but where it ended was not kept: its head is gone."
    if known and known != f"{expected - 1}:{link}":
        return f"The audit chain ends at entry {expected - 1}, but more was written after it."
    return ""


def _turns() -> Select[tuple[int | None]]:
    """The newest undo or redo of each change, by its first entry."""
    return _TURNS.where(AUDIT.c.undoes > 0)


def _undone(turns: Select[Any] | None = None) -> Select[Any]:
    """The changes that are undone; with the newest turns of some alone, those among them."""
    newest = _turns() if turns is None else turns
    return select(AUDIT.c.undoes).where(AUDIT.c.kind == "undo", AUDIT.c.seq.in_(newest))


# An action's entries are numbered from its group on, so the newest group is the newest turn.
_TURNS: Select[tuple[int | None]] = select(func.max(AUDIT.c.grp)).group_by(AUDIT.c.undoes)
_UNDONE = Prepared(_TURNS, AUDIT.c.undoes, _undone)
_OF_ONE = Prepared(select(AUDIT).order_by(AUDIT.c.seq.desc()), AUDIT.c.child_id)


def _head(connection: Connection) -> tuple[int, str]:
    found = _LAST.first(connection)
    return (found[0], found[1]) if found else (0, _START)


def _keep_head(connection: Connection, value: str) -> None:
    sign = mark(connection)
    sql = f"UPDATE meta SET value = {sign} WHERE name = {sign}"  # noqa: S608
    changed = connection.exec_driver_sql(sql, (value, _HEAD))
    if changed.rowcount == 0:
        connection.execute(META.insert().values(name=_HEAD, value=value))
