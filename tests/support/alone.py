"""A module of these tests run by itself: a process without threads, as it forks and kills."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.support.project import ROOT


def run_alone(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a module by its full name; what it said and its exit code."""
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def counted(module: str, count: int, seed: int) -> list[str]:
    """The lines of a great count that a module makes in a folder of its own.

    Args:
        module: its arguments are the folder, the count and the seed; it prints a line for each
            thing that went wrong, then its figures.
        count: how many are tried.
        seed: of the draw.

    Returns:
        A line beginning with `WRONG` for each, and the figures last.
    """
    with tempfile.TemporaryDirectory() as own:
        done = run_alone(module, own, count, seed)
    lines = done.stdout.splitlines()
    if done.returncode not in (0, 1) or not lines:
        return [f"WRONG {line}" for line in done.stderr.splitlines() or ["it said nothing"]]
    return [*(f"WRONG {line}" for line in lines[:-1] if line), lines[-1]]
