"""Backups that Caseworker makes by itself, and the yearly drill, on real files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.session import Session
from tests.support.sessions import add_child

_DAY = date(2026, 11, 22)


def test_a_drill_restores_one_once_a_year_and_is_on_record(file_session: Session) -> None:
    file_session.clock = FixedClock(_DAY)
    assert file_session.drill() == "", "there is none to try"
    add_child(file_session, "Adams")
    file_session.keep_backup(None)
    said = file_session.drill()
    assert said.startswith("Restore drill: 20261122T120000Z.backup, with 1 case, was restored")
    assert file_session.drill() == ""
    file_session.clock = FixedClock(_DAY + timedelta(days=366))
    assert file_session.drill().startswith("Restore drill")
    with file_session.store.reading() as reading:
        notes = [one.what for one in reading.entries_of("store", ("",)) if one.kind == "note"]
    assert sum(one.startswith("restore drill") for one in notes) == 2
    assert file_session.check() == ()


def test_a_drill_that_fails_says_so_until_one_succeeds(file_session: Session) -> None:
    add_child(file_session, "Adams")
    kept = file_session.keep_backup(None)
    assert kept is not None
    content = bytearray(kept.path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    kept.path.write_bytes(bytes(content))
    for _ in range(2):
        assert file_session.drill().startswith("The restore drill failed.")
    with pytest.raises(Unreadable):
        file_session.store.rehearse_restore()
