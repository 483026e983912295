"""Large councils: memory of the demo and the window, a save, and what holds the window's thread."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import TODAY
from figures import Figure
from lists import FRAME

HERE = Path(__file__).resolve().parent
FEW, MANY = 5_000, 50_000
MAKING_MB = 600
WINDOW_MB = {FEW: 200, MANY: 350}
SAVE_S = CALL_S = 0.05

_MAKE = """
import resource, sys
from datetime import date
from caseworker_app import bootstrap
bootstrap.demo(sys.argv[1], children=int(sys.argv[2]), today=date.fromisoformat(sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(used / (1e6 if sys.platform == "darwin" else 1e3))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Make both demos in processes of their own, and work in a window on each."""
    env = {
        **os.environ,
        "CASEWORKER_PASSPHRASE": secrets.token_hex(8),
        "QT_LOGGING_RULES": "*.debug=false",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH")))),
    }
    for children, most in WINDOW_MB.items():
        store = str(folder / f"large-{children}")
        made = float(_told(env, "-c", _MAKE, store, str(children), TODAY.isoformat()))
        if children == MANY:
            yield _memory(f"making a demo of {children:,}", made, MAKING_MB)
        script = str(HERE / "working_window.py")
        said = _told(env, script, store, TODAY.isoformat(), str(folder / "preferences"))
        told = json.loads(said.splitlines()[-1])
        yield _memory(f"window on {children:,} children", told["memory"], most)
    seconds = told["save"]
    what = f"save on a store of {MANY:,}, key press to repainted"
    yield Figure(what, seconds, "50 ms", seconds / SAVE_S, 1)
    script = str(HERE / "watched_window.py")
    for children in WINDOW_MB:
        store = str(folder / f"large-{children}")
        kept = str(folder / f"watched-{children}")
        said = _told(env, script, store, TODAY.isoformat(), kept)
        yield from _watched(json.loads(said.splitlines()[-1]), children)


def _watched(told: dict[str, Any], children: int) -> Iterator[Figure]:
    """What the watchdog saw: steps in the lists against one frame, and the longest call of all.

    Below it stands what each thing that was done held the thread for at most.
    """
    for screen, steps in told["steps"].items():
        for step, seconds in steps.items():
            what = f"{screen} of {children:,}, a {step} in the window"
            yield Figure(what, seconds, "one frame (16 ms)", seconds / FRAME, 1)
    each = told["each"]
    notes = tuple(f"{seconds * 1000:.0f} ms  {words}" for seconds, words in each)
    longest = each[0][0] if each else 0.0
    what = f"longest call on the window's thread, {children:,} children"
    yield Figure(what, longest, "50 ms", longest / CALL_S, 1, notes=notes)


def _memory(what: str, used: float, most: int) -> Figure:
    return Figure(what, used, f"{most} MB", used / most, 1, shown=f"{used:.0f} MB")


def _told(env: dict[str, str], *line: str) -> str:
    done = subprocess.run(
        [sys.executable, *line], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{line[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
