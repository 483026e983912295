"""Change the passphrase of a store file, and what the system's keyring remembers of its key."""

from __future__ import annotations

import contextlib
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import Missing, Refused, WrongPassphrase
from caseworker_app.store import key_files, keys
from caseworker_app.store.holding import changing_key, hold_open
from caseworker_app.store.making import finish_interrupted, nothing_there
from caseworker_app.store.places import key_copy, key_file, place
from caseworker_app.store.unlocking import unlocked


def change_passphrase(where: str, old: str, new: str) -> None:
    """Wrap a store file's key with another passphrase; its data stay as they are.

    Killed on the way, either passphrase opens it.

    Raises:
        Refused: the new one is empty, or the store is a database.
        Missing, WrongPassphrase, Unavailable, Unreadable: nothing has changed.
    """
    path = _file_of(where)
    finish_interrupted(path)
    if not path.exists():
        raise Missing(nothing_there(path))
    lock = hold_open(path)
    try:
        connection, key, _ = unlocked(path, old)
        connection.close()
        with files.plain_errors(path), changing_key(path):
            # Read again: it may have been changed by another while this one waited.
            name = _name_of_key(key_files.find(path), old, key, path)
            key_files.write(path, key_files.holding(keys.seal(key, new, name)))
    finally:
        lock.release()


def _name_of_key(found: key_files.Found, passphrase: str, key: bytes, path: Path) -> str:
    """The id of a key, by the envelope that the passphrase opens. Raises `WrongPassphrase`."""
    for content in found.usable:
        for envelope in content.envelopes:
            with contextlib.suppress(WrongPassphrase):
                if keys.unseal(envelope, passphrase, str(path)) == key:
                    return envelope.id
    raise WrongPassphrase(f"The passphrase of {path} was changed meanwhile; nothing was changed.")


def remembers(where: str) -> bool:
    """Whether the keyring holds the key of the store at a place. Never for a database."""
    return any(keys.remembered(one) is not None for one in _envelopes(where))


def forget(where: str) -> None:
    """Take a store's key out of the keyring."""
    for envelope in _envelopes(where):
        keys.forget(envelope)


def _envelopes(where: str) -> list[keys.Envelope]:
    path = place(where).path
    if path is None or not (key_file(path).exists() or key_copy(path).exists()):
        return []
    found = {one.id: one for content in key_files.find(path).usable for one in content.envelopes}
    return list(found.values())


def _file_of(where: str) -> Path:
    path = place(where).path
    if path is None:
        raise Refused("A database has no passphrase of its own.", "store")
    return path
