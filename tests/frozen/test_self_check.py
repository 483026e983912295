"""The proof that the stand-alone program runs on itself, run from source."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.command import caseworker, one_sentence

FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP")


def test_the_self_check_passes_and_writes_in_its_folder_alone(tmp_path: Path) -> None:
    mine = tmp_path / "Élan & Søn"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", "--self-check", "--data-dir", str(mine)],
        cwd=elsewhere,
        env={**os.environ, **dict.fromkeys(FOLDERS, str(elsewhere))},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "self-check passed\n", "")
    assert (mine / "board.xlsx").exists()
    assert not list(elsewhere.iterdir())


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    said = caseworker("--self-check", "--data-dir", tmp_path)
    assert said.code == 2
    assert one_sentence(said), said.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
