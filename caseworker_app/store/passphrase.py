"""Change the passphrase of a store file, and what the system's keyring remembers of its key."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import Missing, Refused, WrongPassphrase
from caseworker_app.store import cipher, key_files, keys
from caseworker_app.store.envelopes import envelopes_at
from caseworker_app.store.holding import changing_key, hold_open
from caseworker_app.store.making import finish_interrupted, nothing_there
from caseworker_app.store.places import place
from caseworker_app.store.rekeying import rekey
from caseworker_app.store.signing_in import known_envelopes
from caseworker_app.store.unlocking import Unlocked, unlocked


def change_passphrase(
    where: str, old: str, new: str, now: datetime, person: str = "", *, leaked: str = ""
) -> None:
    """Give one's own envelope another passphrase; those of others stay as they are.

    Killed on the way, either passphrase opens it.

    Args:
        where: the store file.
        old: the passphrase now.
        new: the one to be.
        now: the moment, by which wrong tries are told apart.
        person: whose; "" is whoever the old one opens it for.
        leaked: where somebody else knows the old one, a stamp: the file gets another key too, and
            what the old passphrase opened before opens nothing.

    Raises:
        Refused: the new one is empty, the store is a database, or the old one is a recovery key.
        Missing, WrongPassphrase, Unavailable, Unreadable: nothing has changed.
    """
    path = _file_of(where)
    finish_interrupted(path)
    if not path.exists():
        raise Missing(nothing_there(path))
    lock = hold_open(path)
    try:
        found = unlocked(path, old, now, person)
        known = known_envelopes(found.connection)
        changed = keys.renewed(found.envelope, found.held.key, new) if leaked else found.envelope
        found.connection.close()
        if found.envelope.recovery:
            raise Refused(
                "That is the recovery key: open the store with it, and give the person a new "
                "passphrase there.",
                "old",
            )
        if not leaked:
            with files.plain_errors(path), changing_key(path):
                # Read again: it may have been changed by another while this one waited.
                content, envelope = _opened(key_files.find(path), old, found.held.key, path, person)
                changed = keys.rewrapped(envelope, old, new, str(path))
                rest = [changed if one.id == changed.id else one for one in content.envelopes]
                key_files.write(path, key_files.holding(*rest, serial=content.serial + 1))
    finally:
        lock.release()
    if leaked:
        rekey(
            path,
            found.held.key,
            leaked,
            known=known,
            changed=[changed],
            also=lambda new: _vouch(new, found, changed, path, now),
        )


def _vouch(
    new: cipher.Connection, found: Unlocked, changed: keys.Envelope, path: Path, now: datetime
) -> None:
    """Have the signing key of before vouch for the one that takes its place."""
    from caseworker_app.domain.signed_heads import KEY
    from caseworker_app.store import signatures
    from caseworker_app.store.engine import begin, file_engine
    from caseworker_app.store.signing import Signer

    if not found.held.signing or found.envelope.recovery:
        return
    signer = Signer(found.envelope.id, found.held.signing)
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    of = f"{changed.id} {changed.signing.hex()}"
    with begin(file_engine(new), str(path), write=True) as connection:
        signatures.sign(connection, signer, KEY, at, found.envelope.name, of)


def _opened(
    found: key_files.Found, passphrase: str, key: bytes, path: Path, person: str
) -> tuple[key_files.KeyFile, keys.Envelope]:
    """The key file, and the envelope in it, that a passphrase opens. Raises `WrongPassphrase`."""
    for content in found.usable:
        with contextlib.suppress(WrongPassphrase):
            opened, envelope = key_files.opened_by(content, passphrase, str(path), person)
            if opened.key == key:
                return content, envelope
    raise WrongPassphrase(f"The passphrase of {path} was changed meanwhile; nothing was changed.")


def remembers(where: str) -> bool:
    """Whether the keyring holds the key of the store at a place. Never for a database."""
    return any(keys.remembered(one) is not None for one in envelopes_at(where))


def forget(where: str) -> None:
    """Take a store's key out of the keyring, whoever it was remembered for."""
    for envelope in envelopes_at(where):
        keys.forget(envelope)


def _file_of(where: str) -> Path:
    path = place(where).path
    if path is None:
        raise Refused("A database has no passphrase of its own.", "store")
    return path
