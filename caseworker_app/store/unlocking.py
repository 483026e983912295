"""Unlock a store file with a passphrase or a remembered key, by whichever of its key files fits."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from caseworker_app.domain.errors import (
    CaseworkerError,
    PassphraseNeeded,
    Refused,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.domain.names import folded
from caseworker_app.store import cipher, key_files, keys, tries
from caseworker_app.store.places import inspect_file


class Unlocked(NamedTuple):
    """A store file that is open.

    Attributes:
        connection: to the file.
        held: its raw key, and the signing key of whoever opened it.
        envelope: whose passphrase, or remembered key, has opened it.
        said: what is to be told of it, or "".
        tries: the wrong passphrases since it was last opened.
    """

    connection: cipher.Connection
    held: keys.Held
    envelope: keys.Envelope
    said: str = ""
    tries: tuple[tries.Try, ...] = ()


def unlocked(
    path: Path, passphrase: str | None, now: datetime, person: str = "", *, remember: bool = False
) -> Unlocked:
    """Open a store with the first of its key files that fits.

    Args:
        path: the store file.
        passphrase: a person's, or a recovery key; None takes what the keyring remembers.
        now: the moment, by which wrong tries are told apart.
        person: whose envelope is meant; "" is anybody's.
        remember: give the key to the keyring.

    Raises:
        PassphraseNeeded, WrongPassphrase: there is none, or it is wrong or came too soon.
        Refused: nobody is called so, or the passphrase is that of several.
        Unavailable, Unreadable: it cannot be used.
    """
    inspect_file(path)
    found = key_files.find(path)
    if passphrase is not None:
        tries.refuse_too_soon(path, now)
    refusals: list[CaseworkerError] = []
    for content in found.usable:
        try:
            held, envelope = _opened_by(content, path, passphrase, person)
            connection = _open(path, held.key, envelope, remembered=passphrase is None)
        except (WrongPassphrase, PassphraseNeeded, Unreadable, Refused) as refusal:
            refusals.append(refusal)
            continue
        said = key_files.mend(path, found, content)
        if remember and not envelope.recovery:
            keys.remember(envelope, held)
        return Unlocked(connection, held, envelope, said, tries.tries_at(path))
    # That a passphrase is wrong says less than that it was right and the store is damaged.
    first = next((one for one in refusals if isinstance(one, Unreadable)), refusals[0])
    if not isinstance(first, WrongPassphrase):
        raise first
    slowed = tries.keep_try(path, now, person)
    if found.from_copy:
        raise WrongPassphrase(
            f"The passphrase does not open {path}; its key file is damaged or missing, so this "
            f"was tried on the second copy.{slowed}"
        )
    raise WrongPassphrase(f"{first.sentence}{slowed}")


def _opened_by(
    content: key_files.KeyFile, path: Path, passphrase: str | None, person: str
) -> tuple[keys.Held, keys.Envelope]:
    if passphrase is not None:
        return key_files.opened_by(content, passphrase, str(path), person)
    several = len([one for one in content.envelopes if not one.recovery]) > 1
    if several and not person:
        # Whoever shares this computer's log-in with a colleague is not taken for them.
        raise PassphraseNeeded(f"{path} is opened by several people: say who you are.")
    for envelope in content.envelopes:
        if person and folded(envelope.name) != folded(person):
            continue
        held = keys.remembered(envelope)
        if held is not None:
            return held, envelope
    raise PassphraseNeeded(f"The passphrase of {path} is needed to open it.")


def _open(
    path: Path, key: bytes, envelope: keys.Envelope, *, remembered: bool
) -> cipher.Connection:
    try:
        return cipher.open_file(path, key)
    except Unreadable as error:
        if not remembered and envelope.public:
            raise Unreadable(
                f"{error.sentence.removesuffix('.')}, or its key file is from before it got "
                "another key."
            ) from error
        if not remembered:
            raise
        # The store may have got another key since, on another computer.
        raise PassphraseNeeded(
            f"The passphrase of {path} is needed to open it: the key that this computer remembers "
            "does not."
        ) from error
