"""TERM and Ctrl-C: what was begun is cleaned up, on the command line and in the window."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app import paths, process
from tests.support.project import ROOT
from tests.support.stores import PASSPHRASE

_DEMO = """
import sys
from caseworker_app import bootstrap
from caseworker_app.demo import filling

def fill_in_parts(session, parts, progress):
    print("half way", flush=True)
    sys.stdin.read()

filling.fill_in_parts = fill_in_parts
sys.exit(bootstrap.main(["demo", "x.store", "--children", "3"]))
"""
_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from caseworker_app import bootstrap
from caseworker_app.ui import starting

opened = starting.open_window

def open_window(*given):
    window = opened(*given)
    window.keeper.opened.connect(lambda *_: print("open", flush=True))
    return window

starting.open_window = open_window
sys.exit(bootstrap.main(["open", "x.store"]))
"""


def _start(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CASEWORKER_PASSPHRASE": PASSPHRASE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_command_that_is_ended_cleans_up(tmp_path: Path, number: int, code: int) -> None:
    with _start(_DEMO, tmp_path) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "half way\n", running.stderr.read()
        assert list(tmp_path.iterdir())
        running.send_signal(number)
        _, said = running.communicate()
        assert running.returncode == code, said
    assert said == "Stopped; what was not finished was not kept.\n"
    assert list(tmp_path.iterdir()) == []
    assert not paths.scratch_folder().exists() or not list(paths.scratch_folder().iterdir())


def test_a_window_that_is_ended_lets_go_of_the_store(tmp_path: Path, empty_file: Path) -> None:
    for name in ("", ".key", ".key.copy"):
        beside = empty_file.with_name(empty_file.name + name)
        (tmp_path / f"x.store{name}").write_bytes(beside.read_bytes())
    with _start(_WINDOW, tmp_path) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "open\n", running.stderr.read()
        assert (tmp_path / ".x.store.lock").exists()
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate()
        assert running.returncode == 0, said
    assert "Traceback" not in said
    assert "QThread" not in said
    names = ["x.store", "x.store.key", "x.store.key.copy"]
    assert sorted(one.name for one in tmp_path.iterdir()) == names


def test_no_core_is_ever_written(tmp_path: Path) -> None:
    code = "import resource, caseworker_app.process as p; p.keep_to_itself();"
    code += "print(resource.getrlimit(resource.RLIMIT_CORE))"
    with _start(code, tmp_path) as running:
        out, _ = running.communicate()
    assert out == "(0, 0)\n"
    assert resource.getrlimit(resource.RLIMIT_CORE)


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with process.ended_by_term():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
