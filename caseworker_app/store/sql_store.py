"""The store as the services see it: readings, writings, and Today's list."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from caseworker_app import files, paths
from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.disposal_notes import TO_FORGET
from caseworker_app.domain.errors import Unavailable
from caseworker_app.store import cipher, today
from caseworker_app.store.days import held
from caseworker_app.store.places import Place, disposal_list
from caseworker_app.store.today import Roles
from caseworker_app.store.tries import forget_tries, tries_at

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from caseworker_app.domain.backup_times import KeptBackup
    from caseworker_app.domain.disposed import Copy
    from caseworker_app.domain.restricted import RestrictedCase
    from caseworker_app.domain.signed_heads import SignedHead
    from caseworker_app.domain.signing_in import OpenedBy, SignIn
    from caseworker_app.store.envelopes import Envelopes
    from caseworker_app.store.kept import Kept
    from caseworker_app.store.reading import Reading
    from caseworker_app.store.signing import Signer
    from caseworker_app.store.tries import Try
    from caseworker_app.store.writing import Writing


_LONGEST_LIST = 1 << 26
_FOLDING_MS = 2000
"""So long folding the log in waits for who reads; what is left is done when all have closed."""


class Hold(Protocol):
    """A lock that an open session holds."""

    def release(self) -> None:
        """Let go."""
        ...


def identities(path: Path) -> dict[str, tuple[int, int]]:
    """Which files a store and its log are: device and inode of each that is there."""
    found: dict[str, tuple[int, int]] = {}
    for suffix in ("", "-wal"):
        with suppress(OSError):
            seen = path.with_name(path.name + suffix).stat()
            found[suffix] = (seen.st_dev, seen.st_ino)
    return found


class SqlStore:
    """An open store, on a file or on PostgreSQL.

    Attributes:
        place: where it is.
        scripts: the folder of migrations.
        key: the raw key of a store file.
        passphrase: what encrypts a backup of a PostgreSQL store.
        notices: what is to be told of the opening, a sentence each.
        envelopes: whose passphrases open a store file; None on PostgreSQL.
        tries: the wrong passphrases since a store file was last opened.
        unsigned: whether anything was put on record through this store since its end was signed.
    """

    def __init__(
        self,
        place: Place,
        scripts: Path,
        connection: cipher.Connection | None = None,
        key: bytes = b"",
        passphrase: str | None = None,
        *,
        lock: Hold | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.place = place
        self.scripts = scripts
        self.key = key
        self.passphrase = passphrase
        self.notices = notices
        self.envelopes: Envelopes | None = None
        self.tries: tuple[Try, ...] = ()
        self.unsigned = False
        self._lock: Hold | None = lock
        self._seen = identities(place.path) if place.path is not None and connection else {}
        self._file = connection
        self._made: Engine | None = None
        self._moment: Reading | None = None
        self._under_way: Connection | None = None
        self._kept: Kept | None = None
        self._written: list[range] = []
        self._login: str | None = None
        self.roles: Callable[[], Roles] = dict
        """What rules play by their id, for a store whose rules were kept before they said so."""

    @property
    def where(self) -> str:
        """The path or address, without any password."""
        return self.place.shown

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, made when it is first needed."""
        if self._made is None:
            from caseworker_app.store.engine import file_engine, server_engine

            if self._file is not None:
                self._made = file_engine(self._file)
            else:
                self._made = server_engine(self.place.url)
        return self._made

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One moment of the store; inside another it is that one."""
        if self._moment is not None:
            yield self._moment
            return
        from caseworker_app.store.engine import begin
        from caseworker_app.store.kept import Kept
        from caseworker_app.store.reading import Reading

        if self._kept is None:
            self._kept = Kept()
        with begin(self.engine, self.where, write=False) as connection, self._asking_by(connection):
            self._moment = Reading(connection, self.roles, self._kept)
            try:
                yield self._moment
            finally:
                self._moment = None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction that may write; it commits when the block ends without an error.

        Raises:
            Unavailable: beside all else, the file is no longer the one that was opened; then
                nothing counts as saved.
        """
        from caseworker_app.store.engine import begin
        from caseworker_app.store.writing import Writing

        with begin(self.engine, self.where, write=True) as connection, self._asking_by(connection):
            self.refuse_another_file()
            unit = Writing(connection, self.roles, self._kept)
            yield unit
            self.refuse_another_file()
        # What was committed to a file that has gone meanwhile is not saved.
        self.refuse_another_file()
        self.unsigned = not unit.was_signed and (
            self.unsigned or unit.looked or unit.heads is not None
        )
        if unit.heads is not None:
            self._wrote(*unit.heads)
        if self._kept is not None and unit.heads is not None:
            self._kept.follow(*unit.heads, unit.changed, versions=unit.other_versions)

    @contextmanager
    def _asking_by(self, connection: Connection) -> Iterator[Connection]:
        """Let what is asked of a server meanwhile be asked in this transaction.

        Else it would be by a connection of its own, of which a server has few, and of a moment of
        its own.
        """
        before, self._under_way = self._under_way, connection
        try:
            yield connection
        finally:
            self._under_way = before

    @contextmanager
    def _on_server(self) -> Iterator[Connection]:
        """A connection to a server in a transaction: in the one that is under way, if one is."""
        if self._under_way is not None:
            yield self._under_way
            return
        from caseworker_app.store.engine import begin

        with begin(self.engine, self.where, write=False) as connection:
            yield connection

    def _wrote(self, before: str, after: str) -> None:
        first, last = (int(one.partition(":")[0] or 0) for one in (before, after))
        if self._written and self._written[-1].stop == first + 1:
            self._written[-1] = range(self._written[-1].start, last + 1)
        else:
            self._written.append(range(first + 1, last + 1))

    def take_written(self) -> list[range]:
        """The audit entries that were added through this store since this was last asked."""
        taken, self._written = self._written, []
        return taken

    def refuse_another_file(self) -> None:
        """Refuse to go on when the file at the path is not the one that was opened.

        Windows lets nobody move or replace an open file; elsewhere anybody can.

        Raises:
            Unavailable: it was moved, replaced or deleted, or its log was.
        """
        path = self.place.path
        if path is not None and self._file is not None and identities(path) != self._seen:
            raise Unavailable(
                f"{path} was moved, replaced or deleted while it was open, so nothing was saved: "
                "put it back, or open the store anew."
            )

    def alerts(self, day: date, until: date | None, child_id: str | None = None) -> list[AlertRow]:
        """Deadlines open on a day, due up to and including `until`, soonest first.

        Args:
            day: the day they are seen on.
            until: None for all.
            child_id: of one child only.
        """
        how = held("sqlite" if self._file is not None else "postgresql")
        values: dict[str, Any] = {"today": how[day], "until": how[until or today.FAR]}
        if child_id is not None:
            values["child"] = int(child_id)
        sql = today.OPEN_NOW if child_id is None else today.OPEN_NOW_OF_CHILD
        if self._file is not None:
            with cipher.plain_errors(self.where):
                roles = today.to_roles(self._file.execute(today.VERSIONS), self.roles)
                cells = today.as_one(sql) if until else today.as_few(sql)
                found = self._file.execute(cells, values)
                rows = (row for (cell,) in found for row in json.loads(cell))
                return today.to_alerts(rows, roles, day)
        from sqlalchemy import text

        with self._on_server() as connection:
            roles = today.to_roles(connection.execute(text(today.VERSIONS)), self.roles)
            found = connection.execute(text(today.as_on_server(sql)), values)
            return today.to_alerts(found, roles, day)

    def note(self, name: str) -> str:
        """A fact about the store itself; "" where it is not kept."""
        sql = "SELECT value FROM meta WHERE name = :name"
        if self._file is not None:
            with cipher.plain_errors(self.where):
                found = self._file.execute(sql, {"name": name}).fetchone()
                return str(found[0]) if found else ""
        with self.reading() as reading:
            return reading.meta().get(name, "")

    def opened_by(self) -> OpenedBy:
        """Who has opened it: by their envelope, or by their log-in to the server."""
        from caseworker_app.store.signing_in import opened_by

        return opened_by(self)

    def people(self) -> tuple[SignIn, ...]:
        """Those of the caseworkers who sign in, ended or not, in the order of their keys."""
        from caseworker_app.store.signing_in import people

        return people(self)

    def restrictions(self, today: date) -> tuple[RestrictedCase, ...]:
        """The cases that are restricted on a day."""
        from caseworker_app.store.signing_in import restrictions

        return restrictions(self, today)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What some SQL without parameters finds; of a file without loading SQLAlchemy."""
        if self._file is not None:
            with cipher.plain_errors(self.where):
                return [tuple(row) for row in self._file.execute(sql)]
        from sqlalchemy import text

        with self._on_server() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def look_for_tries(self) -> None:
        """Look for wrong passphrases since this was opened, those at a locked window."""
        if self.place.path is not None:
            self.tries = tries_at(self.place.path)

    def forget_tries(self) -> None:
        """Let go of the wrong passphrases that are on record now."""
        if self.place.path is not None and self.tries:
            forget_tries(self.place.path, self.tries)
            self.tries = ()

    def signer(self) -> Signer | None:
        """Whoever has opened it, as they sign; None where they have no signing key."""
        from caseworker_app.store import signing

        if self.envelopes is not None:
            own = self.envelopes
            return signing.Signer(own.own.id, own.signing) if own.signing else None
        if self._login is None:
            ((login,),) = self.rows("SELECT session_user")
            self._login = str(login)
        return signing.of_login(self._login, paths.data_folder())

    def send_head(self, folder: Path, head: SignedHead) -> None:
        """Send a signature to a second place; see `second_place.send`."""
        from caseworker_app.store.second_place import send

        send(folder, self.place, head)

    def faults(self, tick: Callable[[int], None], second: Path | None = None) -> list[str]:
        """What is wrong with the file or the tables and with the audit chain, a sentence each.

        `second` is the place to which heads were sent, or None.
        """
        from caseworker_app.store.health import faults

        return faults(self, tick, second)

    def backup(self, target: Path, stamp: str) -> None:
        """Write a verified copy of the store, made at `stamp`, as one file.

        Raises:
            Unavailable: it cannot be written there.
            Unreadable: the store is damaged, so there is nothing good to copy.
        """
        from caseworker_app.store.copying import back_up

        back_up(self, target, stamp)

    def keep_backup(self, stamp: str, second: Path | None) -> KeptBackup | None:
        """Make a backup by itself where anything is new; see `kept_backups.keep`."""
        from caseworker_app.store.kept_backups import keep

        return keep(self, stamp, second)

    @property
    def is_file(self) -> bool:
        """Whether it is a file on this computer, and no server's database."""
        return self.place.path is not None

    def fold_log(self) -> bool:
        """Fold the file's log in, in which pages stand as they were before; whether that was done.

        Another program that is reading keeps it as it is; it is folded in when all have closed.
        """
        if self._file is None:
            return True
        with cipher.plain_errors(self.where), cipher.waiting(self._file, _FOLDING_MS):
            busy, *_ = self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def disposal_list(self) -> bytes:
        """The list of disposals that is kept outside of the store; b"" where there is none.

        A database has one only where a backup was put into it, until it is next opened.
        """
        if self.place.path is None:
            return self.note(TO_FORGET).encode()
        try:
            with files.opened(disposal_list(self.place.path)) as file:
                return file.read(_LONGEST_LIST)
        except OSError:
            return b""

    def lists_in(self, folders: Sequence[Path]) -> bytes:
        """What the lists of disposals in some folders say together."""
        from caseworker_app.store.disposal_lists import lists_in

        return lists_in(folders)

    def keep_disposal_list(
        self, content: bytes, second: Path | None, folders: Sequence[Path] = ()
    ) -> None:
        """Write that list beside a file, where its backups are, and into further folders."""
        from caseworker_app.store.disposal_lists import keep_list

        keep_list(self.place.path, content, second, folders)

    def rewrite_copies(
        self,
        marks: Collection[str],
        content: bytes,
        stamp: str,
        second: Path | None,
        also: Sequence[Path],
        progress: Callable[[int, int, str], None],
    ) -> list[Copy]:
        """Take children out of every copy in reach; see `disposing.rewrite`."""
        from caseworker_app.store.disposing import copies_of, rewrite

        copies = copies_of(self.place.path, second, also)
        return rewrite(self, copies, marks, content, stamp, progress)

    def backups_made(self) -> tuple[Path, ...]:
        """The backups that were made by themselves, the oldest first."""
        from caseworker_app.store.kept_backups import made
        from caseworker_app.store.places import backups_folder

        path = self.place.path
        return () if path is None else tuple(made(backups_folder(path)).values())

    def rehearse_restore(self) -> str:
        """Restore the newest such backup to one side; see `kept_backups.rehearse`."""
        from caseworker_app.store.kept_backups import rehearse

        return rehearse(self)

    @property
    def file(self) -> cipher.Connection | None:
        """The open connection to a store file; None on PostgreSQL."""
        return self._file

    def hold_server(self) -> None:
        """Hold the database as an open session does. Raises `Unavailable`."""
        from caseworker_app.store.engine import hold_server

        self._lock = hold_server(self.engine, self.where)

    def let_go(self) -> None:
        """Hold file or database no longer."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def close(self) -> None:
        """Let the file or the server go."""
        self.unsigned = False
        if self._file is None:
            self.let_go()
        if self._made is not None:
            self._made.dispose()
        if self._file is not None:
            self._file.close()
            self._file = None
        self.let_go()
