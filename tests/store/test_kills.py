"""SIGKILL at renames and drawn moments: a store opens, is sound, and holds what was confirmed.

The whole, each rename of each act and 400 moments, is `dev.py prove kills`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.kill_acts import ACTS
from tests.support.project import ROOT


def _kills(folder: Path, moments: int, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.kills", str(folder), str(moments), "11", *more],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_restore_is_survived_at_each_of_its_renames(tmp_path: Path) -> None:
    said = _kills(tmp_path, 0, "restore")
    assert "'acts': 1" in said
    assert "'renames': 0" not in said


@pytest.mark.parametrize("act", [act.name for act in ACTS if act.name != "restore"])
def test_drawn_moments_are_survived(tmp_path: Path, act: str) -> None:
    assert "'moments': 3" in _kills(tmp_path, 3, "--renames=3", act)
