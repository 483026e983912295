"""Drafts: kept for one person, in the store alone, and no change of anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.drafts import drafts, drop_draft, every_draft, save_draft
from caseworker_app.services.ports import Writing
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


def test_a_draft_of_a_case_merged_away_is_still_listed_and_is_back_with_it(
    session: Session,
) -> None:
    keep = add_child(session, "Okafor", forename="Grace")
    gone = add_child(session, "Okafor", forename="Gracie")
    save_draft(session, "visit", {"on": "t"}, gone)
    assert isinstance(session.submit(do.MergeChildren(keep, 1, gone, 1)), Done)
    assert drafts(session) == ()
    (left,) = every_draft(session)
    assert (left.gone, dict(left.typed)) == ("Okafor, Gracie", {"on": "t"})
    assert isinstance(session.submit(do.Undo(sure=True)), Done)
    assert [one.gone for one in drafts(session)] == [""]
    drop_draft(session, "visit", gone)
    assert every_draft(session) == ()


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
    # One that was begun before the right was taken away can still be dropped.
    save_draft(barred, "visit", {}, child)


def _note(child: str, words: str = "Mother rang.") -> do.AddRecord:
    given = {"child_id": child, "on": date(2026, 11, 20), "kind": "call", "words": words}
    return do.AddRecord("note", given)


def test_a_draft_goes_in_the_transaction_that_records_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = add_child(session)
    colleague = Session(session.store, session.offered, session.clock, Person("B. Other"))
    for one in (session, colleague):
        save_draft(one, "note", {"words": "Mother rang."}, child)
    save_draft(session, "record", {"on": "t"}, child)
    ends, both = [("note", child)], ["note", "record"]
    writing = session.store.writing

    @contextmanager
    def dying() -> Iterator[Writing]:
        with writing() as unit:
            yield unit
            # All is written, and nothing is committed.
            assert [form for form, *_ in unit.drafts(session.who)] == ["record"]
            raise Unavailable("Died before the commit.")

    with monkeypatch.context() as patched:
        patched.setattr(session.store, "writing", dying)
        outcome = session.submit(_note(child), ends=ends)
    assert isinstance(outcome, Failed)
    assert outcome.sentence == "Died before the commit."
    assert session.record_rows("note") == ()
    assert sorted(one.form for one in drafts(session)) == both

    assert isinstance(session.submit(_note(child, ""), ends=ends), Failed)
    assert sorted(one.form for one in drafts(session)) == both

    assert isinstance(session.submit(_note(child), ends=ends), Done)
    assert len(session.record_rows("note")) == 1
    assert [one.form for one in drafts(session)] == ["record"]
    assert [one.form for one in drafts(colleague)] == ["note"]


def test_a_draft_moves_to_the_child_chosen_and_goes_with_them(session: Session) -> None:
    first, second = add_child(session), add_child(session, "Patel")
    form = "new note:any child"
    save_draft(session, form, {"text": "a"})
    save_draft(session, form, {"text": "ab"}, first, was=[""])
    assert [(one.child_id, dict(one.typed)) for one in drafts(session)] == [(first, {"text": "ab"})]
    save_draft(session, form, {"text": "abc"}, second, was=["", first])
    assert [one.child_id for one in drafts(session)] == [second]
    with session.store.writing() as unit:
        unit.forget_children({second}, "2026-11-22T12:00:00Z", "A. Officer")
        assert unit.drafts(session.who) == []
