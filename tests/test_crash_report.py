"""A window that breaks leaves a report without a name; one that closes leaves nothing."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys

import pytest

from caseworker_app import crash_report, logs, paths
from tests.support.project import ROOT

_RUN = """
import ctypes, sys
from caseworker_app import crash_report
running = crash_report.begin()
def grace_okafor():
    surname = "Okafor"
    print("ready", flush=True)
    if sys.stdin.readline() == "break\\n":
        ctypes.string_at(0)
    running.end()
grace_okafor()
"""


def window(word: str) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, "-c", _RUN],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert made.stdin is not None
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    if word:
        made.communicate(f"{word}\n")
    return made


def test_what_broke_is_told_by_its_lines_and_nothing_else() -> None:
    assert window("break").returncode != 0
    (report,) = crash_report.ended()
    assert "grace_okafor" in report.text
    assert "Okafor" not in report.text.replace("grace_okafor", "")
    assert str(ROOT) not in report.text
    assert "Begun: " in report.text
    assert report.broke
    report.seen()
    assert crash_report.ended() == []
    assert not list(paths.log_folder().glob("window-*"))


def test_who_closes_leaves_nothing_and_who_runs_is_let_be() -> None:
    window("close")
    assert crash_report.ended() == []
    with window("") as living:
        assert crash_report.ended() == []
        living.send_signal(signal.SIGKILL)
        living.wait()
        (report,) = crash_report.ended()
        assert "ended from outside" in report.text
        assert not report.broke
        report.seen()


def test_folders_above_the_program_are_left_out() -> None:
    left = 'Fatal Python error: Aborted\n  File "/home/grace.okafor/.venv/lib/python3.11/queue.py"'
    begun = "2026-11-29 10:00:00 +0000"
    path = paths.log_folder() / "window-0123abcd.running"
    path.write_text(f"{begun}\n{left}, line 3 in get\n", encoding="utf-8")
    (report,) = crash_report.ended()
    assert "okafor" not in report.text
    assert 'File "lib/python3.11/queue.py", line 3 in get' in report.text
    report.seen()


@pytest.mark.logs_expected
def test_a_bug_is_reported_with_its_line_of_the_log() -> None:
    logs.keep_log()
    log = logging.getLogger("caseworker.window")
    log.error("%s %s at %s", "AB12CD34", "KeyError", "show:12 < ask:40")
    log.error("%s %s at %s", "FFFFFFFF", "ValueError", "other:1")
    text = crash_report.of_bug("AB12CD34")
    assert "KeyError at show:12 < ask:40" in text
    assert "other" not in text
    logging.getLogger("caseworker").handlers.clear()
