"""Move a store between a file and a PostgreSQL database, every row compared on the other side.

Whoever moves it has both alone. The old one stays as it is but for a note of where it went, which
keeps everybody from working on in two places; it opens no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from caseworker_app import files
from caseworker_app.domain.disposal_notes import COPIES_MADE, with_copies
from caseworker_app.domain.errors import PassphraseNeeded, Refused, Unreadable
from caseworker_app.domain.names import folded
from caseworker_app.domain.signing_in import SignIn, administrators
from caseworker_app.store import cipher, key_files, keys, replacing
from caseworker_app.store.copying import copy_rows, note_disposals, row_counts
from caseworker_app.store.disposing import places_left
from caseworker_app.store.engine import begin, file_engine, have_alone
from caseworker_app.store.holding import alone
from caseworker_app.store.how import How
from caseworker_app.store.making import making
from caseworker_app.store.migrate import make_file, upgrade
from caseworker_app.store.moved import MOVED
from caseworker_app.store.places import Place, place
from caseworker_app.store.signing_in import forget_known
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.tables import META, METADATA
from caseworker_app.store.unsafe_folders import refuse_unsafe

Progress = Callable[[int, int, str], None]
"""Called with (done, total, a few words); it raises `Cancelled` to stop the work."""

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: how many rows of each table, compared on both sides.

    Attributes:
        rows: by table.
        unmet: by which names the administrators sign in, where none is a log-in of the server.
    """

    rows: Mapping[str, int]
    unmet: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """In a sentence or two."""
        said = (
            f"{sum(self.rows.values()):,} rows of {len(self.rows)} tables were moved, and each was "
            "compared with where it came from."
        )
        if not self.unmet:
            return said
        names = " or ".join(f"“{one}”" for one in self.unmet)
        return (
            f"{said} People sign in there by the name of their log-in to the server, and no "
            f"administrator of this store has one yet: make {names}, or nobody can open it."
        )


def move(
    source: SqlStore,
    to: str,
    how: How,
    *,
    disposals: bytes = b"",
    people: Iterable[SignIn] = (),
    progress: Progress | None = None,
) -> Moved:
    """Move a store that is closed again, but was open: whoever asks for it was let in.

    Args:
        source: where it is; its file or its database nobody else may have open.
        to: a path or an address where there is no store.
        how: its passphrase is the one that a new file opens with.
        disposals: the list of disposals that is kept outside of it.
        people: those who sign in to it.
        progress: told of each table.

    Raises:
        Refused: both are files or both databases, or there is a store at `to`.
        PassphraseNeeded: a new file needs one.
        Unavailable: one of the two is open elsewhere, or cannot be written.
        Unreadable: a row came out otherwise than it went in; nothing is moved then.
    """
    target = place(to)
    if (source.place.path is None) == (target.path is None):
        raise Refused(
            "A store moves from a file to a database, or back: a file is copied by a backup that "
            "is restored.",
            "to",
        )
    with _source(source) as read:
        if target.path is None:
            names = [one.sign_in for one in administrators(people, how.now.date())]
            moved = _into_server(read, source, target, how, disposals, names, progress)
        else:
            moved = _into_file(read, source, target.path, how, progress)
        read.execute(META.delete().where(META.c.name == MOVED))
        read.execute(META.insert().values(name=MOVED, value=f"{how.stamp} {target.shown}"))
    return moved


@contextmanager
def _source(store: SqlStore) -> Iterator[Connection]:
    """A transaction on the old store, which nobody else has; it may write its last note."""
    path = store.place.path
    if path is None:
        again = SqlStore(store.place, store.scripts)
        try:
            with begin(again.engine, store.where, write=True) as connection:
                have_alone(connection, store.where)
                yield connection
        finally:
            again.close()
        return
    with alone(path):
        held = cipher.connect(path, store.key)
        try:
            with begin(file_engine(held), store.where, write=True) as connection:
                yield connection
        finally:
            held.close()


def _into_server(
    read: Connection,
    source: SqlStore,
    target: Place,
    how: How,
    disposals: bytes,
    names: Collection[str],
    progress: Progress | None,
) -> Moved:
    store = SqlStore(target, how.scripts)
    try:
        with begin(store.engine, target.shown, write=True) as write:
            have_alone(write, target.shown)
            upgrade(write, how.scripts)
            if any(row_counts(write).values()):
                raise Refused(
                    f"{target.shown} holds a store already: move into an empty database.", "to"
                )
            moved = _copied(read, write, source.where, progress)
            note_disposals(write, disposals)
            _note_left(write, source)
            unmet = _unmet(write, names)
    finally:
        store.close()
    return replace(moved, unmet=unmet)


def _unmet(write: Connection, names: Collection[str]) -> tuple[str, ...]:
    """The names, where none of them is a log-in of a server."""
    found = write.exec_driver_sql("SELECT rolname FROM pg_roles WHERE rolcanlogin")
    there = {folded(str(one)) for (one,) in found}
    return () if any(folded(one) in there for one in names) else tuple(names)


def _note_left(write: Connection, source: SqlStore) -> None:
    """Have the new store know of what stays behind, for a child who is disposed of later."""
    path = source.place.path
    left = [source.place.shown] if path is None else map(str, places_left(path))
    query = select(META.c.value).where(META.c.name == COPIES_MADE)
    made = write.execute(query).scalar() or ""
    write.execute(META.delete().where(META.c.name == COPIES_MADE))
    write.execute(META.insert().values(name=COPIES_MADE, value=with_copies(made, left)))


def _into_file(
    read: Connection, source: SqlStore, path: Path, how: How, progress: Progress | None
) -> Moved:
    refuse_unsafe(path)
    if how.passphrase is None:
        raise PassphraseNeeded(f"A new store needs a passphrase, to encrypt {path}.")
    key = keys.new_key()
    content = key_files.holding(keys.seal(key, how.passphrase, how.maker))
    with making(path, how.stamp) as folder, files.plain_errors(path):
        new = replacing.new_store(folder)
        make_file(new, key, how.scripts)
        held = cipher.connect(new, key)
        try:
            with begin(file_engine(held), str(path), write=True) as write:
                moved = _copied(read, write, source.where, progress)
                _note_left(write, source)
            # Who opened the file that it once was cannot open this one.
            forget_known(held)
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            held.close()
        key_files.write(new, content)
    return moved


def _copied(read: Connection, write: Connection, where: str, progress: Progress | None) -> Moved:
    """Copy every table and hold each row against the one it was."""
    tables = METADATA.sorted_tables
    total, done = 2 * len(tables), 0

    def tick(words: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total, words)

    copy_rows(read, write, lambda name: tick(f"Copying {name}"))
    counts = {}
    for table in tables:
        tick(f"Comparing {table.name}")
        there, here = _sum_of(read, table), _sum_of(write, table)
        if there != here:
            raise Unreadable(
                f"Table {table.name} of {where} came out otherwise than it went in: {there[0]:,} "
                f"rows there, {here[0]:,} here; nothing was moved."
            )
        counts[table.name] = here[0]
    return Moved(counts)


def _sum_of(connection: Connection, table: Table) -> tuple[int, int]:
    """How many rows a table has, and a sum over what they say, in whatever order they come."""
    count = total = 0
    with connection.execute(select(table), execution_options={"yield_per": _AT_ONCE}) as rows:
        for row in rows:
            said = repr(tuple(_plain(value) for value in row)).encode()
            total += int.from_bytes(hashlib.sha256(said).digest())
            count += 1
    return count, total % (1 << 256)


def _plain(value: Any) -> object:  # noqa: ANN401
    return bytes(value) if isinstance(value, bytearray | memoryview) else value
