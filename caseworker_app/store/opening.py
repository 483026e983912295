"""Open a store, make it when asked, and say in one sentence what stands in the way."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.domain.errors import Missing, PassphraseNeeded
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
    return SqlStore(at, connection, key)


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

    store = SqlStore(at)
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
