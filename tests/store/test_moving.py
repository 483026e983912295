"""A store moves between a file and PostgreSQL: every row, and nobody works on in two places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.disposed import OUT_OF_REACH
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable, WrongPassphrase
from caseworker_app.services import retention
from caseworker_app.services.session import Session
from caseworker_app.store import moving
from caseworker_app.store.places import backups_folder
from tests.support.postgres import Server
from tests.support.sessions import add_child
from tests.support.stores import PASSPHRASE, TODAY

NEW = "seven very plain ducks swim"


def _filled(session: Session) -> str:
    add_child(session)
    where = session.where
    session.close()
    return where


def _open(where: str, passphrase: str = PASSPHRASE) -> Session:
    return bootstrap.open_session(where, passphrase=passphrase, today=TODAY)


def _surnames(where: str, passphrase: str = PASSPHRASE) -> list[str]:
    session = _open(where, passphrase)
    try:
        assert session.check() == ()
        return [row.surname for row in session.cases()]
    finally:
        session.close()


def test_there_and_back_with_every_row_and_the_old_ones_say_where(
    file_session: Session, postgresql: Server, tmp_path: Path
) -> None:
    where, url, back = _filled(file_session), postgresql.database(), str(tmp_path / "back.store")

    said = bootstrap.move(where, url, passphrase=PASSPHRASE)
    assert "each was compared" in said
    assert _surnames(url) == ["Okafor"]
    with pytest.raises(Unavailable, match=r"was moved to .* on "):
        _open(where)

    with pytest.raises(Refused, match="weak"):
        bootstrap.move(url, back, new="password1")
    bootstrap.move(url, back, new=NEW)
    assert _surnames(back, NEW) == ["Okafor"]
    with pytest.raises(WrongPassphrase):
        _open(back)
    with pytest.raises(Unavailable, match="was moved to"):
        _open(url)


def test_only_into_another_kind_of_place_that_is_empty(
    file_session: Session, postgresql: Server, tmp_path: Path
) -> None:
    where, url = _filled(file_session), postgresql.database()
    with pytest.raises(Refused, match="from a file to a database"):
        bootstrap.move(where, str(tmp_path / "other.store"), passphrase=PASSPHRASE, new=NEW)
    bootstrap.open_session(url, today=TODAY, create=True).close()
    with pytest.raises(Refused, match="empty database"):
        bootstrap.move(where, url, passphrase=PASSPHRASE)
    assert _surnames(where) == ["Okafor"]


def test_nobody_else_may_have_it_open(file_session: Session, postgresql: Server) -> None:
    where, url = _filled(file_session), postgresql.database()
    other = _open(where)
    try:
        with pytest.raises(Unavailable, match="open in another"):
            bootstrap.move(where, url, passphrase=PASSPHRASE)
    finally:
        other.close()
    assert _surnames(where) == ["Okafor"]


def test_a_row_that_comes_out_otherwise_stops_it_and_nothing_is_moved(
    file_session: Session, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, url = _filled(file_session), postgresql.database()
    copied = moving.copy_rows

    def with_a_slip(read: Any, write: Any, tick: Any) -> None:
        copied(read, write, tick)
        write.exec_driver_sql("UPDATE child SET surname = 'Okafar'")

    monkeypatch.setattr(moving, "copy_rows", with_a_slip)
    with pytest.raises(Unreadable, match=r"Table child .* came out otherwise"):
        bootstrap.move(where, url, passphrase=PASSPHRASE)
    monkeypatch.undo()
    assert _surnames(where) == ["Okafor"]
    with psycopg.connect(url.replace("+psycopg", "", 1)) as plain:
        assert plain.execute("SELECT to_regclass('child')").fetchone() == (None,)
    bootstrap.move(where, url, passphrase=PASSPHRASE)
    assert _surnames(url) == ["Okafor"]


def test_people_sign_in_there_by_their_log_in_and_its_backup_opens_as_a_file(
    file_session: Session, postgresql: Server, tmp_path: Path
) -> None:
    bootstrap.add_person(file_session, "Ann Lee", ["administrator"], new=NEW, passphrase=PASSPHRASE)
    where, url, again = _filled(file_session), postgresql.database(), postgresql.database()
    said = bootstrap.move(where, url, passphrase=PASSPHRASE)
    assert said.endswith("make “A. Tester” or “Ann Lee”, or nobody can open it.")
    with pytest.raises(Refused, match="not among the people"):
        _open(url)

    with psycopg.connect(url.replace("+psycopg", "", 1)) as plain:
        plain.execute("UPDATE caseworker SET sign_in = 'test' WHERE sign_in = 'Ann Lee'")
    session = _open(url)
    session.backup(tmp_path / "of.backup")
    session.close()
    restored = tmp_path / "restored.store"
    bootstrap.restore(tmp_path / "of.backup", str(restored), passphrase=PASSPHRASE)
    session = _open(str(restored))
    assert [row.surname for row in session.cases()] == ["Okafor"]
    session.close()
    assert "nobody can open it" not in bootstrap.move(str(restored), again, passphrase=PASSPHRASE)


def test_a_disposal_there_tells_of_what_was_left_behind(
    file_session: Session, postgresql: Server, tmp_path: Path
) -> None:
    where, url, back = _filled(file_session), postgresql.database(), str(tmp_path / "back.store")
    folder = backups_folder(Path(where))
    session = _open(where)
    session.keep_backup(None)
    session.close()
    (backup,) = folder.glob("*.backup")
    bootstrap.move(where, url, passphrase=PASSPHRASE)
    bootstrap.move(url, back, new=NEW)
    session = _open(back, NEW)
    (child,) = [row.id for row in session.cases()]
    done = retention.dispose(session, [child], "erasure")
    told = {one["where"]: one["state"] for one in done.copies_listed}
    session.close()
    assert told[where] == told[str(backup)] == OUT_OF_REACH
    assert [one for one in told if one.startswith("postgresql://")]
