"""Drafts: kept for one person, in the store alone, and no change of anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Person
from caseworker_app.services.drafts import drafts, drop_draft, save_draft
from caseworker_app.services.session import Session
from tests.support.sessions import add_child
from tests.support.stores import session_at


def test_a_draft_is_kept_for_one_person_and_is_no_change(session: Session) -> None:
    child = add_child(session)
    before = session.actions(9), session.history(9)

    save_draft(session, "visit", {"on": "31/2", "said": "Quote 'ever'\nso", "cost": ""}, child)
    save_draft(session, "visit", {"on": "31/1"}, child)
    save_draft(session, "council", {"name": "Tower"})

    found = drafts(session)
    assert [(one.form, one.child_id, dict(one.typed)) for one in found] == [
        ("council", "", {"name": "Tower"}),
        ("visit", child, {"on": "31/1"}),
    ]
    assert drafts(session, "council") == found[:1]
    assert drafts(session, child_id=child) == found[1:]
    assert (session.actions(9), session.history(9)) == before
    assert session.check() == ()

    colleague = Session(session.store, session.offered, session.clock, Person("B. Other"))
    assert drafts(colleague) == ()
    save_draft(colleague, "visit", {"on": "1/1"}, child)
    drop_draft(session, "visit", child)
    assert [one.form for one in drafts(session)] == ["council"]
    assert len(drafts(colleague)) == 1


def test_a_draft_goes_with_the_child_who_is_forgotten(session: Session) -> None:
    child = add_child(session)
    save_draft(session, "visit", {"said": "something"}, child)
    with session.store.writing() as unit:
        unit.forget_children({child}, "2026-11-22T12:00:00Z", "A. Officer")
        assert unit.drafts(session.who) == []


def test_a_draft_is_there_after_the_store_was_opened_anew(file_session: Session) -> None:
    save_draft(file_session, "visit", {"on": "t"})
    where = Path(file_session.where)
    file_session.close()
    again = session_at(str(where), date(2026, 11, 23))
    assert [dict(one.typed) for one in drafts(again)] == [{"on": "t"}]
    again.close()


def test_a_draft_of_a_case_that_one_may_not_read_is_refused(file_session: Session) -> None:
    child = add_child(file_session)
    nobody = Person("Nobody", frozenset())
    barred = Session(file_session.store, file_session.offered, file_session.clock, nobody)
    with pytest.raises(Refused):
        save_draft(barred, "visit", {"on": "t"}, child)
