"""SIGKILL at renames and drawn moments: a store opens, is sound, and holds what was confirmed.

The whole, each rename of each act and 400 moments, is `dev.py prove kills`.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.alone import run_alone
from tests.support.kill_acts import ACTS


def _kills(folder: Path, moments: int, *more: str) -> str:
    done = run_alone("tests.support.kills", folder, moments, 11, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_drawn_rename_of_each_act_and_drawn_moments_are_survived(tmp_path: Path) -> None:
    said = _kills(tmp_path, 4, "--renames=1")
    assert f"'acts': {len(ACTS)}, 'renames': {len(ACTS)}, 'moments': 4" in said
