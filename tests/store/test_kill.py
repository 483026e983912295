"""kill -9: what was confirmed is there, what was not is not there at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.project import ROOT
from tests.support.sessions import add_child, incoming, incoming_case
from tests.support.stores import Places, session_at

Start = Callable[..., "subprocess.Popen[str]"]

_IMPORT = """
import sys
from tests.support.sessions import incoming, incoming_case
from tests.support.stores import session_at

def progress(done, total, words):
    if words == sys.argv[2] and done:
        print("half way", flush=True)
        sys.stdin.read()

session = session_at(sys.argv[1])
session.apply_import(incoming(*(incoming_case(row) for row in range(2, 900))), progress=progress)
"""

_RECORD = """
import sys
from tests.support.sessions import add_child
from tests.support.stores import session_at

session = session_at(sys.argv[1])
for number in range(10_000):
    print(add_child(session, f"Child {number}"), flush=True)
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python in a process of its own, which is gone at the end."""
    running: list[subprocess.Popen[str]] = []

    def started(code: str, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield started
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("moment", ["Matching children", "Counting dates"])
def test_an_import_killed_half_way_leaves_the_store_as_it_was(
    places: Places, start: Start, moment: str
) -> None:
    where = places.new()
    session = session_at(where)
    add_child(session)
    before = session.caseload(), session.history(99), session.settings()
    session.close()

    process = start(_IMPORT, where, moment)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "half way\n", process.stderr.read()
    process.send_signal(signal.SIGKILL)
    process.wait()

    session = session_at(where)
    assert (session.caseload(), session.history(99), session.settings()) == before
    assert session.check() == ()
    result = session.apply_import(incoming(incoming_case(2)))
    assert result.cases_created == 1
    session.close()


@pytest.mark.parametrize("after", [1, 7, 23])
def test_nothing_that_was_confirmed_is_lost(places: Places, start: Start, after: int) -> None:
    where = places.new()
    process = start(_RECORD, where)
    assert process.stdout is not None
    confirmed = [process.stdout.readline().strip() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    # Not by communicate(), which would miss the lines that are buffered here already.
    confirmed += process.stdout.read().split()
    assert process.stderr is not None
    assert all(confirmed), process.stderr.read()

    session = session_at(where)
    there = {row.id for row in session.cases()}
    assert there >= set(confirmed)
    assert len(there) - len(set(confirmed)) <= 1
    assert session.check() == ()
    session.close()
    if places.kind == "file":
        left = {one.name for one in Path(where).parent.iterdir()}
        name = Path(where).name
        assert left == {name, f"{name}.key", f"{name}.key.copy"}
