"""The lists of disposals outside of a store: beside it, where its backups are, in rewritten ones.

An older backup holds again whom the store has forgotten, and knows nothing of it; so who was
disposed of stands where a backup is taken from and where it is put.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.disposed import gathered_lists, is_list, joined_lists
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.store.backup import disposals_in
from caseworker_app.store.places import backups_folder, disposal_list, list_in_folder


def list_beside(store: Path) -> bytes:
    """The list of disposals beside a store."""
    return _content(disposal_list(store))


def lists_for_restore(backup: Path, store: Path | None) -> bytes:
    """All that is known of disposals where a backup is put in a store's place.

    Beside the store, in its backups' folder, in the folder of the backup, and in the backup itself
    where it was rewritten.
    """
    found = [disposals_in(backup), _content(list_in_folder(backup.parent))]
    if store is not None:
        found += map(_content, (disposal_list(store), list_in_folder(backups_folder(store))))
    return gathered_lists(*found)


def lists_in(folders: Sequence[Path]) -> bytes:
    """What the lists in some folders say together."""
    return gathered_lists(*(_content(list_in_folder(one)) for one in folders))


def keep_list(
    store: Path | None, content: bytes, second: Path | None, folders: Sequence[Path]
) -> None:
    """Write the list beside a store, where its backups are, and into further folders.

    What such a folder has of others' disposals stays, and one that is not there, or takes nothing,
    is passed over. A list that could not all be read is kept beside the new one. Raises
    `Unavailable` where it cannot be written beside the store.
    """
    around = list(folders)
    if store is not None:
        around.append(backups_folder(store))
        if second is not None:
            around.append(second / backups_folder(store).name)
        if content and list_beside(store) != content:
            with files.plain_errors(store):
                _put(disposal_list(store), content)
    for folder in around:
        path = list_in_folder(folder)
        wanted = joined_lists(_content(path), content) if folder.is_dir() else b""
        if wanted and _content(path) != wanted:
            with suppress(CaseworkerError), files.plain_errors(path):
                _put(path, wanted)


def keep_unread(path: Path) -> None:
    """Keep a list that cannot all be read beside itself, before another takes its place."""
    content = _content(path)
    if not is_list(content):
        files.write_whole(path.with_name(f"{path.name}.unread"), content)


def _put(path: Path, content: bytes) -> None:
    keep_unread(path)
    files.write_whole(path, content)


def _content(path: Path) -> bytes:
    try:
        with files.opened(path) as file:
            return file.read()
    except OSError:
        return b""
