"""SIGKILL at drawn moments of a caseworker's day at the window: nothing confirmed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT = 200
ROOT = Path(__file__).resolve().parent.parent.parent


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Kill the day at so many drawn moments.

    Args:
        count: at how many moments.
        seed: of the draw.

    Returns:
        The figures in one line, and a line beginning with `WRONG` for each kill after which a
        change or a draft was gone, or the store not sound.
    """
    with tempfile.TemporaryDirectory() as own:
        # In a process of its own, without threads, as it forks.
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.day_kills", own, str(count), str(seed)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    lines = done.stdout.splitlines()
    if done.returncode not in (0, 1) or not lines:
        return [f"WRONG {line}" for line in done.stderr.splitlines() or ["it said nothing"]]
    return [*(f"WRONG {line}" for line in lines[:-1] if line), lines[-1]]
