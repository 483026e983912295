"""Pipes and terminals, where the system is POSIX."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_process import PROGRAM

PATIENCE = 60


def test_a_reader_that_goes_away_is_no_fault(store: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "cases", "--store", str(store)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def on_a_terminal(*arguments: object, typed: list[bytes]) -> tuple[int, bytes]:
    """Run the program on a terminal, answering each question; exit code and what was shown."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *(str(argument) for argument in arguments)],
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
    )
    os.close(end)
    shown, answers = b"", list(typed)
    while select.select([terminal], [], [], PATIENCE)[0]:
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        shown += data
        if answers and shown.endswith(b": "):
            os.write(terminal, answers.pop(0) + b"\n")
    os.close(terminal)
    return process.wait(PATIENCE), shown


def test_a_passphrase_is_asked_for_on_a_terminal_and_not_shown(
    store: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    code, shown = on_a_terminal("check", "--store", store, typed=[passphrase.encode()])
    assert code == 0, shown
    assert b"sound" in shown
    assert passphrase.encode() not in shown


def test_a_new_passphrase_is_asked_for_twice(tmp_path: Path) -> None:
    line = ("demo", tmp_path / "new", "--children", 2)
    code, shown = on_a_terminal(*line, typed=[b"one thing", b"another"])
    assert code == 2, shown
    assert b"differ" in shown
    assert not list(tmp_path.iterdir())
    code, shown = on_a_terminal(*line, typed=[b"one thing", b"one thing"])
    assert code == 0, shown
