"""Copies between stores: a backup of either kind, and a backup put into either kind.

Every table is copied row by row into a store file made by the same migrations, so that a backup
of a PostgreSQL store is an encrypted file like any other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Dialect, func, select

from caseworker_app import scratch
from caseworker_app.domain.disposal_notes import TO_FORGET
from caseworker_app.domain.errors import PassphraseNeeded, Refused, Unavailable
from caseworker_app.files import refuse_irregular
from caseworker_app.store import audit, cipher, key_files, keys, schema, signatures
from caseworker_app.store.backup import pack, refuse_itself, unpacked, verify
from caseworker_app.store.bulk import insert_rows
from caseworker_app.store.days import held
from caseworker_app.store.engine import begin, file_engine, have_alone
from caseworker_app.store.migrate import copy_file, make_file, upgrade, upgrade_copy
from caseworker_app.store.places import key_file
from caseworker_app.store.signing_in import forget_known
from caseworker_app.store.tables import META, METADATA, Day

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore

_AT_ONCE = 2000


def back_up(store: OpenedStore, target: Path, stamp: str) -> None:
    """Write a verified backup; see `SqlStore.backup`."""
    if target.is_dir():
        raise Unavailable(f"{target} is a folder; name a file to write the backup to.")
    refuse_irregular(Path(os.path.realpath(target)))
    with scratch.folder() as folder:
        copy = folder / "copy"
        if store.place.path is not None:
            refuse_itself(target, store.place.path)
            content = key_files.find(store.place.path).first
            store.refuse_another_file()
            copy_file(store.place.path, store.key, copy)
            store.refuse_another_file()
            key = store.key
        else:
            key, envelope = _server_to_file(store, copy)
            content = key_files.holding(envelope)
        manifest = {
            "made": stamp,
            "revision": schema.HEAD,
            "from": "file" if store.file is not None else "postgresql",
            **_held_in(copy, key),
        }
        pack(copy, content, target, manifest)


def _held_in(copy: Path, key: bytes) -> dict[str, Any]:
    """What a copy holds, for its manifest: others may have written since the store was read."""
    connection = cipher.connect(copy, key)
    try:
        with begin(file_engine(connection), str(copy), write=False) as held:
            signed = signatures.last(held)
            return {
                "audit_head": audit.head(held),
                "signed": f"{signed.number}:{signed.signature}" if signed else "",
                "rows": row_counts(held),
            }
    finally:
        connection.close()


def _server_to_file(store: OpenedStore, copy: Path) -> tuple[bytes, keys.Envelope]:
    if not store.passphrase:
        raise PassphraseNeeded(
            "A backup is always encrypted: give the passphrase that is to open it."
        )
    key = keys.new_key()
    envelope = keys.seal(key, store.passphrase)
    make_file(copy, key, store.scripts)
    connection = cipher.connect(copy, key)
    try:
        engine = file_engine(connection)
        with (
            begin(store.engine, store.where, write=False) as source,
            begin(engine, str(copy), write=True) as target,
        ):
            copy_rows(source, target)
        # Of a file that the database once was; none of them opens this one.
        forget_known(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    verify(copy, key, "The copy")
    return key, envelope


def restore_server(
    store: OpenedStore, backup: Path, passphrase: str | None, disposals: bytes = b""
) -> None:
    """Put a backup into an empty PostgreSQL database; `disposals` are as for `restore_file`.

    Raises:
        Refused: something is in the database already.
        PassphraseNeeded, WrongPassphrase: the backup cannot be opened.
        Unreadable, Unavailable: the backup or the database cannot be used.
    """
    if passphrase is None:
        raise PassphraseNeeded(f"The passphrase of {backup} is needed to read it.")
    with scratch.folder() as folder, unpacked(backup, folder) as found:
        content = key_files.parse(key_file(found.store).read_bytes(), str(backup))
        key = key_files.unsealed(content, passphrase, str(backup))
        verify(found.store, key, str(backup))
        if found.manifest.get("revision") != schema.HEAD:
            upgrade_copy(found.store, key, store.scripts, backup)
        connection = cipher.connect(found.store, key)
        try:
            with (
                begin(file_engine(connection), str(backup), write=False) as source,
                begin(store.engine, store.where, write=True) as target,
            ):
                have_alone(target, store.where)
                upgrade(target, store.scripts)
                if any(row_counts(target).values()):
                    raise Refused(
                        f"{store.where} holds a store already: restore into an empty database.",
                        "store",
                    )
                copy_rows(source, target)
                note_disposals(target, disposals)
        finally:
            connection.close()


def note_disposals(target: Connection, disposals: bytes) -> None:
    """Have whoever opens the database next forget whom a backup still had."""
    if disposals:
        target.execute(META.delete().where(META.c.name == TO_FORGET))
        target.execute(META.insert().values(name=TO_FORGET, value=disposals.decode()))


def copy_rows(
    source: Connection, target: Connection, tick: Callable[[str], None] | None = None
) -> None:
    """Copy every table of one store into the empty tables of another."""
    for table in METADATA.sorted_tables:
        if tick is not None:
            tick(table.name)
        turn = [_plain_for(column, target.dialect) for column in table.columns]
        query = select(table).order_by(*table.primary_key.columns)
        with source.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
            for some in rows.partitions():
                plain = [
                    tuple([to(value) for to, value in zip(turn, row, strict=True)]) for row in some
                ]
                insert_rows(target, table, plain)


def _plain_for(column: Column[Any], dialect: Dialect) -> Callable[[Any], object]:
    """How a value of a column is handed to a driver as it is."""
    return held(dialect.name).__getitem__ if isinstance(column.type, Day) else _plain


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table of a store holds."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
    }
