"""Bring a store's tables to this application's revision, or make them.

A file is upgraded as a copy: foreign keys off before the transaction begins (else a rebuilt
parent table empties its children without an error), one transaction, checks, and only then the
copy takes the original's place. A server's tables are upgraded in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, func, inspect, select
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from caseworker_app import files
from caseworker_app.domain.errors import Unreadable
from caseworker_app.store import cipher, guards
from caseworker_app.store.engine import translated
from caseworker_app.store.places import key_copy, key_file
from caseworker_app.store.schema import HEAD
from caseworker_app.store.tables import METADATA


def upgrade(connection: Connection, scripts: Path, revision: str = "head") -> None:
    """Run the migrations in the connection's transaction, which the caller began."""
    command.upgrade(config(connection, scripts), revision)
    if revision == "head":
        found = current(connection)
        if found != HEAD:
            raise RuntimeError(f"the migrations ended at revision {found}, not {HEAD}")


def downgrade(connection: Connection, scripts: Path, revision: str) -> None:
    """Run the migrations backwards, in the connection's transaction."""
    command.downgrade(config(connection, scripts), revision)


def current(connection: Connection) -> str | None:
    """The revision of the tables, or None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def make_file(path: Path, key: bytes, scripts: Path) -> None:
    """Make the tables in a new encrypted file, which must not be there yet.

    Raises:
        Unavailable: the disk refuses.
    """
    with translated(str(path)):
        connection = cipher.connect(path, key, mode="rwc")
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            _within(connection, lambda bound: upgrade(bound, scripts))
        finally:
            connection.close()


def upgrade_file(path: Path, key: bytes, scripts: Path, backup: Path, folder: Path) -> None:
    """Upgrade a store file that an older application made.

    Args:
        path: the store file, which the caller has alone.
        key: its raw key.
        scripts: the folder of migrations.
        backup: where the file as it was is kept, with its keys; must not be there yet.
        folder: a private folder beside, to work in.

    Raises:
        Unavailable: another program has it open.
        Unreadable: the file fails its own checks, before or after. It is then as it was.
    """
    before, new = folder / "before", folder / "store"
    with cipher.alone(path, key) as original:
        copy_open_file(original, path, key, before)
        copy_open_file(original, path, key, new)
        upgrade_copy(new, key, scripts, path)
    for one in (before, new):
        files.flush_file(one)
    for beside, kept in ((key_file(path), key_file(backup)), (key_copy(path), key_copy(backup))):
        if beside.exists():
            files.copy_whole(beside, kept)
    with files.syncing(path.parent):
        before.replace(backup)
    with files.syncing(path.parent):
        new.replace(path)


def upgrade_copy(copy: Path, key: bytes, scripts: Path, path: Path) -> None:
    """Upgrade a store file that nobody else has; `path` names it in what is raised.

    Raises:
        Unreadable: the upgrade would do harm.
    """
    with translated(str(path)):
        connection = cipher.connect(copy, key)
        try:
            connection.execute("PRAGMA foreign_keys=OFF")
            _within(connection, lambda bound: _upgrade_checked(bound, scripts, path))
            # What an upgrade has emptied goes back to the disk.
            connection.execute("VACUUM")
            # Without this the copy's last work would stay in a log that does not move with it.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


def copy_file(source: Path, key: bytes, target: Path) -> None:
    """Copy a store file with all its committed work, under the same key, and verify the copy.

    Raises:
        Unreadable: the copy, and so the original, is damaged.
    """
    with cipher.plain_errors(str(source)):
        read = cipher.connect(source, key)
        try:
            copy_open_file(read, source, key, target)
        finally:
            read.close()


def copy_open_file(read: cipher.Connection, source: Path, key: bytes, target: Path) -> None:
    """The same, from a connection to the store that is open already."""
    with cipher.copy_errors(source, target):
        write = cipher.connect(target, key, mode="rwc")
        try:
            # All pages at once: in pieces, a busy writer would restart it for ever.
            read.backup(write, pages=-1)
            faults = file_faults(write)
        finally:
            write.close()
    if faults:
        target.unlink(missing_ok=True)
        raise Unreadable(f"{source} is damaged: {faults[0]}")


def file_faults(connection: cipher.Connection) -> list[str]:
    """What is wrong with a store file, by the cipher's and the database's own checks."""
    faults = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    if not faults:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        faults = [] if found == ["ok"] else found
    return [" ".join(fault.split())[:200] for fault in faults[:5]]


def _upgrade_checked(connection: Connection, scripts: Path, path: Path) -> None:
    """Upgrade, and refuse what did harm. Raises `Unreadable` naming `path`."""
    harm = f"{path} was not upgraded and is as it was: the upgrade would"
    before = _counts(connection)
    upgrade(connection, scripts)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Unreadable(f"{harm} leave {len(broken)} rows pointing at nothing.")
    after = _counts(connection)
    lost = sorted(name for name, count in before.items() if after.get(name, 0) < count)
    if lost:
        raise Unreadable(f"{harm} lose rows of {', '.join(lost)}.")
    missing = guards.missing_on_file(connection)
    if missing:
        raise Unreadable(f"{harm} drop the guards {', '.join(sorted(missing))}.")


def _counts(connection: Connection) -> dict[str, int]:
    there = set(inspect(connection).get_table_names())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
        if table.name in there
    }


def _within(connection: cipher.Connection, work: Callable[[Connection], None]) -> None:
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool
    )
    with engine.connect() as bound:
        # The driver begins nothing by itself, and the migrations' own statements must roll back.
        bound.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            work(bound)
        except BaseException:
            # Of a full disk the database has rolled back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def config(connection: Connection, scripts: Path) -> Config:
    """Alembic's settings for one connection, with no file of their own."""
    made = Config()
    made.set_main_option("script_location", str(scripts).replace("%", "%%"))
    if not any((scripts / "versions").glob("*.py")):
        # A frozen build may hold compiled scripts alone; beside sources they may be left-overs.
        made.set_main_option("sourceless", "true")
    made.attributes["connection"] = connection
    return made
