"""Temporary files: in a private folder of our own, gone at the end, swept when they were left."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from caseworker_app import paths, scratch
from caseworker_app.domain.errors import Unavailable
from tests.support.project import ROOT

_HOLD = """
import sys
from caseworker_app import scratch
with scratch.folder() as own:
    (own / "full of children").write_text("x")
    print(own, flush=True)
    sys.stdin.read()
"""


def _holder() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_folder_is_private_and_gone_at_the_end() -> None:
    with scratch.folder() as own, scratch.folder() as other:
        assert own != other
        for one in (own, own.parent):
            assert stat.S_IMODE(one.stat().st_mode) == 0o700
        (own / "deep").mkdir()
        (own / "deep" / "file").write_text("x")
    assert list(paths.scratch_folder().iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_a_living_one_keeps_its_own() -> None:
    with _holder() as dead, _holder() as living:
        assert dead.stdout is not None
        assert living.stdout is not None
        left, kept = (Path(one.stdout.readline().strip()) for one in (dead, living) if one.stdout)
        assert left.exists()
        dead.send_signal(signal.SIGKILL)
        dead.wait()

        scratch.sweep()

        assert not left.exists()
        assert (kept / "full of children").exists()
        assert living.stdin is not None
        living.stdin.close()
        living.wait()
        assert list(paths.scratch_folder().iterdir()) == []


def test_what_libraries_make_meanwhile_goes_there_too() -> None:
    before = tempfile.gettempdir()
    with scratch.temporary_files() as own, tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).parent == own
    assert tempfile.gettempdir() == before


def test_a_folder_that_is_not_our_own_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    for name, words in (("link", "not a folder of this person's own"), ("file", "cannot be")):
        monkeypatch.setenv("CASEWORKER_TEMP", str(tmp_path / name))
        with pytest.raises(Unavailable, match=words), scratch.folder():
            pass
    assert list((tmp_path / "real").iterdir()) == []
