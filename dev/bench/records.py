"""A council of 50,000 children with twenty records each: what its largest screens take."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from data import TODAY
from figures import Figure, told
from records_window import REFERENCE, WHOLE

HERE = Path(__file__).resolve().parent
CHILDREN = 50_000
CASE_S, KEY_S, SCREEN_S = 0.1, 0.05, 0.3
_LONGER = 1.2
"""Of a list that is shown in parts the bar is of its first rows; from so much longer on that the
whole takes, it is noted."""
_BARS = (
    ("case page", CASE_S),
    ("Plan tab, turned to", CASE_S),
    ("Plan tab", KEY_S),
    ("", SCREEN_S),
)
"""By how its words begin, the seconds of the bar of a figure; the first that fits."""

_MAKE = """
import os, sys
from datetime import date
import many_records
from caseworker_app import bootstrap
day = date.fromisoformat(sys.argv[3])
bootstrap.demo(sys.argv[1], children=int(sys.argv[2]), today=day)
session = bootstrap.open_session(sys.argv[1], today=day)
print(many_records.fill(session))
session.close()
"""


def measure(folder: Path, children: int = CHILDREN) -> Iterator[Figure]:
    """Make the store in a process of its own, and work in a window on it in another.

    What each took is told beside something plain that was timed in the same run, which says how
    fast the machine was then.
    """
    paths = (str(HERE), os.environ.get("PYTHONPATH"))
    env = {
        **os.environ,
        "CASEWORKER_PASSPHRASE": secrets.token_hex(8),
        "QT_LOGGING_RULES": "*.debug=false",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    store = str(folder / f"records-{children}")
    many = int(_said(env, "-c", _MAKE, store, str(children), TODAY.isoformat()))
    script, kept = str(HERE / "records_window.py"), str(folder / "records-preferences")
    found = json.loads(_said(env, script, store, TODAY.isoformat(), kept).splitlines()[-1])
    plain = found.pop(REFERENCE)
    for what, seconds in found.items():
        if what.endswith(WHOLE):
            continue
        bar = next(bar for begins, bar in _BARS if what.startswith(begins))
        beside = (
            f"{bar * 1000:.0f} ms ({seconds / plain:.1f} x 200,000 words sorted, {told(plain)})"
        )
        whole = found.get(what + WHOLE, seconds)
        notes = (f"the whole of it: {told(whole)}",) if whole > seconds * _LONGER else ()
        yield Figure(f"{what}, of {many:,} records", seconds, beside, seconds / bar, 1, notes=notes)


def _said(env: dict[str, str], *line: str) -> str:
    done = subprocess.run(
        [sys.executable, *line], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{line[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
