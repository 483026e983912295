"""A private PostgreSQL server for one test process: a socket in a folder of its own, no network.

It runs as root too, by giving the server away to another user. Where PostgreSQL is missing the
tests that need it fail and say so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt/postgresql")
_UNPRIVILEGED = ("postgres", "nobody")
_ENCODED = ("-E", "UTF8", "--locale=C.UTF-8")
_FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40"),
    *("autovacuum=off", "jit=off"),
)
_IN_EARNEST = (
    *("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=400"),
    *("shared_buffers=256MB", "autovacuum=on"),
)
"""As a council would run it: what is confirmed is on the disk."""
_IN_MEMORY, _ROOM = Path("/dev/shm"), 8 << 30
"""A database is copied for hundreds of tests, which takes fifteen times as long on a disk; and room
for all of the copies, with as much to spare."""

_LOGS_COPIES = 15
"""The first version that copies a database through its log unless it is told not to."""


@dataclass
class Server:
    """A running server.

    Attributes:
        folder: of its socket and its data.
    """

    folder: Path
    _made: int = field(default=0)

    def database(self, template: str | None = None) -> str:
        """Make a new empty database, or a copy of one, and give its URL."""
        self._made += 1
        name = f"test_{self._made}"
        copied = f" TEMPLATE {template}{self._way}" if template else ""
        self.run(f"CREATE DATABASE {name}{copied}")
        return self.url(name)

    @cached_property
    def _way(self) -> str:
        """To copy files is three times as fast as to write all of them to the log first."""
        ((version,),) = self.run("SHOW server_version_num")
        return " STRATEGY FILE_COPY" if int(version) // 10_000 >= _LOGS_COPIES else ""

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql://test@/{name}?host={quote(str(self.folder))}"

    def run(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement outside a transaction."""
        with psycopg.connect(host=str(self.folder), user="test", dbname=name) as connection:
            connection.autocommit = True
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def server(*, in_earnest: bool = False, also: Sequence[str] = ()) -> Iterator[Server]:
    """Start a server for as long as the block lasts.

    Args:
        in_earnest: on a disk and with settings as a council's is.
        also: further settings, `name=value`.
    """
    programs = _programs()
    user = _somebody_else()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=None if in_earnest else _where()))
    settings = (*(_IN_EARNEST if in_earnest else _FAST), *also)
    if user:
        os.chown(folder, user["user"], user["group"])
    environment = {"PATH": str(programs), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    data = folder / "data"
    try:
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "test", "-A", "trust", "-N", *_ENCODED],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            **user,
        )
        if made.returncode:
            pytest.fail(f"PostgreSQL would not make a cluster: {made.stderr.strip()}")
        with _running(programs, folder, data, environment, user, settings):
            yield Server(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(
    programs: Path,
    folder: Path,
    data: Path,
    environment: dict[str, str],
    user: dict[str, Any],
    settings: Sequence[str],
) -> Iterator[None]:
    options = [part for option in (*settings, "listen_addresses=") for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            **user,
        )
    try:
        ready = [programs / "pg_isready", "-q", "-h", folder, "-U", "test", "-t", "1"]
        while subprocess.run(ready, env=environment, check=False).returncode:
            if process.poll() is not None:
                pytest.fail(f"PostgreSQL stopped: {(folder / 'log').read_text().strip()}")
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _where() -> Path | None:
    """In memory where there is room for it, else where files are put for a while."""
    roomy = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM
    return _IN_MEMORY if roomy and os.access(_IN_MEMORY, os.W_OK) else None


def _programs() -> Path:
    found = [
        folder
        for place in _PLACES
        for folder in (*Path(place).glob("*/bin"), Path(place) / "bin")
        if (folder / "initdb").exists()
    ]
    found.sort(key=lambda folder: [int(p) for p in folder.parent.name.split(".") if p.isdigit()])
    on_path = shutil.which("initdb")
    if on_path:
        found.insert(0, Path(on_path).resolve().parent)
    if not found:
        pytest.fail("PostgreSQL is not installed: these tests need its server (postgresql-15).")
    return found[-1]


def _somebody_else() -> dict[str, Any]:
    """The server refuses to be root: whom root is to start it as, or nobody else."""
    if os.geteuid() != 0:
        return {}
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    pytest.fail("PostgreSQL will not run as root, and there is no other user to run it as.")
