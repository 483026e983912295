"""Stores for tests: real ones, on an encrypted file and on PostgreSQL, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from alembic import command
from alembic.config import Config
from argon2 import low_level
from sqlalchemy import Connection, event, inspect

from caseworker_app import bootstrap, paths
from caseworker_app.domain.permissions import Person
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.session import Session
from caseworker_app.store import keys
from caseworker_app.store.how import How
from caseworker_app.store.opening import open_store
from caseworker_app.store.places import key_file
from caseworker_app.store.sql_store import SqlStore
from tests.support.postgres import Server, server

TODAY = date(2026, 11, 22)
PASSPHRASE = "correct horse battery staple"
OTHER = "nine further quite odd words"
NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
HOW = How(paths.migrations(), "20261122T104200Z", NOW, PASSPHRASE)
BOTH = ("file", "postgresql")

TEMPLATE = "template_store"
T = TypeVar("T")

SHIPPED = dict(keys.COST)
"""What stretching a passphrase costs in earnest."""

# A key file says what its own passphrase costs. Of thousands of stores in a run each would cost a
# quarter of a second; what is shipped stands in the released stores and in `test_keys`.
keys.COST.update(time_cost=1, memory_cost=1024, parallelism=1)


def _learnt_by_heart(run: Callable[..., None]) -> Callable[..., None]:
    """Migrations as they are, but what they say to a file without tables is put together once.

    To put two hundred statements together takes ten times as long as the database's work on them.
    """
    known: dict[tuple[str | None, str], list[tuple[str, Any]]] = {}

    @wraps(run)
    def upgrade(config: Config, revision: str) -> None:
        bound: Connection = config.attributes["connection"]
        if bound.dialect.name != "sqlite" or inspect(bound).get_table_names():
            run(config, revision)
            return
        asked = config.get_main_option("script_location"), revision
        if asked in known:
            for statement, parameters in known[asked]:
                bound.exec_driver_sql(statement, parameters)
            return
        said: list[tuple[str, Any]] = []

        def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
            said.append((statement, parameters))

        event.listen(bound, "before_cursor_execute", hear)
        try:
            run(config, revision)
        finally:
            event.remove(bound, "before_cursor_execute", hear)
        known[asked] = [one for one in said if not one[0].startswith(("SELECT", "PRAGMA"))]

    return upgrade


command.upgrade = _learnt_by_heart(command.upgrade)

# The same passphrase is stretched to the same key as often as a store of earlier days is opened.
low_level.hash_secret_raw = lru_cache(maxsize=1024)(low_level.hash_secret_raw)


@dataclass
class Places:
    """Gives out new stores, each a copy of an empty one that migrations made.

    Attributes:
        folder: where files go.
        filled: by kind and by what filled it, each store that is copied, and what filling it gave.
    """

    folder: Path
    empty: Path
    find_server: Callable[[], Server]
    kind: str
    filled: dict[tuple[str, Callable[[Session], Any]], tuple[str, Any]] = field(
        default_factory=dict
    )
    _given: int = 0

    def new(self) -> str:
        """The path or URL of a new empty store."""
        self._given += 1
        if self.kind == "postgresql":
            return self.find_server().database(TEMPLATE)
        return _copied(self.empty, self.folder / f"{self._given}.store")

    def copy(self, fill: Callable[[Session], T]) -> tuple[str, T]:
        """The path or URL of a new store that was filled, and what filling it gave.

        It is a copy: one is filled so in the whole run.
        """
        self._given += 1
        if (self.kind, fill) not in self.filled:
            where = self.new()
            if self.kind == "file":
                where = _copied(Path(where), self.empty.with_name(f"{token_hex(8)}.store"))
            session = session_at(where)
            self.filled[self.kind, fill] = where, fill(session)
            session.close()
        where, gave = self.filled[self.kind, fill]
        if self.kind == "postgresql":
            return self.find_server().database(urlsplit(where).path.removeprefix("/")), gave
        return _copied(Path(where), self.folder / f"{self._given}.store"), gave


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The process's own PostgreSQL server, with an empty store to copy."""
    with server() as found:
        found.run(f"CREATE DATABASE {TEMPLATE}")
        how = How(HOW.scripts, HOW.stamp, NOW, create=True)
        session = Session(
            open_store(found.url(TEMPLATE), how),
            bootstrap.PACK,
            FixedClock(TODAY),
            Person("T."),
        )
        session.recompute()
        # Not signed: whoever signs on a server has a key in their home, and no test has one yet.
        session.store.close()
        yield found


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store file that no test opens."""
    path = tmp_path_factory.mktemp("empty") / "empty.store"
    bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY, create=True).close()
    return path


@pytest.fixture(scope="session")
def filled_stores() -> dict[tuple[str, Callable[[Session], Any]], tuple[str, Any]]:
    """The stores that `Places` has filled; no test opens one."""
    return {}


@pytest.fixture(params=BOTH)
def places(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    empty_file: Path,
    filled_stores: dict[tuple[str, Callable[[Session], Any]], tuple[str, Any]],
) -> Places:
    """New stores, once on files and once on PostgreSQL."""
    find = lambda: request.getfixturevalue("postgresql")  # noqa: E731
    return Places(tmp_path, empty_file, find, request.param, filled_stores)


@pytest.fixture
def store(places: Places) -> Iterator[SqlStore]:
    """An open empty store, on both databases."""
    opened = open_store(places.new(), HOW)
    yield opened
    opened.close()


@pytest.fixture
def session(places: Places) -> Iterator[Session]:
    """A session on an empty store, on both databases. Today is 22 November 2026."""
    opened = session_at(places.new())
    yield opened
    opened.close()


@pytest.fixture
def file_session(tmp_path: Path, empty_file: Path) -> Iterator[Session]:
    """A session on an empty store file."""
    opened = session_at(Places(tmp_path, empty_file, no_server, "file").new())
    yield opened
    opened.close()


def _copied(store: Path, path: Path) -> str:
    """Copy a store that is closed, with its key."""
    shutil.copy(store, path)
    shutil.copy(key_file(store), key_file(path))
    return str(path)


def session_at(where: str, today: date = TODAY, who: str = "A. Tester") -> Session:
    """A session on a store that is there."""
    return Session(open_store(where, HOW), bootstrap.PACK, FixedClock(today), Person(who))


def no_server() -> Server:
    """What stores on files are given in the place of a server."""
    raise AssertionError("a file needs no server")
