from __future__ import annotations

from pathlib import Path

from tests.support.alone import run_alone


def test_what_was_saved_and_the_draft_are_there_after_a_kill(tmp_path: Path) -> None:
    """One of the moments; `dev.py prove day` tries two hundred."""
    done = run_alone("tests.support.day_kills", tmp_path, 1, 3)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'moments': 1" in done.stdout
