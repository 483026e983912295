"""What was committed is never reported as failed, whatever reading it again comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from caseworker_app.domain.outcome import Done
from caseworker_app.services.commands import AddChild
from caseworker_app.services.session import Session
from caseworker_app.store.sql_store import SqlStore
from tests.support.sessions import done, record, reviewed
from tests.support.stores import session_at


@pytest.fixture
def unread(session: Session) -> Iterator[Session]:
    """A session whose lists cannot be read once something has been committed."""
    reviewed(session)
    assert isinstance(session.store, SqlStore)
    committed: list[bool] = []

    @event.listens_for(session.store.engine, "commit")
    def _commit(connection: object) -> None:
        committed.append(True)

    @event.listens_for(session.store.engine, "before_cursor_execute")
    def _read(*given: Any) -> None:
        if committed:
            raise OSError("the disk does not answer")

    yield session
    # It answers again where the session is closed and its end is signed.
    event.remove(session.store.engine, "before_cursor_execute", _read)


def test_a_change_that_cannot_be_read_again_is_done_and_says_so(unread: Session) -> None:
    outcome = unread.submit(
        AddChild({"surname": "Patel", "forename": "Asha", "born": date(2015, 1, 1)})
    )

    assert isinstance(outcome, Done)
    assert outcome.everything
    assert outcome.undo
    assert "It is saved" in outcome.message
    other = session_at(unread.where)
    assert "Patel" in {row.surname for row in other.cases()}
    other.close()


def test_a_change_that_can_be_read_again_says_no_more_than_before(session: Session) -> None:
    child = reviewed(session)
    outcome = record(session, child, "review_report_received", date(2026, 10, 30))
    assert "saved" not in outcome.message
    assert outcome.rows_of("cases")
    assert not outcome.everything
    assert not done(
        session, AddChild({"surname": "P", "forename": "A", "born": date(2015, 1, 1)})
    ).everything
