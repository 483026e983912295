"""The installed program as a process of its own: streams, signals, terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-m", "caseworker_app"]


def run(*arguments: object, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *(str(argument) for argument in arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=env,
    )


def test_json_is_utf_8_whatever_the_terminal_speaks(store: Path) -> None:
    spoken = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = run("cases", "--store", store, "--json", env=spoken)
    assert (done.returncode, done.stderr) == (0, b"")
    names = [case["surname"] + case["forename"] for case in json.loads(done.stdout)["cases"]]
    assert not all(name.isascii() for name in names)
    table = run("cases", "--store", store, env=spoken)
    assert (table.returncode, table.stderr) == (0, b"")


def test_no_window_is_opened_where_there_is_no_screen(store: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    done = run("open", store, env=blind)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert b"screen" in done.stderr
