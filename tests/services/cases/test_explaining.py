"""Dates are kept bare, and explained when somebody asks."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import text

from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from tests.support.sessions import record, reviewed
from tests.support.stores import TODAY


def test_dates_are_kept_bare_and_explained_when_asked(session: Session) -> None:
    key = reviewed(session)
    record(session, key, "plan_ceased", date(2026, 11, 20))
    (kept,), full = session.caseload(), session.case(key)
    fresh = session.rules.deadlines(full.child, full.setting, full.facts)
    assert full.deadlines == fresh
    assert any(one.superseded_why for one in fresh)
    for whole, bare in zip(fresh, kept.deadlines, strict=True):
        assert bare == whole.bare()
        assert len(bare.steps) <= 1 <= len(whole.steps)
        assert bare.started_on == whole.started_on
        assert bare.why == whole.why
        assert bare.state(TODAY) == whole.state(TODAY)


def test_a_date_that_other_rules_counted_is_shown_as_it_is_kept(session: Session) -> None:
    key = reviewed(session)
    before = session.case(key).deadlines
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        connection.execute(text("UPDATE deadline SET due = due + 1 WHERE position = 0"))
    first, *others = session.case(key).deadlines
    assert first == before[0].bare()._replace(due=before[0].due + timedelta(days=1))
    assert tuple(others) == before[1:]
