"""Make a store file whole or not at all, and never where one was kept of what stood there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import CaseworkerError, PassphraseNeeded, Unavailable
from caseworker_app.store import cipher, key_files, keys, replacing
from caseworker_app.store.holding import alone
from caseworker_app.store.how import How
from caseworker_app.store.places import place
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.unsafe_folders import refuse_unsafe


def finish_interrupted(path: Path) -> str:
    """Finish or undo a restore or a making that was interrupted; the value says what was done.

    Raises:
        Unavailable: the store is being replaced by another at this moment, or the disk refuses.
    """
    if not replacing.pending(path):
        return ""
    with alone(path):
        return replacing.recover(path)


def finish_interrupted_at(where: str) -> str:
    """The same for a path or an address; there is nothing to do for a database."""
    path = place(where).path
    return "" if path is None else finish_interrupted(path)


def interrupted_at(where: str) -> bool:
    """Whether there is something for `finish_interrupted_at` to do."""
    path = place(where).path
    return path is not None and replacing.pending(path)


def nothing_there(path: Path) -> str:
    """The sentence for a path without a store; it names a kept one where there is one."""
    kept = replacing.kept_copies(path)
    if not kept:
        return f"There is no store at {path}."
    return f"There is no store at {path}, but one that was kept: {kept[-1]}."


def make_file(path: Path, how: How) -> None:
    """Make an empty store file with its keys.

    Raises:
        PassphraseNeeded: there is none.
        Unavailable: see `making`.
    """
    passphrase = _need_passphrase(path, how)
    from caseworker_app.store.migrate import make_file as make_tables

    with making(path, how.stamp) as folder:
        new = replacing.new_store(folder)
        key = keys.new_key()
        content = key_files.holding(keys.seal(key, passphrase, how.maker))
        with _said_of(path, new), files.plain_errors(path):
            make_tables(new, key, how.scripts)
            key_files.write(new, content)


def _need_passphrase(path: Path, how: How) -> str:
    if how.passphrase is None:
        raise PassphraseNeeded(f"A new store needs a passphrase, to encrypt {path}.")
    return how.passphrase


@contextmanager
def making(path: Path, stamp: str) -> Iterator[Path]:
    """A folder beside, whose store becomes the one at `path` when the block ends well.

    Raises:
        Unavailable: there is something there, or there was and it is kept; nothing is made then.
    """
    with files.plain_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(path):
        replacing.sweep(path)
        kept = replacing.kept_copies(path)
        if kept:
            raise Unavailable(
                f"There is no store at {path}, but {kept[-1].name} was kept when a backup was "
                "restored: open that, or move it away to make a new store here."
            )
        if os.path.lexists(path):
            raise Unavailable(f"There is something at {path} already.")
        with replacing.workshop(path) as folder:
            yield folder
            replacing.put_in_place(path, folder, replacing.MAKING, stamp)


def is_there(where: str) -> bool:
    """Whether there is something at a path, or a store in a database."""
    at = place(where)
    if at.path is not None:
        finish_interrupted(at.path)
        return os.path.lexists(at.path)
    from caseworker_app.store.engine import begin
    from caseworker_app.store.migrate import current

    store = SqlStore(at, Path())
    try:
        with begin(store.engine, at.shown, write=False) as connection:
            # An older one is there too; opening it is what brings it up to date.
            return current(connection) is not None
    finally:
        store.close()


def is_begun_only(where: str) -> bool:
    """Whether a database holds the tables of a store and nothing that anybody put there.

    That is what a demo or an import leaves that was killed before its end.
    """
    at = place(where)
    if at.path is not None:
        return False
    from sqlalchemy import text

    from caseworker_app.store.engine import begin

    store = SqlStore(at, Path())
    try:
        with begin(store.engine, at.shown, write=False) as connection:
            return not any(
                connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608
                for table in ("child", "audit")
            )
    finally:
        store.close()


@contextmanager
def being_made(where: str, how: How) -> Iterator[str]:
    """Where to make a store that is to be at `where` whole or not at all, once the block ends well.

    A database is filled where it is.

    Raises:
        PassphraseNeeded: there is none for a new file.
        Unavailable: see `making`.
    """
    at = place(where)
    if at.path is None:
        yield where
        return
    refuse_unsafe(at.path)
    _need_passphrase(at.path, how)
    with making(at.path, how.stamp) as folder:
        new = replacing.new_store(folder)
        with _said_of(at.path, new):
            yield str(new)


def write_anew(where: str, key: bytes) -> None:
    """Give back to the disk what filling a store file table by table has left half empty.

    It is written anew beside: in its place SQLite would hold all of it in memory meanwhile, where
    our connections keep what is temporary. PostgreSQL sees to that by itself.

    Args:
        where: a store that nobody has open, nor knows of yet.
        key: of a file; it stays the same.

    Raises:
        Unavailable: the disk refuses; the store is as it was.
    """
    path = place(where).path
    if path is None:
        return
    beside = path.with_name(f"{path.name}.compact")
    with files.plain_errors(path), cipher.plain_errors(str(path)):
        connection = cipher.connect(path, key)
        try:
            connection.execute("VACUUM INTO ?", (str(beside),))
        finally:
            connection.close()
        # Its first page says with which journal it is written: not first when somebody only reads.
        made = cipher.connect(beside, key)
        try:
            made.execute("PRAGMA journal_mode=WAL").fetchall()
        finally:
            made.close()
        files.flush_file(beside)
        with files.syncing(path.parent):
            beside.replace(path)


@contextmanager
def _said_of(path: Path, new: Path) -> Iterator[None]:
    """What goes wrong with the store that is being made is said of the one that was asked for."""
    try:
        yield
    except CaseworkerError as error:
        error.sentence = error.sentence.replace(str(new), str(path))
        raise
