"""Unlock a store file with a passphrase or a remembered key, by whichever of its key files fits."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.errors import (
    CaseworkerError,
    PassphraseNeeded,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.store import cipher, key_files, keys
from caseworker_app.store.places import inspect_file


def unlocked(
    path: Path, passphrase: str | None, *, remember: bool = False
) -> tuple[cipher.Connection, bytes, str]:
    """Open a store with the first of its key files that fits; the file, its key, what to say."""
    inspect_file(path)
    found = key_files.find(path)
    refusals: list[CaseworkerError] = []
    for content in found.usable:
        envelope = content.envelopes[0]
        try:
            key = _key(content, path, passphrase)
            connection = cipher.open_file(path, key)
        except (WrongPassphrase, PassphraseNeeded, Unreadable) as refusal:
            refusals.append(refusal)
            continue
        said = key_files.mend(path, found, content)
        if remember:
            keys.remember(envelope, key)
        return connection, key, said
    if isinstance(refusals[0], WrongPassphrase) and found.from_copy:
        raise WrongPassphrase(
            f"The passphrase does not open {path}; its key file is damaged or missing, so this "
            "was tried on the second copy."
        )
    # That a passphrase is wrong says less than that it was right and the store is damaged.
    raise next((one for one in refusals if isinstance(one, Unreadable)), refusals[0])


def _key(content: key_files.KeyFile, path: Path, passphrase: str | None) -> bytes:
    if passphrase is not None:
        return key_files.unsealed(content, passphrase, str(path))
    for envelope in content.envelopes:
        key = keys.remembered(envelope)
        if key is not None:
            return key
    raise PassphraseNeeded(f"The passphrase of {path} is needed to open it.")
