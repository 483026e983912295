"""One connection to an encrypted SQLite file, by the driver alone.

SQLAlchemy takes its connections from here too. The window's first list is read without
SQLAlchemy, whose import alone takes longer than all the rest of a start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from caseworker_app.domain.errors import Unavailable, Unreadable
from caseworker_app.store.places import inspect_file

Connection = Any
"""A DB-API connection; the driver has no types."""

_BUSY_MS = 10_000
"""So long a statement waits for another program that is writing."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={_BUSY_MS}",
    # 4 MB of pages: sixteen times as many read no list sooner, and the window holds them for good.
    "cache_size=-4096",
    "temp_store=MEMORY",
    "secure_delete=ON",
)

_SENTENCES = {
    5: "{} is busy: another program is writing to it; try again.",
    6: "{} is busy: another program is writing to it; try again.",
    8: "{} may not be written.",
    10: "{} cannot be read or written: the disk reports an error.",
    13: "The disk is full, so nothing was written to {}.",
    14: "{} cannot be opened.",
}
_WITHOUT_CODE = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
"""Copying a whole file fails with the database's words alone."""
_DAMAGED = (11, 26)
_IO, _FULL = 10, 13
_LITTLE = 1 << 18
_LOCKED = (5, 6)


def _as_it_is(value: object) -> object:
    return value


# Of a value that is no number or text the driver first asks everybody how to adapt it. It stores
# these as they are in any case; told so, it takes a row with some of them in a third of the time.
for _kind in (type(None), bool, bytes):
    dbapi2.register_adapter(_kind, _as_it_is)


def open_file(path: Path, key: bytes) -> Connection:
    """Open a store file that is there.

    Raises:
        Unavailable: it is missing, locked, read-only or a folder.
        Unreadable: it is not a store, is damaged, or is not the one the key belongs to.
    """
    inspect_file(path)
    with plain_errors(str(path)):
        connection = connect(path, key)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.Error:
            connection.close()
            raise
    return connection


def connect(path: Path, key: bytes, mode: str = "rw") -> Connection:
    """A keyed connection without settings; `mode` "rwc" makes the file."""
    connection = dbapi2.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
    )
    # Else a wrong key prints the cipher's own words to standard error.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


@contextmanager
def waiting(connection: Connection, milliseconds: int) -> Iterator[None]:
    """Wait no longer than this for another program, for as long as the block lasts."""
    connection.execute(f"PRAGMA busy_timeout={milliseconds}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def give_key(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt a store file that nobody else has anew, every page of it.

    Raises:
        Unavailable: the disk refuses; the file is then of no use.
        Unreadable: the old key is not its key.
    """
    with plain_errors(str(path)):
        connection = connect(path, old)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


@contextmanager
def alone(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection that nobody shares the file with, its log folded in, for as long as it lasts.

    Raises:
        Unavailable: another program has the store open.
        Unreadable: it is damaged, or not the one the key belongs to.
    """
    with plain_errors(str(path)):
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA busy_timeout=2000")
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            yield connection
        except dbapi2.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _LOCKED:
                raise
            raise Unavailable(
                f"{path} is open in another program: close it there and try again."
            ) from error
        finally:
            connection.close()


@contextmanager
def plain_errors(shown: str) -> Iterator[None]:
    """Turn what the driver says into one plain sentence, where the fault is not ours."""
    try:
        yield
    except dbapi2.Error as error:
        known = known_error(error, shown)
        if known is None:
            raise
        raise known from error


@contextmanager
def copy_errors(source: Path, target: Path) -> Iterator[None]:
    """The same where one file is copied to another: what has no room is the copy."""
    try:
        yield
    except dbapi2.Error as error:
        known = known_error(error, str(source))
        if known is None:
            raise
        full = known.sentence == _SENTENCES[_FULL].format(source) or _is_full(str(target))
        raise (known_error_of(_FULL, str(target)) if full else known) from error


def known_error_of(code: int, shown: str) -> Unavailable:
    """The plain sentence for a result code of the database's that is no damage."""
    return Unavailable(_SENTENCES[code].format(shown))


def _is_full(shown: str) -> bool:
    """Whether the disk of a file is full: the database calls that an error of the disk at times."""
    import shutil

    try:
        return shutil.disk_usage(Path(shown).parent).free < _LITTLE
    except OSError:
        return False


def known_error(error: BaseException, shown: str) -> Unavailable | Unreadable | None:
    """The plain sentence for a driver's error, or None where it is a fault of ours."""
    code = getattr(error, "sqlite_errorcode", _WITHOUT_CODE.get(str(error), 0)) & 0xFF
    if code in _DAMAGED:
        return Unreadable(f"{shown} is not a Caseworker store, or is damaged.")
    if code == _IO and _is_full(shown):
        code = _FULL
    if code in _SENTENCES:
        return known_error_of(code, shown)
    return None
