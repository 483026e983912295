"""Backup and restore: one file that holds the encrypted data, its wrapped key and a manifest.

A backup is a zip whose `store` is a store file as it is on disk, encrypted; nothing in it can be
read without the passphrase. It is the same from a file and from PostgreSQL, so that it also moves
a store from one to the other.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from caseworker_app.domain.errors import Refused, Unavailable, Unreadable
from caseworker_app.store import cipher, keys, schema
from caseworker_app.store.disk import disk_errors, locked
from caseworker_app.store.places import inspect_file, key_file, refuse_share

FORMAT = "caseworker-backup-1"
_STORE, _KEY, _MANIFEST = "store", "store.key", "manifest.json"
_SMALL = 1 << 20
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, EOFError, OverflowError)
"""What reading a damaged zip may raise; `RuntimeError` covers what is not implemented, too."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup taken apart into a folder.

    Attributes:
        store: the store file, its key file beside it.
        manifest: what the backup says of itself.
    """

    store: Path
    manifest: dict[str, Any]


def pack(store: Path, envelope: str, target: Path, manifest: dict[str, Any]) -> None:
    """Write a backup whole or not at all, and read it back.

    Args:
        store: a store file that nobody writes to.
        envelope: the content of its key file.
        target: the backup to write. What is there is replaced.
        manifest: what is told about it; the store's SHA-256 is added.

    Raises:
        Unavailable: it cannot be written there.
    """
    said = {"format": FORMAT, **manifest, "sha256": digest(store)}
    new = target.with_name(f".{target.name}.new")
    with disk_errors(target):
        try:
            with (
                os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file,
                zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
            ):
                archive.writestr(_MANIFEST, json.dumps(said, indent=1))
                archive.writestr(_KEY, envelope)
                archive.write(store, _STORE)
            with unpacked(new):
                new.replace(target)
        finally:
            new.unlink(missing_ok=True)


@contextmanager
def unpacked(backup: Path) -> Iterator[Unpacked]:
    """Take a backup apart beside itself, for as long as the block lasts.

    Raises:
        Unreadable: it is not a backup, or is damaged.
        Unavailable: it cannot be read.
    """
    if backup.is_dir():
        raise Unavailable(f"{backup} is a folder, not a backup.")
    if not backup.exists():
        raise Unavailable(f"There is no backup at {backup}.")
    damaged = f"{backup} is not a Caseworker backup, or is damaged."
    with TemporaryDirectory(prefix="caseworker-") as folder:
        store = Path(folder) / _STORE
        try:
            with zipfile.ZipFile(backup) as archive:
                manifest = json.loads(_small(archive, _MANIFEST))
                if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
                    raise Unreadable(damaged)
                key_file(store).write_bytes(_small(archive, _KEY))
                _extract(archive, store)
        except OSError as error:
            raise Unavailable(f"{backup} cannot be read: {error.strerror or error}.") from error
        except _DAMAGED as error:
            raise Unreadable(damaged) from error
        if digest(store) != manifest.get("sha256"):
            raise Unreadable(damaged)
        if manifest.get("revision") not in schema.KNOWN:
            raise Unavailable(
                f"{backup} was made by a newer Caseworker: update this Caseworker first."
            )
        yield Unpacked(store, manifest)


def restore_file(backup: Path, path: Path, stamp: str, passphrase: str | None) -> str:
    """Put a backup in a store file's place; what was there is kept beside it.

    Args:
        backup: the backup.
        path: the store file.
        stamp: names what is kept, `20261122T104200Z`.
        passphrase: when given, the backup is opened with it and checked first.

    Returns:
        Where the store that was replaced is kept, or "" when there was none.

    Raises:
        Unreadable, Unavailable, WrongPassphrase: nothing has changed then.
    """
    refuse_share(path)
    if path.is_dir():
        raise Unavailable(f"{path} is a folder, not a store.")
    with unpacked(backup) as found:
        envelope = keys.parse_envelope(key_file(found.store).read_bytes(), str(backup))
        if passphrase is not None:
            verify(found.store, keys.unseal(envelope, passphrase, str(backup)), str(backup))
        _refuse_open(path, passphrase)
        with disk_errors(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with disk_errors(path), locked(path):
            new = path.with_name(f".{path.name}.new")
            try:
                keys.write_private(new, found.store.read_bytes())
                kept = _keep(path, stamp)
                keys.write_private(key_file(path), envelope.text().encode())
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
    return kept


def verify(store: Path, key: bytes, shown: str) -> None:
    """Open a store file and run the file's own checks. Raises `Unreadable` naming `shown`."""
    from caseworker_app.store.migrate import file_faults

    with cipher.plain_errors(shown):
        connection = cipher.connect(store, key)
        try:
            faults = file_faults(connection)
        finally:
            connection.close()
    if faults:
        raise Unreadable(f"{shown} is damaged: {faults[0]}")


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_itself(target: Path, store: Path) -> None:
    """Refuse to write a backup over the store. Raises `Refused`."""
    beside = {store, key_file(store), store.with_name(store.name + "-wal")}
    if target.absolute() in beside or target.resolve() in {one.resolve() for one in beside}:
        raise Refused("A backup cannot take the place of the store itself.", "to")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL)


def _extract(archive: zipfile.ZipFile, target: Path) -> None:
    with archive.open(_STORE) as part, target.open("wb") as file:
        while block := part.read(_SMALL):
            file.write(block)


def _refuse_open(path: Path, passphrase: str | None) -> None:
    """Refuse to replace a store that another program has open, as far as its key is to be had."""
    try:
        envelope = keys.read_envelope(path)
        key = keys.unseal(envelope, passphrase, str(path)) if passphrase else None
        key = key or keys.remembered(envelope)
        inspect_file(path)
    except (Unavailable, Unreadable, FileNotFoundError):
        # It is missing, or is itself what is to be mended.
        return
    if key is not None:
        try:
            with cipher.alone(path, key):
                pass
        except Unreadable:
            _log.info("what is replaced cannot be read")


def _keep(path: Path, stamp: str) -> str:
    """Move a store aside with all that belongs to it; "" when there is none."""
    if not path.exists():
        return ""
    kept = path.with_name(f"{path.name}.before-restore-{stamp}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.before-restore-{stamp}-{number}")
    for suffix in ("-wal", "-shm", ".key", ""):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + suffix))
    return str(kept)
