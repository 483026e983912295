"""Whether a store is sound: its file, guards, audit chain, who signed it, children's keys.

The chain is compared with what stands outside of it: backups, a second place, kept returns.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.kinds import kind_named
from caseworker_app.store import audit, cipher, guards, second_place, signatures
from caseworker_app.store.engine import begin
from caseworker_app.store.kept_backups import END, ends_of_trail, last_signatures
from caseworker_app.store.migrate import file_faults
from caseworker_app.store.tables import (
    AUDIT,
    CHILD,
    CHILD_KEY,
    table_of,
)

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore
    from caseworker_app.store.places import Place

_CHILD = table_of(CHILD)
_RUN = table_of(kind_named("return_run"))
_TOLD = 3


def faults(
    store: OpenedStore, tick: Callable[[int], None], second: Path | None = None
) -> list[str]:
    """What is wrong, a sentence each; empty when the store is sound.

    Args:
        store: the open store.
        tick: is told how many audit entries have been seen.
        second: the place to which heads were sent, or None.
    """
    own = store.signer()
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
        found += (
            _empty_trail(connection)
            or audit.faults(connection, tick)
            or signatures.faults(connection, own)
        )
        if store.place.path is not None:
            found += _beside(connection, store.place.path)
        found += _of_returns(connection)
        if second is not None:
            found += _sent(connection, second, store.place)
        return [*found, *_keys(connection)]


def _beside(connection: Connection, path: Path) -> list[str]:
    """Backups whose trail is not the beginning of this one; whoever rewrites has to find them."""
    said = [_other_end(connection, end, f"{backup}") for backup, end in ends_of_trail(path).items()]
    said += [
        signatures.beside(connection, f"{backup}", number, signature)
        for backup, number, signature in last_signatures(path)
    ]
    return [one for one in said if one][:_TOLD]


def _of_returns(connection: Connection) -> list[str]:
    """Kept returns that were counted from another trail than this one."""
    query = select(_RUN.c.id, _RUN.c.data).order_by(_RUN.c.id)
    said = [
        _other_end(connection, str(data), f"return {key}")
        for key, data in connection.execute(query).all()
        if END.fullmatch(str(data))
    ]
    return [one for one in said if one][:_TOLD]


def _sent(connection: Connection, folder: Path, at: Place) -> list[str]:
    """What was sent to a second place and is not here, or not so any more."""
    said: list[str] = []
    try:
        for one in second_place.sent(folder, at):
            if not one.end:
                said.append(f"{one.where} cannot be read: it was altered or damaged.")
                continue
            said += [
                _other_end(connection, one.end, one.where),
                signatures.beside(connection, one.where, one.number, one.signature),
            ]
    except CaseworkerError as error:
        said.append(error.sentence)
    return [one for one in said if one][:_TOLD]


def _other_end(connection: Connection, end: str, where: str) -> str:
    """A sentence where an end of the trail that is kept elsewhere is not in it; "" where it is."""
    seq, _, link = end.partition(":")
    query = select(AUDIT.c.hash).where(AUDIT.c.seq == int(seq))
    now = connection.execute(query).scalar()
    if now is None:
        return f"The audit trail ends before entry {seq}, which {where} has."
    if now != link:
        return f"Audit entry {seq} is not the one that {where} has: it was rewritten."
    return ""


def _empty_trail(connection: Connection) -> list[str]:
    """A trail without entries is the mark of a store that nobody ever wrote to."""
    if connection.execute(select(AUDIT.c.seq).limit(1)).first() is not None:
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
    keys = {row.child_id: row.key is None for row in connection.execute(select(CHILD_KEY))}
    here = {row.id for row in connection.execute(select(_CHILD.c.id))}
    query = select(AUDIT.c.row_id).where(
        AUDIT.c.table_name == "child", AUDIT.c.kind == "note", AUDIT.c.what == audit.DISPOSED
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
