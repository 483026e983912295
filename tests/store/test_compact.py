"""What a store has emptied goes back to the disk when it is asked to."""

from __future__ import annotations

from caseworker_app.services.session import Session
from caseworker_app.store.sql_store import SqlStore
from tests.support.sessions import add_child


def test_a_compacted_store_holds_all_it_held_in_no_more_pages_than_it_needs(
    session: Session,
) -> None:
    child = add_child(session)
    store = session.store
    assert isinstance(store, SqlStore)
    with store.writing() as unit:
        unit.put_draft("A. Tester", "case.new", "", "2026-11-22T09:00:00Z", "word " * 50_000)
    with store.writing() as unit:
        unit.put_draft("A. Tester", "case.new", "", "2026-11-22T09:01:00Z", "word")

    def empty() -> int:
        assert store.file is not None
        return int(store.file.execute("PRAGMA freelist_count").fetchone()[0])

    assert store.file is None or empty() > 0
    store.compact()
    assert store.file is None or empty() == 0
    assert session.case(child).child.surname == "Okafor"
    assert session.check() == ()
