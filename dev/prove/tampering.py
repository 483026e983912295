"""Every kind of tampering, by SQL, on a file and on both kinds of server: refused, or named.

What each kind does and what `check` has to say of it is declared in `tests/support/tampering.py`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.support.postgres import server
from tests.support.tampering import KINDS, PLACES, Kind, Stores, tried

COUNT = sum(len(kind.places) for kind in KINDS)


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Try so many kinds, each on a store of its own; the figures, and a line for what is wrong."""
    every = [(kind, place) for kind in KINDS for place in PLACES if place in kind.places]
    random = Random(seed)  # noqa: S311  (nothing secret is drawn)
    drawn = random.sample(every, min(count, len(every)))
    scratch = Path(tempfile.mkdtemp(prefix="caseworker-prove-"))
    # Signing keys of log-ins stand in a person's own folder.
    os.environ["XDG_DATA_HOME"] = str(scratch / "data")
    try:
        with server() as found:
            wrong = list(_wrong(Stores(scratch, lambda: found), drawn))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    figures = ", ".join(f"{sum(one == place for _, one in drawn)} on {place}" for place in PLACES)
    return [f"{len(drawn)} of {len(KINDS)} kinds and {len(PLACES)} places, {figures}", *wrong]


def _wrong(stores: Stores, drawn: list[tuple[Kind, str]]) -> Iterator[str]:
    for kind, place in drawn:
        if wrong := tried(stores, kind, place):
            yield f"WRONG {wrong}"
