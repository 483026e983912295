"""Copies of a store from before somebody was disposed of: found, and rewritten without them.

In a copy the child's rows go and their key is destroyed, but no entry is added: the trail of a
backup stays the beginning of the store's. What says so is added when it is restored, from the list
of disposals that is kept beside the store, in the folders of backups, and in a rewritten backup.
The copy may be of an older form, so what belongs to a child is found by the database's own keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app import files, scratch
from caseworker_app.domain.disposed import (
    HELD_NONE,
    OUT_OF_REACH,
    REWRITTEN,
    Copy,
    joined_lists,
    mark_of,
    names_child,
    words_of,
)
from caseworker_app.domain.errors import Cancelled, CaseworkerError, Unreadable, WrongPassphrase
from caseworker_app.store import cipher, key_files
from caseworker_app.store.backup import disposals_in, pack, unpacked, verify
from caseworker_app.store.kept_backups import made
from caseworker_app.store.places import backups_folder, key_file

if TYPE_CHECKING:
    from caseworker_app.store.opened import OpenedStore

_SOME = 400
_SEALED_SINCE = "0003"
"""The first form in which each child has a key, by which they are known again."""
_BESIDE = (".key", ".key.copy", "-wal", "-shm", ".backups", ".disposals")


def copies_of(store: Path | None, second: Path | None, also: Iterable[Path]) -> list[Path]:
    """The copies of a store: backups made by themselves in both places, kept stores, and others."""
    kept = [] if store is None else _kept_beside(store)
    folders = [] if store is None else [backups_folder(one) for one in (store, *kept)]
    if store is not None and second is not None:
        folders.append(second / backups_folder(store).name)
    found = [backup for folder in folders for backup in made(folder).values()]
    for one in also:
        found += sorted(one.glob("*.backup")) if one.is_dir() else [one]
    return list(dict.fromkeys((*found, *kept)))


def places_left(store: Path) -> list[Path]:
    """Where a store file that was moved elsewhere leaves copies: itself, and what it has kept."""
    stores = [store, *_kept_beside(store)]
    return [*stores, *(one for one in map(backups_folder, stores) if one.is_dir())]


def _kept_beside(store: Path) -> list[Path]:
    """The stores that were replaced or brought up to date, and are kept beside."""
    try:
        names = sorted(one.name for one in store.parent.iterdir())
    except OSError:
        return []
    start = f"{store.name}.before-"
    return [
        store.with_name(one) for one in names if one.startswith(start) and not one.endswith(_BESIDE)
    ]


def rewrite(
    store: OpenedStore,
    copies: Sequence[Path],
    marks: Collection[str],
    content: bytes,
    stamp: str,
    progress: Callable[[int, int, str], None],
) -> list[Copy]:
    """Take children out of copies of a store.

    Args:
        store: the open store, whose key opens them.
        copies: backups and kept stores; see `copies_of`.
        marks: of the keys that are to be destroyed.
        content: the list of disposals, which goes into each backup that is rewritten.
        stamp: this moment.
        progress: told how far it is; where it raises `Cancelled`, the rest is left as it is.

    Returns:
        What became of each; nothing is raised for one that cannot be rewritten.
    """
    found: list[Copy] = []
    for at, path in enumerate(copies):
        try:
            progress(at, len(copies), "Rewriting backups")
        except Cancelled:
            why = "it was stopped before this one was rewritten"
            return found + [Copy(str(one), OUT_OF_REACH, why) for one in copies[at:]]
        found.append(_rewritten(store, path, marks, content, stamp))
    return found


def _rewritten(
    store: OpenedStore, path: Path, marks: Collection[str], content: bytes, stamp: str
) -> Copy:
    try:
        if _is_kept(path):
            gone = _rewrite_kept(store, path, marks)
        else:
            gone = _rewrite_backup(store, path, marks, content, stamp)
    except _KeyOfBefore:
        why = "it opens with a passphrase or key from before"
        return Copy(str(path), OUT_OF_REACH, why)
    except (CaseworkerError, OSError) as error:
        said = error.sentence if isinstance(error, CaseworkerError) else files.in_words(error, path)
        return Copy(str(path), OUT_OF_REACH, said)
    return Copy(str(path), REWRITTEN if gone else HELD_NONE)


def _is_kept(path: Path) -> bool:
    return path.suffix != ".backup" and key_file(path).exists()


class _KeyOfBefore(Exception):
    """A copy opens with another key than the store's."""


def _rewrite_kept(store: OpenedStore, path: Path, marks: Collection[str]) -> int:
    content = key_files.find(path).first
    key = _key_of(store, path, content)
    with cipher.alone(path, key) as connection:
        return take_out(connection, marks)


def _rewrite_backup(
    store: OpenedStore, path: Path, marks: Collection[str], content: bytes, stamp: str
) -> int:
    with scratch.folder() as folder, unpacked(path, folder) as found:
        keys = key_files.parse(key_file(found.store).read_bytes(), str(path))
        key = _key_of(store, found.store, keys)
        with cipher.plain_errors(str(path)), closing(cipher.connect(found.store, key)) as inside:
            gone = take_out(inside, marks)
            rows = {
                name: inside.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for name in found.manifest.get("rows", {})
            }
        if not gone:
            return 0
        verify(found.store, key, str(path))
        told = {name: one for name, one in found.manifest.items() if name != "sha256"}
        told |= {"rows": rows, "rewritten": stamp}
        pack(found.store, keys, path, told, joined_lists(disposals_in(path), content))
    return gone


def _key_of(store: OpenedStore, path: Path, content: key_files.KeyFile) -> bytes:
    """The key that opens a copy. Raises `_KeyOfBefore` where the open store does not have it."""
    tried = [store.key] if store.key else []
    if store.passphrase:
        with suppress(WrongPassphrase):
            tried.append(key_files.unsealed(content, store.passphrase, str(path)))
    for key in tried:
        try:
            with cipher.plain_errors(str(path)), closing(cipher.connect(path, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return key
        except Unreadable:
            continue
    raise _KeyOfBefore


def take_out(connection: cipher.Connection, marks: Collection[str]) -> int:
    """Take children out of a store file, with all that is theirs; how many there were.

    Args:
        connection: to a copy that nobody else has open.
        marks: of their keys; see `domain.disposed.mark_of`.

    Raises:
        Unreadable: the copy is from before each child had a key.
    """
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision < _SEALED_SINCE:
        raise Unreadable("it is from before each child had a key: delete it")
    rows = connection.execute("SELECT child_id, key FROM child_key WHERE key IS NOT NULL")
    ids = [child for child, key in rows.fetchall() if mark_of(bytes(key)) in marks]
    if not ids:
        return 0
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        _drop_drafts(connection, ids)
        _Links(connection).delete("child", ids)
        for some in _chunks(ids):
            these = f"child_id IN ({_marks(some)})"
            connection.execute(f"UPDATE child_key SET key = NULL WHERE {these}", some)  # noqa: S608
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return len(ids)


class _Links:
    """What points at what in a file of any form, by its own keys."""

    def __init__(self, connection: cipher.Connection) -> None:
        self._connection = connection
        self._to: dict[str, list[tuple[str, str, bool]]] = {}
        self._with_id: set[str] = set()
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            needed = {name: bool(notnull) for _, name, _, notnull, *_ in columns}
            if "id" in needed:
                self._with_id.add(table)
            for one in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                self._to.setdefault(one[2], []).append((table, one[3], needed[one[3]]))

    def delete(self, table: str, ids: Sequence[int]) -> None:
        """Delete rows with all that needs them; what only points at them points at nothing then."""
        for other, column, needed in self._to.get(table, ()):
            for some in _chunks(ids):
                where = f'"{column}" IN ({_marks(some)})'
                if not needed:
                    self._run(f'UPDATE "{other}" SET "{column}" = NULL WHERE {where}', some)  # noqa: S608
                elif other in self._with_id:
                    found = self._run(f'SELECT id FROM "{other}" WHERE {where}', some)  # noqa: S608
                    self.delete(other, [key for (key,) in found.fetchall()])
                else:
                    self._run(f'DELETE FROM "{other}" WHERE {where}', some)  # noqa: S608
        for some in _chunks(ids):
            self._run(f'DELETE FROM "{table}" WHERE id IN ({_marks(some)})', some)  # noqa: S608

    def _run(self, sql: str, values: Sequence[int]) -> Any:  # noqa: ANN401
        return self._connection.execute(sql, values)


def _drop_drafts(connection: cipher.Connection, ids: Sequence[int]) -> None:
    """Drop what was typed of the children, and what names them in a form of no child."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'draft'").fetchone()
    if there is None:
        return
    for some in _chunks(ids):
        children = connection.execute(
            "SELECT surname, forename, reference, upn FROM child "  # noqa: S608
            f"WHERE id IN ({_marks(some)})",
            some,
        ).fetchall()
        connection.execute(f"DELETE FROM draft WHERE child_id IN ({_marks(some)})", some)  # noqa: S608
        drafts = connection.execute("SELECT rowid, typed FROM draft").fetchall()
        for row, typed in drafts:
            if any(names_child(words_of(typed), *child) for child in children):
                connection.execute("DELETE FROM draft WHERE rowid = ?", (row,))


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for at in range(0, len(ids), _SOME):
        yield list(ids[at : at + _SOME])


def _marks(some: Sequence[int]) -> str:
    return ", ".join("?" * len(some))
