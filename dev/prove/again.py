"""Returns of every kind and edition, thousands of edits after them, and the same bytes again."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from caseworker_app import bootstrap
from tests.support.repeating import Repeating

COUNT = 3000
CHILDREN = 60
_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Make so many edits; the figures, and a line for each run that is not what it was."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "again.store")
        bootstrap.demo(where, children=CHILDREN, seed=seed, today=_TODAY, passphrase=_PASSPHRASE)
        session = bootstrap.open_session(where, passphrase=_PASSPHRASE, today=_TODAY)
        try:
            repeating = Repeating(session, seed, Path(folder))
            repeating.write()
            repeating.edit(count)
            wrong = repeating.wrong()
        finally:
            session.close()
    told = ", ".join(f"{words} {number}" for words, number in sorted(repeating.figures.items()))
    first = f"{len(repeating.written)} returns counted again after {count:,} edits: {told}"
    return [first, *(f"WRONG seed {seed}: {one}" for one in wrong)]
