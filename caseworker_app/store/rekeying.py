"""Give a store file another key, so that what opened it before opens nothing any more.

The copy under the new key stands whole in a folder beside before anything is put in its place, so
that a kill leaves the old store or the new one; see `replacing`. Copies and backups from before
keep the old key: nothing can be done about those here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app import files
from caseworker_app.domain.errors import Unreadable
from caseworker_app.store import cipher, key_files, keys, replacing
from caseworker_app.store.holding import alone, changing_key
from caseworker_app.store.signing_in import keep_known, known_envelopes
from caseworker_app.store.unsafe_folders import refuse_unsafe

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore


def rekey(
    path: Path,
    key: bytes,
    stamp: str,
    *,
    known: Mapping[str, str],
    without: Collection[str] = (),
    changed: Collection[keys.Envelope] = (),
    also: Callable[[cipher.Connection], None] | None = None,
) -> None:
    """Encrypt a closed store anew, for everybody but some.

    Args:
        path: the store file; nobody may have it open.
        key: its key now.
        stamp: names what is made on the way.
        known: by id, the public half of the envelopes that the store itself knows; where it knows
            any, others are refused: somebody put them beside it.
        without: the ids of those that are dropped.
        changed: envelopes that take the place of those of their id.
        also: writes what belongs to that into the copy, so that it is there with it or not at all.

    Raises:
        Unavailable: it is open somewhere, or the disk refuses. Nothing has changed then.
        Unreadable: it is damaged, or its key file was altered.
    """
    from caseworker_app.store.migrate import copy_open_file, file_faults

    refuse_unsafe(path)
    with files.plain_errors(path), alone(path), changing_key(path):
        replacing.recover(path)
        content = key_files.find(path).first
        stay = {one.id: one for one in content.envelopes if one.id not in without}
        _refuse_strangers(stay.values(), known, path)
        stay |= {one.id: one for one in changed}
        new_key = keys.new_key()
        sealed = [keys.sealed_anew(one, new_key) for one in stay.values()]
        with replacing.workshop(path) as folder:
            new = replacing.new_store(folder)
            with cipher.alone(path, key) as original:
                copy_open_file(original, path, key, new)
            cipher.give_key(new, key, new_key)
            with cipher.plain_errors(str(path)):
                connection = cipher.connect(new, new_key)
                try:
                    faults = file_faults(connection)
                    if known:
                        keep_known(connection, stay.values())
                    if also is not None and not faults:
                        also(connection)
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    connection.close()
            if faults:
                raise Unreadable(f"{path} was not encrypted anew and is as it was: {faults[0]}")
            key_files.write(new, key_files.holding(*sealed, serial=content.serial + 1))
            replacing.put_in_place(path, folder, replacing.REKEYING, stamp)
    _remember_anew(content.envelopes, sealed, new_key)


def rekey_open(store: OpenedStore, stamp: str, without: Collection[str]) -> None:
    """The same for a store file that was open in this program and is closed now.

    Raises:
        Unavailable, Unreadable: see `rekey`; whoever was to lose their passphrase has it still.
    """
    path = store.place.path
    assert path is not None
    connection = cipher.open_file(path, store.key)
    try:
        known = known_envelopes(connection)
    finally:
        connection.close()
    rekey(path, store.key, stamp, known=known, without=without)


def _refuse_strangers(
    stay: Collection[keys.Envelope], known: Mapping[str, str], path: Path
) -> None:
    for one in stay if known else ():
        if known.get(one.id) != one.public.hex():
            raise Unreadable(
                f"The key file of {path} has an envelope of {one.name or 'somebody'} that the "
                "store does not know, so it was not encrypted anew: copy the key file back from "
                "where you keep copies."
            )


def _remember_anew(
    before: Collection[keys.Envelope], after: Collection[keys.Envelope], key: bytes
) -> None:
    """Let the keyring of this computer follow, where it held the old key."""
    now = {one.id: one for one in after}
    for one in before:
        if (held := keys.remembered(one)) is not None:
            keys.forget(one)
            if one.id in now and not one.recovery:
                # Of another secret the signing key is another, and not known here.
                same = now[one.id].public == one.public
                signing = held.signing if same else b""
                keys.remember(now[one.id], keys.Held(key, signing))
