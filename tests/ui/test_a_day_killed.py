from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.project import ROOT


def test_what_was_saved_and_the_draft_are_there_after_a_kill(tmp_path: Path) -> None:
    """One of the moments; `dev.py prove day` tries two hundred."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.day_kills", str(tmp_path), "1", "3"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'moments': 1" in done.stdout
