"""A full disk and too many open files: one true sentence, no traceback, what was there stands."""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caseworker_app import bootstrap, paths, scratch
from tests.support.command import caseworker
from tests.support.sessions import reviewed
from tests.support.stores import PASSPHRASE, TODAY, session_at

_NOISE = re.compile(r"Traceback|Exception ignored|Error:|Errno|object at 0x")
_ROOM = "no room|disk is full|disk reports|cannot be opened|cannot be read or written"


@pytest.fixture(scope="module")
def made(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store with children, a tracker and a backup, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    where = folder / "x.store"
    for name in ("", ".key", ".key.copy"):
        beside = empty_file.with_name(empty_file.name + name)
        where.with_name(where.name + name).write_bytes(beside.read_bytes())
    session = session_at(str(where))
    for number in range(12):
        reviewed(session, f"Child-{'abcdefghijkl'[number]}")
    session.backup(folder / "b")
    session.close()
    rows = "\n".join(f"Z-{row},Okafor,Grace {row},03/03/2014" for row in range(400))
    (folder / "t.csv").write_text(f"Reference,Surname,Forename,Date of birth\n{rows}\n")
    return folder


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Path:
    """A store of its own with children, with a tracker and a backup beside it."""
    for one in made.iterdir():
        (tmp_path / one.name).write_bytes(one.read_bytes())
    return tmp_path / "x.store"


@contextmanager
def _limited(what: int, limit: int) -> Iterator[None]:
    """A limit of this process's, for as long as the block lasts."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)


def _run(what: int, limit: int, *arguments: str) -> tuple[int, str]:
    """Run a command under a limit; its exit code and what it said on standard error."""
    with _limited(what, limit):
        said = caseworker(*arguments)
    return said.code, said.err


@pytest.fixture
def commands(filled: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """Commands that write files, run in the folder of the store."""
    monkeypatch.chdir(filled.parent)
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    store = ("--store", filled.name)
    return {
        "backup": ("backup", *store, "--to", "new.backup"),
        "board": (
            *("return", "board", *store, "--from", "1/9/2026", "--to", "30/11/2026"),
            *("--out", "new.xlsx", "--today", TODAY.isoformat()),
        ),
        "import": ("import", "t.csv", *store, "--today", TODAY.isoformat()),
        "restore": ("restore", "b", *store),
        "demo": ("demo", "new.store", "--children", "2", "--today", TODAY.isoformat()),
        "making": ("import", "t.csv", "--store", "new.store", "--today", TODAY.isoformat()),
        "rows": ("import", "t.csv", "--store", "dry.store", "--dry-run"),
    }


NAMES = ["backup", "board", "import", "restore", "demo", "making", "rows"]


def _sound(where: Path) -> None:
    session = bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY)
    assert len(session.cases()) >= 12
    assert session.check() == ()
    session.close()


def _no_part_left(folder: Path) -> None:
    left = [one.name for one in folder.iterdir() if one.name.endswith((".part", ".lock"))]
    assert not left
    # Without a file handle to spare not even a folder can be removed; the next start does it.
    scratch.sweep()
    temp = paths.scratch_folder()
    assert not temp.exists() or not list(temp.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_is_one_sentence_and_harms_nothing(
    filled: Path, commands: dict[str, tuple[str, ...]], name: str
) -> None:
    # From where nothing can be written to where nearly all can.
    limits = [0, 3_000, 9_000] if name == "board" else [0, 3_000, 50_000, 110_000]
    failed = 0
    for limit in limits:
        code, said = _run(resource.RLIMIT_FSIZE, limit, *commands[name])
        assert code in (0, 2), said
        assert not _NOISE.search(said), said
        if not code:
            break  # With still more room it would only do the same again.
        failed += 1
        assert re.search(_ROOM, said), said
        assert said.count("\n") == 1, said
        _no_part_left(filled.parent)
    assert failed
    _sound(filled)


@pytest.mark.parametrize("name", NAMES)
def test_too_many_open_files_is_one_sentence(
    filled: Path, commands: dict[str, tuple[str, ...]], name: str
) -> None:
    spare = os.open(os.devnull, os.O_RDONLY)
    os.close(spare)
    codes = []
    for more in (0, 1, 2, 3, 5, 8, 13):
        code, said = _run(resource.RLIMIT_NOFILE, spare + more, *commands[name])
        codes.append(code)
        assert code in (0, 2), (more, said)
        assert not _NOISE.search(said), (more, said)
        if not code:
            break  # With still more files it would only do the same again.
        assert said.count("\n") == 1, said
    assert codes[0] == 2
    _sound(filled)
    _no_part_left(filled.parent)
