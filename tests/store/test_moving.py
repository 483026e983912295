"""A store moves between a file and PostgreSQL: every row, and nobody works on in two places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable, WrongPassphrase
from caseworker_app.services.session import Session
from caseworker_app.store import moving
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
