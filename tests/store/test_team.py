"""A team's database: what somebody with SQL and the application's sign-in cannot do."""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.services import retention
from caseworker_app.store.team import set_up_team
from tests.support.commands import add_caseworker
from tests.support.postgres import Server
from tests.support.sessions import add_child, done
from tests.support.stores import HOW, session_at


def _as(server: Server, url: str, user: str) -> str:
    """The same database as another user, who is let in the way the set-up says."""
    name = urlsplit(url).path[1:]
    there = server.run(f"SELECT 1 FROM pg_roles WHERE rolname = '{user}'")
    if not there:
        server.run(f'CREATE ROLE "{user}" LOGIN')
    server.run(f'GRANT "{name}_people" TO "{user}"')
    return url.replace("test@", f"{user}@", 1)


def _refused(url: str, statement: str) -> str:
    plain = url.replace("+psycopg", "", 1)
    with psycopg.connect(plain, autocommit=True) as connection, pytest.raises(psycopg.Error) as why:
        connection.execute(statement.encode())
    return str(why.value)


def test_people_work_and_the_trail_is_out_of_their_reach(postgresql: Server) -> None:
    url = postgresql.database()
    first = bootstrap.set_up_team(url)
    assert first.faults == []
    assert first.left
    again = bootstrap.set_up_team(url)
    assert again.faults == []
    assert not any("made" in one for one in again.lines)

    ann = _as(postgresql, url, "ann")
    session = session_at(ann)
    child = add_child(session, "Adams")
    done(session, add_caseworker("R. Haque"))
    gone = add_child(session, "Quillfeather")
    session.opened(gone)
    retention.dispose(session, (gone,), "mistake")
    assert session.check() == ()
    session.close()

    for statement in (
        "UPDATE audit SET who = 'somebody else'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO audit SELECT * FROM audit LIMIT 0",
        "DROP TRIGGER audit_no_change ON audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "ALTER TABLE child ADD COLUMN more text",
        "CREATE TABLE public.mine (x int)",
        (
            "CREATE OR REPLACE FUNCTION public.audit_append(entries jsonb) RETURNS void "
            "LANGUAGE sql AS 'SELECT NULL::void'"
        ),
        "DROP FUNCTION public.audit_append(jsonb)",
        "UPDATE meta SET value = '1:0' WHERE name = 'audit_head'",
        "DELETE FROM meta WHERE name = 'audit_head'",
        "INSERT INTO alembic_version VALUES ('9999')",
        "UPDATE signature SET who = 'somebody else'",
        "DELETE FROM signature",
        "DROP TRIGGER signature_by_own ON signature",
        "SET ROLE test",
        f'SET ROLE "{urlsplit(url).path[1:]}_owner"',
    ):
        assert _refused(ann, statement), statement
    sql = "INSERT INTO signature SELECT id + 1, at, who, 'bob:1', public, act, head, looks, of, "
    theirs = f"{sql} signature, seq, looked FROM signature ORDER BY id DESC LIMIT 1"
    assert "made by whoever signs in" in _refused(ann, theirs)
    forged = 'SELECT audit_append(\'[{"seq": 1, "prev": "x", "hash": "y"}]\'::jsonb)'
    assert "only added at the end" in _refused(ann, forged)

    session = session_at(ann)
    assert session.check() == ()
    with psycopg.connect(ann.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(f"UPDATE child SET surname = 'Other' WHERE id = {child}".encode())
    assert any("surname" in one for one in session.check()), "a row changed by SQL is named"
    session.close()


def test_others_do_not_get_in(postgresql: Server) -> None:
    url = postgresql.database()
    bootstrap.set_up_team(url)
    if not postgresql.run("SELECT 1 FROM pg_roles WHERE rolname = 'stranger'"):
        postgresql.run("CREATE ROLE stranger LOGIN")
    query = "SELECT has_database_privilege('stranger', '{}', 'CONNECT')"
    assert postgresql.run(query.format(urlsplit(url).path[1:])) == [(False,)]


def test_a_store_of_before_is_made_a_teams(postgresql: Server) -> None:
    url = postgresql.database()
    bootstrap.open_session(url, create=True).close()
    done_ = bootstrap.set_up_team(url)
    assert done_.faults == []
    assert any("now belong to" in one for one in done_.lines)
    session = session_at(_as(postgresql, url, "ann"))
    add_child(session, "Adams")
    assert session.check() == ()
    session.close()


def test_what_is_wrong_is_named(postgresql: Server) -> None:
    url = postgresql.database()
    bootstrap.set_up_team(url)
    name = urlsplit(url).path[1:]
    _as(postgresql, url, "ann")
    postgresql.run(f'GRANT "{name}_owner" TO ann')
    postgresql.run(f'ALTER ROLE "{name}_owner" LOGIN')
    assert len(bootstrap.set_up_team(url).faults) == 2
    postgresql.run(f'REVOKE "{name}_owner" FROM ann')
    postgresql.run(f'ALTER ROLE "{name}_owner" NOLOGIN')
    assert bootstrap.set_up_team(url).faults == []


def test_a_file_and_somebody_without_rights_are_refused(postgresql: Server) -> None:
    with pytest.raises(Refused, match="PostgreSQL"):
        set_up_team("/somewhere/a.store", HOW)
    url = postgresql.database()
    bootstrap.set_up_team(url)
    with pytest.raises(Refused, match="ann may not make roles"):
        set_up_team(_as(postgresql, url, "ann"), HOW)
