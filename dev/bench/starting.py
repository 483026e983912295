"""The start, from the process's birth to Today painted, against an empty PySide6 window."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from data import TODAY, borough
from figures import Figure, side_by_side

from caseworker_app import bootstrap
from caseworker_app.demo.filling import fill

HERE = Path(__file__).resolve().parent
CHILDREN = 5000
TIMES = 9
_LEFT_OUT = ("CASEWORKER_PASSPHRASE", "PYTHONDONTWRITEBYTECODE")


def measure(folder: Path) -> Figure:
    """Start both in turns, the key in a keyring that is a file of the bench's own."""
    store = folder / "start"
    os.environ.update(environment(folder))
    passphrase = secrets.token_hex(8)
    session = bootstrap.open_session(
        str(store), passphrase=passphrase, today=TODAY, create=True, remember=True
    )
    fill(session, borough(CHILDREN))
    session.close()
    env = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}

    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}

    def start(script: str, *arguments: str) -> float:
        line = [sys.executable, str(HERE / script), *arguments]
        started = time.perf_counter()
        with subprocess.Popen(line, env=env, cwd=folder, **quiet) as process:
            assert process.stdout is not None
            told = process.stdout.readline()
            seconds = time.perf_counter() - started
            _, complaint = process.communicate()
        if told.strip() != b"drawn":
            raise SystemExit(f"{script} did not draw its window: {complaint.decode()}")
        return seconds

    def ours() -> float:
        return start("today_window.py", "open", str(store), "--today", TODAY.isoformat())

    ours()
    start("empty_window.py")
    mine, other = side_by_side(TIMES, ours, lambda: start("empty_window.py"))
    against = f"an empty PySide6 window with an empty table ({other:.2f} s)"
    what = f"start to Today drawn, {CHILDREN:,} children"
    return Figure(what, mine, against, mine / other, 2.5)


def environment(folder: Path) -> dict[str, str]:
    """A home, a screen and a keyring of the bench's own."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*.debug=false",
        "PYTHON_KEYRING_BACKEND": "bench_keyring.FileKeyring",
        "BENCH_KEYRING": str(folder / "keyring.json"),
        "PYTHONPATH": str(HERE),
        # Installed, the program comes with its byte code as Qt does; here it is kept at the first
        # start, which is not measured.
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
