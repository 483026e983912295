"""Whether a store is sound: the file by its own checks, the guards, the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from caseworker_app.store import audit, cipher
from caseworker_app.store.engine import begin
from caseworker_app.store.migrate import GUARDS, file_faults

if TYPE_CHECKING:
    from caseworker_app.store.sql_store import SqlStore

_TRIGGERS_ON_SERVER = (
    "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = 'audit'::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
)


def faults(store: SqlStore, tick: Callable[[int], None]) -> list[str]:
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
        found += _guards_missing(connection)
        if store.file is not None:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            found += [
                f"A row of {table} points at nothing." for table in {row[0] for row in broken}
            ]
        return found + audit.faults(connection, tick)


def _guards_missing(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        wanted = GUARDS
    else:
        sql, wanted = _TRIGGERS_ON_SERVER, {"audit_no_change"}
    there = {str(row[0]) for row in connection.exec_driver_sql(sql)}
    return [f"The guard {name} of the audit is missing." for name in sorted(wanted - there)]
