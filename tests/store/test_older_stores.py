"""Stores and backups of earlier revisions: they come up with all that was in them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from caseworker_app import paths
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.measures.suppression import Counts
from caseworker_app.domain.roles import Role
from caseworker_app.services.commands import ChangeChild, TellApart, Undo, WithdrawRun
from caseworker_app.services.returns.runs import published_before, runs
from caseworker_app.services.session import Session
from caseworker_app.store import cipher, migrate
from caseworker_app.store.backup import pack
from caseworker_app.store.engine import begin, file_engine, server_engine
from caseworker_app.store.key_files import find, unsealed
from caseworker_app.store.making import is_there
from caseworker_app.store.opening import restore_into
from caseworker_app.store.places import place
from caseworker_app.store.sql_store import SqlStore
from tests.support.postgres import Server
from tests.support.sessions import add_child, done, reviewed
from tests.support.stores import HOW, PASSPHRASE, Places, session_at

_SEALED = "was sealed; its head was"


def _as_it_was(where: str, revision: str) -> None:
    """Take a closed store back to what an older application would have left."""
    at = place(where)
    if at.path is not None:
        connection = cipher.open_file(at.path, unsealed(find(at.path).first, PASSPHRASE, "x"))
        # As an upgrade has it: with them on, a table made anew would take its rows along.
        connection.execute("PRAGMA foreign_keys=OFF")
        engine = file_engine(connection)
        with begin(engine, "old", write=True) as bound:
            migrate.downgrade(bound, paths.migrations(), revision)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
        return
    engine = server_engine(at.url)
    with begin(engine, "old", write=True) as bound:
        migrate.downgrade(bound, paths.migrations(), revision)
    engine.dispose()


def _seen(session: Session) -> tuple[object, ...]:
    history = [row for row in session.history(999) if _SEALED not in row.what]
    return session.caseload(), session.settings(), session.alerts(), history, session.last_undo()


def _faults(session: Session) -> tuple[str, ...]:
    """What `check` says, but for the rule pack in force, which going back took away."""
    return tuple(one for one in session.check() if not one.startswith("The rule pack number 1 "))


def _says_that_it_was_sealed(session: Session) -> None:
    assert [row.who for row in session.history(999) if _SEALED in row.what] == ["Caseworker"]


def test_rules_kept_before_they_had_roles_play_those_of_today(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    reviewed(session)
    before = session.alerts(), session.reviews()
    assert {row.role for row in before[0]} >= {Role.DECISION, Role.NEXT_REVIEW}
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        rows = connection.execute(text("SELECT id, body FROM rule_version")).fetchall()
        for key, body in rows:
            kept = json.loads(body)
            older = json.dumps({name: kept[name] for name in kept.keys() - {"role", "stage"}})
            values = {"body": older, "id": key}
            connection.execute(text("UPDATE rule_version SET body = :body WHERE id = :id"), values)
    session.close()

    session = session_at(where)
    assert (session.alerts(), session.reviews()) == before
    session.close()


def test_a_store_of_the_first_revision_comes_up_with_every_row_its_trail_and_undo(
    places: Places,
) -> None:
    where = places.new()
    session = session_at(where)
    key = reviewed(session)
    done(session, ChangeChild(key, session.case(key).child.version, {"need": "MLD", "upn": ""}))
    before = _seen(session)
    session.close()
    _as_it_was(where, "0001")

    session = session_at(where)

    seen = _seen(session)
    _says_that_it_was_sealed(session)
    assert seen == before
    assert _faults(session) == ()
    last = session.last_undo()
    assert last is not None
    done(session, Undo(last[0]))
    assert session.case(key).child.need == ""
    done(session, TellApart(key, session.case(key).child.version, add_child(session, "Patel")))
    assert _faults(session) == ()
    session.close()


def test_a_return_published_before_runs_were_kept_protects_still(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    reviewed(session)
    session.close()
    _as_it_was(where, "0016")
    first, second = (
        Edition(Period(date(2026, 9, 1), end), end, Counts({("live",): 7}), frozenset())
        for end in (date(2026, 10, 31), date(2026, 11, 22))
    )
    told = [base64.b85encode(one.packed()).decode() for one in (first, second)]
    with _raw(where) as connection:
        for number, text_of in enumerate((*told, told[0]), 1):
            values = {"name": f"published:{number:06}", "value": text_of}
            connection.execute(text("INSERT INTO meta VALUES (:name, :value)"), values)

    session = session_at(where)

    with session.store.reading() as reading:
        assert [one.as_at for one in published_before(reading)] == [first.as_at, second.as_at]
        left = [value for name, value in reading.meta().items() if name.startswith("published:")]
    assert sorted(left) == ["return 1", "return 2", "return 3"]
    assert runs(session)[-1].words == "board return, 1 Sep 2026 to 31 Oct 2026"
    assert [(one.public, one.figures) for one in runs(session)] == [(True, "")] * 3
    assert session.check() == ()
    done(session, WithdrawRun("2", "Never sent", never_left=True))
    with session.store.reading() as reading:
        assert [one.as_at for one in published_before(reading)] == [first.as_at]
    session.close()


@contextmanager
def _raw(where: str) -> Iterator[Connection]:
    """A transaction on a closed store as its tables stand."""
    at = place(where)
    if at.path is None:
        engine = server_engine(at.url)
        with begin(engine, "old", write=True) as bound:
            yield bound
        engine.dispose()
        return
    connection = cipher.open_file(at.path, unsealed(find(at.path).first, PASSPHRASE, "x"))
    with begin(file_engine(connection), "old", write=True) as bound:
        yield bound
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def test_a_backup_of_the_first_revision_can_be_restored(places: Places, empty_file: Path) -> None:
    files = Places(places.folder, empty_file, places.find_server, "file")
    old = files.new()
    session = session_at(old)
    key = reviewed(session)
    before = _seen(session)
    session.close()
    _as_it_was(old, "0001")
    backup = places.folder / "old.backup"
    pack(Path(old), find(Path(old)).first, backup, {"revision": "0001"})
    on_file = places.kind == "file"
    where = str(places.folder / "back.store") if on_file else places.find_server().database()

    restore_into(backup, where, HOW)

    assert is_there(where)
    session = session_at(where)
    _says_that_it_was_sealed(session)
    assert _seen(session) == before
    assert session.case(key).child.proposals == ()
    assert _faults(session) == ()
    session.close()


def test_a_server_with_an_older_store_is_known_to_hold_one(
    empty_file: Path, tmp_path: Path, postgresql: Server
) -> None:
    where = Places(tmp_path, empty_file, lambda: postgresql, "postgresql").new()
    _as_it_was(where, "0001")

    assert is_there(where)
    assert not is_there(postgresql.database())


def test_a_database_that_is_open_elsewhere_is_not_upgraded(
    empty_file: Path, tmp_path: Path, postgresql: Server
) -> None:
    where = Places(tmp_path, empty_file, lambda: postgresql, "postgresql").new()
    elsewhere = session_at(where)
    _as_it_was(where, "0001")

    with pytest.raises(Unavailable, match="is open in another program or window"):
        session_at(where)

    elsewhere.close()
    session = session_at(where)
    assert _faults(session) == ()
    session.close()
