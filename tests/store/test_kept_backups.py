"""Backups that the program makes by itself, on real files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.services.clock import FixedClock, compact
from caseworker_app.services.session import Session
from caseworker_app.store.kept_backups import folder_of, made
from tests.support.sessions import add_child
from tests.support.stores import Places, session_at

_DAY = date(2026, 11, 22)


def _kept(session: Session) -> list[Path]:
    return list(made(folder_of(Path(session.where))).values())


def test_one_is_made_where_anything_is_new_and_can_be_restored(
    file_session: Session, tmp_path: Path
) -> None:
    add_child(file_session, "Adams")
    first = file_session.keep_backup(None)
    assert first is not None
    assert file_session.keep_backup(None) is None, "nothing was recorded since"
    file_session.clock = FixedClock(_DAY + timedelta(days=1))
    add_child(file_session, "Brown")
    second = file_session.keep_backup(tmp_path / "other" / "disk")
    assert second is not None
    assert second.trouble == ""
    assert _kept(file_session) == [first.path, second.path]
    copy = tmp_path / "other" / "disk" / second.path.parent.name / second.path.name
    assert copy.read_bytes() == second.path.read_bytes()
    assert file_session.backups_made() == (first.path, second.path)


def test_old_ones_go_and_what_else_lies_there_stays(file_session: Session) -> None:
    add_child(file_session, "Adams")
    folder = folder_of(Path(file_session.where))
    folder.mkdir()
    own = folder / "before the holidays.backup"
    own.write_bytes(b"somebody's own")
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for days in range(2, 800, 7):
        (folder / f"{compact(noon - timedelta(days=days))}.backup").write_bytes(b"old")
    file_session.clock = FixedClock(_DAY)
    assert file_session.keep_backup(None) is not None
    ages = [(noon - moment).days for moment in made(folder)]
    assert max(ages) <= 53 * 7
    assert len(ages) > 50
    assert own.exists()


def test_a_second_place_that_is_gone_is_told_and_the_first_is_made(
    file_session: Session, tmp_path: Path
) -> None:
    add_child(file_session, "Adams")
    gone = tmp_path / "gone"
    gone.write_bytes(b"a file, no folder")
    found = file_session.keep_backup(gone)
    assert found is not None
    assert found.path.exists()
    assert found.trouble.startswith("The backup is not in its second place")


def test_a_damaged_backup_is_no_reason_to_make_none(file_session: Session) -> None:
    add_child(file_session, "Adams")
    first = file_session.keep_backup(None)
    assert first is not None
    first.path.write_bytes(b"cut")
    assert file_session.keep_backup(None) is not None


def test_a_server_has_none(places: Places) -> None:
    session = session_at(places.new())
    add_child(session, "Adams")
    made_one = session.keep_backup(None)
    assert (made_one is None) is ("://" in session.where)
    session.close()


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
