"""Backups that the program makes by itself: beside the store, thinned, and in a second place.

Only of a store file: a server's own administrator sees to its backups.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app import files, scratch
from caseworker_app.domain.backup_times import KeptBackup, superseded
from caseworker_app.domain.errors import CaseworkerError, Unreadable
from caseworker_app.store import audit, cipher, key_files, schema
from caseworker_app.store.backup import digest, opened_with, told_by, unpacked, verify
from caseworker_app.store.copying import back_up, row_counts
from caseworker_app.store.disposal_lists import keep_list, list_beside
from caseworker_app.store.engine import begin, file_engine
from caseworker_app.store.places import backups_folder

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore

_ENDING = ".backup"
_STAMP = "%Y%m%dT%H%M%S%z"
END = re.compile(r"[1-9][0-9]{0,17}:[0-9a-f]{64}")
"""Where a trail ended, `number:hash`."""
_SIGNED = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{128})")


def made(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder by the moment each was made, the oldest first; nothing else there."""
    return dict(sorted(_made(folder)))


def _made(folder: Path) -> Iterator[tuple[datetime, Path]]:
    if not folder.is_dir():
        return
    for path in folder.glob(f"*{_ENDING}"):
        try:
            yield _moment(path.stem), path
        except ValueError:
            # Somebody's own file: left alone.
            continue


def ends_of_trail(store: Path) -> dict[Path, str]:
    """Where the trail ended, `number:hash`, by each backup beside a store that is whole."""
    found = {path: _head_in(path) for path in made(backups_folder(store)).values()}
    return {path: end for path, end in found.items() if END.fullmatch(end)}


def last_signatures(store: Path) -> Iterator[tuple[Path, int, str]]:
    """Each backup beside a store that is whole, with number and text of its last signature."""
    for path in made(backups_folder(store)).values():
        if found := _SIGNED.fullmatch(_told_in(path, "signed")):
            yield path, int(found[1]), found[2]


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).astimezone(UTC)


def keep(store: OpenedStore, stamp: str, second: Path | None) -> KeptBackup | None:
    """Make a backup where anything was recorded since the last one; then thin them.

    One is made as well where passphrases or the key were changed: the last one opens with those of
    before alone.

    Args:
        store: the open store.
        stamp: this moment, `20261122T104207Z`.
        second: a folder for a copy of it; None for no copy.

    Returns:
        The backup, or None where there was nothing new to back up, or the store is a server's.

    Raises:
        Unavailable: it cannot be written beside the store.
        Unreadable: the store is damaged, so there is nothing good to copy.
    """
    if store.place.path is None:
        return None
    folder = backups_folder(store.place.path)
    known = made(folder)
    if known and _is_as(list(known.values())[-1], store, store.place.path):
        return None
    target = folder / f"{stamp}{_ENDING}"
    with files.plain_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    back_up(store, target, stamp)
    now = _moment(stamp)
    _thin(folder, now)
    trouble = "" if second is None else _copied(target, second / folder.name, now)
    if content := list_beside(store.place.path):
        # For whoever restores a backup of before elsewhere; a second place may have been away.
        keep_list(store.place.path, content, second, ())
    return KeptBackup(target, trouble)


def _is_as(backup: Path, store: OpenedStore, path: Path) -> bool:
    """Whether a backup ends where the store does, and opens as it does."""
    if _head_in(backup) != _head(store):
        return False
    try:
        return opened_with(backup) == key_files.find(path).first.envelopes
    except CaseworkerError:
        return False


def _head(store: OpenedStore) -> str:
    with begin(store.engine, store.where, write=False) as connection:
        return audit.head(connection)


def _head_in(backup: Path) -> str:
    return _told_in(backup, "audit_head")


def _told_in(backup: Path, name: str) -> str:
    try:
        return str(told_by(backup).get(name, ""))
    except CaseworkerError:
        # A damaged one is no backup of anything: make another.
        return ""


def _copied(backup: Path, folder: Path, now: datetime) -> str:
    """Copy a backup to the second place, whole or not at all; why not, or ""."""
    target = folder / backup.name
    try:
        with files.plain_errors(target):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with files.replacing(target) as part:
                shutil.copyfile(backup, part)
        if digest(target) != digest(backup):
            target.unlink()
            return f"The copy of the backup at {target} is not the same, and was removed."
        _thin(folder, now)
    except (CaseworkerError, OSError) as error:
        return f"The backup is not in its second place, {folder.parent}: {error}"
    return ""


def _thin(folder: Path, now: datetime) -> None:
    known = made(folder)
    for moment in superseded(known, now):
        with files.plain_errors(folder):
            known[moment].unlink(missing_ok=True)


def rehearse(store: OpenedStore) -> str:
    """Restore the newest backup to one side, open it and look it through.

    Returns:
        Which backup it was and what is in it, in words; "" where there is none.

    Raises:
        Unreadable: the backup cannot be restored whole, and why.
        Unavailable: it cannot be read, or there is no room to restore it to.
    """
    if store.place.path is None:
        return ""
    known = made(backups_folder(store.place.path))
    if not known:
        return ""
    backup = list(known.values())[-1]
    with scratch.folder() as folder, unpacked(backup, folder) as found:
        verify(found.store, store.key, str(backup))
        if found.manifest.get("revision") != schema.HEAD:
            return f"{backup.name}, of an older form of the store"
        connection = cipher.connect(found.store, store.key)
        try:
            with begin(file_engine(connection), str(backup), write=False) as restored:
                counts, head = row_counts(restored), audit.head(restored)
        finally:
            connection.close()
    if counts != found.manifest.get("rows") or head != found.manifest.get("audit_head"):
        raise Unreadable(f"{backup} does not hold what it says it holds.")
    cases = counts["child"]
    return f"{backup.name}, with {cases:,} {'case' if cases == 1 else 'cases'}"
