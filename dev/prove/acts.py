"""Random acts of two people at one store, undo and redo between, the store looked at after each."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.services.desk import OpenDesk
from tests.support.acts import Session

COUNT = 300
_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Do so many acts; the figures, and a line for each thing that went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "acts.store")

        def open_desk() -> OpenDesk:
            return bootstrap.open_desk(where, passphrase=_PASSPHRASE, today=_TODAY, create=True)

        session = Session(open_desk, seed)
        session.run(count)
    told = ", ".join(f"{words} {number}" for words, number in sorted(session.figures.items()))
    return [f"{session.at} acts: {told}", *(f"WRONG {one}" for one in session.wrong)]
