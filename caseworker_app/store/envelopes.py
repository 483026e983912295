"""The envelopes of an open store file: whose passphrases open it, and how one is added."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import PassphraseNeeded, WrongPassphrase
from caseworker_app.store import key_files, keys
from caseworker_app.store.holding import changing_key
from caseworker_app.store.places import key_copy, key_file, place
from caseworker_app.store.signing_in import notes_of
from caseworker_app.store.tries import keep_try, refuse_too_soon


class Envelopes:
    """Whose passphrases open a store file that is open.

    Attributes:
        own: the envelope that has opened it.
        signing: the private half of the signing key in it; b"" in one of before.
    """

    def __init__(self, path: Path, held: keys.Held, own: keys.Envelope) -> None:
        self._path, self._key, self.own = path, held.key, own
        self.signing = held.signing

    def all(self) -> tuple[keys.Envelope, ...]:
        """Every envelope as it is kept now, that of a recovery key among them."""
        return key_files.find(self._path).first.envelopes

    def seal(self, name: str, passphrase: str) -> keys.Envelope:
        """An envelope for somebody, which opens nothing before it is kept.

        Raises:
            Refused: the passphrase is empty.
        """
        return keys.seal(self._key, passphrase, name)

    def seal_recovery(self) -> tuple[keys.Envelope, str]:
        """The same for a recovery key, and that key: it is nowhere else."""
        return keys.seal_recovery(self._key)

    def own_anew(self, name: str, passphrase: str | None) -> keys.Envelope:
        """One's own envelope as it has to be before anybody else gets one.

        That of a store with one passphrase for all gets a name and a secret of its own, so that
        the store can be given another key without it; any other is as it was.

        Raises:
            PassphraseNeeded: that takes the passphrase, and there is none.
            WrongPassphrase: it is another one.
        """
        if self.own.public:
            return self.own if self.own.name == name else replace(self.own, name=name)
        if passphrase is None:
            raise PassphraseNeeded(f"The passphrase of {self._path} is needed for this.")
        made = keys.rewrapped(self.own, passphrase, passphrase, str(self._path))
        return replace(made, name=name)

    def prove(self, passphrase: str, now: datetime) -> None:
        """Have whoever has opened the store say their passphrase once more.

        Raises:
            WrongPassphrase: it is another one, or comes too soon after wrong ones; it is kept as
                any wrong one is.
        """
        refuse_too_soon(self._path, now)
        own = next((one for one in self.all() if one.id == self.own.id), self.own)
        typed = keys.as_recovery_key(passphrase) if own.recovery else passphrase
        try:
            keys.unseal(own, typed, str(self._path))
        except WrongPassphrase as error:
            slowed = keep_try(self._path, now, own.name)
            raise WrongPassphrase(f"{error.sentence}{slowed}") from error

    def notes(self, made: Iterable[keys.Envelope]) -> dict[str, str]:
        """What the store notes of envelopes, so that nobody puts another in the place of one."""
        return notes_of(made)

    def keep(self, made: Collection[keys.Envelope], without: Collection[str] = ()) -> None:
        """Keep some envelopes, each in the place of the one of its id, and drop others by id.

        Raises:
            Unavailable: the key files cannot be written; nothing has changed.
        """
        new = {one.id: one for one in made}
        with files.plain_errors(self._path), changing_key(self._path):
            # Read again: another may have been kept while this one waited.
            content = key_files.find(self._path).first
            kept = [new.pop(one.id, one) for one in content.envelopes if one.id not in without]
            whole = key_files.holding(*kept, *new.values(), serial=content.serial + 1)
            key_files.write(self._path, whole)
        self.own = next((one for one in whole.envelopes if one.id == self.own.id), self.own)


def names_at(where: str) -> tuple[str, ...]:
    """Who has a passphrase for the store at a place, as its key file says; nobody for a database.

    Raises:
        Unavailable, Unreadable: the key files cannot be read.
    """
    return tuple(one.name for one in envelopes_at(where) if one.name and not one.recovery)


def envelopes_at(where: str) -> tuple[keys.Envelope, ...]:
    """The envelopes in the key files beside a place; none for a database, or where no file is."""
    path = place(where).path
    if path is None or not (key_file(path).exists() or key_copy(path).exists()):
        return ()
    found = {one.id: one for content in key_files.find(path).usable for one in content.envelopes}
    return tuple(found.values())
