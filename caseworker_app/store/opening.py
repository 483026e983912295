"""Open a store, make it when asked, and say in one sentence what stands in the way."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.domain.errors import Missing, PassphraseNeeded, Refused
from caseworker_app.store import cipher, keys, schema
from caseworker_app.store.disk import disk_errors, locked
from caseworker_app.store.places import Place, inspect_file, key_file, place, refuse_share
from caseworker_app.store.sql_store import SqlStore


@dataclass(frozen=True, slots=True)
class How:
    """How to open a store.

    Attributes:
        scripts: the folder of migrations.
        stamp: names the copies that an upgrade keeps, `20261122T104200Z`.
        passphrase: None takes the key that the keyring remembers.
        create: make the store when there is none.
        remember: give the key to the keyring.
    """

    scripts: Path
    stamp: str
    passphrase: str | None = None
    create: bool = False
    remember: bool = False


def open_store(where: str, how: How) -> SqlStore:
    """Open the store at a path or address.

    Raises:
        Missing, PassphraseNeeded, WrongPassphrase, Unavailable, Unreadable, Refused: see
            `services.application.OpenDeskCall`.
    """
    at = place(where)
    return _open_server(at, how) if at.path is None else _open_file(at, at.path, how)


def _open_file(at: Place, path: Path, how: How) -> SqlStore:
    refuse_share(path)
    if not path.exists():
        if not how.create:
            raise Missing(f"There is no store at {path}.")
        _make_file(path, how)
    inspect_file(path)
    envelope = keys.read_envelope(path)
    key = _key(envelope, path, how)
    connection = cipher.open_file(path, key)
    try:
        upgraded = schema.judge(_revision_of_file(connection, path), str(path))
    except BaseException:
        connection.close()
        raise
    if not upgraded:
        connection.close()
        _upgrade_file(path, key, how)
        connection = cipher.open_file(path, key)
    if how.remember:
        keys.remember(envelope, key)
    return SqlStore(at, how.scripts, connection, key)


def _key(envelope: keys.Envelope, path: Path, how: How) -> bytes:
    if how.passphrase is not None:
        return keys.unseal(envelope, how.passphrase, str(path))
    key = keys.remembered(envelope)
    if key is None:
        raise PassphraseNeeded(f"The passphrase of {path} is needed to open it.")
    return key


def _revision_of_file(connection: cipher.Connection, path: Path) -> str | None:
    sql = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    with cipher.plain_errors(str(path)):
        if connection.execute(sql).fetchone() is None:
            return None
        found = connection.execute(schema.READ_REVISION).fetchone()
    return str(found[0]) if found else None


def _make_file(path: Path, how: How) -> None:
    if how.passphrase is None:
        raise PassphraseNeeded(f"A new store needs a passphrase, to encrypt {path}.")
    from caseworker_app.store.migrate import make_file

    key = keys.new_key()
    envelope = keys.seal(key, how.passphrase)
    new = path.with_name(f".{path.name}.new")
    with disk_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with disk_errors(path), locked(path):
        new.unlink(missing_ok=True)
        try:
            make_file(new, key, how.scripts)
            if os.name == "posix":
                new.chmod(0o600)
            beside = key_file(path)
            if beside.exists():
                beside.replace(beside.with_name(f"{beside.name}.before-{how.stamp}"))
            keys.write_private(beside, envelope.text().encode())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _upgrade_file(path: Path, key: bytes, how: How) -> None:
    from caseworker_app.store.migrate import upgrade_file

    kept = path.with_name(f"{path.name}.before-upgrade-{how.stamp}")
    with disk_errors(path), locked(path):
        upgrade_file(path, key, how.scripts, kept)
        keys.write_private(key_file(kept), key_file(path).read_bytes())


def _open_server(at: Place, how: How) -> SqlStore:
    from caseworker_app.store.engine import begin
    from caseworker_app.store.migrate import current, upgrade

    store = SqlStore(at, how.scripts, passphrase=how.passphrase)
    try:
        with begin(store.engine, at.shown, write=False) as connection:
            revision = current(connection)
        if revision is None and not how.create:
            raise Missing(f"There is no store in {at.shown}.")
        if revision is None or not schema.judge(revision, at.shown):
            with begin(store.engine, at.shown, write=True) as connection:
                upgrade(connection, how.scripts)
    except BaseException:
        store.close()
        raise
    return store


def is_there(where: str) -> bool:
    """Whether there is something at a path, or a store in a database."""
    at = place(where)
    if at.path is not None:
        return at.path.exists()
    from caseworker_app.store.engine import begin
    from caseworker_app.store.migrate import current

    store = SqlStore(at, Path())
    try:
        with begin(store.engine, at.shown, write=False) as connection:
            # An older one is there too; opening it is what brings it up to date.
            return current(connection) is not None
    finally:
        store.close()


def discard(where: str) -> None:
    """Take away the file of a store that was begun and not finished; a database is left."""
    path = place(where).path
    if path is not None:
        with disk_errors(path):
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", key_file(path).name):
                path.with_name(name).unlink(missing_ok=True)


def restore_into(backup: Path, where: str, how: How) -> str:
    """Put a backup in the place of a store; the value is where what was there is kept, or "".

    Raises:
        Refused: the database holds a store already.
        Missing, PassphraseNeeded, WrongPassphrase, Unavailable, Unreadable: nothing has changed.
    """
    at = place(where)
    if at.path is not None:
        from caseworker_app.store.backup import restore_file

        return restore_file(backup, at.path, how.stamp, how.passphrase)
    from caseworker_app.store.copying import restore_server

    store = SqlStore(at, how.scripts)
    try:
        restore_server(store, backup, how.passphrase)
    finally:
        store.close()
    return ""


def change_passphrase(where: str, old: str, new: str) -> None:
    """Wrap a store file's key with another passphrase; its data stay as they are.

    Raises:
        Refused: the new one is empty, or the store is a database.
        Missing, WrongPassphrase, Unavailable, Unreadable: nothing has changed.
    """
    path = _file_of(where)
    envelope = keys.read_envelope(path)
    key = keys.unseal(envelope, old, str(path))
    changed = keys.seal(key, new, envelope.id)
    with disk_errors(path):
        keys.write_private(key_file(path), changed.text().encode())


def remembers(where: str) -> bool:
    """Whether the keyring holds the key of the store at a place. Never for a database."""
    path = place(where).path
    if path is None or not key_file(path).exists():
        return False
    return keys.remembered(keys.read_envelope(path)) is not None


def forget(where: str) -> None:
    """Take a store's key out of the keyring."""
    path = place(where).path
    if path is not None and key_file(path).exists():
        keys.forget(keys.read_envelope(path))


def _file_of(where: str) -> Path:
    path = place(where).path
    if path is None:
        raise Refused("A database has no passphrase of its own.", "store")
    if not path.exists():
        raise Missing(f"There is no store at {path}.")
    return path
