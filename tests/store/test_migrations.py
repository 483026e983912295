"""Migrations: the same tables as the models, forwards and backwards, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from caseworker_app import paths
from caseworker_app.domain.errors import Unavailable, Unreadable
from caseworker_app.services.commands import AddChild, RecordFact
from caseworker_app.services.session import Session
from caseworker_app.store import cipher, migrate, schema
from caseworker_app.store.engine import begin, file_engine, server_engine
from caseworker_app.store.key_files import find, unsealed
from caseworker_app.store.keys import new_key
from caseworker_app.store.opening import open_store
from caseworker_app.store.places import key_file, place
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.tables import METADATA
from tests.support.stores import HOW, PASSPHRASE, TODAY, Places

REVISIONS = schema.KNOWN
LAST = schema.HEAD


@contextmanager
def nothing_yet(places: Places) -> Iterator[Connection]:
    """A connection to a database without tables, in a transaction."""
    if places.kind == "file":
        connection = cipher.connect(places.folder / "bare", new_key(), mode="rwc")
        engine = file_engine(connection)
        with begin(engine, "bare", write=True) as bound:
            yield bound
        connection.close()
    else:
        engine = server_engine(place(places.find_server().database()).url)
        with begin(engine, "bare", write=True) as bound:
            yield bound
        engine.dispose()


def test_migrated_tables_are_those_of_the_models(store: SqlStore) -> None:
    with begin(store.engine, store.where, write=False) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
        names = {
            constraint
            for table in METADATA.sorted_tables
            for constraint in _names(connection, table.name)
        }
    wanted = {
        str(constraint.name)
        for table in METADATA.sorted_tables
        for constraint in (*table.constraints, *table.indexes)
    }
    assert names == wanted


def _names(connection: Connection, table: str) -> set[str]:
    found = inspect(connection)
    named = [
        found.get_pk_constraint(table),
        *found.get_foreign_keys(table),
        *found.get_check_constraints(table),
        *found.get_unique_constraints(table),
        *(one for one in found.get_indexes(table) if not one.get("duplicates_constraint")),
    ]
    return {str(one["name"]) for one in named}


def test_the_revision_known_is_the_newest_there_is(places: Places) -> None:
    with nothing_yet(places) as connection:
        migrate.upgrade(connection, paths.migrations())
        config = migrate.config(connection, paths.migrations())
        scripts = ScriptDirectory.from_config(config)
        assert scripts.get_current_head() == schema.HEAD
        assert [one.revision for one in scripts.walk_revisions()] == list(reversed(schema.KNOWN))


def test_every_revision_goes_up_and_down_again(places: Places) -> None:
    with nothing_yet(places) as connection:
        for before, revision in pairwise(("base", *REVISIONS)):
            migrate.upgrade(connection, paths.migrations(), revision)
            assert migrate.current(connection) == revision
            migrate.downgrade(connection, paths.migrations(), before)
            assert migrate.current(connection) == (None if before == "base" else before)
            migrate.upgrade(connection, paths.migrations(), revision)
            assert migrate.current(connection) == revision
        migrate.downgrade(connection, paths.migrations(), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        migrate.upgrade(connection, paths.migrations(), LAST)
        assert migrate.current(connection) == LAST


def test_a_migration_without_scripts_is_not_taken_for_done(tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(paths.migrations(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    for script in (scripts / "versions").iterdir():
        if script.suffix == ".py":
            script.unlink()

    with pytest.raises(RuntimeError, match="ended at revision None"):
        migrate.make_file(tmp_path / "new", new_key(), scripts)


def _with_one_more(folder: Path, body: str) -> Path:
    """The migrations with one more at the end, which a newer application would have."""
    scripts = folder / "migrations"
    shutil.copytree(paths.migrations(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9000_more.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = '9000', '{LAST}'\n"
        f"def upgrade():\n    {body}\n"
    )
    return scripts


@pytest.fixture
def filled(file_session: Session, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed store with a child, for an application whose newest revision is 9000."""
    file_session.submit(AddChild({"surname": "Okafor", "forename": "Grace", "born": TODAY}))
    child = file_session.cases()[0]
    file_session.submit(RecordFact(child.id, child.version, "plan_sent", TODAY))
    file_session.close()
    monkeypatch.setattr(migrate, "HEAD", "9000")
    monkeypatch.setattr(schema, "HEAD", "9000")
    monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, "9000"))
    return Path(file_session.where)


def test_an_upgrade_keeps_what_was_there_and_a_copy_of_it(filled: Path, tmp_path: Path) -> None:
    scripts = _with_one_more(
        tmp_path / "newer", "op.add_column('child', sa.Column('extra', sa.String()))"
    )
    how = type(HOW)(scripts, "20270101T000000Z", HOW.now, PASSPHRASE)

    store = open_store(str(filled), how)
    with store.reading() as reading:
        assert [one.surname for one in reading.summaries()] == ["Okafor"]
    with begin(store.engine, store.where, write=False) as connection:
        assert migrate.current(connection) == "9000"
        columns = {one["name"] for one in inspect(connection).get_columns("child")}
    store.close()

    assert "extra" in columns
    kept = filled.with_name(f"{filled.name}.before-upgrade-20270101T000000Z")
    assert kept.exists()
    assert key_file(kept).exists()
    assert {one.name for one in filled.parent.iterdir() if one.name.startswith(".")} == set()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("op.execute('DELETE FROM deadline')", "is as it was: .*lose rows of deadline"),
        (
            "op.execute('UPDATE child SET setting_id = 77')",
            "1 rows pointing at nothing",
        ),
        ("op.execute('DROP TRIGGER audit_no_update')", "drop the guards audit_no_update"),
    ],
)
def test_an_upgrade_that_would_do_harm_leaves_the_store_as_it_was(
    filled: Path, tmp_path: Path, body: str, words: str
) -> None:
    scripts = _with_one_more(tmp_path / "newer", body)
    before = filled.read_bytes()

    with pytest.raises(Unreadable, match=words):
        open_store(str(filled), type(HOW)(scripts, "20270101T000000Z", HOW.now, PASSPHRASE))

    assert filled.read_bytes() == before


def test_a_store_that_is_open_elsewhere_is_not_upgraded(filled: Path, tmp_path: Path) -> None:
    scripts = _with_one_more(tmp_path / "newer", "op.execute('SELECT 1')")
    elsewhere = cipher.open_file(filled, unsealed(find(filled).first, PASSPHRASE, "x"))
    before = filled.read_bytes()

    with pytest.raises(Unavailable, match="is open in another program"):
        open_store(str(filled), type(HOW)(scripts, "20270101T000000Z", HOW.now, PASSPHRASE))

    assert filled.read_bytes() == before
    elsewhere.close()


def test_an_upgrade_that_fails_half_way_leaves_the_store_as_it_was(
    filled: Path, tmp_path: Path
) -> None:
    scripts = _with_one_more(
        tmp_path / "newer",
        "op.add_column('child', sa.Column('extra', sa.String())); raise ValueError('half way')",
    )
    before = filled.read_bytes()

    with pytest.raises(ValueError, match="half way"):
        open_store(str(filled), type(HOW)(scripts, "20270101T000000Z", HOW.now, PASSPHRASE))

    assert filled.read_bytes() == before


def test_rebuilding_a_parent_table_keeps_its_children(filled: Path, tmp_path: Path) -> None:
    """Batch migrations with foreign keys on would empty child tables without an error."""
    body = (
        "with op.batch_alter_table('child', recreate='always') as batch:"
        " batch.add_column(sa.Column('extra', sa.String()))"
    )
    scripts = _with_one_more(tmp_path / "newer", body)
    store = open_store(str(filled), type(HOW)(scripts, "20270101T000000Z", HOW.now, PASSPHRASE))
    with store.reading() as reading:
        assert reading.counts() == {"child": 1, "fact": 1}
        assert reading.deadlines()
    assert store.faults(lambda _: None) == []
    store.close()
