"""What a store has emptied goes back to the disk when it is written anew."""

from __future__ import annotations

from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.services.session import Session
from caseworker_app.store import cipher
from caseworker_app.store.making import write_anew
from caseworker_app.store.sql_store import SqlStore
from tests.support.sessions import add_child
from tests.support.stores import PASSPHRASE


def _empty(where: str, key: bytes) -> int:
    connection = cipher.connect(Path(where), key)
    try:
        return int(connection.execute("PRAGMA freelist_count").fetchone()[0])
    finally:
        connection.close()


def test_a_store_written_anew_holds_all_it_held_in_no_more_pages_than_it_needs(
    file_session: Session,
) -> None:
    child = add_child(file_session)
    store = file_session.store
    assert isinstance(store, SqlStore)
    where, key = store.where, store.key
    assert key is not None
    for words in ("word " * 50_000, "word"):
        with store.writing() as unit:
            unit.put_draft("A. Tester", "case.new", "", "2026-11-22T09:00:00Z", words)
    file_session.close()
    assert _empty(where, key) > 0
    there = {one.name for one in Path(where).parent.iterdir()}

    write_anew(where, key)

    assert _empty(where, key) == 0
    assert {one.name for one in Path(where).parent.iterdir()} == there
    again = bootstrap.open_session(where, passphrase=PASSPHRASE, today=file_session.today())
    try:
        assert again.case(child).child.surname == "Okafor"
        assert again.check() == ()
    finally:
        again.close()
