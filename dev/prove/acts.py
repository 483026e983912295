"""Random acts of two people at one store, undo and redo between, the store looked at after each."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.services.session import Session
from tests.support.acts import Sitting

COUNT = 300
_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Do so many acts; the figures, and a line for each thing that went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "acts.store")

        def open_session() -> Session:
            return bootstrap.open_session(where, passphrase=_PASSPHRASE, today=_TODAY, create=True)

        sitting = Sitting(open_session, seed)
        sitting.run(count)
    told = ", ".join(f"{words} {number}" for words, number in sorted(sitting.figures.items()))
    return [f"{sitting.at} acts: {told}", *(f"WRONG {one}" for one in sitting.wrong)]
