"""SIGKILL at renames and drawn moments: a store opens, is sound, and holds what was confirmed.

The whole, each rename of each act and 400 moments, is `dev.py prove kills`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.alone import run_alone
from tests.support.kill_acts import ACTS


def _kills(folder: Path, moments: int, *more: str) -> str:
    done = run_alone("tests.support.kills", folder, moments, 11, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("act", [act.name for act in ACTS])
def test_drawn_moments_are_survived(tmp_path: Path, act: str) -> None:
    said = _kills(tmp_path, 1, f"--renames={2 if act == 'restore' else 1}", act)
    assert "'acts': 1" in said
    assert "'renames': 0" not in said
    assert "'moments': 1" in said
