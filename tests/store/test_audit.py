"""The audit chain: it grows, never changes, never forks, and shows tampering."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from sqlalchemy import exc, text

from caseworker_app.domain.records import Entry
from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.opening import open_store
from caseworker_app.store.sql_store import SqlStore
from tests.support.commands import add_caseworker
from tests.support.project import ROOT
from tests.support.sessions import done, reviewed
from tests.support.stores import HOW, PASSPHRASE, Places

# The first entry of every store says which rule pack was put in force.


def _quiet(seen: int) -> None:
    """Nobody watches."""


def _entries(*words: str) -> list[Entry]:
    return [Entry("child", str(at), what, "", "{}") for at, what in enumerate(words, 1)]


def _append(store: SqlStore, *words: str) -> str:
    with store.writing() as unit:
        return unit.append(_entries(*words), "2026-11-22T10:42:07Z", "A. Tester")


def test_entries_of_one_action_share_a_group(store: SqlStore) -> None:
    first = _append(store, "one", "two")
    second = _append(store, "three")

    with store.reading() as reading:
        assert [entry.what for entry in reading.group(first)] == ["one", "two"]
        assert [entry.what for entry in reading.latest_entries(2)] == ["three", "two"]
        assert [e.what for e in reading.latest_entries(9, ("child", "1"))] == ["three", "one"]
        newest = reading.group(second)[0]
        assert (newest.seq, newest.at, newest.who) == (1 + 3, "2026-11-22T10:42:07Z", "A. Tester")
        assert reading.standing("A. Tester") == second
        assert reading.standing("R. Haque") == ""
    assert store.faults(_quiet) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'forged' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit",
    ],
)
def test_entries_are_never_changed_or_taken_away(store: SqlStore, statement: str) -> None:
    _append(store, "one", "two")
    with (
        pytest.raises(exc.DBAPIError, match="audit entries are never changed"),
        begin(store.engine, store.where, write=True) as connection,
    ):
        connection.execute(text(statement))
    with store.reading() as reading:
        assert len(reading.latest_entries(9)) == 1 + 2


@pytest.mark.parametrize("places", ["file"], indirect=True)
def test_insert_or_replace_does_not_get_round_the_guard(store: SqlStore) -> None:
    _append(store, "one", "two")
    copy = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1"
    with (
        pytest.raises(exc.DBAPIError, match="only added at the end"),
        begin(store.engine, store.where, write=True) as connection,
    ):
        connection.exec_driver_sql(copy)


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_truncate_does_not_get_round_the_guard(store: SqlStore) -> None:
    _append(store, "one")
    with (
        pytest.raises(exc.DBAPIError, match="audit entries are never changed"),
        begin(store.engine, store.where, write=True) as connection,
    ):
        connection.execute(text("TRUNCATE audit"))


def _without_guards(store: SqlStore, statement: str) -> None:
    """Do what somebody with the key and enough will could do."""
    with begin(store.engine, store.where, write=True) as connection:
        if connection.dialect.name == "sqlite":
            found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            guards = connection.execute(text(found)).all()
            for name, _ in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.execute(text(statement))
            for _, sql in guards:
                connection.exec_driver_sql(sql)
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_change"))
            connection.execute(text(statement))
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_no_change"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit SET what = 'forged' WHERE seq = 2", "entry 2 has been altered"),
        ("UPDATE audit SET who = 'Somebody' WHERE seq = 3", "entry 3 has been altered"),
        ("UPDATE audit SET prev = hash WHERE seq = 1", "entry 1 has been altered"),
        ("DELETE FROM audit WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit WHERE seq = 4", "ends at entry 3, but more was written"),
    ],
)
def test_tampering_is_found(store: SqlStore, statement: str, said: str) -> None:
    _append(store, "one", "two", "three")
    _without_guards(store, statement)

    found = store.faults(_quiet)

    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER audit_no_update", "audit_no_update"),
        ("DROP TRIGGER audit_no_replace", "audit_no_replace"),
    ],
)
@pytest.mark.parametrize("places", ["file"], indirect=True)
def test_a_missing_guard_is_found(store: SqlStore, statement: str, said: str) -> None:
    with begin(store.engine, store.where, write=True) as connection:
        connection.execute(text(statement))
    assert store.faults(_quiet) == [f"The guard {said} of the audit is missing."]


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_disabled_guard_is_found(store: SqlStore) -> None:
    with begin(store.engine, store.where, write=True) as connection:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_change"))
    assert store.faults(_quiet) == ["The guard audit_no_change of the audit is missing."]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (
            (
                "DROP TRIGGER audit_no_update",
                (
                    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NEW.seq < 0 "
                    "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
                ),
            ),
            "The guard audit_no_update of the audit does not do what it should.",
        ),
        (
            ("CREATE TRIGGER quiet BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",),
            "The trigger quiet does not belong there.",
        ),
    ],
)
@pytest.mark.parametrize("places", ["file"], indirect=True)
def test_a_guard_of_a_file_that_does_something_else_is_found(
    store: SqlStore, statements: tuple[str, ...], said: str
) -> None:
    with begin(store.engine, store.where, write=True) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    assert store.faults(_quiet) == [said]


_NOT_AS_IT_SHOULD = "The guard audit_no_change of the audit does not do what it should."


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (
            (
                (
                    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger "
                    "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
                ),
            ),
            _NOT_AS_IT_SHOULD,
        ),
        (
            (
                "DROP TRIGGER audit_no_change ON audit",
                (
                    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR TRUNCATE ON audit "
                    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
                ),
            ),
            _NOT_AS_IT_SHOULD,
        ),
        (
            (
                "DROP TRIGGER audit_no_change ON audit",
                (
                    "CREATE TRIGGER audit_no_change BEFORE UPDATE OF what OR DELETE OR TRUNCATE "
                    "ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
                ),
            ),
            _NOT_AS_IT_SHOULD,
        ),
        (("ALTER TABLE audit ENABLE REPLICA TRIGGER audit_no_change",), _NOT_AS_IT_SHOULD),
        (
            ("CREATE RULE quiet AS ON UPDATE TO audit DO INSTEAD NOTHING",),
            "The trigger quiet does not belong there.",
        ),
    ],
)
@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_guard_of_a_database_that_does_something_else_is_found(
    store: SqlStore, statements: tuple[str, ...], said: str
) -> None:
    with begin(store.engine, store.where, write=True) as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert store.faults(_quiet) == [said]


def test_a_trail_that_was_taken_away_whole_is_known_for_what_it_is(session: Session) -> None:
    store = session.store
    assert isinstance(store, SqlStore)
    assert store.faults(_quiet) == []
    reviewed(session)
    done(session, add_caseworker("R. Haque"))
    _without_guards(store, "DELETE FROM audit")
    _without_guards(store, "DELETE FROM meta WHERE name = 'audit_head'")

    assert session.check() == (
        (
            "The audit trail is empty, but the store holds cases, caseworkers and rule packs: "
            "it was taken away."
        ),
    )


def test_a_trail_whose_end_is_not_kept_is_known_for_what_it_is(store: SqlStore) -> None:
    _append(store, "one", "two")
    _without_guards(store, "DELETE FROM meta WHERE name = 'audit_head'")
    assert store.faults(_quiet) == [
        "The audit chain has entries, but where it ended was not kept: its head is gone."
    ]


_WRITER = """
import sys
from caseworker_app.domain.records import Entry
from caseworker_app.store.opening import open_store
from tests.support.project import ROOT
from tests.support.stores import HOW

store = open_store(sys.argv[1], HOW)
for at in range(15):
    with store.writing() as unit:
        key = unit.allot("child", 1)[0]
        unit.append([Entry("child", key, f"{sys.argv[2]} {at}", "", "{}")], "t", sys.argv[2])
store.close()
"""


def test_several_writers_at_once_neither_fork_the_chain_nor_share_a_key(
    places: Places, in_process: Callable[..., subprocess.Popen[str]]
) -> None:
    where = places.new()
    writers = [in_process(_WRITER, where, name) for name in ("ann", "ben", "cat")]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said

    store = open_store(where, HOW)
    with store.reading() as reading:
        entries = reading.latest_entries(1000)
    assert len(entries) == 1 + 45
    assert len({(entry.table, entry.row) for entry in entries}) == 1 + 45
    assert store.faults(_quiet) == []
    store.close()


@pytest.fixture
def in_process() -> Callable[..., subprocess.Popen[str]]:
    """Start a piece of Python in a process of its own."""

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "CASEWORKER_PASSPHRASE": PASSPHRASE},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
