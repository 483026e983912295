"""Stores for tests: real ones, on an encrypted file and on PostgreSQL, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from argon2 import low_level

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
HOW = How(paths.migrations(), "20261122T104200Z", PASSPHRASE)
BOTH = ("file", "postgresql")

_TEMPLATE = "template_store"

SHIPPED = dict(keys.COST)
"""What stretching a passphrase costs in earnest."""

# A key file says what its own passphrase costs. Of thousands of stores in a run each would cost a
# quarter of a second; what is shipped stands in the released stores and in `test_keys`.
keys.COST.update(time_cost=1, memory_cost=1024, parallelism=1)

# The same passphrase is stretched to the same key as often as a store of earlier days is opened.
low_level.hash_secret_raw = lru_cache(maxsize=1024)(low_level.hash_secret_raw)


@dataclass
class Places:
    """Gives out new stores, each a copy of an empty one that migrations made.

    Attributes:
        folder: where files go.
    """

    folder: Path
    empty: Path
    find_server: Callable[[], Server]
    kind: str
    _given: int = 0

    def new(self) -> str:
        """The path or URL of a new empty store."""
        self._given += 1
        if self.kind == "postgresql":
            return self.find_server().database(_TEMPLATE)
        path = self.folder / f"{self._given}.store"
        shutil.copy(self.empty, path)
        shutil.copy(key_file(self.empty), key_file(path))
        return str(path)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The process's own PostgreSQL server, with an empty store to copy."""
    with server() as found:
        found.run(f"CREATE DATABASE {_TEMPLATE}")
        how = How(HOW.scripts, HOW.stamp, create=True)
        session = Session(
            open_store(found.url(_TEMPLATE), how),
            bootstrap.PACK,
            FixedClock(TODAY),
            Person("T."),
        )
        session.recompute()
        session.close()
        yield found


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store file that no test opens."""
    path = tmp_path_factory.mktemp("empty") / "empty.store"
    bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY, create=True).close()
    return path


@pytest.fixture(params=BOTH)
def places(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> Places:
    """New stores, once on files and once on PostgreSQL."""
    find = lambda: request.getfixturevalue("postgresql")  # noqa: E731
    return Places(tmp_path, empty_file, find, request.param)


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


def session_at(where: str, today: date = TODAY, who: str = "A. Tester") -> Session:
    """A session on a store that is there."""
    return Session(open_store(where, HOW), bootstrap.PACK, FixedClock(today), Person(who))


def no_server() -> Server:
    """What stores on files are given in the place of a server."""
    raise AssertionError("a file needs no server")
