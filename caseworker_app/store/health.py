"""Whether a store is sound: its file, guards, audit chain, backups' ends, children's keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from caseworker_app.domain.declarations import every_kind
from caseworker_app.store import audit, cipher, guards
from caseworker_app.store.engine import begin
from caseworker_app.store.kept_backups import ends_of_trail
from caseworker_app.store.migrate import file_faults
from caseworker_app.store.tables import CHILD, AuditRow, ChildKeyRow, table_of

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore

_AUDIT, _CHILD, _KEY = AuditRow.table(), table_of(CHILD), ChildKeyRow.table()
_TOLD = 3


def faults(store: OpenedStore, tick: Callable[[int], None]) -> list[str]:
    """What is wrong, a sentence each; empty when the store is sound.

    `tick` is told how many audit entries have been seen.
    """
    found: list[str] = []
    if store.file is not None:
        with cipher.plain_errors(store.where):
            found = [f"The file is damaged: {fault}" for fault in file_faults(store.file)]
        if found:
            return found
    with begin(store.engine, store.where, write=False) as connection:
        found += guards.faults(connection)
        if store.file is not None:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            found += [
                f"A row of {table} points at nothing." for table in {row[0] for row in broken}
            ]
        found += _empty_trail(connection) or audit.faults(connection, tick)
        if store.place.path is not None:
            found += _other_ends(connection, ends_of_trail(store.place.path))
        return found + _keys(connection)


def _other_ends(connection: Connection, ends: Mapping[Path, str]) -> list[str]:
    """Backups whose trail is not the beginning of this one; whoever rewrites has to find them."""
    said = []
    for path, end in ends.items():
        seq, _, link = end.partition(":")
        query = select(_AUDIT.c.hash).where(_AUDIT.c.seq == int(seq))
        now = connection.execute(query).scalar()
        if now is None:
            said.append(f"The audit trail ends before entry {seq}, which {path} has.")
        elif now != link:
            said.append(f"Audit entry {seq} is not the one that {path} has: it was rewritten.")
    return said[:_TOLD]


def _empty_trail(connection: Connection) -> list[str]:
    """A trail without entries is the mark of a store that nobody ever wrote to."""
    if connection.execute(select(_AUDIT.c.seq).limit(1)).first() is not None:
        return []
    kinds = sorted(every_kind(), key=lambda kind: kind is not CHILD)
    filled = [
        kind.many
        for kind in kinds
        if connection.execute(select(table_of(kind).c.id).limit(1)).first() is not None
    ]
    if not filled:
        return []
    *rest, last = filled
    listed = f"{', '.join(rest)} and {last}" if rest else last
    return [f"The audit trail is empty, but the store holds {listed}: it was taken away."]


def _keys(connection: Connection) -> list[str]:
    """Keys against the children who are there and those who are disposed of."""
    keys = {row.child_id: row.key is None for row in connection.execute(select(_KEY))}
    here = {row.id for row in connection.execute(select(_CHILD.c.id))}
    query = select(_AUDIT.c.row_id).where(
        _AUDIT.c.table_name == "child", _AUDIT.c.kind == "note", _AUDIT.c.what == audit.DISPOSED
    )
    said = {row.row_id for row in connection.execute(query)}
    gone = {child for child, destroyed in keys.items() if destroyed}
    return [
        *(f"Case number {one} is disposed of, but still stands here." for one in _few(gone & here)),
        *(
            f"The key of case number {one} was destroyed, but no entry says who disposed of it."
            for one in _few(gone - said)
        ),
        *(
            f"The trail says that case number {one} was disposed of, but its key is still here."
            for one in _few(said - gone)
        ),
    ]


def _few(children: set[int]) -> list[int]:
    return sorted(children)[:_TOLD]
