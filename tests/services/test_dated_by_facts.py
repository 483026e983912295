"""Records that point at facts: of the same child alone, and a fact that dates one stays."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

SENT = date(2025, 1, 9)


def _version(session: Session, child_id: str, fact_id: str) -> Done | Failed:
    fields = {"child_id": child_id, "number": 1, "kind": "first", "fact_id": fact_id}
    return session.submit(do.AddRecord("plan_version", fields))


def test_a_record_is_dated_by_a_fact_of_its_child_which_then_stays(session: Session) -> None:
    child, other = add_child(session), add_child(session, "Haque")
    record(session, child, "plan_sent", SENT)
    fact = session.case(child).facts[0].id

    refused = _version(session, other, fact)
    assert isinstance(refused, Failed)
    assert (refused.why, refused.field) == ("refused", "fact_id")

    assert isinstance(_version(session, child, fact), Done)
    (row,) = session.record_rows("plan_version")
    assert row.words["fact_id"] == "9 Jan 2025"
    kept = session.submit(do.RemoveFact(child, session.case(child).child.version, fact, "wrong"))
    assert isinstance(kept, Failed)
    assert "plan version is dated by this" in kept.sentence
    assert session.fact_choices(child, ("plan_sent",)) == ((fact, "Final plan sent 9 Jan 2025"),)
    assert session.check() == ()


def test_what_dates_a_record_is_not_undone_beneath_it(session: Session) -> None:
    child = add_child(session)
    group = record(session, child, "plan_sent", SENT).undo
    _version(session, child, session.case(child).facts[0].id)

    refused = session.submit(do.Undo(group, sure=True))
    assert isinstance(refused, Failed)
    assert "version 1 is dated by it" in refused.sentence

    done(session, do.Undo(sure=True))
    done(session, do.Undo(group, sure=True))
    done(session, do.Redo(group, sure=True))
    assert session.check() == ()


def test_who_points_at_a_child_that_goes_goes_with_them(session: Session) -> None:
    one, two = add_child(session), add_child(session, "Haque")
    done(session, do.AddRecord("sibling", {"child_id": one, "sibling_id": two}))

    with session.store.writing() as unit:
        unit.forget_children({two}, "2026-11-22T12:00:00Z", "A. Officer")

    assert session.record_rows("sibling") == ()
    assert session.check() == ()
