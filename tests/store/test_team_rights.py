"""A team's database as each role: what binds by plain SQL, and that all they may do works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import ROLES, TABLE, Person, Right
from caseworker_app.services import commands as do
from caseworker_app.services import retention
from caseworker_app.services.clock import FixedClock
from caseworker_app.services.people import add_person, change_roles, ending
from caseworker_app.services.session import Session
from caseworker_app.store.opening import open_store
from caseworker_app.store.tables import METADATA
from caseworker_app.store.team_rights import BARE, OPEN_DATA, REVISION, WRITES, written_by
from tests.support.commands import reassign
from tests.support.every_kind import Drawing, kinds
from tests.support.postgres import Server
from tests.support.sessions import add_child, done, incoming, incoming_case, record
from tests.support.stores import HOW, TEMPLATE, TODAY, session_at

TABLES = sorted({*METADATA.tables, REVISION})


@dataclass
class Team:
    """A team's database with somebody for each role, who logs in under the name of it.

    Attributes:
        server, url: where it is, as the server's administrator.
        name: of the database.
    """

    server: Server
    url: str
    name: str

    def log_in(self, who: str) -> str:
        """Make a log-in the way the set-up says; the value is its name."""
        made = f"{who}_{self.name}"
        self.server.run(f'CREATE ROLE "{made}" LOGIN IN ROLE "{self.name}_people"')
        return made

    def at(self, who: str) -> str:
        """The address as somebody."""
        return self.url.replace("test@", f"{who}_{self.name}@", 1)

    def connected(self, who: str) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of somebody with a program of their own."""
        return psycopg.connect(self.at(who).replace("+psycopg", "", 1), autocommit=True)

    def session(self, role: str) -> Session:
        """The application, as somebody of a role."""
        store, person = (
            open_store(self.at(role), HOW),
            Person(f"{role}_{self.name}", frozenset({role})),
        )
        return Session(store, bootstrap.PACK, FixedClock(TODAY), person)

    def has(self, who: str, role: str) -> bool:
        """Whether somebody belongs to a role on the server."""
        query = f"SELECT pg_has_role('{who}_{self.name}', '{self.name}_{role}', 'MEMBER')"
        return self.server.run(query) == [(True,)]


@pytest.fixture(scope="module")
def team(postgresql: Server) -> Team:
    """A store that was there, made a team's, whose people an administrator let in."""
    url = postgresql.database(TEMPLATE)
    found = Team(postgresql, url, urlsplit(url).path[1:])
    first = bootstrap.set_up_team(url)
    assert first.faults == []
    assert any("all who work here hold every role" in one for one in first.lines)
    session = session_at(url)
    for role in ROLES:
        add_person(session, found.log_in(role), {role}, "", None)
    session.close()
    found.log_in("stranger")
    return found


def _refusals(team: Team, who: str) -> set[tuple[str, str]]:
    """The tables, and what of them is refused to somebody with a program of their own."""
    found = set()
    with team.connected(who) as connection:
        for table in TABLES:
            ((column,),) = connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1",
                (f"public.{table}",),
            )
            for way, statement in (
                ("SELECT", f"SELECT * FROM {table} LIMIT 0"),
                ("INSERT", f"INSERT INTO {table} SELECT * FROM {table} WHERE false"),
                ("UPDATE", f'UPDATE {table} SET "{column}" = "{column}" WHERE false'),
                ("DELETE", f"DELETE FROM {table} WHERE false"),
                ("TRUNCATE", f"TRUNCATE {table}"),
            ):
                try:
                    connection.execute(statement.encode())
                except psycopg.errors.InsufficientPrivilege:
                    found.add((table, way))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_by_plain_sql_a_role_writes_what_it_may_and_nothing_else(team: Team, role: str) -> None:
    may = {(table, way) for table, ways in written_by(role).items() for way in ways}
    every = {(table, way) for table in TABLES for way in (*WRITES, "TRUNCATE")}
    assert _refusals(team, role) == every - may


def test_somebody_without_a_role_reads_that_they_have_none(team: Team) -> None:
    refused = {table for table, way in _refusals(team, "stranger") if way == "SELECT"}
    assert refused == set(TABLES) - BARE
    with team.connected("stranger") as connection:
        connection.execute(f"SELECT * FROM {OPEN_DATA}".encode())
    with pytest.raises(Refused, match="not among the people"):
        bootstrap.open_session(team.at("stranger"))


def test_what_a_role_may_not_write_of_an_area_it_does_not_write_by_sql() -> None:
    """But for what goes along with what it may: said here, and not derived."""
    along = {
        "caseworker": {"caseworker", "senior", "data"},
        "setting": {"caseworker", "administrator"},
        "return_run": {"senior", "data", "administrator", "reader"},
    }
    for kind in every_kind():
        for role, grant in TABLE[kind.area].items():
            writes = Right.WRITE in grant.all or (
                Right.WRITE in grant.own and bool(kind.owner or kind.mine)
            )
            if writes:
                assert written_by(role)[kind.name] == set(WRITES), (role, kind.name)
            elif not kind.owner and kind.name != "child" and role not in along.get(kind.name, ()):
                assert kind.name not in written_by(role), (role, kind.name)
    of_children = {"child", "fact", "child_key", *(one.name for one in every_kind() if one.owner)}
    book = {"meta", "counter", "draft", "access", "access_child", "signature", "child_key"}
    assert written_by("reader").keys() == {*book, "return_run", "kept_body", "open_figure"}
    audited = {"plan_audit", "audit_action", "moderation", "plan_version", "child_key"}
    assert written_by("quality").keys() & of_children == audited
    for role in ROLES:
        assert "audit" not in written_by(role)
        assert "UPDATE" not in written_by(role)["child_key"]
        assert ("DELETE" in written_by(role)["child_key"]) is (role == "administrator")
        assert ("own_version" in written_by(role)) is (role == "administrator")
        assert ("UPDATE" in written_by(role).get("caseworker", ())) is (role == "administrator")


def test_nobody_makes_themselves_an_administrator_by_sql(team: Team) -> None:
    who = f"data_{team.name}"
    with team.connected("data") as connection:
        for statement in (
            f"UPDATE caseworker SET roles = 'administrator' WHERE sign_in = '{who}'",
            f"DELETE FROM caseworker WHERE sign_in = '{who}'",
            (
                "INSERT INTO caseworker SELECT (jsonb_populate_record(c, jsonb_build_object("
                f"'id', 9999, 'sign_in', '{who}', 'name', 'D', 'roles', 'administrator'))).* "
                "FROM caseworker c LIMIT 1"
            ),
            f'GRANT "{team.name}_administrator" TO "{who}"',
            f'SET ROLE "{team.name}_administrator"',
            f'SET ROLE "{team.name}_owner"',
            "ALTER TABLE caseworker DISABLE TRIGGER caseworker_by_administrator",
            "DROP FUNCTION team_differs()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
        connection.execute(b"SELECT team_follow()")
    assert team.has("data", "data")
    assert not team.has("data", "administrator")


def test_an_open_window_keeps_two_connections(team: Team) -> None:
    """Its hold, and one for all that it asks: a server has few for many windows."""
    session = bootstrap.open_session(team.at("senior"), today=TODAY)
    child = add_child(session, "Quince")
    record(session, child, "plan_sent", date(2026, 10, 1))
    session.today_lines()
    session.sought()
    query = f"SELECT count(*) FROM pg_stat_activity WHERE usename = 'senior_{team.name}'"
    assert team.server.run(query) == [(2,)]
    session.close()


def test_nobody_adds_to_the_history_or_looks_in_the_name_of_a_colleague(team: Team) -> None:
    with team.connected("data") as connection:
        ((seq, link),) = connection.execute(
            "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
        ).fetchall()
        for who, why in (
            (f"senior_{team.name}", psycopg.errors.InsufficientPrivilege),
            # Of their own name nothing is said: the rest is wanting.
            (f"data_{team.name}", psycopg.errors.NotNullViolation),
        ):
            entry = {"seq": seq + 1, "prev": link, "hash": "0" * 64, "who": who}
            with pytest.raises(why):
                connection.execute("SELECT audit_append(%s::jsonb)", (json.dumps([entry]),))
            with pytest.raises(why):
                connection.execute("INSERT INTO access (id, who) VALUES (0, %s)", (who,))


def test_roles_on_the_server_follow_those_in_the_store(team: Team) -> None:
    session = team.session("administrator")
    late = f"late_{team.name}"
    add_person(session, late, {"quality"}, "", None)
    team.log_in("late")
    assert not team.has("late", "quality")
    bootstrap.open_session(team.at("late"), today=TODAY).close()
    assert team.has("late", "quality"), "who gets a log-in later has the role once they open"
    change_roles(session, late, {"reader", "data"})
    assert [one for one in ROLES if team.has("late", one)] == ["data", "reader"]
    done(session, do.Undo())
    assert [one for one in ROLES if team.has("late", one)] == ["quality"]
    ending(session, late)
    assert not any(team.has("late", one) for one in (*ROLES, "people"))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        team.connected("late")
    assert session.check() == ()
    session.close()


def test_what_is_wrong_with_roles_is_named_and_put_right(team: Team) -> None:
    team.server.run(f'GRANT UPDATE ON child TO "{team.name}_reader"', team.name)
    team.server.run(f'GRANT DELETE ON note TO "stranger_{team.name}"', team.name)
    team.server.run("DROP TRIGGER caseworker_is_followed ON caseworker", team.name)
    session = session_at(team.url)
    (said,) = session.check()
    assert said == "The guard caseworker_is_followed of the audit is missing."
    session.close()
    team.server.run(f'GRANT "{team.name}_data" TO "reader_{team.name}"')
    first = bootstrap.set_up_team(team.url)
    assert any(f"_data: taken from reader_{team.name}" in one for one in first.lines)
    (fault,) = first.faults
    assert f"stranger_{team.name} may do more than it should to note" in fault
    team.server.run(f'REVOKE DELETE ON note FROM "stranger_{team.name}"', team.name)
    again = bootstrap.set_up_team(team.url)
    assert again.faults == []
    assert not any("taken from" in one or "given to" in one for one in again.lines)


def test_a_database_set_up_by_the_version_before_is_brought_up(postgresql: Server) -> None:
    """Everybody wrote everything there; it has people, of whom one has no log-in any more."""
    url = postgresql.database(TEMPLATE)
    team = Team(postgresql, url, urlsplit(url).path[1:])
    for role in ("owner", "people"):
        postgresql.run(f'CREATE ROLE "{team.name}_{role}" NOLOGIN')
    for statement in (
        f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{team.name}_people"',
        f'GRANT USAGE, CREATE ON SCHEMA public TO "{team.name}_owner"',
        (
            f'ALTER DEFAULT PRIVILEGES FOR ROLE "{team.name}_owner" IN SCHEMA public '
            f'GRANT ALL ON TABLES TO "{team.name}_people"'
        ),
    ):
        postgresql.run(statement, team.name)
    session = session_at(url)
    add_person(session, team.log_in("ann"), {"reader"}, "", None)
    add_person(session, "nobody", {"data"}, "", None)
    session.close()
    with team.connected("ann") as connection:
        connection.execute(b"UPDATE child SET surname = surname")
        assert bootstrap.set_up_team(url).faults == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(b"UPDATE child SET surname = surname")
    assert team.has("ann", "reader")


def test_on_a_managed_server_somebody_sets_it_up_who_may_not_do_all(postgresql: Server) -> None:
    url = postgresql.database()
    team = Team(postgresql, url, urlsplit(url).path[1:])
    made = f"admin_{team.name}"
    postgresql.run(f'CREATE ROLE "{made}" LOGIN CREATEROLE')
    postgresql.run(f'ALTER DATABASE {team.name} OWNER TO "{made}"')
    assert bootstrap.set_up_team(team.at("admin")).faults == []
    team.log_in("ann")
    with closing(session_at(team.at("ann"))) as session:
        # Nobody is told yet, so that whoever works there holds every role.
        add_person(session, team.log_in("ben"), {"reader"}, "", None)
        assert [one for one in ROLES if team.has("ann", one)] == [*ROLES]
        assert [one for one in ROLES if team.has("ben", one)] == ["reader"]
    again = bootstrap.set_up_team(team.at("admin"))
    assert again.faults == []
    assert not any("made" in one for one in again.lines)


def _acts(team: Team, folder: Path) -> Iterator[tuple[str, Callable[[Session], object]]]:
    """What each role does in a day's work that writes further than its own tables."""
    with closing(session_at(team.url)) as session:
        whose = f"caseworker_{team.name}"
        worker = next(one.id for one in session.caseworkers() if one.name == whose)
        mine, other = add_child(session, caseworker_id=worker), add_child(session, "Patel")
        twin = add_child(session, "Patel")
        old = add_child(session, "Old", born=date(1990, 5, 5))
        record(session, other, "plan_sent", date(2024, 11, 14))
        (plan,) = (one.id for one in session.case(other).facts)
    audit = {"auditor": "Q", "on": TODAY, "kind": "desk"}
    action = {"words": "Mend it", "by_when": date(2026, 12, 1), "service": "Health"}

    def version(of: Session, child: str) -> int:
        return of.case(child).child.version

    yield "caseworker", lambda of: record(of, mine, "plan_sent", date(2025, 1, 2))
    yield "caseworker", lambda of: of.copied("a list", (mine,))
    yield (
        "senior",
        lambda of: done(of, do.MergeChildren(other, version(of, other), twin, version(of, twin))),
    )
    yield "data", lambda of: of.apply_import(incoming(incoming_case(7)))
    yield "data", lambda of: done(of, do.Undo(sure=True))
    yield "data", lambda of: done(of, do.Redo(sure=True))
    yield "data", lambda of: of.keep_mapping("tracker", "x = 1")
    yield (
        "quality",
        lambda of: done(of, do.KeepAudit(other, audit, fact_id=plan, actions=(action,))),
    )
    yield "quality", lambda of: done(of, do.Undo())
    yield (
        "reader",
        lambda of: bootstrap.application().board(
            of,
            date(2026, 9, 1),
            date(2026, 11, 21),
            target=folder / "r.xlsx",
            edition=Audience.BOARD,
        ),
    )
    yield "administrator", lambda of: done(of, reassign((mine,), None))
    yield (
        "administrator",
        lambda of: done(
            of, do.AddRecord("closed_day", {"on": date(2026, 12, 29), "name": "Closed"})
        ),
    )
    yield "administrator", lambda of: of.recompute()
    yield "administrator", lambda of: of.set_council("Ashford")
    yield "administrator", lambda of: retention.dispose(of, (old,), "over")


def test_all_that_a_role_does_in_a_day_is_let_through(team: Team, tmp_path: Path) -> None:
    with ExitStack() as opened:
        sessions = {role: opened.enter_context(closing(team.session(role))) for role in ROLES}
        for role, act in _acts(team, tmp_path):
            act(sessions[role])
        for one in sessions.values():
            assert one.check() == ()


def test_a_record_of_each_kind_is_written_by_somebody_who_may(team: Team) -> None:
    """And what the server refuses that the gate let through comes to one sentence."""
    with ExitStack() as opened:
        drawing = Drawing(opened.enter_context(closing(session_at(team.url))), Random(7))
        sessions = {role: opened.enter_context(closing(team.session(role))) for role in ROLES}
        for at, kind in enumerate(kinds()):
            may = [one for one in ROLES if Right.WRITE in TABLE[kind.area][one].all]
            drawing.session = sessions[may[at % len(may)]]
            drawing.add(kind, f"Word{at}")
        reader = sessions["reader"]
        reader.person = Person("R.")
        values = drawing.values(kind_named("note"), "Word")
        refused = reader.submit(do.AddRecord("note", values))
        assert isinstance(refused, Failed)
        assert refused.sentence.endswith("may not be written by this user.")
