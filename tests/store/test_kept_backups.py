"""Backups that the program makes by itself, on real files."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.services.clock import FixedClock, compact
from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.guards import ON_FILE
from caseworker_app.store.kept_backups import made
from caseworker_app.store.opening import restore_into
from caseworker_app.store.places import backups_folder
from caseworker_app.store.sql_store import SqlStore
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done
from tests.support.stores import HOW, OTHER, PASSPHRASE, Places, session_at

_DAY = date(2026, 11, 22)


def _kept(session: Session) -> list[Path]:
    return list(made(backups_folder(Path(session.where))).values())


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
    folder = backups_folder(Path(file_session.where))
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


def test_a_trail_cut_or_rewritten_whole_is_known_by_the_backups(file_session: Session) -> None:
    add_child(file_session, "Adams")
    add_child(file_session, "Brown")
    file_session.keep_backup(None)
    assert file_session.check() == ()
    store = file_session.store
    assert isinstance(store, SqlStore)
    with begin(store.engine, store.where, write=True) as connection:
        for guard in ON_FILE:
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        last, link = connection.exec_driver_sql(
            "SELECT seq, prev FROM audit ORDER BY seq DESC"
        ).first() or (0, "")
        connection.exec_driver_sql("DELETE FROM audit WHERE seq = ?", (last,))
        connection.exec_driver_sql(
            "UPDATE meta SET value = ? WHERE name = 'audit_head'", (f"{last - 1}:{link}",)
        )
        for guard in ON_FILE.values():
            connection.exec_driver_sql(guard)
    signed, kept = file_session.check()[:2]
    assert signed == f"The audit trail ends before entry {last}, to which A. Tester signed it."
    assert kept.startswith(f"The audit trail ends before entry {last}, which ")
    done(file_session, add_caseworker("R. Haque"))
    signed, kept = file_session.check()[:2]
    assert signed.endswith("is not the one that A. Tester signed: it was rewritten.")
    assert ".backup has: it was rewritten." in kept


def test_backups_go_with_the_store_that_a_restore_replaces(
    file_session: Session, tmp_path: Path
) -> None:
    add_child(file_session, "Adams")
    file_session.backup(tmp_path / "early.backup")
    add_child(file_session, "Brown")
    file_session.keep_backup(None)
    file_session.close()
    path = Path(file_session.where)
    kept = restore_into(tmp_path / "early.backup", str(path), HOW)
    assert not backups_folder(path).exists()
    assert len(list(path.parent.glob("*before-restore*.backups/*.backup"))) == 1, kept
    session = session_at(str(path))
    add_child(session, "Cole")
    assert session.check() == ()
    session.close()
    path.unlink()
    backups_folder(path).mkdir()
    restore_into(tmp_path / "early.backup", str(path), HOW)
    assert not backups_folder(path).exists()


def test_what_a_backup_says_of_its_end_may_be_anything(file_session: Session) -> None:
    add_child(file_session, "Adams")
    kept = file_session.keep_backup(None)
    assert kept is not None
    for end in ("x:y", "1", "0:" + "0" * 64, "9" * 40 + ":" + "0" * 64):
        with zipfile.ZipFile(kept.path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        told = {**json.loads(parts["manifest.json"]), "audit_head": end}
        with zipfile.ZipFile(kept.path, "w") as archive:
            for name, content in {**parts, "manifest.json": json.dumps(told).encode()}.items():
                archive.writestr(name, content)
        assert file_session.check() == ()


def test_one_is_made_under_a_new_key_though_nothing_was_recorded(file_session: Session) -> None:
    add_child(file_session, "Adams")
    where = file_session.where
    assert file_session.keep_backup(None) is not None
    file_session.close()
    bootstrap.change_passphrase(where, old=PASSPHRASE, new=OTHER, leaked=True)
    session = bootstrap.open_session(where, passphrase=OTHER, today=_DAY + timedelta(days=1))
    made_anew = session.keep_backup(None)
    assert made_anew is not None
    assert session.keep_backup(None) is None
    assert made_anew.path.name in session.drill()
    assert session.check() == ()
    session.close()
