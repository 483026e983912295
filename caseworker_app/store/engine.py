"""SQLAlchemy engines for both databases, with transactions begun the same safe way.

Writers on SQLite begin IMMEDIATE: a deferred transaction that turns writer fails at once when
another wrote meanwhile. Writers on PostgreSQL take one advisory lock, so that there too one
writer at a time reads the audit chain's head and allots keys.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from caseworker_app.domain.errors import CaseworkerError, Unavailable
from caseworker_app.store import cipher

_WRITE = "caseworker_write"
_LOCK = 4_203_119_042
_OPEN = 4_203_119_043
_WAIT = "30s"
"""For the one who writes: forty who save at once, or an import of a large file, take their time.
Whoever waits wants it saved, and not to be asked to press the same key again."""
_WAIT_TO_OPEN = "10s"


def file_engine(connection: cipher.Connection) -> Engine:
    """An engine over one open connection to a store file."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(started: Connection) -> None:
        writes = started.get_execution_options().get(_WRITE)
        started.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def server_engine(url: str) -> Engine:
    """An engine for a PostgreSQL database.

    A server has few connections: a window that is open and idle keeps one beside its hold.
    """
    engine = create_engine(
        url, pool_size=1, max_overflow=3, pool_pre_ping=True, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(started: Connection) -> None:
        if started.get_execution_options().get(_WRITE):
            started.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
            started.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            # Several selects of one reading are of one moment.
            started.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


class ServerHold:
    """A database held as an open session does, on a connection of its own, until `release`."""

    def __init__(self, engine: Engine) -> None:
        held = engine.raw_connection()
        held.detach()
        connection: Any = held.dbapi_connection
        connection.autocommit = True
        self._connection = connection
        try:
            connection.execute(f"SET lock_timeout = '{_WAIT_TO_OPEN}'")
            connection.execute(f"SELECT pg_advisory_lock_shared({_OPEN})")
        except BaseException:
            connection.close()
            raise

    def release(self) -> None:
        """Let the database go."""
        # A server that is busy ends a closed connection, and its locks, a good while later.
        with suppress(Exception):
            self._connection.execute(f"SELECT pg_advisory_unlock_shared({_OPEN})")
        self._connection.close()


def hold_server(engine: Engine, shown: str) -> ServerHold:
    """Hold a database that a session opens.

    Raises:
        Unavailable: it is being upgraded, or cannot be reached.
    """
    import psycopg

    try:
        return ServerHold(engine)
    except psycopg.errors.LockNotAvailable as error:
        raise Unavailable(f"{shown} is being changed by another Caseworker.") from error
    except psycopg.Error as error:
        # What a server says of a refusal is in its own language: told apart by nothing else.
        raise Unavailable(
            f"{shown} cannot be reached, lets nobody of that name in, or is full: try again, and "
            "ask whoever looks after the server if it stays so."
        ) from error


def have_alone(connection: Connection, shown: str) -> None:
    """Have a database alone until the transaction ends.

    Raises:
        Unavailable: it is open in another program.
    """
    sql = f"SELECT pg_try_advisory_xact_lock({_OPEN})"
    if not connection.exec_driver_sql(sql).scalar_one():
        raise Unavailable(
            f"{shown} is open in another program or window: close it there and try again."
        )


@contextmanager
def begin(engine: Engine, shown: str, *, write: bool) -> Iterator[Connection]:
    """One transaction; it commits at the end of the block, and rolls back on any error.

    Raises:
        Unavailable: the store is locked, full, read-only or gone.
        Unreadable: the file is damaged.
    """
    with translated(shown), engine.connect() as connection:
        chosen = connection.execution_options(**{_WRITE: write})
        with chosen.begin():
            yield chosen


@contextmanager
def translated(shown: str) -> Iterator[None]:
    """Turn a driver's error into one plain sentence, where the fault is not ours."""
    try:
        yield
    except exc.DBAPIError as error:
        known = _known(error.orig, shown)
        if known is None:
            raise
        raise known from error
    except Exception as error:
        # What is asked of the driver itself comes back as the driver's; see `prepared`.
        known = _known(error, shown)
        if known is None:
            raise
        raise known from error


def _known(cause: Any, shown: str) -> CaseworkerError | None:  # noqa: ANN401  (of either driver)
    if isinstance(cause, dbapi2.Error):
        return cipher.known_error(cause, shown)
    # A store on a file does without the server's driver.
    driver = sys.modules.get("psycopg")
    if driver is None or not isinstance(cause, driver.Error):
        return None
    state = getattr(cause, "sqlstate", None)
    if state == "55P03":
        return Unavailable(f"{shown} is busy: another program is writing to it; try again.")
    if state in {"28P01", "28000"}:
        return Unavailable(f"{shown} refuses the name or password.")
    if state == "3D000":
        return Unavailable(f"There is no such database: {shown}.")
    if state is not None and state.startswith("53"):
        return Unavailable(f"{shown} has no room left, or takes no more connections.")
    if state == "25006" or state == "42501":
        return Unavailable(f"{shown} may not be written by this user.")
    if isinstance(cause, driver.OperationalError) and (
        state is None or state.startswith(("08", "57"))
    ):
        return Unavailable(f"{shown} cannot be reached.")
    return None
