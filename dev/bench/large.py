"""Large councils: what memory the demo and the window take, and how long a save is."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from data import TODAY
from figures import Figure

HERE = Path(__file__).resolve().parent
FEW, MANY = 5_000, 50_000
MAKING_MB = 600
WINDOW_MB = {FEW: 200, MANY: 350}
SAVE_S = 0.05

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


def _memory(what: str, used: float, most: int) -> Figure:
    return Figure(what, used, f"{most} MB", used / most, 1, shown=f"{used:.0f} MB")


def _told(env: dict[str, str], *line: str) -> str:
    done = subprocess.run(
        [sys.executable, *line], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{line[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
