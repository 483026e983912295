"""Returns counted again after drawn edits; `dev.py prove again` makes three thousand."""

from __future__ import annotations

from pathlib import Path

from caseworker_app import bootstrap
from tests.support.repeating import Repeating
from tests.support.stores import PASSPHRASE, TODAY


def test_every_return_is_the_same_bytes_after_drawn_edits(tmp_path: Path) -> None:
    where = str(tmp_path / "town.store")
    bootstrap.demo(where, children=12, seed=4, today=TODAY, passphrase=PASSPHRASE)
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    try:
        repeating = Repeating(session, 4, tmp_path)
        repeating.write()
        repeating.edit(60)
        assert repeating.figures.keys() >= {"undone", "record", "disposed of"}
        assert repeating.wrong() == []
        repeating.written["1"]["live"] = 0
        assert len(repeating.wrong("1")) == 1
    finally:
        session.close()
