"""Backup and restore: one file that holds the encrypted data, its wrapped key and a manifest.

A backup is a zip whose `store` is a store file as it is on disk, encrypted; nothing in it can be
read without the passphrase. It is the same from a file and from PostgreSQL, so that it also moves
a store from one to the other.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app import files, scratch
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable
from caseworker_app.store import cipher, holding, key_files, replacing, schema
from caseworker_app.store.keys import Envelope
from caseworker_app.store.places import backups_folder, disposal_list, key_copy, key_file
from caseworker_app.store.unsafe_folders import refuse_unsafe

FORMAT = "caseworker-backup-1"
_STORE, _KEY, _MANIFEST, _DISPOSALS = "store", "store.key", "manifest.json", "disposals"
_SMALL = 1 << 20
_LONGEST_LIST = 1 << 26
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, EOFError, OverflowError)
"""What reading a damaged zip may raise; `RuntimeError` covers what is not implemented, too."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup taken apart into a folder.

    Attributes:
        store: the store file, its two key files beside it.
        manifest: what the backup says of itself.
    """

    store: Path
    manifest: dict[str, Any]


def pack(
    store: Path,
    content: key_files.KeyFile,
    target: Path,
    manifest: dict[str, Any],
    disposals: bytes = b"",
) -> None:
    """Write a backup whole or not at all, and read it back.

    Args:
        store: a store file that nobody writes to.
        content: its key file.
        target: the backup to write. What is there is replaced, if it is a regular file.
        manifest: what is told about it; the store's SHA-256 is added.
        disposals: the list of those who were taken out of it; see `disposal_lists`.

    Raises:
        Unavailable: it cannot be written there.
    """
    said = {"format": FORMAT, **manifest, "sha256": digest(store)}
    with files.plain_errors(target), files.replacing(target) as part:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_MANIFEST, json.dumps(said, indent=1))
            archive.writestr(_KEY, content.content)
            if disposals:
                archive.writestr(_DISPOSALS, disposals)
            archive.write(store, _STORE)
        with scratch.folder() as folder, unpacked(part, folder):
            pass


def told_by(backup: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises `Unreadable`, `Unavailable`."""
    with _read(backup) as (archive, damaged):
        return _manifest(archive, damaged)


def disposals_in(backup: Path) -> bytes:
    """The list of those who were taken out of a backup; b"" where nobody was, or none is there."""
    try:
        with (
            files.opened(backup) as file,
            zipfile.ZipFile(file) as archive,
            archive.open(_DISPOSALS) as part,
        ):
            return part.read(_LONGEST_LIST)
    except (OSError, Unavailable, *_DAMAGED):
        return b""


def opened_with(backup: Path) -> tuple[Envelope, ...]:
    """The envelopes in a backup, whose passphrases open it. Raises `Unreadable`, `Unavailable`."""
    with _read(backup) as (archive, _):
        return key_files.parse(_small(archive, _KEY), str(backup)).envelopes


@contextmanager
def _read(backup: Path) -> Iterator[tuple[zipfile.ZipFile, str]]:
    """The parts of a backup, and what is to be said where they are damaged."""
    damaged = f"{backup} is not a Caseworker backup, or is damaged."
    try:
        with files.opened(backup) as file, zipfile.ZipFile(file) as archive:
            yield archive, damaged
    except OSError as error:
        raise Unavailable(f"{backup} cannot be read: {error.strerror or error}.") from error
    except _DAMAGED as error:
        raise Unreadable(damaged) from error


def _manifest(archive: zipfile.ZipFile, damaged: str) -> dict[str, Any]:
    manifest = json.loads(_small(archive, _MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Unreadable(damaged)
    return manifest


@contextmanager
def unpacked(backup: Path, folder: Path) -> Iterator[Unpacked]:
    """Take a backup apart into an empty private folder, its store's two key files with it.

    Raises:
        Unreadable: it is not a backup, or is damaged.
        Unavailable: it cannot be read, or there is no room to take it apart.
    """
    if backup.is_dir():
        raise Unavailable(f"{backup} is a folder, not a backup.")
    if not backup.exists():
        raise Unavailable(f"There is no backup at {backup}.")
    if not backup.is_file():
        raise Unavailable(f"{backup} is a device or a pipe, not a backup.")
    damaged = f"{backup} is not a Caseworker backup, or is damaged."
    store = folder / _STORE
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest = _manifest(archive, damaged)
            content = _small(archive, _KEY)
            with files.plain_errors(folder):
                key_file(store).write_bytes(content)
                key_copy(store).write_bytes(content)
                _extract(archive, store, backup.stat().st_size)
    except OSError as error:
        raise Unavailable(f"{backup} cannot be read: {error.strerror or error}.") from error
    except _DAMAGED as error:
        raise Unreadable(damaged) from error
    if digest(store) != manifest.get("sha256"):
        raise Unreadable(damaged)
    if manifest.get("revision") not in schema.KNOWN:
        raise Unavailable(f"{backup} was made by a newer Caseworker: update this Caseworker first.")
    yield Unpacked(store, manifest)


def restore_file(
    backup: Path, path: Path, stamp: str, passphrase: str | None, disposals: bytes = b""
) -> str:
    """Put a backup in a store file's place; what was there is kept beside it.

    Killed anywhere, either the old store or the new one opens; see `replacing`.

    Args:
        backup: the backup.
        path: the store file.
        stamp: names what is kept, `20261122T104200Z`.
        passphrase: when given, the backup is opened with it and checked first.
        disposals: the list of those who are to be forgotten again; see `disposal_lists`.

    Returns:
        Where the store that was replaced is kept, or "" when there was none.

    Raises:
        Unreadable, Unavailable, WrongPassphrase: nothing has changed then.
    """
    refuse_unsafe(path)
    if path.is_dir():
        raise Unavailable(f"{path} is a folder, not a store.")
    if path.exists() and backup.exists() and path.samefile(backup):
        raise Unavailable(f"{backup} is the store itself, not a backup of it.")
    files.refuse_irregular(Path(os.path.realpath(path)))
    with files.plain_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with holding.alone(path):
        replacing.recover(path)
        replacing.sweep(path)
        with replacing.workshop(path) as folder, unpacked(backup, folder) as found:
            shown = str(backup)
            content = key_files.parse(key_file(found.store).read_bytes(), shown)
            if passphrase is not None:
                verify(found.store, key_files.unsealed(content, passphrase, shown), shown)
            with files.plain_errors(path):
                key_files.write(found.store, key_files.holding(*content.envelopes))
                if disposals:
                    # Written first: from then on whoever opens what is put there forgets again.
                    files.write_whole(disposal_list(path), disposals)
                if not path.exists() and backups_folder(path).is_dir():
                    # Of a store that is gone: the trail goes on from this backup, not from them.
                    backups_folder(path).rename(f"{backups_folder(path)}.before-restore-{stamp}")
            return replacing.put_in_place(path, folder, replacing.RESTORE, stamp)


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
    names = (store.name + ending for ending in ("-wal", "-shm"))
    beside = {store, key_file(store), key_copy(store), *map(store.with_name, names)}
    if target.absolute() in beside or target.resolve() in {one.resolve() for one in beside}:
        raise Refused("A backup cannot take the place of the store itself.", "to")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL)


def _extract(archive: zipfile.ZipFile, target: Path, length: int) -> None:
    # What is encrypted cannot be packed: an honest store is as long in its backup.
    if archive.getinfo(_STORE).file_size > length:
        raise zipfile.BadZipFile
    with archive.open(_STORE) as part, target.open("wb") as file:
        while block := part.read(_SMALL):
            file.write(block)
